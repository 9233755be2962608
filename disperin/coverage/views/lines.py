"""One list: what its lines turned out to be, who sees to them, what can be done with it, and its lines as a file."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.db.models import F, QuerySet
from django.db.models.functions import Lower
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from disperin.accounts.models import User
from disperin.accounts.requests import UserRequest
from disperin.coverage import actions
from disperin.coverage.actions.bringing import may_change
from disperin.coverage.filters import LineFilter
from disperin.coverage.forms import CountForm
from disperin.coverage.models import OutsideLine, OutsideList, OutsideTask
from disperin.coverage.models.outside_list import rivals_for, worded
from disperin.coverage.rules import Kind, Outcome
from disperin.desk.lists import DeskList
from disperin.desk.pages import Desk, whole_number
from disperin.desk.refusals import NotNow, add_refused
from disperin.history.views import timeline
from disperin.notices.actions import mark_read_about
from disperin.regions.models import Regency
from disperin.regions.reach import reaches, reaches_regency
from disperin.registers.lists.addresses import record_address
from disperin.registers.lists.listing import PAGE_SIZE, Order
from disperin.tasks.actions import end_task
from disperin.tasks.forms import AssignForm
from disperin.ui.listing import with_query
from disperin.workbooks.exporting.copying import csv_of
from disperin.workbooks.files.delimited import quoted
from disperin.workbooks.views.file_page import not_read

MOST_IN_FILE = 50_000  # lines of a file that is written while somebody waits
ORDERS = (
    Order("name", gettext_lazy("Name A–Z"), Lower("name")),
    Order("-name", gettext_lazy("Name Z–A"), Lower("name")),
    Order("position", gettext_lazy("As in the list"), F("position"), nullable=True),
)
COLUMNS = (
    "id", "number", "outcome", "matched_by", "name", "nib", "certificate", "regency_id", "regency__name",
    "village__name", "record_number", "record_regency", "differs", "rivals", "problem",
)  # fmt: skip
TONES = {Outcome.FOUND: "success", Outcome.CONTRADICTING: "danger", Outcome.NEW: "info", Outcome.DOUBTFUL: "warning"}
ICONS = {
    Outcome.FOUND: "check-lg", Outcome.CONTRADICTING: "exclamation-triangle", Outcome.NEW: "plus-lg",
    Outcome.DOUBTFUL: "question-circle", Outcome.MISSING: "search", Outcome.REPEATED: "copy",
    Outcome.UNREAD: "x-circle",
}  # fmt: skip


def _as_read(row: dict[str, Any], user: User) -> dict[str, Any]:
    """A line as somebody may read it: of a record or a rival elsewhere no more than that it is elsewhere."""
    is_elsewhere = bool(row["record_number"]) and not reaches_regency(user, row["record_regency"])
    kept_back = {"matched_by": "", "record_number": "", "differs": []} if is_elsewhere else {}
    rivals = rivals_for(user, row["rivals"])
    told = {"rivals": rivals, "has_rivals_elsewhere": len(rivals) < len(row["rivals"])}
    return {**row, **kept_back, **told, "is_elsewhere": is_elsewhere}


class OfList(DeskList):
    """A page of one list within reach; 404 otherwise."""

    filterset_class = LineFilter
    columns = COLUMNS

    def outside_list(self) -> OutsideList:
        """The list of the address."""
        found = OutsideList.objects.readable_by(self.request.user).select_related("regency", "workbook", "made_by")
        return get_object_or_404(found, pk=min(self.kwargs["pk"], 2**63 - 1))

    def lines(self, outside_list: OutsideList) -> QuerySet[OutsideLine]:
        """Its lines within reach."""
        return OutsideLine.objects.within_reach(self.request.user).filter(outside_list=outside_list)

    def matches(self, outside_list: OutsideList) -> QuerySet[OutsideLine]:
        """Those of them that the address narrows it to; none where its filter is not understood."""
        asked = LineFilter(self.request.GET, queryset=self.lines(outside_list), request=self.request)
        return asked.qs if asked.is_valid() else self.lines(outside_list).none()


class Lines(OfList):
    """`/cakupan/<pk>/`: tiles by outcome, the lines narrowed and sorted; POST hands ticked ones to somebody."""

    def get(self, request: UserRequest, pk: int) -> HttpResponse:
        mark_read_about(request.user, request.path)
        return self._page(self.outside_list())

    def post(self, request: UserRequest, pk: int) -> HttpResponse:
        found = self.outside_list()
        if "end" in request.POST:
            held = OutsideTask.objects.within_reach(request.user).filter(line__outside_list=found)
            task = get_object_or_404(held, pk=whole_number(request.POST["end"]))
            end_task(task, by=request.user)
            messages.success(request, _("Taken off the list of %(who)s.") % {"who": task.assigned_to})
            return redirect(request.get_full_path())
        form = AssignForm(request.POST, by=request.user, regency=self._regency(found))
        if form.is_valid():
            lines = self.matches(found)
            if request.POST.get("which") != "all":
                lines = lines.filter(pk__in=[whole_number(key) for key in request.POST.getlist("lines")[:PAGE_SIZE]])
            try:
                made = actions.assign_lines(lines, by=request.user, **form.cleaned_data)
            except ValidationError as refused:
                add_refused(form, refused)
            else:
                told = {"number": len(made), "who": form.cleaned_data["to"]}
                text = ngettext(
                    "%(number)d line assigned to %(who)s.", "%(number)d lines assigned to %(who)s.", len(made)
                )
                messages.success(request, text % told)
                return redirect(request.get_full_path())
        return self._page(found, assign=form, status=400)

    def _regency(self, found: OutsideList) -> str | None:
        """Whose people lines are assigned to: those of one's own regency alone, where one has but one."""
        user = self.request.user
        if not user.sees_all:
            return user.regency_id
        return self.request.GET.get("regency", "").replace("\x00", "") or found.regency_id

    def _page(self, found: OutsideList, *, assign: AssignForm | None = None, status: int = 200) -> HttpResponse:
        user, order = self.request.user, _order(self.request)
        context = self.narrowed(self.lines(found), order)
        status = 400 if context["problems"] else status
        counts = found.counted(user)
        regency = self._regency(found)
        may_import = user.can_propose and found.kind != Kind.HALAL and not found.workbook.forgotten_at
        may_import = may_import and counts[Outcome.NEW] > 0
        context |= {
            "list": found,
            "rows": self._rows(found, context["rows"]),
            "tiles": [
                (counts[one], one.label, with_query(self.request, outcome=one.value, cursor=None), ICONS[one],
                 TONES.get(one, ""))
                for one in Outcome
                if counts[one] or one not in (Outcome.REPEATED, Outcome.UNREAD, Outcome.DOUBTFUL)
            ],
            "orders": [(one.value, one.label) for one in ORDERS],
            "order": order.value,
            "assign": assign or AssignForm(by=user, regency=regency),
            "may_assign": user.can_propose,
            "ticked": set(self.request.POST.getlist("lines")),
            "may_change": may_change(found, user),
            "may_open_file": reaches(user, found.workbook),
            "import_to": Regency.objects.filter(pk=regency).first() if may_import and regency else None,
            "may_count": not actions.why_not_count(found, user),
            "counting": CountForm(),
            "file_url": with_query(self.request, cursor=None, order=None).partition("?")[2],
            "not_read": list(not_read(found.workbook)) if reaches(user, found) else [],
            "events": timeline(found) if reaches(user, found) else [],
        }  # fmt: skip
        return render(self.request, "coverage/list.html", context, status=status)

    def _rows(self, found: OutsideList, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Lines as the page shows them: of a record elsewhere no more than that it is elsewhere."""
        tasks = OutsideTask.objects.unended().filter(line__in=[row["id"] for row in rows])
        held = {one.line_id: one for one in tasks.select_related("assigned_to")}
        shown = []
        for row in (_as_read(row, self.request.user) for row in rows):
            url = record_address(found.register, row["record_number"])
            rivals = [(one, record_address(found.register, one["number"])) for one in row["rivals"]]
            more = {"url": url, "rivals_named": rivals}
            shown.append({**worded(row), **more, "task": held.get(row["id"]), "key": row["certificate"] or row["nib"]})
        return shown


class Line(Desk):
    """`/cakupan/baris/<pk>/`: leads to the list, narrowed to one line."""

    def get(self, request: UserRequest, pk: int) -> HttpResponse:
        reached = OutsideLine.objects.within_reach(request.user).select_related("outside_list")
        line = get_object_or_404(reached, pk=min(pk, 2**63 - 1))
        return redirect(f"{line.outside_list.get_absolute_url()}?line={line.pk}")


class Steps(OfList):
    """`/cakupan/<pk>/langkah/`: POST takes the step that `step` names."""

    def post(self, request: UserRequest, pk: int) -> HttpResponse:
        found, step = self.outside_list(), request.POST.get("step", "")
        known = {
            "settle": self._settle, "again": self._again, "import": self._import, "count": self._count,
            "remove": self._remove,
        }  # fmt: skip
        if step not in known:
            raise BadRequest(_("“%(name)s” is no step.") % {"name": step[:20]})
        try:
            return known[step](found)
        except ValidationError as refused:
            raise NotNow(" ".join(refused.messages)) from None

    def _settle(self, found: OutsideList) -> HttpResponse:
        line = get_object_or_404(self.lines(found), pk=whole_number(self.request.POST.get("line")))
        actions.settle(line, self.request.POST.get("number", "")[:20], by=self.request.user)
        messages.success(self.request, _("It is noted what this line is about."))
        return redirect(f"{found.get_absolute_url()}?outcome={Outcome.DOUBTFUL}")

    def _again(self, found: OutsideList) -> HttpResponse:
        compared = actions.compare_again(found, by=self.request.user)
        return redirect(compared.workbook if reaches(self.request.user, compared.workbook) else compared)

    def _import(self, found: OutsideList) -> HttpResponse:
        code = self.request.POST.get("regency", "").replace("\x00", "")
        return redirect(actions.order_import(found, get_object_or_404(Regency, pk=code), by=self.request.user))

    def _count(self, found: OutsideList) -> HttpResponse:
        form = CountForm(self.request.POST)
        form.is_valid()
        made = actions.count_for_league(found, only_industry=form.cleaned_data["only_industry"], by=self.request.user)
        text = ngettext("Counted for %(number)d regency.", "Counted for %(number)d regencies.", len(made))
        messages.success(self.request, text % {"number": len(made)})
        return redirect(found)

    def _remove(self, found: OutsideList) -> HttpResponse:
        actions.remove(found, by=self.request.user)
        messages.success(self.request, _("The list is removed."))
        return redirect("coverage:lists")


class LinesFile(OfList):
    """`/cakupan/<pk>/baris.csv`: the lines that the page is narrowed to, those within reach alone."""

    def get(self, request: UserRequest, pk: int) -> HttpResponseBase:
        found = self.outside_list()
        rows = list(self.matches(found).order_by(Lower("name"), "pk").values(*COLUMNS)[: MOST_IN_FILE + 1])
        if len(rows) > MOST_IN_FILE:
            text = _("More than %(most)s lines do not fit into one file. Narrow the list, for example to one regency.")
            raise NotNow(text % {"most": MOST_IN_FILE})
        tasks = OutsideTask.objects.unended().filter(line__outside_list=found).select_related("assigned_to")
        held = {one.line_id: one for one in tasks}
        actions.note_download(found, len(rows), by=request.user)
        answer = HttpResponse(csv_of(self._written(rows, held)), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="cakupan-{found.pk}.csv"'
        return answer

    def _written(self, rows: list[dict[str, Any]], held: dict[int, OutsideTask]) -> list[list[str]]:
        heads = [
            _("Row"), _("Outcome"), _("Found by"), _("Name"), _("NIB"), _("Certificate number"), _("Regency/city"),
            _("Village"), _("Register number"), _("Contradicting"), _("Assigned to"), _("To be done by"),
        ]  # fmt: skip
        written = [[str(one) for one in heads]]
        for row in (worded(_as_read(row, self.request.user)) for row in rows):
            task = held.get(row["id"])
            elsewhere = _("Its record lies in another regency.") if row["is_elsewhere"] else ""
            cells = [
                row["number"] or "", row["outcome_label"], row["matched_label"], row["name"], row["nib"],
                row["certificate"], row["regency__name"] or "", row["village__name"] or "",
                row["record_number"] or elsewhere, "; ".join(map(str, row["differs_labels"])),
                task.assigned_to.full_name if task else "", task.due_on.isoformat() if task else "",
            ]  # fmt: skip
            written.append([quoted(str(cell)) for cell in cells])
        return written


def _order(request: UserRequest) -> Order:
    asked = request.GET.get("order", ORDERS[0].value)
    found = next((one for one in ORDERS if one.value == asked), None)
    if found is None:
        raise BadRequest(_("“%(name)s” is no order of this list.") % {"name": asked[:20]})
    return found
