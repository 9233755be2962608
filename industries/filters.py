"""What lists of establishments, products and clusters are narrowed by, on the page and over the API: public fields."""

import datetime
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar

import django_filters
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from disperin.regions.models import District, Regency, Village
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
from disperin.tasks.filters import OF_EVERY_TASK, TaskFilter
from industries import rules
from industries.models import (
    Cluster,
    Commodity,
    Establishment,
    GreenCertification,
    HalalCertification,
    HalalCover,
    HalalTask,
    KbliClass,
    KbliVersion,
    Product,
    Quality,
    kbli_words,
)
from industries.models.green import GreenQuerySet
from industries.models.kbli_word import KbliSuggestion
from industries.models.quality import fix_choices

AT_MAKER = {"regency": "regency__in", "district": "establishment__district__in"}  # of what lies where its maker lies
# A certificate has no name of its own: it is found under that of its maker.
BY_MAKER = (
    Order("-verified_at", _("Newest versions first"), F("verified_at")),
    Order("verified_at", _("Oldest versions first"), F("verified_at")),
    Order("name", _("Name A–Z"), Lower("establishment__name")),
    Order("-name", _("Name Z–A"), Lower("establishment__name")),
    Order("number", _("Register number"), F("number")),
)


class KbliReference(CodeField):
    """A KBLI class or group by its key `2020-13134`, or by its digits alone."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip().isdecimal():
            value = KbliVersion.key_of(value.strip())
        return super().to_python(value)


class KbliCodeFilter(CodeFilter):
    """By key or digits."""

    field_class = KbliReference


class EstablishmentFilter(RecordFilter):
    """Filters of the register `establishments`."""

    words_of = "establishments"
    worded = "search_text"
    placed = {"regency": "regency__in", "district": "district__in"}

    regency = CodeFilter(queryset=Regency.objects.all(), label=_("regency/city"))
    district = CodeFilter(queryset=District.objects.all(), label=_("district"))
    village = CodeFilter(queryset=Village.objects.all(), label=_("village"))
    branch = django_filters.ChoiceFilter(choices=rules.Branch.choices, empty_label="", label=_("branch of industry"))
    kbli = KbliCodeFilter(queryset=KbliClass.objects.classes(), label=_("KBLI"))
    kbli_group = KbliCodeFilter(queryset=KbliClass.objects.filter(level=3), label=_("KBLI group"))
    kbli_division = KbliCodeFilter(
        method="in_division", queryset=KbliClass.objects.filter(level=2), label=_("KBLI division (two digits)")
    )
    industry_scale = django_filters.ChoiceFilter(
        choices=rules.IndustryScale.choices, empty_label="", label=_("scale of the industry")
    )
    commodity = CodeFilter(method="makes", queryset=Commodity.objects.all(), label=_("commodity"))
    cluster = CodeFilter(queryset=Cluster.objects.all(), to_field_name="number", label=_("cluster"))
    activity = django_filters.ChoiceFilter(choices=rules.Activity.choices, empty_label="", label=_("activity"))
    has_photo = YesNoFilter(method="shows", label=_("with a photograph"))
    green_on = DayFilter(method="is_green_on", label=_("green-industry certificate valid on"))
    in_box = BoxFilter(columns=("public_latitude", "public_longitude"), label=_("part of the map"))

    class Meta:
        model = Establishment
        fields = [
            "q", "regency", "district", "village", "branch", "kbli", "kbli_group", "kbli_division", "industry_scale",
            "commodity", "cluster", "activity", "has_photo", "green_on", "in_box",
        ]  # fmt: skip

    def in_division(self, queryset: QuerySet[Any], _name: str, division: KbliClass) -> QuerySet[Any]:
        """Those whose class begins with these two digits."""
        return queryset.filter(kbli__key__startswith=division.pk)

    def is_green_on(self, queryset: QuerySet[Any], _name: str, day: datetime.date) -> QuerySet[Any]:
        """Those with a shown certificate that is valid on a day, each once."""
        certified = GreenCertification.objects.current().valid_on(day).order_by()
        return queryset.filter(pk__in=certified.values("establishment"))

    def makes(self, queryset: QuerySet[Any], _name: str, commodity: Commodity) -> QuerySet[Any]:
        """Those that name the commodity among theirs."""
        return queryset.filter(commodities__contains=[commodity.pk])

    def shows(self, queryset: QuerySet[Any], name: str, answer: str) -> QuerySet[Any]:
        """Those with, or without, a photograph."""
        return queryset.filter(photo__isnull=answer == "false")


class ServiceFilter(RecordFilter):
    """Filters of industry services: records of the register `establishments` that stand apart from its makers."""

    words_of = "establishments"
    worded = "search_text"
    placed = {"regency": "regency__in", "district": "district__in"}

    regency = CodeFilter(queryset=Regency.objects.all(), label=_("regency/city"))
    kbli = KbliCodeFilter(queryset=KbliClass.objects.classes(), label=_("KBLI"))
    activity = django_filters.ChoiceFilter(choices=rules.Activity.choices, empty_label="", label=_("activity"))
    in_box = BoxFilter(columns=("public_latitude", "public_longitude"), label=_("part of the map"))

    class Meta:
        model = Establishment
        fields = ["q", "regency", "kbli", "activity", "in_box"]


class ProductFilter(SearchFilter):
    """Filters of all products: they are parts of establishments and follow these in place and closing."""

    searched = "lower_name"
    worded = "name"
    words_of = "establishments"
    placed = {"regency": "establishment__regency__in", "district": "establishment__district__in"}
    orders: ClassVar[tuple[Order, ...]] = BY_NAME[:2]

    establishment = CodeFilter(queryset=Establishment.objects.all(), to_field_name="number", label=_("establishment"))
    regency = CodeFilter(field_name="establishment__regency", queryset=Regency.objects.all(), label=_("regency/city"))
    halal_category = django_filters.ChoiceFilter(
        choices=rules.HalalCategory.choices, empty_label="", label=_("halal category")
    )
    animal_origin = django_filters.ChoiceFilter(
        method="answered",
        choices=[*rules.YesNo.choices, ("not_asked", _("Not asked"))],
        empty_label="",
        label=_("contains animal parts"),
    )
    exempt = YesNoFilter(method="is_exempt", label=_("not halal (exempt)"))
    commodity = CodeFilter(method="is_of", queryset=Commodity.objects.all(), label=_("commodity"))
    halal = django_filters.ChoiceFilter(
        method="is_certified", choices=[("true", _("certified"))], empty_label="", label=_("halal")
    )
    kbli = KbliCodeFilter(queryset=KbliClass.objects.classes(), label=_("KBLI"))
    active = YesNoFilter(method="is_made", label=_("still made"))
    has_photo = YesNoFilter(method="shows", label=_("with a photograph"))

    class Meta:
        model = Product
        fields = [
            "q", "establishment", "regency", "halal_category", "animal_origin", "exempt", "commodity", "halal", "kbli",
            "active", "has_photo",
        ]  # fmt: skip

    def is_of(self, queryset: QuerySet[Any], _name: str, commodity: Commodity) -> QuerySet[Any]:
        """Those of makers that name the commodity among theirs."""
        return queryset.filter(establishment__commodities__contains=[commodity.pk])

    def is_certified(self, queryset: QuerySet[Any], _name: str, _answer: str) -> QuerySet[Any]:
        """Those that a certificate covers today."""
        return queryset.filter(pk__in=HalalCover.objects.running(past.today()).values("product"))

    def answered(self, queryset: QuerySet[Any], name: str, answer: str) -> QuerySet[Any]:
        """Consumer goods of which this was answered, or not asked yet."""
        goods = queryset.filter(halal_category=rules.HalalCategory.USED_GOODS)
        return goods.filter(**{name: "" if answer == "not_asked" else answer})

    def is_exempt(self, queryset: QuerySet[Any], name: str, answer: str) -> QuerySet[Any]:
        """Those made of forbidden material, or all others."""
        return queryset.filter(forbidden_material="") if answer == "false" else queryset.exclude(forbidden_material="")

    def is_made(self, queryset: QuerySet[Any], name: str, answer: str) -> QuerySet[Any]:
        """Those still made, or no longer."""
        return queryset.filter(active=answer == "true")

    def shows(self, queryset: QuerySet[Any], name: str, answer: str) -> QuerySet[Any]:
        """Those with, or without, a photograph."""
        return queryset.filter(photo__isnull=answer == "false")


class ClusterFilter(RecordFilter):
    """Filters of the register `clusters`."""

    words_of = "clusters"
    placed = {"regency": "regency__in", "district": "village__district__in"}

    regency = CodeFilter(queryset=Regency.objects.all(), label=_("regency/city"))
    village = CodeFilter(queryset=Village.objects.all(), label=_("village"))
    commodity = CodeFilter(queryset=Commodity.objects.all(), label=_("commodity"))
    status = django_filters.ChoiceFilter(choices=rules.ClusterStatus.choices, empty_label="", label=_("status"))

    class Meta:
        model = Cluster
        fields = ["q", "regency", "village", "commodity", "status"]


class HalalCertificationFilter(RecordFilter):
    """Filters of the register `halal`: by what certificate and maker say publicly."""

    searched = "establishment__search_text"
    words_of = "establishments"
    placed = AT_MAKER
    orders = BY_MAKER

    regency = CodeFilter(queryset=Regency.objects.all(), label=_("regency/city"))
    scheme = django_filters.ChoiceFilter(choices=rules.HalalScheme.choices, empty_label="", label=_("scheme"))
    establishment = CodeFilter(queryset=Establishment.objects.all(), to_field_name="number", label=_("establishment"))

    class Meta:
        model = HalalCertification
        fields = ["q", "regency", "scheme", "establishment"]

    def search(self, queryset: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        """By the certificate number, or by words of the maker and its products."""
        number = "".join(text.split()).upper()
        if number.removeprefix("ID").isdecimal():
            whole = number if number.startswith("ID") else f"ID{number}"
            return queryset.filter(Q(certificate_number=whole) | Q(certificate_number__endswith=number))
        return super().search(queryset, _name, text)


class GreenCertificationFilter(RecordFilter):
    """Filters of the register `green`: by what certificate and maker say publicly."""

    searched = "establishment__search_text"
    words_of = "establishments"
    placed = AT_MAKER
    orders = BY_MAKER

    regency = CodeFilter(queryset=Regency.objects.all(), label=_("regency/city"))
    establishment = CodeFilter(queryset=Establishment.objects.all(), to_field_name="number", label=_("establishment"))
    standard_number = django_filters.CharFilter(label=_("number of the standard"), max_length=24)
    valid_on = DayFilter(
        method="holds_on",
        label=_("valid on"),
    )

    class Meta:
        model = GreenCertification
        fields = ["q", "regency", "establishment", "standard_number", "valid_on"]

    def holds_on(self, queryset: GreenQuerySet, _name: str, day: datetime.date) -> QuerySet[Any]:
        """Those that are valid on a day."""
        return queryset.valid_on(day)

    def search(self, queryset: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        """By the number of certificate or standard, or by words of the maker and its products."""
        by_number = Q(certificate_number__iexact=text.strip()) | Q(standard_number__icontains=text.strip())
        return queryset.filter(by_number | Q(pk__in=super().search(queryset, _name, text).values("pk")))


class KbliFilter(SearchFilter):
    """Filters of the classification itself."""

    searched = "lower_title"
    meant: Mapping[str, KbliSuggestion] = MappingProxyType({})  # by key, what everyday words of `q` may mean
    orders = (Order("key", _("Code"), F("key")),)

    version = FigureFilter(label=_("version"), min_value=2000, max_value=2100)
    level = FigureFilter(label=_("digits"), min_value=1, max_value=5)
    parent = KbliCodeFilter(queryset=KbliClass.objects.all(), label=_("above"))

    class Meta:
        model = KbliClass
        fields = ["q", "version", "level", "parent"]

    def search(self, queryset: QuerySet[Any], name: str, text: str) -> QuerySet[Any]:
        """By the beginning of the code; or by everyday words, then by words of the title.

        `meant` keeps the classes that everyday words may mean, and `fit` is their place, after which all others stand.
        """
        if text.strip().isdecimal():
            return queryset.filter(code__startswith=text.strip())
        version = self.form.cleaned_data.get("version")
        self.meant = {
            suggestion.kbli.key: suggestion for suggestion in kbli_words(version and int(version)).suggested_for(text)
        }
        places = [When(key=key, then=Value(at)) for at, key in enumerate(self.meant)]
        fit = Case(*places, default=Value(len(places)), output_field=IntegerField())
        titled = super().search(queryset, name, text).values("pk")
        return queryset.filter(Q(key__in=self.meant) | Q(key__in=titled)).alias(fit=fit)

    def similar(self) -> None:
        """Not tried: codes are looked up, not browsed."""
        return None


class QualityFilter(django_filters.FilterSet):
    """What the list of data that can be better is narrowed by; inside only."""

    regency = CodeFilter(queryset=Regency.objects.all(), label=_("Regency/city"))
    fix = django_filters.ChoiceFilter(choices=fix_choices, label=_("Best next fix"), empty_label="")
    most = FigureFilter(field_name="score", lookup_expr="lte", label=_("Score at most"), min_value=0, max_value=100)

    class Meta:
        model = Quality
        fields: ClassVar[list[str]] = []


class HalalTaskFilter(TaskFilter):
    """As of every task, and by the product or its maker."""

    product = django_filters.CharFilter(
        method="about", max_length=40, label=_("Product"), help_text="Its number, or its key."
    )
    establishment = django_filters.CharFilter(
        field_name="product__establishment__number", max_length=20, label=_("Establishment")
    )

    class Meta:
        model = HalalTask
        fields = [*OF_EVERY_TASK, "product", "establishment"]

    def about(self, queryset: QuerySet[Any], _name: str, name: str) -> QuerySet[Any]:
        """Tasks about the product of this number or key; none for what can be neither."""
        return queryset.filter(product__in=Product.objects.named([name]))
