"""Who is told of an inquiry: the people of its place, and the sender where there is an e-mail. No personal data."""

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from disperin.accounts.models import Role, User
from disperin.inquiries.jobs import tell_sender
from disperin.inquiries.models import Inquiry, Kind
from disperin.jobs.mailing import ORDERED_ANEW_FOR
from disperin.jobs.tasks import subjects_of
from disperin.notices.actions import tell
from disperin.ui import formats


def tell_office(inquiry: Inquiry) -> None:
    """A notice to the officers of its regency; to the verifiers where it has none, or no officer is there."""
    people = User.objects.filter(is_active=True)
    here = list(people.filter(role=Role.OFFICER, regency=inquiry.regency_id)) if inquiry.regency_id else []
    for person in here or people.filter(role=Role.VERIFIER):
        with override(person.language):
            told = {"number": inquiry.number, "record": inquiry.record_title, "day": formats.day(inquiry.answer_due_on)}
            title = _("Report of wrong data: %(number)s") if inquiry.kind == Kind.REPORT else _("Question: %(number)s")
            lines = [inquiry.record_title, _("To be answered by %(day)s.") % told]
            path = reverse("inquiries:detail", args=[inquiry.number])
            tell(person, title=title % told, body="\n".join(filter(None, lines)), path=path)


def tell_sender_of(inquiry: Inquiry) -> None:
    """Have the sender mailed how the inquiry stands."""
    if inquiry.email:
        tell_sender.enqueue(inquiry.pk, str(inquiry.state))


def order_untold() -> int:
    """Order the e-mails of the last days that no job is to send; gives how many."""
    since = timezone.now() - ORDERED_ANEW_FOR
    recent = Q(received_at__gt=since) | Q(replied_at__gt=since) | Q(ended_at__gt=since)
    untold = Inquiry.objects.filter(recent).exclude(email="").exclude(told_state=F("state"))
    lost = list(untold.exclude(pk__in=subjects_of(tell_sender)))
    for inquiry in lost:
        tell_sender_of(inquiry)
    return len(lost)
