"""What the first page says of somebody's work: what waits, what is late, and what has moved. No app is named."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.desk import agenda
from disperin.desk.agenda import Dated, Figure, Group, Waiting
from disperin.desk.counting import Count, First, answers
from disperin.overview.due_days import PROVINCE, Asked, Place, State, Tally, among, by_place, late_from, tallies
from disperin.ui import formats

LIST = "overview:days"
A_WEEK = datetime.timedelta(days=7)
SHOWN = (State.OVERDUE, State.WEEK, State.MONTH)


@dataclass(frozen=True)
class Line:
    """Something that waits: how many, the list that holds exactly these, since when, and what is due first."""

    key: str
    label: agenda.Text
    number: int
    url: str
    action: agenda.Text = ""
    since: datetime.date | None = None
    due: datetime.date | None = None
    icon: str = ""
    is_late: bool = False
    today: datetime.date = datetime.date.min
    counts_first_day: bool = False  # since when it is late, which is its first day; else since when it waits

    @property
    def since_in_words(self) -> str:
        """Since which day it stands; "" where that is not known."""
        return _("since %(day)s") % {"day": formats.day(self.since)} if self.since else ""

    @property
    def days_waited(self) -> int | None:
        """For how many days the oldest has waited or has been late, as the list says and the head reads."""
        return None if self.since is None else (self.today - self.since).days + self.counts_first_day

    @property
    def days_late(self) -> int:
        """How many days ago the first of them was due; 0 where none is late."""
        return max((self.today - self.due).days, 0) if self.due else 0


@dataclass(frozen=True)
class Row:
    """A kind of thing with a day: the earliest day of all, and how many are in each state, with their list."""

    kind: Dated
    first: datetime.date | None
    numbers: Sequence[tuple[State, int, str]]


def waiting(user: User, today: datetime.date, tallied: Sequence[Tally]) -> list[Line]:
    """What waits for this person or, where they only read, for the office: the late first, then the oldest.

    `tallied` is all within their reach that has a day. One query for all that is counted in rows; a figure costs its
    own.
    """
    lines = [*_counted(user, today), *_own(user, today, tallied)]
    return sorted((line for line in lines if line.number), key=_urgency)


def days(tallied: Iterable[Tally]) -> list[Row]:
    """The kinds of which something is late or due this month, with their numbers."""
    rows = []
    for tally in tallied:
        if any(tally.numbers[state] for state in SHOWN):
            numbers = [(state, tally.numbers[state], _list(kind=tally.kind.key, state=state.value)) for state in SHOWN]
            rows.append(Row(tally.kind, tally.first, numbers))
    return rows


def late(rows: Iterable[Row], lines: Iterable[Line]) -> list[Line]:
    """What is late or red, as the head of office asks for it: of work with a day, and what is said to be late."""
    overdue = [
        Line(
            row.kind.key,
            agenda.named(row.kind, number),
            number,
            url,
            since=row.first and late_from(row.first),
            icon=row.kind.icon,
            is_late=True,
        )
        for row in rows
        for state, number, url in row.numbers
        if row.kind.group == Group.WORK and state == State.OVERDUE and number
    ]
    return [*overdue, *(line for line in lines if line.is_late)]


def overdue(tallied: Iterable[Tally]) -> Asked:
    """What asks for all work that is past its day."""
    state = State.OVERDUE.value
    return Asked(group=Group.WORK.value, state=state, among=among(tallied, state))


def places(user: User, today: datetime.date, asked: Asked) -> list[tuple[Place, str]]:
    """Where what is asked for is late, the most first, each with its list. One query."""
    return [
        (place, _list(group=asked.group, state=asked.state, regency=place.regency.code if place.regency else PROVINCE))
        for place in by_place(user, asked, today)
    ]


def news(user: User, since: datetime.datetime, today: datetime.date) -> list[Line]:
    """What has moved after a moment. One query."""
    parts = [(kind, kind.of(user, since)) for kind in agenda.news()]
    asked = [(kind, rows) for kind, rows in parts if rows is not None]
    counts = answers([Count(rows) for _one, rows in asked])
    lines = [
        Line(kind.key, agenda.named(kind, number), number, kind.url(user, since), icon=kind.icon, today=today)
        for (kind, _rows), number in zip(asked, counts, strict=True)
    ]
    return [line for line in lines if line.number]


def _counted(user: User, today: datetime.date) -> list[Line]:
    """What the apps say that waits."""
    figures: dict[str, Figure] = {}
    asked: dict[str, list[Count | First]] = {}
    parts = [(kind, kind.of(user)) for kind in agenda.waiting()]
    for kind, rows in parts:
        if isinstance(rows, Figure):
            figures[kind.key] = rows
        elif rows is not None:
            asked[kind.key] = [Count(rows), *(First(rows, column) for column in (kind.since, kind.due) if column)]
    values = iter(answers([question for some in asked.values() for question in some]))
    read = {key: [next(values) for _one in some] for key, some in asked.items()}
    return [
        replace(
            _line(kind, figures[kind.key].number, figures[kind.key].since, None, user, today), counts_first_day=True
        )
        if kind.key in figures
        else _line(kind, *_number_since_due(kind, read[kind.key]), user, today)
        for kind, rows in parts
        if rows is not None
    ]


def _number_since_due(kind: Waiting, read: list[Any]) -> tuple[int, datetime.date | None, datetime.date | None]:
    number, *days_read = read
    named = dict(zip([column for column in (kind.since, kind.due) if column], map(_day, days_read), strict=True))
    return number, named.get(kind.since), named.get(kind.due)


def _line(
    kind: Waiting,
    number: int,
    since: datetime.date | None,
    due: datetime.date | None,
    user: User,
    today: datetime.date,
) -> Line:
    return Line(
        kind.key,
        agenda.named(kind, number),
        number,
        kind.url(user),
        kind.action,
        since,
        due,
        kind.icon,
        kind.is_late,
        today,
    )


def _own(user: User, today: datetime.date, tallied: Sequence[Tally]) -> list[Line]:
    """What has a day and is this person's own: asked of those kinds alone that have something within their reach."""
    if not user.can_propose:
        return []
    asked = Asked(mine=True, among=among(tally for tally in tallied if tally.kind.own))
    return [
        Line(
            key=tally.kind.key,
            label=tally.kind.own_of_one if number == 1 else tally.kind.own,
            number=number,
            url=_list(kind=tally.kind.key, mine="on"),
            action=tally.kind.action,
            due=tally.first,
            icon=tally.kind.icon,
            today=today,
        )
        for tally in tallies(user, asked, today)
        for number in (tally.total(),)
    ]


def _list(**asked: str) -> str:
    return agenda.address(LIST, **asked)


def _day(value: datetime.date | None) -> datetime.date | None:
    """A day, or the day of a moment where the office is."""
    return timezone.localtime(value).date() if isinstance(value, datetime.datetime) else value


def _urgency(line: Line) -> tuple[datetime.date, datetime.date]:
    """What is due within a week comes before what has no day, and that before what is due later; the oldest first."""
    return line.due or line.today + A_WEEK, line.since or datetime.date.max
