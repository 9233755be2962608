"""Partnerships (kemitraan): a maker who supplies another maker, or a tenant of a zone."""

import datetime
from collections.abc import Iterable
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Concat, Lower, NullIf
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.attachments.models import Attachment
from disperin.history.versions import versioned
from disperin.registers.models import Record, RecordQuerySet
from disperin.registers.record import past
from disperin.registers.record.withholding import Hideable, is_kept_from
from disperin.registers.values.audience import Audience
from disperin.registers.values.beside import Beside
from disperin.registers.values.point import Point
from industries.models import ChainStep, Commodity, Establishment
from zones import rules
from zones.models.parts import Tenant
from zones.models.zone import Zone

MOST_TOLD = 10  # of a maker, on its page
_OPEN = Q(closed_on__isnull=True)
_TENANT = Coalesce(NullIf(F("buyer_tenant__name"), Value("")), F("buyer_tenant__establishment__name"))
_TWICE = _("This partnership is on record already. Propose a change of that one.")


class PartnershipQuerySet(RecordQuerySet):
    def described(self) -> Self:
        """Rows with `supplier_name`, `buyer_name`, the two as their `name`, and the `words` to be searched."""
        named = self.annotate(supplier_name=F("supplier__name"), buyer_name=Coalesce(F("buyer__name"), _TENANT))
        said = ("name", Value(" "), "commodity__name_id", Value(" "), "commodity__name_en")
        return named.annotate(name=Concat("supplier_name", Value(" → "), "buyer_name")).annotate(
            words=Lower(Concat(*said, output_field=models.TextField()))
        )

    def with_sides(self) -> Self:
        """Records with both sides and what is supplied, so that each can be told."""
        return self.select_related("supplier", "buyer", "buyer_tenant__establishment", "commodity")

    def running(self, on: datetime.date) -> Self:
        """Those that still run on a day; as `rules.is_running`."""
        return self.filter(Q(until=None) | Q(until__gte=on))

    def of_maker(self, establishment: Establishment) -> Self:
        """Those in which an establishment supplies or buys, as itself or as a tenant."""
        return self.filter(
            Q(supplier=establishment) | Q(buyer=establishment) | Q(buyer_tenant__establishment=establishment)
        )

    def of_zone(self, zone: Zone) -> Self:
        """Those of the tenants of a zone: named as its tenants, or as establishments that work there now."""
        there = Tenant.objects.filter(zone=zone, closed_on=None, establishment__isnull=False).values("establishment")
        return self.filter(Q(buyer_tenant__zone=zone) | Q(buyer__in=there) | Q(supplier__in=there))


@versioned()
class Partnership(Record):
    """Who supplies whom with what. It lies where its supplier lies; how much is supplied stays inside."""

    prefix = "MIT"
    regency_from = "supplier"
    audience = Audience(
        public=(
            "id", "number", "version", "origin",
            "regency", "supplier", "buyer", "buyer_tenant", "commodity", "since", "until",
            "verified_at", "updated_at", "closed_on",
        ),
        inside=("volume", "volume_unit", "agreement", "created_at", "closed_reason"),
        steady=("buyer", "buyer_tenant", "until"),
    )  # fmt: skip
    point = Point(  # the list says what it is called
        "supplier__public_latitude", "supplier__public_longitude", "supplier__public_point", note=("regency__name",)
    )
    beside = {"zone": Beside("buyer_tenant__zone__number", _("zone of the tenant that buys"))}
    begins_with = ("since",)
    facets = {"regency": "regency_id", "commodity": "commodity_id", "origin": "origin"}
    called_by = ("supplier", "buyer", "buyer_tenant")
    field_of_constraint = {"twice": "buyer", "twice_with_tenant": "buyer_tenant"}

    supplier = models.ForeignKey(Establishment, models.PROTECT, related_name="supplies", verbose_name=_("supplier"))
    buyer = models.ForeignKey(
        Establishment, models.PROTECT, null=True, blank=True, related_name="purchases", verbose_name=_("buyer")
    )
    buyer_tenant = models.ForeignKey(
        Tenant,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="purchases",
        verbose_name=_("buyer that is a tenant of a zone"),
    )
    commodity = models.ForeignKey(
        Commodity, models.PROTECT, related_name="partnerships", verbose_name=_("commodity that is supplied")
    )
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("Empty while it goes on."))
    volume = models.DecimalField(
        _("volume per year"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Stays inside the office."),
    )
    volume_unit = models.CharField(_("unit of the volume"), max_length=30, blank=True)
    agreement = models.ForeignKey(
        Attachment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("agreement"),
        help_text=_("The contract or a letter that shows the partnership. Stays inside the office."),
    )

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        constraints = [
            models.CheckConstraint(
                name="a_partnership_has_one_buyer",
                condition=Q(buyer__isnull=True, buyer_tenant__isnull=False)
                | Q(buyer__isnull=False, buyer_tenant__isnull=True),
            ),
            models.CheckConstraint(
                name="nobody_is_their_own_partner", condition=Q(buyer__isnull=True) | ~Q(buyer=F("supplier"))
            ),
            models.CheckConstraint(
                name="a_partnership_ends_after_it_begins", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
            models.CheckConstraint(name="a_volume_has_its_unit", condition=Q(volume__isnull=True) | ~Q(volume_unit="")),
            models.UniqueConstraint(
                name="one_running_partnership_per_buyer_and_commodity",
                fields=["supplier", "buyer", "commodity"],
                condition=_OPEN & Q(until__isnull=True),
                violation_error_code="twice",
                violation_error_message=_TWICE,
            ),
            models.UniqueConstraint(
                name="one_running_partnership_per_tenant_and_commodity",
                fields=["supplier", "buyer_tenant", "commodity"],
                condition=_OPEN & Q(until__isnull=True),
                violation_error_code="twice_with_tenant",
                violation_error_message=_TWICE,
            ),
        ]
        indexes = [
            models.Index(F("verified_at").desc(), F("id").desc(), name="partnership_newest", condition=_OPEN),
            models.Index(fields=["regency", "id"], name="partnership_of_regency", condition=_OPEN),
        ]

    def __str__(self) -> str:
        return f"{self.said(self.supplier)} → {self.buyer_said}" if self.supplier_id else self.number

    def said(self, side: Hideable | None) -> str:
        """What a side is called; of one that is hidden from whoever reads this, where it can be asked for."""
        is_kept = self.reader is not None and is_kept_from(self.reader, side)
        return _number_of(side) if is_kept else str(side)

    def told_to_all(self) -> str:
        """As of Record."""
        sides = (self.supplier if self.supplier_id else None, self.buyer or self.buyer_tenant)
        return " → ".join(_number_of(side) if side.hidden else str(side) for side in sides if side) or self.number

    @property
    def buyer_said(self) -> str:
        """What the buyer is called, as of `said`."""
        return self.said(self.buyer or self.buyer_tenant)

    @property
    def zone_shown(self) -> Zone | None:
        """The zone of the tenant that buys; None without one, and where it is hidden from whoever reads this."""
        zone = self.buyer_tenant.zone if self.buyer_tenant else None
        return None if zone is None or is_kept_from(self.reader, zone) else zone

    def clean(self) -> None:
        """Checks both sides and the days; a new record names nobody who is closed in the register."""
        tenant = self.buyer_tenant
        rules.check_partnership(
            supplier=self.supplier_id,
            buyer=self.buyer_id,
            has_tenant=tenant is not None,
            tenant=tenant.establishment_id if tenant else None,
            since=self.since,
            until=self.until,
            today=timezone.localdate(),
        )
        problems = {}
        for name in ("supplier", "buyer", "buyer_tenant"):
            side = getattr(self, name, None)
            if self.pk is None and side is not None and side.closed_on is not None:
                problems[name] = ValidationError(_("“%(name)s” is closed in the register."), "closed", {"name": side})
        if self.volume is not None and not self.volume_unit:
            problems["volume_unit"] = ValidationError(_("Say in which unit, such as tonnes."), "required")
        if problems:
            raise ValidationError(problems)

    @property
    def name(self) -> str:
        """What it is called: who supplies whom."""
        return str(self)

    @property
    def buying_maker(self) -> Establishment | None:
        """The establishment that buys, itself or as a tenant; None for a tenant that is not registered."""
        return self.buyer or (self.buyer_tenant.establishment if self.buyer_tenant else None)

    @property
    def is_running(self) -> bool:
        """Does it still run today?"""
        return rules.is_running(until=self.until, on=past.today())


def partnerships_of_makers(establishments: Iterable[Establishment]) -> dict[int, list[Partnership]]:
    """`{primary key of an establishment: its newest running partnerships}`; for additions, in one query if none.

    Most makers have none: the wide rows of both sides, which take long to ask for, are read of those that are there.
    """
    keys = {establishment.pk for establishment in establishments}
    by_maker: dict[int, list[Partnership]] = {}
    running = Partnership.objects.current().running(past.today()).order_by("-verified_at", "-id")
    takes_part = Q(supplier__in=keys) | Q(buyer__in=keys) | Q(buyer_tenant__establishment__in=keys)
    there = list(running.filter(takes_part).values_list("pk", flat=True)[: MOST_TOLD * len(keys)])
    for row in running.with_sides().filter(pk__in=there) if there else ():  # SQL is made even for none
        sides = {row.supplier_id, row.buyer_id, row.buyer_tenant.establishment_id if row.buyer_tenant else None}
        for key in keys & sides:
            by_maker.setdefault(key, []).append(row)
    return by_maker


def partnerships_of_steps(steps: Iterable[ChainStep]) -> dict[int, list[tuple[str, int]]]:
    """`{primary key of a chain's step: [(key of a class of KBLI, number of running partnerships)]}`; in one query.

    A partnership counts under the main class of its supplier.
    """
    running = Partnership.objects.current().running(past.today())
    rows = running.filter(supplier__kbli__in={key for step in steps for key in step.kbli}).order_by()
    counted = dict(rows.values_list("supplier__kbli").annotate(number=models.Count("pk")))
    by_step = {step.pk: [(key, counted[key]) for key in step.kbli if key in counted] for step in steps}
    return {key: pairs for key, pairs in by_step.items() if pairs}


def _number_of(side: Any) -> str:
    return side.number if isinstance(side, Establishment) else str(side.key)
