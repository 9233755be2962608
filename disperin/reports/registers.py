"""The register of this app."""

from disperin.registers.record import directory
from disperin.reports.forms import QuarterlyReportForm

directory.register("reports", QuarterlyReportForm)
