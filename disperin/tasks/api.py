"""Tasks over the API: the same verbs and refusals as on the pages; each kind of task has its resource."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.response import Response

from disperin.accounts.models import User
from disperin.accounts.requests import UserApiRequest
from disperin.registers.api.viewsets import NothingSerializer, ReachViewSet, asked_of
from disperin.registers.lists.listing import Order
from disperin.tasks.actions import end_task
from disperin.tasks.filters import ColleagueFilter
from disperin.tasks.forms import AssignForm, may_be_given_by
from disperin.tasks.models import Task
from disperin.tasks.serializers import AssignmentSerializer, ColleagueSerializer

ORDERS = (
    Order("due_on", gettext_lazy("Due first"), F("due_on")),
    Order("-due_on", gettext_lazy("Due last"), F("due_on")),
)
Thing = TypeVar("Thing")


class TaskViewSet(ReachViewSet):
    """Tasks of one kind. A subclass says its rows, its filter, and in `create` what its tasks are about."""

    request: UserApiRequest
    orders = ORDERS
    refusals = {"end": (409,)}
    assignment_class: ClassVar[type[AssignmentSerializer]]

    def get_queryset(self) -> QuerySet[Any]:
        """Lists show what somebody still has; an ended task keeps its address."""
        reached = super().get_queryset()
        return reached.unended() if self.action == "list" else reached

    def list(self, request: UserApiRequest) -> Response:
        """A page of tasks within reach that have not ended, what is due first."""
        return self.page(request)

    def retrieve(self, request: UserApiRequest, pk: str) -> Response:
        """One task, ended or not."""
        return self._private(self._told([self.by_key()])[0])

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def end(self, request: UserApiRequest, pk: str) -> Response:
        """Take it off the list of whoever has it, done or not. 409 if it has ended already."""
        task = self.by_key()
        asked_of(request, NothingSerializer)
        return self._private(self._told([end_task(task, by=request.user)])[0])

    def asked(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """What the body names, and who is to see to it by when, as the verbs take it. Raises what is wrong with it."""

        def form_of(body: Mapping[str, Any]) -> AssignForm:
            typed = {name: str(value) for name, value in body.items() if isinstance(value, str | int)}
            return AssignForm(typed, by=self.request.user)  # what is neither, the serializer has refused

        body = asked_of(self.request, self.assignment_class, also=lambda given: form_of(given).errors.as_data())
        form = form_of(body)
        if not form.is_valid():
            raise ValidationError(form.errors.as_data())
        return body, form.cleaned_data

    def made(self, tasks: Sequence[Task]) -> Response:
        """The answer that tells of new tasks."""
        return self._private(self._told(tasks), status.HTTP_201_CREATED)

    def _told(self, tasks: Sequence[Task]) -> Sequence[dict[str, Any]]:
        rows = self.queryset.model.objects.filter(pk__in=[task.pk for task in tasks]).order_by("pk")
        return self.row_class.told(rows.values(*self.row_class.columns()), self.request)

    def _private(self, answer: Any, status_code: int = status.HTTP_200_OK) -> Response:
        return Response(answer, status_code, headers={"Cache-Control": "private, no-store"})


class ColleagueViewSet(ReachViewSet):
    """To whom you may give tasks: officers of your regency and yourself; the province, whoever works on proposals.

    Nobody, where your role reads.
    """

    request: UserApiRequest
    http_method_names = ["get", "head"]
    queryset = User.objects.all()
    row_class = serializer_class = ColleagueSerializer
    filterset_class = ColleagueFilter
    orders = (Order("full_name", gettext_lazy("Name A–Z"), F("full_name")),)

    def get_queryset(self) -> QuerySet[Any]:
        user = self.request.user
        return may_be_given_by(user) if user.can_propose else User.objects.none()

    def list(self, request: UserApiRequest) -> Response:
        """A page of people, by name."""
        return self.page(request)


def all_named(path: str, names: Sequence[Any], things: Mapping[Any, Thing]) -> list[Thing]:
    """Each thing that a list of a body names, once; raises ValidationError at each name of which nothing was found."""
    text = _("There is no “%(name)s” here.")
    problems = {
        f"{path}.{place}": ValidationError(text % {"name": str(name)[:40]}, "unknown")
        for place, name in enumerate(names)
        if name not in things
    }
    if problems:
        raise ValidationError(problems)
    return [things[name] for name in dict.fromkeys(names)]
