"""One file on its way: progress, columns to confirm, what was found in its rows, and what is to be done."""

from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import BadRequest, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from disperin.accounts.requests import UserRequest
from disperin.desk.pages import Desk
from disperin.notices.actions import mark_read_about
from disperin.registers.lists.addresses import record_address
from disperin.ui import said
from disperin.ui.listing import with_query
from disperin.workbooks import actions
from disperin.workbooks.actions.exporting import Busy
from disperin.workbooks.answers import errors_answer, errors_export
from disperin.workbooks.forms import MappingForm, PhotosForm, SubmitForm
from disperin.workbooks.importing.choices import read_choices
from disperin.workbooks.importing.noted import noted
from disperin.workbooks.importing.purposes import purpose_of
from disperin.workbooks.models import WORKING, Choice, Outcome, State, Workbook
from disperin.workbooks.rights import Step, open_steps
from disperin.workbooks.tables.columns import photo_places
from disperin.workbooks.views.mending import NONE, Refusals, read_mending, refusals, set_apart, to_mend
from disperin.workbooks.views.what_was_read import not_read, read_so

PAGE_SIZE = 25
MOST_PHOTOS = 500  # whose names are shown
TONES = {Outcome.NEW: "info", Outcome.CHANGED: "info", Outcome.BAD: "danger"}
ICONS = {
    Outcome.NEW: "plus-lg", Outcome.CHANGED: "pencil", Outcome.UNCHANGED: "check-lg", Outcome.BAD: "x-circle",
    Outcome.SKIPPED: "dash-lg",
}  # fmt: skip


def busy_answer(request: HttpRequest, refused: Busy, back_url: str) -> HttpResponse:
    """The page that says when to ask again for a long file."""
    context = {"reason": str(refused), "back_url": back_url}
    answer = render(request, "workbooks/busy.html", context, status=refused.status)
    answer["Retry-After"] = refused.seconds
    return answer


class OfWorkbook(Desk):
    """A page or step of one file, within reach; 404 otherwise."""

    def workbook(self) -> Workbook:
        workbooks = Workbook.objects.within_reach(self.request.user).select_related("sent_by", "regency", "batch")
        return get_object_or_404(workbooks, pk=self.kwargs["pk"])


class Detail(OfWorkbook):
    """`/usulan/impor/<id>/`: what its state asks for."""

    def get(self, request: UserRequest, pk: UUID) -> HttpResponse:
        workbook = self.workbook()
        mark_read_about(request.user, request.path)
        purpose = purpose_of(workbook)
        if purpose and workbook.state == State.CHECKED:
            return _go_to(request, purpose.address(workbook))
        return show(request, workbook)


def _go_to(request: UserRequest, address: str) -> HttpResponse:
    """Lead to where the result stands, also from a page that looks again by itself."""
    return HttpResponse(status=204, headers={"HX-Redirect": address}) if request.htmx else redirect(address)


def show(
    request: UserRequest,
    workbook: Workbook,
    *,
    mapping: MappingForm | None = None,
    submitting: SubmitForm | None = None,
    picturing: PhotosForm | None = None,
    problems: Sequence[str] = (),
    choices: Mapping[int, Choice] | None = None,
    refused: Refusals = NONE,
    status: int = 200,
) -> HttpResponse:
    """The page of a workbook; forms and choices that were refused are shown as they were sent."""
    steps = open_steps(workbook, request.user)
    is_working = workbook.state in WORKING
    is_read = workbook.state not in (State.READING, State.MAPPING)
    if Step.CONFIRM in steps and not mapping and (workbook.state == State.MAPPING or "kolom" in request.GET):
        mapping = MappingForm(workbook)
    purpose = purpose_of(workbook)
    context = {
        "workbook": workbook,
        "among": purpose.title if purpose else _("Import from Excel"),
        "among_url": purpose.index() if purpose else reverse("workbooks:index"),
        "steps": steps,
        "is_working": is_working,
        "mapping": mapping,
        "submitting": submitting or SubmitForm(),
        "problems": problems,
        "not_read": list(not_read(workbook)) if is_read else [],
        "read_so": list(read_so(workbook)) if is_read else [],
    }
    if workbook.state in (State.CHECKED, State.PROPOSING, State.SUBMITTED) and not mapping:
        context |= _rows(request, workbook, choices or {})
        context |= _photos(workbook, picturing)
        context |= to_mend(request, workbook, refused) | set_apart(workbook)
    answer = render(request, "workbooks/detail.html", context, status=status)
    if request.htmx and not is_working:
        answer["HX-Refresh"] = "true"  # the job is done: the page is another one now
    return answer


def _rows(request: UserRequest, workbook: Workbook, choices: Mapping[int, Choice]) -> dict[str, Any]:
    """The rows of one outcome, the bad ones first, and the tiles that lead to the others."""
    undecided = workbook.rows.filter(outcome=Outcome.BAD).exclude(candidates=[])
    asked = request.GET.get("hasil") or ("pilihan" if workbook.bad and undecided.exists() else "")
    if asked not in ("", *Outcome.values, "peringatan", "pilihan", "semua"):
        raise BadRequest(_("“%(name)s” is no outcome of a row.") % {"name": asked[:20]})
    rows = workbook.rows.exclude(outcome="").order_by("position").defer("cells")
    if asked in Outcome.values:
        rows = rows.filter(outcome=asked)
    elif asked == "peringatan":
        rows = rows.exclude(warnings=[]).exclude(outcome=Outcome.BAD)
    elif asked == "pilihan":
        rows = rows.exclude(candidates=[]).filter(outcome=Outcome.BAD)
    elif not asked and workbook.bad:
        rows = rows.none()  # what is to be mended stands above, cause by cause
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    for row in cast("list[Any]", page.object_list):
        row.address = record_address(workbook.target, row.record_number)
        row.asked, row.position_text = choices.get(row.position, {}), str(row.position)
        row.errors, row.warnings = ([said.now(message) for message in some] for some in (row.errors, row.warnings))
    tiles = [
        (
            getattr(workbook, outcome),
            outcome.label,
            with_query(request, hasil=outcome.value),
            ICONS[outcome],
            TONES.get(outcome, ""),
        )
        for outcome in Outcome
        if outcome != Outcome.SKIPPED or workbook.skipped
    ]
    waits = any(row.candidates for row in page.object_list)
    frequent = noted(workbook, "warnings", Outcome.values)
    return {
        "frequent": frequent,
        "page": page,
        "waits": waits,
        "tiles": tiles,
        "asked": asked,
        "all_url": with_query(request, hasil="semua"),
    }


def _photos(workbook: Workbook, form: PhotosForm | None) -> dict[str, Any]:
    """What became of the pictures that rows name, and the form for more, where a column names any."""
    if not photo_places(workbook.target, workbook.mapping):
        return {}
    sent = list(workbook.photos.order_by("key")[:MOST_PHOTOS])
    unusable = [(photo.name, said.now(photo.problem)["message"]) for photo in sent if photo.problem]
    taken = workbook.photos.exclude(attachment=None).count()
    return {"picturing": form or PhotosForm(), "photos_taken": taken, "photos_left": unusable}


class Confirm(OfWorkbook):
    """`…/kolom/`: what the columns are."""

    def get(self, request: UserRequest, pk: UUID) -> HttpResponse:
        return redirect(self.workbook())

    def post(self, request: UserRequest, pk: UUID) -> HttpResponse:
        workbook = self.workbook()
        form = MappingForm(workbook, request.POST)
        if form.is_valid():
            try:
                return redirect(actions.confirm(workbook, form.mapping(), by=request.user))
            except ValidationError as refused:
                form.tell(refused)
        return show(request, workbook, mapping=form, status=400)


class Choose(OfWorkbook):
    """`…/pilihan/`: which record each row is about."""

    def get(self, request: UserRequest, pk: UUID) -> HttpResponse:
        return redirect(self.workbook())

    def post(self, request: UserRequest, pk: UUID) -> HttpResponse:
        workbook, choices = self.workbook(), read_choices(request.POST)
        try:
            return redirect(actions.choose(workbook, choices, by=request.user))
        except ValidationError as refused:
            asked = workbook.rows.filter(outcome=Outcome.BAD, position__in=choices)
            rows = dict(asked.values_list("position", "number"))
            problems = [_at_row(rows, choices, path, errors) for path, errors in refused.message_dict.items()]
            return show(request, workbook, problems=problems, choices=choices, status=400)


def _at_row(rows: Mapping[int, int], choices: Mapping[int, Choice], path: str, messages: Sequence[str]) -> str:
    """What is wrong with the choice for a row; where it is a new one, with the reason that was given."""
    text, number = " ".join(messages), rows.get(int(path)) if path.isdigit() else None
    if not number:
        return text
    at_row = {"row": number, "text": text}
    if choices[int(path)]["what"] == "new":
        return _("Row %(row)s, “Why it is a new one”: %(text)s") % at_row
    return _("Row %(row)s: %(text)s") % at_row


class Mend(OfWorkbook):
    """`…/perbaikan/`: cells by hand or as suggested, rows left out or taken up again."""

    def get(self, request: UserRequest, pk: UUID) -> HttpResponse:
        return redirect(self.workbook())

    def post(self, request: UserRequest, pk: UUID) -> HttpResponse:
        workbook = self.workbook()
        mending = read_mending(request.POST, workbook)
        try:
            return redirect(actions.mend(workbook, mending, by=request.user))
        except ValidationError as refused:
            problems = [" ".join(errors) for errors in refused.message_dict.values()]
            return show(request, workbook, refused=refusals(mending, refused), problems=problems, status=400)


class Picture(OfWorkbook):
    """`…/foto/`: a ZIP of the pictures that rows name."""

    def get(self, request: UserRequest, pk: UUID) -> HttpResponse:
        return redirect(self.workbook())

    def post(self, request: UserRequest, pk: UUID) -> HttpResponse:
        workbook, form = self.workbook(), PhotosForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                return redirect(actions.add_photos(workbook, form.cleaned_data["file"], by=request.user))
            except ValidationError as refused:
                form.add_error(None, refused)
        return show(request, workbook, picturing=form, status=400)


class Submit(OfWorkbook):
    """`…/ajukan/`: rows become submissions."""

    def get(self, request: UserRequest, pk: UUID) -> HttpResponse:
        return redirect(self.workbook())

    def post(self, request: UserRequest, pk: UUID) -> HttpResponse:
        workbook = self.workbook()
        form = SubmitForm(request.POST)
        form.is_valid()
        try:
            acknowledged = form.cleaned_data["acknowledge_warnings"]
            return redirect(actions.submit(workbook, by=request.user, acknowledged=acknowledged))
        except ValidationError as refused:
            form.add_error("acknowledge_warnings", refused.error_dict["acknowledge_warnings"])
            return show(request, workbook, submitting=form, status=400)


class Withdraw(OfWorkbook):
    """`…/tarik/`: the file is taken back."""

    def get(self, request: UserRequest, pk: UUID) -> HttpResponse:
        return redirect(self.workbook())

    def post(self, request: UserRequest, pk: UUID) -> HttpResponse:
        return redirect(actions.withdraw(self.workbook(), by=request.user))


class Resume(OfWorkbook):
    """`…/lanjut/`: try again after a fault."""

    def get(self, request: UserRequest, pk: UUID) -> HttpResponse:
        return redirect(self.workbook())

    def post(self, request: UserRequest, pk: UUID) -> HttpResponse:
        return redirect(actions.resume(self.workbook(), by=request.user))


class Errors(OfWorkbook):
    """`…/kesalahan.xlsx`: the bad rows, to be mended."""

    def get(self, request: UserRequest, pk: UUID) -> HttpResponseBase:
        workbook = self.workbook()
        try:
            export = errors_export(workbook, by=request.user)
        except actions.Busy as refused:
            return busy_answer(request, refused, workbook.get_absolute_url())
        return redirect(export) if export else errors_answer(workbook)
