"""What the list of letters is narrowed by."""

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.letters.models import DataRequest, DataRequestQuerySet
from disperin.regions.models import Regency
from disperin.registers.lists.filters import CodeFilter
from disperin.units.models import Unit

STATES = [
    ("waiting", _("Waiting for data")),
    ("late", _("Late")),
    ("received", _("Data received")),
    ("withdrawn", _("Withdrawn")),
]


class LetterFilter(django_filters.FilterSet):
    """Narrows letters; whose they are at all is `within_reach`."""

    regency = CodeFilter(queryset=Regency.objects.all(), label=_("Regency/city"), widget=forms.Select)
    office = CodeFilter(queryset=Unit.objects.exclude(regency=None), label=_("Addressed to"), widget=forms.Select)
    state = django_filters.ChoiceFilter(method="in_state", choices=STATES, empty_label=_("All"), label=_("State"))

    class Meta:
        model = DataRequest
        fields = ["regency", "office", "state"]

    def in_state(self, queryset: DataRequestQuerySet, _name: str, state: str) -> QuerySet[DataRequest]:
        """Those that wait, those of them that are late, those whose data has come, or those withdrawn."""
        if state == "received":
            return queryset.filter(received_on__isnull=False)
        if state == "withdrawn":
            return queryset.filter(withdrawn_on__isnull=False)
        waiting = queryset.waiting()
        return waiting.filter(due_on__lt=timezone.localdate()) if state == "late" else waiting
