"""Submissions over the API: the same verbs as the pages, the same refusals, in JSON."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import DateTimeField, F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.response import Response

from disperin.accounts.models import User
from disperin.accounts.requests import UserApiRequest
from disperin.desk.refusals import Stale
from disperin.regions.reach import reaches
from disperin.registers.api.problems import Problem
from disperin.registers.api.viewsets import NothingSerializer, ReachViewSet, asked_of, not_here, register_in
from disperin.registers.lists.listing import Order
from disperin.registers.models import Record
from disperin.registers.record.directory import Register
from disperin.registers.record.numbers import NUMBER
from disperin.registers.values.terms import Problems, Values
from disperin.submissions import actions
from disperin.submissions.batches import actions as batches
from disperin.submissions.errors import Conflicts
from disperin.submissions.filters import SubmissionFilter
from disperin.submissions.models import Kind, Submission
from disperin.submissions.serializers import (
    DecisionSerializer,
    DraftSerializer,
    HandInSerializer,
    ReturnSerializer,
    RevisionSerializer,
    SubmissionRowSerializer,
    SubmissionSerializer,
    VerificationSerializer,
    WithdrawalSerializer,
    conflicts,
    detail,
)

_NEVER = Value(datetime(1900, 1, 1, tzinfo=UTC), DateTimeField())  # what has not come yet stands at the old end


def _moment(name: str) -> Coalesce:
    return Coalesce(F(name), _NEVER)


ORDERS = (
    Order("-id", gettext_lazy("Newest first"), F("id")),
    Order("id", gettext_lazy("Oldest first"), F("id")),
    Order("submitted_at", gettext_lazy("Waiting longest"), _moment("submitted_at")),
    Order("-submitted_at", gettext_lazy("Submitted last"), _moment("submitted_at")),
    Order("-revised_at", gettext_lazy("Edited last"), F("revised_at")),
    Order("-decided_at", gettext_lazy("Decided last"), _moment("decided_at")),
)
_IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag that the edit began from. Missing: 428. Changed meanwhile: 412.",
)


class SubmissionViewSet(ReachViewSet):
    """Proposals within reach. They become records when the province verifies them.

    Every answer for one submission carries its `ETag`.
    """

    request: UserApiRequest
    queryset = Submission.objects.all()
    serializer_class = SubmissionSerializer
    row_class = SubmissionRowSerializer
    filterset_class = SubmissionFilter
    orders = ORDERS
    lookup_field = "number"
    refusals = {
        "create": (409,),
        "partial_update": (409, 412, 428),
        **dict.fromkeys(("submit", "withdraw", "claim", "release", "verify", "send_back", "reject"), (409, 412)),
    }

    def list(self, request: UserApiRequest) -> Response:
        """A page of submissions within reach, the newest first."""
        return self.page(request)

    def retrieve(self, request: UserApiRequest, number: str) -> Response:
        """One submission: what it changes, what hinders it, which steps you may take now."""
        submission = self._found()
        batches.note_opened(submission, by=request.user)
        return self._said(submission)

    @extend_schema(request=DraftSerializer, responses={201: SubmissionSerializer})
    def create(self, request: UserApiRequest) -> Response:
        """Begin a submission: for a new record, or a change, closing or reopening of one. It may be incomplete."""
        asked = asked_of(request, DraftSerializer, also=self._wrong_values)
        register = register_in(asked)
        record = _record(register, asked.get("record_id"), by=request.user)
        submission = actions.draft(
            register,
            asked.get("values", {}),
            by=request.user,
            record=record,
            kind=asked.get("kind"),
            message=asked.get("message", ""),
        )
        answer = self._said(submission, status.HTTP_201_CREATED)
        answer["Location"] = answer.data["url"]
        return answer

    @extend_schema(request=RevisionSerializer, parameters=[_IF_MATCH])
    def partial_update(self, request: UserApiRequest, number: str) -> Response:
        """Change a draft or a returned submission; fields that are not named stay as they are."""
        submission = self._found()
        if not request.headers.get("If-Match", "").strip(" *"):
            text = _("Say in If-Match which version you have read: the ETag of the submission.")
            raise Problem(428, "precondition_required", text)
        asked = asked_of(request, RevisionSerializer, also=lambda body: self._wrong_changes(submission, body))
        revised = actions.revise(
            submission,
            asked.get("values", {}),
            by=request.user,
            revision=self._revision(submission),
            message=asked.get("message"),
        )
        return self._said(revised)

    @extend_schema(request=HandInSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request: UserApiRequest, number: str) -> Response:
        """Hand it to the province. Warnings are a 400 with code `warning` until they are acknowledged."""
        submission, asked = self._found(), asked_of(request, HandInSerializer)
        acknowledged = asked["acknowledge_warnings"]
        revision = self._revision(submission)
        return self._said(actions.submit(submission, by=request.user, acknowledged=acknowledged, revision=revision))

    @extend_schema(request=WithdrawalSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: UserApiRequest, number: str) -> Response:
        """Take it back: it changes nothing any more, and stays to be read."""
        submission, asked = self._found(), asked_of(request, WithdrawalSerializer)
        return self._said(actions.withdraw(submission, by=request.user, **asked))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def claim(self, request: UserApiRequest, number: str) -> Response:
        """Hold it for 15 minutes, so that no second verifier reads it meanwhile. What you held before goes back."""
        submission, _nothing = self._found(), asked_of(request, NothingSerializer)
        return self._said(actions.claim(submission, by=request.user))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def release(self, request: UserApiRequest, number: str) -> Response:
        """Give it back to the queue."""
        submission, _nothing = self._found(), asked_of(request, NothingSerializer)
        return self._said(actions.release(submission, by=request.user))

    @extend_schema(request=VerificationSerializer)
    @action(detail=True, methods=["post"])
    def verify(self, request: UserApiRequest, number: str) -> Response:
        """Make it true. Another round than the one read is a 409; so are conflicts, which are listed."""
        submission, asked = self._found(), asked_of(request, VerificationSerializer)
        try:
            return self._said(actions.verify(submission, by=request.user, **asked))
        except Conflicts as refused:
            details = conflicts(submission, refused.conflicts)
            raise Problem(409, "conflicts", refused, conflicts=details) from refused

    @extend_schema(request=ReturnSerializer)
    @action(detail=True, methods=["post"], url_path="return")
    def send_back(self, request: UserApiRequest, number: str) -> Response:
        """Return it for correction, with at least one reason."""
        submission, asked = self._found(), asked_of(request, ReturnSerializer)
        return self._said(actions.send_back(submission, by=request.user, **asked))

    @extend_schema(request=DecisionSerializer)
    @action(detail=True, methods=["post"])
    def reject(self, request: UserApiRequest, number: str) -> Response:
        """Refuse it for good; `note` says why."""
        submission, asked = self._found(), asked_of(request, DecisionSerializer)
        return self._said(actions.reject(submission, by=request.user, **asked))

    def _wrong_values(self, body: Mapping[str, Any]) -> Problems:
        """What else is wrong with a body that begins a submission: its register, its record, its values."""
        try:
            register = register_in(body)
            record = _record(register, body.get("record_id"), by=self.request.user)
        except ValidationError as refused:
            return refused.error_dict
        if not self.request.user.can_propose or (record and not reaches(self.request.user, record)):
            return {}  # what a record elsewhere holds is not told by what is wrong with a change of it
        kind: str = body["kind"] if body.get("kind") in Kind.values else Kind.CHANGE if record else Kind.CREATE
        begun = Submission(register=register.slug, kind=kind, record_id=record.pk if record else None, values={})
        home = {"regency": self.request.user.regency_id} if self.request.user.regency_id and not record else {}
        return self._wrong_changes(begun, body, home)

    def _wrong_changes(self, submission: Submission, body: Mapping[str, Any], home: Values | None = None) -> Problems:
        """What is wrong with the values of a body, where some of them could not even be kept in a draft."""
        values, by = body.get("values", {}), self.request.user
        if not isinstance(values, dict):
            return {}
        return actions.what_hinders_keeping(submission, {**(home or {}), **values}, by=by)

    def _found(self) -> Submission:
        """The submission that the address names, if it is within reach."""
        number = self.kwargs["number"]
        submission = self.get_queryset().shown().filter(number=number).first() if NUMBER.fullmatch(number) else None
        if submission is None:
            raise not_here(number)
        return submission

    def _revision(self, submission: Submission) -> int | None:
        """The revision that If-Match names, None where there is none; raises Stale for that of an older state."""
        header = self.request.headers.get("If-Match", "").strip()
        if header in ("", "*"):
            return None
        # a compressed answer carries its ETag as a weak one
        named = {etag.strip().removeprefix("W/") for etag in header.split(",")}
        if submission.etag not in named:
            raise Stale(
                _("This submission was changed meanwhile. Read it again: its ETag is %(etag)s.")
                % {"etag": submission.etag}
            )
        return submission.revision

    def _said(self, submission: Submission, status_code: int = status.HTTP_200_OK) -> Response:
        headers = {"ETag": submission.etag, "Cache-Control": "private, no-store"}
        return Response(detail(submission, self.request.user, self.request), status=status_code, headers=headers)


def _record(register: Register, name: str | None, *, by: User) -> Record | None:
    """The record that is to be changed, by number or id; None for a new one. Raises ValidationError.

    Of a register that is read inside only, one out of reach is as unknown as one that does not exist.
    """
    if name is None:
        return None
    name = str(name)
    named = Q(number=name) if NUMBER.fullmatch(name) else Q(pk=None)
    if name.isascii() and name.isdecimal() and len(name) < 19:
        named = Q(pk=int(name))
    record = register.model.objects.seen_by(by).filter(named).first()
    if record is None:
        values = {"value": name, "register": register.label}
        text = _("There is no record “%(value)s” in the register “%(register)s”.") % values
        raise ValidationError({"record_id": ValidationError(text, "unknown")})
    return record
