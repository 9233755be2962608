"""The register of this app."""

from django.utils.translation import gettext_lazy as _

from disperin.registers.record import directory
from disperin.supervision.forms import InspectionForm

directory.register(
    "inspections",
    InspectionForm,
    about=_("A visit to a maker or an industrial zone, from its plan to what came of it."),
)
