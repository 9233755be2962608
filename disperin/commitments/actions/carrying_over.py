"""Carry the open commitments of a forum over to a later one: in one act, as batches verified like any other."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.commitments.models import Commitment, CommitmentQuerySet, Forum
from disperin.desk.refusals import NotNow, Refused
from disperin.registers.gate.in_bulk import Proposed, judge
from disperin.registers.record import directory
from disperin.submissions import own_words
from disperin.submissions.batches import actions as batches
from disperin.submissions.models import Batch

MOST_CARRIED = 500  # commitments of one act: what a page can wait for


@dataclass
class Carried:
    """What came of it: the batches, how many commitments they hold, and those that were left, each with why."""

    batches: list[Batch]
    number: int = 0
    left: list[tuple[Commitment, str]] = field(default_factory=list)


def to_carry_over(forum: Forum) -> CommitmentQuerySet:
    """The commitments that were spoken of last at this forum and are neither kept nor dropped."""
    open_ones = Commitment.objects.current().unsettled()
    return open_ones.filter(forum=forum, next_forum=None) | open_ones.filter(next_forum=forum)


@transaction.atomic
def carry_over(forum: Forum, to: Forum, *, by: User) -> Carried:
    """Propose `to` as the next forum of all that is open of `forum`, one batch for each regency.

    Left are those that the gate refuses and those of which a submission waits. Raises Refused for whoever does not
    propose for the whole province, ValidationError at `next_forum` for a forum that is not later, NotNow for nothing.
    """
    if not (by.can_propose and by.sees_all):
        raise Refused(_("Only the province carries commitments over to the next forum."))
    if to.pk == forum.pk or to.day < forum.day or to.closed_on is not None:
        text = _("Choose a forum that takes place after this one.")
        raise ValidationError({"next_forum": ValidationError(text, "not_later")})
    commitments = list(to_carry_over(forum).select_related("regency").order_by("pk")[: MOST_CARRIED + 1])
    if not commitments:
        raise NotNow(_("No commitment of this forum is open any more."))
    if len(commitments) > MOST_CARRIED:
        params = {"most": MOST_CARRIED}
        text = _("At most %(most)s commitments are carried over at one time. Settle some first.")
        raise ValidationError({"next_forum": ValidationError(text, "many", params)})
    register = directory.of(Commitment)
    values = {"next_forum": to.number}
    judged = judge(register, [Proposed(values, record, row) for row, record in enumerate(commitments, start=1)], by=by)
    batches.tell_waiting(register, judged, by=by)
    left = [
        (commitments[judgement.proposed.row - 1], batches.first_text(judgement))
        for judgement in judged
        if judgement.errors
    ]
    name = own_words.kept("carried_over", forum=to.number)
    made = batches.propose_by_regency(register, judged, name=name, by=by, acknowledged=True)
    if not made:
        told_first = f"{left[0][0].number}: {left[0][1]}" if left else ""
        raise NotNow(told_first or _("None of these commitments would be changed."))
    return Carried(made, len(commitments) - len(left), left)
