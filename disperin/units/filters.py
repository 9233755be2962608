"""What lists are narrowed by units with, and what the list of units is narrowed by."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from disperin.regions.models import Regency
from disperin.registers.lists.filters import CodeFilter
from disperin.registers.record import past
from disperin.units.models import Unit, UnitQuerySet

STATES = [("standing", _("Stands today")), ("over", _("Over, or not yet"))]


def names(_active: Mapping[str, Any]) -> QuerySet[Unit]:
    """The units with their names, for a facet."""
    return Unit.objects.annotate(label=F("name"))


class UnitFilter(django_filters.FilterSet):
    """Narrows the list of units; of offices of other regencies an officer is not asked."""

    regency = CodeFilter(queryset=Regency.objects.all(), label=_("Regency/city"), widget=forms.Select)
    state = django_filters.ChoiceFilter(method="in_state", choices=STATES, empty_label=_("All"), label=_("State"))

    class Meta:
        model = Unit
        fields = ["regency", "state"]

    def in_state(self, queryset: UnitQuerySet, _name: str, state: str) -> QuerySet[Unit]:
        """Those that stand on the day that is read, or the others."""
        standing = queryset.standing(past.today())
        return standing if state == "standing" else queryset.exclude(pk__in=standing.values("pk"))
