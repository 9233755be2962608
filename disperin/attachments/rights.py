"""Who may read a file: everybody once it is published, whoever reaches it, and whoever reads what names it.

A file lies where it was sent. What names it may lie elsewhere by now, or concern each regency, as a forum does: the
floors above say so.
"""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser

from disperin.accounts.models import User
from disperin.attachments.models import Attachment
from disperin.regions.reach import reaches

Reader = User | AnonymousUser

_named: list[Callable[[Reader, Attachment], bool]] = []


def named_for(question: Callable[[Reader, Attachment], bool]) -> None:
    """Called by a floor above when the portal starts: does this person read something that names the file?"""
    _named.append(question)


def may_read(reader: Reader, attachment: Attachment) -> bool:
    """Whether this person may open the file."""
    if attachment.published_at is not None or reaches(reader, attachment):
        return True
    return reader.is_authenticated and any(question(reader, attachment) for question in _named)
