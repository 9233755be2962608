"""How far a step is, and whether it is still wanted: somebody may take the file back meanwhile."""

from disperin.workbooks.models import Workbook


class NoLongerWanted(Exception):
    """The workbook has left the state that this step works in."""


def keep(workbook, **changes):
    """Store changes of a workbook that is still in the state in which the step found it; raises NoLongerWanted."""
    if not Workbook.objects.filter(pk=workbook.pk, state=workbook.state).update(**changes):
        raise NoLongerWanted
    for name, value in changes.items():
        setattr(workbook, name, value)
