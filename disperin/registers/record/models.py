"""The record that every register is made of, its parts, its permanent number, and the revision of each register."""

import datetime
import uuid
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any, ClassVar, Self, cast

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.regions.reach import HasRegency, Insider, ReachQuerySet
from disperin.registers.record.apart import Apart
from disperin.registers.record.indexes import search_index
from disperin.registers.record.likeness import LikenedBy
from disperin.registers.record.summed import Summed
from disperin.registers.record.withholding import Hideable
from disperin.registers.values.audience import Audience
from disperin.registers.values.beside import Beside
from disperin.registers.values.context import ONE
from disperin.registers.values.point import Point
from disperin.ui.formats import day
from disperin.ui.texts import Text


class ClosedReason(models.TextChoices):
    ENDED = "ended", _("Closed down, or no longer there")
    DUPLICATE = "duplicate", _("Duplicate of another record")
    ERROR = "error", _("Entered by mistake")
    MOVED = "moved", _("Moved away")


class Origin(models.TextChoices):
    """Where a version of a record comes from. Only the first is verified."""

    VERIFIED = "verified", _("Proposed and verified")
    DIRECT = "direct", _("Published by an administrator directly, not verified")
    OPEN_SOURCES = "open_sources", _("Loaded from open sources, not yet checked by the office")
    OLDER_SYSTEM = "older_system", _("Brought from an older system, not yet checked")

    def on(self, at: datetime.datetime) -> str:
        """In a sentence, `at` being the moment of that version."""
        return _SENTENCES[self] % {"day": day(at)}


_SENTENCES = {
    Origin.VERIFIED: _("Verified on %(day)s by the provincial Department of Industry."),
    Origin.DIRECT: _("Published directly by an administrator on %(day)s, not verified."),
    Origin.OPEN_SOURCES: _("Loaded from open sources on %(day)s, not yet checked by the office."),
    Origin.OLDER_SYSTEM: _("Brought from an older system on %(day)s, not yet checked."),
}


class RecordQuerySet(ReachQuerySet):
    def unclosed(self) -> Self:
        """Records that are not closed, hidden ones too: what a new record is compared with."""
        return self.filter(closed_on__isnull=True)

    def in_lists(self) -> Self:
        """Without those that stand apart; the same question as `Record.stands_apart`."""
        apart = cast("type[Record]", self.model).apart
        return self.exclude(**apart.asked) if apart else self

    def apart(self) -> Self:
        """Those alone that stand apart."""
        apart = cast("type[Record]", self.model).apart
        return self.filter(**apart.asked) if apart else self.none()

    def shown(self) -> Self:
        """Records that are not closed and not hidden, those that stand apart too."""
        return self.unclosed().filter(hidden=False)

    def current(self) -> Self:
        """Those shown that do not stand apart: what lists, maps and figures show to all."""
        return self.shown().in_lists()

    def worked_out(self) -> Self:
        """Each record with what its model's `beside` and `point` say of it that is worked out anew each time."""
        return self

    def seen_by(self, user: Insider | AnonymousUser) -> Self:
        """Records that this user may know of: within reach all, elsewhere those of a public register not hidden."""
        model = cast("type[Record]", self.model)
        if not model.audience.is_public:
            return self.within_reach(user)
        if not user.is_authenticated:
            return self.filter(hidden=False)
        return self if user.sees_all else self.filter(Q(hidden=False) | Q(regency=user.regency_id))


class Checked(models.Model):
    """What a form checks before it is stored. What a check must look up it asks of `context`, never by itself."""

    context = ONE

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """As Django's, but a row that the form has just found is not looked for again."""
        cached = {field.name for field in _relations(type(self)) if field.get_cached_value(self, None) is not None}
        super().clean_fields(exclude={*(exclude or ())} | cached)

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """As Django's, asked of the context."""
        self.context.check_constraints(self, set(exclude or ()))

    def validate_unique(self, exclude: Collection[str] | None = None) -> None:
        """As Django's, asked of the context."""
        self.context.check_unique(self, set(exclude or ()))

    def unique_error_message(self, model_class: type[models.Model], unique_check: Sequence[str]) -> ValidationError:
        """As Django's, but of several fields, too, in our own words."""
        error = super().unique_error_message(model_class, unique_check)
        if error.code == "unique_together":
            error.message = _("There is one with the same values already: %(field_labels)s. Change one of them.")
        return error

    def placed(self, error: ValidationError) -> ValidationError:
        """The ValidationError of a constraint, told at the field that the user can mend."""
        return error


@cache
def _relations(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.is_relation]


class Record(HasRegency, Hideable, Checked):
    """A row of a register. What stands in a register is verified; proposals live elsewhere.

    A record is closed, never deleted: it leaves the lists and keeps its page and its number.
    """

    prefix: ClassVar[str]  # of its register numbers, such as IKM
    named_by: ClassVar[str] = "number"  # the field that stands in the address of its page
    audience: ClassVar[Audience]
    regency_from: ClassVar[str] = ""  # the foreign key whose regency is also this record's
    regency_or_from: ClassVar[str] = ""  # the one whose it is where that is empty
    likened_by: ClassVar[LikenedBy | None] = None  # what tells that two records are one; None: nothing does
    found_by: ClassVar[tuple[str, ...]] = ()  # columns that name a record, by which the office finds it: a NIB
    point: ClassVar[Point | None] = None  # where it stands on maps; None: it is on no map
    beside: ClassVar[dict[str, Beside]] = {}  # what answers and files say of it that is no column of its own
    beside_inside: ClassVar[dict[str, Beside]] = {}  # what tables of the office say of it besides, and nobody else
    is_in_statistics: ClassVar[bool] = True  # whether it tells of the industry, so that the page of all figures has it
    apart: ClassVar[Apart | None] = None  # by what a record is told that lists, sums and maps leave out
    facets: ClassVar[dict[str, str]] = {}  # what lists are narrowed by -> the column that says it
    crossed: ClassVar[tuple[tuple[str, str], ...]] = ()  # pairs of facets that are counted together as well
    summed: ClassVar[Summed | None] = None  # the figures of the inside that are kept added up
    begins_with: ClassVar[tuple[str, ...]] = ()  # fields, a day or a year, of which the first that is filled says it
    ended_in_words: ClassVar[Text] = _("It ended on %(day)s.")
    field_of_constraint: ClassVar[dict] = {}  # violation code of a constraint -> the field that is told
    reader: User | None = None  # who reads it, where what it is called depends on that

    number = models.CharField(_("register number"), max_length=20, unique=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    origin = models.CharField(
        _("origin"), max_length=12, choices=Origin, default=Origin.VERIFIED, db_default=Origin.VERIFIED, editable=False
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)
    verified_at = models.DateTimeField(_("verified"), null=True, editable=False)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closed_reason = models.CharField(_("reason of closing"), max_length=12, choices=ClosedReason, blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    def told_to_all(self) -> str:
        """What it is called whoever reads it: what is hidden of others is not told by its name."""
        return str(self)

    @property
    def is_verified(self) -> bool:
        """Whether its version was verified."""
        return self.origin == Origin.VERIFIED

    @property
    def is_verified_today(self) -> bool:
        """Whether that was today: one of longer ago can be confirmed as still right."""
        return (
            self.is_verified and bool(self.verified_at) and timezone.localdate(self.verified_at) == timezone.localdate()
        )

    @property
    def verification(self) -> datetime.datetime | None:
        """The moment of its verification; None where its version was not verified, whenever that was published."""
        return self.verified_at if self.is_verified else None

    @property
    def origin_in_words(self) -> str:
        """Where its version comes from, in a sentence; "" for one that never passed the door."""
        return Origin(self.origin).on(self.verified_at) if self.verified_at else ""

    @property
    def left_lists_on(self) -> datetime.date | None:
        """The day on which a closed record left the lists; what it was about may have ended long before."""
        return timezone.localdate(self.verified_at) if self.verified_at else self.closed_on

    @property
    def closed_in_words(self) -> str:
        """How a closed record came to be so, in a sentence for everybody."""
        if self.closed_reason == ClosedReason.ENDED:
            return self.ended_in_words % {"day": day(self.closed_on)}
        return gettext("It left the lists on %(day)s.") % {"day": day(self.left_lists_on)}

    @property
    def is_listed(self) -> bool:
        """Whether lists and their counts hold it; the same question as `RecordQuerySet.current`."""
        return self.closed_on is None and not self.hidden and not self.stands_apart

    @property
    def stands_apart(self) -> bool:
        """Whether it is none of what its register is a register of, and has a list of its own."""
        return self.apart is not None and getattr(self, self.apart.column) == self.apart.value

    @property
    def label_of_one(self) -> Text:
        """What it is: as its register says of one, or by the name of those that stand apart."""
        return self.apart.label_of_one if self.apart and self.stands_apart else self._meta.verbose_name or ""

    @property
    def is_public(self) -> bool:
        """Whether everybody may know of it; a closed record keeps its page, a hidden one does not."""
        return self.audience.is_public and not self.hidden

    offers_land: ClassVar[bool] = False  # whoever asks about it may want to build there, and is asked what they need

    def plot_named(self, typed: str) -> str:
        """The code of a plot of it that was typed, in whatever case; "" where it has none of that code."""
        return ""

    def gather(self, rows: Mapping[str, Sequence[Any]]) -> None:
        """Set what is gathered from the public columns of the record and of its open rows (`{part: instances}`)."""

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """As of Checked, but a violated constraint is told at the field that the user can mend.

        Django passes over a constraint that looks at a field which the form does not have; `closed_on` is such a one.
        """
        try:
            super().validate_constraints(exclude=set(exclude or ()) - {"closed_on"})
        except ValidationError as error:
            raise self.placed(error) from error

    def placed(self, error: ValidationError) -> ValidationError:
        """As of Checked, by `field_of_constraint`."""
        return _at_their_fields(error, self.field_of_constraint)


class Part(Hideable, Checked):
    """A row that is entered, checked and decided together with its record, such as a product.

    `key` is its public and lasting name: the same before and after verification. A part is closed, never deleted.
    """

    parent: ClassVar[str]  # the name of its foreign key to the record
    prefix: ClassVar[str] = ""  # of its own numbers, such as PRD; without it rows have none
    in_use: ClassVar[Q] = Q(closed_on=None)  # the rows of which it is asked what they lack
    audience: ClassVar[Audience]

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    closed_on = models.DateField(null=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["position", "id"]

    @classmethod
    def open_of(cls, record: Any) -> Any:
        """The rows that stand on a record (or its primary key) now, in their order."""
        return cls._default_manager.filter(closed_on=None, **{cls.parent: record}).order_by("position", "id")


class Counter(models.Model):
    """The last number given out, per prefix and regency. Locked last in a transaction, so that no number is lost."""

    prefix = models.CharField(max_length=8)
    regency = models.ForeignKey("regions.Regency", models.PROTECT, related_name="+")
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_counter_per_prefix_and_regency", fields=["prefix", "regency"])]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.regency_id}: {self.last}"


class Revision(models.Model):
    """How often a register has changed. Answers to the public are cached under it; only verbs raise it."""

    register = models.CharField(max_length=40, primary_key=True)
    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.register}: {self.number}"


class FacetCount(models.Model):
    """How many open records of a register have a value, or two at once: what is shown before anything is filtered."""

    register = models.CharField(max_length=40)
    facet = models.CharField(max_length=40)
    value = models.CharField(max_length=60)
    number = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_count_per_value", fields=["register", "facet", "value"])]

    def __str__(self) -> str:
        return f"{self.register} {self.facet} {self.value}: {self.number}"


class GroupSum(models.Model):
    """What the records of a register that are not closed state, added up by group, hidden ones too: for the inside.

    `column` names what they are grouped by ("" for one group that holds all); `measure` what is added up. `given` says
    how many of them state more than nothing.
    """

    register = models.CharField(max_length=40)
    regency = models.CharField(max_length=13)
    column = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=60, blank=True)
    measure = models.CharField(max_length=40)
    total = models.BigIntegerField(default=0)
    given = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_sum_per_group", fields=["register", "column", "regency", "code", "measure"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.regency} {self.column} {self.code} {self.measure}: {self.total}"


class KnownWord(models.Model):
    """A word that stands in the public words of a register's records: what a misspelled search is likened to."""

    register = models.CharField(max_length=40)
    word = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_row_per_known_word", fields=["register", "word"])]
        indexes = [search_index("word", name="known_word_likeness")]

    def __str__(self) -> str:
        return self.word


class RequestCount(models.Model):
    """How often somebody asked the API in one window of time; `key` is a hash, so that no visitor is remembered."""

    key = models.CharField(max_length=64, primary_key=True)
    number = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.number}"


def _at_their_fields(error: ValidationError, field_of_constraint: Mapping[str, str]) -> ValidationError:
    by_field: dict[str, list[ValidationError]] = {}
    for field, errors in error.update_error_dict({}).items():
        for single in errors:
            where = field_of_constraint.get(single.code or "", field) if field == NON_FIELD_ERRORS else field
            by_field.setdefault(where, []).append(single)
    return ValidationError(by_field)
