"""The pages of quarterly reports: the list and one report, its way through SIINas, sheets, who kept the deadline."""

from disperin.reports.views.compliance import Compliance, Obliged, ReminderLetter
from disperin.reports.views.filing import CopyForward, NoteStep, TakeBack
from disperin.reports.views.reports import ReportList, ReportPage
from disperin.reports.views.sheets import BatchSheet, Sheet

__all__ = [
    "BatchSheet",
    "Compliance",
    "CopyForward",
    "NoteStep",
    "Obliged",
    "ReminderLetter",
    "ReportList",
    "ReportPage",
    "Sheet",
    "TakeBack",
]
