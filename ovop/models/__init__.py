"""Schemes with their grades, commodity groups and rounds; awards; the labels that prove them."""

from ovop.models.award import Award
from ovop.models.label import Label
from ovop.models.schemes import AwardRound, CommodityGroup, Grade, Scheme

__all__ = ["Award", "AwardRound", "CommodityGroup", "Grade", "Label", "Scheme"]
