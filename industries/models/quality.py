"""How good the data of each maker is: the office's formula as dated rows, and the scores that verbs and jobs keep.

A kept score says until which day it holds. On the day after, a job judges it anew (`industries.actions.quality`); until
that has been, lists say of which day they are (`scores_are_of`).
"""

import datetime
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Self

import pghistory
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Min, Q
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from disperin.regions.reach import HasRegency, ReachQuerySet
from disperin.registers.dated.standards import DatedRow, ends_after_it_begins, refuse_overlap
from disperin.registers.dated.validity import in_force
from disperin.registers.lists.lacks import lacks_of
from disperin.registers.record import directory
from disperin.ui.texts import Text
from industries.models.establishment import Establishment
from industries.rules.quality import CONFIRM, OF_PART, Fact, Part, mended_at, part_of

REGISTER = "establishments"
PARTS = ("score", "complete", "fresh", "plausible", "verified")  # columns of what is kept
HAVING = tuple(f"{name}_of" for name in PARTS)  # how many records have one: something counts in it
_WEIGHT = [MinValueValidator(1), MaxValueValidator(1000)]
_MONTHS = [MinValueValidator(1), MaxValueValidator(120)]


@pghistory.track()
class QualityRule(DatedRow):
    """A fact that counts, and how much. A row that changes is ended and followed by a new one."""

    COUNTED = ("fact", "weight", "months")

    fact = models.CharField(_("what counts"), max_length=80)
    weight = models.PositiveSmallIntegerField(_("weight"), validators=_WEIGHT)
    months = models.PositiveSmallIntegerField(
        _("old after so many months"), null=True, blank=True, validators=_MONTHS, help_text=_("Only of what is fresh.")
    )

    class Meta:
        verbose_name = _("rule of data quality")
        verbose_name_plural = _("rules of data quality")
        ordering = ["-weight", "key"]
        constraints = [
            ends_after_it_begins("a_quality_rule_ends_after_it_begins"),
            models.CheckConstraint(
                name="what_is_to_be_fresh_says_after_how_many_months",
                condition=Q(fact__startswith=f"{Part.FRESH}{OF_PART}", months__isnull=False)
                | (~Q(fact__startswith=f"{Part.FRESH}{OF_PART}") & Q(months__isnull=True)),
                violation_error_message=_("Say the months of what is to be fresh, and of nothing else."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.key})"

    @property
    def part(self) -> str:
        """The part that it counts in."""
        return part_of(self.fact)

    @property
    def label(self) -> Text:
        """What counts, in words."""
        return fact_label(self.fact)

    def clean(self) -> None:
        """A fact that is known; one row at a time per fact."""
        if self.fact and self.fact not in facts():
            text = _("“%(fact)s” is nothing that can be counted.")
            raise ValidationError({"fact": ValidationError(text, "unknown", {"fact": self.fact})})
        refuse_overlap(self, "fact")


class QualityQuerySet(ReachQuerySet):
    """Scores of makers."""

    def to_do(self) -> Self:
        """Those that something can lift."""
        return self.filter(score__isnull=False).exclude(fix="")


class Quality(HasRegency):
    """How an open record was judged. Of whom it is lies in its regency; only the office reads it."""

    establishment = models.OneToOneField(Establishment, models.CASCADE, primary_key=True, related_name="quality")
    listed = models.BooleanField()  # whether it counts in the league: what is hidden does not
    score = models.PositiveSmallIntegerField(_("data quality"), null=True)
    complete = models.PositiveSmallIntegerField(_("complete"), null=True)
    fresh = models.PositiveSmallIntegerField(_("fresh"), null=True)
    plausible = models.PositiveSmallIntegerField(_("plausible"), null=True)
    verified = models.PositiveSmallIntegerField(_("verified"), null=True)
    fix = models.CharField(_("best next fix"), max_length=80, blank=True)
    lift = models.PositiveSmallIntegerField(_("points that it brings"), default=0)
    until = models.DateField(null=True)  # the last day on which all this holds

    objects = QualityQuerySet.as_manager()

    class Meta:
        verbose_name = _("data quality of a maker")
        verbose_name_plural = _("data quality of makers")
        indexes = [
            models.Index("regency", F("score") * 101 - F("lift"), "establishment", name="quality_to_do"),
            models.Index(F("score") * 101 - F("lift"), "establishment", name="quality_to_do_of_all"),
            models.Index("score", "establishment", name="quality_by_score"),
            models.Index("until", "establishment", name="quality_by_end", condition=Q(until__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.establishment}: {self.score}"


FIRST_TO_DO = F("score") * 101 - F("lift")  # the lowest scores first, of the same those that rise the most


class QualityCount(HasRegency):
    """The listed records of a regency, the sums of what they have, and how many have it. Kept by verbs and jobs."""

    records = models.IntegerField(default=0)
    score = models.BigIntegerField(default=0)
    complete = models.BigIntegerField(default=0)
    fresh = models.BigIntegerField(default=0)
    plausible = models.BigIntegerField(default=0)
    verified = models.BigIntegerField(default=0)
    score_of = models.IntegerField(default=0)
    complete_of = models.IntegerField(default=0)
    fresh_of = models.IntegerField(default=0)
    plausible_of = models.IntegerField(default=0)
    verified_of = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_quality_count_per_regency", fields=["regency"])]

    def __str__(self) -> str:
        return f"{self.regency_id}: {self.records}"


class QualityPass(models.Model):
    """Judging every record anew after the formula has changed: how far it has come. The newest row counts."""

    begun_at = models.DateTimeField(auto_now_add=True)
    last = models.BigIntegerField(default=0)  # the key up to which records are judged
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.begun_at:%Y-%m-%d %H:%M}: {self.last}"


class Formula:
    """The rows of the formula as they are now; read once."""

    def __init__(self, rows: Iterable[QualityRule] | None = None) -> None:
        known = facts()
        quality_rules = QualityRule.objects.all() if rows is None else rows
        self.rows = [row for row in quality_rules if row.fact in known]

    def on(self, day: datetime.date) -> list[QualityRule]:
        """Those that count on a day, the weightiest first."""
        return in_force(self.rows, day)

    def weights(self, day: datetime.date, part: str) -> dict[str, int]:
        """`{name of a fact: weight}` of one part on a day."""
        return {row.fact.partition(OF_PART)[2]: row.weight for row in self.on(day) if row.part == part}

    @cached_property
    def lacks(self) -> list[str]:
        """The names of what records may lack that counts on any day."""
        return sorted({row.fact.partition(OF_PART)[2] for row in self.rows if row.part == Part.COMPLETE})


@cache
def facts() -> Mapping[str, Text]:
    """`{fact: in words}` of all that can be counted: what a record may lack, and the facts of `Fact`."""
    fields = lacks_of(directory.get(REGISTER))
    return {f"{Part.COMPLETE}{OF_PART}{name}": lack.label for name, lack in fields.items()} | dict(Fact.choices)


def fact_label(fact: str) -> Text:
    """A fact in words; itself where it is known no longer."""
    return facts().get(fact, fact)


def fix_label(fix: str) -> Text:
    """What is to be done, in words: the name of the field to fill or mend, or that the record is to be checked."""
    if fix == CONFIRM:
        return _("Check the record and confirm it, or mend it")
    register = directory.get(REGISTER)
    lack = lacks_of(register).get(fix)
    if lack:
        return lack.label
    field = register.form.base_fields.get(fix)
    return capfirst(field.label or fix) if field else fix


def fix_choices() -> list[tuple[str, Text]]:
    """Every fix that a maker can need by some fact, with its words."""
    fields = dict.fromkeys(mended_at(fact) for fact in facts() if part_of(fact) != Part.LEAGUE)
    return [(field, fix_label(field)) for field in fields]


def scores_are_of(today: datetime.date) -> datetime.date:
    """The day of which the kept scores are: today, or the day before the first that has not been judged anew yet."""
    ended: Any = Quality.objects.filter(until__lt=today).aggregate(Min("until"))
    return ended["until__min"] or today


def is_being_judged() -> bool:
    """Does a job judge the records by a changed formula just now?"""
    newest = QualityPass.objects.first()
    return newest is not None and newest.ended_at is None
