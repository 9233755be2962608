"""Whatever is done to makers, one thing after another, by the verbs of the portal."""

import datetime
import random
from collections import Counter

import time_machine
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from disperin.desk.refusals import NotNow, Refused
from disperin.duplicates import actions as duplicates
from disperin.regions.models import Regency
from disperin.registers.models import Hidden, Merge
from disperin.registers.record import directory
from disperin.registers.record.versions import values_at, versions_of
from disperin.submissions import actions
from disperin.submissions.batches import actions as batches
from disperin.submissions.models import Submission
from disperin.workbooks import actions as workbooks
from disperin.workbooks.jobs import work_on
from disperin.workbooks.models import Workbook
from industries.models import Establishment
from tests.factories import RegencyFactory, an_administrator, an_establishment, establishment_values
from tests.registers.days import put_on
from tests.workbooks.rows import HEADINGS, a_row

REGENCIES, BRANCHES = ("63.07", "63.71"), ("pangan", "sandang_kulit", "logam_elektronika")
POINTS = {"63.07": {"latitude": "-2.58", "longitude": "115.38"}}  # the others are on no map
DEEDS = (
    "make", "change", "verify", "close", "reopen", "merge", "undo", "restore", "hide", "lift", "uncover", "batch",
    "load",
)  # fmt: skip


class Walk:
    """Does one thing after another, and remembers what was read at the end of each day."""

    def __init__(self, seed, officer, verifier):
        self.chance = random.Random(seed)  # noqa: S311 - no secret
        self.officer, self.verifier, self.admin = officer, verifier, an_administrator()
        self.register, self.seen, self.done = directory.get("establishments"), {}, Counter()
        for code in REGENCIES:
            RegencyFactory(code=code)

    def go(self, steps, first):
        """So many steps, two on a day; new makers and changes twice as often as anything else."""
        some = [*DEEDS, "make", "change"]
        for at in range(steps):
            day = first + datetime.timedelta(days=at // 2)
            moment = datetime.datetime.combine(day, datetime.time(4, at % 2), datetime.UTC)
            with time_machine.travel(moment, tick=False):
                self.step(self.chance.choice(some), at)
                put_on(timezone.now())
            self.seen[day] = self.read()

    def step(self, deed, at):
        """Do one thing, if it can be done just then; what is refused leaves nothing behind."""
        try:
            with transaction.atomic():
                self.done[deed] += bool(getattr(self, deed)(at))
        except (NotNow, Refused, ValidationError) as refused:
            self.done[f"{deed}: {type(refused).__name__}"] += 1

    def read(self):
        return {one.pk: (one.name, one.regency_id, one.branch, one.story_id) for one in Establishment.objects.current()}

    def one(self, **asked):
        found = list(Establishment.objects.filter(hidden=False, **asked).order_by("pk"))
        return self.chance.choice(found) if found else None

    def publish(self, record, given, **kind):
        return record and actions.publish(self.register, given, by=self.admin, record=record, **kind)

    def values(self, at):
        stated = sum(map(ord, str(at)))  # some state nothing
        return {
            "name": f"Usaha {at}", "branch": self.chance.choice(BRANCHES), "story_id": f"Kisah {at}",
            "workers_male": stated % 7 or None, "annual_sales": 1_000_000 * (stated % 3) or None,
        }  # fmt: skip

    def make(self, at):
        regency = self.chance.choice(REGENCIES)
        return an_establishment(regency=regency, **self.values(at), **POINTS.get(regency, {}))

    def change(self, at):
        return self.publish(self.one(closed_on=None), self.values(at))

    def verify(self, at):
        """Proposed by an officer and verified by itself."""
        record = self.one(closed_on=None, regency="63.07")
        proposed = record and self.proposed(at, record)
        return proposed and actions.verify(proposed, by=self.verifier, round=proposed.round)

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

    def restore(self, at):
        """What a record held at an earlier version is proposed anew, and verified."""
        record = self.one(closed_on=None, regency="63.07", version__gt=1)
        if record is None:
            return False
        versions = versions_of(record)
        held = values_at(self.register, record, self.chance.choice(versions[1:]), versions)
        proposed = self.submitted(held, record=record)
        return actions.verify(proposed, by=self.verifier, round=proposed.round)

    def hide(self, at):
        record, path = self.one(closed_on=None), self.chance.choice(("", "story_id"))
        return record and actions.hide(self.register, record, path, reason="Diminta.", by=self.admin)

    def lift(self, at):
        hidden = Hidden.objects.live().order_by("pk").last()
        return hidden and actions.lift(hidden, reason="Sudah benar.", by=self.admin)

    def uncover(self, at):
        """What is hidden is replaced by a verified change: what stood there before stays away for ever."""
        hidden = Hidden.objects.live().order_by("pk").first()
        if hidden is None:
            return False
        proposed = self.proposed(at, Establishment.objects.get(pk=hidden.record_id))
        return actions.verify(proposed, by=self.verifier, round=proposed.round)

    def batch(self, at):
        new = establishment_values(**self.values(f"{at} berkas"))
        changed = self.one(closed_on=None, regency="63.07")
        return self.decided([self.submitted(new), *([self.proposed(at, changed)] if changed else [])])

    def load(self, at):
        """A file with a maker that is new, and with one that an earlier file has brought; verified as a batch."""
        rows = [HEADINGS, a_row(f"Usaha {at} impor", nib=f"81200{at:08}")]
        if known := self.one(closed_on=None, regency="63.07", nib__startswith="81200"):
            rows.append(a_row(f"Usaha {at} impor lagi", nib=known.nib))
        text = "\n".join(",".join(cell or "" for cell in row) for row in rows)
        sent = ContentFile(text.encode(), "ikm.csv")
        workbook = workbooks.send(self.register, Regency.objects.get(pk="63.07"), sent, by=self.officer)
        workbook = self.worked_on(workbook)
        workbook = self.worked_on(workbooks.submit(workbook, by=self.officer, acknowledged=True))
        return self.decided(workbook.batch.submissions.all())

    def worked_on(self, workbook):
        work_on.func(str(workbook.pk))
        return Workbook.objects.get(pk=workbook.pk)

    def proposed(self, at, record):
        if record.closed_on or record.regency_id != self.officer.regency_id:
            raise NotNow("not of this officer")
        return self.submitted(self.values(at), record=record)

    def submitted(self, given, record=None):
        return actions.submit(
            actions.draft(self.register, given, by=self.officer, record=record), by=self.officer, acknowledged=True
        )

    def decided(self, some):
        """Verified together; whether any of them could be."""
        found = Submission.objects.filter(pk__in=[one.pk for one in some])
        batches.verify_many(found, by=self.verifier)
        return found.filter(status="verified").exists()
