"""The report by sub-activity: targets where they were entered, and what was done, as a page and as a file."""

import io
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.accounts.requests import UserRequest
from disperin.assistance.filters import NO_CODE
from disperin.assistance.forms.pages import ReportForm
from disperin.assistance.models import Assistance
from disperin.assistance.models.report import MOST_ROWS, Line, report_of, whole
from disperin.desk import agenda
from disperin.desk.pages import Desk
from disperin.ui import formats
from disperin.ui.listing import with_query
from disperin.workbooks.files import sheets
from disperin.workbooks.files.sheets import XLSX


class Report(Desk):
    """`/pembinaan/laporan/`: a budget year by sub-activity; `?berkas=xlsx` gives the same rows as a file."""

    def get(self, request: UserRequest) -> HttpResponse:
        asked = ReportForm(request.GET, by=request.user)
        if not asked.is_valid():
            return render(request, "assistance/report.html", {"filter": asked, "problems": asked}, status=400)
        narrowed = asked.cleaned_data
        lines, is_cut = report_of(_found(request.user, narrowed))
        if request.GET.get("berkas") == "xlsx":
            return _file(lines, narrowed["year"], is_cut=is_cut)
        kept = {name: getattr(value, "pk", value) for name, value in narrowed.items() if value}
        context = {
            "filter": asked,
            "year": narrowed["year"],
            "lines": [{"line": line, "url": _address(line, kept)} for line in lines],
            "total": whole(lines),
            "total_url": agenda.address("assistance:assistance-list", **kept),
            "is_cut": is_cut,
            "most": MOST_ROWS,
            "file_url": with_query(request, berkas="xlsx"),
        }
        return render(request, "assistance/report.html", context)


def _found(user: User, narrowed: dict[str, Any]) -> Any:
    assistances = Assistance.objects.within_reach(user).current().filter(year=narrowed["year"])
    for name in ("regency", "funds"):
        if narrowed.get(name):
            assistances = assistances.filter(**{name: narrowed[name]})
    return assistances


def _address(line: Line, kept: dict[str, Any]) -> str:
    return agenda.address("assistance:assistance-list", **kept, sub_activity=line.code or NO_CODE)


def _file(lines: list[Line], year: int, *, is_cut: bool) -> HttpResponse:
    """The rows of the page as .xlsx, with what all of them make at the end, and whether these are not all."""
    made = io.BytesIO()
    headings = {
        "code": _("Code of the sub-activity"),
        "name": _("Sub-activity"),
        "events": _("Events and deliveries"),
        "given": _("Of these handed over"),
        "planned_number": _("Planned beneficiaries"),
        "beneficiaries": _("Beneficiaries"),
        "makers": _("Different makers among them"),
        "men": _("Men"),
        "women": _("Women"),
        "with_disability": _("Of these with disability"),
        "planned_value": _("Planned amount (Rp)"),
        "spent": _("Amount spent (Rp)"),
        "goods_value": _("Value of goods handed over (Rp)"),
    }
    with sheets.a_file(made) as file:
        sheet = file.sheet(_("Assistance %(year)s") % {"year": year}, list(headings.values()))
        for row, line in enumerate(lines, start=1):
            for at, name in enumerate(headings):
                file.write(sheet, row, at, getattr(line, name))
        total = whole(lines)
        file.write(sheet, len(lines) + 1, 1, capfirst(_("in all")))
        for at, name in enumerate(headings):
            if name not in ("code", "name", "makers"):
                file.write(sheet, len(lines) + 1, at, getattr(total, name))
        if is_cut:
            text = _("Only the first %(most)s are shown and added up. Choose a regency or a source of funds.")
            file.write(sheet, len(lines) + 2, 1, text % {"most": formats.number(MOST_ROWS)})
    named = {"Content-Disposition": f'attachment; filename="pembinaan-{year}.xlsx"'}
    return HttpResponse(made.getvalue(), content_type=XLSX, headers=named)
