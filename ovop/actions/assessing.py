"""Assess a nomination: one person hands in points for every criterion, once, without seeing the other's."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.history.models import record as write_history
from disperin.registers.record import revisions
from disperin.registers.values.kept_texts import unfit_texts
from ovop import rules
from ovop.actions.nominating import SLUG, locked_for
from ovop.models import Assessment, Criterion, Mark, Nomination


@transaction.atomic
def assess(nomination: Nomination, *, points: Mapping[str, int | None], by: User, comment: str = "") -> Assessment:
    """Hand in `points` (`{key of a criterion: whole number}`) for every criterion of a nomination; it stands.

    The history notes that it was handed in, never what was given. Raises Refused (no verifier, or the proposer), NotNow
    (another stage, handed in already), ValidationError by the key of a criterion or at comment.
    """
    nomination = locked_for(rules.Step.ASSESS, nomination, by)
    criteria = nomination.criteria()
    given = _checked(criteria, points, comment)
    assessment = Assessment.objects.create(
        nomination=nomination,
        place=nomination.assessments.count() + 1,
        assessor=by,
        total=rules.total_of((criterion.weight, criterion.points, given[criterion.pk]) for criterion in criteria),
        comment=comment.strip(),
    )
    Mark.objects.bulk_create(
        Mark(assessment=assessment, criterion=criterion, points=given[criterion.pk]) for criterion in criteria
    )
    write_history(rules.Step.ASSESS, nomination, by=by)
    revisions.raise_revision(SLUG, less=False)
    return assessment


def _checked(criteria: Sequence[Criterion], points: Mapping[str, int | None], comment: str) -> dict[str, int]:
    """The points of each criterion; raises ValidationError where one lacks some, or has too many."""
    right: dict[str, int] = {}
    problems = unfit_texts({"comment": comment})
    for criterion in criteria:
        given = points.get(criterion.pk)
        if given is None:
            problems[criterion.pk] = ValidationError(_("Give points for this criterion."), "required")
        elif isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= criterion.points:
            text = _("Give 0 to %(most)d points, whole ones.")
            problems[criterion.pk] = ValidationError(text, "points", {"most": criterion.points})
        else:
            right[criterion.pk] = given
    if unknown := set(points) - {criterion.pk for criterion in criteria}:
        params = {"name": str(min(unknown, key=str))[:40]}
        problems["__all__"] = ValidationError(_("“%(name)s” is no criterion of this nomination."), "unknown", params)
    if problems:
        raise ValidationError(problems)
    return right
