"""The quarter closes over the API: which there are, and each with what visitors read of it."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from disperin.closes.models import Close
from disperin.closes.serializers import CloseRowSerializer, CloseSerializer
from disperin.closes.tables import Stored
from disperin.closes.views import MOST_LISTED, corrections_of, told_publicly
from disperin.registers.api.viewsets import StrictViewSet, not_here
from disperin.registers.dated.quarters import NoSuchQuarter, Quarter


class CloseViewSet(StrictViewSet):
    """The figures of each quarter as they stood when it was closed. They are never changed."""

    serializer_class = CloseSerializer
    pagination_class = None
    filter_backends = []
    lookup_field = "period"

    def known_parameters(self) -> dict[str, bool]:
        return {}

    @extend_schema(responses={200: CloseRowSerializer(many=True)})
    def list(self, request: Request) -> Response:
        """The closes, the newest first, at most those of ten years."""
        return Response([_row(close, request) for close in Close.objects.order_by("-year", "-quarter")[:MOST_LISTED]])

    def retrieve(self, request: Request, period: str) -> Response:
        """One close with its figures; what is hidden has no value."""
        try:
            close = Close.objects.of(Quarter.named(period)).get()
        except (NoSuchQuarter, Close.DoesNotExist) as error:
            raise not_here(period) from error
        stored = Stored.of(close)
        more: dict[str, Any] = {
            "note": close.note,
            "rules": close.told["rules"],
            "kbli": close.told["kbli"],
            "unchecked": close.told["unchecked"],
            "figures": [
                {
                    "dimension": dimension,
                    "code": row.code,
                    "label": row.label,
                    "measure": measure.name,
                    "value": row.values[measure.name],
                }
                for dimension, row, measure in told_publicly(stored)
            ],
            "corrections": [_correction(correction) for correction in corrections_of(close, inside=False)],
        }
        return Response(_row(close, request) | more)


def _row(close: Close, request: Request) -> dict[str, Any]:
    return {
        "period": close.period.key,
        "url": reverse("close-detail", args=[close.period.key], request=request),
        "closed_at": close.closed_at,
        "sha256": close.seal,
        "previous": close.told["previous"],
    }


def _correction(row: dict[str, Any]) -> dict[str, Any]:
    correction = row["correction"]
    return {
        "dimension": correction.figure.dimension,
        "code": correction.figure.code,
        "measure": correction.figure.measure,
        "value": correction.figure.value,
        "right_value": correction.right_value if row["tells_value"] else None,
        "reason": correction.reason,
        "at": correction.at,
    }
