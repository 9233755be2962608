"""Establishments, products, clusters and the classification over the API."""

import datetime
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from disperin.accounts.requests import UserApiRequest
from disperin.regions.reach import reaches, reaches_regency
from disperin.registers.api.places import HALF_A_DAY
from disperin.registers.api.serializers import inside_of_part, plain
from disperin.registers.api.viewsets import ReadingViewSet, RecordViewSet
from disperin.registers.lists.listing import Order
from disperin.registers.record import past
from disperin.registers.record.numbers import NUMBER
from disperin.tasks.api import TaskViewSet, all_named
from industries import actions, rules
from industries.filters import (
    ClusterFilter,
    EstablishmentFilter,
    GreenCertificationFilter,
    HalalCertificationFilter,
    HalalTaskFilter,
    KbliFilter,
    ProductFilter,
    ServiceFilter,
)
from industries.models import (
    HalalTask,
    KbliClass,
    Product,
    halal_path,
    halal_statuses,
)
from industries.serializers import (
    ClusterRowSerializer,
    ClusterSerializer,
    EstablishmentRowSerializer,
    EstablishmentSerializer,
    GreenRowSerializer,
    GreenSerializer,
    HalalAssignmentSerializer,
    HalalRowSerializer,
    HalalSerializer,
    HalalStatusSerializer,
    HalalTaskSerializer,
    KbliRowSerializer,
    KbliSerializer,
    ProductRowSerializer,
    ProductSerializer,
    ServiceRowSerializer,
    ServiceSerializer,
)

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class EstablishmentViewSet(RecordViewSet):
    """Small industries: places of production as verified last. Lists show those that are not closed."""

    reads = ("establishments", "clusters", "green", "reference")  # they are narrowed by the certificates that they hold
    filterset_class = EstablishmentFilter
    row_serializer_class = EstablishmentRowSerializer
    serializer_class = EstablishmentSerializer


class ServiceViewSet(RecordViewSet):
    """Industry services: places whose main class lies beyond KBLI section C. No list or figure of makers holds them."""

    filterset_class = ServiceFilter
    row_serializer_class = ServiceRowSerializer
    serializer_class = ServiceSerializer

    def get_queryset(self) -> QuerySet[Any]:
        """As of every register, of those that stand apart."""
        return self.apart_from_the_register()


_NAMED = OpenApiParameter("key", OpenApiTypes.STR, OpenApiParameter.PATH, description="Its key, or its number.")


@extend_schema_view(retrieve=extend_schema(parameters=[_NAMED]))
class ProductViewSet(ReadingViewSet):
    """What the establishments make, each by its lasting key or number."""

    reads = ("establishments", "clusters", "halal", "reference")
    knows_as_of = True
    filterset_class = ProductFilter
    row_serializer_class = ProductRowSerializer
    serializer_class = ProductSerializer
    lookup_field = "key"
    lookup_pattern = re.compile(rf"{NUMBER.pattern}|[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}")

    def get_queryset(self) -> QuerySet[Any]:
        """Lists show products of open establishments; any other keeps its address, unless it is hidden."""
        products = Product.objects.filter(hidden=False, establishment__hidden=False).alias(lower_name=Lower("name"))
        return products.filter(closed_on=None, establishment__closed_on=None) if self.action == "list" else products

    def named(self) -> QuerySet[Product]:
        name = self.kwargs["key"]
        if not self.lookup_pattern.fullmatch(name):
            self.nothing()
        return self.get_queryset().filter(**{"number" if NUMBER.fullmatch(name) else "key": name})

    def retrieve(self, request: Request, key: str) -> Response:
        """One product, by its key or number. Those no longer entered are found too, with the day they were closed."""
        fields = inside_of_part(Product).Meta.fields
        row = self.row(dict.fromkeys([*ProductSerializer.columns(), *fields]))
        answer = self.said_of(row, request)
        if not reaches_regency(request.user, row["establishment__regency_id"]):
            return Response(answer)
        return Response(answer | {"inside": plain(row, fields)}, headers={"Cache-Control": "private, no-store"})

    def known_parameters(self) -> dict[str, bool]:
        return {"on": False} if self.action == "halal_status" else super().known_parameters()

    @extend_schema(
        parameters=[
            _NAMED,
            OpenApiParameter("on", OpenApiTypes.DATE, description="The day to judge on; today if left out."),
        ],
        responses=HalalStatusSerializer,
    )
    @action(detail=True, url_path="halal-status")
    def halal_status(self, request: Request, key: str) -> Response:
        """Whether the product is certified halal on a day. The whole judgement only for those within reach."""
        on = _day_of(request.query_params.get("on", ""))
        product = self.named().select_related("establishment").first() or self.nothing()
        status = halal_statuses([product], on)[product.pk]
        certificate = status.certificate if status.state == rules.HalalState.CERTIFIED else None
        answer = {
            "product": str(product.key),
            "on": on,
            "exempt": status.state == rules.HalalState.EXEMPT,
            "certified": certificate is not None,
            "certificate_number": certificate and certificate.certificate_number,
            "issued_on": certificate and certificate.issued_on,
        }
        if not reaches(request.user, product.establishment):
            return Response(answer)
        path = halal_path(product, status) or rules.NO_PATH
        inside = {name: getattr(status, name) for name in ("state", "deadline", "overdue_days", "citation", "missing")}
        inside |= {"reason": rules.explain_halal(status), "scheme": path.scheme, "scheme_missing": path.missing}
        return Response(answer | {"inside": inside}, headers={"Cache-Control": "private, no-store"})


class ClusterViewSet(RecordViewSet):
    """Clusters (sentra): makers of one thing in one village."""

    reads = ("establishments", "clusters", "reference")
    filterset_class = ClusterFilter
    row_serializer_class = ClusterRowSerializer
    serializer_class = ClusterSerializer


class CertificationViewSet(RecordViewSet):
    """Certificates that have been issued; within one's reach also certifications that are under way."""

    def get_queryset(self) -> QuerySet[Any]:
        """As of RecordViewSet; nobody else hears of an application."""
        seen = self.model.objects.seen_by(self.request.user).worked_out()
        return seen.filter(closed_on=None, hidden=False) if self.action == "list" else seen


class HalalViewSet(CertificationViewSet):
    """Halal certificates that have been issued; within one's reach also certifications that are under way."""

    filterset_class = HalalCertificationFilter
    row_serializer_class = HalalRowSerializer
    serializer_class = HalalSerializer


class GreenViewSet(CertificationViewSet):
    """Green-industry certificates (SIH) that have been issued; within one's reach also those under way."""

    filterset_class = GreenCertificationFilter
    row_serializer_class = GreenRowSerializer
    serializer_class = GreenSerializer


class KbliViewSet(ReadingViewSet):
    """The classification of industries (KBLI), all levels. Fields named `kbli` hold its keys."""

    reads = ("reference",)
    max_age = HALF_A_DAY
    filterset_class = KbliFilter
    row_serializer_class = KbliRowSerializer
    serializer_class = KbliSerializer
    lookup_field = "key"
    lookup_pattern = re.compile(r"[0-9]{4}-[0-9]{1,5}")

    def get_queryset(self) -> QuerySet[Any]:
        return KbliClass.objects.alias(lower_title=Lower("title_id"))

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        filtered = super().filter_queryset(queryset)
        if "fit" in filtered.query.annotations:
            self.orders = (Order("fit", _("Best fit"), F("fit")), *self.orders)
        return filtered

    def list(self, request: Request) -> Response:
        """A page of classes, by code; with words as `q`, first the five that they may mean, with the reason."""
        answer = super().list(request)
        meant = self.filterset.meant
        for row in answer.data["results"]:
            if suggestion := meant.get(row["key"]):
                row["reason"] = {"source": suggestion.source, "phrase": suggestion.phrase, "makers": suggestion.makers}
        return answer


class HalalTaskViewSet(TaskViewSet):
    """Who sees to it, by which day, that a product comes to its halal certificate."""

    queryset = HalalTask.objects.all()
    row_class = serializer_class = HalalTaskSerializer
    assignment_class = HalalAssignmentSerializer
    filterset_class = HalalTaskFilter

    @extend_schema(request=HalalAssignmentSerializer, responses={201: HalalTaskSerializer(many=True)})
    def create(self, request: UserApiRequest) -> Response:
        """Ask somebody to see to these products by a day; whoever had one has it no more."""
        body, who = self.asked()
        names = body["products"]
        reached = Product.objects.made().within_reach(request.user)
        keys_by_name: dict[str, int] = {}
        for key, *called in reached.named(names).values_list("pk", "number", "key"):
            keys_by_name |= {str(name): key for name in called}
        products = reached.filter(pk__in=all_named("products", names, keys_by_name))
        return self.made(actions.assign(products, by=request.user, **who))


def _day_of(text: str) -> datetime.date:
    """The day that a query names, today if it names none. Raises ValidationError at "on"."""
    if not text:
        return past.today()
    try:
        day = datetime.date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        params = {"value": text[:40]}
        refused = _("“%(value)s” is no date. Write year, month and day, such as 2026-10-18.")
        raise ValidationError({"on": ValidationError(refused, "invalid", params)})
    return day
