"""`/statistik/jumlah/`, `/statistik/laporan/`: workers and money within the reach of whoever asks, from the register of
establishments and from what makers reported of a quarter; each number with the list that it sums.
"""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disperin.accounts.requests import UserRequest
from disperin.desk import agenda
from disperin.desk.pages import Desk
from disperin.figures.recap import recap_file
from disperin.figures.reported import (
    REPORTED_BY,
    REPORTED_MEASURES,
    ReportedBy,
    obliged_by,
    reported_by_named,
    reported_sums,
    reports_url,
)
from disperin.figures.sums import (
    DIMENSIONS,
    MEASURES,
    WHOLE,
    WITHOUT_NIB,
    Measure,
    NoSuchDimension,
    Sums,
    dimension_named,
    sums_within,
    table_url,
)
from disperin.regions.models import Regency
from disperin.registers.dated.quarters import Quarter
from disperin.registers.record import past, reference
from disperin.reports.forms.pages import ComplianceForm
from disperin.reports.models import QuarterlyReport
from disperin.reports.models.compliance import duties_in
from disperin.reports.rules import period_of
from disperin.ui.formats import day as in_words
from disperin.ui.formats import moment
from disperin.workbooks.files.sheets import XLSX

OBLIGED = Measure("obliged", gettext_lazy("Obliged to report"), is_summed=False)


class InsideSums(Desk):
    """`?by=` names the way of grouping; 404 for one that there is none of."""

    knows_as_of = True

    def get(self, request: UserRequest) -> HttpResponse:
        try:
            dimension = dimension_named(request.GET.get("by", DIMENSIONS[0].name))
        except NoSuchDimension as error:
            raise Http404(_("There is no such figure.")) from error
        groups, total = sums_within(request.user, dimension)
        labels = {**dimension.labels(), **{code: code for code in groups if code not in dimension.labels()}}
        rows = [
            {"label": label, "cells": _cells(groups[code], **dimension.query(code))}
            for code, label in labels.items()
            if code in groups
        ]
        context: dict[str, Any] = {
            "dimension": dimension,
            "dimensions": DIMENSIONS,
            "rows": rows,
            "total": _cells(total),
            "at": timezone.now(),
        }
        return render(request, "figures/inside_sums.html", context)


class RecapOfToday(Desk):
    """`/statistik/jumlah/rekap.xlsx`: the recap of the regencies within reach as they stand now, or stood on a day."""

    knows_as_of = True

    def get(self, request: UserRequest) -> HttpResponse:
        known = reference.Tables().table(Regency)
        codes = sorted(known) if request.user.sees_all else [str(request.user.regency_id)]
        about = [
            (_("Title"), _("Recap of small industries by regency and city")),
            (_("As of"), in_words(read) if (read := past.day()) else moment(timezone.now())),
            (_("Source"), _("The register of establishments, open records, %(office)s") % {"office": _office()}),
            (_("Not in it"), _("What the register does not hold: production value, raw materials, export value.")),
        ]
        groups, total = sums_within(request.user, dimension_named("regency"))
        written = recap_file({code: known[code].name for code in codes}, groups, total, about)
        name = f"rekap-ikm-{past.today().isoformat()}.xlsx"
        return HttpResponse(written, content_type=XLSX, headers=attached(name))


class ReportedSums(Desk):
    """`/statistik/laporan/?year=&quarter=&by=`: what was reported of a quarter, of the last one over by itself.

    404 for a way of grouping that there is none of. Who is obliged is told of today alone: the list of them knows no
    past day.
    """

    knows_as_of = True

    def get(self, request: UserRequest) -> HttpResponse:
        try:
            by = reported_by_named(request.GET.get("by", REPORTED_BY[0].asked))
        except NoSuchDimension as error:
            raise Http404(_("There is no such figure.")) from error
        asked = ComplianceForm(request.GET)
        if not asked.is_valid():
            refused = {"filter": asked, "problems": asked, "by": by}
            return render(request, "figures/reported_sums.html", refused, status=400)
        quarter = asked.asked
        reports = QuarterlyReport.objects.within_reach(request.user).current().of_quarter(quarter)
        duties = duties_in(quarter)
        obliged = None if past.day() else obliged_by(request.user, quarter, by, duties)
        sums = reported_sums(reports, by)
        rows = [
            {"label": label, "cells": _reported(sums.get(code), obliged, quarter, by, code)}
            for code, label in by.labels().items()
            if code in sums or (obliged and code in obliged)
        ]
        context: dict[str, Any] = {
            "filter": asked,
            "quarter": quarter,
            "kept": agenda.address("figures:reported", year=quarter.year, quarter=period_of(quarter)),
            "by": by,
            "ways": REPORTED_BY,
            "duties": duties,
            "rows": rows,
            "total": _reported(sums[WHOLE], obliged, quarter, by, WHOLE),
            "at": timezone.now(),
        }
        return render(request, "figures/reported_sums.html", context)


def attached(name: str) -> dict[str, str]:
    """The header that lets a browser keep a file under this name."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _office() -> str:
    return settings.PROVINCE.office_short


def _cells(sums: Sums, **narrowed: str) -> list[dict[str, Any]]:
    """The numbers of a row in the order of the measures; `given`: how many establishments stated a summed one."""
    lacking = {"lack": "nib"}
    return [
        {
            "measure": measure,
            "number": sums.values[measure.name],
            "given": sums.given[measure.name] if measure.is_summed else None,
            "url": table_url(**narrowed, **(lacking if measure == WITHOUT_NIB else {})),
        }
        for measure in MEASURES
    ]


def _reported(
    sums: Sums | None, obliged: dict[str, int] | None, quarter: Quarter, by: ReportedBy, code: str
) -> list[dict[str, Any]]:
    """The numbers of a row: who is obliged, where that was laid down, then the reports and what they state."""
    is_whole = code == WHOLE
    cells: list[dict[str, Any]] = []
    if obliged is not None:
        narrowed = {} if is_whole else {by.asked: code}
        url = agenda.address("reports:obliged", year=quarter.year, quarter=period_of(quarter), **narrowed)
        cells.append({"measure": OBLIGED, "number": obliged.get(code, 0), "given": None, "url": url})
    url = reports_url(quarter, **({} if is_whole else {by.field: code}))
    for measure in REPORTED_MEASURES:
        number, given = (sums.values[measure.name], sums.given[measure.name]) if sums else (0, 0)
        cells.append({"measure": measure, "number": number, "given": given if measure.is_summed else None, "url": url})
    return cells
