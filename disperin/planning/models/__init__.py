"""Indicators with targets and realisations; units of the office and thresholds, which administrators lay down."""

from disperin.planning.models.indicator import Indicator, Realisation, Target
from disperin.planning.models.laid_down import LightRule, TableLayout, Unit

__all__ = ["Indicator", "LightRule", "Realisation", "TableLayout", "Target", "Unit"]
