"""Tasks to complete records over the API."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from disperin.accounts.requests import UserApiRequest
from disperin.mydata import actions
from disperin.mydata.filters import LackTaskFilter
from disperin.mydata.models import LackTask
from disperin.mydata.serializers import LackAssignmentSerializer, LackTaskSerializer
from disperin.registers.api.viewsets import register_in
from disperin.registers.lists.lacks import Lack, lacks_of
from disperin.registers.record.directory import Register
from disperin.tasks.api import TaskViewSet, all_named


class LackTaskViewSet(TaskViewSet):
    """Who sees to it, by which day, that a record has what it lacks. It ends by itself once that is verified."""

    queryset = LackTask.objects.all()
    row_class = serializer_class = LackTaskSerializer
    assignment_class = LackAssignmentSerializer
    filterset_class = LackTaskFilter

    @extend_schema(request=LackAssignmentSerializer, responses={201: LackTaskSerializer(many=True)})
    def create(self, request: UserApiRequest) -> Response:
        """Ask somebody to see to it by a day that these records get what they lack; whoever had one has it no more."""
        body, who = self.asked()
        register, lack = _asked_for(body)
        reached = register.model.objects.within_reach(request.user).unclosed().in_lists()
        by_number = {record.number: record for record in reached.filter(number__in=body["records"])}
        records = all_named("records", body["records"], by_number)
        lacking = reached.filter(pk__in=[record.pk for record in records])
        _refuse_complete(body["records"], lacking.filter(lack.is_missing).values_list("number", flat=True))
        return self.made(actions.assign_lacks(register, [lack], lacking, by=request.user, **who))


def _asked_for(body: dict[str, Any]) -> tuple[Register, Lack]:
    """The register and the lack that a body names; raises ValidationError at whichever there is not."""
    register = register_in(body)
    lack = lacks_of(register).get(body["lack"])
    if lack is None:
        text = _("“%(value)s” is nothing that a record of this register can lack. It can lack: %(known)s.")
        values = {"value": body["lack"], "known": ", ".join(lacks_of(register))}
        raise ValidationError({"lack": ValidationError(text % values, "unknown")})
    return register, lack


def _refuse_complete(asked: list[str], lacking: Any) -> None:
    """Raises ValidationError at each record that has it already."""
    lacking = {*lacking}
    text = _("This record has it already. Leave it out.")
    problems = {
        f"records.{place}": ValidationError(text, "complete")
        for place, number in enumerate(asked)
        if number not in lacking
    }
    if problems:
        raise ValidationError(problems)
