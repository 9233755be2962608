"""A notice to one person."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, user: User) -> Self:
        """The notices of one person, newest first."""
        return self.filter(recipient=user.pk)

    def unread(self) -> Self:
        """Those that were not opened yet."""
        return self.filter(read_at__isnull=True)

    def unsent(self) -> Self:
        """Those that are still to go out by e-mail, to people who have an address."""
        to_send = self.filter(by_mail=True, mailed_at__isnull=True, recipient__is_active=True)
        return to_send.exclude(recipient__email="")


class Notice(models.Model):
    """Written in the recipient's language when it happened; `path` leads to what it is about."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    title = models.CharField(_("title"), max_length=250)
    body = models.TextField(_("text"))
    path = models.CharField(max_length=200)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    by_mail = models.BooleanField(default=False)  # whether it goes out by e-mail, too
    mailed_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notice_of_recipient"),
            models.Index(fields=["path"], name="unread_notice_by_path", condition=Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def as_text(self) -> str:
        """The notice with its link, to be copied elsewhere."""
        return f"{self.title}\n{self.body}\n{settings.PUBLIC_ORIGIN}{self.path}"
