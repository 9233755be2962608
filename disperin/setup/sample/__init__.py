"""Sample data: invented people, makers and proposals in the real regions, for looking around and trying things out."""

import random
from collections.abc import Callable

from django.conf import settings
from django.db import transaction

from disperin.accounts.models import User
from disperin.regions.models import Regency
from disperin.setup import zones as known_zones
from disperin.setup.sample import (
    assistance,
    chains,
    clusters,
    forums,
    green,
    halal,
    imports,
    industry_services,
    inquiries,
    inspections,
    makers,
    news,
    nominations,
    office,
    ovop,
    pairs,
    partnerships,
    people,
    plans,
    proposals,
    reports,
    sample_file,
    zones,
)
from industries.actions import order_idle
from industries.models import Establishment


class NotPossible(RuntimeError):
    """Sample data cannot be loaded here; the text says why and what to do."""


def accounts() -> str:
    """Who may sign in to the demo, as text."""
    regencies = list(Regency.objects.all())
    home = next((regency for regency in regencies if regency.pk == settings.PROVINCE.example.regency), regencies[0])
    rows = [(f"petugas.{home.plain_code}", f"officer of {home.name}; petugas.<code> for each of the {len(regencies)}")]
    rows += [("verifikator1 verifikator2", "verifiers of the province"), ("kadis", "head of the office")]
    lines = "".join(f"    {name:25}  {who}\n" for name, who in [*rows, ("admin", "administrator")])
    return f"  The demo's accounts, password {sample_file.password()}:\n{lines}"


def is_there() -> bool:
    """Is there anything already that sample data would mix with?"""
    return Establishment.objects.exists() or User.objects.filter(username__in=people.usernames()).exists()


@transaction.atomic
def load(*, establishments: int, seed: int, say: Callable[[str], None]) -> None:
    """Load accounts, clusters, that many establishments and a few proposals in every state: all of it or nothing.

    The same `seed` gives the same data. `say` hears how far it is. A province without samples gets its accounts only.
    Raises NotPossible without reference data.
    """
    if not Regency.objects.exists():
        raise NotPossible("There are no regions yet. Run `manage.py load_reference` first.")
    chance = random.Random(seed)  # noqa: S311 -- dice for sample data, nothing secret
    cast = people.create()
    say(f"{len(cast)} accounts")
    known = known_zones.load(by=cast["admin"])
    if not sample_file.is_there():
        say(f"{len(known)} industrial zones")
        say(f"{settings.PROVINCE.folder} has no {sample_file.FILE}: the registers stay empty")
        return
    made = clusters.create(chance, by=cast["admin"], most=max(1, establishments // 25))
    say(f"{len(made)} clusters")
    workshop = makers.Workshop(chance, by=cast["admin"], clusters=made)
    records = []
    for number in range(1, establishments + 1):
        records.append(workshop.publish_one())
        if number % 100 == 0 or number == establishments:
            say(f"{number} of {establishments} establishments")
    clusters.name_the_formed(chance, made, by=cast["admin"])
    workshop.close_some(records)
    say(f"{len(ovop.create(chance, by=cast['admin'], most=24))} awards")
    say(f"{nominations.create(chance, cast)} nominations")
    zone = zones.create(chance, by=cast["admin"])
    say(f"{len(known)} industrial zones and {zone.name}")
    say(f"{proposals.create(chance, workshop, records, cast)} proposals")
    say(f"{len(halal.create(chance, records, by=cast['admin']))} halal certifications")
    say(f"{len(green.create(chance, records, by=cast['admin']))} green-industry certifications")
    say(f"{len(chains.create())} steps of downstream chains")
    say(f"{imports.create(workshop, records, cast)} imported file")
    say(f"{halal.hand_out(chance, by=cast['verifikator1'])} halal tasks")
    say(f"{inquiries.create(cast)} inquiries")
    say(f"{len(partnerships.create(chance, records, zone, by=cast['admin']))} partnerships")
    say(f"{len(assistance.create(chance, records, by=cast['admin']))} events of assistance")
    say(f"{len(news.create(by=cast['admin']))} pieces of news")
    say(f"{len(forums.create(by=cast['admin']))} commitments of forums")
    say(f"{forums.write_letters(by=cast['verifikator1'])} letters that ask for data")
    say(f"{len(plans.create(by=cast['admin']))} indicators")
    say(f"{len(inspections.create(records, zone, by=cast['admin']))} inspections")
    say(f"{len(reports.create(records, by=cast['admin']))} quarterly reports")
    say(f"{len(industry_services.create(seed, workshop))} industry services")
    say(f"{len(zones.create_projects(by=cast['admin']))} national projects that are no zone")
    say(f"{pairs.create(records, by=cast['admin'])} likely duplicates")
    order_idle()  # the daily work marks the first month
    say(f"{office.create(by=cast['admin'])} alerts")
