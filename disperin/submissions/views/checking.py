"""The page that reads a draft back: the last look at all answers, and the only place from which they are handed in."""

from collections.abc import Iterator

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from disperin.accounts.requests import UserRequest
from disperin.desk.pages import whole_number
from disperin.desk.refusals import Stale
from disperin.registers.values.terms import Path
from disperin.submissions import actions
from disperin.submissions.models import Submission
from disperin.submissions.reading_back import ReadBack
from disperin.submissions.views.submission_page import SubmissionPage
from disperin.submissions.workflow import Step


class Check(SubmissionPage):
    """`/usulan/<number>/isian/`: all answers, with what is odd about them; hands in what was read, and nothing else."""

    def get(self, request: UserRequest, number: str) -> HttpResponse:
        submission = self.submission(number)
        self.refuse_unless_open(Step.SUBMIT, submission)
        return self._page(submission)

    def post(self, request: UserRequest, number: str) -> HttpResponse:
        submission, revision = self.submission(number), whole_number(request.POST.get("revision"))
        self.refuse_unless_open(Step.SUBMIT, submission)
        acknowledged = bool(request.POST.get("acknowledged"))
        try:
            actions.submit(submission, by=request.user, acknowledged=acknowledged, revision=revision)
        except Stale:
            return self._page(self.submission(number), status=412)
        except ValidationError:
            return self._page(submission, status=400)
        messages.success(request, _("Submitted. The province will review it; you will be told what it decides."))
        return redirect("submissions:detail", number)

    def _page(self, submission: Submission, status: int = 200) -> HttpResponse:
        by = self.request.user
        form = submission.form(by=by)
        problems = actions.what_hinders_submitting(submission, form, by=by)
        remarks = list(_each(problems)) if problems else form.remarks()
        page = ReadBack(submission, by=by, told=remarks)
        is_stale, is_unticked = status == 412, status == 400 and not problems
        context = {
            "submission": submission,
            "page": page,
            "is_whole": not problems,
            "is_stale": is_stale,
            "is_unticked": is_unticked,  # nothing but the box below the remarks was missing
            "remarks_come_first": not (is_stale or is_unticked),
        }
        return render(self.request, "submissions/check.html", context, status=status)


def _each(problems: dict[Path, list[ValidationError]]) -> Iterator[tuple[Path, str]]:
    for path, errors in problems.items():
        yield from ((path, text) for error in errors for text in error.messages)
