"""What lists of awards and nominations are narrowed by, on the page and over the API. Stars only by their grade."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, TextChoices, Value, When
from django.db.models.functions import Concat, Lower
from django.utils.translation import gettext_lazy as _

from disperin.regions.models import Regency
from disperin.registers.lists.filters import BoxFilter, CodeFilter, RecordFilter
from disperin.registers.lists.listing import Order
from disperin.registers.lists.understood import Term
from disperin.registers.record import past, reference
from industries.filters import AT_MAKER, ProductFilter
from industries.models import Cluster, Establishment, HalalCover
from ovop import rules
from ovop.models import Award, AwardRound, CommodityGroup, Grade, Nomination, Scheme
from ovop.models.award import AwardQuerySet
from ovop.models.nomination import NominationQuerySet

_WITHOUT_PHOTO = Case(When(photo=None, then=Value("1")), default=Value("0"))  # as the index `product_gallery` has it


class StarredProductFilter(ProductFilter):
    """Filters of the list of products, where their stars are known; photographs come first."""

    orders = (
        Order("photo", _("With a photograph first"), Concat(_WITHOUT_PHOTO, Lower("name"))),
        *ProductFilter.orders,
    )

    starred = django_filters.ChoiceFilter(
        method="has_stars", choices=[("true", _("with stars"))], empty_label="", label=_("OVOP stars")
    )

    class Meta(ProductFilter.Meta):
        fields = [*ProductFilter.Meta.fields, "starred"]

    def has_stars(self, queryset: QuerySet[Any], _name: str, _answer: str) -> QuerySet[Any]:
        """Those with a star that stands today."""
        return queryset.filter(pk__in=Award.objects.standing(past.today()).values("product"))


class OfProductFilter(RecordFilter):
    """What awards and nominations are narrowed by: both speak of the product of a maker."""

    searched = "establishment__search_text"  # its products, cluster and village are in it
    words_of = "establishments"
    placed = AT_MAKER
    orders = (  # by name or by newness; never by stars, which mean something else in every scheme
        Order("name", _("Name A–Z"), Lower("product__name")),
        Order("-name", _("Name Z–A"), Lower("product__name")),
        Order("-verified_at", _("Newest versions first"), F("verified_at")),
        Order("verified_at", _("Oldest versions first"), F("verified_at")),
        Order("number", _("Register number"), F("number")),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, queryset: Any = None, **options: Any) -> None:
        """A record is called what its product is called."""
        super().__init__(
            data, (self._meta.model.objects.all() if queryset is None else queryset).described(), **options
        )

    def ways(self, term: Term, *, whole: bool = False) -> list[Q]:
        """By words of the maker and what it makes, of its cluster and village, or of the commodity group."""
        groups = reference.Tables().table(CommodityGroup).values()
        named = [group.pk for group in groups if term.held_in(f"{group.name_id} {group.name_en}".lower())]
        return [*super().ways(term, whole=whole), *([Q(group__in=named)] if named else [])]


class AwardFilter(OfProductFilter):
    """Filters of the register `awards`."""

    regency = CodeFilter(queryset=Regency.objects.all(), label=_("regency/city"))
    group = CodeFilter(queryset=CommodityGroup.objects.all(), label=_("commodity group"))
    grade = CodeFilter(queryset=Grade.objects.select_related("scheme"), label=_("stars within the scheme"))
    scheme = CodeFilter(field_name="grade__scheme", queryset=Scheme.objects.all(), label=_("scheme"))
    round = CodeFilter(queryset=AwardRound.objects.select_related("scheme"), label=_("round"))
    state = django_filters.ChoiceFilter(
        method="in_state", choices=rules.AwardState.choices, empty_label="", label=_("state")
    )
    establishment = CodeFilter(queryset=Establishment.objects.all(), to_field_name="number", label=_("maker"))
    cluster = CodeFilter(
        field_name="establishment__cluster", queryset=Cluster.objects.all(), to_field_name="number", label=_("cluster")
    )
    halal = django_filters.ChoiceFilter(
        method="is_certified", choices=[("true", _("certified"))], empty_label="", label=_("halal")
    )
    in_box = BoxFilter(
        columns=("establishment__public_latitude", "establishment__public_longitude"), label=_("part of the map")
    )

    class Meta:
        model = Award
        fields = [
            "q",
            "regency",
            "group",
            "grade",
            "scheme",
            "round",
            "state",
            "establishment",
            "cluster",
            "halal",
            "in_box",
        ]

    def in_state(self, queryset: AwardQuerySet, _name: str, state: str) -> AwardQuerySet:
        """Those whose stars are in this state today: one whose last day has passed has ended."""
        return queryset.with_state(past.today()).filter(stands=state)

    def is_certified(self, queryset: QuerySet[Any], _name: str, _answer: str) -> QuerySet[Any]:
        """Those whose product is under a halal certificate today. Nobody is listed for having none."""
        covers = HalalCover.objects.running(past.today()).filter(product=OuterRef("product"))
        return queryset.filter(Exists(covers))


class Awaited(TextChoices):
    """What a nomination may wait for."""

    PAPERS = "papers", _("papers of the checklist")
    ASSESSMENT = "assessment", _("your assessment")


class NominationFilter(OfProductFilter):
    """Filters of the register `nominations`, which only the office reads."""

    regency = CodeFilter(queryset=Regency.objects.all(), label=_("regency/city"))
    group = CodeFilter(queryset=CommodityGroup.objects.all(), label=_("commodity group"))
    round = CodeFilter(queryset=AwardRound.objects.select_related("scheme"), label=_("round"))
    stage = django_filters.ChoiceFilter(choices=rules.Stage.choices, empty_label="", label=_("stage"))
    result = django_filters.ChoiceFilter(choices=rules.Result.choices, empty_label="", label=_("result"))
    establishment = CodeFilter(queryset=Establishment.objects.all(), to_field_name="number", label=_("maker"))
    awaits = django_filters.ChoiceFilter(
        method="waits_for", choices=Awaited.choices, empty_label="", label=_("waits for")
    )

    class Meta:
        model = Nomination
        fields = ["q", "regency", "group", "round", "stage", "result", "establishment", "awaits"]

    def __init__(self, data: Mapping[str, Any] | None = None, queryset: Any = None, **options: Any) -> None:
        """As of OfProductFilter; lists also say how many assessments are in."""
        nominations = Nomination.objects.all() if queryset is None else queryset
        super().__init__(data, nominations.assessed(), **options)

    def waits_for(self, queryset: NominationQuerySet, _name: str, what: str) -> NominationQuerySet:
        """Those that lack papers today, or that the person at the screen can assess."""
        if what == Awaited.PAPERS:
            return queryset.lacking_papers(past.today())
        return queryset.to_assess_by(self.request.user) if self.request.user.can_decide else queryset.none()
