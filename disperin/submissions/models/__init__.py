"""What is proposed and how far it has come: submissions with their rounds, batches of them, samples of batches."""

from disperin.submissions.models.batch import Batch, BatchState, Work, count_all
from disperin.submissions.models.pace import DecisionCount, count_decided
from disperin.submissions.models.promise import ReviewPromise, waits_too_long_since
from disperin.submissions.models.repair import Repair
from disperin.submissions.models.sample import BatchSample, Doubt, SampledSubmission
from disperin.submissions.models.stock import FromStock, Stock
from disperin.submissions.models.submission import Kind, Submission, SubmissionRound

__all__ = [
    "Batch",
    "BatchSample",
    "BatchState",
    "DecisionCount",
    "Doubt",
    "FromStock",
    "Kind",
    "Repair",
    "ReviewPromise",
    "SampledSubmission",
    "Stock",
    "Submission",
    "SubmissionRound",
    "Work",
    "count_all",
    "count_decided",
    "waits_too_long_since",
]
