"""The e-mails to senders, sent by the worker."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django_tasks import task

from disperin.inquiries.models import Inquiry
from disperin.inquiries.workflow import State
from disperin.jobs.locks import alone
from disperin.jobs.mailing import send, tried_again

SUBJECTS = {
    State.RECEIVED: _("We have received your inquiry"),
    State.HANDLED: _("Your inquiry is being handled"),
    State.ANSWERED: _("Your inquiry has been answered"),
    State.CLOSED: _("Your inquiry has been closed"),
}


@task()
def tell_sender(inquiry_id: int, state: str, tries: int = 0) -> None:
    """Mail the sender once that their inquiry has come to this state; nothing if it has gone on since.

    The e-mail repeats nothing that was typed: anybody can type anybody's address.
    """
    with alone("inquiry", inquiry_id, state) as mine, tried_again(tell_sender, inquiry_id, state, tries=tries):
        inquiry = Inquiry.objects.filter(pk=inquiry_id, state=state).exclude(told_state=state).first()
        if mine and inquiry and inquiry.email:
            with override(inquiry.language):
                link = settings.PUBLIC_ORIGIN + reverse("inquiries:state", args=[inquiry.number])
                body = render_to_string("inquiries/mail/state.txt", {"inquiry": inquiry, "link": link})
                send(str(SUBJECTS[State(state)]), body, inquiry.email, about=f"{inquiry.number}-{state}")
            Inquiry.objects.filter(pk=inquiry_id).update(told_state=state)
