"""What can be done with a workbook, sent or asked for. Page, API and command call these; nothing else changes it."""

from disperin.workbooks.actions.choosing import choose
from disperin.workbooks.actions.confirming import confirm
from disperin.workbooks.actions.exporting import Busy, export, export_errors, forget_exports, order_idle_exports
from disperin.workbooks.actions.forgetting import forget_lists, forget_old, forget_record, remove_strays
from disperin.workbooks.actions.handing_on import hand_on_workbooks
from disperin.workbooks.actions.mending import mend
from disperin.workbooks.actions.picturing import add_photos
from disperin.workbooks.actions.sending import order_idle, send
from disperin.workbooks.actions.submitting import resume, submit, withdraw

__all__ = [
    "Busy",
    "add_photos",
    "choose",
    "confirm",
    "export",
    "export_errors",
    "forget_exports",
    "forget_lists",
    "forget_old",
    "forget_record",
    "hand_on_workbooks",
    "mend",
    "order_idle",
    "order_idle_exports",
    "remove_strays",
    "resume",
    "send",
    "submit",
    "withdraw",
]
