"""Realisations that the registers tell: the number of records of a public list at the end of a day.

The counts are those that the verbs keep, as of every figure (`disperin/figures`), so they cost the same for a thousand
records and for a million, and are those of the list which they open.
"""

import datetime
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from disperin.registers.lists.addresses import list_address
from disperin.registers.lists.as_of import PARAMETER
from disperin.registers.lists.tables import list_page
from disperin.registers.lists.views import NOT_FILTERS
from disperin.registers.record import directory, past, rollup
from disperin.registers.record.directory import Register


@dataclass(frozen=True)
class CountedList:
    """A public list of a register, whole (no facet) or narrowed to one value of one facet."""

    register: Register
    facet: str = ""
    parameter: str = ""
    value: str = ""

    @property
    def address(self) -> str:
        """As it is kept: the address without language and host."""
        with override(settings.LANGUAGE_CODE):
            return self._at({})

    def url_on(self, day: datetime.date) -> str:
        """The same list as of a day, in the language now active; a past day is named, whichever day is read."""
        return self._at({PARAMETER: day.isoformat()} if day < timezone.localdate() else {})

    def _at(self, more: dict[str, str]) -> str:
        asked = ({self.parameter: self.value} if self.facet else {}) | more
        return f"{list_address(self.register)}{'?' + urlencode(asked) if asked else ''}"

    def number_in(self, counts: dict[str, dict[str, int]]) -> int:
        """How many there are by the counts of its register."""
        facet, value = (self.facet, self.value) if self.facet else rollup.ALL
        return counts.get(facet, {}).get(value, 0)


def counted_list(address: str) -> CountedList:
    """The list of this address, pasted from a browser or as it is kept.

    Raises ValidationError for what is no public list, for a filter that is not understood, and for more than one.
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        raise _refused(_("This is no address of a list of the portal.")) from None
    path = parts.path.removeprefix("/en") if parts.path.startswith("/en/") else parts.path
    with override(settings.LANGUAGE_CODE):
        register = next((register for register in directory.public_registers() if list_address(register) == path), None)
    if register is None:
        raise _refused(_("This is no address of a public list of the portal, such as %(example)s."))
    asked = QueryDict(parts.query, mutable=True)
    for name in (*NOT_FILTERS, "page"):
        asked.pop(name, None)
    page = _page(register, asked)
    if page.problems:
        params = {"label": page.problems[0]["label"], "value": page.problems[0]["value"]}
        raise ValidationError(_("“%(label)s” of the list is not understood: %(value)s."), "filter", params)
    if not page.active:
        return CountedList(register)
    facets = {facet.parameter: facet for facet in page.facets if not facet.within}
    if len(page.active) > 1 or not {*page.active} <= {*facets}:
        names = ", ".join(str(facet.title) for facet in facets.values())
        text = _("Of this list one filter at a time is counted: %(names)s. Take the others away.")
        raise ValidationError(text, "filters", {"names": names})
    ((parameter, value),) = page.active.items()
    return CountedList(register, facets[parameter].name, parameter, str(value))


def _refused(text: Any) -> ValidationError:
    with override(settings.LANGUAGE_CODE):
        example = list_address(directory.public_registers()[0])
    return ValidationError(text, "no_list", {"example": example})


def _page(register: Register, asked: QueryDict) -> Any:
    """The list as a visitor asks for it."""
    request: Any = HttpRequest()
    request.user, request.GET = AnonymousUser(), asked
    page = list_page(register)
    page.request = request
    page.ask()
    return page


class Counter:
    """Counts of registers by day, each asked once."""

    def __init__(self) -> None:
        self.today = past.today()
        self._kept: dict[tuple[str, datetime.date], dict[str, dict[str, int]]] = {}
        self._first: datetime.date | None = None

    def number_on(self, listed: CountedList, day: datetime.date) -> int | None:
        """How many the list held at the end of a day; None for days before the registers and days to come."""
        if day > self.today or (day < self.today and day < self._first_day()):
            return None
        key = (listed.register.slug, day)
        if key not in self._kept:
            self._kept[key] = self._counts(listed.register.slug, day)
        return listed.number_in(self._kept[key])

    def _counts(self, slug: str, day: datetime.date) -> dict[str, dict[str, int]]:
        if day == self.today:
            return rollup.counts_of(slug)
        with past.reading(day):
            return rollup.counts_of(slug)

    def _first_day(self) -> datetime.date:
        self._first = self._first or past.first_day()
        return self._first
