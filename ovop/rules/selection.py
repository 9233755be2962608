"""The way of a nomination (Permenperin 14/2021: proposal, selection, determination) and how two assessors judge it."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disperin.desk.refusals import Refusal

ASSESSORS = 2
LARGEST_GAP = Decimal(15)  # points of 100; two totals further apart need a note (a rule of the office)


class Stage(TextChoices):
    """How far a nomination has come."""

    PROPOSED = "pengusulan", gettext_lazy("Proposal")
    SELECTION = "seleksi", gettext_lazy("Selection")
    DETERMINATION = "penetapan", gettext_lazy("Determination")


class Result(TextChoices):
    """What the ministry decided."""

    AWARDED = "ditetapkan", gettext_lazy("Awarded")
    NOT_AWARDED = "tidak_lulus", gettext_lazy("Not awarded")


class Step(TextChoices):
    """What can be done with a nomination besides changing what it says."""

    SELECT = "select", gettext_lazy("Begin the selection")
    ASSESS = "assess", gettext_lazy("Assess")
    EXPLAIN = "explain", gettext_lazy("Explain the gap")
    DETERMINE = "determine", gettext_lazy("Move on to determination")
    RESULT = "result", gettext_lazy("Enter the result")
    AWARD = "award", gettext_lazy("Propose the award")


class Standing(NamedTuple):
    """A nomination as it is now. `totals` are those of the assessments that are in, 0–100."""

    stage: str
    result: str = ""
    is_closed: bool = False
    totals: tuple[Decimal, ...] = ()
    gap_note: str = ""
    has_criteria: bool = True
    has_award: bool = False


class Person(NamedTuple):
    """Who asks: whether the nomination lies within reach, and what this person may do and has done."""

    reaches: bool
    can_propose: bool
    can_decide: bool
    proposed_it: bool = False
    assessed_it: bool = False


def total_of(marks: Iterable[tuple[int, int, int]]) -> Decimal:
    """0 to 100, two decimals, from (weight, points to reach, points given) of every criterion."""
    weights, reached = 0, Decimal(0)
    for weight, most, given in marks:
        weights += weight
        reached += Decimal(weight) * given / most
    return (100 * reached / weights).quantize(Decimal("0.01"), ROUND_HALF_UP)


def gap_of(totals: Iterable[Decimal]) -> Decimal | None:
    """How far two totals lie apart; None until both are in."""
    ordered = sorted(totals)
    return ordered[-1] - ordered[0] if len(ordered) == ASSESSORS else None


def needs_note(totals: Iterable[Decimal]) -> bool:
    """Do the totals lie further apart than 15 points? Exactly 15 do not."""
    gap = gap_of(totals)
    return gap is not None and gap > LARGEST_GAP


def why_not(step: str, standing: Standing, person: Person) -> Refusal:
    """The one question about a step of a nomination: pages, API and verbs ask it; empty means yes."""
    return _not_yours(step, person) or _not_now(step, standing, person)


def open_steps(standing: Standing, person: Person) -> list[Step]:
    """The steps that this person may take now."""
    return [step for step in Step if not why_not(step, standing, person)]


def _not_yours(step: str, person: Person) -> Refusal:
    if not person.reaches:
        return Refusal(_("This lies outside your reach."), forbidden=True)
    if step == Step.AWARD:
        return Refusal() if person.can_propose else Refusal(_("Your role reads; it does not propose."), forbidden=True)
    if not person.can_decide:
        return Refusal(_("Only a provincial verifier may do this."), forbidden=True)
    if step == Step.ASSESS and person.proposed_it:
        return Refusal(_("Nobody assesses what they proposed. Another verifier must do it."), forbidden=True)
    return Refusal()


def _not_now(step: str, standing: Standing, person: Person) -> Refusal:
    stage, number = standing.stage, len(standing.totals)
    wanted = {
        Step.SELECT: Stage.PROPOSED,
        Step.ASSESS: Stage.SELECTION,
        Step.EXPLAIN: Stage.SELECTION,
        Step.DETERMINE: Stage.SELECTION,
        Step.RESULT: Stage.DETERMINATION,
        Step.AWARD: Stage.DETERMINATION,
    }[Step(step)]
    if standing.is_closed:
        return Refusal(_("This nomination is closed."))
    if stage != wanted:
        values = {"step": Step(step).label, "stage": Stage(stage).label}
        return Refusal(_("“%(step)s” is not possible: the nomination is at the stage “%(stage)s”.") % values)
    if step == Step.ASSESS:
        return _no_assessment(standing, person)
    if step == Step.EXPLAIN and not needs_note(standing.totals):
        return Refusal(_("The two assessments do not lie more than 15 points apart: no note is needed."))
    if step == Step.DETERMINE and number < ASSESSORS:
        text = _("%(number)d of %(all)d assessments are in. Two assessors must have handed in.")
        return Refusal(text % {"number": number, "all": ASSESSORS})
    if step == Step.DETERMINE and needs_note(standing.totals) and not standing.gap_note:
        return Refusal(_("The two assessments lie more than 15 points apart. Explain the gap first."))
    if step == Step.RESULT and standing.result:
        return Refusal(_("The result has been entered already."))
    if step == Step.AWARD and standing.result != Result.AWARDED:
        return Refusal(_("There is no award to propose: the result does not say so."))
    if step == Step.AWARD and standing.has_award:
        return Refusal(_("The award stands in its register already."))
    return Refusal()


def _no_assessment(standing: Standing, person: Person) -> Refusal:
    if len(standing.totals) >= ASSESSORS:
        return Refusal(_("Both assessments are in; they stand."))
    if person.assessed_it:
        return Refusal(_("You have handed in your assessment. The second one is somebody else's."))
    if not standing.has_criteria:
        return Refusal(_("No criteria had been entered for the day the selection began. An administrator enters them."))
    return Refusal()


def check_result(
    *, result: str, stars: int | None, most: int, decree_number: str, decree_on: date | None, year: int, today: date
) -> None:
    """What a result must say: an award has its stars and the number and date of its decree, not in the future.

    `most` is the scheme's, `year` the round's; without an award a decree may be named. Raises ValidationError by field,
    with codes `required`, `stars`, `decree_date`.
    """
    errors: dict[str, ValidationError] = {}
    awarded = result == Result.AWARDED
    if not awarded and stars is not None:
        errors["stars"] = ValidationError(_("Without an award there are no stars. Leave them empty."), "stars")
    elif awarded and (stars is None or not 1 <= stars <= most):
        text = _("The scheme of this round has 1 to %(most)s stars.")
        if stars is not None:
            text = _("%(value)s stars cannot be: the scheme of this round has 1 to %(most)s.")
        errors["stars"] = ValidationError(text, "stars", {"most": most, "value": stars})
    is_decreed = awarded or bool(decree_number.strip()) or decree_on is not None
    if is_decreed and not decree_number.strip():
        errors["decree_number"] = ValidationError(_("Enter the number of the decree."), "required")
    if is_decreed and decree_on is None:
        errors["decree_on"] = ValidationError(_("Enter the date of the decree."), "required")
    elif decree_on is not None and not (year <= decree_on.year and decree_on <= today):
        text = _("A decree of the %(year)s round is dated in that year or later, and not in the future.")
        errors["decree_on"] = ValidationError(text, "decree_date", {"year": str(year)})
    if errors:
        raise ValidationError(errors)
