"""`?as_of=<day>`: a page, an answer or a file of the registers as they stood at the end of a past day.

Views that know past days say so (`knows_as_of`); every other one refuses them (`disperin/registers/api/as_of.py`).
"""

import datetime
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.registers.record import past
from disperin.registers.values.fields import Day
from disperin.ui.formats import day as in_words
from disperin.ui.listing import extended, kept_parameters, with_query

PARAMETER = "as_of"


def day_in(query: Mapping[str, Any]) -> datetime.date | None:
    """The past day that a query asks for, None where it asks for none.

    Raises ValidationError for what is no day, for one that has not come, and for one before the first record.
    """
    several = {text.strip() for text in cast(QueryDict, query).getlist(PARAMETER)} - {""}
    if not several:
        return None
    if len(several) > 1:
        raise ValidationError(_("This parameter was given twice."), "repeated")
    return understood(several.pop())


def understood(text: str) -> datetime.date:
    """A day of the portal's history, as people write one. Raises ValidationError as `day_in`."""
    asked, today = cast(datetime.date, Day().clean(text[:40])), timezone.localdate()
    params = {"day": in_words(asked), "today": in_words(today)}
    if asked > today:
        text = _("%(day)s has not come yet. Ask for a day up to today, %(today)s.")
        raise ValidationError(text, "future", params)
    if not past.is_known(asked):
        text = _("The first record of this portal is of %(first)s: nothing is known of %(day)s.")
        raise ValidationError(text, "too_early", params | {"first": in_words(past.first_day())})
    return asked


@contextmanager
def reading(query: QueryDict) -> Iterator[None]:
    """Read what a query asks for as of its day, where it names one; for jobs. Raises ValidationError as `day_in`."""
    asked = day_in(query)
    if asked is None:
        yield
        return
    with past.reading(asked):
        yield


def knows(view: Any) -> bool:
    """Whether a view can answer as of a past day."""
    view_class = getattr(view, "view_class", None) or getattr(view, "cls", None)
    return getattr(view_class, "knows_as_of", False)


def shown(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the past day that a page is of, the address of the same page as of today, what to ask with."""
    return {
        "as_of": past.day(),
        "as_of_today": lambda: with_query(request, **{PARAMETER: None}),
        "as_of_kept": lambda: kept_parameters(request, PARAMETER),
    }


def kept(address: str) -> str:
    """An address with the past day that is read now, where one is."""
    asked = past.day()
    return extended(address, PARAMETER, asked.isoformat()) if asked else address
