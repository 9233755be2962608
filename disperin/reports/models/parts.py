"""The rows of a report: products, materials, water and power, machines, and the facilities of a shipyard."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from disperin.history.versions import versioned
from disperin.registers.models import Part
from disperin.registers.values.audience import Audience
from disperin.registers.values.money import rupiah
from disperin.reports import rules
from disperin.reports.models.report import QuarterlyReport, quantity, share

_HS = RegexValidator(r"^(\d{4}|\d{6}|\d{8})\Z", _("An HS code has 4, 6 or 8 digits."))
_OF_EACH = ("id", "key", "position", "report", "closed_on")


@versioned()
class ReportedProduct(Part):
    """What was made and sold of one product in the quarter."""

    parent = "report"
    audience = Audience(
        inside=(
            *_OF_EACH, "name", "hs_code", "unit", "capacity", "installed_capacity", "produced", "production_value",
            "sold", "sales_value", "domestic_share", "export_share",
        ),
    )  # fmt: skip

    report = models.ForeignKey(QuarterlyReport, models.PROTECT, related_name="products", editable=False)
    name = models.CharField(_("product"), max_length=150)
    hs_code = models.CharField(_("HS code"), max_length=8, blank=True, validators=[_HS])
    unit = models.CharField(_("unit"), max_length=30)
    capacity = quantity(_("production capacity"), help_text=_("While it is being built: as planned."))
    installed_capacity = quantity(_("installed capacity"))
    produced = quantity(_("quantity produced"))
    production_value = rupiah(_("value of production"))
    sold = quantity(_("quantity sold"))
    sales_value = rupiah(_("value of sales"))
    domestic_share = share(_("sold in the country"))
    export_share = share(_("exported"))

    class Meta(Part.Meta):
        verbose_name = _("product of the report")
        verbose_name_plural = _("products and production")

    def __str__(self) -> str:
        return self.name


@versioned()
class Material(Part):
    """A material or component that was used."""

    parent = "report"
    audience = Audience(
        inside=(*_OF_EACH, "kind", "name", "hs_code", "unit", "quantity", "value", "domestic_share", "country"),
    )

    report = models.ForeignKey(QuarterlyReport, models.PROTECT, related_name="materials", editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=rules.MaterialKind, default=rules.MaterialKind.RAW)
    name = models.CharField(_("material"), max_length=150)
    hs_code = models.CharField(_("HS code"), max_length=8, blank=True, validators=[_HS])
    unit = models.CharField(_("unit"), max_length=30)
    quantity = quantity(_("quantity"))
    value = rupiah(_("value"))
    domestic_share = share(_("from the country"))
    country = models.CharField(_("country of origin of what is imported"), max_length=80, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("material")
        verbose_name_plural = _("materials")

    def __str__(self) -> str:
        return self.name


@versioned()
class Supply(Part):
    """Water, fuel or electricity of the quarter."""

    parent = "report"
    audience = Audience(inside=(*_OF_EACH, "kind", "source", "unit", "quantity", "cost"))

    report = models.ForeignKey(QuarterlyReport, models.PROTECT, related_name="supplies", editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=rules.SupplyKind)
    source = models.CharField(_("source or sort"), max_length=80, help_text=_("Such as PDAM, Solar, PLN 1300 VA."))
    unit = models.CharField(_("unit"), max_length=30)
    quantity = quantity(_("quantity"))
    cost = rupiah(_("cost or proceeds"))

    class Meta(Part.Meta):
        verbose_name = _("supply")
        verbose_name_plural = _("water, fuel and electricity")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.source}"


@versioned()
class Machine(Part):
    """Machines of one sort."""

    parent = "report"
    audience = Audience(inside=(*_OF_EACH, "name", "year", "origin", "number", "value"))

    report = models.ForeignKey(QuarterlyReport, models.PROTECT, related_name="machines", editable=False)
    name = models.CharField(_("machine or tool"), max_length=150)
    year = models.PositiveSmallIntegerField(
        _("year of making"), null=True, blank=True, validators=[MinValueValidator(1900), MaxValueValidator(2099)]
    )
    origin = models.CharField(_("country of origin"), max_length=80, blank=True)
    number = models.PositiveIntegerField(_("number"), validators=[MinValueValidator(1), MaxValueValidator(100_000)])
    value = rupiah(_("value of all of them"))

    class Meta(Part.Meta):
        verbose_name = _("machine")
        verbose_name_plural = _("machines and tools")

    def __str__(self) -> str:
        return self.name


@versioned()
class Facility(Part):
    """A facility of a shipyard with its capacity."""

    parent = "report"
    audience = Audience(inside=(*_OF_EACH, "kind", "name", "unit", "capacity"))

    report = models.ForeignKey(QuarterlyReport, models.PROTECT, related_name="facilities", editable=False)
    kind = models.CharField(_("used for"), max_length=16, choices=rules.FacilityKind)
    name = models.CharField(_("facility"), max_length=150)
    unit = models.CharField(_("unit"), max_length=30)
    capacity = quantity(_("capacity"))

    class Meta(Part.Meta):
        verbose_name = _("facility of the shipyard")
        verbose_name_plural = _("facilities of the shipyard")

    def __str__(self) -> str:
        return self.name
