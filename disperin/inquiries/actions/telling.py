"""Who is told of an inquiry: the people of its place, and the sender where there is an e-mail. No personal data."""

from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from disperin.accounts.models import Role, User
from disperin.inquiries.jobs import tell_sender
from disperin.inquiries.models import Kind
from disperin.notices.actions import tell
from disperin.ui import formats


def tell_office(inquiry):
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


def tell_sender_of(inquiry):
    """Mail the sender how the inquiry stands, once the transaction is through."""
    if inquiry.email:
        transaction.on_commit(partial(tell_sender.enqueue, inquiry.pk, str(inquiry.state)))
