"""What the list of tasks to complete records is narrowed by."""

import django_filters
from django.utils.translation import gettext_lazy as _

from disperin.mydata.models import LackTask
from disperin.registers.record import directory
from disperin.tasks.filters import OF_EVERY_TASK, TaskFilter


class LackTaskFilter(TaskFilter):
    """As of every task, and by what is missing of which record."""

    register = django_filters.ChoiceFilter(
        choices=lambda: [(register.slug, register.label_alone) for register in directory.all_registers()],
        label=_("Register"),
    )
    record = django_filters.CharFilter(field_name="record_number", max_length=20, label=_("Register number"))
    lack = django_filters.CharFilter(max_length=80, label=_("What is missing"))

    class Meta:
        model = LackTask
        fields = [*OF_EVERY_TASK, "register", "record", "lack"]
