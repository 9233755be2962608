"""`/data/` and `/data/<register>/`: which registers there are, and the table of one."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from disperin.accounts.requests import UserRequest
from disperin.desk.counting import Count, answers
from disperin.desk.pages import Desk
from disperin.mydata import actions
from disperin.mydata.cells import rows_of
from disperin.mydata.forms import ViewForm
from disperin.mydata.models import first_view, views_of
from disperin.registers.lists.addresses import table_address
from disperin.registers.lists.columns import Column, columns_of
from disperin.registers.lists.lacks import Lack, lacks_of, wanted_of
from disperin.registers.lists.tables import RegisterTable, table_of
from disperin.registers.record import directory
from disperin.registers.record.directory import Register
from disperin.ui.listing import kept_parameters, with_query
from disperin.ui.texts import Text


class Registers(Desk):
    """`/data/`: every register with how many of its open records lie within reach."""

    def get(self, request: UserRequest) -> HttpResponse:
        registers = directory.all_registers()
        reached = [one.model.objects.within_reach(request.user).unclosed() for one in registers]
        counts = answers([Count(records) for records in reached], by=request.user)
        rows = [(one, number, table_address(one)) for one, number in zip(registers, counts, strict=True)]
        return render(request, "mydata/registers.html", {"rows": rows})


class OfRegister(Desk):
    """A page about one register, named in its address."""

    def register(self, slug: str) -> Register:
        """The register of this slug; 404 for none."""
        try:
            return directory.get(slug)
        except directory.UnknownRegister:
            raise Http404 from None


class TablePage(OfRegister):
    """`/data/<register>/?column=&lack=&…`: the records within reach, narrowed, sorted, in the columns chosen."""

    def get(self, request: UserRequest, slug: str) -> HttpResponse:
        """The table; where the address asks for nothing, in the view that this person wants first."""
        register = self.register(slug)
        if not request.GET and (first := first_view(register, request.user)):
            return redirect(first)
        return self.page(register)

    def post(self, request: UserRequest, slug: str) -> HttpResponse:
        """Save what the address asks for under a name."""
        register = self.register(slug)
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

    def page(self, register: Register, *, form: ViewForm | None = None, status: int = 200) -> HttpResponse:
        """The table as its address asks for it."""
        table = table_of(register)()
        table.setup(self.request)
        context = table.get_context_data() | told(table)
        context["form"] = form or ViewForm(by=self.request.user)
        context["views"] = views_of(register, self.request.user)
        context["offered"] = [(one.label, f"{self.request.path}?lack={one.name}") for one in wanted_of(register)]
        context["rows"] = rows_of(table, context["records"], self.request.user)
        context["chips"] = [*context["chips"], *table.lack_chips()]
        return render(self.request, "mydata/table.html", context, status=status)


def told(table: RegisterTable) -> dict[str, Any]:
    """What the page of a table offers: columns with the orders that are possible here, columns and lacks to choose."""
    request, register = table.request, table.register
    sorts = {one.value for one in table.orders}
    return {
        "table": table,
        "heads": [(one, one.name in sorts) for one in table.chosen],
        "sorts_by_name": "name" in sorts,
        "column_groups": _columns_by_section(columns_of(register), table.chosen),
        "lack_groups": _lacks_by_part(register, table.lacks),
        "kept_for_columns": kept_parameters(request, "column"),
        "kept_for_lacks": kept_parameters(request, "lack"),
        "closed_url": with_query(request, closed=None if table.is_of_closed else "on"),
        "clear_url": with_query(request, **dict.fromkeys((*table.asked.filters, "lack", "closed"))),
    }


Choice = tuple[str, Text, bool]  # value, label, is it chosen


def _columns_by_section(columns: dict[str, Column], chosen: Iterable[Column]) -> list[tuple[Text, list[Choice]]]:
    shown = {one.name for one in chosen}
    groups: dict[Text, list[Choice]] = {}
    for name, one in columns.items():
        groups.setdefault(one.section, []).append((name, one.label, name in shown))
    return list(groups.items())


def _lacks_by_part(register: Register, asked: Iterable[Lack]) -> list[tuple[Text, list[Choice]]]:
    """What is wanted first, then whatever else may be missing, by part."""
    names, wanted = {one.name for one in asked}, wanted_of(register)
    groups: dict[Text, list[Choice]] = {"": [(one.name, one.label, one.name in names) for one in wanted]}
    for name, one in lacks_of(register).items():
        if one not in wanted:
            groups.setdefault(one.part or register.label_of_one, []).append((name, one.field, name in names))
    return list(groups.items())
