"""What is proposed and how far it has come: submissions with their rounds, and batches of them."""

from disperin.submissions.models.batch import Batch, BatchState
from disperin.submissions.models.submission import Kind, Submission, SubmissionRound

__all__ = ["Batch", "BatchState", "Kind", "Submission", "SubmissionRound"]
