"""Who is told of an inquiry: the people of its place, and the sender where there is an e-mail. No personal data."""

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from disperin.accounts.models import Role, User
from disperin.inquiries.jobs import tell_sender
from disperin.inquiries.models import Inquiry, Investment, Kind
from disperin.jobs.mailing import ORDERED_ANEW_FOR
from disperin.jobs.tasks import subjects_of
from disperin.notices.actions import tell
from disperin.ui import formats


def tell_office(inquiry: Inquiry) -> None:
    """A notice to those who are to see to it."""
    for person in _people_of(inquiry):
        with override(person.language):
            values = {
                "number": inquiry.number,
                "record": inquiry.record_title,
                "day": formats.day(inquiry.answer_due_on),
            }
            title = f"{inquiry.get_kind_display()}: {inquiry.number}"
            investment = Investment.objects.filter(inquiry=inquiry).first()
            needs = [f"{capfirst(str(label))}: {text}" for label, text in investment.needs()] if investment else []
            lines = [inquiry.record_title, *needs, _("To be answered by %(day)s.") % values]
            path = reverse("inquiries:detail", args=[inquiry.number])
            tell(person, title=title, body="\n".join(filter(None, lines)), path=path)


def tell_of_mending(inquiry: Inquiry, submission: str, *, verified: bool, note: str, by: User) -> None:
    """A notice to whoever handles it, that it can be answered or is still to be mended; not to who decided so."""
    holder = inquiry.handled_by
    for person in [holder] if holder and holder.is_active else _people_of(inquiry):
        if person.pk == by.pk:
            continue
        with override(person.language):
            values = {"number": inquiry.number, "submission": submission, "record": inquiry.record_title, "note": note}
            if verified:
                title = _("Mended: %(number)s")
                body = _("%(submission)s is verified: what was reported of “%(record)s” is mended. Answer now.")
            else:
                title = _("Not mended: %(number)s")
                body = _("%(submission)s, which was to mend “%(record)s”, was rejected. Reason: %(note)s")
            path = reverse("inquiries:detail", args=[inquiry.number])
            tell(person, title=title % values, body=body % values, path=path)


def _people_of(inquiry: Inquiry) -> list[User]:
    """The officers of its regency; the verifiers where it has none, or no officer is there.

    Of personal data the administrators, who alone erase them, if there are any.
    """
    people = User.objects.filter(is_active=True)
    if inquiry.kind == Kind.PERSONAL and (administrators := list(people.filter(role=Role.ADMINISTRATOR))):
        return administrators
    here = list(people.filter(role=Role.OFFICER, regency=inquiry.regency_id)) if inquiry.regency_id else []
    return here or list(people.filter(role=Role.VERIFIER))


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
