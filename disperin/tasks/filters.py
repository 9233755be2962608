"""What lists of tasks are narrowed by, whatever the tasks are about."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import Role, User
from disperin.regions.models import Regency
from disperin.registers.lists.filters import CodeFilter, DayFilter, YesNoFilter

OF_EVERY_TASK = ["mine", "regency", "due_until"]


class TaskFilter(django_filters.FilterSet):
    """Narrows tasks; which of them are seen at all is `within_reach`."""

    mine = YesNoFilter(method="of_reader", label=_("Assigned to me"))
    regency = CodeFilter(queryset=Regency.objects.all(), label=_("Regency/city"))
    due_until = DayFilter(field_name="due_on", lookup_expr="lte", label=_("To be done by this day or before"))

    def of_reader(self, queryset: QuerySet[Any], _name: str, answer: str) -> QuerySet[Any]:
        """Those that the reader is to see to, or those of everybody else."""
        mine = {"assigned_to": self.request.user}
        return queryset.filter(**mine) if answer == "true" else queryset.exclude(**mine)


class ColleagueFilter(django_filters.FilterSet):
    """Narrows those to whom tasks may be given."""

    regency = CodeFilter(queryset=Regency.objects.all(), label=_("Regency/city"))
    role = django_filters.ChoiceFilter(choices=Role.choices, label=_("Role"))

    class Meta:
        model = User
        fields = ["regency", "role"]
