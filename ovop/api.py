"""Awards over the API, the check of a label, and nominations for the office."""

from typing import Any, cast

from django.conf import settings
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from disperin.registers.api.problems import Problem
from disperin.registers.api.viewsets import RecordViewSet
from disperin.registers.values.terms import Row
from ovop import actions, rules
from ovop.actions.labels import Check
from ovop.filters import AwardFilter, NominationFilter
from ovop.models import Assessment, Award, Label
from ovop.serializers import (
    AwardRowSerializer,
    AwardSerializer,
    CheckSerializer,
    NominationRowSerializer,
    NominationSerializer,
)


class AwardViewSet(RecordViewSet):
    """Stars of One Village One Product, as decreed. Stars have no meaning without their scheme."""

    reads = ("awards", "establishments", "clusters", "halal", "reference")
    filterset_class = AwardFilter
    row_serializer_class = AwardRowSerializer
    serializer_class = AwardSerializer


class NominationViewSet(RecordViewSet):
    """Products proposed for the stars of a round. Inside the office only: each sees those within reach.

    What an assessor gave is shown to others only when both assessments are in.
    """

    filterset_class = NominationFilter
    row_serializer_class = NominationRowSerializer
    serializer_class = NominationSerializer

    def said_of(self, row: Row, request: Request) -> dict[str, Any]:
        shown = Assessment.objects.filter(nomination=row["id"]).shown_to(request.user).select_related("assessor")
        assessments = list(shown.prefetch_related("marks__criterion"))
        gap = rules.gap_of(assessment.total for assessment in assessments)
        return super().said_of(row, request) | {
            "gap": None if gap is None else float(gap),
            "assessments": [_assessment(assessment) for assessment in assessments],
        }


def _assessment(assessment: Assessment) -> dict[str, Any]:
    return {
        "assessor": str(assessment.assessor),
        "total": float(assessment.total),
        "comment": assessment.comment,
        "handed_in_at": assessment.handed_in_at,
        "marks": [
            {
                "criterion": mark.criterion_id,
                "points": mark.points,
                "most": mark.criterion.points,
                "weight": mark.criterion.weight,
            }
            for mark in assessment.marks.all()
        ],
    }


@method_decorator(never_cache, name="dispatch")
class Verify(APIView):
    """What a label is worth today."""

    serializer_class = CheckSerializer

    @extend_schema(responses=CheckSerializer, operation_id="verify")
    def get(self, request: Request, token: str) -> Response:
        """The verdict on the token of a label, with the award as the register has it now. Each call is counted."""
        try:
            check = actions.check(token, asker=BaseThrottle().get_ident(request))
        except actions.TooManyGuesses as many:
            self.throttled(request, many.seconds)
        if check.award is None:
            text = {
                rules.Verdict.ALTERED: _("This token was altered: the signature does not fit. Scan the label again."),
                rules.Verdict.INCOMPLETE: _("This token is not complete. Scan the label again."),
                rules.Verdict.UNKNOWN: _("This token is not known. Scan the label again, or look for the award."),
            }[check.verdict]
            raise Problem(check.verdict.status, check.verdict.value, text)
        return Response(_said(check, request))


def _said(check: Check, request: Request) -> dict[str, Any]:
    # a good signature has them all
    award, claim, label = cast(Award, check.award), cast(rules.Claim, check.claim), cast(Label, check.label)
    return {
        "verdict": check.verdict.value,
        "meaning": check.verdict.label,
        "origin": label.origin or settings.PUBLIC_ORIGIN,
        "claim": {
            "key_id": claim.key_id,
            "number": claim.number,
            "stars": claim.stars,
            "scheme": claim.scheme,
            "issued_on": claim.issued_on,
        },
        "award": None if award.hidden else _award(award, request),
    }


def _award(award: Award, request: Request) -> dict[str, Any]:
    return {
        "number": award.number,
        "product_name": award.product.name,
        "maker": award.establishment.name,
        "regency_name": award.regency.name,
        "stars": award.stars,
        "max_stars": award.grade.scheme.max_stars,
        "scheme": award.grade.scheme_id,
        "decree_number": award.decree_number,
        "decree_on": award.decree_on,
        "valid_until": award.valid_until,
        "state": award.shown_state.value,
        "state_on": award.state_on,
        "verified_at": award.verification,
        "published_at": award.verified_at,
        "url": reverse("award-detail", args=[award.number], request=request),
    }
