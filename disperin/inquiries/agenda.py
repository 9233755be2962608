"""What waits here: inquiries that nobody has taken, and those that are to be answered by a day."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.desk import agenda
from disperin.desk.agenda import Dated, Group, News, Waiting
from disperin.inquiries.filters import ALL
from disperin.inquiries.models import Inquiry, Kind
from disperin.inquiries.workflow import State


def _untaken(user: User) -> agenda.Found:
    return Inquiry.objects.within_reach(user).open().filter(state=State.RECEIVED)


def _received(user: User, since: datetime.datetime) -> agenda.Found:
    return Inquiry.objects.within_reach(user).filter(received_at__gt=since)


def _received_url(_user: User, since: datetime.datetime) -> str:
    return agenda.address("inquiries:list", state=ALL[0], received_after=since.isoformat())


def _answered(user: User, since: datetime.datetime) -> agenda.Found:
    return Inquiry.objects.within_reach(user).filter(state=State.ANSWERED, ended_at__gt=since)


def _answered_url(_user: User, since: datetime.datetime) -> str:
    return agenda.address("inquiries:list", state=State.ANSWERED.value, ended_after=since.isoformat())


agenda.add_badge("inquiries:list", _untaken)
agenda.add(
    Dated(
        "inquiry",
        _("Inquiries"),
        Group.WORK,
        of_one=_("Inquiry"),
        of=lambda user: Inquiry.objects.within_reach(user).open(),
        day="due_on",
        name="record_title",
        note="kind",
        notes=dict(Kind.choices),
        who="handled_by__full_name",
        person="handled_by",
        own=_("Inquiries that you handle"),
        own_of_one=_("Inquiry that you handle"),
        action=_("Answer them"),
        icon="question-circle",
        desk=_("Nobody has taken it yet"),
        url=lambda number: reverse("inquiries:detail", args=[number]),
    ),
    Waiting(
        "inquiry-new",
        _("Inquiries that nobody has taken"),
        of_one=_("Inquiry that nobody has taken"),
        of=_untaken,
        url=lambda _user: agenda.address("inquiries:list", state=State.RECEIVED.value),
        action=_("Take"),
        since="received_at",
        due="due_on",
        desk=_("Nobody has taken it yet"),
        icon="question-circle",
    ),
    News(
        "received",
        _("Inquiries received"),
        of_one=_("Inquiry received"),
        of=_received,
        url=_received_url,
        icon="question-circle",
    ),
    News(
        "answered",
        _("Inquiries answered"),
        of_one=_("Inquiry answered"),
        of=_answered,
        url=_answered_url,
        icon="check-circle",
    ),
)
