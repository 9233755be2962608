"""Clusters of the sample: where a craft is at home, begun as potential ones and named once they have their members."""

import datetime
import random
from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from disperin.accounts.models import User
from disperin.regions.models import Village
from disperin.registers.record import directory
from disperin.setup.sample import sample_file
from disperin.setup.sample.sample_file import Craft
from disperin.submissions import actions
from industries.models import Cluster, Commodity
from industries.rules import MINIMUM_CLUSTER_MEMBERS, ClusterStatus

MEMBERS = 7  # at most, of one cluster


@dataclass
class Group:
    """A cluster with its craft and village, and how many makers still find room in it."""

    record: Cluster
    craft: Craft
    village: Village
    room: int = MEMBERS


def create(chance: random.Random, *, by: User, most: int) -> list[Group]:
    """Publish clusters for the commodities of the province, at most `most`, in villages drawn by `chance`."""
    register = directory.get("clusters")
    homes = dict(Commodity.objects.values_list("pk", "regency_codes"))
    villages = defaultdict(list)
    for village in Village.objects.select_related("district"):
        villages[village.regency_id].append(village)
    pairs = [
        (craft, regency)
        for craft in sample_file.read().crafts
        if craft.commodity and not craft.is_factory
        for regency in homes.get(craft.commodity, [])[:2]
        if villages[regency]
    ]
    chance.shuffle(pairs)
    groups = []
    for craft, regency in pairs[:most]:
        village = chance.choice(villages[regency])
        values = {
            "name": f"Sentra {craft.names[0]} {village.name}",
            "commodity": craft.commodity,
            "regency": regency,
            "village": village.pk,
            "status": ClusterStatus.POTENTIAL,
        }
        groups.append(Group(actions.publish(register, values, by=by), craft, village))
    return groups


def name_the_formed(chance: random.Random, groups: list[Group], *, by: User) -> None:
    """Where enough makers have joined, say so: formed, or named by an (invented) decree and working."""
    register = directory.get("clusters")
    for number, group in enumerate(groups, start=1):
        if group.record.member_count() < MINIMUM_CLUSTER_MEMBERS:
            continue
        values: dict[str, object] = {"status": ClusterStatus.FORMED}
        if chance.random() < 0.5:
            decreed = timezone.localdate() - datetime.timedelta(days=chance.randint(60, 1500))
            values = {
                "status": ClusterStatus.ACTIVE,
                "decree_number": f"CONTOH/{number:03}/{decreed.year}",
                "decree_on": decreed.isoformat(),
            }
        actions.publish(register, values, by=by, record=group.record)
