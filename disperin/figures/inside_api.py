"""`figures/inside/`: workers and money within the reach of whoever asks, with the rights and the sums of their page."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from disperin.accounts.requests import UserApiRequest
from disperin.figures.serializers import InsideSumsSerializer
from disperin.figures.sums import DIMENSIONS, MEASURES, NoSuchDimension, Sums, dimension_named, sums_within
from disperin.registers.api.viewsets import StrictViewSet
from disperin.registers.lists.as_of import PARAMETER

BY = "by"


class InsideSumsViewSet(StrictViewSet):
    """Workers and money of the open establishments within reach. Visitors read such sums as of quarter closes only."""

    knows_as_of = True
    permission_classes = [IsAuthenticated]
    serializer_class = InsideSumsSerializer
    pagination_class = None
    filter_backends = []

    def known_parameters(self) -> dict[str, bool]:
        return {BY: False, PARAMETER: False}

    @extend_schema(
        parameters=[
            OpenApiParameter(
                BY,
                OpenApiTypes.STR,
                enum=[dimension.name for dimension in DIMENSIONS],
                default=DIMENSIONS[0].name,
                description="What they are grouped by. By commodity, one may stand in several groups, or in none.",
            )
        ],
        responses=InsideSumsSerializer,
        operation_id="figures_inside",
    )
    def list(self, request: UserApiRequest) -> Response:
        """The sums of every group that holds anybody, and of all."""
        asked = request.query_params.get(BY, DIMENSIONS[0].name)
        try:
            dimension = dimension_named(asked)
        except NoSuchDimension as error:
            text = _("“%(name)s” is no way of grouping. There are: %(known)s.")
            named = {"name": asked[:40], "known": ", ".join(dimension.name for dimension in DIMENSIONS)}
            raise ValidationError({BY: ValidationError(text, "unknown", named)}) from error
        groups, total = sums_within(request.user, dimension)
        labels = dimension.labels()
        codes = [*(code for code in labels if code in groups), *(code for code in groups if code not in labels)]
        rows = [{"code": code, "label": str(labels.get(code, code)), **_told(groups[code])} for code in codes]
        answer = {"by": dimension.name, "title": str(dimension.title), "rows": rows, "total": _told(total)}
        return Response(answer, headers={"Cache-Control": "private, no-store"})


def _told(sums: Sums) -> dict[str, Any]:
    given = {measure.name: sums.given[measure.name] for measure in MEASURES if measure.is_summed}
    return {**{measure.name: sums.values[measure.name] for measure in MEASURES}, "given": given}
