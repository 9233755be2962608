"""The form of the register `reports`, and the small forms of its pages."""

from disperin.reports.forms.report import QuarterlyReportForm

__all__ = ["QuarterlyReportForm"]
