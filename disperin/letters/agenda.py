"""What has a day here: data that a letter asks for."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disperin.desk import agenda
from disperin.desk.agenda import Dated, Group
from disperin.letters.models import DataRequest

agenda.add(
    Dated(
        "data-request",
        _("Data that letters ask for"),
        Group.WORK,
        of_one=_("Data that a letter asks for"),
        of=lambda user: DataRequest.objects.within_reach(user).waiting().filter(due_on__isnull=False),
        day="due_on",
        name="subject",
        note="period",
        place="pk",
        icon="send",
        url=lambda key: reverse("letters:letter", args=[int(key)]),
    )
)
