"""What somebody has in hand here: lines of lists that they are to see to."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disperin.accounts import holdings
from disperin.coverage.models import OutsideTask
from disperin.tasks.actions import hand_on_tasks


def _url(task: OutsideTask) -> str:
    return reverse("coverage:line", args=[task.line_id])


holdings.add(
    _("Lines of other offices' lists"),
    of=lambda user: OutsideTask.objects.filter(assigned_to=user).unended(),
    url=_url,
    hand_on=hand_on_tasks,
)
