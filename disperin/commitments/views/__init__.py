"""Pages of forums and commitments; all of them inside the office."""

from disperin.commitments.views.carrying_over import CarryOver
from disperin.commitments.views.commitments import CommitmentList, CommitmentPage
from disperin.commitments.views.forums import ForumList, ForumPage, LastForum
from disperin.commitments.views.minutes import MinutesFile

__all__ = ["CarryOver", "CommitmentList", "CommitmentPage", "ForumList", "ForumPage", "LastForum", "MinutesFile"]
