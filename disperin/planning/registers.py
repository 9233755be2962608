"""The register of this app."""

from disperin.planning.forms import IndicatorForm
from disperin.registers.record import directory

directory.register("indicators", IndicatorForm)
