"""Quarterly reports with their parts, their way through SIINas, and what the office lays down about them."""

from disperin.reports.models.filing import Filing, FilingStep
from disperin.reports.models.laid_down import Reminder, ReportingDeadline, ReportingDuty, ShipyardClass
from disperin.reports.models.parts import Facility, Machine, Material, ReportedProduct, Supply
from disperin.reports.models.report import QuarterlyReport, QuarterlyReportQuerySet

__all__ = [
    "Facility",
    "Filing",
    "FilingStep",
    "Machine",
    "Material",
    "QuarterlyReport",
    "QuarterlyReportQuerySet",
    "Reminder",
    "ReportedProduct",
    "ReportingDeadline",
    "ReportingDuty",
    "ShipyardClass",
    "Supply",
]
