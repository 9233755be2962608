"""Milestones with their frozen baseline."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zones.rules.choices import MilestoneState

BASELINE = ("weight", "planned_start", "planned_finish")  # what is frozen once the province has verified it
WHOLE = Decimal(100)  # percent


def milestone_state(
    *, planned_start: date, planned_finish: date, actual_start: date | None, actual_finish: date | None, today: date
) -> MilestoneState:
    """How a milestone stands: finished, late (past its last planned day), under way, late to begin, or not begun."""
    if actual_finish is not None:
        return MilestoneState.DONE
    if today > planned_finish:
        return MilestoneState.LATE
    if actual_start is not None:
        return MilestoneState.RUNNING
    return MilestoneState.DELAYED if today > planned_start else MilestoneState.AHEAD


def check_milestone(
    *,
    planned_start: date | None,
    planned_finish: date | None,
    percent: Decimal | None,
    actual_start: date | None,
    actual_finish: date | None,
    progress_on: date | None,
    today: date,
) -> None:
    """Plan and progress fit together: a start before any progress, a finish with all of it, and nothing in the future.

    Raises ValidationError by field: `order`, `future`, `start_missing`, `finish_missing`, `not_whole`, `day_missing`.
    """
    errors: dict[str, ValidationError] = {}
    if planned_start and planned_finish and planned_finish < planned_start:
        errors["planned_finish"] = ValidationError(_("The finish cannot lie before the start."), "order")
    for name, day in (("actual_start", actual_start), ("actual_finish", actual_finish), ("progress_on", progress_on)):
        if day is not None and day > today:
            text = _("This day lies in the future. Enter today or an earlier day.")
            errors[name] = ValidationError(text, "future")
    if actual_start and actual_finish and actual_finish < actual_start:
        errors.setdefault("actual_finish", ValidationError(_("The finish cannot lie before the start."), "order"))
    if percent and actual_start is None:
        errors["actual_start"] = ValidationError(_("Enter the day on which the work began."), "start_missing")
    if percent and progress_on is None:
        errors["progress_on"] = ValidationError(_("Enter the day of which the progress is."), "day_missing")
    if percent == WHOLE and actual_finish is None:
        errors["actual_finish"] = ValidationError(_("Enter the day on which it was finished."), "finish_missing")
    if actual_finish is not None and percent is not None and percent != WHOLE:
        errors["percent"] = ValidationError(_("What is finished has 100 percent."), "not_whole")
    if errors:
        raise ValidationError(errors)


def check_baseline(*, changed: list[str], may_refreeze: bool, reason: str, stored_reason: str) -> None:
    """The baseline changes only by the province and only with a new reason; a reason stands for a change.

    `changed` are the fields of BASELINE that differ from the stored ones. Raises ValidationError by field: `frozen`,
    `reason_missing`, `reason_idle`.
    """
    has_new_reason = bool(reason) and reason != stored_reason
    if changed and not may_refreeze:
        text = _("The baseline is frozen. Ask the province to freeze it anew.")
        raise ValidationError({name: ValidationError(text, "frozen") for name in changed})
    if changed and not has_new_reason:
        text = _("Say why the baseline is frozen anew. The old one stays in the history.")
        raise ValidationError({"baseline_reason": ValidationError(text, "reason_missing")})
    if not changed and reason != stored_reason:
        text = _("This reason belongs to a change of the baseline, and nothing of it was changed.")
        raise ValidationError({"baseline_reason": ValidationError(text, "reason_idle")})
