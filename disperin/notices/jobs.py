"""The e-mail of a notice, sent by the worker."""

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone
from django_tasks import task

from disperin.notices.models import Notice


@task()
def send_notice(notice_id):
    """Send one notice once; a second run of the same job sends nothing."""
    notice = Notice.objects.select_related("recipient").get(pk=notice_id)
    if notice.mailed_at:
        return
    link = f"{settings.PUBLIC_ORIGIN}{notice.path}"
    send_mail(notice.title, f"{notice.body}\n\n{link}", settings.DEFAULT_FROM_EMAIL, [notice.recipient.email])
    notice.mailed_at = timezone.now()
    notice.save(update_fields=["mailed_at"])
