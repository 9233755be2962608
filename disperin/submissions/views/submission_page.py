"""A page of the workbench about one submission."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from disperin.desk.pages import Desk, not_now
from disperin.desk.refusals import NotNow
from disperin.inquiries.models import Inquiry, InquiryQuerySet
from disperin.submissions.actions import transitions
from disperin.submissions.models import Submission
from disperin.submissions.models.submission import SubmissionQuerySet
from disperin.submissions.workflow import Step


class SubmissionPage(Desk):
    """About the submission that the address names; a step that is not possible now says how it stands."""

    def submission(self, number: str) -> Submission:
        """The submission of this number, if it lies within reach; 404 otherwise, as if it were not there."""
        return get_object_or_404(self._reachable(), number=number)

    def refuse_unless_open(self, step: Step, submission: Submission) -> None:
        """Raises Refused (403) or NotNow (409) with the reason in words, before a page offers the step."""
        transitions.refuse_unless_open(step, submission, self.request.user)

    def reports(self, submission: Submission) -> InquiryQuerySet:
        """What visitors reported that it is to mend, within reach."""
        return Inquiry.objects.within_reach(self.request.user).filter(repairs__submission=submission)

    def not_now(self, refusal: NotNow) -> HttpResponse:
        """As of Desk, with the submission."""
        number = self.kwargs.get("number")
        submission = self._reachable().filter(number=number).first() if number else None
        return not_now(self.request, refusal, submission=submission)

    def _reachable(self) -> SubmissionQuerySet:
        return Submission.objects.within_reach(self.request.user).shown()
