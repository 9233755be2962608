"""What can be done with a workbook. Page, API and command call these; nothing else begins a change of its state."""

from disperin.workbooks.actions.choosing import choose
from disperin.workbooks.actions.confirming import confirm
from disperin.workbooks.actions.forgetting import forget_old
from disperin.workbooks.actions.sending import send
from disperin.workbooks.actions.submitting import resume, submit, withdraw

__all__ = ["choose", "confirm", "forget_old", "resume", "send", "submit", "withdraw"]
