"""The tables of the registers, gathered where Django and the floors above look for them."""

from disperin.registers.hiding.hidden import Hidden
from disperin.registers.pairing.pairs import DuplicatePair, DuplicateSearch, Merge
from disperin.registers.record.models import (
    Checked,
    ClosedReason,
    Counter,
    FacetCount,
    GroupSum,
    KnownWord,
    Origin,
    Part,
    Record,
    RecordQuerySet,
    RequestCount,
    Revision,
)
from disperin.registers.record.search_words import SearchWord

__all__ = [
    "Checked",
    "ClosedReason",
    "Counter",
    "DuplicatePair",
    "DuplicateSearch",
    "FacetCount",
    "GroupSum",
    "Hidden",
    "KnownWord",
    "Merge",
    "Origin",
    "Part",
    "Record",
    "RecordQuerySet",
    "RequestCount",
    "Revision",
    "SearchWord",
]
