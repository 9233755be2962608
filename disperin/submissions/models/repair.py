"""Which submission is to mend what a visitor reported."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.inquiries.models import Inquiry
from disperin.submissions.models.submission import Submission


class RepairQuerySet(models.QuerySet["Repair"]):
    def seen_by(self, user: User) -> Self:
        """Those whose submission lies within reach, the newest first."""
        reached = Submission.objects.within_reach(user)
        return self.filter(submission__in=reached).select_related("submission__proposed_by").order_by("-pk")


class Repair(models.Model):
    """A submission that was begun from an inquiry. One may mend several, and a rejected one is followed by another."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="repairs")
    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="repairs")

    objects = RepairQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction of an inquiry")
        verbose_name_plural = _("corrections of inquiries")
        constraints = [models.UniqueConstraint(name="tied_once_to_an_inquiry", fields=["submission", "inquiry"])]

    def __str__(self) -> str:
        return f"{self.submission.number}, {self.inquiry.number}"
