"""What is entered about a maker that is on record already: it names the maker, and lies where the maker lies."""

import re
from typing import Any, cast

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from disperin.registers.gate.columns import of_column
from disperin.registers.gate.placed_by import FollowingForm
from disperin.registers.record.numbers import NUMBER
from disperin.registers.values.code_input import CodeInput
from disperin.registers.values.fields import Reference
from disperin.ui.abilities import KnowsWords
from disperin.ui.said import gettext as _
from industries.models import Establishment

ESTABLISHMENT_LIST = "establishment-list"  # the list of makers that the input suggests from
MOST_SUGGESTED = 500
MOST_MEANT = 5  # makers of one name that a message tells
NIB_DIGITS = 13
_MARKS = re.compile(r"[\s.\-]")
_KINDS_OF_VILLAGE = re.compile(r"^(kelurahan|kel|desa|ds)\b\.? *")


class MakerReference(Reference, KnowsWords):
    """A maker by its register number; in files of one regency (`within`) also by its NIB, or by its name.

    Where several have the same name, the village behind it says which: “Dapur Ulin, Mandingin”.
    """

    within: str | None = None

    def keys_meant(self, text: str) -> list[str]:
        """As of KnowsWords; at most two queries. Without `within` it knows nobody: what lies elsewhere is not found."""
        words = " ".join(text.split())
        if self.within is None or not words or NUMBER.fullmatch(words):
            return []
        makers = Establishment.objects.unclosed().filter(regency=self.within)
        digits = _MARKS.sub("", words)
        if digits.isascii() and digits.isdigit():
            return self._numbers(makers.filter(nib=digits)) if len(digits) == NIB_DIGITS else []
        found = self._numbers(makers.annotate(lower=Lower("name")).filter(lower=words.lower()))
        name, _comma, village = words.rpartition(",")
        if found or not name:
            return found
        village = _KINDS_OF_VILLAGE.sub("", village.strip().lower())
        named = makers.annotate(lower=Lower("name"), lies_in=Lower("village__name"))
        return self._numbers(named.filter(lower=name.strip().lower(), lies_in=village))

    def unknown_words(self, text: str) -> str:
        """As of KnowsWords."""
        told = _(
            "No maker of this regency is known as “%(value)s”. Write its register number, its NIB, or its name as it "
            "is registered, with a comma and its village where several have it; or register it first."
        )
        return told % {"value": text[:60]}

    def _numbers(self, found: QuerySet[Establishment]) -> list[str]:
        return list(found.order_by("number").values_list("number", flat=True)[:MOST_MEANT])


def makers_of(regency: str | None) -> dict[str, list[tuple[str, str]]]:
    """The list of makers of a regency (None: of none), by their number."""
    makers = Establishment.objects.unclosed().filter(regency=regency).order_by("name", "id")
    return {ESTABLISHMENT_LIST: list(makers.values_list("number", "name")[:MOST_SUGGESTED])}


class MakerForm(FollowingForm):
    """The form of a register whose records belong to an establishment. The regency is never chosen: it follows."""

    establishment = of_column(
        MakerReference,
        queryset=Establishment.objects.unclosed().select_related("regency"),
        help_text=format_lazy(
            gettext_lazy("Its register number, such as {number}."), number=settings.PROVINCE.example.number
        ),
        widget=CodeInput(ESTABLISHMENT_LIST),
    )
    regency_shown: str | None = None  # whose makers are suggested on a page

    def narrow(self, regency: str | None, *, district: str | None = None, options_url: str = "") -> None:
        """Makers of the regency are suggested, and known by other words than their number."""
        self.regency_shown = regency
        cast(MakerReference, self.fields["establishment"]).within = regency

    def suggestions(self) -> dict[str, Any]:
        """The makers of the regency, by their number."""
        return makers_of(self.regency_shown)
