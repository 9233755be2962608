"""What the list of inspections is narrowed by, on the page and over the API."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, Concat, Lower
from django.utils.translation import gettext_lazy as _

from disperin.regions.models import Regency
from disperin.registers.lists.filters import CodeFilter, RecordFilter, YesNoFilter
from disperin.registers.lists.listing import Order
from disperin.registers.record import past
from disperin.supervision.models import Inspection, InspectionQuerySet

_SUBJECT = Coalesce(F("establishment__name"), F("zone__name"), output_field=TextField())
STATES = [("planned", _("Planned")), ("visited", _("Visited"))]


class InspectionFilter(RecordFilter):
    """Filters of the register `inspections`, which only those see whose reach includes them."""

    searched = "words"
    words_of = "establishments"
    orders = (
        Order("name", _("Name A–Z"), Lower(_SUBJECT)),
        Order("-name", _("Name Z–A"), Lower(_SUBJECT)),
        Order("-planned_on", _("Newest first"), F("planned_on")),
        Order("planned_on", _("Oldest first"), F("planned_on")),
        Order("-verified_at", _("Newest versions first"), F("verified_at")),
        Order("number", _("Register number"), F("number")),
    )

    regency = CodeFilter(queryset=Regency.objects.all(), label=_("regency/city"))
    state = django_filters.ChoiceFilter(method="in_state", choices=STATES, empty_label="", label=_("state"))
    open = YesNoFilter(method="is_open", label=_("with an open finding"))
    late = YesNoFilter(method="is_late", label=_("with a follow-up past its due day"))
    escalated = YesNoFilter(method="is_escalated", label=_("before the head of the office"))

    class Meta:
        model = Inspection
        fields = ["q", "regency", "state", "open", "late", "escalated"]

    def __init__(self, data: Mapping[str, Any] | None = None, queryset: Any = None, **options: Any) -> None:
        """The words that are searched are those of the maker or zone, of who went there and what was seen."""
        inspections = Inspection.objects.all() if queryset is None else queryset
        said = (_SUBJECT, Value(" "), F("inspectors"), Value(" "), F("summary"))
        super().__init__(data, inspections.alias(words=Lower(Concat(*said, output_field=TextField()))), **options)

    def in_state(self, queryset: InspectionQuerySet, _name: str, state: str) -> QuerySet[Any]:
        """Those that are planned, or visited."""
        return queryset.filter(visited_on__isnull=state == "planned")

    def is_open(self, queryset: InspectionQuerySet, _name: str, answer: str) -> QuerySet[Any]:
        """Those with a finding that is open."""
        return _either(queryset, queryset.with_open_findings(), answer)

    def is_late(self, queryset: InspectionQuerySet, _name: str, answer: str) -> QuerySet[Any]:
        """Those with an open follow-up past its due day."""
        return _either(queryset, queryset.with_follow_up_before(past.today()), answer)

    def is_escalated(self, queryset: InspectionQuerySet, _name: str, answer: str) -> QuerySet[Any]:
        """Those with a follow-up that has risen to the head; none while the office has set no days."""
        return _either(queryset, queryset.escalated(past.today()), answer)


def _either(queryset: QuerySet[Any], matched: QuerySet[Any], answer: str) -> QuerySet[Any]:
    return matched if answer == "true" else queryset.exclude(Q(pk__in=matched.order_by().values("pk")))
