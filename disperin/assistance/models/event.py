"""An event or delivery of the office, with who got it, what was given, and what became of it. All of it is inside."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.assistance import rules
from disperin.attachments.models import Attachment
from disperin.history.versions import versioned
from disperin.registers.models import Part, Record, RecordQuerySet
from disperin.registers.record.indexes import search_index
from disperin.registers.values.audience import Audience
from disperin.registers.values.money import rupiah
from disperin.ui.texts import Text
from industries.models import Cluster, Establishment
from industries.rules import SourceOfFunds, YesNo

MOST_PEOPLE = 100_000
FIRST_YEAR, LAST_YEAR = 2000, 2099
_OPEN = Q(closed_on__isnull=True)
_IS_GIVEN = Q(state__in=[str(state) for state in rules.GIVEN])


def _count(label: Text, **options: Any) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(
        label, null=True, blank=True, validators=[MaxValueValidator(MOST_PEOPLE)], **options
    )


class AssistanceQuerySet(RecordQuerySet):
    def given(self) -> Self:
        """Those that were handed over: what makers have had."""
        return self.filter(_IS_GIVEN)

    def awaiting_result(self, months: int) -> Self:
        """Those handed over of which some beneficiary has no result after so many months yet."""
        waits = Beneficiary.objects.filter(assistance=OuterRef("pk"), closed_on=None, **{f"seen_{months}_on": None})
        return self.current().given().filter(Exists(waits), handover_on__isnull=False)

    def without_report(self) -> Self:
        """Those handed over with goods, without the file of the hand-over report."""
        goods = Goods.objects.filter(assistance=OuterRef("pk"), closed_on=None)
        return self.current().given().filter(Exists(goods), handover=None)


@versioned()
class Assistance(Record):
    """One event or delivery in one regency: those who got it lie there too, so that sums by regency are true."""

    prefix = "FAS"
    audience = Audience(
        inside=(
            "id", "number", "version", "origin", "regency", "name", "kind", "year", "funds", "programme_code",
            "programme", "activity_code", "activity", "sub_activity_code", "sub_activity", "organiser", "place",
            "starts_on", "ends_on", "planned_number", "planned_value", "spent", "state", "decree_number", "decree_on",
            "handover_number", "handover_on", "handover", "withdrawn_on", "withdrawn_reason", "search_text",
            "verified_at", "created_at", "updated_at", "closed_on", "closed_reason",
        ),
        personal=(("handover",),),
    )  # fmt: skip
    begins_with = ("starts_on", "decree_on", "handover_on")
    facets = {
        "regency": "regency_id", "kind": "kind", "funds": "funds", "state": "state", "year": "year", "origin": "origin",
    }  # fmt: skip

    name = models.CharField(_("name of the event or delivery"), max_length=200)
    kind = models.CharField(_("kind of assistance"), max_length=20, choices=rules.Kind)
    year = models.PositiveSmallIntegerField(
        _("budget year"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    funds = models.CharField(_("source of funds"), max_length=24, choices=SourceOfFunds)
    programme_code = models.CharField(_("code of the programme"), max_length=30, blank=True)
    programme = models.CharField(_("programme"), max_length=200, blank=True)
    activity_code = models.CharField(_("code of the activity"), max_length=30, blank=True)
    activity = models.CharField(_("activity"), max_length=200, blank=True)
    sub_activity_code = models.CharField(
        _("code of the sub-activity"),
        max_length=30,
        blank=True,
        help_text=_("As in the budget document. The report adds up what has the same code."),
    )
    sub_activity = models.CharField(_("sub-activity"), max_length=200, blank=True)
    organiser = models.CharField(_("organiser"), max_length=150, help_text=_("The office that carries it out."))
    place = models.CharField(_("place"), max_length=150, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    planned_number = _count(
        _("planned beneficiaries"), help_text=_("The target, where one was set. Leave it empty where there is none.")
    )
    planned_value = rupiah(_("planned amount"), help_text=_("The budget of this event, where one was set."))
    spent = rupiah(_("amount spent"), help_text=_("What it has cost in all, with goods."))
    state = models.CharField(_("state"), max_length=16, choices=rules.State, default=rules.State.PLANNED)
    decree_number = models.CharField(_("number of the decree of recipients"), max_length=120, blank=True)
    decree_on = models.DateField(_("date of the decree of recipients"), null=True, blank=True)
    handover_number = models.CharField(_("number of the hand-over report (BAST)"), max_length=120, blank=True)
    handover_on = models.DateField(
        _("handed over on"), null=True, blank=True, help_text=_("Of a training: the day on which it was completed.")
    )
    handover = models.ForeignKey(
        Attachment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("hand-over report (BAST)"),
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("reason of the withdrawal"), max_length=500, blank=True)
    search_text = models.TextField(editable=False, default="")  # what the search inside looks through, lower case

    objects = AssistanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("assistance")
        verbose_name_plural = _("assistance")
        constraints = [
            models.CheckConstraint(
                name="assistance_ends_after_it_begins",
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="assistance_that_was_given_has_its_day", condition=~_IS_GIVEN | Q(handover_on__isnull=False)
            ),
            models.CheckConstraint(
                name="decreed_assistance_has_its_decree",
                condition=~Q(state="ditetapkan") | (Q(decree_on__isnull=False) & ~Q(decree_number="")),
            ),
            models.CheckConstraint(
                name="withdrawn_assistance_says_when_and_why",
                condition=~Q(state="ditarik") | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_reason="")),
            ),
        ]
        indexes = [
            models.Index(Lower("name"), "id", name="assistance_by_name", condition=_OPEN),
            models.Index("regency", Lower("name"), "id", name="assistance_of_regency", condition=_OPEN),
            models.Index(F("verified_at").desc(), F("id").desc(), name="assistance_newest", condition=_OPEN),
            models.Index(F("year").desc(), F("id").desc(), name="assistance_by_year", condition=_OPEN),
            models.Index("handover_on", "id", name="assistance_by_handover", condition=_OPEN & _IS_GIVEN),
            search_index("search_text", name="assistance_search"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Checks the days against each other, and what the state needs of them."""
        rules.check_days(self, today=timezone.localdate())

    def gather(self, rows: Mapping[str, Sequence[Any]]) -> None:
        """Sets the words that the search looks through."""
        words = (self.name, self.programme, self.activity, self.sub_activity, self.sub_activity_code, self.organiser)
        self.search_text = " ".join(
            filter(None, (*words, self.place, self.decree_number, self.handover_number))
        ).lower()

    @property
    def day(self) -> datetime.date | None:
        """The day by which it is told: of the hand-over, else of the decree, else its first."""
        return self.handover_on or self.decree_on or self.starts_on


class BeneficiaryQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """Open rows of assistance that is neither closed nor hidden."""
        return self.filter(closed_on=None, assistance__closed_on=None, assistance__hidden=False)

    def given(self) -> Self:
        """Those who have had what they were to get."""
        return self.standing().filter(assistance__state__in=rules.GIVEN)

    def promised(self) -> Self:
        """Those of whom it is settled that they get it, or who have had it."""
        return self.standing().filter(assistance__state__in=rules.PROMISED)

    def where_it_lies(self, name: str) -> Self:
        """Rows of makers, or of clusters, in whose own regency it was: what they had elsewhere is read there."""
        return self.filter(assistance__regency=F(f"{name}__regency"))

    def with_day(self) -> Self:
        """Each with the `day` of its assistance, as `Assistance.day`."""
        days = Coalesce("assistance__handover_on", "assistance__decree_on", "assistance__starts_on")
        return self.annotate(day=days)


@versioned()
class Beneficiary(Part):
    """Who got it: a maker or a cluster, how many people took part, and what was seen after 6 and 12 months."""

    parent = "assistance"
    audience = Audience(
        inside=(
            "id", "key", "position", "assistance", "establishment", "cluster", "men", "women", "with_disability",
            "seen_6_on", "sales_6", "workers_6", "certificate_6", "used_6", "seen_12_on", "sales_12", "workers_12",
            "certificate_12", "used_12", "closed_on",
        ),
    )  # fmt: skip

    assistance = models.ForeignKey(Assistance, models.PROTECT, related_name="beneficiaries", editable=False)
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, null=True, blank=True, related_name="help", verbose_name=_("establishment")
    )
    cluster = models.ForeignKey(
        Cluster, models.PROTECT, null=True, blank=True, related_name="help", verbose_name=_("cluster")
    )
    men = _count(_("men"))
    women = _count(_("women"))
    with_disability = _count(_("of these with disability"))
    seen_6_on = models.DateField(_("result after 6 months seen on"), null=True, blank=True)
    sales_6 = rupiah(_("sales a year after 6 months"))
    workers_6 = _count(_("workers after 6 months"))
    certificate_6 = models.CharField(_("certificate or permit after 6 months"), max_length=120, blank=True)
    used_6 = models.CharField(
        _("still used after 6 months"), max_length=3, choices=[("", _("Not asked")), *YesNo.choices], blank=True
    )
    seen_12_on = models.DateField(_("result after 12 months seen on"), null=True, blank=True)
    sales_12 = rupiah(_("sales a year after 12 months"))
    workers_12 = _count(_("workers after 12 months"))
    certificate_12 = models.CharField(_("certificate or permit after 12 months"), max_length=120, blank=True)
    used_12 = models.CharField(
        _("still used after 12 months"), max_length=3, choices=[("", _("Not asked")), *YesNo.choices], blank=True
    )

    objects = BeneficiaryQuerySet.as_manager()

    class Meta(Part.Meta):
        verbose_name = _("beneficiary")
        verbose_name_plural = _("beneficiaries")
        constraints = [
            models.CheckConstraint(
                name="a_beneficiary_is_a_maker_or_a_cluster",
                condition=Q(establishment__isnull=True, cluster__isnull=False)
                | Q(establishment__isnull=False, cluster__isnull=True),
            ),
            models.UniqueConstraint(
                name="one_row_per_maker_of_an_assistance",
                fields=["assistance", "establishment"],
                condition=_OPEN,
                violation_error_message=_("This maker stands in the assistance already."),
            ),
            models.UniqueConstraint(
                name="one_row_per_cluster_of_an_assistance",
                fields=["assistance", "cluster"],
                condition=_OPEN,
                violation_error_message=_("This cluster stands in the assistance already."),
            ),
        ]
        indexes = [
            models.Index(fields=["establishment", "assistance"], name="help_of_establishment", condition=_OPEN),
            models.Index(fields=["cluster", "assistance"], name="help_of_cluster", condition=_OPEN),
        ]

    def __str__(self) -> str:
        return str(self.establishment or self.cluster or "")

    def clean(self) -> None:
        """One maker or one cluster; results have their day."""
        rules.check_beneficiary(self, today=timezone.localdate())


@versioned()
class Goods(Part):
    """What was given, one line for each thing."""

    parent = "assistance"
    audience = Audience(
        inside=(
            "id",
            "key",
            "position",
            "assistance",
            "item",
            "specification",
            "unit",
            "quantity",
            "value",
            "closed_on",
        )
    )

    assistance = models.ForeignKey(Assistance, models.PROTECT, related_name="goods", editable=False)
    item = models.CharField(_("kind of goods"), max_length=150)
    specification = models.CharField(_("specification"), max_length=250, blank=True)
    unit = models.CharField(_("unit"), max_length=30)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=2, validators=[MinValueValidator(0)])
    value = rupiah(_("value"), help_text=_("Of all of it together."))

    class Meta(Part.Meta):
        verbose_name = _("goods")
        verbose_name_plural = _("goods")

    def __str__(self) -> str:
        return self.item
