"""The pages of the stars."""

from .checking import LabelCheck, public_keys
from .desk import DueList, LabelPrint
from .gallery import AwardDetail, AwardList, AwardMap, AwardShare, AwardStatistics

__all__ = [
    "AwardDetail",
    "AwardList",
    "AwardMap",
    "AwardShare",
    "AwardStatistics",
    "DueList",
    "LabelCheck",
    "LabelPrint",
    "public_keys",
]
