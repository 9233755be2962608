"""The way of a nomination: begin one, move it from stage to stage, enter what the ministry decided, hand on a round."""

import datetime
from typing import Any

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.desk.refusals import NotNow, Refused
from disperin.desk.texts import refuse_unfit_texts
from disperin.history.models import record as write_history
from disperin.regions.reach import reaches
from disperin.registers.record import directory, revisions, rollup
from disperin.submissions import own_words
from disperin.submissions.actions import draft
from disperin.submissions.models import Submission
from industries.models import Product
from ovop import rules
from ovop.models import AwardRound, Nomination
from ovop.rules import Stage, Step

SLUG, AWARDS = "nominations", "awards"


def nominate(product: Product, *, by: User) -> Submission:
    """Begin the proposal of a product: a draft of the register `nominations` that names it, its maker and the round.

    The round is filled in where exactly one takes proposals today. Raises Refused (no right to propose, out of reach).
    """
    if not reaches(by, product.establishment):
        raise Refused(_("This product lies outside your reach."))
    values = {"establishment": product.establishment.number, "product": str(product.key)}
    rounds = list(AwardRound.objects.taking_proposals(timezone.localdate())[:2])
    if len(rounds) == 1:
        values["round"] = rounds[0].pk
    return draft(directory.get(SLUG), values, by=by)


@transaction.atomic
def select(nomination: Nomination, *, by: User) -> Nomination:
    """Begin the selection: from here on two assessors hand in. Raises Refused, NotNow."""
    return _move(locked_for(Step.SELECT, nomination, by), Step.SELECT, by=by, stage=Stage.SELECTION)


@transaction.atomic
def explain_gap(nomination: Nomination, *, note: str, by: User) -> Nomination:
    """Say why two assessments lie more than 15 points apart. Raises Refused, NotNow, ValidationError at note."""
    nomination = locked_for(Step.EXPLAIN, nomination, by)
    refuse_unfit_texts({"note": note})
    return _move(nomination, Step.EXPLAIN, by=by, gap_note=note.strip())


@transaction.atomic
def determine(nomination: Nomination, *, by: User) -> Nomination:
    """Move on to determination, once both assessments are in and a wide gap is explained. Raises Refused, NotNow."""
    return _move(locked_for(Step.DETERMINE, nomination, by), Step.DETERMINE, by=by, stage=Stage.DETERMINATION)


@transaction.atomic
def enter_result(
    nomination: Nomination,
    *,
    result: str,
    by: User,
    stars: int | None = None,
    decree_number: str = "",
    decree_on: datetime.date | None = None,
) -> Nomination:
    """Enter what the ministry decided: awarded with stars and decree, or not awarded.

    Raises Refused, NotNow, ValidationError by field.
    """
    nomination = locked_for(Step.RESULT, nomination, by)
    refuse_unfit_texts({"decree_number": decree_number}, longest=120)
    rules.check_result(
        result=result,
        stars=stars,
        most=nomination.round.scheme.max_stars,
        decree_number=decree_number,
        decree_on=decree_on,
        year=nomination.round.year,
        today=timezone.localdate(),
    )
    said = {"result": result, "stars": stars, "decree_number": decree_number.strip(), "decree_on": decree_on}
    return _move(nomination, Step.RESULT, by=by, **said)


@transaction.atomic
def propose_award(nomination: Nomination, *, by: User) -> Submission:
    """Begin the award that came of a nomination, through the door of its own register: a draft, filled in.

    Raises Refused, NotNow (no such result, or the award stands already).
    """
    nomination = locked_for(Step.AWARD, nomination, by)
    values = {
        "establishment": nomination.establishment.number,
        "product": str(nomination.product.key),
        "group": nomination.group_id,
        "round": nomination.round_id,
        "stars": nomination.stars,
        "decree_number": nomination.decree_number,
        "decree_on": nomination.decree_on and nomination.decree_on.isoformat(),
    }
    message = own_words.kept("from_nomination", number=nomination.number)
    submission = draft(directory.get(AWARDS), values, by=by, message=message)
    write_history(Step.AWARD, nomination, by=by, submission=submission.number)
    return submission


@transaction.atomic
def export_round(award_round: AwardRound, *, by: User) -> list[Nomination]:
    """The open nominations of a round within somebody's reach, for a file that leaves the portal; the history notes it.

    Raises Refused for whom has no account.
    """
    if not by.is_authenticated:
        raise Refused(_("This lies outside your reach."))
    of_round = Nomination.objects.within_reach(by).current().filter(round=award_round)
    nominations = list(of_round.select_related("regency", "group", "product", "establishment").order_by("number"))
    write_history("export_round", award_round, by=by, nominations=len(nominations))
    return nominations


def locked_for(step: Step, nomination: Nomination, by: User) -> Nomination:
    """The nomination as it is now, held until the end of the transaction, if this step may be taken."""
    held = Nomination.objects.select_for_update(of=["self"]).select_related("round__scheme", "group", "product")
    nomination = held.select_related("establishment", "regency").get(pk=nomination.pk)
    refuse_unless_open(step, nomination, by)
    return nomination


def refuse_unless_open(step: Step, nomination: Nomination, user: User) -> None:
    """Raises Refused (never this person's) or NotNow (not as it stands) with the reason in words."""
    if reason := rules.why_not(step, nomination.standing(), nomination.person(user)):
        raise (Refused if reason.forbidden else NotNow)(reason)


def _move(nomination: Nomination, step: Step, *, by: User, **changes: Any) -> Nomination:
    """Store the change as the next version, with its history and the counts of the lists."""
    before = rollup.Tally([nomination])
    if "stage" in changes:
        changes["stage_on"] = timezone.localdate()
    for name, value in changes.items():
        setattr(nomination, name, value)
    nomination.version += 1
    with pghistory.context(submission="", user=by.pk):
        nomination.save(update_fields=[*changes, "version", "updated_at"])
    write_history(step, nomination, by=by, version=nomination.version)
    rollup.shift(SLUG, before, rollup.Tally([nomination]))
    revisions.raise_revision(SLUG, less=False)
    return nomination
