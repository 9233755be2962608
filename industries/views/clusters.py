"""Clusters: list, map and one page each, with their members."""

from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from disperin.attachments.in_rows import photo_columns, photo_url_of
from disperin.registers.lists import additions, listing
from disperin.registers.lists.facets import Facet, regencies
from disperin.registers.lists.listing import Order
from disperin.registers.lists.views import RecordList
from disperin.submissions.views.record_page import RecordPage
from disperin.ui.addresses import addresses
from disperin.ui.formats import number
from disperin.ui.listing import with_query
from industries import rules
from industries.filters import ClusterFilter
from industries.models import Cluster, Coaching, Establishment

from . import cards
from .commodities import commodities
from .json_ld import cluster_data


class ClusterList(RecordList):
    """`/sentra/`: the clusters."""

    reads = ("clusters", "establishments", "reference")
    filterset_class = ClusterFilter
    template_name = "industries/cluster_list.html"
    facets = (
        Facet("regency", _("Regency/city"), "regency", regencies),
        Facet("commodity", _("Commodity"), "commodity", commodities, by_count=True),
        Facet("status", _("Status"), "status"),
    )
    columns = (
        "number", "name", "status", "regency__name", "village__name", "commodity__name",
    )  # fmt: skip

    def cards(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return _cards(rows)


class ClusterDetail(RecordPage):
    """`/sentra/<number>/`: one cluster with its members, a page of them at a time."""

    reads = ("clusters", "establishments", "reference")
    template_name = "industries/cluster_detail.html"
    queryset = Cluster.objects.select_related("village__district")
    order = Order("name", "", Lower("name"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        members = Establishment.objects.current().filter(cluster=self.object)
        page = self._page(members)
        return super().get_context_data(
            linked_data=cluster_data(self.request, self.object),
            added_inside=additions.inside_of(self.object) if self.inside else (),
            coaching=Coaching.open_of(self.object).order_by("-year", "position") if self.inside else (),
            members=cards.cards(page.rows),
            member_count=members.count(),
            previous_url=page.previous and with_query(self.request, cursor=page.previous),
            next_url=page.next and with_query(self.request, cursor=page.next),
            **kwargs,
        )

    def _page(self, members: QuerySet[Establishment]) -> listing.Page:
        try:
            return listing.page_of(members, cards.COLUMNS, self.order, self.request.GET.get("cursor", ""))
        except listing.BadCursor:
            return listing.page_of(members, cards.COLUMNS, self.order)


def _cards(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Cards for the template, with the number of open members of each and a photograph of one; two queries."""
    members = Establishment.objects.current().filter(cluster__in=[row["id"] for row in rows]).order_by()
    counted = dict(members.values_list("cluster").annotate(number=Count("id"))) if rows else {}
    photos = _photos_of(members) if rows else {}
    page, cloth = addresses("industries:cluster-detail"), addresses("front:motif")
    return [
        {
            "number": row["number"],
            "name": row["name"],
            "url": page(row["number"]),
            "picture": photos.get(row["id"]) or cloth(row["number"]),
            "picture_css": "photo" if photos.get(row["id"]) else "photo photo-stand-in",
            "commodity": row["commodity__name"],
            "place": row["village__name"],
            "regency": row["regency__name"],
            "status": rules.ClusterStatus(row["status"]).label,
            "members": _members(counted.get(row["id"], 0)),
        }
        for row in rows
    ]


def _photos_of(members: QuerySet[Establishment]) -> dict[int, str]:
    """`{cluster: the address of the photograph of its newest member that has one}`."""
    pictured = members.filter(photo__isnull=False).order_by("cluster", "-verified_at", "-id").distinct("cluster")
    rows = pictured.values("cluster_id", *photo_columns())
    return {row["cluster_id"]: photo_url_of(row) for row in rows}


def _members(count: int) -> str:
    words = ngettext("%(shown)s registered maker", "%(shown)s registered makers", count)
    return words % {"shown": number(count)}
