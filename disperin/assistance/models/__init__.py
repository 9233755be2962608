"""Assistance with its beneficiaries and goods, and the spans within which the same is told."""

from disperin.assistance.models.event import Assistance, Beneficiary, Goods
from disperin.assistance.models.spans import RepeatSpan

__all__ = ["Assistance", "Beneficiary", "Goods", "RepeatSpan"]
