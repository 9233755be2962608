"""How far a step is, and whether it is still wanted: somebody may take the file back meanwhile."""

from typing import Any, cast

from disperin.submissions.models import Batch
from disperin.workbooks.models import Workbook


class NoLongerWanted(Exception):
    """The workbook has left the state that this step works in."""


def keep(workbook: Workbook, **changes: Any) -> None:
    """Store changes of a workbook that is still in the state in which the step found it; raises NoLongerWanted."""
    if not Workbook.objects.filter(pk=workbook.pk, state=workbook.state).update(**changes):
        raise NoLongerWanted
    for name, value in changes.items():
        setattr(workbook, name, value)


def batch_of(workbook: Workbook) -> Batch:
    """The batch of a workbook that is being submitted: it has had one since that began."""
    return cast(Batch, workbook.batch)
