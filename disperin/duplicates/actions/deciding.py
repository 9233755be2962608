"""What people decide about a pair of records that may be one, but for merging: who may, and that they are two."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.desk.refusals import NotNow, Refusal, Refused
from disperin.desk.texts import refuse_unfit_texts
from disperin.history.models import record as write_history
from disperin.registers.models import DuplicatePair
from disperin.registers.pairing.pairs import PairState


def why_not_decide(user: User) -> Refusal:
    """Why this person may not decide about pairs; empty if they may."""
    if user.can_decide or user.can_publish:
        return Refusal()
    return Refusal(_("Only a provincial verifier or an administrator may do this."), forbidden=True)


@transaction.atomic
def dismiss(pair: DuplicatePair, *, by: User, note: str) -> DuplicatePair:
    """These are two different records: the pair leaves the work list, and comes back only for a new reason.

    Raises Refused, NotNow for a pair that was decided meanwhile, ValidationError at "note" where it says nothing.
    """
    pair = _decidable(pair, by)
    refuse_unfit_texts({"note": note})
    if not note.strip():
        raise ValidationError({"note": ValidationError(_("Say why."), "required")})
    return decide_pair(pair, PairState.DISMISSED, by=by, note=note.strip())


def decide_pair(pair: DuplicatePair, state: PairState, *, by: User, note: str = "") -> DuplicatePair:
    """Note a decision on a pair that the caller holds."""
    pair.state, pair.note, pair.decided_by, pair.decided_at = state, note, by, timezone.now()
    pair.save(update_fields=["state", "note", "decided_by", "decided_at"])
    write_history("dismiss_pair" if state == PairState.DISMISSED else "merge_pair", pair, by=by, **numbers_of(pair))
    return pair


def bring_back(pair: DuplicatePair, *, by: User) -> None:
    """Whether a pair is one record is open again, its merge being undone; the caller holds it."""
    pair.state, pair.note, pair.decided_by, pair.decided_at = PairState.OPEN, "", None, None
    pair.save(update_fields=["state", "note", "decided_by", "decided_at"])
    write_history("bring_pair_back", pair, by=by, **numbers_of(pair))


def numbers_of(pair: DuplicatePair) -> dict[str, str]:
    """What the history says of a pair."""
    return {"record": f"{pair.first_number}, {pair.second_number}"}


def refuse_decided(pair: DuplicatePair) -> None:
    """Raises NotNow for a pair that was decided already."""
    if pair.state != PairState.OPEN:
        raise NotNow(_("This pair was decided meanwhile: %(state)s.") % {"state": pair.get_state_display()})


def _decidable(pair: DuplicatePair, by: User) -> DuplicatePair:
    if reason := why_not_decide(by):
        raise Refused(reason)
    pair = DuplicatePair.objects.select_for_update(of=["self"]).get(pk=pair.pk)
    refuse_decided(pair)
    return pair
