"""Files that are sent: the same job, verbs and refusals as the pages."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from disperin.accounts.requests import UserApiRequest
from disperin.attachments.members import strange_members
from disperin.registers.api.parsing import ObjectParser
from disperin.registers.api.problems import Problem
from disperin.registers.api.viewsets import (
    NothingSerializer,
    StrictViewSet,
    asked_of,
    register_in,
)
from disperin.registers.values.fields import Day
from disperin.registers.values.terms import Problems
from disperin.submissions.batches.actions import check_stock
from disperin.submissions.models import Stock
from disperin.workbooks import actions
from disperin.workbooks.actions.mending import Mending, Place
from disperin.workbooks.answers import errors_answer, errors_export
from disperin.workbooks.api.fetched_files import being_written, busy_told
from disperin.workbooks.api.which_regency import REGENCY, regency_of
from disperin.workbooks.files.cells import column_of
from disperin.workbooks.files.sheets import XLSX
from disperin.workbooks.importing.places import ROWS_OF_A_SHEET, position_in
from disperin.workbooks.models import Mapped, Workbook
from disperin.workbooks.serializers import (
    ChoicesSerializer,
    ExportSerializer,
    MappingSerializer,
    MendingSerializer,
    SubmitSerializer,
    WorkbookSerializer,
    largest_request,
    told,
)

UPLOAD = {
    "type": "object",
    "properties": {
        "register": {"type": "string", "description": "Such as `establishments`; see `registers`."},
        "file": {"type": "string", "format": "binary", "description": "xlsx, xls, ods or csv, at most 50 MB."},
        "regency": {"type": "string", "description": REGENCY},
        "older_system": {
            "type": "string",
            "description": "Of administrators: the older system that the rows come from. New ones enter unchecked.",
        },
        "extracted_on": {"type": "string", "format": "date", "description": "When they were taken out of it."},
    },
    "required": ["register", "file"],
}
PHOTOS: dict[str, Any] = {
    "type": "object",
    "properties": {"file": {"type": "string", "format": "binary", "description": "A ZIP, at most 50 MB."}},
    "required": ["file"],
}
_AFTER = OpenApiParameter("after", int, description="Errors of the bad rows after this `position`.")


class WorkbookViewSet(StrictViewSet):
    """Files of rows within reach. A job checks them; nothing is proposed before `submit`."""

    permission_classes = [IsAuthenticated]
    request: UserApiRequest
    queryset = Workbook.objects.none()
    serializer_class = WorkbookSerializer
    parser_classes = [ObjectParser, MultiPartParser]
    pagination_class = None
    filter_backends = []
    lookup_value_converter = "uuid"
    refusals = dict.fromkeys(("mapping", "choices", "mend", "photos", "submit", "withdraw", "resume"), (409,))

    def get_queryset(self) -> QuerySet[Workbook]:
        """What lies within reach."""
        workbooks = Workbook.objects.within_reach(self.request.user).filter(purpose="")
        return workbooks.select_related("sent_by", "batch")

    def known_parameters(self) -> dict[str, bool]:
        """As of StrictViewSet."""
        return {"after": False} if self.action == "retrieve" else {}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuses what is too large before anybody reads it: Django puts files of any size on the disk."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > largest_request():
            raise Problem(413, "too_large", _("The request is larger than is accepted."))
        super().initial(request, *args, **kwargs)

    @extend_schema(request={"multipart/form-data": UPLOAD}, responses={202: WorkbookSerializer})
    def create(self, request: UserApiRequest) -> Response:
        """Send a file. The answer comes at once; ask its `url` until `state` is no longer `reading` or `checking`."""
        workbook = actions.send(**_asked(request), by=request.user)
        answer = self._said(workbook, status_code=status.HTTP_202_ACCEPTED)
        answer["Location"] = answer.data["url"]
        return answer

    @extend_schema(parameters=[_AFTER])
    def retrieve(self, request: UserApiRequest, pk: UUID) -> Response:
        """How far it is, what was found, and what is wrong, fifty bad rows at a time."""
        after = request.query_params.get("after", "0")
        if not (after.isascii() and after.isdigit() and len(after) < 10):
            text = _("“%(value)s” is no position of a row.") % {"value": after[:20]}
            raise ValidationError({"after": ValidationError(text, "invalid")})
        return self._said(self.get_object(), after=int(after))

    @extend_schema(responses={(200, XLSX): OpenApiTypes.BINARY, 202: ExportSerializer})
    def errors(self, request: UserApiRequest, pk: UUID) -> HttpResponseBase:
        """The bad rows as a workbook, with a column KESALAHAN: mend it and send it again.

        More than 10,000 are written aside, as long files of registers are.
        """
        workbook = self.get_object()
        with busy_told():
            export = errors_export(workbook, by=request.user)
        return being_written(export, request) if export else errors_answer(workbook)

    @extend_schema(request=MappingSerializer)
    @action(detail=True, methods=["post"])
    def mapping(self, request: UserApiRequest, pk: UUID) -> Response:
        """Confirm what the columns are; the rows are then checked."""
        workbook, asked = self.get_object(), asked_of(request, MappingSerializer)
        return self._said(actions.confirm(workbook, _mapping(workbook, asked["sheets"]), by=request.user))

    @extend_schema(request=ChoicesSerializer)
    @action(detail=True, methods=["post"])
    def choices(self, request: UserApiRequest, pk: UUID) -> Response:
        """Say which record rows are about that may be records already there; they are then checked again."""
        workbook, asked = self.get_object(), asked_of(request, ChoicesSerializer)
        choices = {}
        for row in asked["choices"]:
            said = {"number": row.get("number", "")} if row["what"] == "update" else {"reason": row.get("reason", "")}
            choices[row["position"]] = {"what": row["what"], **said}
        return self._said(actions.choose(workbook, choices, by=request.user))

    @extend_schema(request=MendingSerializer)
    @action(detail=True, methods=["post"])
    def mend(self, request: UserApiRequest, pk: UUID) -> Response:
        """Mend cells, leave rows out, or take them up again; they are then checked again."""
        workbook, asked = self.get_object(), asked_of(request, MendingSerializer)
        cells = _cells(workbook, asked.get("cells", []))
        mending = Mending(cells, skipped=asked.get("skipped", ()), taken_up=asked.get("taken_up", ()))
        return self._said(actions.mend(workbook, mending, by=request.user))

    @extend_schema(request={"multipart/form-data": PHOTOS})
    @action(detail=True, methods=["post"])
    def photos(self, request: UserApiRequest, pk: UUID) -> Response:
        """Send a ZIP of the pictures whose names stand in a column of the file; its rows are then checked again."""
        workbook = self.get_object()
        if problems := strange_members(request.data, PHOTOS["properties"]):
            raise ValidationError(problems)
        return self._said(actions.add_photos(workbook, _file(request), by=request.user))

    @extend_schema(request=SubmitSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request: UserApiRequest, pk: UUID) -> Response:
        """Have the new and changed rows submitted as one batch. Warnings are a 400 until they are acknowledged."""
        workbook, asked = self.get_object(), asked_of(request, SubmitSerializer)
        return self._said(actions.submit(workbook, by=request.user, acknowledged=asked["acknowledge_warnings"]))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: UserApiRequest, pk: UUID) -> Response:
        """Take it back: what was submitted and is not decided is withdrawn, the rows are removed."""
        workbook, _nothing = self.get_object(), asked_of(request, NothingSerializer)
        return self._said(actions.withdraw(workbook, by=request.user))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def resume(self, request: UserApiRequest, pk: UUID) -> Response:
        """Try again after a fault."""
        workbook, _nothing = self.get_object(), asked_of(request, NothingSerializer)
        return self._said(actions.resume(workbook, by=request.user))

    def _said(self, workbook: Workbook, *, after: int = 0, status_code: int = status.HTTP_200_OK) -> Response:
        answer = told(workbook, self.request, after=after)
        return Response(answer, status=status_code, headers={"Cache-Control": "private, no-store"})


def _asked(request: UserApiRequest) -> dict[str, Any]:
    """The register, regency, file and stock of a new workbook. Raises ValidationError by path, of all at once."""
    asked: dict[str, Any] = {}
    problems: Problems = strange_members(request.data, UPLOAD["properties"])
    finders: dict[str, Callable[[Any], Any]] = {"register": lambda given: register_in(given.data)}
    finders |= {"regency": regency_of, "file": _file, "stock": _stock}
    for name, find in finders.items():
        try:
            asked[name] = find(request)
        except ValidationError as refused:
            problems |= refused.error_dict
    if problems:
        raise ValidationError(problems)
    return asked


def _file(request: Request) -> UploadedFile:
    if "file" not in request.FILES:
        raise ValidationError({"file": ValidationError(_("Send the file as multipart/form-data."), "required")})
    return request.FILES["file"]


def _stock(request: UserApiRequest) -> Stock | None:
    """The Stock that was named; None where none was. Raises Refused and ValidationError as `check_stock`."""
    body = cast("dict[str, Any]", request.data)
    system = str(body.get("older_system") or "")
    try:
        day = Day(required=False).clean(str(body.get("extracted_on") or ""))
    except ValidationError as refused:
        raise ValidationError({"extracted_on": refused}) from None
    stock = Stock.named(system, day)
    if stock:
        check_stock(stock, by=request.user)
    return stock


def _mapping(workbook: Workbook, sheets: Sequence[Mapping[str, Any]]) -> list[Mapped]:
    """The mapping that was asked for, columns by their letters, as `Workbook.mapping` keeps it."""
    if len(sheets) != len(workbook.mapping):
        text = _("Name each of the %(count)s sheets, in their order.") % {"count": len(workbook.mapping)}
        raise ValidationError({"sheets": ValidationError(text, "length")})
    parts = {"", *workbook.target.form.parts}
    mapping = []
    for at, (asked, present) in enumerate(zip(sheets, workbook.mapping, strict=True)):
        if asked["part"] is not None and asked["part"] not in parts:
            text = _("This register has no part “%(part)s”.") % {"part": asked["part"]}
            raise ValidationError({f"sheets.{at}.part": ValidationError(text, "unknown")})
        named = {str(column_of(letter)): name for letter, name in asked.get("columns", {}).items()}
        times = {str(column_of(letter)): factor for letter, factor in asked.get("times", {}).items()}
        if strange := [
            letter
            for letter in [*asked.get("columns", {}), *asked.get("times", {})]
            if str(column_of(letter)) not in present["columns"]
        ]:
            text = _("This sheet has no column “%(column)s”.") % {"column": strange[0][:10]}
            raise ValidationError({f"sheets.{at}.columns": ValidationError(text, "unknown")})
        mapping.append(
            {
                "part": asked["part"],
                "columns": present["columns"] | named,
                "times": present.get("times", {}) | times,
                "same": asked.get("same", present.get("same", {})),
            }
        )
    return mapping


def _cells(workbook: Workbook, asked: Sequence[Mapping[str, Any]]) -> dict[Place, str]:
    """What is to stand in which cells, named by sheet, row and letter."""
    names = [sheet["name"] for sheet in workbook.sheets]
    cells = {}
    for at, cell in enumerate(asked):
        place = column_of(cell["column"])
        if cell["sheet"] not in names or place is None or cell["row"] >= ROWS_OF_A_SHEET:
            text = _("This file has no such cell.")
            raise ValidationError({f"cells.{at}": ValidationError(text, "unknown")})
        cells[position_in(names.index(cell["sheet"]), cell["row"]), place] = cell["value"]
    return cells
