"""What the jobs do with a workbook, one step after the other; each can be taken up again where it was cut off."""

from disperin.workbooks.steps.checking import check
from disperin.workbooks.steps.exporting import keep_export, write
from disperin.workbooks.steps.proposing import propose
from disperin.workbooks.steps.taking_in import take_in

__all__ = ["check", "keep_export", "propose", "take_in", "write"]
