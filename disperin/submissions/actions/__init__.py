"""What can be done with a submission. Every page, endpoint and command calls these; nothing else writes."""

from disperin.submissions.actions.batches import (
    begin_batch,
    check_stock,
    propose_many,
    submit_batch,
    tell_waiting,
    withdraw_batch,
)
from disperin.submissions.actions.bringing_in import bring_in, end_bringing_in
from disperin.submissions.actions.confirming import confirm_many, to_confirm
from disperin.submissions.actions.deciding import claim, reject, release, send_back, verify
from disperin.submissions.actions.handing_over import hand_over
from disperin.submissions.actions.hiding import hide, lift
from disperin.submissions.actions.many import send_back_many, verify_many
from disperin.submissions.actions.merging import merge, unmerge
from disperin.submissions.actions.naming import name_pair
from disperin.submissions.actions.pairing import begin_search, dismiss, search_now
from disperin.submissions.actions.proposing import draft, revise, submit, withdraw, withdraw_forgotten
from disperin.submissions.actions.publishing import publish
from disperin.submissions.actions.revealing import reveal
from disperin.submissions.actions.sampling import draw_sample, note_opened, return_batch, verify_batch
from disperin.submissions.actions.working import begin_work, order_idle

__all__ = [
    "begin_batch",
    "begin_search",
    "begin_work",
    "bring_in",
    "check_stock",
    "claim",
    "confirm_many",
    "dismiss",
    "draft",
    "draw_sample",
    "hide",
    "lift",
    "end_bringing_in",
    "hand_over",
    "merge",
    "name_pair",
    "note_opened",
    "order_idle",
    "propose_many",
    "publish",
    "reject",
    "release",
    "return_batch",
    "reveal",
    "revise",
    "search_now",
    "send_back",
    "send_back_many",
    "submit",
    "submit_batch",
    "tell_waiting",
    "to_confirm",
    "unmerge",
    "verify",
    "verify_batch",
    "verify_many",
    "withdraw",
    "withdraw_batch",
    "withdraw_forgotten",
]
