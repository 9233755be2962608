"""A file that somebody sent, its rows while they are looked at, and what its headings were found to mean."""

import datetime
import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.regions.models import Regency
from disperin.regions.reach import MaySpanRegencies
from disperin.registers.record import directory
from disperin.registers.record.directory import Register
from disperin.registers.record.revisions import losses
from disperin.submissions.models import Batch, FromStock


class State(models.TextChoices):
    READING = "reading", _("Being read")
    MAPPING = "mapping", _("Columns to be confirmed")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked")
    PROPOSING = "proposing", _("Being submitted")
    SUBMITTED = "submitted", _("Submitted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REFUSED = "refused", _("Refused")
    FAILED = "failed", _("Stopped by a fault")


ENDED = (State.SUBMITTED, State.WITHDRAWN, State.REFUSED)  # nothing is to be done any more, unless rows are left
WORKING = (State.READING, State.CHECKING, State.PROPOSING)  # a job has to do something


class Outcome(models.TextChoices):
    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    BAD = "bad", _("To be mended")
    SKIPPED = "skipped", _("Skipped")


class Decided(models.TextChoices):
    """What somebody said a row is, whatever is found in it."""

    SKIP = "skip", _("Not to be taken in")
    DATA = "data", _("Data, though it does not look so")


Mapped = dict[str, Any]  # what the columns of a sheet mean, as somebody confirmed it; JSON
Choice = dict[str, str]  # what somebody said of a row: its record, or what it is


class Workbook(MaySpanRegencies, FromStock):
    """A file of rows for one register and regency. What it holds is kept as rows, never as the file that was sent.

    Rows of a file that the province sends may lie in any regency, whatever it is for: it spans them from the start.
    `purpose` names who judges its rows instead of the import (`importing/purposes.py`); such a file may be for no
    single regency.

    `sheets` tells of each sheet its name, whether it is hidden, how many rows it has, the row of its headings, the
    headings and a few rows to recognise them by. `mapping` says of each sheet which part it holds ("" records, None
    nothing), what its columns are (`+phone`: read together with that of `phone`), by how much figures are multiplied,
    and what goes for all rows though no column says it:
    `[{"part": "", "columns": {"0": "name", …}, "times": {"7": 1000}, "same": {"legal_form": "cv"}}, …]`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    register = models.CharField(_("register"), max_length=40)
    regency: Any = models.ForeignKey(
        Regency, models.PROTECT, null=True, related_name="+", verbose_name=_("regency/city")
    )  # None: of the whole province, which no import is
    purpose = models.CharField(max_length=20, blank=True, default="", db_default="")  # "": the import
    name = models.CharField(_("file"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.READING)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="workbooks", verbose_name=_("sent by")
    )
    sent_at = models.DateTimeField(_("sent"), auto_now_add=True)
    language = models.CharField(max_length=2, default="id")  # of the messages about its rows
    path = models.CharField(max_length=100, blank=True)  # of the file, in the storage; empty once it is read
    photos_path = models.CharField(max_length=100, blank=True, default="", db_default="")  # of a ZIP, until it is read
    size = models.PositiveIntegerField(_("size"))  # bytes
    content_hash = models.CharField(max_length=64)  # SHA-256, hexadecimal
    sheets = models.JSONField(default=list)
    mapping = models.JSONField(default=list)
    refusal = models.TextField(blank=True)
    refusal_code = models.CharField(max_length=40, blank=True)
    done = models.PositiveIntegerField(default=0)  # rows, of `total`, that the present step has behind it
    total = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(_("read"), default=0)
    new = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    bad = models.PositiveIntegerField(_("to be mended"), default=0)
    skipped = models.PositiveIntegerField(_("skipped"), default=0, db_default=0)
    handed_in = models.PositiveIntegerField(default=0, db_default=0)  # of the new and changed: submitted already
    warned = models.PositiveIntegerField(default=0)  # rows that are still to be submitted, with warnings
    attempts = models.PositiveSmallIntegerField(default=0)  # to do the present step; one that keeps failing is given up
    batch = models.OneToOneField(Batch, models.PROTECT, null=True, related_name="workbook")  # the last one
    earlier_batches = models.ManyToManyField(Batch, related_name="earlier_in")  # of rows that were submitted before
    forgotten_at = models.DateTimeField(null=True)  # when its rows were removed

    class Meta(FromStock.Meta):
        abstract = False
        verbose_name = _("workbook")
        verbose_name_plural = _("workbooks")
        ordering = ["-sent_at", "-id"]
        indexes = [
            models.Index(fields=["regency", "-sent_at", "-id"], name="workbook_of_regency"),
            models.Index(fields=["-sent_at"], name="workbook_kept", condition=Q(forgotten_at__isnull=True)),
        ]
        constraints = [
            *FromStock.Meta.constraints,
            models.CheckConstraint(
                name="an_import_is_of_one_regency", condition=~Q(purpose="") | Q(regency__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("workbooks:detail", args=[self.pk])

    @property
    def target(self) -> Register:
        """The register that its rows propose to."""
        return directory.get(self.register)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each kind; whole once it is checked."""
        return {name: getattr(self, name) for name in ("read", *Outcome.values)}

    @property
    def adds_up(self) -> bool:
        """Whether every row that was read is accounted for; otherwise nothing goes on."""
        return self.read == self.new + self.changed + self.unchanged + self.bad + self.skipped

    @property
    def to_propose(self) -> int:
        """How many rows would be submitted now: those that were submitted before are not counted twice."""
        return self.new + self.changed - self.handed_in

    @property
    def batches(self) -> list[Batch]:
        """Every batch that its rows were submitted in, the last one at the end."""
        return [*self.earlier_batches.order_by("pk"), *([self.batch] if self.batch else [])]


def half_done() -> Q:
    """What is to be said of workbooks for which somebody has something to do: not ended, or with rows left to mend.

    One that is not read for the import has ended once it is checked: what is to be done then stands elsewhere.
    """
    ended = Q(state__in=ENDED) | Q(state=State.CHECKED) & ~Q(purpose="")
    return ~ended | Q(state=State.SUBMITTED, bad__gt=0, forgotten_at=None)


class WorkbookRow(models.Model):
    """A row of a file. `cells` as `disperin.workbooks.files.cells` describes them; a NIK is never among them.

    A cell that was mended by hand holds what it was mended to; `mended` keeps what the file says: `{place: cell}`.
    Rows of parts are judged with their record: only rows of records, those that belong to none, and those that were
    skipped have an outcome.
    """

    workbook = models.ForeignKey(Workbook, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()  # in the whole file; on its first sheet the same as `number`
    sheet = models.PositiveSmallIntegerField()  # the place of its sheet among `Workbook.sheets`
    number = models.PositiveIntegerField()  # as the spreadsheet counts
    cells = models.JSONField()
    mended = models.JSONField(default=dict, db_default=Value({}, models.JSONField()))
    decided = models.CharField(max_length=4, choices=Decided, blank=True, default="", db_default="")
    part = models.CharField(max_length=40, null=True)  # "" a record, None not read
    key = models.CharField(max_length=100, blank=True)  # its row key, by which lines find their record
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)
    title = models.CharField(max_length=200, blank=True)
    said = models.CharField(max_length=300, blank=True)  # what tells two rows for one new record
    record_id = models.PositiveBigIntegerField(null=True)
    record_number = models.CharField(max_length=20, blank=True)
    errors = models.JSONField(default=list)  # as `disperin.workbooks.importing.row_report` makes them
    warnings = models.JSONField(default=list)  # likewise
    changes = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    candidates = models.JSONField(default=list)  # records of which one may be meant
    choice = models.JSONField(default=dict)  # {"what": "update", "number": …} or {"what": "new", "reason": …}
    proposed = models.BooleanField(default=False)  # a draft of the batch holds it

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="one_row_per_place", fields=["workbook", "position"])]
        indexes = [
            models.Index(fields=["workbook", "outcome", "position"], name="workbook_row_outcome"),
            models.Index(fields=["workbook", "part", "key"], name="workbook_row_key"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class WorkbookPhoto(models.Model):
    """A picture of a ZIP that was sent beside a file: the attachment that was made of it, or why none was.

    One that no row names is kept by its name alone, to be told.
    """

    workbook = models.ForeignKey(Workbook, models.CASCADE, related_name="photos")
    key = models.CharField(max_length=200)  # its plain name, by which cells name it
    name = models.CharField(max_length=200)  # as it is shown
    attachment = models.ForeignKey("attachments.Attachment", models.SET_NULL, null=True, related_name="+")
    problem = models.JSONField(default=dict)  # as `disperin.ui.said` keeps it
    path = models.CharField(max_length=100)  # of the ZIP that it came in: what was taken of it is not taken twice

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(name="one_photo_of_a_name", fields=["workbook", "key"])]

    def __str__(self) -> str:
        return self.name


class KnownHeading(models.Model):
    """What a heading was confirmed to mean in the files of one regency: its column, or that it is not read.

    Without a regency: in files of the whole province.
    """

    regency = models.ForeignKey("regions.Regency", models.PROTECT, null=True, related_name="+")
    register = models.CharField(max_length=40)
    part = models.CharField(max_length=40, blank=True)
    heading = models.CharField(max_length=200)  # in its plainest words
    column = models.CharField(max_length=40)
    times = models.PositiveBigIntegerField(null=True)  # by which its figures are multiplied; None: nobody was asked

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_meaning_per_heading", fields=["regency", "register", "part", "heading"])
        ]

    def __str__(self) -> str:
        return f"{self.heading} → {self.column}"


class Kind(models.TextChoices):
    XLSX = "xlsx", "Excel (XLSX)"
    CSV = "csv", "CSV"
    GEOJSON = "geojson", "GeoJSON"


class Making(models.TextChoices):
    HANDED = "handed", _("Handed over at once")
    WRITING = "writing", _("Being written")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Stopped by a fault")


KEPT_FOR_VISITORS = timedelta(days=1)
_SHARED = Q(state__in=(Making.WRITING, Making.READY)) & ~Q(key="")


class ExportQuerySet(models.QuerySet):
    def kept(self, *, now: datetime.datetime | None = None) -> "ExportQuerySet":
        """Those whose time is not over: a day for what visitors asked for, `EXPORT_KEPT_DAYS` for people's own.

        A list from before something was taken off the public is nobody's any more: a file goes from hand to hand.
        """
        now = now or timezone.now()
        own = Q(asked_by__isnull=False, asked_at__gte=now - timedelta(days=settings.EXPORT_KEPT_DAYS))
        of_visitors = Q(asked_by=None, asked_at__gte=now - KEPT_FOR_VISITORS)
        holds_no_more = ~Q(state=Making.READY) | Q(workbook__isnull=False) | Q(losses=losses())
        return self.filter(own | of_visitors, holds_no_more)

    def shared(self) -> "ExportQuerySet":
        """Those that are handed, or will be, to whoever asks for the same."""
        return self.filter(_SHARED)


class Export(models.Model):
    """A file that was asked for: a register's list, by a visitor a long one, by people with an account any; or the rows
    of a workbook that are to be mended, if they are many.

    A job writes a long one, which is kept for a while. `key` says what it is (`actions.export`): whoever asks for the
    same gets the same.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    register = models.CharField(_("register"), max_length=40)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    workbook = models.ForeignKey(Workbook, models.CASCADE, null=True, related_name="exports")  # None: it is a list
    query = models.TextField(blank=True)  # of the list's address
    filters = models.TextField(_("filter"), blank=True)  # the same in words
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="exports", verbose_name=_("asked by")
    )  # None: visitors
    asker = models.CharField(max_length=64, blank=True)  # of a visitor's long one: whence, as a hash that stays one
    key = models.CharField(max_length=64, blank=True)  # of a long one
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    reach = models.CharField(max_length=5, blank=True)  # the regency whose inside it may hold, "" being all
    language = models.CharField(max_length=2, default="id")
    state = models.CharField(_("state"), max_length=8, choices=Making)
    done = models.PositiveIntegerField(default=0)  # rows, of `total`, that are written
    total = models.PositiveIntegerField(_("rows"))
    path = models.CharField(max_length=100, blank=True)  # of the file, in the storage
    size = models.PositiveBigIntegerField(default=0)  # bytes of it
    written_at = models.DateTimeField(_("as of"), null=True)  # the moment that the file tells of
    losses = models.PositiveBigIntegerField(default=0)  # at that moment (`disperin/registers/record/revisions.py`)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-asked_at", "-id"]
        constraints = [models.UniqueConstraint(name="one_export_of_a_kind", fields=["key"], condition=_SHARED)]
        indexes = [
            models.Index(fields=["asked_by", "-asked_at", "-id"], name="export_of_person"),
            models.Index(fields=["asked_at"], name="export_kept"),
        ]

    def __str__(self) -> str:
        return f"{self.register}.{self.kind}"

    def get_absolute_url(self) -> str:
        return self._address("detail")

    @property
    def title(self) -> str:
        """What it is called on pages."""
        if self.workbook:
            return _("Rows to be mended of “%(file)s”") % {"file": self.workbook.name}
        return f"{capfirst(str(self.target.label))}, {self.get_kind_display()}"

    @property
    def file_url(self) -> str:
        """Where its file is fetched."""
        return self._address("file")

    def _address(self, page: str) -> str:
        """A page of it; the rest of the address says, even when nothing is kept, what was asked for."""
        rest = "&".join(filter(None, [f"daftar={self.register}", self.query]))
        return f"{reverse(f'downloads:{page}', args=[self.pk])}?{rest}"

    @property
    def target(self) -> Register:
        """The register whose list it holds."""
        return directory.get(self.register)

    @property
    def is_ready(self) -> bool:
        return self.state == Making.READY

    @property
    def is_writing(self) -> bool:
        return self.state == Making.WRITING

    @property
    def kept_until(self) -> datetime.datetime:
        """When its time is over."""
        return self.asked_at + (timedelta(days=settings.EXPORT_KEPT_DAYS) if self.asked_by_id else KEPT_FOR_VISITORS)

    def is_for(self, user: User | AnonymousUser) -> bool:
        """Whether this person may have it: of what a visitor asked for everybody, else who asked, while they still see
        what it may hold."""
        if self.asked_by_id is None:
            return True
        return self.asked_by_id == user.pk and self.reach == (user.regency_id or "")
