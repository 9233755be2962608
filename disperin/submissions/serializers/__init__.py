"""What the API says of a submission, and what it takes for each step."""

from .answers import SubmissionRowSerializer, SubmissionSerializer, conflicts, detail
from .steps import (
    DecisionSerializer,
    DraftSerializer,
    HandInSerializer,
    ReturnSerializer,
    RevisionSerializer,
    VerificationSerializer,
    WithdrawalSerializer,
)

__all__ = [
    "DecisionSerializer",
    "DraftSerializer",
    "HandInSerializer",
    "ReturnSerializer",
    "RevisionSerializer",
    "SubmissionRowSerializer",
    "SubmissionSerializer",
    "VerificationSerializer",
    "WithdrawalSerializer",
    "conflicts",
    "detail",
]
