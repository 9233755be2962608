"""The registers of this app."""

from disperin.registers import directory
from ovop.forms import AwardForm
from ovop.models import Award

directory.register("awards", model=Award, form=AwardForm)
