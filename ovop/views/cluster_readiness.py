"""How ready the clusters within one's reach are for OVOP, each with what to do first."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Lower
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.accounts.requests import UserRequest
from disperin.desk.pages import Desk
from disperin.registers.lists import listing
from disperin.registers.lists.listing import Order
from disperin.registers.record.known_words import holding
from disperin.ui.listing import with_query
from industries.models import Cluster
from ovop.forms import ClusterReadinessForm
from ovop.models import CLUSTER_FACT_COLUMNS, cluster_readiness, cluster_standards_on, judged_clusters, told_of
from ovop.models.cluster_readiness import ClusterStandards

BY_NAME = Order("name", _("Name A–Z"), Lower("name"))
BY_SCORE = Order("-score", _("Most ready first"), F("ready_score"))
COLUMNS = ("number", "name", "regency__name", "village__name", *CLUSTER_FACT_COLUMNS)


class ClusterReadinessList(Desk):
    """`/ovop/kesiapan/sentra/`: the clusters within one's reach, each with gates, score and what to do first."""

    def get(self, request: UserRequest) -> HttpResponse:
        asked = ClusterReadinessForm(request.GET, by=request.user)
        if not asked.is_valid():
            return render(request, "ovop/cluster_readiness.html", {"filter": asked, "problems": asked}, status=400)
        narrowed = asked.cleaned_data
        on = narrowed["on"] or timezone.localdate()
        standards = cluster_standards_on(on)
        clusters = _clusters(request.user, narrowed, on, standards)
        order = BY_NAME if narrowed["order"] == "name" or not standards[1] else BY_SCORE
        try:
            page = listing.page_of(clusters, COLUMNS, order, request.GET.get("cursor", ""))
        except listing.BadCursor:
            page = listing.page_of(clusters, COLUMNS, order)
        context = {
            "filter": asked,
            "narrowed": any(value for name, value in narrowed.items() if name not in ("order", "on")),
            "on": on,
            "rows": [{**row, **told_of(cluster_readiness(row, standards))} for row in page.rows],
            "has_standards": any(standards),
            "previous_url": page.previous and with_query(request, cursor=page.previous),
            "next_url": page.next and with_query(request, cursor=page.next),
        }
        return render(request, "ovop/cluster_readiness.html", context)


def _clusters(
    user: User, narrowed: Mapping[str, Any], on: datetime.date, standards: ClusterStandards
) -> QuerySet[Cluster]:
    """The clusters within reach that fit, judged; a province has hundreds."""
    within = Cluster.objects.within_reach(user).current().alias(lower_name=Lower("name"))
    clusters = judged_clusters(holding(within, narrowed["q"], "lower_name"), on, standards=standards)
    for name, column in (("regency", "regency"), ("district", "village__district")):
        if narrowed.get(name):
            clusters = clusters.filter(**{column: narrowed[name]})
    return clusters.filter(ready_passes=narrowed["gates"] == "open") if narrowed["gates"] else clusters
