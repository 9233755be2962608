"""What can be done with a submission. Every page, endpoint and command calls these; nothing else writes."""

from disperin.submissions.actions.batches import begin_batch, propose_many, submit_batch, withdraw_batch
from disperin.submissions.actions.deciding import claim, reject, release, send_back, verify
from disperin.submissions.actions.proposing import draft, revise, submit, withdraw, withdraw_forgotten
from disperin.submissions.actions.publishing import publish
from disperin.submissions.actions.revealing import reveal

__all__ = [
    "begin_batch",
    "claim",
    "draft",
    "propose_many",
    "publish",
    "reject",
    "release",
    "reveal",
    "revise",
    "send_back",
    "submit",
    "submit_batch",
    "verify",
    "withdraw",
    "withdraw_batch",
    "withdraw_forgotten",
]
