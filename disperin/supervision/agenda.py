"""What has a day here, and what waits: planned visits, follow-ups, and those of them that rise to the head."""

from django.db.models import F
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.desk import agenda
from disperin.desk.agenda import Dated, Group, Waiting
from disperin.supervision.models import Finding, Inspection


def _inspections(user: User) -> agenda.Found:
    return Inspection.objects.within_reach(user).current()


def _follow_ups(user: User) -> agenda.Found:
    waiting = Finding.objects.filter(closed_on=None, done_on=None, due_on__isnull=False)
    return waiting.filter(inspection__in=_inspections(user))


def _escalated(user: User) -> agenda.Found | None:
    """Of the whole province alone: what has risen."""
    return Inspection.objects.current().escalated(timezone.localdate()) if user.sees_all else None


def _page(number: str) -> str:
    return reverse("supervision:inspection-detail", args=[number])


agenda.add(
    Dated(
        "inspection",
        _("Planned inspections"),
        Group.WORK,
        of_one=_("Planned inspection"),
        of=lambda user: _inspections(user).filter(visited_on=None),
        day="planned_on",
        name=Coalesce(F("establishment__name"), F("zone__name")),
        note="inspectors",  # in words of their own, several people in one; so they are not whoever it is with
        desk=_("The inspectors of the office"),
        icon="search",
        url=_page,
    ),
    Dated(
        "follow-up",
        _("Follow-ups of inspections"),
        Group.WORK,
        of_one=_("Follow-up of an inspection"),
        of=_follow_ups,
        day="due_on",
        number="inspection__number",
        name="follow_up",
        note=Coalesce(F("inspection__establishment__name"), F("inspection__zone__name")),
        regency="inspection__regency",
        icon="exclamation-triangle",
        url=_page,
    ),
    Waiting(
        "follow-up-escalated",
        _("Inspections with a follow-up that has risen to the head"),
        of_one=_("Inspection with a follow-up that has risen to the head"),
        of=_escalated,
        url=lambda _user: agenda.address("supervision:inspection-list", escalated="true"),
        action=_("See the inspections"),
        icon="exclamation-triangle",
        is_late=True,
    ),
)
