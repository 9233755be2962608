"""Zones, their plots as GeoJSON, milestones, issues and partnerships over the API."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Lower
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from disperin.registers.api.pagination import SearchCursorPagination
from disperin.registers.api.viewsets import ReadingViewSet, RecordViewSet
from disperin.registers.record.withholding import is_kept_from
from disperin.registers.values.terms import Row
from zones.filters import (
    MilestoneFilter,
    PartnershipFilter,
    PlotFilter,
    ProjectFilter,
    ZoneFilter,
    ZoneIssueFilter,
)
from zones.models import Plot
from zones.serializers import (
    MilestoneRowSerializer,
    MilestoneSerializer,
    PartnershipRowSerializer,
    PartnershipSerializer,
    PlotFeatureSerializer,
    PlotSerializer,
    ProjectRowSerializer,
    ProjectSerializer,
    ZoneIssueSerializer,
    ZoneRowSerializer,
    ZoneSerializer,
)


class ZoneViewSet(RecordViewSet):
    """Industrial zones. Figures of different sources stand beside each other; each says its source and day."""

    reads = ("zones", "establishments", "reference")
    filterset_class = ZoneFilter
    row_serializer_class = ZoneRowSerializer
    serializer_class = ZoneSerializer


class ProjectViewSet(RecordViewSet):
    """National strategic projects that are no zone. Their milestones are at `/milestones/?zone=<slug>`."""

    filterset_class = ProjectFilter
    row_serializer_class = ProjectRowSerializer
    serializer_class = ProjectSerializer

    def get_queryset(self) -> QuerySet[Any]:
        """As of every register, of those that stand apart."""
        return self.apart_from_the_register()


class FeaturePagination(SearchCursorPagination):
    """A page of rows as a GeoJSON FeatureCollection, with the addresses of its neighbours as members of it."""

    def answer(self, results: Sequence[Any], **members: Any) -> Response:
        """The page as an answer."""
        links = {"next": self._link(self.next), "previous": self._link(self.previous)}
        return Response({"type": "FeatureCollection", **links, "features": [_feature(row) for row in results]})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """What the description of the API says of the answer."""
        said = super().get_paginated_response_schema(schema)["properties"]
        links = {name: said[name] for name in ("next", "previous")}
        properties = {"type": {"const": "FeatureCollection"}, **links, "features": schema}
        return {"type": "object", "required": list(properties), "properties": properties}


class PlotViewSet(ReadingViewSet):
    """The plots of all zones as GeoJSON features, each by its lasting key."""

    reads = ("zones", "reference")
    knows_as_of = True
    filterset_class = PlotFilter
    row_serializer_class = serializer_class = PlotSerializer
    pagination_class = FeaturePagination
    lookup_field = "key"
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Any]:
        """Lists show plots of open zones; any other keeps its address, unless it is hidden."""
        plots = Plot.objects.filter(hidden=False, zone__hidden=False).alias(lower_code=Lower("code"))
        return plots.filter(closed_on=None, zone__closed_on=None) if self.action == "list" else plots

    def named(self) -> QuerySet[Any]:
        return self.get_queryset().filter(key=self.kwargs["key"])

    @extend_schema(responses={200: PlotFeatureSerializer(many=True)})
    def list(self, request: Request) -> Response:
        """A page of plots as a FeatureCollection."""
        return super().list(request)

    @extend_schema(responses={200: PlotFeatureSerializer})
    def retrieve(self, request: Request, key: UUID) -> Response:
        """One plot as a feature. One that is no longer entered is found too, with the day it was closed."""
        return super().retrieve(request, key=key)

    def said_of(self, row: Row, request: Request) -> dict[str, Any]:
        return _feature(super().said_of(row, request))


def _feature(plot: dict[str, Any]) -> dict[str, Any]:
    geometry = plot.pop("outline")
    return {"type": "Feature", "id": plot["key"], "geometry": geometry, "properties": plot}


class MilestoneViewSet(RecordViewSet):
    """Milestones of the zones: the frozen plan and the verified progress."""

    filterset_class = MilestoneFilter
    row_serializer_class = MilestoneRowSerializer
    serializer_class = MilestoneSerializer


class ZoneIssueViewSet(RecordViewSet):
    """Issues that stand in the way of a zone; only for those whose reach includes them."""

    filterset_class = ZoneIssueFilter
    row_serializer_class = serializer_class = ZoneIssueSerializer


class PartnershipViewSet(RecordViewSet):
    """Partnerships (kemitraan): which establishment supplies which, or a tenant of a zone, with what."""

    filterset_class = PartnershipFilter
    row_serializer_class = PartnershipRowSerializer
    serializer_class = PartnershipSerializer

    def said_of(self, row: Row, request: Request) -> dict[str, Any]:
        """As of RecordViewSet, without the name of a side that is hidden from this reader."""
        answer = super().said_of(row, request)
        if request.user.is_authenticated and not request.user.sees_all:
            record = self.model.objects.with_sides().select_related("buyer_tenant__zone").get(pk=row["id"])
            sides = {f"{name}_name": getattr(record, name) for name in ("supplier", "buyer", "buyer_tenant")}
            answer |= {name: None for name, side in sides.items() if is_kept_from(request.user, side)}
        return answer
