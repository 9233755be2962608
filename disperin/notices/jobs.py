"""The e-mail of a notice, sent by the worker."""

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from disperin.jobs.locks import alone
from disperin.jobs.mailing import send, tried_again
from disperin.notices.models import Notice


@task()
def send_notice(notice_id: int, tries: int = 0) -> None:
    """Send one notice once; a second run of the same job sends nothing, and neither does a second worker."""
    with alone("notice", notice_id) as mine, tried_again(send_notice, notice_id, tries=tries):
        notice = Notice.objects.unsent().filter(pk=notice_id).select_related("recipient").first()
        if mine and notice:
            text = f"{notice.body}\n\n{settings.PUBLIC_ORIGIN}{notice.path}"
            send(notice.title, text, notice.recipient.email, about=f"notice-{notice.pk}")
            Notice.objects.filter(pk=notice.pk).update(mailed_at=timezone.now())
