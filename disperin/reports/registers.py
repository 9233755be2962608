"""The register of this app."""

from django.utils.translation import gettext_lazy as _

from disperin.registers.record import directory
from disperin.reports.forms import QuarterlyReportForm

directory.register(
    "reports",
    QuarterlyReportForm,
    about=_("What one place of production reports of one quarter."),
)
