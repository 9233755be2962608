"""What has a day here, and what waits: commitments with their due day, and those for which none was agreed."""

from django.db.models import F
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.commitments.models import Commitment
from disperin.desk import agenda
from disperin.desk.agenda import Dated, Group, Waiting


def _unsettled(user: User) -> agenda.Found:
    return Commitment.objects.within_reach(user).current().unsettled()


agenda.add(
    Dated(
        "commitment",
        _("Commitments of forums"),
        Group.WORK,
        of_one=_("Commitment of a forum"),
        of=lambda user: _unsettled(user).filter(due_on__isnull=False),
        day="due_on",
        name="name",
        note="forum__name",
        who=Coalesce(F("unit__name"), F("responsible")),
        icon="check-circle",
        url=lambda number: reverse("commitments:commitment-detail", args=[number]),
    ),
    Waiting(
        "commitment-undated",
        _("Open commitments without a due day"),
        of_one=_("Open commitment without a due day"),
        of=lambda user: _unsettled(user).filter(due_on=None),
        url=lambda _user: agenda.address("commitments:commitment-list", open="true", undated="true"),
        action=_("See the commitments"),
        since="forum__day",
        icon="check-circle",
    ),
)
