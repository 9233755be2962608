"""What is entered together with a zone: areas, utilities, plots, tenants, documents. Each figure says whose it is."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.attachments.models import Attachment
from disperin.history.versions import versioned
from disperin.registers.models import Part
from disperin.registers.values.audience import Audience
from disperin.ui.texts import Text
from industries.models import Establishment, KbliClass
from zones import rules
from zones.models.zone import SOURCE_LENGTH, Zone

MOST_HECTARES = 1_000_000
_BOUNDS = [MinValueValidator(0)]


def _audience(*public: str, **options: Any) -> Audience:
    return Audience(public=("key", "position", *public, "closed_on"), inside=("id", "zone"), **options)


def _hectares(label: Text, *, decimals: int = 2, **options: Any) -> models.DecimalField:
    bounds = [*_BOUNDS, MaxValueValidator(MOST_HECTARES)]
    return models.DecimalField(label, max_digits=12, decimal_places=decimals, validators=bounds, **options)


def _amount(label: Text, **options: Any) -> models.DecimalField:
    return models.DecimalField(
        label, max_digits=14, decimal_places=2, null=True, blank=True, validators=_BOUNDS, **options
    )


class PartOfZone(Part):
    parent = "zone"

    class Meta(Part.Meta):
        abstract = True

    def clean(self) -> None:
        """A figure cannot be of a day to come."""
        for name in ("source_date", "as_of", "since", "issued_on"):
            try:
                rules.check_day(getattr(self, name, None), timezone.localdate())
            except ValidationError as error:
                raise ValidationError({name: error}) from error


@versioned()
class ZoneArea(PartOfZone):
    """How large the zone is by one source. Sources conflict: they stand side by side, never added up or averaged."""

    audience = _audience("basis", "hectares", "note", "note_en", "source", "source_date")

    zone = models.ForeignKey(Zone, models.PROTECT, related_name="areas", editable=False)
    basis = models.CharField(_("measured by"), max_length=16, choices=rules.AreaBasis)
    hectares = _hectares(_("area"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    note_en = models.CharField(_("note (English)"), max_length=300, blank=True, default="")
    source = models.CharField(_("source"), max_length=SOURCE_LENGTH)
    source_date = models.DateField(_("as of"), null=True, blank=True)

    class Meta(PartOfZone.Meta):
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = [models.CheckConstraint(name="an_area_is_larger_than_nothing", condition=Q(hectares__gt=0))]

    def __str__(self) -> str:
        return f"{self.get_basis_display()}: {self.hectares} ha"


@versioned()
class Utility(PartOfZone):
    """What the zone is served by or reaches: how much there is, how much of it is free, how far away it is."""

    audience = _audience(
        "kind",
        "name",
        "status",
        "capacity",
        "free_capacity",
        "unit",
        "distance_km",
        "note",
        "note_en",
        "source",
        "as_of",
    )

    zone = models.ForeignKey(Zone, models.PROTECT, related_name="utilities", editable=False)
    kind = models.CharField(_("kind of utility"), max_length=16, choices=rules.UtilityKind)
    name = models.CharField(_("what it is called or leads to"), max_length=120, blank=True)
    status = models.CharField(_("state"), max_length=12, choices=rules.UtilityStatus, blank=True)
    capacity = _amount(_("capacity"))
    free_capacity = _amount(_("free capacity"))
    unit = models.CharField(_("unit"), max_length=12, choices=rules.Unit, blank=True)
    distance_km = models.DecimalField(
        _("distance"), max_digits=7, decimal_places=1, null=True, blank=True, validators=_BOUNDS
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    note_en = models.CharField(_("note (English)"), max_length=300, blank=True, default="")
    source = models.CharField(_("source"), max_length=SOURCE_LENGTH)
    as_of = models.DateField(_("as of"), null=True, blank=True)

    class Meta(PartOfZone.Meta):
        verbose_name = _("utility or access")
        verbose_name_plural = _("utilities and access")
        constraints = [
            models.CheckConstraint(
                name="no_more_of_a_utility_is_free_than_there_is",
                condition=Q(capacity__isnull=True)
                | Q(free_capacity__isnull=True)
                | Q(free_capacity__lte=F("capacity")),
            )
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.get_kind_display(), self.name)))

    def clean(self) -> None:
        """Also checks the capacities against each other and their unit."""
        super().clean()
        rules.check_utility(capacity=self.capacity, free_capacity=self.free_capacity, unit=self.unit)


@versioned()
class Plot(PartOfZone):
    """A piece of the zone that is let or sold."""

    audience = _audience("code", "hectares", "state", "terms", "outline")

    zone = models.ForeignKey(Zone, models.PROTECT, related_name="plots", editable=False)
    code = models.CharField(_("code of the plot"), max_length=40)
    hectares = _hectares(_("area"), decimals=4)
    state = models.CharField(_("state"), max_length=12, choices=rules.PlotState)
    terms = models.CharField(_("terms"), max_length=300, blank=True)
    outline = models.JSONField(_("outline"), null=True, blank=True)

    class Meta(PartOfZone.Meta):
        verbose_name = _("plot")
        verbose_name_plural = _("plots")
        constraints = [models.CheckConstraint(name="a_plot_is_larger_than_nothing", condition=Q(hectares__gt=0))]
        indexes = [models.Index(fields=["zone", "position", "id"], name="plot_of_zone")]

    def __str__(self) -> str:
        return self.code

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Left to the database: the field's own bounds say the same, and each question costs a query per plot."""


@versioned()
class Tenant(PartOfZone):
    """Who works in the zone: an establishment of the register, or a company by its name."""

    audience = _audience(
        "name", "establishment", "kbli", "other_code", "other_title", "hectares", "since",
        steady=("name", "establishment"),
    )  # fmt: skip
    called_by = ("establishment",)

    zone = models.ForeignKey(Zone, models.PROTECT, related_name="tenants", editable=False)
    name = models.CharField(_("name of the company"), max_length=150, blank=True)
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, null=True, blank=True, related_name="tenancies", verbose_name=_("establishment")
    )
    kbli = models.ForeignKey(KbliClass, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("KBLI"))
    other_code = models.CharField(
        _("KBLI outside manufacturing"), max_length=5, blank=True, help_text=_("Five digits, where none fits above.")
    )
    other_title = models.CharField(_("title of that class"), max_length=150, blank=True)
    hectares = _hectares(_("area"), null=True, blank=True)
    since = models.DateField(_("since"), null=True, blank=True)

    class Meta(PartOfZone.Meta):
        verbose_name = _("tenant")
        verbose_name_plural = _("tenants")
        constraints = [
            models.CheckConstraint(name="a_tenant_can_be_named", condition=~Q(name="") | Q(establishment__isnull=False))
        ]

    def __str__(self) -> str:
        return self.name or str(self.establishment or "")

    def clean(self) -> None:
        """Also checks that it can be named, and its class."""
        super().clean()
        rules.check_tenant(
            name=self.name,
            has_establishment=self.establishment_id is not None,
            has_class=self.kbli_id is not None,
            other_code=self.other_code,
            other_title=self.other_title,
        )


@versioned()
class ZoneDocument(PartOfZone):
    """A permit, a legal basis, or a paper to be read. A file that is sent along is public once verified."""

    audience = _audience(
        "kind", "title", "number", "issued_on", "valid_until", "source", "file", steady=("valid_until",)
    )

    zone = models.ForeignKey(Zone, models.PROTECT, related_name="documents", editable=False)
    kind = models.CharField(_("kind of document"), max_length=24, choices=rules.ZoneDocumentKind)
    title = models.CharField(_("title"), max_length=200, blank=True)
    number = models.CharField(_("document number"), max_length=120, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=SOURCE_LENGTH, blank=True)
    file = models.ForeignKey(
        Attachment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("file"),
        help_text=_("Everybody can download it once it is verified: no personal data, nothing confidential."),
    )

    class Meta(PartOfZone.Meta):
        verbose_name = _("permit or document")
        verbose_name_plural = _("permits and documents")

    def __str__(self) -> str:
        return " ".join(filter(None, (self.get_kind_display(), self.number)))

    def clean(self) -> None:
        """Also checks that it ends after it begins."""
        super().clean()
        rules.check_document(issued_on=self.issued_on, valid_until=self.valid_until)
