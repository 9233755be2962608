"""The pages of establishments, clusters, halal and green-industry certificates."""

from .certificates import HalalDetail, HalalFigures, HalalList
from .chains import Downstream
from .clusters import ClusterDetail, ClusterList
from .establishments import EstablishmentDetail, EstablishmentList, EstablishmentReveal
from .green import GreenDetail, GreenFigures, GreenList
from .halal import HalalWork
from .kbli import KbliWork
from .kbli_choices import KbliChoices
from .products import ProductDetail
from .progress import HalalProgress
from .quality import QualityWork

__all__ = [
    "ClusterDetail",
    "ClusterList",
    "Downstream",
    "EstablishmentDetail",
    "EstablishmentList",
    "EstablishmentReveal",
    "GreenDetail",
    "GreenFigures",
    "GreenList",
    "HalalDetail",
    "HalalFigures",
    "HalalList",
    "HalalProgress",
    "HalalWork",
    "KbliChoices",
    "KbliWork",
    "ProductDetail",
    "QualityWork",
]
