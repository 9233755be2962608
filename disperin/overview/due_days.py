"""Everything with a day as one list: narrowed, sorted and cut in the database, whatever tables it stands in."""

import calendar
import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count as CountRows
from django.db.models import F, Min, QuerySet, TextChoices, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from disperin.accounts.models import User
from disperin.desk import agenda
from disperin.desk.agenda import Dated, Group
from disperin.desk.counting import counted_by_day
from disperin.regions.models import Regency
from disperin.registers.record import reference
from disperin.ui import formats

PROVINCE = "province"  # asks for what lies in no regency
SOON = 30  # days ahead that are counted out in words
_TEXTS = ("number", "name", "note", "who", "regency")
_COLUMNS = ("in_kind", "in_day", "in_key", *(f"in_{name}" for name in _TEXTS), "in_place")


class State(TextChoices):
    """When a day comes; each day lies in one of them."""

    OVERDUE = "overdue", gettext_lazy("Past its day")
    WEEK = "week", gettext_lazy("This week")
    MONTH = "month", gettext_lazy("Rest of the month")
    LATER = "later", gettext_lazy("Later")


def span(state: str, today: datetime.date) -> tuple[datetime.date | None, datetime.date | None]:
    """The first and the last day of a state; None where there is no such end. A week ends on Sunday."""
    a_day = datetime.timedelta(days=1)
    sunday = today + a_day * (6 - today.weekday())
    month_end = today.replace(day=calendar.monthrange(today.year, today.month)[1])
    return {
        State.OVERDUE: (None, today - a_day),
        State.WEEK: (today, sunday),
        State.MONTH: (sunday + a_day, month_end),
        State.LATER: (max(sunday, month_end) + a_day, None),
    }[State(state)]


@dataclass(frozen=True)
class Asked:
    """What a list of days is narrowed by; nothing of it narrows nothing. `since` and `until` are days."""

    group: str = ""
    kind: str = ""
    state: str = ""
    regency: str = ""
    who: str = ""
    mine: bool = False
    of_office: bool = False  # without what belongs to the reader's own account
    whose: User | None = None  # whom `mine` means, where it is not who asks
    since: datetime.date | None = None
    until: datetime.date | None = None
    among: frozenset[str] | None = None  # keys of kinds known to have something; None: whichever have

    def kinds(self) -> list[Dated]:
        """The kinds of things that can be in it."""
        return [
            kind
            for kind in agenda.dated()
            if self.group in ("", kind.group) and self.kind in ("", kind.key)
            if self.among is None or kind.key in self.among
            if (kind.person or not self.mine) and not (self.of_office and kind.is_own)
        ]


@dataclass(frozen=True)
class Item:
    """A thing with a day. `late` is how many days ago that was; below 0 it is still to come."""

    kind: Dated
    day: datetime.date
    key: str
    number: str
    name: str
    note: agenda.Text
    who: str
    regency: Regency | None
    url: str
    late: int

    @property
    def in_words(self) -> str:
        """How far away its day is; "" where that is long to go."""
        values = {"days": formats.number(abs(self.late))}
        if self.late > 0 and self.kind.group == Group.WORK:
            return ngettext("%(days)s day late", "%(days)s days late", self.late) % values
        if self.late > 0:
            return ngettext("%(days)s day past", "%(days)s days past", self.late) % values
        if self.late == 0:
            return _("today")
        return ngettext("in %(days)s day", "in %(days)s days", -self.late) % values if -self.late <= SOON else ""

    @property
    def tone(self) -> str:
        """The colour of the pill that says so."""
        if self.late > 0:
            return "danger" if self.kind.group == Group.WORK else "warning"
        return "warning" if self.late == 0 else "neutral"


@dataclass(frozen=True)
class Tally:
    """How many there are of a kind in each state, counted up to 1,001, and the earliest day of all."""

    kind: Dated
    numbers: Mapping[State, int]
    first: datetime.date | None

    def total(self, state: str = "") -> int:
        """How many there are in a state, or in all of them."""
        return sum(number for of, number in self.numbers.items() if state in ("", of))


@dataclass(frozen=True)
class Place:
    """What is late in a regency (None: the province), and since when."""

    regency: Regency | None
    number: int
    since: datetime.date


def late_from(day: datetime.date) -> datetime.date:
    """The first day on which something is late that may be done, or is valid, until the end of a day."""
    return day + datetime.timedelta(days=1)


def items(user: User, asked: Asked, today: datetime.date, *, start: int, stop: int) -> list[Item]:
    """A stretch of the list, the earliest day first. One query: each table gives no more than its share."""
    parts = [_texts(kind, rows) for kind, rows in parts_of(user, asked, today)]
    if not parts:
        return []
    rows = parts[0]
    if others := parts[1:]:
        rows = rows[:stop].union(*(part[:stop] for part in others), all=True).order_by("in_day", "in_kind", "in_key")
    kinds = {kind.key: kind for kind in asked.kinds()}
    regencies = reference.Tables().table(Regency)
    return [_item(kinds[row[0]], row, regencies, today) for row in rows[start:stop]]


def tallies(user: User, asked: Asked, today: datetime.date) -> list[Tally]:
    """How many there are of each kind in each state, whatever state is asked for. One query."""
    parts = [(kind, _found(kind, user, replace(asked, state=""), today)) for kind in asked.kinds()]
    counted = iter(
        counted_by_day([rows.values_list("in_day") for _kind, rows in parts], [span(state, today) for state in State])
    )
    return [Tally(kind, {state: next(counted) for state in State}, next(counted)) for kind, _rows in parts]


def among(tallies: Iterable[Tally], state: str = "") -> frozenset[str]:
    """The kinds that have something in a state, or in any: of the others no list needs to ask the database."""
    return frozenset(tally.kind.key for tally in tallies if tally.total(state))


def by_place(user: User, asked: Asked, today: datetime.date) -> list[Place]:
    """How many there are in each regency that has some, the most first. One query; for tables that are small."""
    parts = [
        rows.annotate(in_regency=as_text(kind.regency))
        .values_list("in_regency")
        .annotate(CountRows("pk"), Min("in_day"))
        for kind, rows in parts_of(user, asked, today)
    ]
    by_code: dict[str, tuple[int, datetime.date]] = {}
    for code, number, day in parts[0].union(*parts[1:], all=True) if parts else ():
        if number:
            known, first = by_code.get(code or "", (0, day))
            by_code[code or ""] = (known + number, min(first, day))
    regencies = reference.Tables().table(Regency)
    places = [Place(regencies.get(code), number, late_from(day)) for code, (number, day) in by_code.items()]
    return sorted(places, key=lambda place: (-place.number, place.since))


def parts_of(user: User, asked: Asked, today: datetime.date) -> list[tuple[Dated, QuerySet[Any, Any]]]:
    """Each kind with its rows, which have `in_day`."""
    return [(kind, _found(kind, user, asked, today)) for kind in asked.kinds()]


def _found(kind: Dated, user: User, asked: Asked, today: datetime.date) -> QuerySet[Any, Any]:
    """The rows of a kind, with `in_day`."""
    rows = kind.of(user).order_by().annotate(in_day=F(kind.day) if isinstance(kind.day, str) else kind.day)
    if asked.mine:
        rows = rows.filter(**{kind.person: asked.whose or user})
    if asked.regency == PROVINCE:
        rows = rows.filter(**{f"{kind.regency}__isnull": True}) if kind.regency else rows
    elif asked.regency:
        rows = rows.filter(**{kind.regency: asked.regency}) if kind.regency else rows.none()
    if asked.who:
        rows = rows.annotate(in_hands_of=as_text(kind.who)).filter(in_hands_of=asked.who) if kind.who else rows.none()
    ends = [span(asked.state, today)] if asked.state else []
    for first, last in (*ends, (asked.since, asked.until)):
        rows = rows.filter(in_day__gte=first) if first else rows
        rows = rows.filter(in_day__lte=last) if last else rows
    return rows


def _texts(kind: Dated, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Those rows with the same columns whatever table they come from, the earliest day first."""
    texts = {f"in_{name}": as_text(getattr(kind, name)) for name in _TEXTS}
    place = as_text(kind.place or kind.number)
    in_columns = rows.annotate(
        in_kind=Value(kind.key, TextField()), in_key=Cast("pk", TextField()), in_place=place, **texts
    )
    return in_columns.order_by("in_day", "in_key").values_list(*_COLUMNS)


def as_text(column: str | Combinable) -> Combinable:
    """A column as text; "" for none."""
    return Cast(column, TextField()) if column else Value("", TextField())


def _item(kind: Dated, row: Sequence[Any], regencies: dict[str, Regency], today: datetime.date) -> Item:
    _key, day, key, number, name, note, who, regency, place = row
    return Item(
        kind=kind,
        day=day,
        key=key,
        number=number or "",
        name=name or "",
        note=kind.notes.get(note, note or ""),
        who=who or "",
        regency=regencies.get(regency),
        url=kind.url(place),
        late=(today - day).days,
    )
