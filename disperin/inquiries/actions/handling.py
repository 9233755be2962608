"""An inquiry is taken, answered, closed without answer, or passed on to another regency or the province."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.desk.refusals import NotNow, Refused
from disperin.desk.texts import refuse_unfit_texts
from disperin.history.models import record as write_history
from disperin.inquiries.actions.notifying import tell_of_mending, tell_office, tell_sender_of
from disperin.inquiries.contacts import contacts_in
from disperin.inquiries.models import LONGEST_MESSAGE, Inquiry
from disperin.inquiries.workflow import ENDS, Step, why_not
from disperin.notices.actions import mark_done
from disperin.regions.models import Regency

# The history is one for the whole portal, so its verbs say whose step it was.
DEEDS = {
    Step.TAKE: "take_inquiry",
    Step.ANSWER: "answer_inquiry",
    Step.CLOSE: "close_inquiry",
    Step.REASSIGN: "reassign_inquiry",
}


@transaction.atomic
def take(inquiry: Inquiry, *, by: User) -> Inquiry:
    """Handle it oneself, also in a colleague's place: this is the first reply. Raises Refused, NotNow."""
    inquiry = _locked(inquiry, Step.TAKE, by)
    was_new = inquiry.replied_at is None
    inquiry.handled_by = by
    _move(inquiry, Step.TAKE, by=by)
    if was_new:
        tell_sender_of(inquiry)
    return inquiry


@transaction.atomic
def answer(inquiry: Inquiry, *, text: str, by: User, acknowledged: bool = False) -> Inquiry:
    """Answer it for everybody who has the number. Raises Refused, NotNow, ValidationError at `text`.

    A text that names the sender or gives a contact must be acknowledged (code "warning" until it is).
    """
    return _end(inquiry, Step.ANSWER, text, by=by, acknowledged=acknowledged)


@transaction.atomic
def close(inquiry: Inquiry, *, reason: str, by: User, acknowledged: bool = False) -> Inquiry:
    """Close it without answer, for a reason that the sender can read. Raises as `answer`, at `reason`."""
    return _end(inquiry, Step.CLOSE, reason, by=by, acknowledged=acknowledged, field="reason")


@transaction.atomic
def reassign(inquiry: Inquiry, *, regency: Regency | None, by: User) -> Inquiry:
    """Pass it on to another regency, or to the province (None), whose people are told. Its clock runs on.

    Raises Refused, NotNow, ValidationError at `regency` if it lies there already.
    """
    inquiry = _locked(inquiry, Step.REASSIGN, by)
    if inquiry.regency == regency:
        text = _("This inquiry lies there already. Choose another place.")
        raise ValidationError({"regency": ValidationError(text, "unchanged")})
    inquiry.regency, inquiry.handled_by = regency, None
    _move(inquiry, Step.REASSIGN, by=by, place=regency.name if regency else "")
    tell_office(inquiry)
    return inquiry


def begin_mending(inquiry: Inquiry, *, submission: str, by: User) -> Inquiry:
    """A submission (its number) is to mend what it reports: whoever begins one handles it, unless somebody does.

    Raises Refused, NotNow.
    """
    inquiry = _locked(inquiry, Step.ANSWER, by)
    if inquiry.handled_by_id is None:
        inquiry = take(inquiry, by=by)
    write_history("begin_mending", inquiry, by=by, submission=submission)
    return inquiry


def note_outcome(inquiry: Inquiry, *, submission: str, verified: bool, note: str, by: User) -> None:
    """A submission (its number) that was to mend it is verified or rejected: whoever handles it is told."""
    if verified:
        inquiry.mended_at = timezone.now()
        inquiry.save(update_fields=["mended_at"])
    write_history("mended" if verified else "not_mended", inquiry, by=by, submission=submission)
    mark_done(reverse("inquiries:detail", args=[inquiry.number]))
    tell_of_mending(inquiry, submission, verified=verified, note=note, by=by)


def _end(inquiry: Inquiry, step: Step, text: str, *, by: User, acknowledged: bool, field: str = "text") -> Inquiry:
    inquiry = _locked(inquiry, step, by)
    text = text.strip()
    if not text:
        raise ValidationError({field: ValidationError(_("Write what the sender is to read."), "required")})
    refuse_unfit_texts({field: text}, longest=LONGEST_MESSAGE)
    if not acknowledged:
        _refuse_contacts(inquiry, field, text)
    inquiry.answer, inquiry.ended_at, inquiry.ended_by = text, timezone.now(), by
    _move(inquiry, step, by=by)
    tell_sender_of(inquiry)
    return inquiry


def _refuse_contacts(inquiry: Inquiry, field: str, text: str) -> None:
    """What everybody will read is looked through for what is somebody's own; the office decides, once it was named."""
    contacts = contacts_in(text, email=inquiry.email, phone=inquiry.phone, name=inquiry.sender_name)
    if contacts:
        values = {"found": ", ".join(f"“{contact}”" for contact in contacts[:5])}
        text = _(
            "Everybody who has the number reads this, and it holds %(found)s. Take it out, or say that all may read it."
        )
        raise ValidationError({field: ValidationError(text, "warning", values)})


def _locked(inquiry: Inquiry, step: Step, by: User) -> Inquiry:
    """The inquiry as it is now, held until the end of the transaction; raises Refused or NotNow."""
    inquiry = Inquiry.objects.select_for_update(of=["self"]).select_related("regency").get(pk=inquiry.pk)
    if reason := why_not(step, inquiry, by):
        raise (Refused if reason.forbidden else NotNow)(reason)
    return inquiry


def _move(inquiry: Inquiry, step: Step, *, by: User, **detail: Any) -> None:
    inquiry.state = ENDS[step] or inquiry.state
    if step != Step.REASSIGN:
        inquiry.replied_at = inquiry.replied_at or timezone.now()
    inquiry.save()
    inquiry.refresh_from_db(fields=["due_on"])
    mark_done(reverse("inquiries:detail", args=[inquiry.number]))
    write_history(DEEDS[step], inquiry, by=by, **detail)
