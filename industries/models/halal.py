"""Halal certifications with the products they cover."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.history.versions import versioned
from disperin.registers.models import Part
from disperin.registers.record import past
from disperin.registers.values.audience import Audience
from industries import rules
from industries.models.certification import ISSUED, Certification
from industries.models.establishment import Establishment, Product
from industries.models.standing import HalalCoverQuerySet

_OPEN = Q(closed_on__isnull=True)


@versioned()
class HalalCertification(Certification):
    """One certification of one establishment, from the application to the certificate, and what became of it."""

    prefix = "HAL"
    audience = Audience(
        public=(
            "id", "number", "version", "origin",
            "establishment", "regency", "scheme", "certificate_number", "issued_on",
            "valid_until", "revoked_on", "checked_on", "checked_by_office", "verified_at", "updated_at", "closed_on",
        ),
        inside=(
            "sehati", "stage", "stage_on", "revoked_reason", "recomposed_on", "created_at", "closed_reason",
        ),
        steady=("certificate_number", "issued_on", "valid_until", "revoked_on"),
    )  # fmt: skip
    begins_with = ("issued_on",)
    facets = {"regency": "regency_id", "scheme": "scheme", "origin": "origin"}
    found_by = ("certificate_number",)
    field_of_constraint = {"number_on_record": "certificate_number"}

    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="halal_certifications", verbose_name=_("establishment")
    )
    scheme = models.CharField(_("scheme"), max_length=12, choices=rules.HalalScheme)
    sehati = models.BooleanField(
        _("SEHATI"), default=False, help_text=_("The free programme for micro and small businesses (self-declare).")
    )
    stage = models.CharField(_("stage"), max_length=20, choices=rules.HalalStage)
    certificate_number = models.CharField(
        _("certificate number"),
        max_length=19,
        blank=True,
        help_text=_("ID and 17 digits. The number of the fatwa (KH) is not it."),
    )
    valid_until = models.DateField(
        _("valid until"),
        null=True,
        blank=True,
        help_text=_("Leave it empty: a certificate has no end while composition and process stay the same."),
    )
    recomposed_on = models.DateField(
        _("composition or process changed on"),
        null=True,
        blank=True,
        help_text=_("From that day the certificate must be renewed (PP 42/2024)."),
    )
    checked_on = models.DateField(_("checked by hand on"), null=True, blank=True)
    checked_by_office = models.CharField(
        _("checked by (office)"), max_length=120, blank=True, help_text=_("The office that compared it with BPJPH.")
    )

    class Meta:
        verbose_name = _("halal certification")
        verbose_name_plural = _("halal certifications")
        constraints = [
            models.UniqueConstraint(
                name="one_record_per_halal_number",
                fields=["certificate_number"],
                condition=ISSUED & _OPEN,
                violation_error_code="number_on_record",
                violation_error_message=_("A certificate with this number is on record already."),
            ),
            models.CheckConstraint(
                name="a_halal_number_is_id_and_17_digits",
                condition=Q(certificate_number="") | Q(certificate_number__regex="^ID[0-9]{17}$"),
            ),
            models.CheckConstraint(
                name="a_halal_number_has_its_day",
                condition=Q(certificate_number="", issued_on__isnull=True) | (ISSUED & Q(issued_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="an_issued_halal_stage_has_its_number",
                condition=~Q(stage__in=[str(stage) for stage in rules.STAGES_WITH_NUMBER]) | ISSUED,
            ),
            models.CheckConstraint(
                name="a_halal_certificate_ends_after_it_begins",
                condition=(Q(valid_until__isnull=True) | Q(valid_until__gte=F("issued_on")))
                & (Q(revoked_on__isnull=True) | Q(revoked_on__gte=F("issued_on"))),
            ),
            models.CheckConstraint(
                name="a_halal_revocation_has_day_and_reason",
                condition=Q(revoked_on__isnull=True, revoked_reason="")
                | (Q(revoked_on__isnull=False) & ~Q(revoked_reason="")),
            ),
        ]
        indexes = [
            models.Index(fields=["establishment", "id"], name="halal_of_establishment"),
            models.Index(fields=["regency", "id"], name="halal_by_regency", condition=ISSUED & _OPEN),
            models.Index(F("verified_at").desc(), F("id").desc(), name="halal_newest", condition=ISSUED & _OPEN),
            models.Index(
                fields=["valid_until", "id"],
                name="halal_by_end",
                condition=ISSUED & _OPEN & Q(valid_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} – {self.certificate_number or self.get_stage_display()}"

    def clean(self) -> None:
        """Checks stage, number and dates against each other; the regency is that of the establishment."""
        problems = {}
        if self.establishment_id:
            self.regency_id = self.establishment.regency_id
        try:
            rules.check_certificate(self, today=timezone.localdate())
        except ValidationError as error:
            problems = error.error_dict
        if bool(self.checked_on) != bool(self.checked_by_office.strip()):
            field = "checked_by_office" if self.checked_on else "checked_on"
            text = _("A check by hand has both a day and an office, or neither.")
            problems[field] = [ValidationError(text, "both")]
        if self.checked_on and self.checked_on > timezone.localdate():
            text = _("This day lies in the future. Enter today or an earlier day.")
            problems["checked_on"] = [ValidationError(text, "future")]
        if problems:
            raise ValidationError(problems)

    @property
    def is_running_today(self) -> bool:
        """Is the certificate valid today?"""
        return rules.is_running(self, past.today())


@versioned()
class HalalCover(Part):
    """One product under one certification."""

    parent = "certification"
    audience = Audience(public=("key", "position", "product", "closed_on"), inside=("id", "certification"))

    certification = models.ForeignKey(HalalCertification, models.PROTECT, related_name="covers", editable=False)
    product = models.ForeignKey(Product, models.PROTECT, related_name="halal_covers", verbose_name=_("product"))

    objects = HalalCoverQuerySet.as_manager()

    class Meta(Part.Meta):
        verbose_name = _("covered product")
        verbose_name_plural = _("covered products")
        constraints = [
            models.UniqueConstraint(
                name="a_product_is_covered_once_by_a_certification",
                fields=["certification", "product"],
                condition=_OPEN,
            )
        ]
        indexes = [
            models.Index(fields=["product", "certification"], name="halal_cover_of_product", condition=_OPEN),
        ]

    def __str__(self) -> str:
        return str(self.product)


# of a certification: what pages say of it, and what `rules.is_running` asks
_TOLD = ("number", "certificate_number", "issued_on", "valid_until", "revoked_on", "recomposed_on")


def with_certificates(products: Iterable[Product], on: datetime.date) -> list[Product]:
    """The products with `certificate`: the one that is valid on this day and public, or None. One query for all.

    Few cover a product: which are valid the rule function says, since the same asked in SQL takes longer to write.
    """
    products = list(products)
    covers = HalalCover.objects.standing().filter(product__in=[product.pk for product in products])
    shown = covers.select_related("certification").only("product", *(f"certification__{name}" for name in _TOLD))
    running = [cover for cover in shown if rules.is_running(cover.certification, on)]
    running.sort(key=lambda cover: (cover.certification.issued_on, cover.pk))
    certificates = {cover.product_id: cover.certification for cover in running}
    for product in products:
        product.certificate = certificates.get(product.pk)  # type: ignore[attr-defined]  # for whoever shows it
    return products
