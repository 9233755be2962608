"""Halal certificates for everyone: look one up, read one."""

import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disperin.registers.lists.facets import Facet, regencies
from disperin.registers.lists.views import RecordList
from disperin.registers.record import past
from disperin.submissions.views.record_page import RecordPage
from disperin.ui.addresses import addresses
from industries import rules
from industries.filters import HalalCertificationFilter
from industries.models import HalalCertification, HalalCover


class HalalList(RecordList):
    """`/halal/cek/`: issued certificates by number, maker or product."""

    filterset_class = HalalCertificationFilter
    template_name = "industries/halal_list.html"
    facets = (
        Facet("regency", gettext_lazy("Regency/city"), "regency", regencies),
        Facet("scheme", gettext_lazy("Scheme"), "scheme"),
    )
    columns = (
        "number", "establishment__name", "regency__name", "scheme", "certificate_number", "issued_on", "valid_until",
        "revoked_on", "recomposed_on", "checked_on", "checked_by_office",
    )  # fmt: skip

    def cards(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return _cards(rows)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(bpjph=settings.BPJPH_URL, **kwargs)


class HalalDetail(RecordPage):
    """`/halal/cek/<number>/`: one halal certificate. Before it is issued only those within reach know of it."""

    template_name = "industries/halal_detail.html"
    queryset = HalalCertification.objects.select_related("establishment__district", "establishment__village")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record, today = self.object, past.today()
        covers = record.covers.filter(closed_on=None).select_related("product__establishment")
        return super().get_context_data(
            products=[cover.product for cover in covers],
            state=state_of(record, today) if record.certificate_number else None,
            bpjph=settings.BPJPH_URL,
            **kwargs,
        )


def state_of(certificate: HalalCertification, on: datetime.date) -> tuple[str, str]:
    """What everyone may know of an issued certificate on a day: (text, tone of its pill)."""
    if rules.is_running(certificate, on):
        return _("Valid"), "success"
    if certificate.revoked_on and certificate.revoked_on <= on:
        return _("Revoked"), "danger"
    if certificate.valid_until and certificate.valid_until < on:
        return _("Ended"), "warning"
    return _("Ask BPJPH whether it is valid"), "warning"


def _cards(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Cards for the template, with the products of a whole page in one more query."""
    today = past.today()
    products: dict[int, list[str]] = {}
    if rows:
        covers = HalalCover.objects.filter(certification__in=[row["id"] for row in rows], closed_on=None)
        covers = covers.order_by("certification", "position", "id")
        for of, name in covers.values_list("certification", "product__name"):
            products.setdefault(of, []).append(name)
    address = addresses("industries:halalcertification-detail")
    dates = ("issued_on", "valid_until", "revoked_on", "recomposed_on")
    return [
        {
            "number": row["number"],
            "name": row["establishment__name"],
            "url": address(row["number"]),
            "certificate_number": row["certificate_number"],
            "issued_on": row["issued_on"],
            "scheme": rules.HalalScheme(row["scheme"]).label,
            "regency": row["regency__name"],
            "products": products.get(row["id"], []),
            "state": state_of(HalalCertification(**{name: row[name] for name in dates}), today),
            "checked_on": row["checked_on"],
            "checked_by_office": row["checked_by_office"],
        }
        for row in rows
    ]
