"""What a verifier must have read before a batch is verified in one go: a sample that the server drew."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from disperin.submissions.models.batch import Batch
from disperin.submissions.models.submission import Submission


class BatchSample(models.Model):
    """One drawing for one verifier: which submissions are doubtful, and which of the clean ones are to be opened.

    It stands for what was waiting then. It is never drawn again to get an easier one.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="samples")
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    clean_count = models.PositiveIntegerField()  # out of how many it was drawn

    class Meta:
        verbose_name = _("sample")
        verbose_name_plural = _("samples")
        ordering = ["-id"]
        indexes = [models.Index(fields=["batch", "drawn_by", "-id"], name="sample_of_batch")]

    def __str__(self) -> str:
        return f"{self.batch.number}: {self.drawn_at:%Y-%m-%d %H:%M}"


class SampledSubmission(models.Model):
    """A submission of a sample, and when its verifier opened its review page."""

    sample = models.ForeignKey(BatchSample, models.PROTECT, related_name="drawn")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["submission_id"]
        constraints = [models.UniqueConstraint(name="drawn_once_per_sample", fields=["sample", "submission"])]

    def __str__(self) -> str:
        return str(self.submission)


class Doubt(models.Model):
    """Why a submission was not clean, or was left when all were verified: it wants a verifier's own eyes."""

    class Code(models.TextChoices):
        CONFLICT = "conflict", _("changed meanwhile")
        ERROR = "error", _("not valid any more")
        WARNING = "warning", _("a warning")
        NOT_NOW = "not_now", _("not possible just then")

    sample = models.ForeignKey(BatchSample, models.PROTECT, related_name="doubts")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="doubts")
    code = models.CharField(max_length=10, choices=Code)
    text = models.TextField()

    class Meta:
        ordering = ["submission_id"]
        constraints = [models.UniqueConstraint(name="one_doubt_per_sample", fields=["sample", "submission"])]

    def __str__(self) -> str:
        return self.text
