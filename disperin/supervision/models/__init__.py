"""Inspections with what was looked at, found and photographed; when a follow-up rises to the head."""

from disperin.supervision.models.escalation import EscalationRule, days_until_escalation
from disperin.supervision.models.inspection import Inspection, InspectionQuerySet
from disperin.supervision.models.parts import DocumentCheck, Finding, InspectionPhoto

__all__ = [
    "DocumentCheck",
    "EscalationRule",
    "Finding",
    "Inspection",
    "InspectionPhoto",
    "InspectionQuerySet",
    "days_until_escalation",
]
