"""Third step: what was checked becomes submissions of one batch, which are then handed in together.

A row is marked as proposed in the transaction that keeps its draft, so that none is lost or doubled wherever the step
is cut off; the batch is handed in, as a whole, when all are there.
"""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.registers.pairing.search import names_at_hand
from disperin.submissions import own_words
from disperin.submissions.batches import actions as batches
from disperin.submissions.batches.actions.proposing import Outcome as Done
from disperin.workbooks.importing.bringing_in import bring_in
from disperin.workbooks.importing.checking import CHUNK, count, store
from disperin.workbooks.importing.judging import MENDED, Bench, Case
from disperin.workbooks.importing.progress import batch_of, keep
from disperin.workbooks.importing.row_report import Teller, Told
from disperin.workbooks.models import Outcome, State, Workbook


def propose(workbook: Workbook) -> None:
    """Propose the new and changed rows. Where the register has changed since the check, nothing goes on.

    Such rows get the outcome that they have now, drafts are taken back, and the workbook is checked, not submitted.
    """
    if workbook.stock:
        bring_in(workbook)
        return
    batch = batch_of(workbook)
    by = batch.made_by
    going = workbook.rows.filter(outcome__in=[Outcome.NEW, Outcome.CHANGED], proposed=False)
    keep(workbook, total=workbook.to_propose, done=workbook.to_propose - going.count())
    bench = Bench(workbook, by=by)
    teller = Teller(bench)
    with names_at_hand(bench.register.model, workbook.regency_id, workbook.total - workbook.done):
        while rows := list(going.order_by("position")[:CHUNK]):
            expected = {row.pk: row.outcome for row in rows}
            cases = bench.judge(rows)
            for case in cases:
                case.judged.message = _noted(case, teller)
            if any(case.outcome != expected[case.row.pk] for case in cases):
                _take_back(workbook, cases, teller, by=by)
                return
            try:
                with transaction.atomic():
                    _refuse_left(batches.propose_many(batch, [case.judged for case in cases], by=by))
                    workbook.rows.filter(pk__in=expected).update(proposed=True)
                    keep(workbook, done=workbook.done + len(rows))
            except _Left:
                _take_back(workbook, bench.judge(rows), teller, by=by)
                return
    try:
        with transaction.atomic():
            _refuse_left(batches.submit_batch(batch, by=by, acknowledged=True))
            count(workbook)
            keep(workbook, state=State.SUBMITTED)
    except _Left:
        _take_back(workbook, [], teller, by=by)


def _noted(case: Case, teller: Teller) -> str:
    """What the verifier is to know of how a row was read: where something was noted, as its sender was told."""
    _errors, warnings = teller.errors_and_warnings(case)
    mended = _headings(warning for warning in warnings if warning["code"] == MENDED)
    noted = _headings(warning for warning in warnings if warning["code"] != MENDED)
    if mended and noted:
        return own_words.kept("mended_and_noted", mended=mended, headings=noted)
    if mended:
        return own_words.kept("mended", mended=mended)
    return own_words.kept("noted", headings=noted) if noted else ""


def _headings(warnings: Iterable[Told]) -> str:
    headings = dict.fromkeys((warning["heading"] or warning["path"])[:60] for warning in warnings)
    return "; ".join([*headings][:8])


class _Left(Exception):
    """A row could not go on with the others: somebody changed its record a moment ago."""


def _refuse_left(outcome: Done) -> None:
    if outcome.left:
        raise _Left


@transaction.atomic
def _take_back(workbook: Workbook, cases: Sequence[Case], teller: Teller, *, by: User) -> None:
    store(cases, teller)
    batch = batch_of(workbook)
    taken = workbook.rows.filter(proposed=True, position__in=batch.submissions.values("batch_row"))
    if taken.exists():
        note = _("The register changed while this file was being submitted.")
        batches.withdraw_batch(batch, by=by, note=note)
        taken.update(proposed=False)
    before = workbook.earlier_batches.order_by("-pk").first()
    workbook.earlier_batches.remove(*filter(None, [before]))
    keep(workbook, batch=before)
    count(workbook)
