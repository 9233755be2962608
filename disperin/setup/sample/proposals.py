"""Proposals of the sample, some in every state, each brought there by the people and the verbs that bring real ones."""

import datetime
import random
from itertools import cycle
from typing import Any

from django.utils import timezone

from disperin.accounts.models import User
from disperin.regions.models import Regency
from disperin.registers.models import ClosedReason
from disperin.registers.record import directory
from disperin.setup.sample.makers import Workshop
from disperin.setup.sample.people import a_phone
from disperin.submissions import actions
from disperin.submissions.models import Kind, Submission
from industries.models import Establishment


def create(chance: random.Random, workshop: Workshop, records: list[Establishment], cast: dict[str, User]) -> int:
    """Bring a few submissions into each state; gives how many."""
    desk = _Desk(chance, workshop, records, cast)
    home, *rest = sorted(workshop.regencies, key=lambda regency: (regency.pk != workshop.sample.home, regency.pk))
    others = cycle(rest or [home])
    desk.drafts(home, next(others))
    for regency in (home, next(others), next(others), next(others)):
        desk.submitted_new(regency)
    for regency in (home, next(others), next(others)):
        desk.submitted_change(regency)
    desk.submitted_closing(next(others))
    desk.claimed(next(others))
    desk.returned(home)
    desk.returned(next(others))
    desk.returned_and_handed_in_again(next(others))
    desk.rejected(next(others))
    desk.withdrawn(next(others))
    desk.verified(home)
    desk.proposed_by_a_verifier(home)
    return desk.made


class _Desk:
    """Where officers and verifiers of the sample do their work."""

    def __init__(
        self, chance: random.Random, workshop: Workshop, records: list[Establishment], cast: dict[str, User]
    ) -> None:
        self.chance, self.workshop, self.cast = chance, workshop, cast
        self.register = directory.get("establishments")
        self.verifier, self.second = cast["verifikator1"], cast["verifikator2"]
        self.untouched = list(Establishment.objects.current().filter(pk__in=[record.pk for record in records]))
        self.made = 0

    def _officer(self, regency: Regency) -> User:
        return self.cast[f"petugas.{regency.plain_code}"]

    def _record(self, regency: Regency) -> Establishment | None:
        """An open record of the regency that no other proposal touches; None in a very small sample."""
        record = next((record for record in self.untouched if record.regency_id == regency.pk), None)
        if record:
            self.untouched.remove(record)
        return record

    def _draft(self, regency: Regency, given: dict, *, record: Establishment | None = None, **more: Any) -> Submission:
        self.made += 1
        return actions.draft(self.register, given, by=self._officer(regency), record=record, **more)

    def _new(self, regency: Regency, *, photo: bool = False) -> Submission:
        values = self.workshop.values(regency)
        if photo:
            values["photo"] = self.workshop.picture("cloth", regency)
        draft = self._draft(regency, values, message="Data contoh: hasil kunjungan lapangan.")
        return actions.submit(draft, by=self._officer(regency), acknowledged=True)

    def drafts(self, home: Regency, other: Regency) -> None:
        self._draft(home, {"name": "Anyaman Bambu (belum lengkap)", "workers_male": "sekitar lima"})
        self._draft(other, self.workshop.values(other))
        if record := self._record(home):
            self._draft(home, {"activity": "berhenti_sementara"}, record=record)

    def submitted_new(self, regency: Regency) -> None:
        self._new(regency, photo=regency.pk == self.workshop.sample.home)

    def submitted_change(self, regency: Regency) -> Submission | None:
        record = self._record(regency)
        if record is None:
            return None
        given = {"phone": a_phone(9000 + self.made), "workers_female": (record.workers_female or 0) + 2}
        products, _typed = self.register.form(instance=record).entered()
        rows = products["products"]
        given["products"] = [*rows, {"name": "Produk baru (contoh)", "unit": "buah", "yearly_capacity": 1200}]
        draft = self._draft(regency, given, record=record, message="Nomor telepon dan tenaga kerja berubah.")
        return actions.submit(draft, by=self._officer(regency), acknowledged=True)

    def submitted_closing(self, regency: Regency) -> None:
        if record := self._record(regency):
            day = timezone.localdate() - datetime.timedelta(days=self.chance.randint(3, 60))
            given = {"closed_on": day.isoformat(), "closed_reason": ClosedReason.MOVED}
            draft = self._draft(
                regency, given, record=record, kind=Kind.CLOSE, message="Usaha pindah ke luar provinsi."
            )
            actions.submit(draft, by=self._officer(regency), acknowledged=True)

    def claimed(self, regency: Regency) -> None:
        actions.claim(self._new(regency), by=self.verifier)

    def returned(self, regency: Regency) -> Submission:
        submission = self._new(regency)
        row = submission.values["products"][0]["key"]
        reasons = {
            "investment": "Nilai investasi belum sesuai dengan lampiran. Mohon diperiksa, tanpa tanah dan bangunan.",
            f"products.{row}.unit": "Satuan produk belum lazim. Gunakan satuan penjualan.",
        }
        return actions.send_back(submission, by=self.verifier, round=submission.round, reasons=reasons)

    def returned_and_handed_in_again(self, regency: Regency) -> None:
        submission, officer = self.returned(regency), self._officer(regency)
        submission = actions.revise(
            submission, {"investment": 45_000_000}, by=officer, message="Sudah diperbaiki sesuai catatan."
        )
        actions.submit(submission, by=officer, acknowledged=True)

    def rejected(self, regency: Regency) -> None:
        submission = self._new(regency)
        note = "Usaha ini sudah terdaftar dengan nama lain di desa yang sama (data contoh)."
        actions.reject(submission, by=self.second, round=submission.round, note=note)

    def withdrawn(self, regency: Regency) -> None:
        actions.withdraw(
            self._new(regency), by=self._officer(regency), note="Data pemilik berubah; diajukan ulang nanti."
        )

    def verified(self, regency: Regency) -> None:
        for submission in (self._new(regency), self.submitted_change(regency)):
            if submission:
                actions.verify(submission, by=self.second, round=submission.round)

    def proposed_by_a_verifier(self, regency: Regency) -> None:
        """Waits for the other verifier: nobody decides on their own proposal."""
        self.made += 1
        draft = actions.draft(self.register, self.workshop.values(regency), by=self.verifier)
        actions.submit(draft, by=self.verifier, acknowledged=True)
