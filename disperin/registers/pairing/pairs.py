"""Pairs of records that may be one, the search for them, and merges, which can be undone."""

from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from disperin.regions.models import Regency
from disperin.regions.reach import HasRegency, Insider, ReachQuerySet
from disperin.registers.record.likeness import words_of


class PairState(models.TextChoices):
    OPEN = "open", _("To be decided")
    DISMISSED = "dismissed", _("Two different ones")
    MERGED = "merged", _("Merged")


class PairQuerySet(ReachQuerySet):
    def within_reach(self, user: Insider | AnonymousUser) -> Self:
        """As elsewhere, and both records must: what another regency's record shares with one's own is inside too."""
        rows = super().within_reach(user)
        return rows if not user.is_authenticated or user.sees_all else rows.filter(second_regency=user.regency_id)


class DuplicatePair(HasRegency):
    """Two records of a register that may be one, with the reasons. Found by the search or named by a person who knows.

    `regency` is that of the first record, the older one. What was dismissed comes back only for a new reason, or named.
    """

    register = models.CharField(_("register"), max_length=40)
    first_id = models.PositiveBigIntegerField()
    first_number = models.CharField(_("first record"), max_length=20)
    first_name = models.CharField(max_length=200)
    second_id = models.PositiveBigIntegerField()
    second_number = models.CharField(_("second record"), max_length=20)
    second_name = models.CharField(max_length=200)
    second_regency = models.ForeignKey(Regency, models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField(_("likeness"))
    reasons = ArrayField(models.CharField(max_length=20), verbose_name=_("reasons"), default=list)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("named by")
    )
    named_why = models.TextField(max_length=1000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=PairState, default=PairState.OPEN)
    note = models.TextField(_("reason"), max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    found_at = models.DateTimeField(_("found"), auto_now_add=True)

    objects = PairQuerySet.as_manager()

    class Meta:
        verbose_name = _("likely duplicate")
        verbose_name_plural = _("likely duplicates")
        ordering = ["-score", "id"]
        constraints = [
            models.UniqueConstraint(name="a_pair_stands_once", fields=["register", "first_id", "second_id"]),
            models.CheckConstraint(name="a_pair_is_two_records", condition=Q(first_id__lt=F("second_id"))),
            models.CheckConstraint(
                name="a_decided_pair_says_when_and_by_whom",
                condition=Q(state="open", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="open") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_named_pair_says_why",
                condition=Q(named_by__isnull=True, named_why="") | (Q(named_by__isnull=False) & ~Q(named_why="")),
            ),
        ]
        indexes = [
            models.Index("state", F("score").desc(), F("id").desc(), name="pair_by_score"),
            models.Index("regency", "state", F("score").desc(), F("id").desc(), name="pair_of_regency"),
            models.Index("register", "second_id", name="pair_of_second"),
        ]

    def __str__(self) -> str:
        return f"{self.first_number} / {self.second_number}"

    @property
    def why(self) -> str:
        """The reasons in words."""
        return words_of(self.reasons)


class DuplicateSearch(models.Model):
    """One search through all registers, regency by regency; `done` names what is through, so that it can go on."""

    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField(auto_now_add=True)
    moved_at = models.DateTimeField(auto_now=True)
    total = models.PositiveIntegerField()
    done = ArrayField(models.CharField(max_length=60), default=list)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.begun_at:%Y-%m-%d %H:%M}: {len(self.done)}/{self.total}"


class MergeQuerySet(ReachQuerySet):
    def standing(self) -> Self:
        """Merges that were not undone."""
        return self.filter(undone_at__isnull=True)

    def into(self, numbers: Iterable[str]) -> models.QuerySet[Any, Any]:
        """`(closed number, number of the record that stands)` of those among these numbers that were merged."""
        return self.standing().filter(dropped_number__in=numbers).values_list("dropped_number", "kept_number")


class Merge(HasRegency):
    """Two records of a register became one: which stands, which was closed, what moved. `regency` is the kept one's.

    `moved` lists each reference that was turned, as [model, key, column, from, to]; `same_rows` says which rows of the
    dropped record the kept one had already, `{key: key}`; `choices` names the fields taken from the dropped record,
    `left` what an undoing could not restore, because it was changed since. It stands as long as the dropped record is
    closed as a duplicate, whoever opens it.
    """

    register = models.CharField(_("register"), max_length=40)
    kept_id = models.PositiveBigIntegerField()
    kept_number = models.CharField(_("kept record"), max_length=20)
    dropped_id = models.PositiveBigIntegerField()
    dropped_number = models.CharField(_("closed record"), max_length=20, db_index=True)
    kept_submission = models.CharField(max_length=20)
    choices = ArrayField(models.CharField(max_length=80), default=list)
    moved = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    same_rows = models.JSONField(default=dict)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("merged by")
    )
    merged_at = models.DateTimeField(_("merged"), auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("undone by")
    )
    undone_at = models.DateTimeField(_("undone"), null=True)
    left = models.JSONField(default=list)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="a_record_is_merged_into_one",
                fields=["register", "dropped_id"],
                condition=Q(undone_at__isnull=True),
            ),
            models.CheckConstraint(name="a_merge_is_of_two_records", condition=~Q(kept_id=F("dropped_id"))),
        ]
        indexes = [models.Index(fields=["register", "kept_id"], name="merge_into")]

    def __str__(self) -> str:
        return f"{self.dropped_number} → {self.kept_number}"


def successor_of(number: str) -> str | None:
    """The number of the record into which that of this number was merged, or None; only a closed one was."""
    return dict(Merge.objects.into([number])).get(number)


def successor_of_row(number: str, key: Any) -> str | None:
    """The key of the row that stands instead of this one of a record of this number, which was merged; or None."""
    rows = Merge.objects.standing().filter(dropped_number=number).values_list("same_rows", flat=True).first()
    return (rows or {}).get(str(key))
