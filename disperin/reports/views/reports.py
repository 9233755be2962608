"""Reports within one's reach: the list, and one report with its way through SIINas and what changed in it."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disperin.accounts.requests import user_of
from disperin.registers.lists.facets import Facet, regencies
from disperin.registers.lists.views import RecordList
from disperin.registers.record import directory, past
from disperin.reports import rules
from disperin.reports.filters import QuarterlyReportFilter
from disperin.reports.forms.marks import marks
from disperin.reports.forms.pages import QuarterForm, StepForm
from disperin.reports.models import FilingStep, QuarterlyReport, ReportingDeadline
from disperin.reports.models.earlier import earlier_reports
from disperin.reports.papers import is_in_known_order
from disperin.submissions.views.record_page import PlainPage
from disperin.ui.addresses import addresses


class ReportList(RecordList):
    """`/laporan-triwulan/`: reports within one's reach."""

    filterset_class = QuarterlyReportFilter
    template_name = "reports/report_list.html"
    facets = (
        Facet("regency", gettext_lazy("Regency/city"), "regency", regencies),
        Facet("year", gettext_lazy("Year"), "year"),
        Facet("quarter", gettext_lazy("Quarter"), "quarter"),
        Facet("group", gettext_lazy("Form of the report"), "group"),
        Facet("stage", gettext_lazy("Stage"), "stage"),
    )
    columns = (
        "number", "establishment__name", "year", "quarter", "group", "stage", "regency__name", "filing__state",
        "filing__since",
    )  # fmt: skip

    def cards(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        address, is_now = addresses("reports:quarterlyreport-detail"), past.day() is None
        return [
            {
                **row,
                "url": address(row["number"]),
                "name": f"{row['establishment__name']}, {rules.quarter_of(row['year'], row['quarter']).title}",
                "regency": row["regency__name"],
                "form": rules.Group(row["group"]).label,
                "siinas": _state(row["filing__state"]) if is_now else "",
                "since": row["filing__since"] if is_now else None,
            }
            for row in rows
        ]


class ReportPage(PlainPage):
    """`/laporan-triwulan/<number>/`: one report."""

    template_name = "reports/report_detail.html"
    queryset = QuarterlyReport.objects.select_related("establishment", "regency")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report: QuarterlyReport = self.object
        steps = _steps(report)
        standing = [step for step in steps if past.day() or step.taken_back_at is None]
        may_note = past.day() is None and user_of(self.request).can_propose and report.closed_on is None
        return super().get_context_data(
            steps=steps,
            last=standing[-1] if standing else None,
            deadline=ReportingDeadline.objects.filter(year=report.year, quarter=report.quarter).first(),
            changes=_changes(report),
            is_in_known_order=is_in_known_order(report),
            may_note=may_note,
            step_form=StepForm(before=standing[-1].state if standing else "", seen=len(standing)) if may_note else None,
            copy_form=QuarterForm.beginning_with(report.period.after) if may_note else None,
            **kwargs,
        )


def _steps(report: QuarterlyReport) -> list[FilingStep]:
    """The steps that were noted; of a past day those that stood at its end."""
    steps = FilingStep.objects.select_related("noted_by")
    if day := past.day():
        return list(steps.standing_at(past.end_of(day)).filter(report=report.pk).reverse())
    return list(steps.filter(report=report.pk))


def _state(state: str | None) -> str:
    return str(rules.State(state).label) if state else _("Not entered in SIINas")


def _changes(report: QuarterlyReport) -> dict[str, Any] | None:
    """What differs from the newest earlier report of the same maker, in words; None where there is none."""
    before = earlier_reports([(report.establishment_id, report.period)]).get((report.establishment_id, report.period))
    if before is None:
        return None
    form = directory.of(QuarterlyReport).form
    then = form.recorded(QuarterlyReport.objects.select_related("establishment").get(pk=before.key))
    now = form.recorded(report)
    marked = marks(form, then, now, before.quarter.title)
    return {
        "number": before.number,
        "quarter": before.quarter.title,
        "lines": [(capfirst(form.label_of(path, now)), text) for path, text in marked.items()],
    }
