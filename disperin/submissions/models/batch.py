"""A batch: the submissions that came in with one file, and go their way together."""

from collections.abc import Iterable, Sequence
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from disperin.regions.reach import MaySpanRegencies, ReachQuerySet
from disperin.registers.record import directory
from disperin.registers.record.directory import Register
from disperin.submissions import own_words
from disperin.submissions.models.stock import FromStock
from disperin.submissions.workflow import Status


class BatchState(models.TextChoices):
    """How far a batch has come; never stored, it follows from its submissions."""

    DRAFT = "draft", _("Being prepared")
    WAITING = "waiting", _("Waiting for review")
    RETURNED = "returned", _("Returned to be mended")
    DECIDED = "decided", _("Decided")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Work(models.TextChoices):
    """What a job may be doing with a batch."""

    DRAW = "draw", _("judging its rows and drawing the sample")
    VERIFY = "verify", _("verifying its clean rows")
    RETURN = "return", _("returning its rows")


class BatchQuerySet(ReachQuerySet):
    def waiting(self) -> Self:
        """Those of which something waits for a decision, the longest waiting first."""
        return self._with(Status.SUBMITTED).order_by("submitted_at", "id")

    def returned(self) -> Self:
        """Those of which something came back to be mended."""
        return self._with(Status.RETURNED)

    def _with(self, status: Status) -> Self:
        submissions = _submissions()
        return self.filter(Exists(submissions.filter(batch=OuterRef("pk"), status=status)))

    def keep_apart(self, submissions: Iterable[Any]) -> None:
        """Note which batches hold some of these submissions that lie in another regency than the batch itself."""
        for batch, regency in {
            (submission.batch_id, submission.regency_id) for submission in submissions if submission.batch_id
        }:
            self.filter(pk=batch, spans_regencies=False).exclude(regency=regency).update(spans_regencies=True)

    def shown(self) -> Self:
        """With the people and the place that every list shows."""
        return self.select_related("regency", "made_by", "worked_by")


class Batch(MaySpanRegencies, FromStock):
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
    work = models.CharField(max_length=8, choices=Work, blank=True)  # that a job is doing just now
    work_note = models.TextField(blank=True)
    worked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    work_began_at = models.DateTimeField(null=True)

    objects = BatchQuerySet.as_manager()
    _counts: dict[str, int] | None = None

    class Meta(FromStock.Meta):
        abstract = False
        verbose_name = _("batch")
        verbose_name_plural = _("batches")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["regency", "-id"], name="batch_of_regency"),
            models.Index(fields=["submitted_at", "id"], name="batch_by_age"),
        ]

    def __str__(self) -> str:
        return self.number if own_words.is_own(self.name) else f"{self.number} {self.name}".strip()

    @property
    def name_in_words(self) -> str:
        """The name of the file, or what the portal calls a batch without one."""
        return own_words.said(self.name)

    @property
    def target(self) -> Register:
        """The register that this batch wants to change."""
        return directory.get(self.register)

    def counts(self) -> dict[str, int]:
        """`{status: number}` of its submissions, every status named; one query unless `count_all` has told it."""
        if self._counts is None:
            self._counts = _counted([self])[self.pk]
        return self._counts

    def counts_apart(self) -> dict[str, int]:
        """As `counts`, with what entered a register unchecked as `brought_in`: nobody has verified that."""
        counts, brought = self.counts(), self.submissions.filter(direct=True).count() if self.stock else 0
        return counts | {Status.VERIFIED.value: counts[Status.VERIFIED] - brought, "brought_in": brought}

    @property
    def state(self) -> BatchState:
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


def count_all(batches: Sequence[Batch]) -> None:
    """Count the submissions of all these batches, in one query."""
    counts = _counted(batches)
    for batch in batches:
        batch._counts = counts[batch.pk]


def _counted(batches: Sequence[Batch]) -> dict[int, dict[str, int]]:
    counts = {batch.pk: dict.fromkeys(Status.values, 0) for batch in batches}
    rows = _submissions().filter(batch__in=counts).order_by().values_list("batch", "status").annotate(Count("id"))
    for key, status, number in rows:
        counts[key][status] = number
    return counts


def _submissions() -> models.QuerySet[Any]:
    """Those of all batches; their model is made after this one."""
    return Batch._meta.get_field("submissions").related_model._default_manager.all()
