"""The figures over the API: which there are, and each with its rows."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from disperin.figures.cuts import Cut, NoSuchCut, cut_named, cuts, figure_of
from disperin.figures.serializers import FigureRowSerializer, FigureSerializer
from disperin.registers.api.viewsets import StrictViewSet, not_here
from disperin.registers.lists.caching import KeptOfAll


class FigureViewSet(KeptOfAll, StrictViewSet):
    """How many open records the public registers hold, by whatever their lists are narrowed by."""

    serializer_class = FigureSerializer
    pagination_class = None
    filter_backends = []
    lookup_field = "name"

    def known_parameters(self) -> dict[str, bool]:
        return {}

    @extend_schema(responses={200: FigureRowSerializer(many=True)})
    def list(self, request: Request) -> Response:
        """Every figure there is, without its rows."""
        return Response([_row(cut, request) for cut in cuts()])

    def retrieve(self, request: Request, name: str) -> Response:
        """One figure with its rows."""
        register, _dot, facet = name.partition(".")
        try:
            cut = cut_named(register, facet)
        except NoSuchCut as error:
            raise not_here(name) from error
        figure = figure_of(cut)
        counted = [{"code": row.code, "label": str(row.label), "number": row.number} for row in figure.rows]
        more = {"parameter": cut.facet.parameter, "whole": figure.whole, "unchecked": figure.unchecked, "rows": counted}
        return Response(_row(cut, request) | more)


def _row(cut: Cut, request: Request) -> dict[str, Any]:
    return {
        "name": cut.name,
        "url": reverse("figure-detail", args=[cut.name], request=request),
        "register": cut.register.slug,
        "dimension": cut.facet.name,
        "title": cut.title,
    }
