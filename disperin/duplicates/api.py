"""Records that may be one, over the API: the same verbs and refusals as on the pages, in JSON."""

from collections.abc import Sequence

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.response import Response

from disperin.accounts.requests import UserApiRequest
from disperin.desk.refusals import NotNow
from disperin.duplicates import actions as duplicates
from disperin.duplicates import jobs
from disperin.duplicates.actions.deciding import refuse_decided, why_not_decide
from disperin.duplicates.filters import PairFilter
from disperin.duplicates.serializers import (
    DismissalSerializer,
    MergeSerializer,
    MergingSerializer,
    NamingSerializer,
    PairRowSerializer,
    PairSerializer,
    sides,
)
from disperin.duplicates.side_by_side import last_merge, reached
from disperin.registers.api.viewsets import NothingSerializer, ReachViewSet, asked_of
from disperin.registers.lists.listing import Order
from disperin.registers.models import DuplicatePair, Record
from disperin.registers.pairing.pairs import Merge, PairState
from disperin.registers.record import directory
from disperin.registers.record.directory import Register

ORDERS = (Order("-score", gettext_lazy("Likest first"), F("score")),)


class PairsAsked(PairFilter):
    """As on the page, where what is to be decided needs no choosing."""

    state = django_filters.ChoiceFilter(
        method="in_state", choices=PairState.choices, help_text="Without it those that are to be decided."
    )


class PairViewSet(ReachViewSet):
    """Two records of a register that may be one, within reach. Verifiers and administrators decide."""

    request: UserApiRequest
    queryset = DuplicatePair.objects.all()
    serializer_class = PairSerializer
    row_class = PairRowSerializer
    filterset_class = PairsAsked
    orders = ORDERS
    refusals = dict.fromkeys(("dismiss", "merge", "unmerge"), (409,))

    def list(self, request: UserApiRequest) -> Response:
        """A page of pairs within reach, the likest first; those to be decided unless others are asked for."""
        return self.page(request)

    def retrieve(self, request: UserApiRequest, pk: str) -> Response:
        """One pair: why, both records side by side, what may be done now."""
        return self._said(self.by_key())

    @extend_schema(request=NamingSerializer, responses={201: PairSerializer})
    def create(self, request: UserApiRequest) -> Response:
        """Name two records that are one, though no search has paired them. An open pair of them is given as it is."""
        pair = duplicates.name_pair(**asked_of(request, NamingSerializer), by=request.user)
        answer = self._said(pair, status.HTTP_201_CREATED)
        answer["Location"] = answer.data["url"]
        return answer

    @extend_schema(request=DismissalSerializer)
    @action(detail=True, methods=["post"])
    def dismiss(self, request: UserApiRequest, pk: str) -> Response:
        """They are two different records; `note` says why."""
        pair, asked = self.by_key(), asked_of(request, DismissalSerializer)
        return self._said(jobs.dismiss(pair, by=request.user, **asked))

    @extend_schema(request=MergingSerializer, responses={200: PairSerializer, 202: PairSerializer})
    @action(detail=True, methods=["post"])
    def merge(self, request: UserApiRequest, pk: str) -> Response:
        """Close one of them and carry over what points to it. 409 if either was changed since it was read.

        Where very much points to it the answer is 202: a job does it, and a notice tells how it went.
        """
        pair, asked = self.by_key(), asked_of(request, MergingSerializer)
        refuse_decided(pair)
        register, first, second = self._records(pair)
        records = [(first, asked["first_version"]), (second, asked["second_version"])]
        if asked["keep"] == second.number:
            records.reverse()
        elif asked["keep"] != first.number:
            values = {"value": asked["keep"], "first": first.number, "second": second.number}
            text = _("“%(value)s” is none of the two. Say %(first)s or %(second)s.")
            raise ValidationError({"keep": ValidationError(text % values, "unknown")})
        (keep, keep_version), (drop, drop_version) = records
        made = jobs.begin_merge(
            pair,
            register,
            keep,
            drop,
            by=request.user,
            choices=set(asked["choices"]),
            same_rows=asked["same_rows"],
            versions=(keep_version, drop_version),
        )
        return self._said(pair, status.HTTP_200_OK if made else status.HTTP_202_ACCEPTED)

    @extend_schema(request=None, responses={200: PairSerializer, 202: PairSerializer})
    @action(detail=True, methods=["post"])
    def unmerge(self, request: UserApiRequest, pk: str) -> Response:
        """Make two records of it again; `merge.left` then says what stays as it is.

        202 where very much was carried over, as for `merge`.
        """
        pair, _nothing = self.by_key(), asked_of(request, NothingSerializer)
        made = last_merge(pair)
        if made is None:
            raise NotNow(_("This pair was not merged."))
        undone = jobs.begin_unmerge(made, by=request.user)
        return self._said(pair, status.HTTP_200_OK if undone else status.HTTP_202_ACCEPTED)

    def _records(self, pair: DuplicatePair) -> tuple[Register, Record, Record]:
        register = directory.get(pair.register)
        first, second = reached(register, (pair.first_id, pair.second_id), self.request.user)
        return register, first, second

    def _said(self, pair: DuplicatePair, status_code: int = status.HTTP_200_OK) -> Response:
        register, first, second = self._records(pair)
        row = DuplicatePair.objects.filter(pk=pair.pk).values(*PairRowSerializer.columns()).get()
        made = last_merge(pair)
        answer = PairRowSerializer.told([row], self.request)[0] | {
            "first_version": first.version,
            "second_version": second.version,
            "fields_of_both": sides(register, first, second),
            "merge": MergeSerializer(made).data if made else None,
            "steps": self._steps(pair, row["state"], made),
        }
        return Response(answer, status=status_code, headers={"Cache-Control": "private, no-store"})

    def _steps(self, pair: DuplicatePair, state: str, made: Merge | None) -> Sequence[str]:
        if why_not_decide(self.request.user) or jobs.is_at_work(pair) or (made and jobs.is_being_undone(made)):
            return []
        if state == PairState.OPEN:
            return ["merge", "dismiss"]
        return ["unmerge"] if made and made.undone_at is None else []
