"""Halal certifications with the products they cover, the duties by date, and who follows up on which product."""

from collections import defaultdict

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.regions.reach import HasRegency, ReachQuerySet
from disperin.registers.audience import Audience
from disperin.registers.models import Part
from industries import rules
from industries.models.certification import ISSUED, Certification
from industries.models.establishment import Establishment, Product
from industries.models.judging import HalalCoverQuerySet

_OPEN = Q(closed_on__isnull=True)


@pghistory.track()
class HalalCertification(Certification):
    """One certification of one establishment, from the application to the certificate, and what became of it."""

    prefix = "HAL"
    audience = Audience(
        public=(
            "id", "number", "version", "establishment", "regency", "scheme", "certificate_number", "issued_on",
            "valid_until", "revoked_on", "checked_on", "checked_by_office", "verified_at", "updated_at", "closed_on",
        ),
        inside=(
            "sehati", "stage", "stage_on", "revoked_reason", "recomposed_on", "created_at", "closed_reason",
        ),
    )  # fmt: skip
    facets = {"regency": "regency_id", "scheme": "scheme"}
    field_of_constraint = {"number_on_record": "certificate_number"}

    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="halal_certifications", verbose_name=_("establishment")
    )
    scheme = models.CharField(_("scheme"), max_length=12, choices=rules.HalalScheme)
    sehati = models.BooleanField(
        _("SEHATI"), default=False, help_text=_("The free programme for micro and small businesses (self-declare).")
    )
    stage = models.CharField(_("stage"), max_length=20, choices=rules.HalalStage)
    stage_on = models.DateField(_("at this stage since"))
    certificate_number = models.CharField(
        _("certificate number"),
        max_length=19,
        blank=True,
        help_text=_("ID and 17 digits. The number of the fatwa (KH) is not it."),
    )
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
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
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    revoked_reason = models.CharField(_("reason of the revocation"), max_length=250, blank=True)
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
                condition=~Q(stage__in=[str(one) for one in rules.STAGES_WITH_NUMBER]) | ISSUED,
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
        ]

    def __str__(self):
        return f"{self.name} – {self.certificate_number or self.get_stage_display()}"

    def clean(self):
        """Checks stage, number and dates against each other; the regency is that of the establishment."""
        problems = {}
        if self.establishment_id:
            self.regency_id = self.establishment.regency_id
        try:
            rules.check_certificate(
                scheme=self.scheme,
                sehati=self.sehati,
                stage=self.stage,
                stage_on=self.stage_on,
                number=self.certificate_number,
                issued_on=self.issued_on,
                valid_until=self.valid_until,
                revoked_on=self.revoked_on,
                revoked_reason=self.revoked_reason,
                recomposed_on=self.recomposed_on,
                today=timezone.localdate(),
            )
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
    def is_running_today(self):
        """Is the certificate valid today?"""
        return rules.is_running(self, timezone.localdate())


@pghistory.track()
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

    def __str__(self):
        return str(self.product)


@pghistory.track()
class HalalDuty(models.Model):
    """A deadline of the law: products of one category, made by businesses of these scales. Kept by administrators.

    A rule that changes is ended (`valid_to`) and followed by a new row, so that earlier days are judged as they were.
    """

    key = models.SlugField(_("key"), max_length=40, primary_key=True)
    category = models.CharField(_("halal category"), max_length=24, choices=rules.HalalCategory)
    scales = ArrayField(
        models.CharField(max_length=10, choices=[(one.value, one.label) for one in rules.SCALES]),
        verbose_name=_("business scales"),
    )
    deadline = models.DateField(_("deadline"), help_text=_("The last day without duty."))
    citation = models.CharField(_("legal basis"), max_length=120)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_to = models.DateField(_("in force until"), null=True, blank=True)

    class Meta:
        verbose_name = _("halal duty")
        verbose_name_plural = _("halal duties")
        ordering = ["deadline", "category", "key"]
        constraints = [
            models.CheckConstraint(
                name="a_halal_duty_ends_after_it_begins",
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("A rule cannot end before it begins."),
            ),
            models.CheckConstraint(name="a_halal_duty_has_scales", condition=Q(scales__len__gt=0)),
        ]

    def __str__(self):
        return f"{self.get_category_display()}: {self.deadline}"

    def clean(self):
        """No two rows may be in force at once for one category and scale."""
        others = HalalDuty.objects.filter(category=self.category, scales__overlap=self.scales or []).exclude(pk=self.pk)
        if self.valid_from:
            others = others.filter(Q(valid_to=None) | Q(valid_to__gte=self.valid_from))
        if self.valid_to:
            others = others.filter(Q(valid_from=None) | Q(valid_from__lte=self.valid_to))
        if other := others.first():
            text = _("“%(other)s” is in force in this time already for one of these scales. End it first (%(key)s).")
            raise ValidationError({"valid_from": ValidationError(text, "overlap", {"other": other, "key": other.pk})})


def halal_statuses(products, on, *, duties=None):
    """`{product id: HalalStatus}` of products with their establishments on a day, in two queries for all of them."""
    duties = list(HalalDuty.objects.all()) if duties is None else duties
    certificates = defaultdict(list)
    for cover in HalalCover.objects.standing().filter(product__in=products).select_related("certification"):
        certificates[cover.product_id].append(cover.certification)
    return {
        product.pk: rules.status_on(
            on,
            category=product.halal_category,
            business_scale=product.establishment.business_scale,
            certificates=certificates[product.pk],
            duties=duties,
        )
        for product in products
    }


def with_certificates(products, on):
    """The products with `certificate`: the one that is valid on this day and public, or None. One query for all."""
    products = list(products)
    covers = HalalCover.objects.running(on).filter(product__in=products).select_related("certification")
    found = {cover.product_id: cover.certification for cover in covers.order_by("certification__issued_on")}
    for product in products:
        product.certificate = found.get(product.pk)
    return products


def halal_path(product):
    """How a product can come to a certificate, as far as its establishment is known (`rules.path_to_certificate`)."""
    maker = product.establishment
    return rules.path_to_certificate(
        nib=maker.nib, business_scale=maker.business_scale, annual_sales=maker.annual_sales
    )


class HalalTask(HasRegency):
    """Somebody is to see to it, by a day, that a product comes to its certificate. At most one open one per product."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="halal_tasks", verbose_name=_("product"))
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="halal_tasks", verbose_name=_("assigned to")
    )
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due_on = models.DateField(_("to be done by"))
    note = models.CharField(_("note"), max_length=250, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_on = models.DateField(_("ended on"), null=True, editable=False)

    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("halal task")
        verbose_name_plural = _("halal tasks")
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_halal_task_per_product", fields=["product"], condition=Q(ended_on__isnull=True)
            )
        ]
        indexes = [
            models.Index(fields=["assigned_to", "due_on"], name="halal_task_of", condition=Q(ended_on__isnull=True))
        ]

    def __str__(self):
        return str(self.product)
