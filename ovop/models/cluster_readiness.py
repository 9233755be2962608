"""Readiness of clusters in the database: the facts of a page of clusters, judged by the office's own dated rows.

The facts are what the registers say now; decrees and stars are those that stand on the day asked for.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from disperin.registers.dated.validity import in_force
from disperin.registers.record import past
from industries.models import Cluster, Coaching, Establishment, Product
from industries.rules import CoachingKind
from ovop import rules
from ovop.models.award import Award
from ovop.models.judging import NUMBER, Weighed, with_judgement
from ovop.models.standards import ClusterFactRow, ClusterGate, ClusterWeight
from ovop.rules import ClusterFact
from ovop.rules.readiness import Judged, Readiness

CLUSTER_FACT_COLUMNS = tuple(f"fact_{fact}" for fact in ClusterFact)
_COACHED = {
    ClusterFact.MANAGEMENT: CoachingKind.MANAGEMENT,
    ClusterFact.FACILITIES: CoachingKind.FACILITIES,
    ClusterFact.ACTIVITIES: CoachingKind.ACTIVITY,
}

ClusterStandards = tuple[list[ClusterGate], list[ClusterWeight]]


def with_cluster_facts(clusters: QuerySet[Cluster], on: datetime.date) -> QuerySet[Any]:
    """Each cluster with `fact_<code>`: how much of each `ClusterFact` it has on a day."""
    return clusters.annotate(**{f"fact_{fact}": _number_of(fact, on) for fact in ClusterFact})


def judged_clusters(clusters: QuerySet[Cluster], on: datetime.date, *, standards: ClusterStandards) -> QuerySet[Any]:
    """As `with_cluster_facts`, each with `ready_passes` and `ready_score` (0 to 100, 0 where nothing weighs)."""
    gates, weights = standards
    return with_judgement(
        with_cluster_facts(clusters, on),
        gates=[_has(gate) for gate in gates],
        weights=[Weighed(_has(row), row.weight) for row in weights],
    )


def cluster_readiness(row: Mapping[str, Any], standards: ClusterStandards) -> Readiness:
    """The `Readiness` of a row of `with_cluster_facts`."""
    gates, weights = standards
    facts = {fact.value: row[f"fact_{fact}"] for fact in ClusterFact}
    return rules.judge(facts, gates=gates, weights=weights)


def readiness_of_cluster(cluster: Cluster, on: datetime.date) -> Readiness:
    """The same of one cluster; three queries."""
    facts = with_cluster_facts(Cluster.objects.filter(pk=cluster.pk), on).values(*CLUSTER_FACT_COLUMNS).get()
    return cluster_readiness(facts, cluster_standards_on(on))


def clusters_told(clusters: Sequence[Cluster]) -> dict[int, dict[str, Any]]:
    """`{primary key: what pages show of its readiness on the day that is read}`; three queries for each."""
    on = past.today()
    return {cluster.pk: {"on": on, **told_of(readiness_of_cluster(cluster, on))} for cluster in clusters}


def told_of(readiness: Readiness) -> dict[str, Any]:
    """What pages show of a judged cluster: its next steps and where each is done, each fact beside what is asked."""
    return {
        "readiness": readiness,
        "steps": [_step(step) for step in readiness.steps],
        "gates": [_fact(judged) for judged in readiness.gates],
        "weights": [_fact(judged) for judged in readiness.weights],
    }


def _step(step: Judged) -> dict[str, Any]:
    return {"text": rules.explain_cluster_step(step), "is_of_members": step.fact in rules.OF_MEMBERS}


def _fact(judged: Judged) -> dict[str, Any]:
    label, is_number = ClusterFact(judged.fact).label, judged.fact != ClusterFact.DECREE
    return {"label": label, "judged": judged, "is_number": is_number}


def cluster_standards_on(on: datetime.date, *, instead: ClusterFactRow | None = None) -> ClusterStandards:
    """The gates and weights in force on a day; `instead` is a row that replaces the one of its key, or is new."""

    def rows(model: type[ClusterFactRow]) -> list[Any]:
        kept: list[Any] = list(model._default_manager.all())
        if isinstance(instead, model):
            kept = [row for row in kept if row.pk != instead.pk] + [instead]
        return in_force(kept, on)

    return rows(ClusterGate), rows(ClusterWeight)


def moved_clusters(after: ClusterFactRow, on: datetime.date) -> dict[str, int]:
    """How many clusters a changed row would judge differently on a day; `{"opened", "shut", "up", "down", "clusters"}`.

    One pass over the clusters, of which a province has hundreds.
    """
    then, now = cluster_standards_on(on, instead=after), cluster_standards_on(on)
    moved = dict.fromkeys(("opened", "shut", "up", "down", "clusters"), 0)
    rows = with_cluster_facts(Cluster.objects.current(), on).values(*CLUSTER_FACT_COLUMNS)
    for row in rows.iterator():
        current, other = cluster_readiness(row, now), cluster_readiness(row, then)
        moved["clusters"] += 1
        moved["opened"] += other.passes and not current.passes
        moved["shut"] += current.passes and not other.passes
        moved["up"] += (other.score or 0) > (current.score or 0)
        moved["down"] += (other.score or 0) < (current.score or 0)
    return moved


def _has(row: ClusterFactRow) -> Q:
    """The clusters `with_cluster_facts` that have enough of the fact of a gate or weight."""
    return Q(**{f"fact_{row.fact}__gte": row.least})


def _number_of(fact: str, on: datetime.date) -> Any:
    if fact == ClusterFact.DECREE:
        decreed = Q(decree_on__lte=on) & ~Q(decree_number="")
        return Case(When(decreed, then=1), default=0, output_field=NUMBER)
    members = Establishment.objects.current().filter(cluster=OuterRef("pk"))
    if fact == ClusterFact.MEMBERS:
        return _count(members, "cluster")
    if fact == ClusterFact.NIB:
        return _count(members.exclude(nib=""), "cluster")
    if fact == ClusterFact.PRODUCTS:
        return _count(_made().filter(establishment__cluster=OuterRef("pk")), "establishment__cluster")
    if fact == ClusterFact.STARS:
        starred = Award.objects.standing(on).filter(decree_on__lte=on, establishment__cluster=OuterRef("pk"))
        return _count(starred, "establishment__cluster", "product")
    coached = Coaching.objects.filter(closed_on=None, cluster=OuterRef("pk"), kind=_COACHED[ClusterFact(fact)])
    return _count(coached.filter(year__lte=on.year), "cluster")


def _made() -> QuerySet[Product]:
    return Product.objects.made()


def _count(queryset: QuerySet[Any], group: str, what: str = "pk") -> Coalesce:
    counted = queryset.order_by().values(group).annotate(number=Count(what, distinct=what != "pk")).values("number")
    return Coalesce(Subquery(counted), Value(0), output_field=NUMBER)
