"""The printed tables of the plans: which there are, and each as a spreadsheet and as a paper."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from disperin.accounts.requests import UserRequest
from disperin.desk.pages import Desk
from disperin.planning.forms import YearForm
from disperin.planning.models import Indicator, TableLayout
from disperin.planning.models.printed import Printed, printed
from disperin.planning.papers import as_paper, as_sheet
from disperin.planning.rules import layouts
from disperin.planning.views.indicators import YEAR, year_asked
from disperin.registers.api.drawing import drawn
from disperin.registers.record import past

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Tables(Desk):
    """`/perencanaan/cetak/?tahun=`: the tables, with the columns of each and whose they are."""

    def get(self, request: UserRequest) -> HttpResponse:
        year, asked = year_asked(request)
        form = asked if asked.errors else YearForm({YEAR: year})
        laid_down = TableLayout.in_force_on(past.today())
        shown = [
            {"kind": kind, "layout": one.layout if (one := laid_down.get(kind)) else layouts.USUAL[kind], "row": one}
            for kind in layouts.Kind
        ]
        context = {"tables": shown, "year": year, "filter": form, "is_administrator": request.user.is_staff}
        return render(request, "planning/tables.html", context, status=400 if asked.errors else 200)


class TableFile(Desk):
    """`/perencanaan/cetak/<table>.xlsx` or `.pdf`, `?tahun=`: one table of all indicators within reach."""

    def get(self, request: UserRequest, kind: str, form: str) -> HttpResponse:
        if kind not in layouts.USUAL or form not in ("xlsx", "pdf"):
            raise Http404(_("There is no such table."))
        year = year_asked(request)[0]
        today = past.today()
        named = {"Content-Disposition": f'attachment; filename="{kind}-{year}.{form}"'}
        if form == "xlsx":
            return HttpResponse(as_sheet(_table(request, kind, year), today), content_type=XLSX, headers=named)
        table = _table(request, kind, year)
        return drawn(request, lambda: as_paper(table, today), "application/pdf", headers=named)


def _table(request: UserRequest, kind: str, year: int) -> Printed:
    row: Any = TableLayout.in_force_on(past.today()).get(kind)
    found = Indicator.objects.within_reach(request.user).current()
    return printed(row.layout if row else layouts.USUAL[kind], found, year)
