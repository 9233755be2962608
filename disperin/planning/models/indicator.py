"""An indicator: what it means and how it is told, with its targets and realisations. All of it is inside."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.history.versions import versioned
from disperin.planning.rules import indicators as rules
from disperin.registers.models import Part, Record, RecordQuerySet
from disperin.registers.record.indexes import search_index
from disperin.registers.values.audience import Audience
from disperin.registers.values.money import rupiah
from disperin.ui.texts import Text
from disperin.units.models import Unit

_OPEN = Q(closed_on__isnull=True)
_FIGURE: dict[str, Any] = {"max_digits": 20, "decimal_places": 4}


def _year(label: Text, first: int, last: int, **options: Any) -> models.PositiveSmallIntegerField:
    bounds = [MinValueValidator(first), MaxValueValidator(last)]
    return models.PositiveSmallIntegerField(label, validators=bounds, **options)


def in_use(first: int, last: int) -> Q:
    """The indicators that are in use on some day of these years; one without days always is."""
    begins, ends = datetime.date(first, 1, 1), datetime.date(last, 12, 31)
    return (Q(valid_from=None) | Q(valid_from__lte=ends)) & (Q(valid_to=None) | Q(valid_to__gte=begins))


@versioned()
class Indicator(Record):
    """What the office is measured by. It concerns the whole province: each office reads it."""

    prefix = "IND"
    of_province = True
    audience = Audience(
        inside=(
            "id", "number", "version", "origin", "regency", "name", "code", "reference_code", "level", "kind", "unit",
            "measure", "definition", "formula", "source", "frequency", "direction", "over_year", "counts",
            "baseline_year", "baseline", "goal", "objective", "programme_code", "programme", "place", "rpip",
            "rpjmd_mission", "asta_cita", "valid_from", "valid_to", "search_text", "created_at", "updated_at",
            "verified_at", "closed_on", "closed_reason",
        )
    )  # fmt: skip
    facets = {
        "regency": "regency_id", "level": "level", "kind": "kind", "unit": "unit_id", "origin": "origin",
    }  # fmt: skip

    name = models.CharField(_("indicator"), max_length=300)
    code = models.CharField(_("code in the plan"), max_length=40, blank=True)
    reference_code = models.CharField(
        _("code of reference"),
        max_length=60,
        blank=True,
        help_text=_("As in KEP.26A/M.PPN/HK/05/2025, where it is one."),
    )
    level = models.CharField(_("level"), max_length=20, choices=rules.Level)
    kind = models.CharField(_("kind of indicator"), max_length=20, choices=rules.Kind)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="indicators", verbose_name=_("responsible unit")
    )
    measure = models.CharField(_("unit of measure"), max_length=40, help_text=_("Such as %, units or rupiah."))
    definition = models.TextField(_("operational definition"), max_length=2000, blank=True)
    formula = models.TextField(
        _("formula"), max_length=1000, blank=True, help_text=_("Numerator, denominator and rounding.")
    )
    source = models.CharField(
        _("source of the data"), max_length=250, blank=True, help_text=_("Who tells the figure, in which publication.")
    )
    frequency = models.CharField(_("how often it is told"), max_length=12, choices=rules.Frequency)
    direction = models.CharField(_("what is better"), max_length=16, choices=rules.Direction)
    over_year = models.CharField(
        _("how quarters make the year"), max_length=10, choices=rules.OverYear, default=rules.OverYear.LAST
    )
    counts = models.CharField(
        _("list that is counted"),
        max_length=300,
        blank=True,
        help_text=_(
            "Address of a public list of this portal, with at most one filter. Then the realisation is the number of "
            "its records at the end of each quarter, and is not typed."
        ),
    )
    baseline_year = _year(_("year of the initial figure"), 2000, rules.LAST_YEAR, null=True, blank=True)
    baseline = models.DecimalField(_("initial figure"), null=True, blank=True, **_FIGURE)
    goal = models.CharField(_("goal of the Renstra"), max_length=300, blank=True)
    objective = models.CharField(_("objective of the Renstra"), max_length=300, blank=True)
    programme_code = models.CharField(_("code of the programme, activity or sub-activity"), max_length=40, blank=True)
    programme = models.CharField(_("programme, activity or sub-activity"), max_length=300, blank=True)
    place = models.CharField(_("location"), max_length=150, blank=True)
    rpip = models.CharField(_("what of the RPIP it serves"), max_length=200, blank=True)
    rpjmd_mission = models.CharField(_("mission of the RPJMD"), max_length=200, blank=True)
    asta_cita = models.CharField(_("Asta Cita"), max_length=200, blank=True)
    valid_from = models.DateField(_("in use from"), null=True, blank=True)
    valid_to = models.DateField(_("in use until"), null=True, blank=True)
    search_text = models.TextField(editable=False, default="")  # what the search inside looks through, lower case

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [
            models.CheckConstraint(
                name="an_initial_figure_has_its_year",
                condition=Q(baseline__isnull=True, baseline_year__isnull=True)
                | Q(baseline__isnull=False, baseline_year__isnull=False),
            ),
            models.CheckConstraint(
                name="an_indicator_ends_after_it_begins",
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]
        indexes = [
            models.Index(Lower("name"), "id", name="indicator_by_name", condition=_OPEN),
            models.Index(F("verified_at").desc(), F("id").desc(), name="indicator_newest", condition=_OPEN),
            search_index("search_text", name="indicator_search"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Checks the answers against each other."""
        rules.check_indicator(
            kind=self.kind,
            baseline_year=self.baseline_year,
            baseline=self.baseline,
            over_year=self.over_year,
            counts=self.counts,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
        )

    def gather(self, rows: Mapping[str, Sequence[Any]]) -> None:
        """Sets the words that the search looks through."""
        texts = (
            self.name, self.code, self.reference_code, self.goal, self.objective, self.programme, self.programme_code,
            self.rpip, self.rpjmd_mission, self.asta_cita,
        )  # fmt: skip
        self.search_text = " ".join(filter(None, texts)).lower()


@versioned()
class Target(Part):
    """What is to be reached in a year, and the document that set it: there is none without one."""

    parent = "indicator"
    audience = Audience(
        inside=(
            "id", "key", "position", "indicator", "year", "value", "funds", "document", "document_name",
            "document_on", "closed_on",
        )
    )  # fmt: skip

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets", editable=False)
    year = _year(_("year"), rules.FIRST_YEAR, rules.LAST_YEAR)
    value = models.DecimalField(_("target"), **_FIGURE)
    funds = rupiah(_("budget"), help_text=_("Where the document names one."))
    document = models.CharField(_("set by"), max_length=20, choices=rules.Document)
    document_name = models.CharField(
        _("number or title of the document"), max_length=200, help_text=_("So that anybody finds it.")
    )
    document_on = models.DateField(_("date of the document"))

    class Meta(Part.Meta):
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [
            models.UniqueConstraint(
                name="one_target_of_a_year_by_document",
                fields=["indicator", "year", "document", "document_on"],
                condition=_OPEN,
                violation_error_message=_("This document has set a target of this year already."),
            ),
        ]
        indexes = [models.Index(fields=["indicator", "year"], name="target_of_indicator", condition=_OPEN)]

    def __str__(self) -> str:
        return f"{self.year}: {self.get_document_display()}"

    def clean(self) -> None:
        """No document is of a day to come: the newest one counts, and one of 2062 would count for ever."""
        rules.check_paper(self.document_on, today=timezone.localdate())


@versioned()
class Realisation(Part):
    """What was reached, as a source tells it, and why; of a counted indicator only the money and the why."""

    parent = "indicator"
    audience = Audience(
        inside=(
            "id", "key", "position", "indicator", "year", "period", "value", "spent", "certainty", "source", "told_on",
            "supporting", "hindering", "follow_up", "closed_on",
        )
    )  # fmt: skip

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="realisations", editable=False)
    year = _year(_("year"), 2000, rules.LAST_YEAR)
    period = models.CharField(_("period"), max_length=6, choices=rules.Period)
    value = models.DecimalField(
        _("realisation"), null=True, blank=True, help_text=_("Empty where a list is counted."), **_FIGURE
    )
    spent = rupiah(_("amount spent"))
    certainty = models.CharField(
        _("how certain"), max_length=10, choices=rules.Certainty, default=rules.Certainty.PROVISIONAL
    )
    source = models.CharField(_("source"), max_length=250, help_text=_("Which publication or report says so."))
    told_on = models.DateField(_("day of the source"), null=True, blank=True)
    supporting = models.CharField(_("what helped"), max_length=500, blank=True)
    hindering = models.CharField(_("what stood in the way"), max_length=500, blank=True)
    follow_up = models.CharField(_("follow-up"), max_length=500, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("realisation")
        verbose_name_plural = _("realisations")
        constraints = [
            models.UniqueConstraint(
                name="one_realisation_of_a_period",
                fields=["indicator", "year", "period"],
                condition=_OPEN,
                violation_error_message=_("This period has a realisation already."),
            ),
        ]
        indexes = [models.Index(fields=["indicator", "year"], name="realisation_of_indicator", condition=_OPEN)]

    def __str__(self) -> str:
        return f"{self.year} {self.get_period_display()}"

    def clean(self) -> None:
        """Nothing is told of what is to come."""
        rules.check_realisation(year=self.year, period=self.period, told_on=self.told_on, today=timezone.localdate())
