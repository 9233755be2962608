"""The pages of the stars."""

from .checking import LabelCheck, public_keys
from .cluster_readiness import ClusterReadinessList
from .desk import DueList, LabelPrint
from .gallery import AwardDetail, AwardList, AwardShare, AwardStatistics
from .nominations import (
    NominationAssess,
    NominationDetail,
    NominationList,
    NominationResult,
    NominationStep,
    RoundExport,
)
from .offline import LabelState, OfflineCheck, Worker
from .products import ProductFile, ProductList
from .readiness import ProductReadiness, ReadinessList

__all__ = [
    "AwardDetail",
    "AwardList",
    "AwardShare",
    "AwardStatistics",
    "ClusterReadinessList",
    "DueList",
    "LabelCheck",
    "LabelPrint",
    "LabelState",
    "NominationAssess",
    "NominationDetail",
    "NominationList",
    "NominationResult",
    "NominationStep",
    "OfflineCheck",
    "ProductFile",
    "ProductList",
    "ProductReadiness",
    "ReadinessList",
    "RoundExport",
    "Worker",
    "public_keys",
]
