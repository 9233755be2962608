"""What moved most in the registers: how many records entered and left since a Monday.

Read from the submissions that took effect in that time, verified or not (direct ones, merges, rows of the old stock),
so that each number is that of the list which it opens; no cause is guessed.
"""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from disperin.accounts.models import User
from disperin.desk import agenda
from disperin.registers.lists.addresses import list_address
from disperin.registers.record import directory, rollup
from disperin.registers.record.models import FacetCount, Record
from disperin.submissions.models import Kind, Submission
from disperin.submissions.workflow import Status
from disperin.ui.texts import Text

SHOWN = 3
NAMED = 3  # records of each that are named
LOOKED_AT = 5_000  # decisions, the latest; a week with more is told from the first of these on
ENTER, LEAVE = (Kind.CREATE, Kind.REOPEN), (Kind.CLOSE,)


@dataclass(frozen=True)
class Part:
    """So many submissions of a kind: `sign` is +1 where their records entered the register and -1 where they left."""

    label: Text
    number: int
    sign: int
    url: str


@dataclass(frozen=True)
class Moved:
    """A register: its records now (None where its lists hold but some of them), what moved, and some of the records."""

    label: str
    now: int | None
    url: str
    parts: list[Part]
    records: list[tuple[str, str]]  # name and address

    @property
    def change(self) -> int:
        """How many more records there are; below 0, fewer."""
        return sum(one.sign * one.number for one in self.parts)


@dataclass(frozen=True)
class Movement:
    """What moved since a moment, the most first; `is_cut` where more was decided than is looked at."""

    since: datetime.datetime
    moved: list[Moved]
    is_cut: bool = False


def last_monday(today: datetime.date) -> datetime.datetime:
    """The beginning of the last Monday before this day: on a Monday, that of a week ago."""
    monday = today - datetime.timedelta(days=today.weekday() or 7)
    return timezone.make_aware(datetime.datetime.combine(monday, datetime.time.min))


def movement(user: User, today: datetime.date) -> Movement:
    """What moved since the last Monday within somebody's reach. Three queries, or four."""
    since, found, is_cut = (
        last_monday(today),
        Submission.objects.within_reach(user).filter(status=Status.VERIFIED),
        False,
    )
    moment = found.filter(decided_at__gt=since).order_by("-decided_at").values_list("decided_at", flat=True)
    if beyond := moment[LOOKED_AT : LOOKED_AT + 1].first():
        since, is_cut = beyond, True
    found = found.filter(decided_at__gt=since, kind__in=(*ENTER, *LEAVE)).order_by()
    counted: dict[str, Counter[str]] = {}
    for register, kind, number in found.values_list("register", "kind").annotate(Count("pk")):
        counted.setdefault(register, Counter())[kind] = number
    first = sorted(counted, key=lambda slug: (-counted[slug].total(), slug))[:SHOWN]
    if not first:
        return Movement(since, [], is_cut)
    now, named = _now(first), _named(found, first)
    return Movement(since, [_moved(one, counted[one], now, named, since) for one in first], is_cut)


def _now(slugs: Sequence[str]) -> dict[str, int]:
    """The open records of each register, as the verbs keep them."""
    kept = FacetCount.objects.filter(register__in=slugs, facet=rollup.ALL[0], value=rollup.ALL[1])
    return dict(kept.values_list("register", "number"))


def _named(found: Any, slugs: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """The latest of each register, with the address of what was decided."""
    turn = Window(RowNumber(), partition_by=F("register"), order_by=(F("decided_at").desc(), F("pk").desc()))
    rows = found.filter(register__in=slugs).annotate(turn=turn).filter(turn__lte=NAMED).order_by("turn")
    told: dict[str, list[tuple[str, str]]] = {}
    for slug, title, number in rows.values_list("register", "title", "number"):
        told.setdefault(slug, []).append((title or number, reverse("submissions:detail", args=[number])))
    return told


def _moved(
    slug: str,
    counted: Counter[str],
    now: dict[str, int],
    named: dict[str, list[tuple[str, str]]],
    since: datetime.datetime,
) -> Moved:
    register = directory.get(slug)
    parts = [
        Part(kind.label, counted[kind], sign, _list(slug, kind, since))
        for kinds, sign in ((ENTER, 1), (LEAVE, -1))
        for kind in kinds
        if counted[kind]
    ]
    lists_all = register.model.is_listed is Record.is_listed
    number = now.get(slug, 0) if lists_all else None
    return Moved(capfirst(str(register.label)), number, list_address(register), parts, named.get(slug, []))


def _list(slug: str, kind: Kind, since: datetime.datetime) -> str:
    """The submissions that took effect since, of a register and kind."""
    asked = {"status": Status.VERIFIED.value, "register": slug, "kind": kind.value}
    return agenda.address("submissions:inbox", **asked, decided_after=since.isoformat(), order="-decided_at")
