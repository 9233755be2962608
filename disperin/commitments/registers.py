"""The registers of this app."""

from django.utils.translation import gettext_lazy as _

from disperin.commitments.forms import CommitmentForm, ForumForm
from disperin.registers.record import directory

directory.register(
    "forums",
    ForumForm,
    about=_("A meeting of the office with the offices of the regencies, with its minutes."),
)
directory.register(
    "commitments",
    CommitmentForm,
    about=_("What a regency promised at a forum, by when, and what came of it."),
)
