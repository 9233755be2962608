"""E-mails that jobs send: once each, as far as SMTP allows, and again later where the mail server is away.

A mail is marked as sent right after the server took it, never before: a worker that dies in that moment sends it again,
where the other way round it would be lost. Both copies bear the same Message-ID, by which mailboxes know them as one.
"""

import contextlib
import datetime
from collections.abc import Iterator
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks.base import Task

FIRST_WAIT = datetime.timedelta(minutes=5)  # each further one is twice as long
MOST_TRIES = 10  # over some 42 hours
ORDERED_ANEW_FOR = datetime.timedelta(days=7)  # what is older and was not sent tells nobody anything any more


def signed(text: str) -> str:
    """The text of a mail with who sends it below, set apart as mail programs know it."""
    return f"{text.rstrip()}\n\n-- \n{settings.PROVINCE.mail_signature}\n"


def send(title: str, text: str, address: str, *, about: str) -> None:
    """Hand a mail to the mail server; `about` names what it says, and is the same when it is sent again."""
    host = urlsplit(settings.PUBLIC_ORIGIN).hostname
    headers = {"Message-ID": f"<{about}@{host}>"}
    EmailMessage(title, signed(text), settings.DEFAULT_FROM_EMAIL, [address], headers=headers).send()


@contextlib.contextmanager
def tried_again(task: Task, *args: Any, tries: int) -> Iterator[None]:
    """Order the task again for later if the mail server does not take the mail that is sent within."""
    try:
        yield
    except (SMTPException, OSError):
        if tries + 1 >= MOST_TRIES:
            raise
        task.using(run_after=timezone.now() + FIRST_WAIT * 2**tries).enqueue(*args, tries=tries + 1)
