"""What the ministry lays down and the office keeps as dated rows: schemes with their grades, groups, rounds."""

import datetime
import re
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from disperin.registers.dated.standards import KEY, in_reading_language
from ovop import rules

MOST_STARS = 10
_ROUND_KEY = RegexValidator(r"^[a-z0-9-]{4,20}\Z", _("Use digits, small letters and hyphens, such as 2024."))
_YEAR = [MinValueValidator(2000), MaxValueValidator(2100)]


class Scheme(models.Model):
    """How many stars there are to reach, and by which rule. Stars of two schemes are never compared or added up."""

    is_reference = True

    key = models.CharField(_("key"), max_length=40, primary_key=True, validators=[KEY])
    name_id = models.CharField(_("name (Indonesian)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80)
    short_id = models.CharField(_("short name (Indonesian)"), max_length=40)
    short_en = models.CharField(_("short name (English)"), max_length=40)
    legal_basis = models.CharField(_("legal basis"), max_length=200)
    max_stars = models.PositiveSmallIntegerField(
        _("most stars"), validators=[MinValueValidator(1), MaxValueValidator(MOST_STARS)]
    )
    first_year = models.PositiveSmallIntegerField(_("first year"), validators=_YEAR)
    last_year = models.PositiveSmallIntegerField(
        _("last year"), null=True, blank=True, validators=_YEAR, help_text=_("Empty while the scheme is in force.")
    )

    class Meta:
        verbose_name = _("OVOP scheme")
        verbose_name_plural = _("OVOP schemes")
        ordering = ["-first_year", "key"]

    def __str__(self) -> str:
        return in_reading_language(self, "name")

    def clean(self) -> None:
        """The years follow one another; no grade that an award holds is taken away."""
        if self.last_year is not None and self.last_year < self.first_year:
            raise ValidationError({"last_year": _("The last year does not come before the first.")})
        if self.max_stars and self.grades.filter(stars__gt=self.max_stars, awards__isnull=False).exists():
            raise ValidationError({"max_stars": _("Awards of this scheme hold more stars than that.")})

    @property
    def short_name(self) -> str:
        """As it stands beside stars: “scheme of 2021”."""
        return in_reading_language(self, "short")

    def is_in_force(self, year: int) -> bool:
        """Whether stars of this scheme are still awarded in a year."""
        return self.last_year is None or year <= self.last_year


class GradeQuerySet(models.QuerySet):
    def labelled(self) -> Self:
        """Each grade with its `label`, in the language of the reader."""
        short = "scheme__short_en" if get_language() == "en" else "scheme__short_id"
        said: dict[str, Any] = {
            "stars": Cast("stars", models.CharField()),
            "most": Cast("scheme__max_stars", models.CharField()),
        }
        said["scheme"] = F(short)
        pieces = [
            said[piece[1:-1]] if piece[:1] == "{" else Value(piece)
            for piece in re.split(r"(\{\w+\})", gettext("Star {stars} of {most} ({scheme})"))
            if piece
        ]
        return self.annotate(label=Concat(*pieces, output_field=models.CharField()))


class Grade(models.Model):
    """A number of stars of one scheme: the only thing that lists may be narrowed or counted by."""

    is_reference = True

    key = models.CharField(_("key"), max_length=44, primary_key=True)
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="grades", verbose_name=_("scheme"))
    stars = models.PositiveSmallIntegerField(_("stars"))

    objects = GradeQuerySet.as_manager()

    class Meta:
        verbose_name = _("grade")
        verbose_name_plural = _("grades")
        ordering = ["scheme", "stars"]
        constraints = [
            models.UniqueConstraint(name="one_grade_per_scheme_and_stars", fields=["scheme", "stars"]),
            models.CheckConstraint(name="a_grade_has_stars", condition=Q(stars__gte=1)),
        ]

    def __str__(self) -> str:
        return gettext("Star {stars} of {most} ({scheme})").format(
            stars=self.stars, most=self.scheme.max_stars, scheme=self.scheme.short_name
        )


class CommodityGroup(models.Model):
    """The group of products in which stars are awarded; the office may add some."""

    is_reference = True

    key = models.CharField(_("key"), max_length=40, primary_key=True, validators=[KEY])
    name_id = models.CharField(_("name (Indonesian)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80)
    is_food = models.BooleanField(_("food and drink"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("OVOP commodity group")
        verbose_name_plural = _("OVOP commodity groups")
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the reader."""
        return in_reading_language(self, "name")


class AwardRoundQuerySet(models.QuerySet):
    def taking_proposals(self, on: datetime.date) -> Self:
        """Rounds that have opened by this day and not closed; one without a first day takes none."""
        return self.filter(opens_on__lte=on).filter(Q(closes_on=None) | Q(closes_on__gte=on))


class AwardRound(models.Model):
    """One round of awards: its year, its scheme, and when proposals were taken."""

    is_reference = True

    key = models.CharField(_("key"), max_length=20, primary_key=True, validators=[_ROUND_KEY])
    year = models.PositiveSmallIntegerField(_("year"), validators=_YEAR)
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="rounds", verbose_name=_("scheme"))
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    closes_on = models.DateField(_("closes on"), null=True, blank=True)

    objects = AwardRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("OVOP round")
        verbose_name_plural = _("OVOP rounds")
        ordering = ["-year", "key"]
        constraints = [
            models.UniqueConstraint(
                name="one_round_per_year_and_scheme",
                fields=["year", "scheme"],
                violation_error_message=_("There is a round of this scheme in this year already."),
            ),
            models.CheckConstraint(
                name="a_round_closes_after_it_opens",
                condition=Q(opens_on=None) | Q(closes_on=None) | Q(closes_on__gte=F("opens_on")),
                violation_error_message=_("A round cannot close before it opens."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} ({self.scheme.short_name})"

    def clean(self) -> None:
        """The round lies in the years of its scheme; that of a round with awards stays."""
        if self.scheme_id and self.year:
            rules.check_scheme_years(
                year=self.year,
                first_year=self.scheme.first_year,
                last_year=self.scheme.last_year,
                scheme=str(self.scheme),
            )
            if self.awards.exclude(grade__scheme=self.scheme_id).exists():
                raise ValidationError({"scheme": _("Awards of this round hold stars of the other scheme.")})
