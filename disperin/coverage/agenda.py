"""What has a day here: lines of other offices' lists that somebody is to see to."""

from django.db.models import TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disperin.coverage.models import OutsideTask
from disperin.coverage.rules import Outcome
from disperin.desk import agenda
from disperin.desk.agenda import Dated, Group

agenda.add(
    Dated(
        "outside-line",
        _("Lines of other offices' lists"),
        Group.WORK,
        of=lambda user: OutsideTask.objects.within_reach(user).unended(),
        day="due_on",
        number=Cast("line", TextField()),
        place=Cast("line", TextField()),
        name="line__name",
        note="line__outcome",
        notes=dict(Outcome.choices),
        who="assigned_to__full_name",
        person="assigned_to",
        own=_("Lines of other offices' lists for you"),
        of_one=_("Line of another office's list"),
        own_of_one=_("Line of another office's list for you"),
        action=_("See to them"),
        icon="clipboard-check",
        url=lambda key: reverse("coverage:line", args=[int(key)]),
    )
)
