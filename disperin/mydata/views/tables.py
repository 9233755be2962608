"""`/data/` and `/data/<register>/`: which registers there are, and the table of one."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disperin.accounts.requests import UserRequest
from disperin.attachments.forms import AttachmentField
from disperin.desk.counting import Count, answers
from disperin.desk.pages import Desk, whole_number
from disperin.desk.refusals import NotNow
from disperin.mydata import actions
from disperin.mydata.cells import add_tasks, rows_of
from disperin.mydata.forms import ViewForm
from disperin.mydata.models import LackTask, SavedView, first_view, views_of
from disperin.registers.lists.addresses import table_address
from disperin.registers.lists.columns import Column, columns_of, offered_kinds
from disperin.registers.lists.lacks import Lack, lacks_of, wanted_of
from disperin.registers.lists.one_moment import TookTooLong, not_longer_than
from disperin.registers.lists.tables import LONGEST_BOUND, ROWS, RegisterTable, bounds_of, table_of
from disperin.registers.models import RecordQuerySet
from disperin.registers.record import directory, past
from disperin.registers.record.directory import Register
from disperin.tasks.actions import end_task
from disperin.tasks.forms import AssignForm
from disperin.ui.listing import kept_parameters, with_query
from disperin.ui.texts import Text

LONGEST = 5_000  # milliseconds of a statement: what hardly any record lacks is looked for in all of them


class Bounded(Desk):
    """A page over records of any number: a statement that takes too long is given up, and the page says what to do."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            with not_longer_than(LONGEST):
                return super().dispatch(request, *args, **kwargs)
        except TookTooLong:
            return render(request, "mydata/too_long.html", {"first_url": request.path}, status=503)


class Registers(Bounded):
    """`/data/`: every register with how many of its open records lie within reach."""

    knows_as_of = True

    def get(self, request: UserRequest) -> HttpResponse:
        registers = directory.all_registers()
        reached = [register.model.objects.within_reach(request.user).unclosed().in_lists() for register in registers]
        counts = answers([Count(records) for records in reached])
        rows = [(register, number, table_address(register)) for register, number in zip(registers, counts, strict=True)]
        gone = SavedView.objects.filter(owner=request.user).exclude(
            register__in=[register.slug for register in registers]
        )
        return render(request, "mydata/registers.html", {"rows": rows, "gone": gone})


class OfRegister(Bounded):
    """A page about one register, named in its address."""

    def register(self, slug: str) -> Register:
        """The register of this slug; 404 for none."""
        try:
            return directory.get(slug)
        except directory.UnknownRegister:
            raise Http404 from None


class TablePage(OfRegister):
    """`/data/<register>/?column=&lack=&…`: the records within reach, narrowed, sorted, in the columns chosen."""

    knows_as_of = True

    def get(self, request: UserRequest, slug: str) -> HttpResponse:
        """The table; where the address asks for nothing, in the view that this person wants first."""
        register = self.register(slug)
        if not request.GET and (first := first_view(register, request.user)):
            return redirect(first)
        return self.page(register)

    def post(self, request: UserRequest, slug: str) -> HttpResponse:
        """Hand records to somebody, take one off again, or save what the address asks for under a name."""
        register = self.register(slug)
        if past.day():
            raise NotNow(_("A past day is for reading. Go back to today to change, assign or save anything."))
        if "assign" in request.POST:
            return self._assign(register)
        if "end" in request.POST:
            return self._end()
        if "change" in request.POST:
            return self._change(register)
        form = ViewForm(request.POST, by=request.user)
        if form.is_valid():
            try:
                view = actions.save_view(register, request.GET.urlencode(), by=request.user, **form.cleaned_data)
            except ValidationError as refused:
                form.add_error(None, refused)
            else:
                messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
                return redirect(view)
        return self.page(register, form=form, status=400)

    def _assign(self, register: Register) -> HttpResponse:
        """Hand the ticked records, or all of the list, to somebody, for what the list is narrowed to lack."""
        form = AssignForm(self.request.POST, by=self.request.user)
        table = self.table(register)
        table.ask()
        if form.is_valid():
            records = chosen_records(table, self.request.POST)
            try:
                made = actions.assign_lacks(register, table.lacks, records, by=self.request.user, **form.cleaned_data)
            except ValidationError as refused:
                form.add_error(None, refused)
            else:
                values = {"number": len(made), "who": form.cleaned_data["to"]}
                text = ngettext(
                    "%(number)d thing assigned to %(who)s.", "%(number)d things assigned to %(who)s.", len(made)
                )
                messages.success(self.request, text % values)
                return redirect(self.request.get_full_path())
        return self.page(register, assign=form, status=400)

    def _change(self, register: Register) -> HttpResponse:
        """Go on to the page that asks for the new value of the chosen records."""
        if self.request.POST.get("which") != "all" and not self.request.POST.getlist("records"):
            return self.page(register, refused=_("Tick at least one record."), status=400)
        asked = self.request.GET.copy()
        for name in ("field", "which", "records"):
            asked.setlist(name, self.request.POST.getlist(name)[:ROWS])
        return redirect(f"{reverse('mydata:change', args=[register.slug])}?{asked.urlencode()}")

    def _end(self) -> HttpResponse:
        key = whole_number(self.request.POST["end"])
        task = get_object_or_404(LackTask.objects.within_reach(self.request.user), pk=key)
        end_task(task, by=self.request.user)
        messages.success(self.request, _("Taken off the list of %(who)s.") % {"who": task.assigned_to})
        return redirect(self.request.get_full_path())

    def table(self, register: Register) -> RegisterTable:
        """The table of a register, asked as the address asks for it."""
        table = table_of(register)()
        table.setup(self.request)
        return table

    def page(
        self,
        register: Register,
        *,
        form: ViewForm | None = None,
        assign: AssignForm | None = None,
        refused: str = "",
        status: int = 200,
    ) -> HttpResponse:
        """The table as its address asks for it."""
        table = self.table(register)
        context = table.get_context_data() | offered_by(table)
        context["form"] = form or ViewForm(by=self.request.user)
        context["views"] = views_of(register, self.request.user)
        context["offered"] = [(lack.label, f"{self.request.path}?lack={lack.name}") for lack in wanted_of(register)]
        context["rows"] = rows_of(table, context["records"], self.request.user)
        context["may_choose"] = self.request.user.can_propose and not table.is_of_closed and past.day() is None
        context["ticked"] = set(self.request.POST.getlist("records"))
        context["fields"] = [
            (name, column.label) for name, column in columns_of(register).items() if is_changeable(column)
        ]
        context["first_field"] = self.request.POST.get("field") or next((lack.name for lack in table.lacks), "")
        context["refused"] = [{"message": refused, "target": "terpilih"}] if refused else []
        if table.lacks and past.day() is None:  # who sees to what is known of today alone
            add_tasks(context["rows"], register, table.lacks)
            regency = table.active.get("regency")
            context["assign"] = assign or AssignForm(by=self.request.user, regency=regency)
        context["chips"] = [*context["chips"], *table.lack_chips()]
        return render(self.request, "mydata/table.html", context, status=status)


def chosen_records(table: RegisterTable, given: QueryDict) -> RecordQuerySet:
    """The records of a table, which was asked, that are ticked, or all of it."""
    if given.get("which") == "all":
        return table.matches
    return table.matches.filter(pk__in=[whole_number(key) for key in given.getlist("records")])


def is_changeable(column: Column) -> bool:
    """Whether many records may be given a value of this column at one time; moving is a change of each one's own."""
    return column.field is not None and column.name != "regency" and not isinstance(column.field, AttachmentField)


def offered_by(table: RegisterTable) -> dict[str, Any]:
    """What the page of a table offers: columns with the orders that are possible here, columns and lacks to choose."""
    request, register = table.request, table.register
    sorts = {order.value for order in table.orders}
    return {
        "table": table,
        "heads": [(column, column.name in sorts) for column in table.chosen],
        "sorts_by_name": "name" in sorts,
        "column_groups": _columns_by_section(table.known_columns, table.chosen),
        "lack_groups": _lacks_by_part(register, table.lacks),
        "kind_groups": _kinds_by_label(table) if offered_kinds(register) else [],
        "bounds": [(bound, request.GET.get(name, "")[:LONGEST_BOUND]) for name, bound in table.known_bounds.items()],
        "kept_for_bounds": kept_parameters(request, *table.known_bounds),
        "kept_for_columns": kept_parameters(request, "column"),
        "kept_for_kinds": kept_parameters(request, "kind"),
        "kept_for_lacks": kept_parameters(request, "lack"),
        "closed_url": with_query(request, closed=None if table.is_of_closed else "on"),
        "clear_url": with_query(
            request, **dict.fromkeys((*table.asked.filters, *bounds_of(register), "kind", "lack", "closed"))
        ),
    }


Choice = tuple[str, Text, bool]  # value, label, is it chosen


def _columns_by_section(columns: dict[str, Column], chosen: Iterable[Column]) -> list[tuple[Text, list[Choice]]]:
    shown = {column.name for column in chosen}
    groups: dict[Text, list[Choice]] = {}
    for name, column in columns.items():
        groups.setdefault(column.section, []).append((name, column.label, name in shown))
    return list(groups.items())


def _kinds_by_label(table: RegisterTable) -> list[tuple[Text, list[Choice]]]:
    """What apps know of the records, and whatever else the list is narrowed to, so that it stays."""
    asked = {kind.text: kind for kind in table.kinds}
    groups: dict[Text, list[Choice]] = {}
    for text, kind in ({kind.text: kind for kind in offered_kinds(table.register)} | asked).items():
        groups.setdefault(kind.label, []).append((text, kind.words, text in asked))
    return list(groups.items())


def _lacks_by_part(register: Register, asked: Iterable[Lack]) -> list[tuple[Text, list[Choice]]]:
    """What is wanted first, then whatever else may be missing, by part."""
    names, wanted = {lack.name for lack in asked}, wanted_of(register)
    groups: dict[Text, list[Choice]] = {"": [(lack.name, lack.label, lack.name in names) for lack in wanted]}
    for name, lack in lacks_of(register).items():
        if lack not in wanted:
            groups.setdefault(lack.part or register.label_of_one, []).append((name, lack.field, name in names))
    return list(groups.items())
