"""The tables of lists of other offices."""

from disperin.coverage.models.outside_list import OutsideLine, OutsideList
from disperin.coverage.models.task import OutsideTask

__all__ = ["OutsideLine", "OutsideList", "OutsideTask"]
