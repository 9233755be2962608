"""Tell somebody something. The e-mail is ordered with the notice and leaves as a job, so that no refusal is mailed."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import TaskContext

from disperin.accounts.models import User
from disperin.jobs.mailing import ORDERED_ANEW_FOR
from disperin.jobs.tasks import subjects_of
from disperin.notices.jobs import send_notice
from disperin.notices.models import Notice, NoticeQuerySet
from disperin.ui.context import in_language


@transaction.atomic(savepoint=False)
def tell(recipient: User, *, title: str, body: str, path: str) -> Notice:
    """Leave a notice in the portal and, where the person has an address, send it by e-mail."""
    by_mail = bool(recipient.email and recipient.is_active)
    notice = Notice.objects.create(recipient=recipient, title=title[:250], body=body, path=path, by_mail=by_mail)
    if by_mail:
        send_notice.enqueue(notice.pk)
    return notice


def tell_once(context: TaskContext, recipient: User, *, title: str, body: str, path: str) -> Notice:
    """As `tell`, of how a job ended: a worker that dies just then is followed by another, which tells nothing again.

    One order is told by one title and path; what was said so since it was ordered was said of it.
    """
    since = context.task_result.enqueued_at
    told = Notice.objects.filter(recipient=recipient, title=title[:250], path=path, created_at__gte=since).first()
    return told or tell(recipient, title=title, body=body, path=path)


def tell_given_up(context: TaskContext, recipient: User, *, title: str, path: str) -> Notice:
    """Tell somebody, once, that a job which they ordered came to nothing by a fault, and changed nothing."""
    with override(recipient.language):
        body = _("A fault of the portal stopped it; nothing was changed. Try again, or tell the administrator.")
        return tell_once(context, recipient, title=title, body=body, path=path)


def order_unsent() -> int:
    """Order the e-mails of the last days that no job is to send; gives how many."""
    recent = Notice.objects.unsent().filter(created_at__gt=timezone.now() - ORDERED_ANEW_FOR)
    lost = recent.exclude(pk__in=subjects_of(send_notice))
    return len([send_notice.enqueue(key) for key in lost.values_list("pk", flat=True)])


def call_otherwise(told: Mapping[str, Sequence[tuple[str, str]]]) -> None:
    """Let the notices of paths, in whichever language, call by other names what they are about. Two queries.

    `told` is `{path: [(old name, new name)]}`; of one path in this order.
    """
    by_path = {
        in_language(path, language): names for path, names in told.items() for language, _name in settings.LANGUAGES
    }
    changed = []
    for notice in Notice.objects.filter(path__in=by_path).order_by("pk") if by_path else ():
        before = (notice.title, notice.body)
        for old, new in by_path[notice.path]:
            notice.title, notice.body = notice.title.replace(old, new)[:250], notice.body.replace(old, new)
        if (notice.title, notice.body) != before:
            changed.append(notice)
    Notice.objects.bulk_update(changed, ["title", "body"])


def mark_read_about(user: User, path: str) -> int:
    """Remember that this person opened what the notices of this path are about, in whichever language."""
    return mark_read(_leading_to(path).of(user))


def mark_done(*paths: str, of: User | None = None) -> int:
    """What notices of these paths ask for is done, or has gone on: nobody (or `of` alone) has to open them any more."""
    notices = _leading_to(*paths)
    return mark_read(notices.of(of) if of else notices)


def mark_read(notices: NoticeQuerySet) -> int:
    """Remember that these notices were opened (a queryset of one person's)."""
    return notices.unread().update(read_at=timezone.now())


def _leading_to(*paths: str) -> NoticeQuerySet:
    """Everybody's notices of these paths, in whichever language they were written."""
    either = [in_language(path, language) for path in paths for language, _name in settings.LANGUAGES]
    return Notice.objects.filter(path__in=either)
