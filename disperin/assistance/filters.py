"""What lists of assistance are narrowed by, on the page and over the API."""

from typing import Any

import django_filters
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from disperin.assistance import rules
from disperin.assistance.models import Assistance, Beneficiary
from disperin.assistance.models.event import FIRST_YEAR, LAST_YEAR, AssistanceQuerySet
from disperin.regions.models import Regency
from disperin.registers.lists.filters import CodeFilter, FigureFilter, RecordFilter
from disperin.registers.lists.listing import BY_NAME, Order
from industries.models import Cluster, Establishment
from industries.rules import SourceOfFunds

NO_CODE = "-"
AWAITED = [("6", _("after 6 months")), ("12", _("after 12 months")), ("report", _("file of the hand-over report"))]


class AssistanceFilter(RecordFilter):
    """Filters of the register `assistance`, which only those read whose reach includes it."""

    words_of = "assistance"
    orders = (
        Order("-year", _("Newest budget year first"), F("year")),
        Order("year", _("Oldest budget year first"), F("year")),
        *BY_NAME,
    )

    regency = CodeFilter(queryset=Regency.objects.all(), label=_("regency/city"))
    kind = django_filters.ChoiceFilter(choices=rules.Kind, empty_label="", label=_("kind of assistance"))
    funds = django_filters.ChoiceFilter(choices=SourceOfFunds, empty_label="", label=_("source of funds"))
    state = django_filters.ChoiceFilter(choices=rules.State, empty_label="", label=_("state"))
    year = FigureFilter(min_value=FIRST_YEAR, max_value=LAST_YEAR, label=_("budget year"))
    sub_activity = django_filters.CharFilter(method="coded", max_length=30, label=_("code of the sub-activity"))
    establishment = CodeFilter(
        method="went_to", queryset=Establishment.objects.all(), to_field_name="number", label=_("establishment")
    )
    cluster = CodeFilter(method="went_to", queryset=Cluster.objects.all(), to_field_name="number", label=_("cluster"))
    awaits = django_filters.ChoiceFilter(method="lacks", choices=AWAITED, empty_label="", label=_("still missing"))

    class Meta:
        model = Assistance
        fields = [
            "q", "regency", "kind", "funds", "state", "year", "sub_activity", "establishment", "cluster", "awaits",
        ]  # fmt: skip

    def coded(self, queryset: QuerySet[Any], _name: str, code: str) -> QuerySet[Any]:
        """Those of a sub-activity; NO_CODE asks for those that name none."""
        return queryset.filter(sub_activity_code="" if code == NO_CODE else code)

    def went_to(self, queryset: QuerySet[Any], name: str, beneficiary: Establishment | Cluster) -> QuerySet[Any]:
        """Those of which this maker or cluster is a beneficiary."""
        rows = Beneficiary.objects.filter(assistance=OuterRef("pk"), closed_on=None, **{name: beneficiary})
        return queryset.filter(Exists(rows))

    def lacks(self, queryset: AssistanceQuerySet, _name: str, what: str) -> AssistanceQuerySet:
        """Those handed over that lack a result after so many months, or the file of the hand-over report."""
        return queryset.without_report() if what == "report" else queryset.awaiting_result(int(what))
