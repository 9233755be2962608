"""A batch: the submissions that came in with one file, and go their way together."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from disperin.regions.reach import HasRegency, ReachQuerySet
from disperin.registers import directory
from disperin.submissions.workflow import Status


class BatchState(models.TextChoices):
    """How far a batch has come; never stored, it follows from its submissions."""

    DRAFT = "draft", _("Being prepared")
    WAITING = "waiting", _("Waiting for review")
    RETURNED = "returned", _("Returned to be mended")
    DECIDED = "decided", _("Decided")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class BatchQuerySet(ReachQuerySet):
    def counted(self):
        """Each batch with one count per status, in the same query: `draft`, `submitted`, `verified` and so on."""
        return self.annotate(
            **{status.value: Count("submissions", filter=Q(submissions__status=status)) for status in Status}
        )


class Batch(HasRegency):
    """One file of proposals for one register. Its rows are submissions like any other; here they are counted."""

    prefix = "BKS"

    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    register = models.CharField(_("register"), max_length=40)
    name = models.CharField(_("name of the file"), max_length=200, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="batches", verbose_name=_("proposed by")
    )
    made_at = models.DateTimeField(_("begun"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("batch")
        verbose_name_plural = _("batches")
        ordering = ["-id"]
        indexes = [models.Index(fields=["regency", "-id"], name="batch_of_regency")]

    def __str__(self):
        return f"{self.number} {self.name}".strip()

    @property
    def target(self):
        """The register that this batch wants to change."""
        return directory.get(self.register)

    def counts(self):
        """`{status: number}` of its submissions, every status named; one query unless `counted` has told it."""
        if not hasattr(self, Status.DRAFT.value):
            found = self.submissions.order_by().values_list("status").annotate(number=Count("id"))
            return dict.fromkeys(Status.values, 0) | dict(found)
        return {status: getattr(self, status) for status in Status.values}

    @property
    def state(self):
        """The BatchState that its submissions make: whoever has to do something next."""
        counts = self.counts()
        if self.submitted_at is None and (counts[Status.DRAFT] or not any(counts.values())):
            return BatchState.DRAFT
        for status, state in (
            (Status.SUBMITTED, BatchState.WAITING),
            (Status.RETURNED, BatchState.RETURNED),
            (Status.VERIFIED, BatchState.DECIDED),
            (Status.REJECTED, BatchState.DECIDED),
        ):
            if counts[status]:
                return state
        return BatchState.WITHDRAWN
