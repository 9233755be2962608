"""Awards: a product and the stars it was given by decree. The office records and verifies; the Minister awards."""

import datetime
from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Case, Count, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.attachments.models import Attachment
from disperin.history.versions import versioned
from disperin.registers.models import Record
from disperin.registers.record import past
from disperin.registers.values.audience import Audience
from disperin.registers.values.beside import Beside
from industries.models import Establishment, Product
from ovop import rules
from ovop.models.described import AT_MAKER, OF_ROUND, DescribedQuerySet, check_maker
from ovop.models.schemes import AwardRound, CommodityGroup, Grade
from ovop.rules import AwardState

_OPEN = Q(closed_on__isnull=True)


class AwardQuerySet(DescribedQuerySet):
    def with_state(self, on: datetime.date) -> Self:
        """Each with its `rules.shown_state` on that day as `stands`."""
        lapsed = Q(valid_until__lt=on) & ~Q(state=rules.AwardState.REVOKED)
        return self.annotate(stands=Case(When(lapsed, then=Value(rules.AwardState.ENDED.value)), default=F("state")))

    def worked_out(self) -> Self:
        """As of every register: how each star stands today."""
        return self.with_state(past.today())

    def counted_by_state(self, on: datetime.date) -> dict[str, int]:
        """`{state on that day: how many}`. One query."""
        return dict(self.with_state(on).order_by().values_list("stands").annotate(Count("pk")))

    def standing(self, on: datetime.date) -> Self:
        """Those that may be relied on on a day."""
        return self.current().with_state(on).filter(stands__in=rules.STANDING)

    def due_for_assessment(self, on: datetime.date) -> Self:
        """Valid stars whose round lies two years back or more: what the office reminds itself of."""
        valid = self.current().with_state(on).filter(stands=rules.AwardState.VALID)
        return valid.filter(round__year__lte=on.year - rules.REEVALUATION_AFTER)


@versioned()
class Award(Record):
    """The stars of one product in one round. It lies where its maker lies; photograph and story are the maker's."""

    prefix = "OVP"
    regency_from = "establishment"
    audience = Audience(
        public=(
            "id", "number", "version", "origin",
            "regency", "establishment", "product", "group", "round", "stars", "grade",
            "decree_number", "decree_on", "certificate_number", "valid_until", "state", "state_on", "verified_at",
            "updated_at", "closed_on",
        ),
        inside=("state_reason", "decree", "created_at", "closed_reason"),
        steady=("valid_until", "state_on"),
    )  # fmt: skip
    found_by = ("certificate_number",)
    point = AT_MAKER
    beside = {
        **OF_ROUND,
        "scheme": Beside("grade__scheme_id", _("scheme")),
        "max_stars": Beside("grade__scheme__max_stars", _("most stars of the scheme")),
        "stands": Beside("stands", _("state today"), rules.AwardState),
        "photo": Beside("product__photo", _("photograph")),
    }
    begins_with = ("decree_on",)
    facets = {
        "regency": "regency_id",
        "group": "group_id",
        "grade": "grade_id",
        "round": "round_id",
        "origin": "origin",
    }
    field_of_constraint = {"awarded_twice": "product"}

    establishment = models.ForeignKey(Establishment, models.PROTECT, related_name="awards", verbose_name=_("maker"))
    product = models.ForeignKey(Product, models.PROTECT, related_name="awards", verbose_name=_("product"))
    group = models.ForeignKey(CommodityGroup, models.PROTECT, related_name="awards", verbose_name=_("commodity group"))
    round = models.ForeignKey(AwardRound, models.PROTECT, related_name="awards", verbose_name=_("round"))
    stars = models.PositiveSmallIntegerField(_("stars"))
    grade = models.ForeignKey(
        Grade, models.PROTECT, related_name="awards", verbose_name=_("stars within the scheme"), editable=False
    )
    decree_number = models.CharField(_("decree number"), max_length=120)
    decree_on = models.DateField(_("decree date"))
    decree = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("scan of the decree")
    )
    certificate_number = models.CharField(
        _("certificate number"), max_length=120, blank=True, help_text=_("As it stands on the certificate.")
    )
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("Leave it empty if the decree names no last day.")
    )
    state = models.CharField(_("state"), max_length=16, choices=rules.AwardState, default=rules.AwardState.VALID)
    state_on = models.DateField(_("in this state since"), null=True, blank=True)
    state_reason = models.CharField(_("reason of the state"), max_length=500, blank=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("OVOP award")
        verbose_name_plural = _("OVOP awards")
        constraints = [
            models.UniqueConstraint(
                name="one_award_per_product_and_round",
                fields=["product", "round"],
                condition=_OPEN,
                violation_error_code="awarded_twice",
                violation_error_message=_("This product has an award of this round already."),
            ),
            models.CheckConstraint(
                name="only_a_valid_star_has_no_date_of_its_state",
                condition=Q(state="berlaku", state_on__isnull=True) | (~Q(state="berlaku") & Q(state_on__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(F("decree_on").desc(), F("id").desc(), name="award_newest", condition=_OPEN),
            models.Index(F("verified_at").desc(), F("id").desc(), name="award_newest_verified", condition=_OPEN),
            models.Index(fields=["regency", "id"], name="award_of_regency", condition=_OPEN),
        ]

    def __str__(self) -> str:
        return self.product.name if self.product_id else self.number

    def clean(self) -> None:
        """Checks product, maker and place against each other, the stars against their scheme; derives the grade."""
        check_maker(self)
        if self.round_id and self.stars is not None:
            scheme = self.round.scheme
            rules.check_award(self, max_stars=scheme.max_stars, year=self.round.year, today=timezone.localdate())
            self.grade_id = rules.grade_of(scheme.pk, self.stars)

    @property
    def name(self) -> str:
        """What the product is called."""
        return self.product.name

    @property
    def shown_state(self) -> AwardState:
        """The state today: a star whose last day has passed has ended."""
        return rules.shown_state(self.state, self.valid_until, past.today())

    @property
    def reevaluation_year(self) -> int:
        """The year in which it comes up for assessment again; a reminder of the office."""
        return rules.reevaluation_year(self.round.year)

    @property
    def photo(self) -> Attachment | None:
        """The published picture of the product, or else of its maker; None where there is neither."""
        pictures = (self.product.photo, self.establishment.photo)
        return next((picture for picture in pictures if picture is not None and picture.published_at is not None), None)


def standing_awards(products: Iterable[Product]) -> dict[int, Award]:
    """`{product id: its award of the newest round that stands today}`, in one query if none has any.

    Most products have none: the wide rows, which take long to ask for, are read of those that are there.
    """
    today, by_product = past.today(), {}
    there = list(Award.objects.current().filter(product__in=products).order_by().values_list("pk", flat=True))
    if not there:
        return {}
    awards = Award.objects.filter(pk__in=there).select_related("grade__scheme", "round", "product")
    for award in sorted(awards.order_by(), key=lambda row: (row.round.year, row.pk)):
        if rules.shown_state(award.state, award.valid_until, today) in rules.STANDING:
            by_product[award.product_id] = award
    return by_product
