"""What somebody has in hand here: records that they are to complete."""

from django.utils.translation import gettext_lazy as _

from disperin.accounts import holdings
from disperin.mydata.models import LackTask
from disperin.registers.lists.addresses import record_address
from disperin.registers.record import directory
from disperin.tasks.actions import hand_on_tasks


def _url(task: LackTask) -> str:
    register = directory.find(task.register)
    return record_address(register, task.record_number) if register else ""


holdings.add(
    _("Records to complete"),
    of=lambda user: LackTask.objects.filter(assigned_to=user).unended(),
    url=_url,
    hand_on=hand_on_tasks,
)
