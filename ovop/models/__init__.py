"""Schemes, groups and rounds; what readiness and assessors go by; nominations, awards, and their labels."""

from ovop.models.assessment import Assessment, Mark
from ovop.models.award import Award, standing_awards
from ovop.models.label import Label
from ovop.models.nomination import Nomination, NominationPaper
from ovop.models.readiness import FACT_COLUMNS, IS_FOOD, judged, moved, readiness_of, standards_on, with_facts
from ovop.models.schemes import AwardRound, CommodityGroup, Grade, Scheme
from ovop.models.standards import ChecklistItem, Criterion, Gate, ReadinessWeight

__all__ = [
    "FACT_COLUMNS",
    "IS_FOOD",
    "Assessment",
    "Award",
    "AwardRound",
    "ChecklistItem",
    "CommodityGroup",
    "Criterion",
    "Gate",
    "Grade",
    "Label",
    "Mark",
    "Nomination",
    "NominationPaper",
    "ReadinessWeight",
    "Scheme",
    "judged",
    "moved",
    "readiness_of",
    "standing_awards",
    "standards_on",
    "with_facts",
]
