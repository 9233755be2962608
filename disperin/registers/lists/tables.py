"""The list of a register as people with an account work on it: all within reach, columns and lacks to choose.

Everything stands in the address: `column`, `lack` and `kind` as often as wanted, `closed` for the closed ones, and
whatever narrows and sorts the public list.
"""

from collections.abc import Container
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, cast

from django.conf import settings
from django.db.models import F
from django.urls import resolve
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from disperin.registers.lists import listing
from disperin.registers.lists.addresses import list_address
from disperin.registers.lists.columns import Column, Kind, columns_of, first_columns, kind_of, title_lookup
from disperin.registers.lists.facets import Counts, Facet, count, names_of
from disperin.registers.lists.lacks import Lack, lacks_of
from disperin.registers.lists.views import RecordList
from disperin.registers.record import directory, past
from disperin.registers.record.directory import Register
from disperin.registers.record.models import RecordQuerySet
from disperin.ui.formats import day as in_words
from disperin.ui.listing import with_query
from disperin.ui.texts import Text

ROWS = 50  # of a page
BESIDE = ("closed", "column", "kind", "lack")  # parameters of a table that no list has
BY_NUMBER = ("number", "-number")
LONGEST_BOUND = 10  # digits
_ENDS = {"least": ("gte", gettext_lazy("at least")), "most": ("lte", gettext_lazy("at most"))}


@dataclass(frozen=True)
class Bound:
    """A figure beside the record that a table can be narrowed by, from one end: its parameter, what it is, how."""

    name: str
    label: Text
    lookup: str


@cache
def bounds_of(register: Register) -> dict[str, Bound]:
    """`{parameter: Bound}` of the figures that a register keeps beside its records, such as `quality_most`."""
    return {
        (name := f"{column.name}_{end}"): Bound(
            name, format_lazy("{} {}", column.label, text), f"{column.path}__{lookup}"
        )
        for column in columns_of(register).values()
        if column.path and column.is_figure
        for end, (lookup, text) in _ENDS.items()
    }


def unknown_then() -> str:
    """That something is kept for today, and nothing is known of it as of the day that is read."""
    return _("This is kept for today alone: nothing is known of it on %(day)s.") % {"day": in_words(past.today())}


def is_bound(text: str) -> bool:
    """Whether this can be the end of a bound: a whole number."""
    return text.isascii() and text.isdecimal() and len(text) < LONGEST_BOUND


class RegisterTable(RecordList):
    """The list of a register within the reach of whoever asks. Made of the public list of each by `table_of`."""

    page_size = ROWS
    is_bounded = True  # whether it is short enough to be sorted by a column that no index holds in its order

    @property
    def register(self) -> Register:
        """The register whose records these are."""
        return directory.of(self.model)

    @property
    def own_regency(self) -> str | None:
        """The code of the regency that is the whole reach of whoever asks."""
        return self.request.user.regency_id if self.request.user.is_authenticated else None

    @property
    def is_of_closed(self) -> bool:
        """Whether the closed records are asked for, instead of the open ones."""
        return bool(self.request.GET.get("closed"))

    @property
    def lacks(self) -> list[Lack]:
        """What the records of the list lack, all of it."""
        known = lacks_of(self.register)
        return [known[name] for name in dict.fromkeys(self.request.GET.getlist("lack")) if name in known]

    @property
    def known_columns(self) -> dict[str, Column]:
        """`{name: Column}` of what can be chosen; as of a past day nothing that is kept beside records for today."""
        known = columns_of(self.register)
        return {name: column for name, column in known.items() if not column.path} if past.day() else known

    @property
    def known_bounds(self) -> dict[str, Bound]:
        """`{parameter: Bound}` of what the table can be narrowed by; as of a past day none, as of `known_columns`."""
        return {} if past.day() else bounds_of(self.register)

    @property
    def bounds(self) -> list[tuple[Bound, str]]:
        """What the figures beside the records are bounded by, each with its number; what is none bounds nothing."""
        asked = ((bound, self.request.GET.get(name, "").strip()) for name, bound in self.known_bounds.items())
        return [(bound, text) for bound, text in asked if is_bound(text)]

    @property
    def kinds(self) -> list[Kind]:
        """What the records of the list are, by columns of the inside that have choices, or as other apps know it."""
        return [kind for text in self.request.GET.getlist("kind") if (kind := kind_of(self.register, text))]

    @property
    def chosen(self) -> list[Column]:
        """The columns that are shown."""
        known = self.known_columns
        asked = [name for name in dict.fromkeys(self.request.GET.getlist("column")) if name in known]
        shown = asked or (*(() if self.own_regency else ("regency",)), *first_columns(self.register))
        return [known[name] for name in shown if name in known]

    def records(self) -> RecordQuerySet:
        """As of Listed; hidden ones too, since the office works on them."""
        reached = self.model.objects.within_reach(self.request.user).in_lists()
        rows = reached.filter(closed_on__isnull=False) if self.is_of_closed else reached.unclosed()
        for lack in self.lacks:
            rows = rows.filter(lack.is_missing)
        for kind in self.kinds:
            rows = rows.filter(kind.holds)
        return rows.filter(**{bound.lookup: int(text) for bound, text in self.bounds})

    def ask(self) -> None:
        super().ask()
        known: dict[str, Container[str]] = {"lack": lacks_of(self.register), "column": columns_of(self.register)}
        for name, label in (("lack", _("Still missing")), ("column", _("Columns"))):
            for value in self.request.GET.getlist(name):
                if value not in known[name]:
                    self.tell_problem(name, label, value, _("There is no such field."))
        for name, what, value in self.of_today_alone:
            self.tell_problem(name, what, value, unknown_then())
        for name, bound in self.known_bounds.items():
            if (text := self.request.GET.get(name, "").strip()) and not is_bound(text):
                self.tell_problem(name, bound.label, text, _("Write a whole number."))
        for value in self.request.GET.getlist("kind"):
            if kind_of(self.register, value) is None:
                self.tell_problem("kind", _("Only those that are"), value, _("There is no such choice."))

    @property
    def of_today_alone(self) -> list[tuple[str, Text, str]]:
        """What is asked as of a past day and known of today alone, as parameter, label and value."""
        if past.day() is None:
            return []
        kept = {name: column for name, column in columns_of(self.register).items() if name not in self.known_columns}
        asked = self.request.GET
        columns: list[tuple[str, Text, str]] = [
            ("column", column.label, name) for name, column in kept.items() if name in asked.getlist("column")
        ]
        bounds = bounds_of(self.register).items()
        return columns + [(name, bound.label, text) for name, bound in bounds if (text := asked.get(name, "").strip())]

    @property
    def columns(self) -> tuple[str, ...]:
        beside = ("number", self.model.named_by, title_lookup(self.model), "closed_on", "hidden", "withheld")
        return tuple(dict.fromkeys((*beside, *(column.lookup for column in self.chosen if column.lookup))))

    @property
    def facets(self) -> tuple[Facet, ...]:
        """As of the public list; nobody is asked for a regency who has one."""
        public = super().facets
        if not self.own_regency:
            return public
        return tuple(
            replace(facet, within="") if facet.within == "regency" else facet
            for facet in public
            if facet.name != "regency"
        )

    def names(self) -> dict[str, dict[str, str]]:
        within = {"regency": self.own_regency} if self.own_regency else {}
        return names_of(self.offered, within | self.active)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """As of every list; what the public list of this register says beside its records has no place here."""
        return RecordList.get_context_data(self, **kwargs)

    def cards(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The rows as they were read."""
        return rows

    def counts(self) -> Counts:
        counted = count(None, self.model, self.matches, self.active, self.offered)
        self.is_bounded = counted.few is not None or bool(self.own_regency or self.active.get("regency"))
        return counted

    @property
    def kept_in_order(self) -> tuple[listing.Order, ...]:
        """The orders in which an index holds the whole register."""
        by_number = (listing.Order(value, _("Register number"), F("number")) for value in BY_NUMBER)
        known = {order.value: order for order in (*self.filterset_class.orders, *by_number)}
        return tuple(known.values())

    @property
    def orders(self) -> tuple[listing.Order, ...]:
        """By any column that sorts, where the list is short or of one regency; else those that an index holds."""
        known = {order.value: order for order in self.kept_in_order}
        if self.is_bounded:
            known = {order.value: order for column in self.known_columns.values() for order in column.orders()} | known
        first = self.filterset_class.orders[0]
        return (first, *(order for order in known.values() if order.value != first.value))

    def lack_chips(self) -> list[dict[str, Any]]:
        """What the records of the list are or lack, each with the address without it; and that they are closed."""
        chips: list[dict[str, Any]] = [
            {
                "label": kind.label,
                "value": kind.words,
                "url": with_query(
                    self.request, kind=[other.text for other in self.kinds if other.text != kind.text] or None
                ),
            }
            for kind in self.kinds
        ]
        chips += [
            {
                "label": _("Without"),
                "value": lack.label,
                "url": with_query(self.request, lack=[other.name for other in self.lacks if other != lack] or None),
            }
            for lack in self.lacks
        ]
        chips += [
            {"label": bound.label, "value": text, "url": with_query(self.request, **{bound.name: None})}
            for bound, text in self.bounds
        ]
        if self.is_of_closed:
            text = _("only closed ones")
            chips.append({"label": _("Records"), "value": text, "url": with_query(self.request, closed=None)})
        return chips


@cache
def table_of(register: Register) -> type[RegisterTable]:
    """The table of a register: its public list, with the same filters."""
    listed, options = _listed(register)
    return cast("type[RegisterTable]", type(f"{register.model.__name__}Table", (RegisterTable, listed), dict(options)))


def list_page(register: Register, *, apart: bool = False) -> RecordList:
    """The view of a register's public list, or of what stands apart, as its address asks it.

    Held by `tests/house/test_rooms.py`.
    """
    listed, options = _listed(register, apart=apart)
    return listed(**options)


def _listed(register: Register, *, apart: bool = False) -> tuple[type[RecordList], dict[str, Any]]:
    with override(settings.LANGUAGE_CODE):
        view: Any = resolve(list_address(register, apart=apart)).func
    return view.view_class, view.view_initkwargs
