"""The pages of the stars."""

from .checking import LabelCheck, public_keys
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
from .products import ProductFile, ProductList
from .readiness import ProductReadiness, ReadinessList

__all__ = [
    "AwardDetail",
    "AwardList",
    "AwardShare",
    "AwardStatistics",
    "DueList",
    "LabelCheck",
    "LabelPrint",
    "NominationAssess",
    "NominationDetail",
    "NominationList",
    "NominationResult",
    "NominationStep",
    "ProductFile",
    "ProductList",
    "ProductReadiness",
    "ReadinessList",
    "RoundExport",
    "public_keys",
]
