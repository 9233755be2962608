"""A long walk through everything that is done to makers: on each day of it, what is read as of that day is what was."""

import csv
import datetime
import io
import json
import random
from collections import Counter

from django.test import Client
from django.utils import timezone

from disperin.registers.models import Hidden
from disperin.registers.record import group_sums, past, rollup
from industries.models import Establishment
from tests.budget import DEEP
from tests.registers.walk import BRANCHES, DEEDS, Walk

STEPS, ASKED = (1_000, 40) if DEEP else (40, 5)  # how long it is, and on how many days everything is asked
LIST, API = "/industri/", "/api/v1/establishments/"


def test_every_day_of_a_long_walk_is_read_as_it_was_everywhere(officer, verifier):
    first = timezone.localdate() - datetime.timedelta(days=STEPS)
    walk = Walk(14, officer, verifier)
    walk.go(STEPS, first)
    if DEEP:
        assert not [name for name in DEEDS if not walk.done[name]], walk.done
    away = set(Establishment.objects.filter(hidden=True).values_list("pk", flat=True))
    gone = {one.record_id for one in Hidden.objects.exclude(ended_with="") if not one.path} | away
    expected = {day: {pk: row for pk, row in rows.items() if pk not in away} for day, rows in walk.seen.items()}

    for day, rows in expected.items():
        with past.reading(day):
            found = walk.read()
            counts = rollup.counts_of("establishments")
            kept_sums = group_sums.read("establishments", Establishment, "branch")
            counted = group_sums.summed_up(Establishment.objects.all(), ("", "branch"))
        kept = {pk: row for pk, row in rows.items() if pk in found or pk not in gone}
        assert {pk: row[:3] for pk, row in found.items()} == {pk: row[:3] for pk, row in kept.items()}, day
        assert (+kept_sums.total, +kept_sums.given) == (counted.total, counted.given), day
        told = {pk: row[3] for pk, row in found.items() if row[3]}
        assert told.items() <= {(pk, row[3]) for pk, row in rows.items()}, day
        assert counts.get("all", {"": 0})[""] == len(found), day
        assert counts.get("branch", {}) == Counter(row[2] for row in found.values()), day
        assert counts.get("regency", {}) == Counter(row[1] for row in found.values()), day
        expected[day] = found

    visitor = Client()
    for day in random.Random(5).sample(sorted(expected), ASKED):  # noqa: S311
        rows, asked = expected[day], {"as_of": day.isoformat()}
        names = sorted(row[0] for row in rows.values())
        in_branch = [name for name, _regency, branch, _story in rows.values() if branch == BRANCHES[0]]
        listed = visitor.get(LIST, asked).context["counts"]
        assert listed.total == len(rows), day
        assert dict(listed.of.get("branch", {})) == Counter(row[2] for row in rows.values()), day
        assert visitor.get(LIST, asked | {"branch": BRANCHES[0]}).context["counts"].total == len(in_branch), day
        assert sorted(from_api(visitor, asked)) == names, day
        assert sorted(from_api(visitor, asked | {"branch": BRANCHES[0]})) == sorted(in_branch), day
        shown = json.loads(visitor.get(f"{LIST}peta.json", asked).content)["features"]
        placed = Establishment.objects.filter(pk__in=rows, public_latitude__isnull=False).count()
        assert len(shown) == placed, day
        file = visitor.get("/unduh/establishments.csv", asked)
        written = csv.DictReader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig")))
        assert sorted(row["name"] for row in written) == names, day
        assert f"as-of-{day.isoformat()}" in file["Content-Disposition"]
        figure = visitor.get("/api/v1/figures/establishments.branch/", asked).json()
        assert figure["whole"] == len(rows), day
        assert {row["code"]: row["number"] for row in figure["rows"]} == Counter(row[2] for row in rows.values()), day


def from_api(visitor, asked):
    """The names of every row that the API gives, page by page."""
    page = visitor.get(API, asked | {"page_size": 20}).json()
    found = [row["name"] for row in page["results"]]
    while page["next"]:
        page = visitor.get(page["next"]).json()
        found += [row["name"] for row in page["results"]]
    return found
