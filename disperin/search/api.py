"""The search over the API: the same answers as on `/cari/`, for everybody."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from disperin.registers.api.viewsets import refuse_parameters
from disperin.search.looking import look_for
from disperin.search.sources import SOURCES
from disperin.search.views import SearchForm

KINDS = tuple(source.slug for source in SOURCES)


class ResultSerializer(serializers.Serializer):
    """One thing that was found."""

    kind = serializers.ChoiceField(choices=KINDS, help_text="A register, or places, commodities, pages, products.")
    title = serializers.CharField()
    number = serializers.CharField(allow_blank=True, help_text="The register number, where it has one.")
    where = serializers.CharField(allow_blank=True, help_text="Village, district and regency, the nearest first.")
    note = serializers.CharField(allow_blank=True, help_text="The maker, the certificate number, or how many makers.")
    url = serializers.URLField(help_text="Its page.")


class SearchSerializer(serializers.Serializer):
    """What a text finds, the likest kind first, at most six of each."""

    query = serializers.CharField()
    respelled = serializers.BooleanField(help_text="Nothing holds the words as they were written: these are like them.")
    left_out = serializers.ListField(
        child=serializers.CharField(), help_text="Words that nothing holds together with the others."
    )
    results = ResultSerializer(many=True)


class SearchEverything(APIView):
    """Everything public: makers, products, production centres, zones, stars, certificates, news, regions, pages."""

    serializer_class = SearchSerializer

    @extend_schema(
        parameters=[OpenApiParameter("q", str, required=True, description="At least three letters of a word.")],
        responses=SearchSerializer,
        operation_id="search",
    )
    def get(self, request: Request) -> Response:
        """What a text finds: words in any order, names of places, numbers. Typing errors are forgiven."""
        refuse_parameters(request, {"q": False})
        form = SearchForm(request.query_params)
        if not form.is_valid():
            raise ValidationError(form.errors.as_data())
        text = form.cleaned_data["q"].strip()
        if not text:
            raise ValidationError({"q": ValidationError(_("Say what is looked for."), "required")})
        result = look_for(text)
        return Response(
            {
                "query": text,
                "respelled": result.is_respelled,
                "left_out": list(result.left_out),
                "results": [_told(hit, request) for hit in result.hits],
            }
        )


def _told(hit: Any, request: Request) -> dict[str, Any]:
    names = ("kind", "title", "number", "where", "note")
    return {name: getattr(hit, name) for name in names} | {"url": request.build_absolute_uri(hit.url)}
