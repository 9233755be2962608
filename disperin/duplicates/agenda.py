"""What waits here: pairs of records that may be one."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.desk import agenda
from disperin.desk.agenda import Waiting
from disperin.duplicates.actions.deciding import why_not_decide
from disperin.registers.models import DuplicatePair
from disperin.registers.pairing.pairs import PairState


def _undecided(user: User) -> agenda.Found | None:
    if why_not_decide(user):
        return None
    return DuplicatePair.objects.within_reach(user).filter(state=PairState.OPEN)


agenda.add(
    Waiting(
        "pair",
        _("Records that may be one"),
        of_one=_("Pair of records that may be one"),
        of=_undecided,
        url=lambda _user: reverse("duplicates:pairs"),
        action=_("Compare"),
        since="found_at",
        icon="copy",
    )
)
