"""Lists of other offices over the API, their lines, and tasks about these. They are brought on their pages."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from disperin.accounts.requests import UserApiRequest
from disperin.coverage import actions, removing
from disperin.coverage.filters import OutsideLineFilter, OutsideListFilter, OutsideTaskFilter
from disperin.coverage.models import OutsideLine, OutsideList, OutsideTask
from disperin.coverage.serializers import (
    OutsideAssignmentSerializer,
    OutsideLineSerializer,
    OutsideListSerializer,
    OutsideTaskSerializer,
)
from disperin.registers.api.viewsets import ReachViewSet
from disperin.registers.lists.listing import Order
from disperin.tasks.api import TaskViewSet, all_named


class _Read(ReachViewSet):
    """What is only read, a page at a time or one by one."""

    request: UserApiRequest
    http_method_names = ["get", "head"]

    def list(self, request: UserApiRequest) -> Response:
        """A page of them within reach."""
        return self.page(request)

    def retrieve(self, request: UserApiRequest, pk: str) -> Response:
        """One of them."""
        rows = self.get_queryset().filter(pk=self.by_key().pk).values(*self.row_class.columns())
        (told,) = self.row_class.told(rows, request)
        return Response(told, headers={"Cache-Control": "private, no-store"})


class OutsideListViewSet(_Read):
    """Lists of other offices: those of your regency, and those of the province of which lines lie there."""

    queryset = OutsideList.objects.all()
    row_class = serializer_class = OutsideListSerializer
    filterset_class = OutsideListFilter
    orders = (Order("-made_at", gettext_lazy("Newest first"), F("made_at")),)

    def get_queryset(self) -> QuerySet[Any]:
        return OutsideList.objects.readable_by(self.request.user)


class OutsideLineViewSet(_Read):
    """Lines of other offices' lists within reach: found, contradicting, new, missing, doubtful."""

    queryset = OutsideLine.objects.all()
    row_class = serializer_class = OutsideLineSerializer
    filterset_class = OutsideLineFilter
    orders = (Order("id", gettext_lazy("As they were kept"), F("id")),)


class OutsideTaskViewSet(TaskViewSet):
    """Who finds out, by which day, what is right about a line of another office's list."""

    queryset = OutsideTask.objects.all()
    row_class = serializer_class = OutsideTaskSerializer
    assignment_class = OutsideAssignmentSerializer
    filterset_class = OutsideTaskFilter

    @extend_schema(request=OutsideAssignmentSerializer, responses={201: OutsideTaskSerializer(many=True)})
    def create(self, request: UserApiRequest) -> Response:
        """Ask somebody to see to these lines by a day; whoever had one has it no more."""
        body, who = self.asked()
        reached = OutsideLine.objects.within_reach(request.user).filter(pk__in=body["lines"])
        keys = {key: key for key in reached.values_list("pk", flat=True)}
        lines = reached.filter(pk__in=all_named("lines", body["lines"], keys))
        removing.refuse_any_going(OutsideList.objects.filter(lines__in=lines).distinct())
        return self.made(actions.assign_lines(lines, by=request.user, **who))
