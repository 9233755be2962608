"""Schemes, groups and rounds; what readiness and assessors go by; nominations, awards, and their labels."""

from ovop.models.assessment import Assessment, Mark
from ovop.models.award import Award, standing_awards
from ovop.models.cluster_readiness import (
    CLUSTER_FACT_COLUMNS,
    cluster_readiness,
    cluster_standards_on,
    clusters_told,
    judged_clusters,
    moved_clusters,
    readiness_of_cluster,
    told_of,
    with_cluster_facts,
)
from ovop.models.label import Label
from ovop.models.nomination import Nomination, NominationPaper
from ovop.models.readiness import FACT_COLUMNS, IS_FOOD, judged, moved, readiness_of, standards_on, with_facts
from ovop.models.schemes import AwardRound, CommodityGroup, Grade, Scheme
from ovop.models.standards import ChecklistItem, ClusterGate, ClusterWeight, Criterion, Gate, ReadinessWeight

__all__ = [
    "CLUSTER_FACT_COLUMNS",
    "FACT_COLUMNS",
    "IS_FOOD",
    "Assessment",
    "Award",
    "AwardRound",
    "ChecklistItem",
    "ClusterGate",
    "ClusterWeight",
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
    "cluster_readiness",
    "cluster_standards_on",
    "clusters_told",
    "judged",
    "judged_clusters",
    "moved",
    "moved_clusters",
    "readiness_of",
    "readiness_of_cluster",
    "standing_awards",
    "standards_on",
    "told_of",
    "with_cluster_facts",
    "with_facts",
]
