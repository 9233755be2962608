"""Regions over the API: regencies, districts and villages by their Kemendagri codes. They change once in years."""

import re
from typing import Any

import django_filters
from django.db.models import F, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from disperin.regions.models import District, Regency, Village
from disperin.registers.api.serializers import LinkField, RowSerializer, text_of
from disperin.registers.api.viewsets import ReadingViewSet
from disperin.registers.lists.filters import CodeFilter, SearchFilter
from disperin.registers.lists.listing import Order

HALF_A_DAY = 12 * 60 * 60


def _degrees(**options: Any) -> serializers.FloatField:
    return serializers.FloatField(read_only=True, help_text="Degrees (WGS 84) of a point of reference.", **options)


class RegencySerializer(RowSerializer):
    """A kabupaten or kota."""

    url = LinkField("regency-detail", source="code")
    area_km2 = serializers.FloatField(read_only=True)
    latitude, longitude = _degrees(), _degrees()

    class Meta:
        model = Regency
        fields = ["code", "url", "name", "kind", "capital", "area_km2", "population", "latitude", "longitude"]


class DistrictSerializer(RowSerializer):
    """A kecamatan."""

    url = LinkField("district-detail", source="code")
    regency_name = text_of("regency.name")
    latitude, longitude = _degrees(allow_null=True), _degrees(allow_null=True)

    class Meta:
        model = District
        fields = ["code", "url", "name", "regency", "regency_name", "latitude", "longitude"]


class VillageSerializer(RowSerializer):
    """A desa or kelurahan."""

    url = LinkField("village-detail", source="code")
    district_name = text_of("district.name")
    regency_name = text_of("regency.name")
    latitude, longitude = _degrees(allow_null=True), _degrees(allow_null=True)

    class Meta:
        model = Village
        fields = [
            "code", "url", "name", "kind", "district", "district_name", "regency", "regency_name", "latitude",
            "longitude",
        ]  # fmt: skip


class PlaceFilter(SearchFilter):
    """Places by part of their name."""

    searched = "lower_name"
    orders = (Order("code", _("Code"), F("code")),)


class RegencyFilter(PlaceFilter):
    """Filters of the regencies."""

    kind = django_filters.ChoiceFilter(choices=Regency.Kind.choices, empty_label="", label=_("kind"))

    class Meta:
        model = Regency
        fields = ["q", "kind"]


class DistrictFilter(PlaceFilter):
    """Filters of the districts."""

    regency = CodeFilter(queryset=Regency.objects.all(), label=_("regency/city"))

    class Meta:
        model = District
        fields = ["q", "regency"]


class VillageFilter(PlaceFilter):
    """Filters of the villages."""

    regency = CodeFilter(queryset=Regency.objects.all(), label=_("regency/city"))
    district = CodeFilter(queryset=District.objects.all(), label=_("district"))
    kind = django_filters.ChoiceFilter(choices=Village.Kind.choices, empty_label="", label=_("kind"))

    class Meta:
        model = Village
        fields = ["q", "regency", "district", "kind"]


class PlaceViewSet(ReadingViewSet):
    """Places of one kind."""

    reads = ("reference",)
    max_age = HALF_A_DAY
    lookup_field = "code"
    lookup_pattern = re.compile(r"[0-9.]{5,13}")

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().alias(lower_name=Lower("name"))


class RegencyViewSet(PlaceViewSet):
    """The kabupaten and kota of the province, by code (`PP.RR`)."""

    serializer_class = row_serializer_class = RegencySerializer
    filterset_class = RegencyFilter


class DistrictViewSet(PlaceViewSet):
    """The kecamatan, by code (`PP.RR.DD`)."""

    serializer_class = row_serializer_class = DistrictSerializer
    filterset_class = DistrictFilter


class VillageViewSet(PlaceViewSet):
    """The desa and kelurahan, by code (`PP.RR.DD.VVVV`)."""

    serializer_class = row_serializer_class = VillageSerializer
    filterset_class = VillageFilter
