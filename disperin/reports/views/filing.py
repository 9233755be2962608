"""What is done on the page of a report: copy it forward, note a step in SIINas, take one back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from disperin.accounts.requests import UserRequest
from disperin.desk.pages import Desk, whole_number
from disperin.desk.refusals import NotNow, add_refused
from disperin.reports import actions
from disperin.reports.forms.pages import QuarterForm, StepForm
from disperin.reports.models import FilingStep, QuarterlyReport


class OfReport(Desk):
    """A page of one report within reach."""

    def report(self, number: str) -> QuarterlyReport:
        """The report; 404 where it lies out of reach, as if it were not there."""
        reachable = QuarterlyReport.objects.within_reach(self.request.user).select_related("establishment", "regency")
        return get_object_or_404(reachable, number=number.replace("\x00", "?"))

    def asked_again(
        self, report: QuarterlyReport, form: Form, title: str, template: str, *, status: int = 400
    ) -> HttpResponse:
        """The page that shows what was wrong in a small form, with what was typed."""
        context: dict[str, Any] = {"report": report, "form": form, "title": title, "form_template": template}
        return render(self.request, "reports/asked_again.html", context, status=status)


class CopyForward(OfReport):
    """`/laporan-triwulan/<number>/salin/`: POST begins the draft of a later quarter."""

    def post(self, request: UserRequest, number: str) -> HttpResponse:
        report, form = self.report(number), QuarterForm(request.POST)
        if form.is_valid():
            try:
                draft = actions.copy_forward(report, form.asked, by=request.user)
            except ValidationError as refused:
                add_refused(form, refused)
            else:
                text = _("Copied from %(number)s. Change what changed; each changed cell is marked.")
                messages.success(request, text % {"number": report.number})
                return redirect("submissions:edit", draft.number)
        return self.asked_again(report, form, _("Copy to a later quarter"), "reports/_copy_form.html")


class NoteStep(OfReport):
    """`/laporan-triwulan/<number>/siinas/`: POST notes the next step in SIINas."""

    def post(self, request: UserRequest, number: str) -> HttpResponse:
        report = self.report(number)
        steps = list(FilingStep.objects.standing(report))
        form = StepForm(request.POST, before=steps[-1].state if steps else "", seen=len(steps))
        status = 400
        if form.is_valid():
            cleaned = form.cleaned_data
            try:
                actions.note_step(
                    report,
                    cleaned["state"],
                    cleaned["on"],
                    by=request.user,
                    reason=cleaned.get("reason", ""),
                    seen=cleaned["seen"],
                )
            except ValidationError as refused:
                add_refused(form, refused)
            except NotNow as late:
                if report.closed_on is not None:
                    raise
                form.add_error(None, str(late))
                status = 409
            else:
                messages.success(request, _("The step in SIINas is noted."))
                return redirect("reports:quarterlyreport-detail", report.number)
        elif request.POST.get("seen") != str(len(steps)):
            form.add_error(None, _("Somebody noted a step of this report meanwhile. Read where it stands now."))
        form.hold(FilingStep.objects.standing(report).count())
        return self.asked_again(report, form, _("Where it stands in SIINas"), "reports/_step_form.html", status=status)


class TakeBack(OfReport):
    """`/laporan-triwulan/<number>/siinas/batal/`: POST takes back the newest step."""

    def post(self, request: UserRequest, number: str) -> HttpResponse:
        report = self.report(number)
        actions.take_back(report, whole_number(request.POST.get("step")), by=request.user)
        messages.success(request, _("The step is taken back."))
        return redirect("reports:quarterlyreport-detail", report.number)
