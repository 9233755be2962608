"""What is late in the office: one row for each subject that an app's agenda names. No app is named here.

Each table gives at most 1,001 of its late rows, the oldest first, so that a page costs as much for a million.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db.models import DateField, DateTimeField, F, QuerySet, TextField, Value
from django.db.models.functions import TruncDate

from disperin.accounts.models import Role, User
from disperin.desk import agenda
from disperin.desk.agenda import Dated, Figure, Group, Text, Waiting
from disperin.desk.counting import grouped
from disperin.desk.lists import COUNTED
from disperin.overview.due_days import PROVINCE, Asked, State, as_text, late_from, parts_of
from disperin.regions.models import Regency
from disperin.registers.record import reference

LIST = "overview:days"
OFFICE = User(role=Role.HEAD)  # nobody in person, whose reach is the province
SHOWN = 3  # places or people of a subject that are named

Found = QuerySet[Any, Any]


@dataclass(frozen=True)
class Share:
    """How many of the late lie in a place, or with a person, and their list ("" where no list shows just these)."""

    key: str
    name: Text
    number: int
    url: str


@dataclass(frozen=True)
class Late:
    """A subject: how many, the list of exactly these, since when, where and with whom (the most first).

    Beyond 1,000 (`is_whole` is False) only the oldest are known by place and person. `desk` has what nobody has.
    `since` is the first day on which it was late or, where it `is_waiting`, the day from which on it has waited.
    """

    key: str
    label: Text
    icon: str
    number: int
    url: str
    since: datetime.date | None
    places: list[Share]
    people: list[Share]
    desk: Text
    today: datetime.date
    is_whole: bool = True
    is_waiting: bool = False

    @property
    def days(self) -> int | None:
        """How many days late the oldest is, as its list says, or how many it has waited; None where not known."""
        if self.since is None:
            return None
        return (self.today - self.since).days + (0 if self.is_waiting else 1)

    @property
    def first_places(self) -> list[Share]:
        """Where the most are."""
        return self.places[:SHOWN]

    @property
    def more_places(self) -> int:
        """How many further places there are."""
        return max(len(self.places) - SHOWN, 0)

    @property
    def first_people(self) -> list[Share]:
        """Who has the most."""
        return self.people[:SHOWN]

    @property
    def more_people(self) -> int:
        """How many further people there are."""
        return max(len(self.people) - SHOWN, 0)

    def share_in(self, regency: str) -> Share | None:
        """What lies in the regency of this code, if anything does; of all of them only where this `is_whole`."""
        return next((place for place in self.places if place.key == regency), None)


@dataclass(frozen=True)
class Standing:
    """How the office stands: work that is late, what has ended or become old, and what waits without a promised day."""

    late: list[Late]
    ended: list[Late]
    waiting: list[Late]

    @property
    def by_key(self) -> dict[str, Late]:
        """Every subject of which anything is late or waits."""
        return {late.key: late for late in (*self.late, *self.ended, *self.waiting)}

    def of(self, key: str) -> Late | None:
        """The subject of this key, if anything of it is late."""
        return self.by_key.get(key)


def subjects() -> dict[str, Text]:
    """Everything that can be late or wait, by key."""
    dated = {kind.key: kind.label for kind in agenda.dated() if not kind.is_own}
    return dated | {waiting.key: waiting.label for waiting in agenda.waiting()}


def standing(user: User, today: datetime.date) -> Standing:
    """Everything of the office that is late on this day. One query, and those that figures cost."""
    kinds = parts_of(user, Asked(state=State.OVERDUE.value, of_office=True), today)
    figures: list[tuple[Waiting, Figure]] = []
    asked = [_of_dated(kind, things) for kind, things in kinds]
    waitings: list[Waiting] = []
    for waiting in agenda.waiting():
        what_waits = waiting.of(user)
        if isinstance(what_waits, Figure):
            figures.append((waiting, what_waits))
        elif what_waits is not None:
            waitings.append(waiting)
            asked.append(_of_waiting(waiting, what_waits))
    rows_by_key: dict[str, list[Any]] = {}
    for what, *rest in grouped(asked):
        rows_by_key.setdefault(what, []).append(rest)
    regencies = reference.Tables().table(Regency)
    work: list[Late] = []
    ended: list[Late] = []
    waits: list[Late] = []
    for kind, _found in kinds:
        if rows := rows_by_key.get(kind.key):
            (work if kind.group == Group.WORK else ended).append(_late_kind(kind, rows, regencies, today))
    for waiting in waitings:
        if rows := rows_by_key.get(waiting.key):
            (work if waiting.is_late else waits).append(_late_waiting(waiting, rows, regencies, user, today))
    for waiting, figure in figures:
        if figure.number:
            (work if waiting.is_late else waits).append(_late_figure(waiting, figure, regencies, user, today))
    return Standing(*(sorted(some, key=_the_most_first) for some in (work, ended, waits)))


def shares(user: User, asked: Iterable[tuple[str, str]], today: datetime.date) -> dict[tuple[str, str], Share]:
    """What lies of a subject in a regency, by (key, code), each counted by itself up to 1,001. One query.

    For subjects that are not whole in a `standing`; what is counted in figures always is.
    """
    waiting = {kind.key: kind for kind in agenda.waiting()}
    addresses: dict[tuple[str, str], str] = {}
    rows: list[Found] = []
    for key, code in asked:
        if kind := waiting.get(key):
            waits = kind.of(user)
            parts = [waits.filter(**{kind.regency: code})] if isinstance(waits, QuerySet) else []
            url = kind.url(user)
            addresses[key, code] = _narrowed(kind, url)(code) or url
        else:
            narrowed = Asked(kind=key, state=State.OVERDUE.value, regency=code, of_office=True)
            parts = [things for _kind, things in parts_of(user, narrowed, today)]
            addresses[key, code] = agenda.address(LIST, kind=key, state=State.OVERDUE.value, regency=code)
        rows += [_columns(things.order_by(), key, Value(code), "", Value(None, DateField())) for things in parts]
    regencies = reference.Tables().table(Regency)
    counted = [(key, code or "", number) for key, code, _person, number, _day in grouped(rows)]
    return {
        (key, code): Share(code, str(regencies[code]), number, addresses[key, code]) for key, code, number in counted
    }


def _the_most_first(late: Late) -> tuple[int, datetime.date]:
    return -late.number, late.since or datetime.date.max


def _of_dated(kind: Dated, things: Found) -> Found:
    return _columns(things.order_by("in_day"), kind.key, kind.regency, kind.who, F("in_day"))


def _of_waiting(waiting: Waiting, things: Found) -> Found:
    if not waiting.since:
        return _columns(things.order_by("pk"), waiting.key, waiting.regency, waiting.who, Value(None, DateField()))
    since = things.annotate(waits_from=F(waiting.since)).query.annotations["waits_from"]  # it may lie in another table
    is_moment = isinstance(since.output_field, DateTimeField)
    day: Any = TruncDate(waiting.since) if is_moment else F(waiting.since)
    return _columns(things.order_by(waiting.since), waiting.key, waiting.regency, waiting.who, day)


def _columns(things: Found, key: str, regency: Any, who: Any, day: Any) -> Found:
    """The oldest rows with the columns that `grouped` reads."""
    columns = {
        "in_kind": Value(key, TextField()),
        "in_place": as_text(regency),
        "in_person": as_text(who),
        "in_since": day,
    }
    return things.annotate(**columns).values_list(*columns)[: COUNTED + 1]


def _late_kind(kind: Dated, rows: list[Any], regencies: Mapping[str, Regency], today: datetime.date) -> Late:
    asked = {"kind": kind.key, "state": State.OVERDUE.value}
    number, first, places, people = _summed(rows)
    return Late(
        key=kind.key,
        label=agenda.named(kind, number),
        icon=kind.icon,
        number=number,
        url=agenda.address(LIST, **asked),
        since=first and late_from(first),
        places=_places(places, regencies, lambda code: agenda.address(LIST, **asked, regency=code or PROVINCE)),
        people=_people(people, lambda name: agenda.address(LIST, **asked, who=name)),
        desk=kind.desk,
        today=today,
        is_whole=number <= COUNTED,
    )


def _late_waiting(
    waiting: Waiting, rows: list[Any], regencies: Mapping[str, Regency], user: User, today: datetime.date
) -> Late:
    number, first, places, people = _summed(rows)
    url = waiting.url(user)  # once: it may ask the database
    return Late(
        key=waiting.key,
        label=agenda.named(waiting, number),
        icon=waiting.icon,
        number=number,
        url=url,
        since=first,
        places=_places(places, regencies, _narrowed(waiting, url)),
        people=_people(people, lambda _name: ""),
        desk=waiting.desk,
        today=today,
        is_whole=number <= COUNTED,
        is_waiting=True,
    )


def _late_figure(
    waiting: Waiting, figure: Figure, regencies: Mapping[str, Regency], user: User, today: datetime.date
) -> Late:
    url = waiting.url(user)
    return Late(
        key=waiting.key,
        label=agenda.named(waiting, figure.number),
        icon=waiting.icon,
        number=figure.number,
        url=url,
        since=figure.since,
        places=_places(figure.places, regencies, _narrowed(waiting, url)),
        people=[],
        desk=waiting.desk,
        today=today,
    )


def _summed(rows: Iterable[Any]) -> tuple[int, datetime.date | None, Counter[str], Counter[str]]:
    places: Counter[str] = Counter()
    people: Counter[str] = Counter()
    days: list[datetime.date] = []
    for place, person, number, day in rows:
        places[place or ""] += number
        people[person or ""] += number
        days += [day] if day else []
    return places.total(), min(days, default=None), places, people


def _places(counted: Mapping[str, int], regencies: Mapping[str, Regency], address: Callable[[str], str]) -> list[Share]:
    """By number; what lies in no regency is the province's."""
    return [
        Share(code, str(regencies[code]) if code else "", number, address(code))
        for code, number in sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    ]


def _people(counted: Mapping[str, int], address: Callable[[str], str]) -> list[Share]:
    """By number; what nobody has is the desk's, and left out."""
    named = sorted(((name, number) for name, number in counted.items() if name), key=lambda item: (-item[1], item[0]))
    return [Share(name, name, number, address(name)) for name, number in named]


def _narrowed(waiting: Waiting, url: str) -> Callable[[str], str]:
    """The list of what waits, which stands at `url`, by regency; "" where it cannot be narrowed so."""
    parts = urlsplit(url)

    def narrowed(code: str) -> str:
        if not waiting.narrows or not code:
            return ""
        query = f"{parts.query}&" if parts.query else ""
        return parts._replace(query=f"{query}{waiting.regency}={code}").geturl()

    return narrowed
