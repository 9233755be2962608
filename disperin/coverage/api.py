"""Tasks about lines of other offices' lists over the API."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from disperin.accounts.requests import UserApiRequest
from disperin.coverage import actions
from disperin.coverage.filters import OutsideTaskFilter
from disperin.coverage.models import OutsideLine, OutsideTask
from disperin.coverage.serializers import OutsideAssignmentSerializer, OutsideTaskSerializer
from disperin.tasks.api import TaskViewSet, all_named


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
        return self.made(actions.assign_lines(lines, by=request.user, **who))
