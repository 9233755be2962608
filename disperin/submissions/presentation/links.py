"""What is sent to the other side of a submission."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from disperin.submissions.models import Submission
from disperin.submissions.workflow import Status


def whatsapp_text(submission: Submission) -> str:
    """What to send to the other side: number, state, reasons and the link, as plain text."""
    lines = [f"*{submission.number}* – {submission.title}", str(submission.shown_status[1])]
    if submission.status == Status.RETURNED:
        form_class = submission.form_class
        lines += [
            f"- {form_class.label_of(path, submission.values)}: {reason}" for path, reason in submission.reasons.items()
        ]
    if submission.status == Status.VERIFIED:
        lines.append(_("Register number: %(number)s") % {"number": submission.record_number})
    if submission.note_in_words:
        lines.append(submission.note_in_words)
    lines.append(settings.PUBLIC_ORIGIN + reverse("submissions:detail", args=[submission.number]))
    return "\n".join(lines)
