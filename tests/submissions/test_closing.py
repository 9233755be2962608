"""Closing says why, the end of the business among the reasons; versions tell when a record was closed and reopened."""

import re
from html import unescape

from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.models import Submission
from industries.models import Establishment
from tests.factories import an_establishment

REGISTER = directory.get("establishments")


def decided(record, kind, given, *, by, verifier):
    draft = actions.draft(REGISTER, given, by=by, record=record, kind=kind)
    submission = actions.claim(actions.submit(draft, by=by, acknowledged=True), by=verifier)
    actions.verify(submission, by=verifier, round=1)
    record.refresh_from_db()


def versions(client, record, **query):
    page = client.get(f"/usulan/data/establishments/{record.number}/riwayat/", query).content.decode()
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_a_business_that_ended_is_closed_for_that_reason_and_its_versions_say_so(officer, verifier, signed_in):
    record, client = an_establishment(name="Dapur Ulin"), signed_in(officer)

    begun = client.post("/usulan/baru/", {"daftar": "establishments", "data": record.number, "jenis": "close"})
    assert "Usaha tutup, atau sudah tidak ada" in client.get(begun["Location"]).content.decode()
    actions.withdraw(Submission.objects.get(number=begun["Location"].split("/")[-3]), by=officer)
    decided(record, "close", {"closed_on": "2026-11-02", "closed_reason": "ended"}, by=officer, verifier=verifier)

    told = "ditutup pada 2 November 2026: Usaha tutup, atau sudah tidak ada"
    assert record.closed_reason == "ended"
    assert f"Keadaan terbuka {told}" in versions(client, record)

    decided(record, "reopen", {}, by=officer, verifier=verifier)
    assert f"Keadaan {told} terbuka" in versions(client, record)
    assert "Tidak ada perbedaan" in versions(client, record, dari=1, ke=3)
    assert Establishment.objects.current().get() == record
