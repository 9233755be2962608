"""What the portal itself writes where people write too: kept without a language, said in that of whoever reads it.

It is kept as `portal:<key>?<what it names>`, and `said` makes the sentence of it. What a person wrote is said as it is.
"""

import datetime
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from disperin.registers.record import directory
from disperin.registers.values.kept_texts import OWN, OwnWords
from disperin.submissions.models.stock import Stock

SENTENCES = {
    "forgotten": _("Untouched for 90 days."),
    "has_draft": _("%(who)s has a draft of this record already: %(number)s."),
    "restored": _("Restores version %(number)s."),
    "merged": _("Merge of %(dropped)s into %(kept)s."),
    "unmerged": _("Undoes the merge of %(dropped)s into %(kept)s."),
    "from_stock": _("From %(stock)s. The record stood in the register already."),
    "noted": _("The file was not read as it stands, and whoever sent it has seen that: %(headings)s."),
    "mended": _("Mended by hand in the import, so not as the file says: %(mended)s."),
    "mended_and_noted": _(
        "Mended by hand in the import, so not as the file says: %(mended)s. Not read as it stands either, and whoever"
        " sent the file has seen that: %(headings)s."
    ),
    "from_nomination": _("From the nomination %(number)s."),
    "old_stock": _("%(register)s of the old stock"),
    "carried_over": _("Commitments carried over to %(forum)s"),
    "same_change": _("%(register)s, the same change for many: %(field)s"),
}

NOTED = ("noted", "mended", "mended_and_noted")  # of rows that are not in all as their file says


class InWords:
    """What has a message and a note, which the portal or a person wrote."""

    message: str
    note: str

    @property
    def message_in_words(self) -> str:
        """What the proposer says to the verifier."""
        return said(self.message)

    @property
    def note_in_words(self) -> str:
        """What the decision, or the end, says."""
        return said(self.note)


def kept(key: str, **names: Any) -> OwnWords:
    """The sentence of this key, as it is kept; a Stock or a Register may be among what it names."""
    named: dict[str, Any] = {}
    for name, value in names.items():
        if isinstance(value, Stock):
            named |= {"system": value.system, "extracted_on": value.day}
        else:
            named[name] = getattr(value, "slug", value)
    return OwnWords(f"{beginning(key)}{urlencode(named)}")


def beginning(key: str) -> str:
    """How every sentence of this key begins as it is kept, to be searched for."""
    return f"{OWN}{key}?"


def begins_with_any(field: str, keys: Iterable[str]) -> Q:
    """Whether a field holds a sentence of one of these keys."""
    return Q(*((f"{field}__startswith", beginning(key)) for key in keys), _connector=Q.OR)


def is_own(text: str) -> bool:
    """Was it the portal that wrote this?"""
    return text.startswith(OWN) and text.removeprefix(OWN).partition("?")[0] in SENTENCES


def said(text: str) -> str:
    """What is kept, in words, in the language of the reader."""
    if not is_own(text):
        return text
    key, _mark, query = text.removeprefix(OWN).partition("?")
    named: dict[str, Any] = dict(parse_qsl(query))
    try:
        if "extracted_on" in named:
            named["stock"] = Stock(named["system"], datetime.date.fromisoformat(named["extracted_on"]))
        if "register" in named:
            register = directory.get(named["register"])
            named["register"] = capfirst(str(register.label))
            if "field" in named:
                named["field"] = register.form.label_of(named["field"], {})
        return str(SENTENCES[key]) % named
    except (LookupError, ValueError):  # somebody typed what looks like one
        return text
