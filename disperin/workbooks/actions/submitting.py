"""Submit what was checked, take it back, or go on after a fault."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.history.models import record as write_history
from disperin.submissions.batches import actions as batches
from disperin.workbooks.actions.confirming import locked
from disperin.workbooks.actions.exporting import forget
from disperin.workbooks.actions.forgetting import remove_files
from disperin.workbooks.actions.sending import begin
from disperin.workbooks.models import State, Workbook
from disperin.workbooks.rights import Step, refuse_unless_open


@transaction.atomic
def submit(workbook: Workbook, *, by: User, acknowledged: bool = False) -> Workbook:
    """Have the new and changed rows proposed and handed in as one batch; bad rows stay, to be submitted later.

    New rows of an older system are brought in as they are instead, and say so.

    Raises Refused, NotNow, and ValidationError with code "warning" while rows have warnings that nobody acknowledged.
    """
    workbook = locked(workbook)
    refuse_unless_open(Step.SUBMIT, workbook, by)
    if workbook.warned and not acknowledged:
        text = _("%(count)s rows have warnings. Read them and say that you have.") % {"count": workbook.warned}
        raise ValidationError({"acknowledge_warnings": ValidationError(text, "warning")})
    if workbook.batch:
        workbook.earlier_batches.add(workbook.batch)
    workbook.batch = batches.begin_batch(
        workbook.target, workbook.regency, by=by, name=workbook.name, stock=workbook.stock
    )
    workbook.state, workbook.attempts, workbook.done, workbook.total = State.PROPOSING, 0, 0, workbook.to_propose
    workbook.save()
    write_history("submit", workbook, by=by, batch=workbook.batch.number)
    begin(workbook)
    return workbook


@transaction.atomic
def withdraw(workbook: Workbook, *, by: User, note: str = "") -> Workbook:
    """Take it back. What was submitted and is not decided is withdrawn; the rows are removed.

    Raises Refused, and NotNow where it is being submitted, or nothing of it is waiting any more.
    """
    workbook = locked(workbook)
    refuse_unless_open(Step.WITHDRAW, workbook, by)
    waiting = [batch for batch in workbook.batches if not batches.why_not_withdraw(batch, by)]
    for batch in waiting or workbook.batches[-1:]:  # the last one refuses where nothing waits any more
        batches.withdraw_batch(batch, by=by, note=note)
    workbook.state, workbook.sheets, workbook.mapping = State.WITHDRAWN, [], []
    workbook.save(update_fields=["state", "sheets", "mapping"])
    write_history("withdraw", workbook, by=by)
    workbook.rows.all().delete()
    workbook.photos.all().delete()
    forget(workbook.exports.all())
    transaction.on_commit(lambda: remove_files(workbook))
    return workbook


@transaction.atomic
def resume(workbook: Workbook, *, by: User) -> Workbook:
    """Try the step again that a fault has stopped. Raises Refused, NotNow."""
    workbook = locked(workbook)
    refuse_unless_open(Step.RESUME, workbook, by)
    is_proposing = workbook.batch and workbook.batch.submitted_at is None
    workbook.state = State.PROPOSING if is_proposing else State.READING if workbook.path else State.CHECKING
    workbook.attempts, workbook.refusal, workbook.refusal_code = 0, "", ""
    workbook.save()
    write_history("resume", workbook, by=by)
    begin(workbook)
    return workbook
