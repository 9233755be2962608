"""Who was helped and who never was: what makers and clusters have had, within the regency in which they lie."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q

from disperin.accounts.models import User
from disperin.assistance import rules
from disperin.assistance.models.event import Beneficiary
from disperin.desk import agenda
from industries.models import Cluster, Establishment

MOST_TOLD = 10  # on the page of a maker or a cluster; its list holds all
Helped = dict[int, "Given"]


@dataclass
class Given:
    """What a maker or cluster was given, the newest first, and the address of the list of all of it."""

    url: str
    rows: list[dict[str, Any]] = field(default_factory=list)


_COLUMNS = (
    "assistance__number",
    "assistance__name",
    "assistance__kind",
    "assistance__state",
    "assistance__year",
    "day",
)


def help_of_makers(makers: Sequence[Establishment]) -> Helped:
    """`{primary key: what it is a beneficiary of, the newest first}`, also an empty list; one query."""
    return _help_of("establishment", makers)


def help_of_clusters(clusters: Sequence[Cluster]) -> Helped:
    """The same of clusters."""
    return _help_of("cluster", clusters)


def _help_of(name: str, records: Sequence[Any]) -> Helped:
    helped = {
        record.pk: Given(agenda.address("assistance:assistance-list", **{name: record.number})) for record in records
    }
    rows = Beneficiary.objects.standing().filter(**{f"{name}__in": list(helped)})
    ordered = rows.where_it_lies(name).with_day().order_by(F("day").desc(nulls_last=True), "-assistance_id")
    for row in ordered.values(name, *_COLUMNS)[: MOST_TOLD * max(len(records), 1)]:
        details = {column.removeprefix("assistance__"): row[column] for column in _COLUMNS}
        details |= {"kind_label": rules.Kind(details["kind"]).label, "state_label": rules.State(details["state"]).label}
        helped[row[name]].rows.append(details)
    return helped


NEVER_HELPED = Q(~Exists(Beneficiary.objects.given().filter(establishment=OuterRef("pk"))))  # of establishments


def never_helped(user: User) -> Any:
    """The establishments within reach to which nothing was ever handed over under their own name."""
    return Establishment.objects.within_reach(user).current().filter(NEVER_HELPED)


def helped_by(user: User, column: str, *, within: Q | None = None) -> dict[str, int]:
    """`{value of a column of establishments: how many of them have had something}` within reach; one query.

    Only what was given is read, which is little beside all establishments.
    """
    reached = Establishment.objects.within_reach(user).current().filter(within or Q())
    rows = Beneficiary.objects.given().filter(establishment__in=reached).order_by()
    return dict(rows.values_list(f"establishment__{column}").annotate(makers=Count("establishment", distinct=True)))
