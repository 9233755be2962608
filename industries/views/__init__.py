"""The pages of establishments, clusters, halal and green-industry certificates."""

from .certificates import HalalDetail, HalalList
from .chains import Downstream
from .clusters import ClusterDetail, ClusterList
from .establishments import EstablishmentDetail, EstablishmentList, EstablishmentReveal, ServiceList
from .green import GreenDetail, GreenFigures, GreenFiguresFile, GreenList
from .halal import HalalWork
from .halal_figures import HalalFigures, HalalFiguresFile
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
    "GreenFiguresFile",
    "GreenList",
    "HalalDetail",
    "HalalFigures",
    "HalalFiguresFile",
    "HalalList",
    "HalalProgress",
    "HalalWork",
    "KbliChoices",
    "KbliWork",
    "ProductDetail",
    "QualityWork",
    "ServiceList",
]
