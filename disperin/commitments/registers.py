"""The registers of this app."""

from disperin.commitments.forms import CommitmentForm, ForumForm
from disperin.registers.record import directory

directory.register("forums", ForumForm)
directory.register("commitments", CommitmentForm)
