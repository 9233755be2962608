"""The figures over the API: which there are, and each with its rows."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from disperin.figures.cuts import Cut, NoSuchCut, cut_named, cuts, figure_of
from disperin.figures.league import League, Row
from disperin.figures.serializers import FigureRowSerializer, FigureSerializer, LeagueRowSerializer
from disperin.registers.api.viewsets import StrictViewSet, not_here
from disperin.registers.lists.caching import Kept, KeptOfAll


class FigureViewSet(KeptOfAll, StrictViewSet):
    """How many open records the public registers hold, by whatever their lists are narrowed by."""

    knows_as_of = True
    serializer_class = FigureSerializer
    pagination_class = None
    filter_backends = []
    lookup_field = "name"

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


class LeagueViewSet(Kept, StrictViewSet):
    """How the regencies stand by the quality of their data: the office's own count, no regulation."""

    reads = ("establishments", "reference")
    serializer_class = LeagueRowSerializer
    pagination_class = None
    filter_backends = []

    def known_parameters(self) -> dict[str, bool]:
        return {}

    @extend_schema(responses={200: LeagueRowSerializer(many=True)})
    def list(self, request: Request) -> Response:
        """Every regency, those with a rank first."""
        league = League(timezone.localdate())
        return Response([_standing(row, league, request) for row in league.rows])


def _standing(row: Row, league: League, request: Request) -> dict[str, Any]:
    one, outside = row.standing, row.outside
    names = ("number", "counted_on", "what", "source", "source_url")
    return {
        "code": row.code,
        "name": row.name,
        "page": request.build_absolute_uri(row.url),
        **{name: getattr(one, name) for name in one._fields if name != "place"},
        "outside": {name: getattr(outside, name) for name in names} if outside else None,
        "as_of": league.day,
    }


def _row(cut: Cut, request: Request) -> dict[str, Any]:
    return {
        "name": cut.name,
        "url": reverse("figure-detail", args=[cut.name], request=request),
        "register": cut.register.slug,
        "dimension": cut.facet.name,
        "title": cut.title,
    }
