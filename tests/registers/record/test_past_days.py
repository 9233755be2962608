"""A long walk through everything that is done to makers: on each day of it, what is read as of that day is what was."""

import csv
import datetime
import io
import json
import random
from collections import Counter

import time_machine
from django.test import Client
from django.utils import timezone

from disperin.desk.refusals import NotNow, Refused
from disperin.duplicates import actions as duplicates
from disperin.registers.models import Hidden, Merge
from disperin.registers.record import directory, past, rollup
from disperin.submissions import actions
from disperin.submissions.batches import actions as batches
from disperin.submissions.models import Submission
from industries.models import Establishment
from tests.budget import DEEP
from tests.factories import RegencyFactory, an_administrator, an_establishment, establishment_values
from tests.registers.days import put_on

STEPS, ASKED = (1_000, 40) if DEEP else (40, 5)  # how long it is, and on how many days everything is asked
REGENCIES, BRANCHES = ("63.07", "63.71"), ("pangan", "sandang_kulit", "logam_elektronika")
LIST, API = "/industri/", "/api/v1/establishments/"
POINTS = {"63.07": {"latitude": "-2.58", "longitude": "115.38"}}  # the others are on no map


class Walk:
    """Does one thing after another, by the verbs of the portal, and remembers what was read at the end of each day."""

    def __init__(self, seed, officer, verifier):
        self.chance, self.officer, self.verifier, self.admin = (
            random.Random(seed),  # noqa: S311 - no secret
            officer,
            verifier,
            an_administrator(),
        )
        self.register, self.seen, self.done = directory.get("establishments"), {}, Counter()

    def go(self, steps, first):
        deeds = [self.make, self.make, self.change, self.change, self.close, self.reopen, self.merge, self.undo]
        deeds += [self.hide, self.lift, self.uncover, self.batch]
        for at in range(steps):
            day = first + datetime.timedelta(days=at // 2)
            with time_machine.travel(
                datetime.datetime.combine(day, datetime.time(4, at % 2), datetime.UTC), tick=False
            ):
                deed = self.chance.choice(deeds)
                try:
                    self.done[deed.__name__] += bool(deed(at))
                except (NotNow, Refused) as refused:
                    self.done[f"{deed.__name__}: {type(refused).__name__}"] += 1
                put_on(timezone.now())
            self.seen[day] = self.read()

    def read(self):
        return {one.pk: (one.name, one.regency_id, one.branch, one.story_id) for one in Establishment.objects.current()}

    def one(self, **asked):
        found = list(Establishment.objects.filter(hidden=False, **asked).order_by("pk"))
        return self.chance.choice(found) if found else None

    def publish(self, record, given, **kind):
        return record and actions.publish(self.register, given, by=self.admin, record=record, **kind)

    def values(self, at):
        return {"name": f"Usaha {at}", "branch": self.chance.choice(BRANCHES), "story_id": f"Kisah {at}"}

    def make(self, at):
        regency = self.chance.choice(REGENCIES)
        return an_establishment(regency=regency, **self.values(at), **POINTS.get(regency, {}))

    def change(self, at):
        return self.publish(self.one(closed_on=None), self.values(at))

    def close(self, at):
        given = {"closed_on": timezone.localdate().isoformat(), "closed_reason": self.chance.choice(("ended", "moved"))}
        return self.publish(self.one(closed_on=None), given, kind="close")

    def reopen(self, at):
        return self.publish(self.one(closed_on__isnull=False), {}, kind="reopen")

    def merge(self, at):
        keep, drop = self.one(closed_on=None), self.one(closed_on=None)
        return keep and keep.pk != drop.pk and duplicates.merge(self.register, keep, drop, by=self.verifier)

    def undo(self, at):
        made = Merge.objects.standing().order_by("pk").last()
        return made and duplicates.unmerge(made, by=self.verifier)

    def hide(self, at):
        record, path = self.one(closed_on=None), self.chance.choice(("", "story_id"))
        return record and actions.hide(self.register, record, path, reason="Diminta.", by=self.admin)

    def lift(self, at):
        hidden = Hidden.objects.live().order_by("pk").last()
        return hidden and actions.lift(hidden, reason="Sudah benar.", by=self.admin)

    def uncover(self, at):
        """What is hidden is replaced by a verified change: what stood there before stays away for ever."""
        hidden = Hidden.objects.live().order_by("pk").first()
        return hidden and self.verify([self.proposed(at, Establishment.objects.get(pk=hidden.record_id))])

    def batch(self, at):
        new = establishment_values(**self.values(f"{at} berkas"))
        changed = self.one(closed_on=None, regency="63.07")
        return self.verify([self.submitted(new), *([self.proposed(at, changed)] if changed else [])])

    def proposed(self, at, record):
        if record.closed_on or record.regency_id != self.officer.regency_id:
            raise NotNow("not of this officer")
        return self.submitted(self.values(at), record=record)

    def submitted(self, given, record=None):
        return actions.submit(
            actions.draft(self.register, given, by=self.officer, record=record), by=self.officer, acknowledged=True
        )

    def verify(self, some):
        batches.verify_many(Submission.objects.filter(pk__in=[one.pk for one in some]), by=self.verifier)
        return not Submission.objects.filter(status="submitted").exists()


def test_every_day_of_a_long_walk_is_read_as_it_was_everywhere(officer, verifier):
    for code in REGENCIES:
        RegencyFactory(code=code)
    first = timezone.localdate() - datetime.timedelta(days=STEPS)
    walk = Walk(14, officer, verifier)
    walk.go(STEPS, first)
    if DEEP:
        assert not [name for name in ("make", "change", "close", "reopen", "merge", "undo", "hide", "lift", "uncover",
                                      "batch") if not walk.done[name]], walk.done  # fmt: skip
    away = set(Establishment.objects.filter(hidden=True).values_list("pk", flat=True))
    gone = {one.record_id for one in Hidden.objects.exclude(ended_with="") if not one.path} | away
    expected = {day: {pk: row for pk, row in rows.items() if pk not in away} for day, rows in walk.seen.items()}

    for day, rows in expected.items():
        with past.reading(day):
            found = walk.read()
            counts = rollup.counts_of("establishments")
        kept = {pk: row for pk, row in rows.items() if pk in found or pk not in gone}
        assert {pk: row[:3] for pk, row in found.items()} == {pk: row[:3] for pk, row in kept.items()}, day
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
