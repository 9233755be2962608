"""What is hidden from the public, over the API: the list within reach, and an administrator's two verbs."""

import re

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from disperin.accounts.requests import UserApiRequest
from disperin.registers.api.serializers import RowSerializer, text_of
from disperin.registers.api.viewsets import ReachViewSet, asked_of, not_here
from disperin.registers.lists.listing import Order
from disperin.registers.models import Hidden
from disperin.registers.record import directory
from disperin.registers.values.kept_texts import KeptTextField
from disperin.submissions import actions

_KEY = re.compile(r"[0-9]{1,18}")


class HiddenSerializer(RowSerializer):
    """One taking down. What is hidden itself stands on the record's page."""

    regency_name = text_of("regency.name")
    hidden_by = text_of("by.full_name")
    hidden_at = serializers.DateTimeField(source="at", read_only=True)

    class Meta:
        model = Hidden
        fields = [
            "id", "register", "record_number", "path", "reason", "regency", "regency_name", "hidden_by", "hidden_at",
            "ended_at", "ended_with", "end_reason",
        ]  # fmt: skip
        read_only_fields = fields


class HidingSerializer(serializers.Serializer):
    """What is to be hidden, and why."""

    record = serializers.CharField(max_length=20, help_text="A register number.")
    path = serializers.CharField(
        max_length=160,
        allow_blank=True,
        help_text="A field, a row (`products.<key>`), a field of a row; empty: the whole record.",
    )
    reason = KeptTextField(max_length=1000, allow_blank=True, help_text="Never what is hidden.")


class LiftingSerializer(serializers.Serializer):
    """Why the public may see it again."""

    reason = KeptTextField(max_length=1000, allow_blank=True)


class HiddenViewSet(ReachViewSet):
    """What is hidden from the public, within reach. Administrators hide and show again."""

    request: UserApiRequest
    queryset = Hidden.objects.all()
    serializer_class = row_class = HiddenSerializer
    filterset_class = None
    orders = (Order("-id", gettext_lazy("Newest first"), F("id")),)
    refusals = dict.fromkeys(("create", "lift"), (409,))

    def get_queryset(self) -> QuerySet[Hidden]:
        hidings = super().get_queryset()
        return hidings.live() if self.action == "list" else hidings

    def list(self, request: UserApiRequest) -> Response:
        """A page of what is hidden now, the newest first."""
        return self.page(request)

    @extend_schema(request=HidingSerializer, responses={201: HiddenSerializer})
    def create(self, request: UserApiRequest) -> Response:
        """Hide a field, a row or a whole record from the public, at once and everywhere."""
        asked = asked_of(request, HidingSerializer)
        register, number = directory.named(asked["record"])
        record = register and register.model.objects.within_reach(request.user).filter(number=number).first()
        if register is None or not record:
            text = _("There is no record of this number.")
            raise ValidationError({"record": ValidationError(text, "unknown")})
        made = actions.hide(register, record, asked["path"], reason=asked["reason"], by=request.user)
        return self._said(made, status.HTTP_201_CREATED)

    @extend_schema(request=LiftingSerializer)
    @action(detail=True, methods=["post"])
    def lift(self, request: UserApiRequest, pk: str) -> Response:
        """Let the public see it again."""
        asked = asked_of(request, LiftingSerializer)
        hiding = self.get_queryset().filter(pk=int(pk)).first() if _KEY.fullmatch(pk) else None
        if hiding is None:
            raise not_here(pk)
        return self._said(actions.lift(hiding, by=request.user, **asked))

    def _said(self, made: Hidden, status_code: int = status.HTTP_200_OK) -> Response:
        row = Hidden.objects.filter(pk=made.pk).values(*HiddenSerializer.columns()).get()
        answer = HiddenSerializer.told([row], self.request)[0]
        return Response(answer, status=status_code, headers={"Cache-Control": "private, no-store"})
