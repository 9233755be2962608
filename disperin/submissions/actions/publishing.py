"""An administrator's own change: it takes effect at once, and says so for ever."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.desk.refusals import NotNow, Refused
from disperin.history.models import record as write_history
from disperin.registers.gate.forms import RecordForm, whole
from disperin.registers.gate.refusals import refusals
from disperin.registers.hiding.hidden import uncovered_by, what_at
from disperin.registers.models import Origin, Record
from disperin.registers.record import numbers
from disperin.registers.record.directory import Register
from disperin.registers.record.names import kept_name
from disperin.registers.values.changes import differences
from disperin.registers.values.terms import Values
from disperin.submissions.actions.applying import apply
from disperin.submissions.actions.gathering import hold_lenders
from disperin.submissions.actions.holding import moves
from disperin.submissions.actions.moving_what_waits import hold_open
from disperin.submissions.models import Kind, Submission
from disperin.submissions.workflow import Status


@transaction.atomic
def publish(
    register: Register,
    given: Values,
    *,
    by: User,
    record: Record | None = None,
    kind: str | None = None,
    version: int | None = None,
    origin: Origin = Origin.DIRECT,
) -> Any:
    """Change a record, or make a new one, without a second person; gives the record, of the register's own model.

    Leaves a submission marked `direct`; the record says its `origin`. `version` is the one that was looked at. Raises
    Refused for anybody but an administrator, NotNow if the record changed meanwhile or if it would show again what is
    hidden from the public, ValidationError by path.
    """
    if not by.can_publish:
        raise Refused(_("Only an administrator may publish without verification."))
    hold_lenders(register, [({}, given)])
    if record is not None:
        if moves(register, {}, given):
            hold_open({register: [record.pk]})
        record = register.model.objects.select_for_update(of=["self"], no_key=True).get(pk=record.pk)
        if version is not None and record.version != version:
            raise NotNow(_("This record was changed meanwhile. Open it again."))
    submission = direct_submission(register, kind or (Kind.CHANGE if record else Kind.CREATE), by=by, record=record)
    form_class = submission.form_class
    submission.base, _typed = form_class(instance=record).entered()
    if unfit := form_class.unfit(given, known_keys=form_class.known_keys(record)):
        raise ValidationError(refusals(form_class, given, unfit, record=record, by=by))
    form = form_class(whole(form_class, given, instance=record), instance=record, by=by)
    if not form.is_valid():
        raise ValidationError(form.problems)
    _refuse_hidden(form)
    submission.values, _typed = form.entered()
    changes = differences(submission.base, submission.values, form_class.parts)
    submission.fields_changed = [change.path for change in changes][:500]
    submission.regency_id = record.regency_id if record else form.instance.regency_id
    submission.number = numbers.take(Submission.prefix, submission.regency_id)[0]
    record = apply(form, submission, by=by, origin=origin)
    submission.record_id, submission.record_number, submission.title = record.pk, record.number, kept_name(record)
    submission.save()
    write_history("publish", submission, by=by, record=record.number)
    return record


def _refuse_hidden(form: RecordForm) -> None:
    """Here nobody is asked whether it may be public again: it is shown first, with a reason."""
    if labels := [str(what_at(form, hidden.path)) for _path, hidden in uncovered_by(form)]:
        text = _("Hidden from the public: %(what)s. Show it to the public again first, then change it.")
        raise NotNow(text % {"what": ", ".join(labels)})


def direct_submission(register: Register, kind: str, *, by: User, record: Record | None = None) -> Submission:
    """A submission, not stored yet, of what takes effect at once; it has neither number nor values."""
    now = timezone.now()
    return Submission(
        register=register.slug,
        kind=kind,
        record_id=record.pk if record else None,
        record_number=record.number if record else "",
        status=Status.VERIFIED,
        direct=True,
        base_version=record.version if record else 0,
        proposed_by=by,
        decided_by=by,
        decided_at=now,
        submitted_at=now,
    )
