"""Inquiries over the API: everybody may send one, and read by its number how it stands. There is no list."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from disperin.inquiries import actions, rules
from disperin.inquiries.forms import InquiryForm
from disperin.inquiries.models import INVESTMENT, Inquiry, Kind
from disperin.inquiries.serializers import InquirySerializer, NewInquirySerializer
from disperin.inquiries.subjects import UnknownSubject, public_record
from disperin.inquiries.throttling import InquiryThrottle
from disperin.registers.api.viewsets import StrictViewSet, asked_of, not_here
from disperin.registers.models import Record


class InquiryViewSet(StrictViewSet):
    """Reports of wrong data and questions, by tracking number."""

    http_method_names = ["get", "head", "post"]
    queryset = Inquiry.objects.all()
    serializer_class = InquirySerializer
    pagination_class = None
    filter_backends = []
    lookup_field = "number"

    @extend_schema(request=NewInquirySerializer, responses={201: InquirySerializer})
    def create(self, request: Request) -> Response:
        """Report wrong data of a record, ask a question, or ask about your own personal data.

        Keep the number: it is the only way to the answer.
        """
        values = asked_of(request, NewInquirySerializer, also=_wrong)
        if problems := _wrong(values):
            raise ValidationError(problems)
        record = _record(values["register"], values["record"])
        form = InquiryForm(values, kind=values["kind"], record=record)
        form.full_clean()
        throttle = InquiryThrottle()
        if not throttle.allow_request(request, self):
            self.throttled(request, throttle.wait())
        by = request.user if request.user.is_authenticated else None
        inquiry = actions.receive(kind=values["kind"], record=record, by=by, **form.cleaned_data)
        answer = self._said(inquiry.number, status.HTTP_201_CREATED)
        answer["Location"] = answer.data["url"]
        return answer

    def retrieve(self, request: Request, number: str) -> Response:
        """How one stands: received, handled, answered or closed, with its days and the public answer."""
        return self._said(rules.read_tracking_number(number))

    def _said(self, number: str, status_code: int = status.HTTP_200_OK) -> Response:
        row = Inquiry.objects.filter(number=number).values(*InquirySerializer.columns()).first() if number else None
        if row is None:
            raise not_here(self.kwargs["number"])
        said = InquirySerializer.told([row], self.request)[0]
        return Response(said, status_code, headers={"Cache-Control": "no-store"})


def _wrong(values: Mapping[str, Any]) -> dict[str, list[ValidationError]]:
    """What is wrong with an inquiry, by path: what its form says, and the record that it names."""
    kind, record, problems = values.get("kind"), None, {}
    try:
        record = _record(*(str(values.get(name) or "") for name in ("register", "record")))
    except ValidationError as refused:
        problems = refused.error_dict
    form = InquiryForm(values, kind=kind if kind in Kind.values else Kind.REPORT, record=record)
    problems = form.errors.as_data() | problems
    if values.get("topic") and "topic" not in form.fields:
        text = _("A question has no topic. Leave it out.")
        problems["topic"] = [ValidationError(text, "invalid")]
    for name in INVESTMENT:
        if values.get(name) not in (None, "") and name not in form.fields:
            text = _("Only a question about an industrial zone has this. Leave it out.")
            problems[name] = [ValidationError(text, "invalid")]
    return problems


def _record(register: str, number: str) -> Record | None:
    """The public record that was named, None if none was; raises ValidationError at `record`."""
    if not register and not number:
        return None
    try:
        return public_record(register, number)
    except UnknownSubject:
        values = {"register": register[:40], "number": number[:40]}
        text = _("There is no public record “%(number)s” in a register “%(register)s”.") % values
        raise ValidationError({"record": ValidationError(text, "unknown")}) from None
