"""A submission: a proposed change of a register, kept beside it until it is decided, with its rounds."""

from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Upper
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disperin.accounts.models import User
from disperin.regions.reach import HasRegency, ReachQuerySet
from disperin.registers.gate.forms import RecordForm, with_typed
from disperin.registers.models import Record
from disperin.registers.record import directory
from disperin.registers.record.directory import Register
from disperin.registers.record.indexes import search_index
from disperin.registers.values.terms import Values
from disperin.submissions.closing import closing_form, reopening_form
from disperin.submissions.models.batch import Batch
from disperin.submissions.own_words import InWords
from disperin.submissions.workflow import OPEN, UNDER_REVIEW, WAITING, Status, allowed_changes, claim_is_live
from disperin.ui.texts import Text


class Kind(models.TextChoices):
    CREATE = "create", _("New record")
    CHANGE = "change", _("Change")
    CLOSE = "close", _("Closing")
    REOPEN = "reopen", _("Reopening")
    CONFIRM = "confirm", _("Confirmation")


class SubmissionQuerySet(ReachQuerySet):
    def waiting(self) -> Self:
        """Submitted and not decided, the longest waiting first: the queue of the verifiers."""
        return self.filter(status=Status.SUBMITTED).order_by("submitted_at", "id")

    def claimed_now(self) -> Self:
        """Submitted, and held by somebody just now."""
        return self.filter(status=Status.SUBMITTED, claimed_until__gt=timezone.now())

    def unclaimed(self) -> Self:
        """Submitted, and held by nobody just now: whoever decides can take any of them."""
        held = Q(claimed_until__isnull=False, claimed_until__gt=timezone.now())
        return self.filter(~held, status=Status.SUBMITTED)

    def called(self, text: str) -> Self:
        """Those whose title holds every word."""
        narrowed = self
        for word in text.split():
            narrowed = narrowed.filter(title__icontains=word)
        return narrowed

    def to_decide_by(self, user: User) -> Self:
        """Submitted by others, so that this person may decide on them."""
        return self.filter(status=Status.SUBMITTED).exclude(Q(proposed_by=user) | Q(submitted_by=user))

    def open(self) -> Self:
        """Not decided and not withdrawn."""
        return self.filter(status__in=OPEN)

    def waiting_for(self, register: str, record_id: int | None) -> Self:
        """The one submission of this record that is submitted or returned."""
        return self.filter(register=register, record_id=record_id, status__in=WAITING)

    def of_record(self, register: str, record_id: int | None) -> Self:
        """Every submission of a record, newest first."""
        return self.filter(register=register, record_id=record_id).order_by("-id")

    def about_listed(self, *, listed: bool = True) -> Self:
        """About records that lists and counts of their register may hold; or about those that stand apart."""
        is_apart = _of_records_apart()
        return self.exclude(is_apart) if listed else self.filter(is_apart)

    def shown(self) -> Self:
        """With the people and the place that every list shows, and what each is about where `values` are left out."""
        rows = self.select_related("regency", "proposed_by", "claimed_by", "meant_for", "decided_by", "batch")
        says = Q(pk__in=[])
        for register in directory.all_registers():
            if apart := register.model.apart:
                says |= Q(register=register.slug) & apart.is_proposed_in("values")
        is_apart = says | (Q(kind__in=(Kind.CLOSE, Kind.REOPEN)) & _of_records_apart())
        known_apart = models.ExpressionWrapper(is_apart, models.BooleanField())
        return rows.annotate(told_apart=Coalesce(known_apart, Value(False)))  # NULL where a draft has no class yet


def _of_records_apart() -> Q:
    """About records that stand apart in their register: each looked up by its key, whatever its register holds."""
    is_apart = Q(pk__in=[])  # nothing
    for register in directory.all_registers():
        if apart := register.model.apart:
            record = register.model.objects.filter(pk=OuterRef("record_id")).order_by()
            says = Coalesce(Subquery(record.values(apart.column)), Value(""))  # of a new one there is none
            is_apart |= Q(register=register.slug) & Q(Exact(says, Value(apart.value)))
    return is_apart


class Submission(InWords, HasRegency):
    """Values proposed for a new record, a change of one, its closing or reopening, or that it is right as it stands.

    `values` are canonical and whole; `typed` keeps texts that were not understood, for the draft page only. `base` is
    what the record held when the change was begun, so that a later change of the record is seen.
    """

    prefix = "AJU"

    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    register = models.CharField(_("register"), max_length=40)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.CREATE)
    record_id = models.PositiveBigIntegerField(null=True)  # empty until a new record is verified
    record_number = models.CharField(_("record"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFT)
    values = models.JSONField(encoder=DjangoJSONEncoder)
    typed = models.JSONField(default=dict, blank=True)
    base = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    base_version = models.PositiveIntegerField(default=0)
    fields_changed = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    revision = models.PositiveIntegerField(default=1)  # raised by every edit: the ETag
    round = models.PositiveSmallIntegerField(
        pgettext_lazy("of review", "round"), default=0
    )  # raised by every submission
    acknowledged = models.BooleanField(default=False)  # its warnings were seen by the proposer
    message = models.TextField(_("message to the verifier"), max_length=1000, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="submissions", verbose_name=_("proposed by")
    )
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    revised_at = models.DateTimeField(_("last edited"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)
    meant_for = models.ForeignKey(  # the verifier who is to review it; it keeps nobody else out
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="decisions", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    note = models.TextField(_("note"), blank=True)
    reasons = models.JSONField(default=dict, blank=True)  # path -> why it was returned
    direct = models.BooleanField(_("published directly"), default=False)  # by an administrator, without a second person
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="submissions", verbose_name=_("batch"))
    batch_row = models.PositiveIntegerField(null=True)  # the row of the file: told once, proposed once

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="one_waiting_submission_per_record",
                fields=["register", "record_id"],
                condition=Q(status__in=[str(status) for status in WAITING]) & Q(record_id__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_draft_per_record_and_author",
                fields=["register", "record_id", "proposed_by"],
                condition=Q(status="draft") & Q(record_id__isnull=False),
            ),
            models.UniqueConstraint(name="one_submission_per_row_of_a_batch", fields=["batch", "batch_row"]),
            models.CheckConstraint(
                name="a_row_of_a_batch_has_its_number",
                condition=Q(batch__isnull=True, batch_row__isnull=True)
                | Q(batch__isnull=False, batch_row__isnull=False),
            ),
            models.CheckConstraint(
                name="a_decision_has_a_date_and_a_person",
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_decided_says_by_whom",
                condition=~Q(status__in=["verified", "rejected"]) | Q(decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="nobody_verifies_their_own",
                condition=~Q(status__in=["verified", "rejected"])
                | (~Q(decided_by=F("proposed_by")) & (Q(submitted_by__isnull=True) | ~Q(decided_by=F("submitted_by"))))
                | Q(direct=True),
            ),
            models.CheckConstraint(
                name="a_claim_has_a_person_and_an_end",
                condition=Q(claimed_by__isnull=True, claimed_at__isnull=True, claimed_until__isnull=True)
                | Q(claimed_by__isnull=False, claimed_at__isnull=False, claimed_until__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "submitted_at", "id"], name="submission_queue"),
            models.Index(fields=["regency", "status", "-id"], name="submission_of_regency"),
            models.Index(fields=["register", "record_id", "-id"], name="submission_of_record"),
            models.Index(fields=["proposed_by", "status", "-id"], name="submission_of_author"),
            models.Index(fields=["batch", "status", "id"], name="submission_of_batch"),
            models.Index(fields=["meant_for"], name="submission_meant_for", condition=Q(meant_for__isnull=False)),
            models.Index(fields=["decided_at"], name="submission_decided", condition=Q(decided_at__isnull=False)),
            search_index(Upper("title"), name="submission_title"),
        ]
        triggers = [
            pgtrigger.FSM(name="only_the_moves_of_the_table", field="status", transitions=allowed_changes()),
            pgtrigger.Trigger(
                name="begins_as_draft_or_direct",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.status <> 'draft' AND NOT (NEW.status = 'verified' AND NEW.direct) THEN
                        RAISE EXCEPTION 'A submission begins as a draft, not as %', NEW.status
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def etag(self) -> str:
        """Changes with every edit and every step."""
        return f'"{self.number}.{self.revision}"'

    @property
    def shown_status(self) -> tuple[str, Text]:
        """`(key, label)` as people see it: "under review" while somebody holds it."""
        if self.status == Status.SUBMITTED and claim_is_live(self):
            return UNDER_REVIEW
        return self.status, Status(self.status).label

    @property
    def target(self) -> Register:
        """The register that this submission wants to change."""
        return directory.get(self.register)

    @property
    def label_of_one(self) -> Text:
        """What it is about: what one of its register is called, or one of those that stand apart there."""
        apart = self.target.model.apart
        is_apart: bool | None = self.__dict__.get("told_apart")  # by `shown`
        if is_apart is None and apart and self.is_about_content:
            is_apart = apart.is_proposed(self.values)
        elif is_apart is None and apart:
            record = self.record()
            is_apart = record is not None and record.stands_apart
        return apart.label_of_one if apart and is_apart else self.target.label_of_one

    @property
    def is_about_content(self) -> bool:
        """Whether it says what the record holds, and not only whether it is open."""
        return self.kind not in (Kind.CLOSE, Kind.REOPEN)

    @property
    def form_class(self) -> type[RecordForm]:
        """The register's own form, or that of closing and reopening."""
        if self.kind == Kind.CLOSE:
            return closing_form(self.target)
        if self.kind == Kind.REOPEN:
            return reopening_form(self.target)
        return self.target.form

    def record(self) -> Record | None:
        """The record as it is now, or None while it is only proposed."""
        return self.target.model.objects.get(pk=self.record_id) if self.record_id else None

    def kept(self) -> Values:
        """What was entered so far, texts that were not understood among it."""
        return with_typed(self.values, self.typed)

    def form(self, *, by: User | None = None) -> RecordForm:
        """The form, bound to what was entered so far."""
        return self.form_class(self.kept(), instance=self.record(), by=by)


class SubmissionRound(InWords, models.Model):
    """One time that a submission was handed in, with what was proposed then and what was answered."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="rounds")
    round = models.PositiveSmallIntegerField()
    values = models.JSONField(encoder=DjangoJSONEncoder)
    message = models.TextField(blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=Status, blank=True)
    note = models.TextField(blank=True)
    reasons = models.JSONField(default=dict, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["round"]
        constraints = [models.UniqueConstraint(name="one_row_per_round", fields=["submission", "round"])]

    def __str__(self) -> str:
        return f"{self.submission.number}, {self.round}"
