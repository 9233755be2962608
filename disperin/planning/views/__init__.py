"""Pages of planning; all of them inside the office."""

from disperin.planning.views.economy import Economy
from disperin.planning.views.indicators import IndicatorList, IndicatorPage, StandingFile, YearsFile
from disperin.planning.views.tables import TableFile, Tables, TemplateFile
from disperin.planning.views.units import Units

__all__ = [
    "Economy",
    "IndicatorList",
    "IndicatorPage",
    "StandingFile",
    "TableFile",
    "Tables",
    "TemplateFile",
    "Units",
    "YearsFile",
]
