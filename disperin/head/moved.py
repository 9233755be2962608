"""What moved most since a Monday: records of the registers, sums of what makers state, and what is late or waits.

Registers are read from the submissions that took effect in that time, verified or not (direct ones, merges, rows of the
old stock), sums from the makers that changed, as of both days, and what is late from how it was counted on the Monday.
Each number is that of the list which it opens; no cause is guessed.
"""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.desk import agenda
from disperin.figures.sums import SUMMED
from disperin.head.late import Share, Standing, subjects
from disperin.head.models import SubjectMark
from disperin.regions.models import Regency
from disperin.registers.lists.addresses import list_address, record_address
from disperin.registers.record import directory, past, past_rows, reference, rollup
from disperin.registers.record.models import FacetCount, Record
from disperin.submissions.models import Kind, Submission
from disperin.submissions.workflow import Status
from disperin.ui.texts import Text
from industries.models import Establishment

SHOWN = 3
NAMED = 3  # records of each that are named
LOOKED_AT = 5_000  # decisions, the latest; a week with more is told from the first of these on
ENTER, LEAVE = (Kind.CREATE, Kind.REOPEN), (Kind.CLOSE,)


@dataclass(frozen=True)
class Part:
    """So many submissions of a kind: `sign` is +1 where their records entered the register and -1 where they left.

    Or so many of a subject in a place: `moved` is by how many more they are, or fewer.
    """

    label: Text
    number: int
    sign: int
    url: str
    moved: int = 0


@dataclass(frozen=True)
class Named:
    """A record that is behind a number that moved; by how much it moved a sum, None where it was counted itself."""

    name: str
    url: str
    moved: int | None = None


@dataclass(frozen=True)
class Moved:
    """A number that moved: by how much, what it is now (None where that is not counted here), by what and by whom.

    `behind` is how many records moved it: by them numbers are compared that count different things. `is_sum`: it adds
    up what single makers state, and is not for a text that goes from hand to hand. `counted_on`: the day whose count it
    is compared with; None where it is told from the moment of the whole movement on.
    """

    label: str
    change: int
    now: int | None
    url: str
    behind: int
    parts: Sequence[Part] = ()
    records: Sequence[Named] = ()
    is_sum: bool = False
    is_money: bool = False
    counted_on: datetime.date | None = None


@dataclass(frozen=True)
class Movement:
    """What moved since a moment, what most records are behind first; `is_cut` where more was decided than is looked at.

    Of sums one stands among the first, since one maker moves several at once; `without_sums` where so many makers
    changed that none is told. `marked_on`: of which day the numbers are that what is late or waits is compared with;
    None where none was counted.
    """

    since: datetime.datetime
    moved: list[Moved]
    is_cut: bool = False
    further: Sequence[Moved] = ()
    marked_on: datetime.date | None = None
    without_sums: bool = False

    @property
    def for_all_hands(self) -> list[Moved]:
        """The first of those that tell nothing of what a single maker states."""
        return [moved for moved in (*self.moved, *self.further) if not moved.is_sum][:SHOWN]


def last_monday(today: datetime.date) -> datetime.datetime:
    """The beginning of the last Monday before this day: on a Monday, that of a week ago."""
    monday = today - datetime.timedelta(days=today.weekday() or 7)
    return timezone.make_aware(datetime.datetime.combine(monday, datetime.time.min))


def movement(user: User, today: datetime.date, stands: Standing) -> Movement:
    """What moved since the last Monday within somebody's reach, beside how the office stands."""
    since = last_monday(today)
    registers, begins, is_cut = _registers(user, since)
    sums, without_sums = sums_moved(user, since)
    marked_on, late = subjects_moved(stands, since.date())
    ranked = sorted([*registers, *sums[:1], *late], key=lambda moved: -moved.behind)
    further = sorted([*ranked[SHOWN:], *sums[1:]], key=lambda moved: -moved.behind)
    return Movement(begins, ranked[:SHOWN], is_cut, further, marked_on, without_sums)


def _registers(user: User, since: datetime.datetime) -> tuple[list[Moved], datetime.datetime, bool]:
    """The registers whose records moved, the moment from which on that is known, and whether it is a later one."""
    decided, is_cut = Submission.objects.within_reach(user).filter(status=Status.VERIFIED), False
    moment = decided.filter(decided_at__gt=since).order_by("-decided_at").values_list("decided_at", flat=True)
    if beyond := moment[LOOKED_AT : LOOKED_AT + 1].first():
        since, is_cut = beyond, True
    decided = decided.filter(decided_at__gt=since, kind__in=(*ENTER, *LEAVE)).about_listed().order_by()
    counted: dict[str, Counter[str]] = {}
    for register, kind, number in decided.values_list("register", "kind").annotate(Count("pk")):
        counted.setdefault(register, Counter())[kind] = number
    slugs = sorted(counted, key=lambda slug: (-counted[slug].total(), slug))
    if not slugs:
        return [], since, is_cut
    now, named = _now(slugs), _named(decided, slugs)
    return [_moved(slug, counted[slug], now, named, since) for slug in slugs], since, is_cut


def _now(slugs: Sequence[str]) -> dict[str, int]:
    """The open records of each register, as the verbs keep them."""
    kept = FacetCount.objects.filter(register__in=slugs, facet=rollup.ALL[0], value=rollup.ALL[1])
    return dict(kept.values_list("register", "number"))


def _named(decided: Any, slugs: Sequence[str]) -> dict[str, list[Named]]:
    """The latest of each register, with the address of what was decided."""
    turn = Window(RowNumber(), partition_by=F("register"), order_by=(F("decided_at").desc(), F("pk").desc()))
    rows = decided.filter(register__in=slugs).annotate(turn=turn).filter(turn__lte=NAMED).order_by("turn")
    latest: dict[str, list[Named]] = {}
    for slug, title, number in rows.values_list("register", "title", "number"):
        latest.setdefault(slug, []).append(Named(title or number, reverse("submissions:detail", args=[number])))
    return latest


def _moved(
    slug: str,
    counted: Counter[str],
    now: dict[str, int],
    named: dict[str, list[Named]],
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
    change = sum(part.sign * part.number for part in parts)
    behind = sum(part.number for part in parts)
    label = capfirst(str(register.label))
    return Moved(label, change, number, list_address(register), behind, parts, named.get(slug, []))


def _list(slug: str, kind: Kind, since: datetime.datetime) -> str:
    """The submissions that took effect since, of a register and kind."""
    asked = {"status": Status.VERIFIED.value, "register": slug, "kind": kind.value}
    if directory.get(slug).model.apart:
        asked["listed"] = "true"
    return agenda.address("submissions:inbox", **asked, decided_after=since.isoformat(), order="-decided_at")


def sums_moved(user: User, since: datetime.datetime) -> tuple[list[Moved], bool]:
    """The sums of what makers within reach state, by how many of them moved each; none, and True, where too many did.

    Three queries: which makers changed, and what they state now and stated at the end of the day before.
    """
    register = directory.of(Establishment)
    keys = list(past_rows.changed_since(Establishment, since).order_by().distinct()[: LOOKED_AT + 1])
    if not keys or len(keys) > LOOKED_AT:
        return [], bool(keys)
    makers = Establishment.objects.within_reach(user).unclosed().in_lists()
    makers = makers.filter(pk__in=[row["pgh_obj_id"] for row in keys])
    asked = ("pk", "number", "name", *(measure.name for measure in SUMMED))
    now = {row["pk"]: row for row in makers.values(*asked)}
    with past.reading(timezone.localdate(since) - datetime.timedelta(days=1)):
        then = {row["pk"]: row for row in makers.values(*asked)}
    moved_sums = []
    for measure in SUMMED:
        moved = {key: _stated(now, key, measure.name) - _stated(then, key, measure.name) for key in now | then}
        first = sorted((key for key in moved if moved[key]), key=lambda key: (-abs(moved[key]), key))
        if first:
            rows = [(now.get(key) or then[key], moved[key]) for key in first[:NAMED]]
            records = [Named(row["name"], record_address(register, row["number"]), by) for row, by in rows]
            moved_sums.append(
                Moved(
                    label=str(measure.label),
                    change=sum(moved.values()),
                    now=None,
                    url=reverse("figures:sums"),
                    behind=len(first),
                    records=records,
                    is_sum=True,
                    is_money=measure.is_money,
                )
            )
    return sorted(moved_sums, key=lambda moved_sum: -moved_sum.behind), False


def _stated(rows: Mapping[int, Mapping[str, Any]], key: int, name: str) -> int:
    return int(rows[key][name] or 0) if key in rows else 0


def subjects_moved(stands: Standing, monday: datetime.date) -> tuple[datetime.date | None, list[Moved]]:
    """What is late or waits, against how it was counted on the Monday or last before it, and of which day that is.

    What became too much to be counted whole, or was, is left out. One query.
    """
    oldest = monday - datetime.timedelta(days=6)
    marks = list(SubjectMark.objects.filter(day__range=(oldest, monday)).order_by("-day"))
    marked_on = marks[0].day if marks else None
    then = {mark.subject: mark for mark in marks if mark.day == marked_on}
    now = stands.by_key
    moved = []
    for key, label in subjects().items():
        mark, late = then.get(key), now.get(key)
        number = late.number if late else 0
        if mark is None or (late and not late.is_whole) or number == mark.number:
            continue
        change = number - mark.number
        parts = _places_moved(late.places if late else [], mark.places)
        title, url = (late.label, late.url) if late else (label, "")
        moved.append(Moved(str(title), change, number, url, abs(change), parts, counted_on=marked_on))
    return marked_on, moved


def _places_moved(now: Sequence[Share], then: Mapping[str, int]) -> list[Part]:
    """The places in which the number is another now, the most moved first; those that have none left open no list."""
    regencies, known = reference.Tables().table(Regency), {share.key for share in now}
    emptied = [Share(code, str(regencies[code]) if code else "", 0, "") for code in then if code not in known]
    by = [(share, share.number - then.get(share.key, 0)) for share in (*now, *emptied)]
    first = sorted((pair for pair in by if pair[1]), key=lambda pair: -abs(pair[1]))[:NAMED]
    return [Part(str(share.name) or _("The province"), share.number, 0, share.url, moved) for share, moved in first]
