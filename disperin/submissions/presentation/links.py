"""Where a submission leads: what is sent to its other side, and which records it may be."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from disperin.registers.lists.addresses import record_address
from disperin.registers.pairing.search import Rival, rivals_in
from disperin.submissions.models import Kind, Submission
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


def rivals_of(submission: Submission) -> list[tuple[Rival, str]]:
    """`[(Rival, address)]` of open records that may be what is being entered, as far as it was kept."""
    if submission.kind not in (Kind.CREATE, Kind.CHANGE):
        return []
    model, values = submission.target.model, submission.values
    rivals = rivals_in(model, values, regency=submission.regency_id, besides=submission.record_id)
    return [(rival, record_address(submission.target, rival.number)) for rival in rivals]
