"""What stands with an inspection: what was looked at, what was found, and photographs."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from disperin.attachments.models import Attachment
from disperin.history.versions import versioned
from disperin.registers.models import Part
from disperin.registers.record import past
from disperin.registers.values.audience import Audience
from disperin.supervision import rules
from disperin.supervision.models.inspection import Inspection


class PartOfInspection(Part):
    parent = "inspection"

    class Meta(Part.Meta):
        abstract = True


@versioned()
class DocumentCheck(PartOfInspection):
    """Whether one document, or one duty, was there."""

    audience = Audience(
        inside=("id", "key", "position", "inspection", "kind", "answer", "number", "valid_until", "note", "closed_on"),
        personal=(("number",),),
    )

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="documents", editable=False)
    kind = models.CharField(_("document or duty"), max_length=24, choices=rules.Checked)
    answer = models.CharField(_("is it there"), max_length=12, choices=rules.Answer)
    number = models.CharField(_("document number"), max_length=80, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(PartOfInspection.Meta):
        verbose_name = _("checked document")
        verbose_name_plural = _("checked documents")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_answer_display()}"

    def clean(self) -> None:
        """Checks that only what is there has a number."""
        rules.check_document(answer=self.answer, number=self.number, valid_until=self.valid_until)


@versioned()
class Finding(PartOfInspection):
    """What was found, what is to be done about it by when, and whether it is done."""

    audience = Audience(
        inside=(
            "id", "key", "position", "inspection", "found", "follow_up", "due_on", "state", "done_on", "note",
            "closed_on",
        )
    )  # fmt: skip

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="findings", editable=False)
    found = models.CharField(_("what was found"), max_length=500)
    follow_up = models.CharField(_("what is to be done"), max_length=500, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True, help_text=_("Only if a day was agreed."))
    state = models.CharField(_("state"), max_length=12, choices=rules.FollowUp, default=rules.FollowUp.OPEN)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    note = models.CharField(_("what was done"), max_length=300, blank=True)

    class Meta(PartOfInspection.Meta):
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [
            models.CheckConstraint(
                name="what_is_done_says_since_when",
                condition=Q(state="selesai", done_on__isnull=False) | (~Q(state="selesai") & Q(done_on__isnull=True)),
            )
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                name="follow_up_by_due_day",
                condition=Q(closed_on__isnull=True, done_on__isnull=True, due_on__isnull=False),
            ),
            models.Index(fields=["inspection", "position", "id"], name="finding_of_inspection"),
        ]

    def __str__(self) -> str:
        return self.found

    def clean(self) -> None:
        """Checks what is to be done and whether it is."""
        rules.check_finding(follow_up=self.follow_up, due_on=self.due_on, state=self.state, done_on=self.done_on)

    @property
    def late_days(self) -> int:
        """Days past its due day, on the day that is read."""
        return rules.late_days(due_on=self.due_on, done_on=self.done_on, on=past.today())


@versioned()
class InspectionPhoto(PartOfInspection):
    """A photograph of what was seen."""

    audience = Audience(
        inside=("id", "key", "position", "inspection", "photo", "caption", "closed_on"), personal=(("photo",),)
    )

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="photos", editable=False)
    photo = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("photograph")
    )
    caption = models.CharField(_("what it shows"), max_length=200)

    class Meta(PartOfInspection.Meta):
        verbose_name = _("photograph")
        verbose_name_plural = _("photographs")

    def __str__(self) -> str:
        return self.caption
