"""Batches over the API: read them with their sample, and decide on all of their rows; in JSON."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from disperin.accounts.models import User
from disperin.accounts.requests import UserApiRequest
from disperin.registers.api.serializers import LinkField, RowSerializer, text_of
from disperin.registers.api.viewsets import NothingSerializer, ReachViewSet, asked_of, not_here
from disperin.registers.lists.listing import Order
from disperin.registers.record.numbers import NUMBER
from disperin.registers.values.kept_texts import KeptTextField
from disperin.submissions import own_words
from disperin.submissions.batches import actions as batches
from disperin.submissions.batches import jobs
from disperin.submissions.batches.actions.sampling import clean_of, standing_sample
from disperin.submissions.batches.filters import BatchFilter
from disperin.submissions.batches.jobs import is_at_work
from disperin.submissions.models import Batch, BatchState, Work
from disperin.submissions.serializers import WithdrawalSerializer
from disperin.submissions.workflow import Status

ORDERS = (
    Order("-id", gettext_lazy("Newest first"), F("id")),
    Order("id", gettext_lazy("Oldest first"), F("id")),
)


class BatchRowSerializer(RowSerializer):
    """A batch as it stands in a list."""

    url = LinkField("batch-detail", source="number")
    regency_name = text_of("regency.name")
    made_by = text_of("made_by.full_name")

    class Meta:
        model = Batch
        fields = [
            "id", "number", "url", "register", "name", "regency", "regency_name", "made_by", "made_at", "submitted_at",
        ]  # fmt: skip
        read_only_fields = fields

    @classmethod
    def told(cls, rows: Iterable[dict[str, Any]], request: Request) -> list[dict[str, Any]]:
        """As of RowSerializer; what the portal calls a batch is said in the reader's language."""
        return [row | {"name": own_words.said(row["name"])} for row in super().told(rows, request)]


class SampledSerializer(serializers.Serializer):
    """A submission of the sample."""

    number = serializers.CharField()
    opened_at = serializers.DateTimeField(allow_null=True, help_text="When you opened its review page; null: not yet.")


class DoubtSerializer(serializers.Serializer):
    """A submission that must be decided by itself."""

    number = serializers.CharField()
    code = serializers.CharField(help_text="`conflict`, `error`, `warning` or `not_now`.")
    message = serializers.CharField()


class SampleSerializer(serializers.Serializer):
    """What the server drew for you from the clean submissions of the batch."""

    drawn_at = serializers.DateTimeField()
    clean = serializers.IntegerField(help_text="How many clean submissions are waiting now.")
    drawn = SampledSerializer(many=True)
    doubtful = DoubtSerializer(many=True, help_text="At most 100 of those that are left for your own eyes.")


class CountsSerializer(serializers.Serializer):
    """How many submissions of the batch are in each status; those that were brought in unchecked are counted apart."""

    draft = serializers.IntegerField()
    submitted = serializers.IntegerField()
    returned = serializers.IntegerField()
    verified = serializers.IntegerField()
    brought_in = serializers.IntegerField(help_text="Rows of an older system that are records now, and unchecked.")
    rejected = serializers.IntegerField()
    withdrawn = serializers.IntegerField()


class BatchSerializer(BatchRowSerializer):
    """One batch with its counts and, for verifiers, the sample that was drawn for them."""

    state = serializers.CharField(
        read_only=True, help_text=f"What its submissions make of it: {', '.join(BatchState.values)}."
    )
    counts = CountsSerializer(read_only=True)
    work = serializers.CharField(
        read_only=True, allow_null=True, help_text=f"What a job is doing with it just now: {', '.join(Work.values)}."
    )
    sample = SampleSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Batch
        fields = [*BatchRowSerializer.Meta.fields, "state", "counts", "work", "sample"]
        read_only_fields = fields


class BatchDecisionSerializer(serializers.Serializer):
    """Verifying what is clean; the note stands at each of them."""

    note = KeptTextField(max_length=1000, required=False, allow_blank=True, default="")


class BatchReturnSerializer(serializers.Serializer):
    """Returning everything that waits, for one reason."""

    reason = KeptTextField(max_length=1000, allow_blank=True)


class BatchViewSet(ReachViewSet):
    """Batches within reach. Their submissions are found under `submissions` with `?batch=<number>`.

    A sample is drawn, all is verified or returned by a job: the answer is 202, and `work` says when it is done.
    """

    request: UserApiRequest
    queryset = Batch.objects.all()
    serializer_class = BatchSerializer
    row_class = BatchRowSerializer
    filterset_class = BatchFilter
    orders = ORDERS
    lookup_field = "number"
    refusals = dict.fromkeys(("sample", "verify", "send_back", "withdraw"), (409,))

    def list(self, request: UserApiRequest) -> Response:
        """A page of batches within reach, the newest first."""
        return self.page(request)

    def retrieve(self, request: UserApiRequest, number: str) -> Response:
        """One batch: how far it is, and the sample that was drawn for you."""
        return self._said(self._found())

    @extend_schema(request=None, responses={202: BatchSerializer})
    @action(detail=True, methods=["post"])
    def sample(self, request: UserApiRequest, number: str) -> Response:
        """Judge what waits and draw the clean submissions that you must open before you verify all."""
        batch, _nothing = self._found(), asked_of(request, NothingSerializer)
        return self._said(jobs.begin_work(batch, Work.DRAW, by=request.user), status.HTTP_202_ACCEPTED)

    @extend_schema(request=BatchDecisionSerializer, responses={202: BatchSerializer})
    @action(detail=True, methods=["post"])
    def verify(self, request: UserApiRequest, number: str) -> Response:
        """Verify every clean submission. 409 until the review page of each one in the sample was opened."""
        batch, asked = self._found(), asked_of(request, BatchDecisionSerializer)
        done = jobs.begin_work(batch, Work.VERIFY, by=request.user, note=asked["note"])
        return self._said(done, status.HTTP_202_ACCEPTED)

    @extend_schema(request=BatchReturnSerializer, responses={202: BatchSerializer})
    @action(detail=True, methods=["post"], url_path="return")
    def send_back(self, request: UserApiRequest, number: str) -> Response:
        """Return every submission that waits, for one reason."""
        batch, asked = self._found(), asked_of(request, BatchReturnSerializer)
        done = jobs.begin_work(batch, Work.RETURN, by=request.user, note=asked["reason"])
        return self._said(done, status.HTTP_202_ACCEPTED)

    @extend_schema(request=WithdrawalSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: UserApiRequest, number: str) -> Response:
        """Take back every submission that is not decided."""
        batch, asked = self._found(), asked_of(request, WithdrawalSerializer)
        batches.withdraw_batch(batch, by=request.user, **asked)
        return self._said(batch)

    def _found(self) -> Batch:
        number = self.kwargs["number"]
        batch = self.get_queryset().shown().filter(number=number).first() if NUMBER.fullmatch(number) else None
        if batch is None:
            raise not_here(number)
        return batch

    def _said(self, batch: Batch, status_code: int = status.HTTP_200_OK) -> Response:
        batch = Batch.objects.shown().get(pk=batch.pk)
        details = {
            "state": batch.state,
            "counts": batch.counts_apart(),
            "work": batch.work if is_at_work(batch) else None,
            "sample": _sample(batch, self.request.user),
        }
        row = Batch.objects.filter(pk=batch.pk).values(*BatchRowSerializer.columns()).get()
        answer = BatchRowSerializer.told([row], self.request)[0] | details
        return Response(answer, status=status_code, headers={"Cache-Control": "private, no-store"})


def _sample(batch: Batch, user: User) -> dict[str, Any] | None:
    sample = standing_sample(batch, user) if user.can_decide else None
    if sample is None:
        return None
    waiting = sample.doubts.filter(submission__status=Status.SUBMITTED)
    return {
        "drawn_at": sample.drawn_at,
        "clean": clean_of(sample).count(),
        "drawn": [
            {"number": number, "opened_at": opened_at}
            for number, opened_at in sample.drawn.values_list("submission__number", "opened_at")
        ],
        "doubtful": [
            {"number": number, "code": code, "message": text}
            for number, code, text in waiting.values_list("submission__number", "code", "text")[:100]
        ],
    }
