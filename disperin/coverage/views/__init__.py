"""The pages of lists of other offices, all of them inside."""

from disperin.coverage.views.lines import Line, Lines, LinesFile, Steps
from disperin.coverage.views.lists import Bring, Lists

__all__ = ["Bring", "Line", "Lines", "LinesFile", "Lists", "Steps"]
