"""The mail of a Monday, sent by the worker: on that day or not at all."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from disperin.head import text
from disperin.head.models import MondayMail
from disperin.head.readers import readers
from disperin.jobs.locks import alone
from disperin.jobs.mailing import send, tried_again


@task()
def send_monday_mail(mail_id: int, tries: int = 0) -> None:
    """Send one person's mail of a Monday once, while it is that Monday and they still want it."""
    with alone("monday mail", mail_id) as mine, tried_again(send_monday_mail, mail_id, tries=tries):
        mail = MondayMail.objects.filter(pk=mail_id, sent_at=None, monday=timezone.localdate()).first()
        reader = readers().filter(pk=mail.user_id).first() if mine and mail else None
        if mail and reader:
            with override(reader.language):
                report = text.report_of(mail.monday)
                send(text.title_of(report), _body(report), reader.email, about=f"monday-{mail.pk}")
            MondayMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now())


def _body(report: text.Report) -> str:
    footer = _("You get this each Monday. To get it no more: %(address)s")
    return f"{text.text_of(report)}\n\n{footer % {'address': settings.PUBLIC_ORIGIN + reverse('head:mail')}}"
