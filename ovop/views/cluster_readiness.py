"""How ready the clusters within one's reach are for OVOP, each with what to do first."""

from django.db.models.functions import Lower
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.accounts.requests import UserRequest
from disperin.desk.pages import Desk
from disperin.registers.lists import listing
from disperin.registers.lists.listing import Order
from disperin.ui.listing import with_query
from industries.models import Cluster
from ovop.models import CLUSTER_FACT_COLUMNS, cluster_readiness, cluster_standards_on, told_of, with_cluster_facts

ORDER = Order("name", _("Name A–Z"), Lower("name"))
COLUMNS = ("number", "name", "regency__name", "village__name", *CLUSTER_FACT_COLUMNS)


class ClusterReadinessList(Desk):
    """`/ovop/kesiapan/sentra/`: the clusters within one's reach, each with gates, score and what to do first."""

    def get(self, request: UserRequest) -> HttpResponse:
        on = timezone.localdate()
        standards = cluster_standards_on(on)
        clusters = with_cluster_facts(Cluster.objects.within_reach(request.user).current(), on)
        try:
            page = listing.page_of(clusters, COLUMNS, ORDER, request.GET.get("cursor", ""))
        except listing.BadCursor:
            page = listing.page_of(clusters, COLUMNS, ORDER)
        context = {
            "on": on,
            "rows": [{**row, **told_of(cluster_readiness(row, standards))} for row in page.rows],
            "has_standards": any(standards),
            "previous_url": page.previous and with_query(request, cursor=page.previous),
            "next_url": page.next and with_query(request, cursor=page.next),
        }
        return render(request, "ovop/cluster_readiness.html", context)
