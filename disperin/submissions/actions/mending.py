"""A submission is tied to the inquiry that it is to mend."""

from django.db import transaction
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.desk.refusals import NotNow
from disperin.inquiries import actions as inquiries
from disperin.inquiries.models import Inquiry
from disperin.submissions.actions.transitions import locked, refuse_unless_open
from disperin.submissions.models import Repair, Submission
from disperin.submissions.workflow import Step


@transaction.atomic
def tie(submission: Submission, inquiry: Inquiry, *, by: User) -> Submission:
    """Let a draft mend what a visitor reported of its record; who handles it is told when it is decided.

    Raises Refused, NotNow (it is decided or handed in, the inquiry has ended or is about something else).
    """
    submission = locked(submission)
    refuse_unless_open(Step.REVISE, submission, by)
    about = (inquiry.register, inquiry.record_number)
    if not inquiry.record_number or about != (submission.register, submission.record_number):
        raise NotNow(_("%(number)s is about something else.") % {"number": inquiry.number})
    inquiry = inquiries.begin_mending(inquiry, submission=submission.number, by=by)
    Repair.objects.get_or_create(submission=submission, inquiry=inquiry)
    return submission
