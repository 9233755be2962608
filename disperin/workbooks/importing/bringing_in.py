"""Third step of a file from an older system: new rows enter the register unchecked, changed ones are proposed.

Nothing is taken back: a record that stands, stands. A row that is no longer what the check found is told anew; whatever
it is now goes on, or stays behind to be mended.
"""

from django.db import transaction

from disperin.desk.refusals import NotNow
from disperin.registers.pairing.search import names_at_hand
from disperin.submissions.batches import actions as batches
from disperin.workbooks.importing.checking import CHUNK, count, store
from disperin.workbooks.importing.judging import Bench
from disperin.workbooks.importing.progress import batch_of, keep
from disperin.workbooks.importing.row_report import Teller
from disperin.workbooks.models import Outcome, State, Workbook


def bring_in(workbook: Workbook) -> None:
    """Bring in the new rows and propose the changed ones. Cut off, it goes on where it was."""
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
            same = [case for case in cases if case.outcome == expected[case.row.pk]]
            with transaction.atomic():
                store([case for case in cases if case.outcome != expected[case.row.pk]], teller)
                batches.bring_in(batch, [case.judged for case in same if case.outcome == Outcome.NEW], by=by)
                changed = [case.judged for case in same if case.outcome == Outcome.CHANGED]
                if left := batches.propose_many(batch, changed, by=by).left:
                    raise NotNow(left[0].text)  # somebody began to change its record a moment ago: judged anew
                workbook.rows.filter(pk__in=[case.row.pk for case in same]).update(proposed=True)
                keep(workbook, done=workbook.done + len(same))
    with transaction.atomic():
        batches.end_bringing_in(batch, by=by)
        count(workbook)
        keep(workbook, state=State.SUBMITTED)
