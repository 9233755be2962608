"""The register of this app."""

from django.utils.translation import gettext_lazy as _

from disperin.planning.forms import IndicatorForm
from disperin.registers.record import directory

directory.register(
    "indicators",
    IndicatorForm,
    about=_("What the office is measured by, with targets and what came of them."),
)
