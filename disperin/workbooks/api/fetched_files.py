"""Files that are fetched: templates, lists of registers, and long files that a job writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from disperin.accounts.requests import UserApiRequest
from disperin.registers.api.problems import Problem
from disperin.registers.api.viewsets import (
    not_here,
    refuse_parameters,
    register_at,
)
from disperin.workbooks import actions
from disperin.workbooks.answers import exported, fetched, template_answer
from disperin.workbooks.api.which_regency import REGENCY, regency_of
from disperin.workbooks.exporting.selection import Wanted, refuse_kind
from disperin.workbooks.files.sheets import XLSX
from disperin.workbooks.models import Export, Kind
from disperin.workbooks.rights import refuse_elsewhere
from disperin.workbooks.serializers import (
    ExportSerializer,
)
from disperin.workbooks.throttling import ExportThrottle

LOOK_AGAIN = 5  # seconds after which a long file may be there
EXPORTED = {
    (200, XLSX): OpenApiTypes.BINARY,
    (200, "text/csv; charset=utf-8"): OpenApiTypes.BINARY,
    (200, "application/geo+json"): OpenApiTypes.OBJECT,
    202: ExportSerializer,
}


class RegisterTemplate(APIView):
    """The Excel template of a register for one regency."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        parameters=[OpenApiParameter("regency", str, description=REGENCY)], responses={(200, XLSX): OpenApiTypes.BINARY}
    )
    def get(self, request: UserApiRequest, slug: str) -> HttpResponse:
        """An .xlsx with the choices of the regency in its cells, help in its headings, and an example row."""
        register, regency = register_at(slug), regency_of(request)
        refuse_elsewhere(request.user, regency)
        return template_answer(register, regency)


class RegisterExport(APIView):
    """The records of a register as one file."""

    knows_as_of = True

    refusals = {None: (503,)}

    @extend_schema(
        operation_id="registers_export",
        parameters=[OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=Kind.values)],
        responses=EXPORTED,
    )
    def get(self, request: Request, slug: str, kind: str) -> HttpResponseBase:
        """Narrowed by the parameters of the register's list (`order` too), at most 12 files a minute.

        With an account it also holds the inside of what lies within reach, and the history remembers who took it.
        More than 10,000 rows are written aside: the answer is 202, and its `Location` gives the file once it is there.
        So are fewer while many others are being written.
        """
        register = register_at(slug)
        if kind not in Kind.values:
            raise not_here(kind)
        refuse_kind(register, kind)
        if not register.model.audience.is_public and not request.user.is_authenticated:
            raise NotAuthenticated
        throttle = ExportThrottle()
        if not throttle.allow_request(request, self):
            self.throttled(request, throttle.wait())
        wanted = Wanted(register, request.query_params, by=request.user)
        refuse_parameters(request, dict.fromkeys(wanted.known, False))
        if wanted.problems:
            raise ValidationError(wanted.problems)
        with busy_told():
            made = exported(wanted, Kind(kind), asker=throttle.ident(request))
        return being_written(made, request) if isinstance(made, Export) else made


class ExportFile(APIView):
    """A long file of a register."""

    refusals = {None: (416,)}

    @extend_schema(operation_id="exports_retrieve", responses=EXPORTED)
    def get(self, request: Request, pk: UUID) -> HttpResponseBase:
        """202 while it is being written, then the file (parts of it with `Range`), for a day.

        What was asked for with an account is its owner's alone, for some days; to all others it is not there.
        """
        export = Export.objects.kept().select_related("asked_by", "workbook").filter(pk=pk).first()
        if export is None or not export.is_for(request.user):
            raise not_here(str(pk))
        if export.is_writing:
            return being_written(export, request)
        if not export.is_ready:
            raise not_here(str(pk))
        try:
            return fetched(request, export)
        except FileNotFoundError:  # removed just now
            raise not_here(str(pk)) from None


@contextmanager
def busy_told() -> Iterator[None]:
    """Answer whoever has to wait for a long file when to ask again."""
    try:
        yield
    except actions.Busy as refused:
        problem = Problem(refused.status, "busy", str(refused))
        problem.wait = refused.seconds  # type: ignore[attr-defined]  # as of the framework's Throttled
        raise problem from None


def being_written(export: Export, request: Request) -> Response:
    """202: how far an export is, and where its file will be."""
    url = reverse("export-detail", kwargs={"pk": export.pk}, request=request)
    body = {"url": url, "done": export.done, "rows": export.total}
    headers = {"Location": url, "Retry-After": str(LOOK_AGAIN), "Cache-Control": "no-store"}
    return Response(body, status=status.HTTP_202_ACCEPTED, headers=headers)
