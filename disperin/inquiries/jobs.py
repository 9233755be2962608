"""The e-mails to senders, sent by the worker."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django_tasks import task

from disperin.inquiries.models import Inquiry
from disperin.inquiries.workflow import State

SUBJECTS = {
    State.RECEIVED: _("We have received your inquiry"),
    State.HANDLED: _("Your inquiry is being handled"),
    State.ANSWERED: _("Your inquiry has been answered"),
    State.CLOSED: _("Your inquiry has been closed"),
}


@task()
def tell_sender(inquiry_id, state):
    """Mail the sender that their inquiry has come to this state; nothing if it has gone on since.

    The e-mail repeats nothing that was typed: anybody can type anybody's address.
    """
    inquiry = Inquiry.objects.get(pk=inquiry_id)
    if not inquiry.email or inquiry.state != state:
        return
    with override(inquiry.language):
        link = settings.PUBLIC_ORIGIN + reverse("inquiries:state", args=[inquiry.number])
        body = render_to_string("inquiries/mail/state.txt", {"inquiry": inquiry, "link": link})
        send_mail(str(SUBJECTS[state]), body, settings.DEFAULT_FROM_EMAIL, [inquiry.email])
