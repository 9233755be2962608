"""The verifier's verbs: take, give back, verify, return, reject."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.accounts.models import User, represented_by
from disperin.desk.refusals import NotNow, Refusal, Refused
from disperin.desk.texts import refuse_unfit_texts
from disperin.history.models import Deed
from disperin.history.models import record as write_history
from disperin.notices.actions import mark_done
from disperin.registers.gate.forms import RecordForm
from disperin.registers.record.names import kept_name
from disperin.registers.values.changes import Choices, merge
from disperin.registers.values.context import Few
from disperin.registers.values.kept_texts import unfit_texts
from disperin.registers.values.terms import Path
from disperin.submissions.actions.applying import apply, locked_records
from disperin.submissions.actions.gathering import hold_lenders
from disperin.submissions.actions.holding import moves
from disperin.submissions.actions.moving_what_waits import hold_open, take_places
from disperin.submissions.actions.notifying import tell_decision, tell_handed
from disperin.submissions.actions.transitions import (
    decide,
    held_by,
    locked,
    locked_many,
    move,
    refuse_other_round,
    refuse_unless_open,
    why_not_confirm,
)
from disperin.submissions.errors import Conflicts
from disperin.submissions.models import Submission
from disperin.submissions.workflow import CLAIM_LASTS, Step, claim_is_live, why_not

MOST_TRIED = 10  # of the queue, while others take from it too


@transaction.atomic
def claim(submission: Submission, *, by: User) -> Submission:
    """Hold it for a while (`CLAIM_LASTS`), so that no second verifier reads it at the same time. Claiming again renews.

    What this person held before goes back: whoever opens the next one has left it.
    """
    submission = locked(submission)
    refuse_unless_open(Step.CLAIM, submission, by)
    for held in held_by(by, but=submission):
        _give_back(held, by=by)
    if not claim_is_live(submission):  # a live one is their own, or it would have been refused
        submission.claimed_at = timezone.now()
    submission.claimed_by = by
    submission.claimed_until = timezone.now() + CLAIM_LASTS
    return move(submission, Step.CLAIM, by=by)


def claim_next(*, by: User, after: Submission | None = None) -> Submission | None:
    """What this verifier holds, else what is meant for them or for whom they stand in, then what waits longest.

    Only what they may decide; what is meant for a colleague comes last, and rows of a batch are left to its own page.
    `after` is passed over, and what follows it in the queue comes before what it was taken before. None for none.
    """
    waiting = Submission.objects.within_reach(by).to_decide_by(by).filter(batch=None)
    now = timezone.now()
    held = waiting.filter(claimed_by=by, claimed_until__gt=now).order_by("claimed_at", "id")
    own = [by, *(absence.user for absence in represented_by(by, timezone.localdate()))]
    whose = Case(When(meant_for__in=own, then=0), When(meant_for=None, then=1), default=2)
    free = waiting.exclude(claimed_until__gt=now).order_by(whose, "submitted_at", "id")
    if after:
        held = held.none()
        behind = Q(submitted_at__gt=after.submitted_at) | Q(submitted_at=after.submitted_at, id__gt=after.pk)
        turn = Case(When(behind, then=0), default=1)
        free = free.exclude(pk=after.pk).order_by(whose, turn, "submitted_at", "id")
    for submission in (*held[:1], *free[:MOST_TRIED]):
        with suppress(NotNow, Refused):  # somebody else was quicker
            return claim(submission, by=by)
    return None


@transaction.atomic
def release(submission: Submission, *, by: User) -> Submission:
    """Give it back to the queue before the time is over."""
    submission = locked(submission)
    refuse_unless_open(Step.RELEASE, submission, by)
    return _give_back(submission, by=by)


@transaction.atomic
def set_aside(
    submissions: Iterable[Submission], *, to: User, by: User, note: str = ""
) -> tuple[list[Submission], list[tuple[Submission, Refusal]]]:
    """Mean these for `to`, a colleague or oneself, to review next; nobody is kept from them.

    Gives those, and `[(submission, why not)]` of those that one of the two may not take now. The colleague is told.
    """
    refuse_unfit_texts({"note": note})
    done, left = [], []
    for submission in locked_many([submission.pk for submission in submissions]):
        reason = why_not(Step.CLAIM, submission, by)
        if not reason and by != to:
            submission.claimed_by = submission.claimed_at = submission.claimed_until = None
            reason = why_not(Step.CLAIM, submission, to) if to.is_active else Refusal(_("This account is suspended."))
        if reason:
            left.append((submission, reason))
            continue
        submission.meant_for = to
        submission.revision += 1
        submission.save()
        details = {} if by == to else {"from": str(by), "to": str(to), "why": note.strip()}
        write_history("set_aside" if by == to else "hand_to", submission, by=by, **details)
        done.append(submission)
    if done and by != to:
        mark_done(*(reverse("submissions:detail", args=[submission.number]) for submission in done))
        tell_handed(to, done, note=note.strip(), by=by)
    return done, left


@transaction.atomic
def verify(
    submission: Submission, *, by: User, round: int, choices: Choices | None = None, note: str = ""
) -> Submission:
    """Make it true: lay the proposal over the record as it is now, check it once more, and store it.

    `choices` settles conflicts (`{path: "proposed" | "current"}`). Raises Conflicts for those that are open, NotNow for
    another round than the one read, ValidationError by path if the outcome is not valid (any more).
    """
    hold_lenders(submission.target, [(submission.base, submission.values)])  # who moves one holds it, then what follows
    if submission.record_id and moves(submission.target, submission.base, submission.values):
        hold_open({submission.target: [submission.record_id]})  # in one order with `publish`
    submission = locked(submission)
    refuse_unless_open(Step.VERIFY, submission, by)
    refuse_other_round(submission, round)
    refuse_unfit_texts({"note": note})
    record = locked_records(submission.target.model, [submission]).get(submission.record_id or 0)
    if reason := why_not_confirm(submission, record):
        raise NotNow(reason)
    form_class, context = submission.form_class, Few()
    current = form_class.recorded(record, context=context)
    outcome = merge(submission.base, submission.values, current, form_class.parts, choices)
    if outcome.conflicts:
        raise Conflicts(
            _("The record was changed meanwhile. Choose for each field which value stands."), outcome.conflicts
        )
    form = form_class(outcome.values, instance=record, context=context)
    if not form.is_valid():
        raise ValidationError(form.problems)
    deeds: list[Deed] = []
    record = apply(form, submission, by=by, deeds=deeds)
    submission.record_id, submission.record_number, submission.title = record.pk, record.number, kept_name(record)
    decide(submission, Step.VERIFY, by=by, note=note, deeds=deeds)
    tell_decision(submission)
    return submission


@transaction.atomic
def send_back(
    submission: Submission, *, by: User, round: int, reasons: Mapping[Path, str], note: str = ""
) -> Submission:
    """Return it for correction. `reasons` says at each path (a field, a row, a field of a row) what is to be mended."""
    submission = locked(submission)
    refuse_unless_open(Step.RETURN, submission, by)
    refuse_other_round(submission, round)
    reasons = _checked_reasons(submission, reasons, note)
    take_places([submission])
    decide(submission, Step.RETURN, by=by, note=note, reasons=reasons)
    tell_decision(submission)
    return submission


@transaction.atomic
def reject(submission: Submission, *, by: User, round: int, note: str) -> Submission:
    """Refuse it for good, saying why."""
    submission = locked(submission)
    refuse_unless_open(Step.REJECT, submission, by)
    refuse_other_round(submission, round)
    refuse_unfit_texts({"note": note})
    if not note.strip():
        raise ValidationError({"note": ValidationError(_("Say why."), "required")})
    decide(submission, Step.REJECT, by=by, note=note.strip())
    tell_decision(submission)
    return submission


def _give_back(submission: Submission, *, by: User) -> Submission:
    submission.claimed_by = submission.claimed_at = submission.claimed_until = None
    return move(submission, Step.RELEASE, by=by)


def _checked_reasons(submission: Submission, reasons: Mapping[Path, str], note: str) -> dict[Path, str]:
    """Only paths that the proposer will find in the form, and only texts; at least one."""
    reasons = {str(path): str(text).strip() for path, text in reasons.items() if str(text).strip()}
    problems = unfit_texts({"note": note} | {f"reasons.{path[:80]}": text for path, text in reasons.items()})
    if not reasons:
        text = _("Say at least at one field what is to be mended.")
        problems["reasons"] = ValidationError(text, "required")
    known = set(_paths(submission.form()))
    for path in reasons:
        if path not in known:
            text = _("This submission has no such field.")
            problems[f"reasons.{path[:80]}"] = ValidationError(text, "unknown_path")
    if problems:
        raise ValidationError(problems)
    return reasons


def _paths(form: RecordForm) -> Iterator[Path]:
    """Every path that stands in the form: of its fields, its rows and their fields."""
    yield from form.base_fields
    for name, rows in form.rows.items():
        for row in rows:
            yield f"{name}.{row.key}"
            yield from (f"{name}.{row.key}.{field}" for field in row.base_fields)
