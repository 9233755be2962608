"""What may be proposed about a halal certification; and the small forms of the halal work list."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from disperin.registers.gate.columns import of_column
from disperin.registers.gate.forms import PartForm
from disperin.registers.values.asking import AskedIf
from disperin.registers.values.fields import MarkedText, Reference
from disperin.registers.values.in_files import InFiles
from disperin.registers.values.terms import Path
from disperin.ui.said import gettext as _
from industries import rules
from industries.forms.maker import MakerForm
from industries.models import HalalCertification, HalalCover, Product

OVER = (rules.HalalStage.REJECTED, rules.HalalStage.REVOKED)  # what ends a certification may name an exempt product


class HalalCoverForm(PartForm):
    """One product that the certificate covers."""

    product = of_column(
        queryset=Product.objects.select_related("establishment"),
        help_text=gettext_lazy("Choose the establishment and save: its products are then offered here."),
    )

    class Meta:
        model = HalalCover
        fields = ["product"]


class HalalForm(MakerForm):
    """The form of the register `halal`."""

    class Meta:
        model = HalalCertification
        fields = [
            "regency", "establishment", "scheme", "sehati", "stage", "stage_on", "certificate_number", "issued_on",
            "valid_until", "recomposed_on", "revoked_on", "revoked_reason", "checked_on", "checked_by_office",
        ]  # fmt: skip
        field_classes = {"certificate_number": MarkedText}

    parts = {"covered": HalalCoverForm}
    asked_if = {
        "sehati": AskedIf("scheme", values=(rules.HalalScheme.SELF_DECLARE,)),
        "certificate_number": AskedIf("stage", values=rules.STAGES_WITH_NUMBER, needed=True),
        "issued_on": AskedIf("stage", values=rules.STAGES_WITH_NUMBER, needed=True),
        "valid_until": AskedIf("stage", values=rules.STAGES_WITH_NUMBER),
        "recomposed_on": AskedIf("stage", values=rules.STAGES_WITH_NUMBER),
        "revoked_on": AskedIf("stage", values=(rules.HalalStage.REVOKED,), needed=True),
        "revoked_reason": AskedIf("stage", values=(rules.HalalStage.REVOKED,), needed=True),
    }
    tidies = {"certificate_number": rules.check_certificate_number}
    in_files = InFiles(
        same_by=("certificate_number",),
        words={"establishment": ("nomor ikm",), "certificate_number": ("nomor sertifikat", "sertifikat halal")},
        examples={"stage_on": "2026-01-15"},
    )
    sections = (
        ("who", ("regency", "establishment")),
        ("path", ("scheme", "sehati", "stage", "stage_on")),
        ("certificate", ("certificate_number", "issued_on", "valid_until", "recomposed_on")),
        ("end", ("revoked_on", "revoked_reason")),
        ("check", ("checked_on", "checked_by_office")),
    )
    section_titles = {
        "who": gettext_lazy("Who makes it"),
        "path": gettext_lazy("Scheme and stage"),
        "certificate": gettext_lazy("The certificate"),
        "end": gettext_lazy("Revocation"),
        "check": gettext_lazy("Checked by hand"),
    }

    def narrow(self, regency: str | None, *, district: str | None = None, options_url: str = "") -> None:
        """Makers of the regency are suggested, products of the chosen maker offered."""
        super().narrow(regency, district=district, options_url=options_url)
        for row in self.rows["covered"][:1]:  # the rows share their fields
            self._offer_products(row)

    def blank_row(self, name: str) -> PartForm:
        """As of RecordForm, with the products of the chosen maker."""
        row = super().blank_row(name)
        self._offer_products(row)
        return row

    def _offer_products(self, row: PartForm) -> None:
        number = self["establishment"].value()
        field = cast(Reference, row.fields["product"])
        products = (
            field.queryset.filter(establishment__number=number, closed_on=None) if number else field.queryset.none()
        )
        field.queryset = products
        if number:
            field.help_text = ""

    def clean_certificate_number(self) -> str:
        return rules.check_certificate_number(self.cleaned_data["certificate_number"])

    def clean_checked_by_office(self) -> str:
        return self.cleaned_data["checked_by_office"].strip()

    def clean(self) -> dict[str, Any]:
        """Also: the products are the establishment's own, each once, none exempt, and at least one is covered."""
        cleaned = super().clean()
        establishment, seen = cleaned.get("establishment"), set()
        for row in self.rows["covered"]:
            product = row.is_valid() and row.cleaned_data["product"]
            if not product:
                continue
            if establishment and product.establishment_id != establishment.pk:
                text = _("“%(product)s” is a product of another establishment.")
                row.add_error("product", ValidationError(text, "not_theirs", {"product": product}))
            elif product.forbidden_material and cleaned.get("stage") not in OVER:
                text = _("“%(product)s” says that it is not halal (%(material)s). Change that first, at its maker.")
                params = {"product": product, "material": product.forbidden_material}
                row.add_error("product", ValidationError(text, "exempt", params))
            elif product.pk in seen:
                text = _("“%(product)s” stands here twice. Remove one of the two rows.")
                row.add_error("product", ValidationError(text, "twice", {"product": product}))
            seen.add(product.pk)
        if not self.rows["covered"]:
            raise ValidationError(_("Name at least one product that the certificate covers."), "no_product")
        return cleaned

    def warnings(self) -> list[tuple[Path, str]]:
        """Says which products another certificate in force covers already."""
        return list(self._covered_elsewhere())

    def _covered_elsewhere(self) -> Iterator[tuple[Path, str]]:
        for row in self.rows["covered"]:
            product = row.cleaned_data["product"]
            for certification in self.context.ask(_certificates_of, product.pk) or ():
                if certification.pk != self.instance.pk and certification.is_running_today:
                    values = {"product": product, "number": certification.certificate_number}
                    path = f"covered.{row.key}.product"
                    yield path, _("“%(product)s” is covered by the certificate %(number)s already.") % values


def _certificates_of(products: list[int]) -> dict[int, list[HalalCertification]]:
    """`{pk of a product: [HalalCertification]}`: those that stand and cover it."""
    certifications = defaultdict(list)
    for cover in HalalCover.objects.standing().filter(product__in=products).select_related("certification"):
        certifications[cover.product_id].append(cover.certification)
    return certifications
