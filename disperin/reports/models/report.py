"""A quarterly report of one maker. What a single company reports is confidential: nothing of it is public."""

from decimal import Decimal
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.history.versions import versioned
from disperin.registers.dated.quarters import Quarter
from disperin.registers.models import Record, RecordQuerySet
from disperin.registers.values.audience import Audience
from disperin.registers.values.money import rupiah
from disperin.reports import rules
from disperin.reports.rules import State
from disperin.ui.texts import Text
from industries.models import Establishment

MOST_PEOPLE = 100_000
FIRST_YEAR, LAST_YEAR = 2000, 2099
_OPEN = Q(closed_on__isnull=True)

WORKERS = tuple(f"{kind}_{who}" for kind in ("permanent", "temporary", "other") for who in ("men", "women"))
SCHOOLING = ("school_sd", "school_smp", "school_sma", "school_d1_d3", "school_s1_d4", "school_s2", "school_s3")
SHARES = ("share_central", "share_regional", "share_private", "share_foreign")
MONEY = ("investment", "land_building_value", "expenditure")


def quantity(label: Text, **options: Any) -> models.DecimalField:
    """A column of a quantity, in whatever unit, that may be empty."""
    bounds = [MinValueValidator(Decimal(0))]
    return models.DecimalField(
        label, max_digits=18, decimal_places=3, null=True, blank=True, validators=bounds, **options
    )


def share(label: Text) -> models.DecimalField:
    """A column of per cent that may be empty."""
    bounds = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(rules.WHOLE))]
    return models.DecimalField(label, max_digits=5, decimal_places=2, null=True, blank=True, validators=bounds)


def _people(label: Text) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(label, null=True, blank=True, validators=[MaxValueValidator(MOST_PEOPLE)])


class QuarterlyReportQuerySet(RecordQuerySet):
    def of_quarter(self, quarter: Quarter) -> Self:
        """Those of one quarter."""
        return self.filter(year=quarter.year, quarter=rules.period_of(quarter))

    def unsent(self) -> Self:
        """Those that SIINas has not: not entered there, not sent, or returned."""
        return self.filter(Q(filing=None) | Q(filing__state__in=[State.DRAFT, State.RETURNED]))


@versioned()
class QuarterlyReport(Record):
    """What one place of production reports of one quarter, by the form of its group."""

    prefix = "LAP"
    regency_from = "establishment"
    audience = Audience(
        inside=(
            "id", "number", "version", "origin", "regency", "establishment", "year", "quarter", "stage", "group",
            "signer", "signer_post", "parent_company", *SHARES, "foreign_country", "investment",
            "land_building_value", "land_area", *WORKERS, *SCHOOLING, "expenditure", "distribution_plan",
            "waste_treatment", "indi", "jump_reason", "created_at", "updated_at", "verified_at", "closed_on",
            "closed_reason",
        ),
        personal=(("signer", "signer_post"),),
    )  # fmt: skip
    begins_with = ("year",)
    facets = {
        "regency": "regency_id", "year": "year", "quarter": "quarter", "group": "group", "stage": "stage",
        "origin": "origin",
    }  # fmt: skip
    field_of_constraint = {"quarter_twice": "quarter"}

    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="quarterly_reports", verbose_name=_("establishment")
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    quarter = models.CharField(_("quarter"), max_length=3, choices=rules.Period)
    stage = models.CharField(_("stage"), max_length=12, choices=rules.Stage, default=rules.Stage.PRODUCING)
    group = models.CharField(
        _("form"), max_length=16, choices=rules.Group, blank=True
    )  # the form fills it in: never empty in the register
    # Head
    signer = models.CharField(_("who signs"), max_length=120, blank=True)
    signer_post = models.CharField(_("post of who signs"), max_length=120, blank=True)
    parent_company = models.CharField(_("parent company"), max_length=150, blank=True)
    # Ownership
    share_central = share(_("share of the central government"))
    share_regional = share(_("share of regional governments"))
    share_private = share(_("share of national private owners"))
    share_foreign = share(_("foreign share"))
    foreign_country = models.CharField(_("country of the foreign share"), max_length=80, blank=True)
    # Investment
    investment = rupiah(_("investment without land and building"))
    land_building_value = rupiah(_("value of land and building"))
    land_area = quantity(_("area of the land"), help_text=_("In square metres."))
    # Workers
    permanent_men = _people(_("permanent workers, men"))
    permanent_women = _people(_("permanent workers, women"))
    temporary_men = _people(_("temporary workers, men"))
    temporary_women = _people(_("temporary workers, women"))
    other_men = _people(_("other workers, men"))
    other_women = _people(_("other workers, women"))
    school_sd = _people(_("workers with primary school"))
    school_smp = _people(_("workers with junior secondary school"))
    school_sma = _people(_("workers with senior secondary school"))
    school_d1_d3 = _people(_("workers with D1 to D3"))
    school_s1_d4 = _people(_("workers with S1 or D4"))
    school_s2 = _people(_("workers with S2"))
    school_s3 = _people(_("workers with S3"))
    # Of medium and large industry
    expenditure = rupiah(_("expenditure in the quarter"))
    distribution_plan = models.TextField(_("plan of production and distribution"), max_length=2000, blank=True)
    waste_treatment = models.TextField(_("treatment of waste"), max_length=2000, blank=True)
    indi = models.CharField(
        _("INDI 4.0"), max_length=120, blank=True, help_text=_("The result, as SIINas asks for it.")
    )
    jump_reason = models.CharField(
        _("reason of jumps"),
        max_length=500,
        blank=True,
        help_text=_("Needed where a figure is more than ten times that of the report before, or less than a tenth."),
    )

    objects = QuarterlyReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("quarterly report")
        verbose_name_plural = _("quarterly reports")
        constraints = [
            models.UniqueConstraint(
                name="one_report_per_maker_and_quarter",
                fields=["establishment", "year", "quarter"],
                condition=_OPEN,
                violation_error_code="quarter_twice",
                violation_error_message=_("There is a report of this maker for this quarter already. Change that one."),
            ),
            models.CheckConstraint(
                name="a_report_is_of_one_of_four_quarters", condition=Q(quarter__in=rules.Period.values)
            ),
        ]
        indexes = [
            models.Index(F("year").desc(), F("quarter").desc(), F("id").desc(), name="report_newest", condition=_OPEN),
            models.Index(
                "regency", F("year").desc(), F("quarter").desc(), F("id").desc(), name="report_of_regency",
                condition=_OPEN,
            ),
            models.Index(F("verified_at").desc(), F("id").desc(), name="report_newest_verified", condition=_OPEN),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.establishment}, {self.period.title}" if self.establishment_id and self.quarter else self.number

    def clean(self) -> None:
        """The quarter has begun, and the shares of ownership make a whole."""
        if self.year is not None and self.quarter:
            rules.check_quarter(self.period, today=timezone.localdate())
        shares = {name: getattr(self, name) for name in SHARES}
        rules.check_shares(shares, "share_foreign", self.foreign_country)

    @property
    def name(self) -> str:
        """What it is called: the maker and the quarter."""
        return str(self)

    @property
    def period(self) -> Quarter:
        """The quarter that it reports."""
        return rules.quarter_of(self.year, self.quarter)

    @property
    def workers(self) -> int | None:
        """All workers together; None where none are entered."""
        return workers_of({name: getattr(self, name) for name in WORKERS})


def workers_of(values: dict[str, int | None]) -> int | None:
    """All workers together; None where none are entered."""
    given = [number for name in WORKERS if (number := values.get(name)) is not None]
    return sum(given) if given else None
