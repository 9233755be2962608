"""The pages of establishments, clusters and halal certificates."""

from .certificates import HalalDetail, HalalFigures, HalalList, HalalMap
from .clusters import ClusterDetail, ClusterList, ClusterMap
from .establishments import EstablishmentDetail, EstablishmentList, EstablishmentMap, EstablishmentReveal
from .halal import HalalProgress, HalalWork

__all__ = [
    "ClusterDetail",
    "ClusterList",
    "ClusterMap",
    "EstablishmentDetail",
    "EstablishmentList",
    "EstablishmentMap",
    "EstablishmentReveal",
    "HalalDetail",
    "HalalFigures",
    "HalalList",
    "HalalMap",
    "HalalProgress",
    "HalalWork",
]
