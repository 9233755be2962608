"""What may be proposed about a partnership. The regency is never chosen: it follows the supplier."""

from contextlib import suppress
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from disperin.registers.gate.columns import OfColumn, of_column
from disperin.registers.record.withholding import is_kept_from
from disperin.registers.values.code_input import CodeInput
from disperin.registers.values.fields import Reference
from disperin.registers.values.in_files import InFiles
from disperin.registers.values.terms import Path
from disperin.ui.said import gettext as _
from industries.forms.maker import ESTABLISHMENT_LIST, MakerReference, OfMakers, makers_of
from industries.models import Establishment
from zones.models import Partnership, Tenant

MOST_TENANTS = 500  # offered on a page; any other is taken by its key


def _maker() -> OfColumn:
    return of_column(
        MakerReference,
        queryset=Establishment.objects.select_related("regency"),  # also one that is closed by now
        widget=CodeInput(ESTABLISHMENT_LIST),
        help_text=format_lazy(
            gettext_lazy("Its register number, such as {number}."), number=settings.PROVINCE.example.number
        ),
    )


class PartnershipForm(OfMakers):
    """The form of the register `partnerships`."""

    never_apart = ("supplier", "buyer")
    supplier = _maker()
    buyer = _maker()
    buyer_tenant = of_column(
        queryset=Tenant.objects.select_related("zone", "establishment"),
        widget=forms.Select,
        help_text=gettext_lazy("Where the buyer is not in the register of establishments."),
    )

    class Meta:
        model = Partnership
        fields = [
            "regency", "supplier", "buyer", "buyer_tenant", "commodity", "since", "until", "volume", "volume_unit",
            "agreement",
        ]  # fmt: skip

    in_files = InFiles(
        words={"supplier": ("pemasok",), "buyer": ("pembeli",)},
        examples={"buyer": settings.PROVINCE.example.number, "since": "2026-01-15", "volume": 12, "volume_unit": "ton"},
    )
    sections = (
        ("", ("regency", "supplier", "buyer", "buyer_tenant")),
        ("what", ("commodity", "since", "until")),
        ("inside", ("volume", "volume_unit", "agreement")),
    )
    section_titles = {
        "": gettext_lazy("Who supplies whom"),
        "what": gettext_lazy("What is supplied"),
        "inside": gettext_lazy("Inside the office"),
    }
    regency_shown: str | None = None  # whose makers are suggested on a page

    def narrow(self, regency: str | None, *, district: str | None = None, options_url: str = "") -> None:
        """Makers of the regency are suggested, and known by other words; the tenants of all zones are offered."""
        self.regency_shown = regency
        for name in ("supplier", "buyer"):
            cast(MakerReference, self.fields[name]).within = regency
        field = cast(Reference, self.fields["buyer_tenant"])
        tenants = field.queryset.filter(closed_on=None, zone__closed_on=None).order_by("zone__name", "name", "id")
        offered = list(tenants[:MOST_TENANTS])
        with suppress(ValidationError):
            offered.append(field.to_python(self["buyer_tenant"].value()))
        labels = {
            str(tenant.key): str(tenant.key) if is_kept_from(self.by, tenant) else f"{tenant} ({tenant.zone})"
            for tenant in offered
            if tenant is not None
        }
        field.choices = [("", field.empty_label), *labels.items()]

    def suggestions(self) -> dict[str, Any]:
        """The makers of the regency, by their number."""
        return makers_of(self.regency_shown)

    def warnings(self) -> list[tuple[Path, str]]:
        """A partnership without anything that shows it."""
        if self.instance.agreement_id is None:
            return [("agreement", _("There is no agreement. A partnership is verified by what shows it."))]
        return []
