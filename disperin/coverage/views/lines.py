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

from disperin.accounts.requests import UserRequest
from disperin.coverage import actions, removing
from disperin.coverage.actions.bringing import may_change
from disperin.coverage.filters import LineFilter
from disperin.coverage.forms import CountForm
from disperin.coverage.models import OutsideLine, OutsideList, OutsideTask
from disperin.coverage.models.outside_list import as_read, worded
from disperin.coverage.rules import Kind, Outcome
from disperin.desk.lists import DeskList
from disperin.desk.pages import Desk, whole_number
from disperin.desk.refusals import NotNow, add_refused
from disperin.history.views import timeline
from disperin.notices.actions import mark_read_about
from disperin.regions.models import Regency
from disperin.regions.reach import reaches
from disperin.registers.lists.addresses import record_address
from disperin.registers.lists.listing import PAGE_SIZE, Order
from disperin.tasks.actions import end_task
from disperin.tasks.forms import AssignForm
from disperin.ui.listing import with_query
from disperin.workbooks.exporting.copying import csv_of
from disperin.workbooks.files.delimited import quoted
from disperin.workbooks.views.what_was_read import not_read

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


class OfList(DeskList):
    """A page of one list within reach; 404 otherwise."""

    filterset_class = LineFilter
    columns = COLUMNS

    def outside_list(self) -> OutsideList:
        """The list of the address."""
        readable = OutsideList.objects.readable_by(self.request.user).select_related("regency", "workbook", "made_by")
        return get_object_or_404(readable, pk=min(self.kwargs["pk"], 2**63 - 1))

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
        outside_list = self.outside_list()
        removing.refuse_going(outside_list)
        if "end" in request.POST:
            held = OutsideTask.objects.within_reach(request.user).filter(line__outside_list=outside_list)
            task = get_object_or_404(held, pk=whole_number(request.POST["end"]))
            end_task(task, by=request.user)
            messages.success(request, _("Taken off the list of %(who)s.") % {"who": task.assigned_to})
            return redirect(request.get_full_path())
        form = AssignForm(request.POST, by=request.user, regency=self._regency(outside_list))
        if form.is_valid():
            lines = self.matches(outside_list)
            if request.POST.get("which") != "all":
                lines = lines.filter(pk__in=[whole_number(key) for key in request.POST.getlist("lines")[:PAGE_SIZE]])
            try:
                made = actions.assign_lines(lines, by=request.user, **form.cleaned_data)
            except ValidationError as refused:
                add_refused(form, refused)
            else:
                values = {"number": len(made), "who": form.cleaned_data["to"]}
                text = ngettext(
                    "%(number)d line assigned to %(who)s.", "%(number)d lines assigned to %(who)s.", len(made)
                )
                messages.success(request, text % values)
                return redirect(request.get_full_path())
        return self._page(outside_list, assign=form, status=400)

    def _regency(self, outside_list: OutsideList) -> str | None:
        """Whose people lines are assigned to: those of one's own regency alone, where one has but one."""
        user = self.request.user
        if not user.sees_all:
            return user.regency_id
        return self.request.GET.get("regency", "").replace("\x00", "") or outside_list.regency_id

    def _page(self, outside_list: OutsideList, *, assign: AssignForm | None = None, status: int = 200) -> HttpResponse:
        user = self.request.user
        context = self.narrowed(self.lines(outside_list), *ORDERS)
        status = 400 if context["problems"] else status
        counts = outside_list.counted(user)
        regency = self._regency(outside_list)
        is_going = removing.is_going(outside_list)
        may_import = (
            user.can_propose
            and not is_going
            and outside_list.kind != Kind.HALAL
            and not outside_list.workbook.forgotten_at
        )
        may_import = may_import and counts[Outcome.NEW] > 0
        context |= {
            "list": outside_list,
            "rows": self._rows(outside_list, context["rows"]),
            "tiles": [
                (counts[outcome], outcome.label, with_query(self.request, outcome=outcome.value, cursor=None),
                 ICONS[outcome], TONES.get(outcome, ""))
                for outcome in Outcome
                if counts[outcome] or outcome not in (Outcome.REPEATED, Outcome.UNREAD, Outcome.DOUBTFUL)
            ],
            "assign": assign or AssignForm(by=user, regency=regency),
            "may_assign": user.can_propose and not is_going,
            "ticked": set(self.request.POST.getlist("lines")),
            "is_going": is_going,
            "may_change": may_change(outside_list, user) and not is_going,
            "may_open_file": reaches(user, outside_list.workbook),
            "import_to": Regency.objects.filter(pk=regency).first() if may_import and regency else None,
            "may_count": not is_going and not actions.why_not_count(outside_list, user),
            "counting": CountForm(),
            "file_url": with_query(self.request, cursor=None, order=None).partition("?")[2],
            "not_read": list(not_read(outside_list.workbook)) if reaches(user, outside_list) else [],
            "events": timeline(outside_list) if reaches(user, outside_list) else [],
        }  # fmt: skip
        return render(self.request, "coverage/list.html", context, status=status)

    def _rows(self, outside_list: OutsideList, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Lines as the page shows them: of a record elsewhere no more than that it is elsewhere."""
        tasks = OutsideTask.objects.unended().filter(line__in=[row["id"] for row in rows])
        held = {task.line_id: task for task in tasks.select_related("assigned_to")}
        shown = []
        for row in (as_read(row, self.request.user) for row in rows):
            url = record_address(outside_list.register, row["record_number"])
            rivals = [(rival, record_address(outside_list.register, rival["number"])) for rival in row["rivals"]]
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
        outside_list, step = self.outside_list(), request.POST.get("step", "")
        known = {
            "settle": self._settle, "again": self._again, "import": self._import, "count": self._count,
            "remove": self._remove,
        }  # fmt: skip
        if step not in known:
            raise BadRequest(_("“%(name)s” is no step.") % {"name": step[:20]})
        removing.refuse_going(outside_list)
        try:
            return known[step](outside_list)
        except ValidationError as refused:
            raise NotNow(" ".join(refused.messages)) from None

    def _settle(self, outside_list: OutsideList) -> HttpResponse:
        line = get_object_or_404(self.lines(outside_list), pk=whole_number(self.request.POST.get("line")))
        actions.settle(line, self.request.POST.get("number", "")[:20], by=self.request.user)
        messages.success(self.request, _("It is noted what this line is about."))
        return redirect(f"{outside_list.get_absolute_url()}?outcome={Outcome.DOUBTFUL}")

    def _again(self, outside_list: OutsideList) -> HttpResponse:
        compared = actions.compare_again(outside_list, by=self.request.user)
        return redirect(compared.workbook if reaches(self.request.user, compared.workbook) else compared)

    def _import(self, outside_list: OutsideList) -> HttpResponse:
        code = self.request.POST.get("regency", "").replace("\x00", "")
        return redirect(actions.order_import(outside_list, get_object_or_404(Regency, pk=code), by=self.request.user))

    def _count(self, outside_list: OutsideList) -> HttpResponse:
        form = CountForm(self.request.POST)
        form.is_valid()
        made = actions.count_for_league(
            outside_list, only_industry=form.cleaned_data["only_industry"], by=self.request.user
        )
        text = ngettext("Counted for %(number)d regency.", "Counted for %(number)d regencies.", len(made))
        messages.success(self.request, text % {"number": len(made)})
        return redirect(outside_list)

    def _remove(self, outside_list: OutsideList) -> HttpResponse:
        if removing.begin_removal(outside_list, by=self.request.user):
            messages.success(self.request, _("The list is removed."))
        else:
            messages.info(self.request, _("The list is long. It is being removed; you are told when it is gone."))
        return redirect("coverage:lists")


class LinesFile(OfList):
    """`/cakupan/<pk>/baris.csv`: the lines that the page is narrowed to, those within reach alone."""

    def get(self, request: UserRequest, pk: int) -> HttpResponseBase:
        outside_list = self.outside_list()
        rows = list(self.matches(outside_list).order_by(Lower("name"), "pk").values(*COLUMNS)[: MOST_IN_FILE + 1])
        if len(rows) > MOST_IN_FILE:
            text = _("More than %(most)s lines do not fit into one file. Narrow the list, for example to one regency.")
            raise NotNow(text % {"most": MOST_IN_FILE})
        tasks = OutsideTask.objects.unended().filter(line__outside_list=outside_list).select_related("assigned_to")
        held = {task.line_id: task for task in tasks}
        actions.note_download(outside_list, len(rows), by=request.user)
        answer = HttpResponse(csv_of(self._written(rows, held)), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="cakupan-{outside_list.pk}.csv"'
        return answer

    def _written(self, rows: list[dict[str, Any]], held: dict[int, OutsideTask]) -> list[list[str]]:
        heads = [
            _("Row"), _("Outcome"), _("Found by"), _("Name"), _("NIB"), _("Certificate number"), _("Regency/city"),
            _("Village"), _("Register number"), _("Contradicting"), _("Assigned to"), _("To be done by"),
        ]  # fmt: skip
        written = [[str(head) for head in heads]]
        for row in (worded(as_read(row, self.request.user)) for row in rows):
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
