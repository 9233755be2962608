"""Tell somebody something. The e-mail leaves as a job once the transaction is through, so that no refusal is mailed."""

from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from disperin.notices.jobs import send_notice
from disperin.notices.models import Notice
from disperin.ui.context import in_language


def tell(recipient, *, title, body, path):
    """Leave a notice in the portal and, where the person has an address, send it by e-mail."""
    notice = Notice.objects.create(recipient=recipient, title=title[:250], body=body, path=path)
    if recipient.email and recipient.is_active:
        transaction.on_commit(partial(send_notice.enqueue, notice.pk))
    return notice


def mark_read_about(user, path):
    """Remember that this person opened what the notices of this path are about, in whichever language."""
    either = [in_language(path, language) for language, _name in settings.LANGUAGES]
    return mark_read(Notice.objects.of(user).filter(path__in=either))


def mark_read(notices):
    """Remember that these notices were opened (a queryset of one person's)."""
    return notices.unread().update(read_at=timezone.now())
