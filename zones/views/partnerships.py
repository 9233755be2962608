"""Partnerships for everyone: which maker supplies which, or a tenant of a zone. How much stays inside."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from disperin.registers.lists.facets import Facet, regencies
from disperin.registers.lists.views import RecordList
from disperin.registers.record import past
from disperin.submissions.views.record_page import RecordPage
from industries.views.commodities import commodities
from zones import rules
from zones.filters import PartnershipFilter
from zones.models import Partnership


class PartnershipList(RecordList):
    """`/kemitraan/`: the partnerships, also those that have ended."""

    filterset_class = PartnershipFilter
    template_name = "zones/partnership_list.html"
    facets = (
        Facet("regency", _("Regency/city"), "regency", regencies),
        Facet("commodity", _("Commodity"), "commodity", commodities, by_count=True),
    )
    columns = (
        "number", "name", "supplier_name", "buyer_name", "buyer_tenant__zone__name", "commodity__name_id",
        "commodity__name_en", "regency__name", "since", "until",
    )  # fmt: skip

    def cards(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        today, language = past.today(), "en" if get_language() == "en" else "id"
        return [
            {
                **row,
                "url": reverse("zones:partnership-detail", args=[row["number"]]),
                "zone": row["buyer_tenant__zone__name"],
                "commodity": row[f"commodity__name_{language}"],
                "regency": row["regency__name"],
                "is_running": rules.is_running(until=row["until"], on=today),
            }
            for row in rows
        ]


class PartnershipDetail(RecordPage):
    """`/kemitraan/<number>/`: one partnership."""

    template_name = "zones/partnership_detail.html"
    queryset = Partnership.objects.with_sides().select_related("regency", "buyer_tenant__zone", "agreement")
