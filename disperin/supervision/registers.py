"""The register of this app."""

from disperin.registers.record import directory
from disperin.supervision.forms import InspectionForm

directory.register("inspections", InspectionForm)
