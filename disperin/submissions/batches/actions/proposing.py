"""The proposer's verbs on a batch: begin it, propose the rows of its file, hand it in, take it back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self, cast

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.desk.refusals import NotNow, Refusal, Refused, Stale
from disperin.desk.texts import refuse_unfit_texts
from disperin.history.models import record as write_history
from disperin.history.models import record_many
from disperin.notices.actions import mark_done
from disperin.regions.models import Regency
from disperin.regions.reach import reaches
from disperin.registers.gate.in_bulk import Judged, Problem
from disperin.registers.record import numbers
from disperin.registers.record.directory import Register
from disperin.registers.values.kept_texts import unfit_texts
from disperin.registers.values.limits import EARLIEST, too_early
from disperin.submissions import own_words
from disperin.submissions.actions.holding import moved_since
from disperin.submissions.actions.proposing import submit
from disperin.submissions.actions.transitions import in_chunks, locked_many, move_many
from disperin.submissions.models import Batch, Kind, Submission, SubmissionRound
from disperin.submissions.models.stock import LONGEST_NAME, Stock
from disperin.submissions.presentation.problems import in_words
from disperin.submissions.workflow import OPEN, WAITING, Status, Step, not_proposing, why_not


@dataclass
class Left:
    """A submission (or a judged row) that a verb on many passed over: a lasting code, and why in words."""

    what: Any
    code: str
    text: str


@dataclass
class Outcome:
    """What a verb on many did: how many it took, and what it left."""

    done: int = 0
    left: list[Left] = field(default_factory=list)

    def __iadd__(self, other: "Outcome") -> Self:
        self.done += other.done
        self.left += other.left
        return self


@transaction.atomic
def begin_batch(register: Register, regency: Regency, *, by: User, name: str = "", stock: Stock | None = None) -> Batch:
    """A new, empty batch for a register and a regency; `name` is that of the file. Raises Refused.

    With a `stock` (a Stock) its new rows are to be brought in as they are: raises as `check_stock`.
    """
    if not by.can_propose:
        raise Refused(_("Your role reads; it does not propose."))
    if register.model.of_province and not by.sees_all:
        raise Refused(_("This concerns all regencies: only the province proposes it."))
    refuse_unfit_texts({"name": name})
    batch = Batch(register=register.slug, regency=regency, made_by=by, name=name[:200])
    if stock:
        check_stock(stock, by=by)
        batch.older_system, batch.extracted_on = stock.system, stock.extracted_on
    if not reaches(by, batch):
        raise Refused(_("This lies outside your reach."))
    batch.number = numbers.take(Batch.prefix, batch.regency_id)[0]
    batch.save()
    write_history("begin_batch", batch, by=by, **(stock.as_detail() if stock else {}))
    return batch


def check_stock(stock: Stock, *, by: User) -> None:
    """Raises Refused for whoever may not publish, ValidationError at older_system or extracted_on."""
    if not by.can_publish:
        raise Refused(_("Only an administrator may bring in rows of an older system."))
    problems = unfit_texts({"older_system": stock.system}, longest=LONGEST_NAME)
    if not stock.system.strip():
        text = _("Say which older system the rows come from.")
        problems["older_system"] = ValidationError(text, "required")
    if stock.extracted_on is None:
        text = _("Say on which day the rows were taken out of the older system.")
        problems["extracted_on"] = ValidationError(text, "required")
    elif stock.extracted_on > timezone.localdate():
        problems["extracted_on"] = ValidationError(_("This day lies in the future."), "future")
    elif stock.extracted_on < EARLIEST:
        problems["extracted_on"] = too_early(stock.extracted_on)
    if problems:
        raise ValidationError(problems)


def tell_waiting(register: Register, judged: Sequence[Judged], *, by: User, batch: Batch | None = None) -> None:
    """Add an error to each of `judged` whose record has a submission that is waiting, or a draft of `by`.

    Those of `batch` itself do not count: they are the same rows, proposed before.
    """
    records = {entry.proposed.record.pk for entry in judged if entry.proposed.record is not None}
    if not records:
        return
    others = Submission.objects.filter(register=register.slug, record_id__in=records)
    others = others.filter(Q(status__in=WAITING) | Q(status=Status.DRAFT, proposed_by=by))
    if batch is not None:
        others = others.exclude(batch=batch)
    by_record = {row["record_id"]: row for row in others.values("record_id", "number", "status")}
    for entry in judged:
        other = by_record.get(entry.proposed.record.pk) if entry.proposed.record is not None else None
        if other:
            text = (
                _("You have begun a draft for this record already: %(number)s.")
                if other["status"] == Status.DRAFT
                else _("Another submission for this record is waiting: %(number)s.")
            )
            entry.errors.setdefault(NON_FIELD_ERRORS, []).append(Problem(text % {"number": other["number"]}, "waiting"))


def held_to_fill(batch: Batch, by: User) -> Batch:
    """The batch, held; raises Refused for the other side, NotNow once it was handed in."""
    batch = _held(batch)
    _refuse_others(batch, by)
    if batch.submitted_at is not None:
        raise NotNow(_("This batch was submitted already; begin another one."))
    return batch


@transaction.atomic
def propose_many(batch: Batch, judged: Sequence[Judged], *, by: User) -> Outcome:
    """Keep the new and changed rows among `judged` (`[Judged]`, a chunk) as drafts of the batch; gives an Outcome.

    May be called again with the same rows: each row of the file is kept once, so that a job that was killed goes on
    where it stopped. Bad rows, those whose record is being changed by another submission, and those that would lie
    elsewhere than they were judged to are left.
    """
    moved = moved_since(batch.target, judged)
    batch = held_to_fill(batch, by)
    register = batch.target
    tell_waiting(register, judged, by=by, batch=batch)
    outcome = Outcome(left=[Left(entry, "bad", first_text(entry)) for entry in judged if entry.outcome == "bad"])
    text = _("This record was changed meanwhile. Open it again.")
    outcome.left += [Left(entry, "moved", text) for entry in moved if entry.outcome != "bad"]
    left = {leftover.what.proposed.row for leftover in outcome.left}
    rows = {
        row: entry
        for entry in judged
        if entry.outcome in ("new", "changed") and (row := entry.proposed.row) not in left
    }
    kept = set(batch.submissions.filter(batch_row__in=rows).values_list("batch_row", flat=True))
    outcome.done = keep_drafts(batch, [entry for row, entry in rows.items() if row not in kept], by=by)
    return outcome


def keep_drafts(batch: Batch, judged: Sequence[Judged], *, by: User) -> int:
    """Keep these judged rows as drafts of a batch that is held; gives how many."""
    made = [_drafted(batch, entry, by) for entry in judged]
    numbers.give(Submission.prefix, made)
    Submission.objects.bulk_create(made)
    Batch.objects.keep_apart(made)
    record_many([("draft", submission, {"kind": submission.kind, "batch": batch.number}) for submission in made], by=by)
    return len(made)


@transaction.atomic
def submit_batch(batch: Batch, *, by: User, acknowledged: bool = False) -> Outcome:
    """Hand the drafts of the batch to the province, all in one transaction; gives an Outcome.

    Drafts that somebody edited since are checked once more; those that cannot be handed in are left. Raises
    ValidationError with code "warning" while rows have warnings that were not acknowledged, NotNow for an empty batch.
    """
    batch = _held(batch)
    _refuse_others(batch, by)
    drafts = batch.submissions.filter(status=Status.DRAFT)
    if not acknowledged and drafts.filter(acknowledged=True).exists():
        text = _("Some rows have warnings. Read them, then say that you have.")
        raise ValidationError({NON_FIELD_ERRORS: ValidationError(text, "warning")})
    keys = list(drafts.order_by("pk").values_list("pk", flat=True))
    if not keys:
        raise NotNow(_("This batch has no drafts to submit."))
    outcome = Outcome()
    for chunk in in_chunks(keys):
        outcome += _submit_chunk(locked_many(chunk), by)
    if outcome.done:
        batch.submitted_at = timezone.now()
        batch.save(update_fields=["submitted_at"])
        mark_done(reverse("submissions:batch", args=[batch.number]))
        write_history("submit_batch", batch, by=by, number=outcome.done)
    return outcome


@transaction.atomic
def propose_by_regency(
    register: Register, judged: Sequence[Judged], *, name: str, by: User, acknowledged: bool = False
) -> list[Batch]:
    """Propose the changed records among `judged` in one batch for each regency, each handed in; gives the batches.

    None where no record would be changed. Raises as of `begin_batch` and `submit_batch`.
    """
    changed: dict[Regency, list[Judged]] = {}
    for entry in judged:
        if entry.outcome == "changed" and entry.proposed.record is not None:
            changed.setdefault(entry.proposed.record.regency, []).append(entry)
    if moved_since(
        register, [entry for rows in changed.values() for entry in rows]
    ):  # of all, before numbers are taken
        raise NotNow(_("One of these records moved to another regency meanwhile. Try again."))
    made = []
    for regency, rows in sorted(changed.items(), key=lambda pair: pair[0].pk):
        batch = begin_batch(register, regency, by=by, name=name)
        propose_many(batch, rows, by=by)
        submit_batch(batch, by=by, acknowledged=acknowledged)
        made.append(batch)
    return made


@transaction.atomic
def withdraw_batch(batch: Batch, *, by: User, note: str = "") -> Outcome:
    """Take back every submission of the batch that is not decided; gives an Outcome. Raises NotNow if none is left."""
    batch = _held(batch)
    refuse_unfit_texts({"note": note})
    if reason := why_not_withdraw(batch, by):
        raise (Refused if reason.forbidden else NotNow)(reason)
    keys = list(batch.submissions.filter(status__in=OPEN).order_by("pk").values_list("pk", flat=True))
    outcome = Outcome()
    for chunk in in_chunks(keys):
        submissions, left = allowed(Step.WITHDRAW, locked_many(chunk), by)
        for submission in submissions:
            submission.claimed_by = submission.claimed_at = submission.claimed_until = None
            submission.note = note
        move_many(submissions, Step.WITHDRAW, by=by, changed=["claimed_by", "claimed_at", "claimed_until", "note"])
        outcome += Outcome(len(submissions), left)
    mark_done(reverse("submissions:batch", args=[batch.number]))
    write_history("withdraw_batch", batch, by=by, number=outcome.done)
    return outcome


def why_not_withdraw(batch: Batch, user: User) -> Refusal:
    """Why this person may not take the batch back now, as a Refusal; empty if they may."""
    if reason := not_proposing(user, batch.regency_id, batch.made_by):
        return reason
    if not batch.submissions.filter(status__in=OPEN).exists():
        return Refusal(_("Nothing of this batch is waiting any more."))
    return Refusal()


def allowed(step: Step, submissions: Sequence[Submission], user: User) -> tuple[list[Submission], list[Left]]:
    """`(those whose step this user may take now, [Left] for the others)`."""
    reasons = [(submission, why_not(step, submission, user)) for submission in submissions]
    return [submission for submission, reason in reasons if not reason], [
        Left(submission, "forbidden" if reason.forbidden else "not_now", str(reason))
        for submission, reason in reasons
        if reason
    ]


def _held(batch: Batch) -> Batch:
    return Batch.objects.select_for_update(of=["self"]).get(pk=batch.pk)


def _refuse_others(batch: Batch, by: User) -> None:
    if reason := not_proposing(by, batch.regency_id, batch.made_by):
        raise Refused(reason)


def _drafted(batch: Batch, judged: Judged, by: User) -> Submission:
    """A draft that says what one row says; of a row that changes nothing, that its record is right as it stands."""
    record = judged.proposed.record
    kind = Kind.CREATE if record is None else Kind.CHANGE if judged.changed else Kind.CONFIRM
    return Submission(
        register=batch.register,
        kind=kind,
        record_id=record.pk if record else None,
        record_number=record.number if record else "",
        base_version=record.version if record else 0,
        base=judged.base,
        values=judged.values,
        title=judged.title,
        fields_changed=[change.path for change in judged.changed][:500],
        acknowledged=bool(judged.warnings),
        proposed_by=by,
        regency_id=record.regency_id if record else cast(str, judged.regency_id),
        batch=batch,
        batch_row=judged.proposed.row,
        message=own_words.kept("from_stock", stock=batch.stock) if batch.stock else judged.message,
    )


def _submit_chunk(submissions: Sequence[Submission], by: User) -> Outcome:
    """Those that nobody touched since they were judged go together, the others each by itself."""
    submissions, left = allowed(Step.SUBMIT, submissions, by)
    waiting = Submission.objects.filter(
        register=submissions[0].register if submissions else "",
        record_id__in=[submission.record_id for submission in submissions if submission.record_id],
        status__in=WAITING,
    )
    others = dict(waiting.values_list("record_id", "number"))
    for submission in submissions:
        if submission.record_id in others:
            text = _("Another submission for this record is waiting: %(number)s.")
            left.append(Left(submission, "waiting", text % {"number": others[submission.record_id]}))
    free = [submission for submission in submissions if submission.record_id not in others]
    untouched, touched = (
        [submission for submission in free if submission.revision == 1],
        [submission for submission in free if submission.revision > 1],
    )
    now = timezone.now()
    for submission in untouched:
        submission.round, submission.submitted_at, submission.submitted_by = 1, now, by
    try:
        with transaction.atomic():
            move_many(untouched, Step.SUBMIT, by=by, changed=["round", "submitted_at", "submitted_by"])
    except IntegrityError as error:
        raise NotNow(_("Somebody submitted a change of one of these records a moment ago. Submit again.")) from error
    SubmissionRound.objects.bulk_create(
        SubmissionRound(
            submission=submission,
            round=1,
            values=submission.values,
            message=submission.message,
            submitted_by=by,
            submitted_at=now,
        )
        for submission in untouched
    )
    outcome = Outcome(len(untouched), left)
    for submission in touched:
        outcome += _submit_one(submission, by)
    return outcome


def _submit_one(submission: Submission, by: User) -> Outcome:
    try:
        with transaction.atomic():
            submit(submission, by=by, acknowledged=True)
    except (ValidationError, NotNow, Stale) as refused:
        text = str(refused)
        if isinstance(refused, ValidationError):
            text = in_words(submission.form(), refused, submission.values, reader=by)
        return Outcome(left=[Left(submission, "not_now" if isinstance(refused, NotNow) else "error", text)])
    return Outcome(1)


def first_text(judged: Judged) -> str:
    """The first thing that is wrong with a judged row, in words."""
    return next(problem.message for some in judged.errors.values() for problem in some)
