"""Forums and what was promised there."""

from disperin.commitments.models.commitment import Commitment, CommitmentQuerySet
from disperin.commitments.models.forum import Forum

__all__ = ["Commitment", "CommitmentQuerySet", "Forum"]
