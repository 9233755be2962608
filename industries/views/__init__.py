"""The pages of establishments, clusters, halal and green-industry certificates."""

from .certificates import HalalDetail, HalalFigures, HalalList, HalalMap
from .chains import Downstream
from .clusters import ClusterDetail, ClusterList, ClusterMap
from .establishments import EstablishmentDetail, EstablishmentList, EstablishmentMap, EstablishmentReveal
from .green import GreenDetail, GreenFigures, GreenList, GreenMap
from .halal import HalalWork
from .kbli import KbliWork
from .kbli_choices import KbliChoices
from .progress import HalalProgress

__all__ = [
    "ClusterDetail",
    "ClusterList",
    "ClusterMap",
    "Downstream",
    "EstablishmentDetail",
    "EstablishmentList",
    "EstablishmentMap",
    "EstablishmentReveal",
    "GreenDetail",
    "GreenFigures",
    "GreenList",
    "GreenMap",
    "HalalDetail",
    "HalalFigures",
    "HalalList",
    "HalalMap",
    "HalalProgress",
    "HalalWork",
    "KbliChoices",
    "KbliWork",
]
