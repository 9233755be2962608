"""What the job does with a workbook, one step after the other; each can be taken up again where it was cut off."""

from disperin.workbooks.steps.checking import check
from disperin.workbooks.steps.proposing import propose
from disperin.workbooks.steps.taking_in import take_in

__all__ = ["check", "propose", "take_in"]
