"""What the list of indicators is narrowed by, on the page and over the API."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from disperin.planning.models import Indicator
from disperin.planning.rules import indicators as rules
from disperin.regions.models import Regency
from disperin.registers.lists.filters import CodeFilter, RecordFilter
from disperin.registers.lists.listing import BY_NAME
from disperin.units.models import Unit

PLANS = {"rpip": _("RPIP"), "rpjmd_mission": _("RPJMD"), "goal": _("Renstra"), "asta_cita": _("Asta Cita")}


class IndicatorFilter(RecordFilter):
    """Filters of the register `indicators`, which only those read who have an account."""

    words_of = "indicators"
    orders = BY_NAME

    regency = CodeFilter(queryset=Regency.objects.all(), label=_("regency/city"))
    level = django_filters.ChoiceFilter(choices=rules.Level, empty_label="", label=_("level"))
    kind = django_filters.ChoiceFilter(choices=rules.Kind, empty_label="", label=_("kind of indicator"))
    unit = CodeFilter(queryset=Unit.objects.all(), label=_("responsible unit"))
    serves = django_filters.ChoiceFilter(
        method="is_of_plan", choices=list(PLANS.items()), empty_label="", label=_("serves")
    )

    class Meta:
        model = Indicator
        fields = ["q", "regency", "level", "kind", "unit", "serves"]

    def is_of_plan(self, queryset: QuerySet[Any], _name: str, plan: str) -> QuerySet[Any]:
        """Those that say what of a plan they serve."""
        return queryset.exclude(**{plan: ""})
