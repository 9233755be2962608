"""What lists of zones, milestones, issues and partnerships are narrowed by, on the page and over the API."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, Concat, Lower
from django.utils.translation import gettext_lazy as _

from disperin.regions.models import District, Regency
from disperin.registers.lists.filters import (
    BoxFilter,
    CodeField,
    CodeFilter,
    DayFilter,
    FigureFilter,
    RecordFilter,
    SearchFilter,
    YesNoFilter,
)
from disperin.registers.lists.listing import BY_NAME, Order
from disperin.registers.record import past
from disperin.registers.record.numbers import NUMBER
from disperin.ui.texts import Text
from industries.filters import KbliCodeFilter
from industries.models import Commodity, Establishment, KbliClass
from zones import rules
from zones.models import Milestone, Partnership, Plot, Zone, ZoneIssue
from zones.models.milestones import MilestoneQuerySet
from zones.models.partnership import PartnershipQuerySet

MOST = 10**9  # of any figure that is asked for
OF_PROJECT = Q(zone__kind=rules.ZoneKind.PROJECT)  # what belongs to a project that is no zone
NOBODY = "-"  # asks for milestones of which nobody is said to be responsible


def _figure(name: str, lookup: str, label: Text) -> FigureFilter:
    return FigureFilter(field_name=name, lookup_expr=lookup, min_value=0, max_value=MOST, label=label)


def _day(lookup: str, label: Text) -> DayFilter:
    return DayFilter(
        field_name="opened_on",
        lookup_expr=lookup,
        label=label,
    )


def _of_project() -> YesNoFilter:
    return YesNoFilter(method=_is_of_project, label=_("of a national project that is no zone"))


def _is_of_project(queryset: QuerySet[Any], _name: str, answer: str) -> QuerySet[Any]:
    """Those of projects that are no zone, or those of zones."""
    return _either(queryset, OF_PROJECT, answer)


class ZoneField(CodeField):
    """A zone by its name in addresses, or by the register number that answers and files have of it."""

    def to_python(self, value: Any) -> Any:
        by_number = self.queryset.filter(number=value).first() if value and NUMBER.fullmatch(str(value)) else None
        return by_number or super().to_python(value)


class OfZone(CodeFilter):
    """What belongs to a zone."""

    field_class = ZoneField


class ZoneFilter(RecordFilter):
    """Filters of the register `zones`."""

    words_of = "zones"
    placed = {"regency": "regency__in", "district": "districts__overlap"}
    orders = (  # unknown counts as nothing: whoever sorts by what is free wants to see what is known to be
        *BY_NAME,
        Order("-free_land", _("Most free land"), Coalesce(F("free_land_ha"), Value(Decimal(0)))),
        Order("-free_power", _("Most free power"), Coalesce(F("free_power_mw"), Value(Decimal(0)))),
    )
    drawn = ("port_within", "free_power", "free_land")

    regency = CodeFilter(queryset=Regency.objects.all(), label=_("regency/city"))
    district = CodeFilter(method="lies_in", queryset=District.objects.all(), label=_("district"))
    kind = django_filters.ChoiceFilter(choices=rules.KINDS_OF_ZONES, empty_label="", label=_("kind of zone"))
    stage = django_filters.ChoiceFilter(choices=rules.ZoneStage.choices, empty_label="", label=_("stage"))
    commodity = CodeFilter(method="is_for", queryset=Commodity.objects.all(), label=_("commodity"))
    port_within = _figure("port_distance_km", "lte", _("Port within (km)"))
    free_power = _figure("free_power_mw", "gte", _("Free power, at least (MW)"))
    free_land = _figure("free_land_ha", "gte", _("Free land, at least (ha)"))
    in_box = BoxFilter(columns=("map_latitude", "map_longitude"), label=_("part of the map"))

    class Meta:
        model = Zone
        fields = [
            "q", "regency", "district", "kind", "stage", "commodity", "port_within", "free_power", "free_land",
            "in_box",
        ]  # fmt: skip

    def lies_in(self, queryset: QuerySet[Any], _name: str, district: District) -> QuerySet[Any]:
        """Those that lie, wholly or in part, in the district."""
        return queryset.filter(districts__contains=[district.pk])

    def is_for(self, queryset: QuerySet[Any], _name: str, commodity: Commodity) -> QuerySet[Any]:
        """Those that name the commodity among theirs."""
        return queryset.filter(commodities__contains=[commodity.pk])


class ProjectFilter(RecordFilter):
    """Filters of the national strategic projects that are no zone."""

    placed = ZoneFilter.placed
    orders = BY_NAME

    regency = CodeFilter(queryset=Regency.objects.all(), label=_("regency/city"))
    stage = django_filters.ChoiceFilter(
        field_name="project_stage", choices=rules.STAGES_OF_PROJECTS, empty_label="", label=_("stage of the project")
    )
    in_box = BoxFilter(columns=("map_latitude", "map_longitude"), label=_("part of the map"))

    class Meta:
        model = Zone
        fields = ["q", "regency", "stage", "in_box"]


class PlotFilter(SearchFilter):
    """Filters of the plots of all zones."""

    searched = "lower_code"
    orders = (Order("id", _("As entered"), F("id")),)

    zone = OfZone(queryset=Zone.objects.all(), to_field_name="slug", label=_("zone"))
    state = django_filters.ChoiceFilter(choices=rules.PlotState.choices, empty_label="", label=_("state"))

    class Meta:
        model = Plot
        fields = ["q", "zone", "state"]


class MilestoneFilter(RecordFilter):
    """Filters of the register `milestones`."""

    words_of = "milestones"
    orders = (*BY_NAME, Order("planned_finish", _("Planned finish"), F("planned_finish")))

    regency = CodeFilter(queryset=Regency.objects.all(), label=_("regency/city"))
    zone = OfZone(queryset=Zone.objects.all(), to_field_name="slug", label=_("zone"))
    state = django_filters.ChoiceFilter(
        method="stands", choices=rules.MilestoneState.choices, empty_label="", label=_("state")
    )
    project = _of_project()

    class Meta:
        model = Milestone
        fields = ["q", "regency", "zone", "state", "project"]

    def stands(self, queryset: MilestoneQuerySet, _name: str, state: str) -> MilestoneQuerySet:
        """Those that stand so today."""
        return queryset.in_state(state, past.today())


class MilestoneDeskFilter(MilestoneFilter):
    """The same for people with an account: of milestones within their reach they may ask who is responsible."""

    responsible = django_filters.CharFilter(method="is_due_from", max_length=150, label=_("responsible"))

    class Meta:
        model = Milestone
        fields = [*MilestoneFilter.Meta.fields, "responsible"]

    def is_due_from(self, queryset: MilestoneQuerySet, _name: str, who: str) -> MilestoneQuerySet:
        """Those of exactly this name; NOBODY asks for those without one."""
        return queryset.within_reach(self.request.user).filter(responsible="" if who == NOBODY else who)


class ZoneIssueFilter(RecordFilter):
    """Filters of the register `issues`, which only those see whose reach includes them."""

    searched = "words"
    words_of = "zones"
    orders = (
        Order("opened_on", _("Open the longest"), F("opened_on")),
        Order("name", _("Zone A–Z"), Lower("zone__name")),
        Order("-name", _("Zone Z–A"), Lower("zone__name")),
        Order("-verified_at", _("Newest versions first"), F("verified_at")),
        Order("-opened_on", _("Opened last"), F("opened_on")),
        Order("due_on", _("Due first"), F("due_on")),
        Order("number", _("Register number"), F("number")),
    )

    regency = CodeFilter(queryset=Regency.objects.all(), label=_("regency/city"))
    zone = OfZone(queryset=Zone.objects.all(), to_field_name="slug", label=_("zone"))
    kind = django_filters.ChoiceFilter(choices=rules.IssueKind.choices, empty_label="", label=_("class of the issue"))
    light = django_filters.ChoiceFilter(choices=rules.Light.choices, empty_label="", label=_("traffic light"))
    state = django_filters.ChoiceFilter(choices=rules.IssueState.choices, empty_label="", label=_("state"))
    agency = django_filters.CharFilter(max_length=150, label=_("agency responsible"))
    open = YesNoFilter(method="is_open", label=_("not settled"))
    project = _of_project()
    overdue = YesNoFilter(method="is_overdue", label=_("overdue"))
    opened_from = _day("gte", _("opened on this day or later"))
    opened_until = _day("lte", _("opened on this day or earlier"))

    class Meta:
        model = ZoneIssue
        fields = [
            "q", "regency", "zone", "kind", "light", "state", "agency", "open", "overdue", "opened_from",
            "opened_until", "project",
        ]  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None = None, queryset: Any = None, **options: Any) -> None:
        """The words that are searched are those of description, agency and zone."""
        issues = ZoneIssue.objects.all() if queryset is None else queryset
        said = ("description", Value(" "), "agency", Value(" "), "zone__name")
        words = Lower(Concat(*said, output_field=TextField()))
        super().__init__(data, issues.alias(words=words), **options)

    def is_open(self, queryset: QuerySet[Any], _name: str, answer: str) -> QuerySet[Any]:
        """Those that are not settled; the same question as `rules.issues.is_open`."""
        return _either(queryset, Q(settled_on=None), answer)

    def is_overdue(self, queryset: QuerySet[Any], _name: str, answer: str) -> QuerySet[Any]:
        """Those that are past their due day and not settled; the same question as `rules.issues.overdue_days`."""
        return _either(queryset, Q(settled_on=None, due_on__isnull=False, due_on__lt=past.today()), answer)


class PartnershipFilter(RecordFilter):
    """Filters of the register `partnerships`: by who takes part and what is supplied, never by how much."""

    searched = "words"
    words_of = "establishments"
    orders = (
        Order("-verified_at", _("Newest versions first"), F("verified_at")),
        Order("verified_at", _("Oldest versions first"), F("verified_at")),
        Order("name", _("Supplier A–Z"), Lower("supplier__name")),
        Order("-name", _("Supplier Z–A"), Lower("supplier__name")),
        Order("number", _("Register number"), F("number")),
    )

    regency = CodeFilter(queryset=Regency.objects.all(), label=_("regency/city"))
    commodity = CodeFilter(queryset=Commodity.objects.all(), label=_("commodity"))
    establishment = CodeFilter(
        method="takes_part", queryset=Establishment.objects.all(), to_field_name="number", label=_("establishment")
    )
    zone = OfZone(method="reaches_zone", queryset=Zone.objects.all(), to_field_name="slug", label=_("zone"))
    kbli = KbliCodeFilter(
        field_name="supplier__kbli", queryset=KbliClass.objects.classes(), label=_("KBLI of the supplier")
    )
    running = YesNoFilter(method="is_running", label=_("goes on"))

    class Meta:
        model = Partnership
        fields = ["q", "regency", "commodity", "establishment", "zone", "kbli", "running"]

    def __init__(self, data: Mapping[str, Any] | None = None, queryset: Any = None, **options: Any) -> None:
        """A record is called by its two sides."""
        super().__init__(data, (Partnership.objects.all() if queryset is None else queryset).described(), **options)

    def takes_part(
        self, queryset: PartnershipQuerySet, _name: str, establishment: Establishment
    ) -> PartnershipQuerySet:
        """Those in which an establishment supplies or buys."""
        return queryset.of_maker(establishment)

    def reaches_zone(self, queryset: PartnershipQuerySet, _name: str, zone: Zone) -> PartnershipQuerySet:
        """Those of the tenants of a zone."""
        return queryset.of_zone(zone)

    def is_running(self, queryset: PartnershipQuerySet, _name: str, answer: str) -> PartnershipQuerySet:
        """Those that go on today, or have ended."""
        today = past.today()
        return queryset.running(today) if answer == "true" else queryset.filter(until__lt=today)


def _either(queryset: QuerySet[Any], condition: Q, answer: str) -> QuerySet[Any]:
    return queryset.filter(condition) if answer == "true" else queryset.exclude(condition)
