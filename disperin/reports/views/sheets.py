"""Sheets of reports in the order in which SIINas asks, as PDF and XLSX: of one maker, or of all of a quarter."""

import io
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from disperin.accounts.requests import UserRequest
from disperin.desk.pages import Desk
from disperin.papers.official import official_pdf
from disperin.registers.api.drawing import drawn
from disperin.reports.forms.pages import ObligedForm
from disperin.reports.models import QuarterlyReport
from disperin.reports.papers import MOST_PRINTED, batch_paper, blocks_of, columns_of_batch, sheet_paper, with_rows
from disperin.reports.papers.siinas_order import PARTS, cell
from disperin.ui import formats
from disperin.workbooks.files import sheets
from disperin.workbooks.files.sheets import XLSX

PDF = "application/pdf"
MOST_LISTED = 500  # reports of one workbook


class Sheet(Desk):
    """`/laporan-triwulan/<number>/lembar.pdf` and `.xlsx`: the sheet of one report within reach."""

    def get(self, request: UserRequest, number: str, kind: str) -> HttpResponse:
        reachable = with_rows(QuarterlyReport.objects.within_reach(request.user))
        report = get_object_or_404(reachable, number=number.replace("\x00", "?"))
        if kind == "pdf":
            return drawn(request, lambda: official_pdf(sheet_paper(report)), PDF, headers=_named(report.number, kind))
        if kind == "xlsx":
            return drawn(request, lambda: _workbook_of(report), XLSX, headers=_named(report.number, kind))
        raise Http404


def _workbook_of(report: QuarterlyReport) -> bytes:
    """One sheet, block under block, as on paper."""
    made = io.BytesIO()
    with sheets.a_file(made) as file:
        sheet = file.sheet(report.number, [_("Data"), _("Value")])
        at = 1
        for block in blocks_of(report):
            file.write(sheet, at, 0, block.title, style=file.heading)
            at += 1
            for label, value in block.lines:
                file.write(sheet, at, 0, label)
                file.write(sheet, at, 1, _figure(value))
                at += 1
            for row in [block.headings, *block.rows] if block.rows else []:
                for place, value in enumerate(row):
                    file.write(sheet, at, place, _figure(value))
                at += 1
    return made.getvalue()


def _figure(value: Any) -> Any:
    if value is None or isinstance(value, str | int):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


class BatchSheet(Desk):
    """`/laporan-triwulan/lembar.pdf` and `.xlsx`: the reports of a quarter within reach, narrowed as their list."""

    def get(self, request: UserRequest, kind: str) -> HttpResponse:
        if kind not in ("pdf", "xlsx"):
            raise Http404
        asked = ObligedForm(request.GET, by=request.user)
        if not asked.is_valid():
            return render(request, "reports/obliged.html", {"filter": asked, "problems": asked}, status=400)
        quarter, most = asked.asked, MOST_PRINTED if kind == "pdf" else MOST_LISTED
        matches = QuarterlyReport.objects.within_reach(request.user).current().of_quarter(quarter)
        for name, column in (("regency", "regency"), ("form", "group")):
            if asked.cleaned_data.get(name):
                matches = matches.filter(**{column: asked.cleaned_data[name]})
        number = matches.count()
        reports = list(with_rows(matches).order_by("regency", "establishment__name", "pk")[:most])
        named = _named(f"laporan-{slugify(quarter.key)}", kind)
        left_out = max(number - len(reports), 0)
        if kind == "pdf":
            paper = batch_paper(reports, quarter.title, left_out=left_out)
            return drawn(request, lambda: official_pdf(paper), PDF, headers=named)
        return drawn(request, lambda: _workbook_of_batch(reports, left_out), XLSX, headers=named)


def _workbook_of_batch(reports: list[QuarterlyReport], left_out: int) -> bytes:
    """A sheet of the reports and one of each part, every row with the number and the maker of its report."""
    made = io.BytesIO()
    head = [
        _("Register number"),
        _("Establishment"),
        _("SIINas account"),
        _("Regency/city"),
        _("Quarter"),
        _("Form of the report"),
    ]
    with sheets.a_file(made) as file:
        columns = columns_of_batch()
        sheet = file.sheet(_("Quarterly reports"), [*head, *(heading for _name, heading in columns)])
        for at, report in enumerate(reports, start=1):
            maker = report.establishment
            first = [report.number, maker.name, maker.siinas_account, report.regency.name, report.period.title]
            cells = [*first, str(report.get_group_display()), *(cell(report, name) for name, _h in columns)]
            file.write_row(sheet, at, cells)
        if left_out:
            text = _("%(number)s more reports are left out: choose a regency or a form.")
            file.write_row(sheet, len(reports) + 1, ["", text % {"number": formats.number(left_out)}])
        for part, model in PARTS.items():
            columns = columns_of_batch(part)
            title = str(model._meta.verbose_name_plural).capitalize()
            sheet = file.sheet(title, [*head[:2], *(heading for _name, heading in columns)])
            rows = [(report, row) for report in reports for row in getattr(report, part).all()]
            for at, (report, row) in enumerate(rows, start=1):
                cells = [report.number, report.establishment.name, *(cell(row, name) for name, _h in columns)]
                file.write_row(sheet, at, cells)
    return made.getvalue()


def _named(name: str, kind: str) -> dict[str, str]:
    return {"Content-Disposition": f'{"inline" if kind == "pdf" else "attachment"}; filename="{name}.{kind}"'}
