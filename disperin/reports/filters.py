"""What the list of quarterly reports is narrowed by, on the page and over the API."""

from typing import Any

import django_filters
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from disperin.regions.models import Regency
from disperin.registers.lists.filters import CodeFilter, FigureFilter, RecordFilter
from disperin.registers.lists.listing import Order
from disperin.registers.record import past
from disperin.reports import rules
from disperin.reports.models import FilingStep, QuarterlyReport, QuarterlyReportQuerySet
from disperin.reports.models.report import FIRST_YEAR, LAST_YEAR
from industries.models import Establishment

NOWHERE = "-"  # a report that was not entered in SIINas


class QuarterlyReportFilter(RecordFilter):
    """Filters of the register `reports`, which only those see whose reach includes them."""

    searched = "establishment__search_text"
    words_of = "establishments"
    orders = (
        Order("-verified_at", _("Newest versions first"), F("verified_at")),
        Order("name", _("Name A–Z"), Lower("establishment__name")),
        Order("-name", _("Name Z–A"), Lower("establishment__name")),
        Order("number", _("Register number"), F("number")),
    )

    regency = CodeFilter(queryset=Regency.objects.all(), label=_("regency/city"))
    year = FigureFilter(min_value=FIRST_YEAR, max_value=LAST_YEAR, label=_("year"))
    quarter = django_filters.ChoiceFilter(choices=rules.Period, empty_label="", label=_("quarter"))
    group = django_filters.ChoiceFilter(choices=rules.Group, empty_label="", label=_("form"))
    stage = django_filters.ChoiceFilter(choices=rules.Stage, empty_label="", label=_("stage"))
    siinas = django_filters.ChoiceFilter(
        method="filed",
        choices=[(NOWHERE, _("Not entered in SIINas")), *rules.State.choices],
        empty_label="",
        label=_("state in SIINas"),
    )
    establishment = CodeFilter(queryset=Establishment.objects.all(), to_field_name="number", label=_("establishment"))

    class Meta:
        model = QuarterlyReport
        fields = ["q", "regency", "year", "quarter", "group", "stage", "siinas", "establishment"]

    def filed(self, queryset: QuarterlyReportQuerySet, _name: str, state: str) -> QuerySet[Any]:
        """Those in a state in SIINas, or that it does not hold."""
        wanted = None if state == NOWHERE else state
        if day := past.day():
            stood = FilingStep.objects.standing_at(past.end_of(day)).filter(report=OuterRef("pk"))
            return queryset.annotate(stood=Subquery(stood.values("state")[:1])).filter(stood=wanted)
        return queryset.filter(filing__state=wanted)
