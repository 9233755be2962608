"""The proposer's verbs: begin, edit, hand in, take back."""

import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.desk.refusals import NotNow, Refused
from disperin.desk.texts import refuse_unfit_texts
from disperin.history.models import Entry
from disperin.history.models import record as write_history
from disperin.inquiries.models import Inquiry
from disperin.regions.reach import answers_for, reaches, reaches_regency
from disperin.registers.gate.forms import RecordForm
from disperin.registers.gate.refusals import bound_to_fit, may_be_kept, told_at_once
from disperin.registers.models import Record
from disperin.registers.record import numbers
from disperin.registers.record.directory import Register
from disperin.registers.record.names import kept_name
from disperin.registers.values.changes import differences
from disperin.registers.values.context import Context, Few
from disperin.registers.values.kept_texts import unfit_texts
from disperin.registers.values.terms import Path, Problems, Unfit, Values
from disperin.submissions import own_words
from disperin.submissions.actions.holding import hold_leader, hold_place
from disperin.submissions.actions.mending import tie
from disperin.submissions.actions.notifying import tell_forgotten
from disperin.submissions.actions.transitions import locked, move, refuse_other_revision, refuse_unless_open
from disperin.submissions.models import Batch, Kind, Submission, SubmissionRound
from disperin.submissions.models.submission import SubmissionQuerySet
from disperin.submissions.workflow import Status, Step

FORGOTTEN_AFTER = datetime.timedelta(days=90)


def draft(
    register: Register,
    given: Values,
    *,
    by: User,
    record: Record | None = None,
    kind: str | None = None,
    message: str = "",
    mends: Inquiry | None = None,
) -> Submission:
    """Begin a submission: a new record, or a change, closing, reopening or confirmation of `record`; maybe incomplete.

    `given` are values, as many as there are yet; `mends` is what a visitor reported. Raises Refused (no right to
    propose, record out of reach), NotNow (this person has a draft of the record already),
    ValidationError by path for what must not even be kept.
    """
    kind = kind or (Kind.CHANGE if record else Kind.CREATE)
    try:
        return _begin(register, given, by=by, record=record, kind=kind, message=message, mends=mends)
    except IntegrityError as error:
        begun = record and Submission.objects.filter(
            register=register.slug, record_id=record.pk, proposed_by=by, status=Status.DRAFT
        )
        if not (mine := begun and begun.first()):
            raise
        text = _("You have begun a draft for this record already: %(number)s.")
        raise NotNow(text % {"number": mine.number}) from error


@transaction.atomic
def _begin(
    register: Register,
    given: Values,
    *,
    by: User,
    record: Record | None,
    kind: str,
    message: str,
    mends: Inquiry | None,
) -> Submission:
    if not by.can_propose:
        raise Refused(_("Your role reads; it does not propose."))
    record = hold_place(record) if record and reaches(by, record) else record
    if record and not reaches(by, record):
        raise Refused(_("This record lies outside your regency."))
    if not record:
        hold_leader(register, given, {})
    if register.model.of_province and not by.sees_all:
        raise Refused(_("This concerns all regencies: only the province proposes it."))
    _refuse_senseless(kind, record)
    submission = Submission(
        register=register.slug,
        kind=kind,
        record_id=record.pk if record else None,
        record_number=record.number if record else "",
        base_version=record.version if record else 0,
        proposed_by=by,
        message=message,
    )
    form_class = submission.form_class
    context = Few()
    submission.base = form_class.recorded(record, context=context)
    if not record:
        given = {"regency": by.regency_id, **given} if by.regency_id else given
    submission.values, submission.typed = {}, {}
    _lay(submission, given, by=by, record=record, current=None, message=message, context=context)
    submission.regency_id = record.regency_id if record else submission.values["regency"]
    submission.number = numbers.take(Submission.prefix, submission.regency_id)[0]
    submission.save()
    write_history("draft", submission, by=by, kind=kind)
    return tie(submission, mends, by=by) if mends else submission


@transaction.atomic
def revise(
    submission: Submission, given: Values, *, by: User, revision: int | None = None, message: str | None = None
) -> Submission:
    """Keep what was typed since. `revision` is the one that the edit began from (None: whatever is there).

    Raises Refused, NotNow, Stale (changed meanwhile), ValidationError by path for what must not even be kept.
    """
    submission = locked(submission)
    refuse_unless_open(Step.REVISE, submission, by)
    refuse_other_revision(submission, revision)
    if submission.record_id is None:
        hold_leader(submission.target, given, submission.values)
    if message in (submission.message, submission.message_in_words):
        message = None  # as it stands, in the words of the portal or of whoever wrote it
    _lay(submission, given, by=by, record=submission.record(), current=submission.kept(), message=message)
    if submission.record_id is None:
        submission.regency_id = submission.values["regency"] or submission.regency_id
        Batch.objects.keep_apart([submission])
    if message is not None:
        submission.message = message
    submission.revised_at = timezone.now()
    return move(submission, Step.REVISE, by=by, remembered=not _edited_last_by(submission, by))


@transaction.atomic
def revise_what_may_be_kept(
    submission: Submission, given: Values, *, by: User, revision: int | None = None, message: str | None = None
) -> tuple[Submission, Problems]:
    """As `revise`, of a page that may be left at any time: what must not be kept stays as it was, all else is kept.

    Gives the submission and `{path: [ValidationError]}` of what was left out.
    """
    try:
        return revise(submission, given, by=by, revision=revision, message=message), {}
    except ValidationError:
        submission = locked(submission)
    form_class, record = submission.form_class, submission.record()
    current = submission.kept()
    _form, unfit, beside = _must_not_be_kept(submission, given, message, by=by, record=record, current=current)
    left = {*unfit, *beside}
    if "regency" in beside:  # of what lies where another record lies, that one
        left.add(form_class._meta.model.regency_from)
    fit = may_be_kept(form_class, given, left)
    message = None if "message" in beside else message
    left_out = {path: ValidationError(text) for path, text in unfit.items()} | beside
    revised = revise(submission, fit, by=by, revision=revision, message=message)
    return revised, {path: [refusal] for path, refusal in left_out.items()}


def submit(submission: Submission, *, by: User, acknowledged: bool = False, revision: int | None = None) -> Submission:
    """Hand it to the province. From here on it is whole and valid.

    Raises ValidationError by path when it is not, or when warnings were not acknowledged (code "warning"); NotNow when
    another submission of the record is waiting (it is named).
    """
    try:
        return _hand_in(submission, by, acknowledged, revision)
    except IntegrityError:  # somebody handed in another one between our check and now
        _refuse_second(submission)
        raise


@transaction.atomic
def _hand_in(submission: Submission, by: User, acknowledged: bool, revision: int | None) -> Submission:
    submission = locked(submission)
    refuse_unless_open(Step.SUBMIT, submission, by)
    refuse_other_revision(submission, revision)
    form = submission.form(by=by)
    if problems := what_hinders_submitting(submission, form, by=by):
        raise ValidationError(problems)
    if submission.kind == Kind.CONFIRM and submission.fields_changed:
        submission.kind = Kind.CHANGE  # something was not right after all
    if submission.kind == Kind.CONFIRM and form.instance.version != submission.base_version:
        raise NotNow(_("The record was changed since. Withdraw this; what stands now can be confirmed anew."))
    warnings = form.remarks()
    if warnings and not acknowledged:
        raise ValidationError({path: [ValidationError(text, "warning")] for path, text in warnings})
    _refuse_second(submission)
    submission.title = kept_name(form.instance)
    submission.acknowledged = bool(warnings)
    submission.round += 1
    submission.submitted_at, submission.submitted_by = timezone.now(), by
    submission.decided_by = submission.decided_at = None
    submission.note, submission.reasons = "", {}
    move(submission, Step.SUBMIT, by=by, round=submission.round)
    SubmissionRound.objects.create(
        submission=submission,
        round=submission.round,
        values=submission.values,
        message=submission.message,
        submitted_by=by,
        submitted_at=submission.submitted_at,
    )
    return submission


@transaction.atomic
def withdraw(submission: Submission, *, by: User, note: str = "") -> Submission:
    """Take it back: it changes nothing any more, and stays to be read."""
    submission = locked(submission)
    refuse_unless_open(Step.WITHDRAW, submission, by)
    refuse_unfit_texts({"note": note})
    return take_back(submission, by=by, note=note)


def take_back(submission: Submission, *, by: User | None, note: str) -> Submission:
    """As `withdraw`, of one that is held and of which nobody has to ask why not; `by` is None for the portal itself."""
    submission.claimed_by = submission.claimed_at = submission.claimed_until = None
    submission.note = note
    return move(submission, Step.WITHDRAW, by=by)


def withdraw_forgotten(*, now: datetime.datetime | None = None) -> list[Submission]:
    """Withdraw every draft that nobody touched for 90 days, whoever has left it; gives the withdrawn submissions."""
    limit = (now or timezone.now()) - FORGOTTEN_AFTER
    forgotten = Submission.objects.filter(status=Status.DRAFT, revised_at__lt=limit)
    keys = list(forgotten.values_list("pk", flat=True))
    return [submission for key in keys for submission in _withdraw_all(forgotten.filter(pk=key))]


@transaction.atomic
def _withdraw_all(forgotten: SubmissionQuerySet) -> list[Submission]:
    held = list(forgotten.select_for_update(of=["self"]).select_related("proposed_by"))
    for submission in held:
        take_back(submission, by=None, note=own_words.kept("forgotten"))
        tell_forgotten(submission)
    return held


def _edited_last_by(submission: Submission, by: User) -> bool:
    """Was the last deed an edit by the same person? A page that saves itself leaves one entry, not hundreds."""
    last = Entry.objects.about(submission).first()
    return last is not None and (last.verb, last.actor_id) == (Step.REVISE, by.pk)


def _lay(
    submission: Submission,
    given: Values,
    *,
    by: User,
    record: Record | None,
    current: Values | None,
    message: str | None,
    context: Context | None = None,
) -> None:
    """Lay what was given over what is there, refuse what must not be kept, keep the rest as canonical values.

    Whoever is refused hears at once all that hinders handing in.
    """
    form_class = submission.form_class
    form, unfit, beside = _must_not_be_kept(
        submission, given, message, by=by, record=record, current=current, context=context
    )
    if unfit or beside:
        raise ValidationError(told_at_once(form, given, unfit) | beside)
    submission.values, submission.typed = form.entered()
    submission.title = submission.title or kept_name(record or submission.values.get("name") or "")
    if submission.record_id is None and submission.values.get("name"):
        submission.title = str(submission.values["name"])[:200]
    changes = differences(submission.base, submission.values, form_class.parts)
    submission.fields_changed = [change.path for change in changes][:500]


def _must_not_be_kept(
    submission: Submission,
    given: Values,
    message: str | None,
    *,
    by: User,
    record: Record | None,
    current: Values | None,
    context: Context | None = None,
) -> tuple[RecordForm, Unfit, dict[Path, ValidationError]]:
    """`(form, unfit, beside)`: why some may not even stand in a draft, `{path: text}` and `{path: ValidationError}`.

    The form is bound to all that is fit; `context` knows what was read of the record already.
    """
    form_class, context = submission.form_class, context or Few()
    known = form_class.known_keys(record, submission.base, submission.values, context=context)
    unfit = form_class.unfit(given, known_keys=known)
    beside = unfit_texts({"message": message or ""})
    form = bound_to_fit(form_class, given, unfit, record=record, by=by, current=current, context=context)
    if record is None and "regency" not in unfit:
        values, _typed = form.entered()
        if refusal := _misplaced(submission, values["regency"], by):
            beside["regency"] = refusal
    return form, unfit, beside


def _misplaced(submission: Submission, regency: str | None, by: User) -> ValidationError | None:
    """Why a new record may not lie in this regency, which the form has found; one that was begun may leave it out."""
    if regency:
        text = _("You can only propose within your own regency.")
        return None if reaches_regency(by, regency) else ValidationError(text, "out_of_reach")
    if submission.regency_id:
        return None
    return ValidationError(_("Say in which regency the record lies."), "required")


def what_hinders_keeping(submission: Submission, given: Values, *, by: User) -> Problems:
    """`{path: [error]}` of values that the draft could not keep, with all that hinders handing in; {} if it could."""
    record, current = submission.record(), submission.kept() if submission.pk else None
    form, unfit, beside = _must_not_be_kept(submission, given, "", by=by, record=record, current=current)
    if not unfit and not beside:
        return {}
    return told_at_once(form, given, unfit) | {path: [refusal] for path, refusal in beside.items()}


def what_hinders_submitting(submission: Submission, form: RecordForm, *, by: User) -> Problems:
    """`{path: [error]}` of what must be mended in the draft, whose bound form this is, before it can be handed in."""
    if problems := hindrances(form, by):
        return problems
    if submission.kind == Kind.CHANGE and not submission.fields_changed:
        text = _("Nothing was changed, so there is nothing to submit.")
        return {"__all__": [ValidationError(text, "unchanged")]}
    return {}


def hindrances(form: RecordForm, by: User) -> Problems:
    """Every error of a form by path; a record may not be moved out of one's own regency either."""
    problems = form.problems
    if "regency" not in problems and not answers_for(by, form.instance):
        text = _("You can only propose within your own regency.")
        problems["regency"] = [ValidationError(text, "out_of_reach")]
    return problems


def _refuse_senseless(kind: str, record: Record | None) -> None:
    if (kind == Kind.CREATE) != (record is None):
        raise NotNow(_("A new record has no number yet; every other submission names its record."))
    if record and kind == Kind.REOPEN and record.closed_on is None:
        raise NotNow(_("This record is open; there is nothing to reopen."))
    if record and kind == Kind.CONFIRM and record.is_verified_today:
        raise NotNow(_("This record has been verified; there is nothing to confirm."))
    if record and kind in (Kind.CHANGE, Kind.CLOSE, Kind.CONFIRM) and record.closed_on is not None:
        raise NotNow(_("This record is closed. Propose to reopen it first."))


def _refuse_second(submission: Submission) -> None:
    if submission.record_id is None:
        return
    other = Submission.objects.waiting_for(submission.register, submission.record_id).exclude(pk=submission.pk).first()
    if other:
        raise NotNow(_("Another submission for this record is waiting: %(number)s.") % {"number": other.number})
