"""What an indicator is, how quarters make a year, and how achievement is reckoned. Pure.

Nothing of it is a threshold or a target: those are rows that the office enters.
"""

import datetime
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from disperin.registers.dated.quarters import Quarter
from disperin.ui.texts import Text

FIRST_YEAR, LAST_YEAR = 2025, 2030  # of the plans that targets are entered for
WHOLE_YEAR = "tahun"
QUARTERS = ("tw1", "tw2", "tw3", "tw4")
_TENTH = Decimal("0.1")


class Level(models.TextChoices):
    """Where in the plan an indicator stands."""

    GOAL = "tujuan", _("Goal")
    OBJECTIVE = "sasaran", _("Objective")
    PROGRAMME = "outcome_program", _("Outcome of a programme")
    ACTIVITY = "output_kegiatan", _("Output of an activity")
    SUB_ACTIVITY = "sub_kegiatan", _("Sub-activity")
    CONTEXT = "gambaran", _("Picture of the economy")


class Kind(models.TextChoices):
    """By the names that the office's plans give them; `STRUCTURE` is a figure of the economy, which has no target."""

    MAIN = "iku", _("Main performance indicator (IKU)")
    REGIONAL = "ikd", _("Regional performance indicator (IKD)")
    KEY = "ikk", _("Key performance indicator (IKK)")
    STANDARD = "nspk", _("Norms, standards, procedures and criteria (NSPK)")
    STRUCTURE = "struktur_ekonomi", _("Structure of the economy")
    OTHER = "lainnya", _("Other indicator")


class Frequency(models.TextChoices):
    """How often it is told."""

    QUARTERLY = "triwulanan", _("Every quarter")
    HALF_YEARLY = "semesteran", _("Every half-year")
    YEARLY = "tahunan", _("Every year")


class Direction(models.TextChoices):
    """What is better, and with it the formula of the achievement."""

    MORE = "naik", _("More is better: realisation ÷ target")
    LESS = "turun", _("Less is better: (2 × target − realisation) ÷ target")
    LESS_BY_RATIO = "turun_banding", _("Less is better: target ÷ realisation")


class OverYear(models.TextChoices):
    """How the figures of quarters make that of the year, where the year has none of its own."""

    LAST = "terakhir", _("The last quarter's figure is that of the year so far")
    SUM = "jumlah", _("The quarters are added up")


class Document(models.TextChoices):
    """What sets a target."""

    RPJMD = "rpjmd", _("RPJMD")
    RENSTRA = "renstra", _("Renstra")
    RENSTRA_CHANGED = "renstra_perubahan", _("Changed Renstra")
    AGREEMENT = "pk", _("Performance agreement (PK)")
    AGREEMENT_CHANGED = "pk_perubahan", _("Changed performance agreement")
    STANDARD = "nspk", _("NSPK")
    KEY = "ikk", _("IKK")
    OTHER = "lainnya", _("Another document")


PLANS = (
    Document.RPJMD, Document.RENSTRA, Document.RENSTRA_CHANGED, Document.AGREEMENT, Document.AGREEMENT_CHANGED,
)  # fmt: skip  # what the office itself is to reach; the others are told beside it


class Period(models.TextChoices):
    """Of what a realisation is."""

    YEAR = WHOLE_YEAR, _("The whole year")
    FIRST = "tw1", _("Quarter I")
    SECOND = "tw2", _("Quarter II")
    THIRD = "tw3", _("Quarter III")
    FOURTH = "tw4", _("Quarter IV")


class Certainty(models.TextChoices):
    """Whether a figure may still change."""

    PROVISIONAL = "sementara", _("Provisional")
    FINAL = "final", _("Final")


class Light(models.TextChoices):
    """What the office's thresholds make of an achievement."""

    GREEN = "hijau", _("Green")
    YELLOW = "kuning", _("Yellow")
    RED = "merah", _("Red")


class Thresholds(Protocol):
    """From which achievement, in percent, an indicator is green, and from which yellow."""

    green_from: Decimal
    yellow_from: Decimal


class SetTarget(Protocol):
    """A target with the document that set it."""

    document: str
    document_on: datetime.date


def achievement(direction: str, target: Decimal | None, value: Decimal | None) -> Decimal | None:
    """In percent of the target, to one decimal; None where a figure is missing or the formula divides by nothing."""
    if target is None or value is None:
        return None
    above, below = {
        Direction.MORE: (value, target),
        Direction.LESS: (2 * target - value, target),
        Direction.LESS_BY_RATIO: (target, value),
    }[Direction(direction)]
    return (100 * above / below).quantize(_TENTH, ROUND_HALF_UP) if below > 0 else None


def light(percent: Decimal | None, thresholds: Thresholds | None) -> Light | None:
    """None where there is no achievement, or the office has laid down no thresholds."""
    if percent is None or thresholds is None:
        return None
    if percent >= thresholds.green_from:
        return Light.GREEN
    return Light.YELLOW if percent >= thresholds.yellow_from else Light.RED


def of_year(over_year: str, values: Mapping[str, Decimal]) -> tuple[Decimal, tuple[str, ...]] | None:
    """`(value, periods that it is made of)` of a year from its figures by period; None without any.

    The figure of the whole year wins over those of its quarters.
    """
    if WHOLE_YEAR in values:
        return values[WHOLE_YEAR], (WHOLE_YEAR,)
    quarters = tuple(quarter for quarter in QUARTERS if quarter in values)
    if not quarters:
        return None
    made_of = quarters if over_year == OverYear.SUM else quarters[-1:]
    return sum((values[period] for period in made_of), Decimal()), made_of


def target_that_counts(targets: list[Any]) -> Any:
    """Of the targets of a year the one that counts: that of the plan with the newest date; None without a plan's."""
    of_plans = [target for target in targets if target.document in PLANS]
    return max(of_plans, key=lambda target: (target.document_on, target.pk), default=None)


def days_of(year: int, period: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a period."""
    first, last = (1, 4) if period == WHOLE_YEAR else (QUARTERS.index(period) + 1,) * 2
    return Quarter(year, first).first_day, Quarter(year, last).last_day


def last_day(year: int, period: str) -> datetime.date:
    """The last day of a period."""
    return days_of(year, period)[1]


def check_indicator(
    *,
    kind: str,
    baseline_year: int | None,
    baseline: Decimal | None,
    over_year: str,
    counts: str,
    valid_from: datetime.date | None,
    valid_to: datetime.date | None,
) -> None:
    """Raises ValidationError by field: a baseline has its year, and what is counted is not added up over quarters."""
    problems: dict[str, Text] = {}
    if baseline is not None and baseline_year is None:
        problems["baseline_year"] = _("Say of which year the initial figure is.")
    if baseline is None and baseline_year is not None:
        problems["baseline"] = _("Say the figure of this year, or leave the year empty.")
    if counts and over_year == OverYear.SUM:
        problems["over_year"] = _("A list is counted as it stands: its quarters cannot be added up.")
    if counts and kind == Kind.STRUCTURE:
        problems["counts"] = _("A figure of the economy is typed with its source: the registers do not hold it.")
    if valid_from and valid_to and valid_to < valid_from:
        problems["valid_to"] = _("The last day lies before the first.")
    if problems:
        raise ValidationError({name: ValidationError(text, "contradicts") for name, text in problems.items()})


def check_paper(document_on: datetime.date | None, *, today: datetime.date) -> None:
    """Raises ValidationError at `document_on`: no document is from a day to come."""
    if document_on and document_on > today:
        raise ValidationError({"document_on": ValidationError(_("This day lies in the future."), "future")})


def check_realisation(*, year: int | None, period: str, told_on: datetime.date | None, today: datetime.date) -> None:
    """Raises ValidationError: nothing is told of a period that has not begun, and no source is from a day to come."""
    if told_on and told_on > today:
        raise ValidationError({"told_on": ValidationError(_("This day lies in the future."), "future")})
    if year is None or not period:
        return
    if days_of(year, period)[0] > today:
        raise ValidationError({"year": ValidationError(_("This period has not begun yet."), "future")})
