"""The figures over the API: which there are, and each with its rows."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from disperin.figures.changes import LONGEST, TOO_LONG, Between, Change, days_asked
from disperin.figures.cuts import Cut, NoSuchCut, cut_named, cuts, figure_of
from disperin.figures.league import League, Row
from disperin.figures.serializers import (
    ChangesSerializer,
    FigureRowSerializer,
    FigureSerializer,
    LeagueMonthSerializer,
    LeagueRowSerializer,
)
from disperin.registers.api.problems import Problem
from disperin.registers.api.viewsets import StrictViewSet, not_here, refuse_parameters, register_at
from disperin.registers.lists.as_of import PARAMETER
from disperin.registers.lists.caching import Kept, KeptOfAll
from disperin.registers.lists.one_moment import TookTooLong, one_moment
from disperin.registers.lists.tables import list_page

DAYS = ("from", "until")


class FigureViewSet(KeptOfAll, StrictViewSet):
    """How many open records the public registers hold, by whatever their lists are narrowed by."""

    knows_as_of = True
    serializer_class = FigureSerializer
    pagination_class = None
    filter_backends = []
    lookup_field = "name"

    def known_parameters(self) -> dict[str, bool]:
        return {PARAMETER: False}

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

    @extend_schema(responses={200: LeagueMonthSerializer(many=True)})
    @action(detail=False)
    def months(self, request: Request) -> Response:
        """Every regency in the last 24 months, as each was marked; the newest first."""
        return Response(list(League(timezone.localdate()).month_rows()))


def _standing(row: Row, league: League, request: Request) -> dict[str, Any]:
    standing, outside = row.standing, row.outside
    names = ("number", "counted_on", "what", "source", "source_url")
    return {
        "code": row.code,
        "name": row.name,
        "page": request.build_absolute_uri(row.url),
        **{name: getattr(standing, name) for name in standing._fields if name != "place"},
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


class WhyChanged(KeptOfAll, APIView):
    """The records that came into the list of a register between the ends of two days, and those that left it."""

    @extend_schema(
        operation_id="registers_changes",
        parameters=[
            OpenApiParameter("from", OpenApiTypes.DATE, required=True, description="The first day, as of its end."),
            OpenApiParameter("until", OpenApiTypes.DATE, required=True, description="The last day, as of its end."),
            OpenApiParameter("after", OpenApiTypes.INT64, description="Where a page begins; from `next`."),
        ],
        responses=ChangesSerializer,
    )
    def get(self, request: Request, slug: str) -> Response:
        """Narrowed by the filters of that list. `before + came − left = after`, always."""
        register = register_at(slug)
        if not register.model.audience.is_public and not request.user.is_authenticated:
            raise NotAuthenticated
        filters = list_page(register).filterset_class.base_filters
        refuse_parameters(request, dict.fromkeys((*DAYS, "after", *filters), False))
        query = request.query_params
        days = days_asked(query, *DAYS)
        if days is None:
            raise ValidationError({name: ValidationError(_("Say both days."), "required") for name in DAYS})
        place = _place(query.get("after", ""))
        try:
            with one_moment(LONGEST):
                between = Between(register, request, *days)
                if problems := between.refused:
                    raise ValidationError(problems)
                changes, following = between.changes(place)
                (before, after), (came, left) = between.counts, between.moved
        except TookTooLong as error:
            raise Problem(503, "too_long", TOO_LONG) from error
        further = replace_query_param(request.build_absolute_uri(), "after", following) if following else None
        results = [_told(change, request) for change in changes]
        counts = {"before": before, "came": came, "left": left, "after": after}
        return Response({**counts, "next": further, "results": results})


def _told(change: Change, request: Request) -> dict[str, Any]:
    differences = [{"field": str(what), "before": was, "after": now} for what, was, now in change.fields]
    plain = {name: getattr(change, name) for name in ("number", "name", "came", "why", "into")}
    url = change.url and request.build_absolute_uri(change.url)
    return {**plain, "url": url, "reason": str(change.reason), "differences": differences}


def _place(text: str) -> int:
    if text and not (text.isascii() and text.isdecimal() and len(text) < 19):
        message = _("This place in the list is not known. Begin at the first page, without a cursor.")
        raise ValidationError({"after": ValidationError(message, "unknown")})
    return int(text or 0)
