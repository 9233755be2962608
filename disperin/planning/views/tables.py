"""The printed tables of the plans: which there are, and each as a spreadsheet and as a paper."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from disperin.accounts.requests import UserRequest
from disperin.desk.pages import Desk
from disperin.desk.refusals import NotNow
from disperin.planning.forms import YearForm
from disperin.planning.models import Indicator, TableLayout, TablePaper, TableTemplate
from disperin.planning.models.printed import printed
from disperin.planning.models.templates import check_template, names_of
from disperin.planning.papers import as_blank, as_filled, as_paper, as_sheet
from disperin.planning.rules import layouts
from disperin.planning.rules.layouts import Layout
from disperin.planning.views.indicators import YEAR, year_asked, year_of_file
from disperin.registers.api.drawing import drawn
from disperin.registers.record import past
from disperin.workbooks.files.filling import ROW, Template
from disperin.workbooks.files.sheets import XLSX

SHIPPED = "bawaan"  # the form of a table that no workbook of the office changes


class Tables(Desk):
    """`/perencanaan/cetak/?tahun=`: the tables, with the columns of each and whose they are."""

    def get(self, request: UserRequest) -> HttpResponse:
        year, asked = year_asked(request)
        form = asked if asked.errors else YearForm({YEAR: year})
        laid_down = TableLayout.in_force_on(past.today())
        brought = TableTemplate.in_force_on(past.today())
        shown = [
            {
                "kind": kind,
                "layout": row.layout if (row := laid_down.get(kind)) else layouts.USUAL[kind],
                "row": row,
                "workbook": brought.get(kind),
            }
            for kind in layouts.Kind
        ]
        known = names_of("")
        names = {
            "whole": [f"{{{name}}}" for name in sorted(known.whole, key=lambda word: (word not in known.needed, word))],
            "row": [f"{{{ROW}{name}}}" for name in sorted(known.row)],
            "four_years": layouts.Kind.ACHIEVEMENT.label,
        }
        rest = {"year": year, "filter": form, "is_administrator": request.user.is_staff, "names": names}
        context = {"tables": shown, **rest}
        return render(request, "planning/tables.html", context, status=400 if asked.errors else 200)


class TableFile(Desk):
    """`/perencanaan/cetak/<table>.xlsx` or `.pdf`, `?tahun=`: one table of all indicators within reach.

    Where an administrator brought a workbook it is filled; with `bentuk=bawaan` the table is made without it.
    """

    def get(self, request: UserRequest, kind: str, form: str) -> HttpResponse:
        if kind not in layouts.USUAL or form not in ("xlsx", "pdf"):
            raise Http404(_("There is no such table."))
        year = year_of_file(request)
        today = past.today()
        named = {"Content-Disposition": f'attachment; filename="{kind}-{year}.{form}"'}
        brought = _brought(request, kind) if form == "xlsx" else None
        if brought:
            filled = _ready(brought)
            columns = tuple((name, name) for name in filled.row_names)
            table = printed(Layout(kind, _layout(kind).title, columns), _indicators(request), year)
            made = as_filled(table, filled.row_names, filled, today)
            return HttpResponse(made, content_type=XLSX, headers=named)
        table = printed(_layout(kind), _indicators(request), year)
        if form == "xlsx":
            return HttpResponse(as_sheet(table, today), content_type=XLSX, headers=named)
        words = TablePaper.in_force_on(today).get(kind)
        return drawn(request, lambda: as_paper(table, today, words), "application/pdf", headers=named)


class TemplateFile(Desk):
    """`/perencanaan/cetak/<table>/templat.xlsx`: the workbook that is filled; `bentuk=bawaan`: one to begin with."""

    def get(self, request: UserRequest, kind: str) -> HttpResponse:
        if kind not in layouts.USUAL:
            raise Http404(_("There is no such table."))
        brought = _brought(request, kind)
        named = {"Content-Disposition": f'attachment; filename="templat-{kind}.xlsx"'}
        made = bytes(brought.content) if brought else as_blank(_layout(kind))
        return HttpResponse(made, content_type=XLSX, headers=named)


def _brought(request: UserRequest, kind: str) -> TableTemplate | None:
    """The workbook of a table; None where there is none, or where it is not wanted."""
    return None if request.GET.get("bentuk") == SHIPPED else TableTemplate.in_force_on(past.today()).get(kind)


def _ready(brought: TableTemplate) -> Template:
    """The workbook, to be filled. Raises NotNow where it was kept before one like it came to be refused."""
    try:
        return check_template(bytes(brought.content), brought.kind)
    except ValidationError as error:
        raise NotNow(f"{brought.name}: {' '.join(error.messages)}") from error


def _layout(kind: str) -> Layout:
    row: Any = TableLayout.in_force_on(past.today()).get(kind)
    return row.layout if row else layouts.USUAL[kind]


def _indicators(request: UserRequest) -> Any:
    return Indicator.objects.within_reach(request.user).current()
