"""The verifier's verbs on many submissions: verify and return, with the outcome that each would have by itself."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.desk.refusals import NotNow
from disperin.desk.texts import refuse_unfit_texts
from disperin.registers.gate.forms import RecordForm
from disperin.registers.gate.in_bulk import Seen, clean_all, said_before
from disperin.registers.hiding.hidden import shown_again
from disperin.registers.models import Record
from disperin.registers.record import directory
from disperin.registers.record.moved_last import moved_last
from disperin.registers.record.names import kept_name
from disperin.registers.values.changes import merge
from disperin.registers.values.context import Chunk
from disperin.submissions.actions.applying import apply_many, locked_records
from disperin.submissions.actions.gathering import hold_lenders
from disperin.submissions.actions.moving_what_waits import hold_what_goes_along, take_places
from disperin.submissions.actions.notifying import tell_many
from disperin.submissions.actions.transitions import decide_many, in_chunks, locked_many, why_not_confirm
from disperin.submissions.batches.actions.proposing import Left, Outcome, allowed
from disperin.submissions.models import Submission
from disperin.submissions.models.submission import SubmissionQuerySet
from disperin.submissions.workflow import Status, Step

Decided = tuple[list[Submission], list[Left]]  # those that were decided, and those that were left
Decide = Callable[[list[int]], Decided]  # of these keys


def verify_many(
    submissions: SubmissionQuerySet, *, by: User, note: str = "", warned: bool = False, telling: bool = True
) -> Outcome:
    """Make true those of these submissions (a queryset) that can be; gives an Outcome that names those that are left.

    Left are those that this person may not decide now, that meet a conflict or an error, that would show again what is
    hidden, and, unless `warned`, those with a warning. Committed chunk by chunk; each proposer gets one notice at the
    end, unless the caller does the telling. What was decided already is passed over, so that a run that broke off can
    be repeated.
    """
    refuse_unfit_texts({"note": note})
    return _decided(submissions, Step.VERIFY, lambda keys: _verify(keys, by, note, warned), by=by, telling=telling)


def send_back_many(submissions: SubmissionQuerySet, *, by: User, reason: str, telling: bool = True) -> Outcome:
    """Return these submissions (a queryset) for one reason; gives an Outcome. Raises ValidationError without reason."""
    refuse_unfit_texts({"reason": reason})
    if not reason.strip():
        raise ValidationError({"reason": ValidationError(_("Say why."), "required")})
    return _decided(submissions, Step.RETURN, lambda keys: _send_back(keys, by, reason.strip()), by=by, telling=telling)


def doubtful(submissions: Sequence[Submission]) -> list[Left]:
    """`[Left]`: those of these submissions (a chunk of one register) that meet a conflict, an error or a warning."""
    model = submissions[0].target.model
    records = model.objects.in_bulk({submission.record_id for submission in submissions if submission.record_id})
    return [left for some in _by_form(submissions) for left in bound_to_records(some, records, warned=False)[1]]


def _decided(submissions: SubmissionQuerySet, step: Step, decide: Decide, *, by: User, telling: bool) -> Outcome:
    keys = list(submissions.filter(status=Status.SUBMITTED).order_by("pk").values_list("pk", flat=True))
    outcome = Outcome()
    counts: Counter[tuple[User, int | None]] = Counter()
    for chunk in in_chunks(keys):
        done, left = decide(chunk)
        outcome += Outcome(len(done), left)
        counts.update((submission.proposed_by, submission.batch_id) for submission in done)
    for (proposer, batch), number in counts.items() if telling else ():
        tell_many(proposer, step, number, batch=batch, by=by)
    return outcome


@transaction.atomic
def _send_back(keys: list[int], by: User, reason: str) -> Decided:
    submissions, left = allowed(Step.RETURN, _waiting(keys), by)
    take_places(submissions)
    decide_many(submissions, Step.RETURN, by=by, note=reason)
    return submissions, left


def _verify(keys: list[int], by: User, note: str, warned: bool) -> Decided:
    """Verify a chunk; if one of it contradicts what somebody stored this very moment, each half by itself."""
    try:
        return _verify_together(keys, by, note, warned)
    except NotNow as refused:
        if len(keys) == 1:
            return [], [Left(Submission.objects.get(pk=keys[0]), "not_now", str(refused))]
        halves = [_verify(half, by, note, warned) for half in in_chunks(keys, (len(keys) + 1) // 2)]
        return [leftover for done, _left in halves for leftover in done], [
            submission for _done, left in halves for submission in left
        ]


@transaction.atomic
@moved_last()
def _verify_together(keys: list[int], by: User, note: str, warned: bool) -> Decided:
    _hold_lenders(keys)
    hold_what_goes_along(keys)
    submissions, left = allowed(Step.VERIFY, _waiting(keys), by)
    done = []
    for some, records in _held(_by_form(submissions)):
        pairs, hindered = bound_to_records(some, records, warned=warned)
        left += hindered
        if pairs:
            apply_many(pairs, by=by)
        for form, submission in pairs:
            record = form.instance
            submission.record_id, submission.record_number = record.pk, record.number
            submission.title = kept_name(record)
            done.append(submission)
    decide_many(done, Step.VERIFY, by=by, note=note, changed=["record_id", "record_number", "title"])
    return done, left


def _hold_lenders(keys: list[int]) -> None:
    """Hold by whose names what these submissions propose is newly to be found: before them, as `verify` does.

    One query for each register that is found by the names of others, and what `hold_lenders` asks.
    """
    submissions = Submission.objects.filter(pk__in=keys)
    for register in sorted(directory.all_registers(), key=lambda register: register.slug):
        if names := register.model.words_of:
            sides = (f"{side}__{name}" for side in ("base", "values") for name in names)
            rows = submissions.filter(register=register.slug).values_list(*sides)
            halves = [(row[: len(names)], row[len(names) :]) for row in rows]
            changes = [(dict(zip(names, old, strict=True)), dict(zip(names, new, strict=True))) for old, new in halves]
            hold_lenders(register, changes)


def _waiting(keys: list[int]) -> list[Submission]:
    """Those of a chunk that still wait, held: another verifier may have been quicker."""
    return [submission for submission in locked_many(keys) if submission.status == Status.SUBMITTED]


def _held(groups: Iterable[list[Submission]]) -> list[tuple[list[Submission], dict[int, Record]]]:
    """Each of these groups with its records, all held before any is stored: in the order of registers, then of keys."""
    by_register = defaultdict(list)
    for some in groups:
        by_register[some[0].target].append(some)
    held, stored = [], {}
    for register, of_register in sorted(by_register.items(), key=lambda pair: pair[0].slug):
        records = locked_records(register.model, chain.from_iterable(of_register))
        stored[register] = list(records.values())
        for some in of_register:
            own = {submission.record_id for submission in some}
            held.append((some, {key: record for key, record in records.items() if key in own}))
    if len(held) > 1:  # what is stored at once is held at once by itself
        directory.hold_beside(stored)
    return held


def _by_form(submissions: Iterable[Submission]) -> Iterable[list[Submission]]:
    """Groups that the same form judges: of one register and kind."""
    groups = defaultdict(list)
    for submission in submissions:
        groups[submission.form_class].append(submission)
    return groups.values()


def bound_to_records(
    submissions: Sequence[Submission], records: Mapping[int, Record], *, warned: bool
) -> tuple[list[tuple[RecordForm, Submission]], list[Left]]:
    """Lay each proposal over its record as it is now: `([(valid form, submission)], [Left])`.

    Two that cannot both be stored are told apart here: the first is valid, the later is left.
    """
    form_class = submissions[0].form_class
    chunk = Chunk(form_class, list(records.values()))
    pairs, left = [], []
    for submission in submissions:
        record = records.get(submission.record_id or 0)
        if reason := why_not_confirm(submission, record):
            left.append(Left(submission, "conflict", reason))
            continue
        current = form_class.recorded(record, context=chunk)
        outcome = merge(submission.base, submission.values, current, form_class.parts)
        if outcome.conflicts:
            text = _("The record was changed meanwhile: %(fields)s.")
            paths = ", ".join(
                str(form_class.label_of(conflict.path, submission.values)) for conflict in outcome.conflicts
            )
            left.append(Left(submission, "conflict", text % {"fields": paths}))
        else:
            pairs.append((form_class(outcome.values, instance=record, context=chunk), submission))
    clean_all([form for form, _one in pairs], chunk)
    valid, seen = [], Seen()
    for form, submission in pairs:
        problems = {path: errors[0] for path, errors in form.problems.items()}
        if not problems:
            problems = {path: error for path, _earlier, error in said_before(form, chunk, seen, submission.number)}
        for path, error in list(problems.items())[:1]:
            label = form_class.label_of(path, submission.values) if path != "__all__" else submission.number
            left.append(Left(submission, "error", f"{label}: {' '.join(error.messages)}"))
        if not problems:
            valid.append((form, submission))
    remarks_of = shown_again if warned else form_class.remarks  # what is hidden is never shown again unread
    warnings = chunk.until_answered([form for form, _one in valid], lambda form: list(remarks_of(form)))
    for form, submission in valid:
        for _path, text in warnings[form][:1]:
            left.append(Left(submission, "warning", str(text)))
    return [(form, submission) for form, submission in valid if not warnings[form]], left
