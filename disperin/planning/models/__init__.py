"""Indicators with targets and realisations; thresholds and layouts, which administrators lay down."""

from disperin.planning.models.indicator import Indicator, Realisation, Target
from disperin.planning.models.laid_down import LightRule, TableLayout
from disperin.planning.models.templates import TablePaper, TableTemplate

__all__ = [
    "Indicator",
    "LightRule",
    "Realisation",
    "TableLayout",
    "TablePaper",
    "TableTemplate",
    "Target",
]
