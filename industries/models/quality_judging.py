"""How single makers are judged by what stands in their rows, and what their pages say of it."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import BooleanField, ExpressionWrapper
from django.urls import reverse
from django.utils import timezone

from disperin.maps.boundary import kilometres_outside
from disperin.registers.lists.lacks import lacks_of
from disperin.registers.record import directory, past
from disperin.registers.record.models import Origin
from disperin.registers.record.withholding import unveil
from disperin.ui.texts import Text
from industries import rules
from industries.models.establishment import Establishment
from industries.models.quality import REGISTER, Formula, fact_label, fix_label
from industries.rules.quality import CONFIRM, PARTS, TOO_FAR, Fact, Judged, Known, fixes, judge, mended_at

_READ = (
    "regency", "closed_on", "hidden", "sector", "withheld", "origin", "verified_at", "as_of", "workers_male",
    "workers_female", "investment", "land_building_value", "capital", "annual_sales", "npwp", "founded_year",
    "active_since", "activity", "latitude", "longitude",
)  # fmt: skip
_OF_SIZE = ("workers_male", "workers_female", "investment", "land_building_value", "capital", "annual_sales")


@dataclass(frozen=True)
class Fix:
    """What is to be done, by how many points it lifts the score, where ("" for nowhere from here), and why."""

    label: Text
    lift: int
    url: str
    reasons: Sequence[Text]

    @property
    def is_explained(self) -> bool:
        """Whether the reasons say more than the label."""
        return [*map(str, self.reasons)] != [str(self.label)]


@dataclass(frozen=True)
class Panel:
    """The data quality of one maker on a day, as its page shows it."""

    score: int
    parts: Sequence[tuple[Text, int]]
    fixes: Sequence[Fix]
    day: datetime.date


def quality_panel(record: Establishment, place: Callable[[str], str] | None = None) -> Panel | None:
    """The panel of an open maker; None where nothing counts. `place` says where a field stands on the page.

    A past day is judged by its own rows; nothing is to be done on it.
    """
    today = past.today()
    formula = Formula()
    judged = judgement_of(record, today, formula)
    if judged is None or judged.score is None:
        return None
    whole = sum(row.weight for row in formula.on(today) if row.part in PARTS)
    some = () if past.day() else fixes(judged.missed, whole)
    where = place or (lambda field: fix_address(record.number, field))
    shown = [
        _fix(judged, field, lift, where(field) if place is None or field != CONFIRM else "") for field, lift in some
    ]
    parts = [(part.label, value) for part in PARTS if (value := judged.parts[part]) is not None]
    return Panel(judged.score, parts, shown, today)


def fix_address(number: str, field: str) -> str:
    """Where a draft of a maker begins that opens at a field, or confirms the record as it stands."""
    asked = {"daftar": REGISTER, "data": number, **({"jenis": CONFIRM} if field == CONFIRM else {"bidang": field})}
    return f"{reverse('submissions:start')}?{urlencode(asked)}"


def known_of(
    keys: Sequence[int], formula: Formula, *, kept: Sequence[str] = ()
) -> dict[int, tuple[Establishment, Known]]:
    """Each open maker of these keys with what is known of it; one query. `kept`: columns of its kept `quality`."""
    lacks = lacks_of(directory.get(REGISTER))
    lacking = {
        f"lack_{at}": ExpressionWrapper(lacks[name].is_missing, BooleanField()) for at, name in enumerate(formula.lacks)
    }
    makers = Establishment.objects.unclosed().in_lists().filter(pk__in=keys).annotate(**lacking)
    if kept:
        makers = makers.select_related("quality")
    makers = makers.only(*_READ, *(f"quality__{name}" for name in kept))
    return {record.pk: (record, _known(record, formula.lacks)) for record in makers}


def judgement_of(record: Establishment, on: datetime.date, formula: Formula | None = None) -> Judged | None:
    """How an open record is judged on this very day, whatever is kept; None for a closed one. Two queries."""
    formula = formula or Formula()
    known = known_of([record.pk], formula).get(record.pk)
    return judge(known[1], formula.on(on), on) if known else None


def _fix(judged: Judged, field: str, lift: int, url: str) -> Fix:
    reasons = [fact_label(row.fact) for row in judged.missed if mended_at(row.fact) == field]
    return Fix(fix_label(field), lift, url, reasons)


def _known(record: Establishment, lacks: Sequence[str]) -> Known:
    lacking = frozenset(name for at, name in enumerate(lacks) if getattr(record, f"lack_{at}"))
    unveil(record)
    is_checked = record.origin in (Origin.VERIFIED, Origin.DIRECT) and record.verified_at
    days = {
        Fact.CHECKED.value: timezone.localdate(record.verified_at) if is_checked else None,
        Fact.FIGURES.value: record.as_of,
    }
    return Known(lacking, days, frozenset(fact.value for fact, speaks in _against(record) if speaks))


def _against(record: Establishment) -> list[tuple[Fact, bool]]:
    """What speaks against a record; what is not known speaks against nothing."""
    men, women = record.workers_male, record.workers_female
    begun, founded = record.active_since, record.founded_year
    return [
        (Fact.POINT, _is_far_outside(record)),
        (Fact.WORKERS, (men is None) != (women is None) or (men == 0 and women == 0)),
        (Fact.YEARS, begun is not None and founded is not None and begun.year < founded),
        (Fact.DAY_OF_FIGURES, record.as_of is None and any(getattr(record, field) is not None for field in _OF_SIZE)),
        (Fact.ACTIVITY, record.activity == rules.Activity.CLOSED),
        (Fact.NPWP, bool(record.npwp) and bool(rules.npwp_warning(record.npwp))),
        (Fact.VERIFIED, record.origin != Origin.VERIFIED),
    ]


def _is_far_outside(record: Establishment) -> bool:
    if record.latitude is None or record.longitude is None:
        return False
    return kilometres_outside(record.regency_id, record.latitude, record.longitude) > TOO_FAR
