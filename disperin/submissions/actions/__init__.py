"""What can be done with a submission. Every page, endpoint and command calls these; nothing else writes."""

from disperin.submissions.actions.deciding import claim, claim_next, reject, release, send_back, set_aside, verify
from disperin.submissions.actions.handing_over import hand_over
from disperin.submissions.actions.hiding import hide, lift
from disperin.submissions.actions.mending import tie
from disperin.submissions.actions.promising import promise
from disperin.submissions.actions.proposing import (
    draft,
    hindrances,
    revise,
    revise_what_may_be_kept,
    submit,
    what_hinders_keeping,
    what_hinders_submitting,
    withdraw,
    withdraw_forgotten,
)
from disperin.submissions.actions.publishing import publish
from disperin.submissions.actions.revealing import reveal

__all__ = [
    "claim",
    "claim_next",
    "draft",
    "hand_over",
    "hindrances",
    "hide",
    "lift",
    "promise",
    "publish",
    "reject",
    "release",
    "reveal",
    "revise",
    "revise_what_may_be_kept",
    "send_back",
    "set_aside",
    "submit",
    "tie",
    "verify",
    "what_hinders_keeping",
    "what_hinders_submitting",
    "withdraw",
    "withdraw_forgotten",
]
