"""What has a day here, and what waits: rounds that close and stars that end; papers and assessments to give."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.desk import agenda
from disperin.desk.agenda import Dated, Group, Waiting
from ovop import rules
from ovop.filters import Awaited
from ovop.models import Award, AwardRound, Nomination


def _rounds(user: User) -> agenda.Found:
    """Those in which whoever proposes can still propose; the reading know them from the list."""
    closing = AwardRound.objects.taking_proposals(timezone.localdate()).filter(closes_on__isnull=False)
    return closing if user.can_propose else closing.none()


def _awards(user: User) -> agenda.Found:
    awards = Award.objects.within_reach(user).current().exclude(state=rules.AwardState.REVOKED)
    return awards.filter(valid_until__isnull=False)


def _lacking(user: User) -> agenda.Found | None:
    if not user.can_propose:
        return None
    return Nomination.objects.within_reach(user).current().lacking_papers(timezone.localdate())


def _to_assess(user: User) -> agenda.Found | None:
    return Nomination.objects.within_reach(user).current().to_assess_by(user) if user.can_decide else None


def _awaiting(what: Awaited) -> str:
    return agenda.address("ovop:nomination-list", awaits=what.value)


agenda.add(
    Dated(
        "ovop-round",
        _("OVOP rounds that close"),
        Group.WORK,
        of_one=_("OVOP round that closes"),
        of=_rounds,
        day="closes_on",
        number="key",
        name="year",
        regency="",
        icon="award",
        url=lambda key: agenda.address("ovop:nomination-list", round=key),
    ),
    Dated(
        "award",
        _("Stars with an end"),
        Group.EXPIRY,
        of_one=_("Star with an end"),
        of=_awards,
        day="valid_until",
        name="product__name",
        desk=_("The makers themselves"),
        icon="award",
        url=lambda number: reverse("ovop:award-detail", args=[number]),
    ),
    Waiting(
        "ovop-papers",
        _("OVOP nominations that lack papers"),
        of_one=_("OVOP nomination that lacks papers"),
        of=_lacking,
        url=lambda _user: _awaiting(Awaited.PAPERS),
        action=_("Complete them"),
        since="stage_on",
        due="round__closes_on",
        icon="file-earmark-text",
    ),
    Waiting(
        "ovop-assessment",
        _("OVOP nominations for you to assess"),
        of_one=_("OVOP nomination for you to assess"),
        of=_to_assess,
        url=lambda _user: _awaiting(Awaited.ASSESSMENT),
        action=_("Assess"),
        since="stage_on",
        icon="award",
    ),
)
