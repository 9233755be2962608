"""Closing says why, the end of the business among the reasons; versions tell when a record was closed and reopened."""

import datetime
import re
from html import unescape

from django.test import Client
from django.utils import timezone

from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.closing import closing_form
from disperin.submissions.models import Submission
from disperin.ui import formats
from industries.models import Cluster, Establishment
from tests.factories import a_cluster, a_partnership, an_establishment, an_issue

A_WEEK = datetime.timedelta(days=7)
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
    assert "Usaha tutup pada 2 November 2026." in Client().get(f"/industri/{record.number}/").text
    assert f"Keadaan terbuka {told}" in versions(client, record)
    assert "Usulkan pembukaan kembali" in versions(client, record)
    for text in ("Usulkan perubahan", "Pulihkan"):
        assert text not in versions(client, record)

    begun = client.post("/usulan/baru/", {"daftar": "establishments", "data": record.number, "jenis": "reopen"})
    assert 'id="steps-done"' not in client.get(begun["Location"]).content.decode()  # it has nothing to fill in
    actions.withdraw(Submission.objects.get(number=begun["Location"].split("/")[-3]), by=officer)
    decided(record, "reopen", {}, by=officer, verifier=verifier)
    assert f"Keadaan {told} terbuka" in versions(client, record)
    assert "Tidak ada perbedaan" in versions(client, record, dari=1, ke=3)
    assert Establishment.objects.current().get() == record


def test_a_closed_record_says_of_no_present_what_was_so_until_then(client, administrator):
    ended, moved, cluster = an_establishment(), an_establishment(), a_cluster()
    known = an_establishment(activity="tutup")
    for record, reason in ((ended, "ended"), (moved, "moved"), (cluster, "ended"), (known, "ended")):
        given = {"closed_on": "2026-11-02", "closed_reason": reason}
        actions.publish(directory.of(type(record)), given, by=administrator, record=record, kind="close")

    for record, address in ((ended, "industri"), (moved, "industri"), (cluster, "sentra"), (known, "industri")):
        page = client.get(f"/{address}/{record.number}/").text
        assert "Keterangan di halaman ini tercatat sampai saat itu." in page, record
        assert not re.search(r"<dt[^>]*>\s*Kegiatan\s*</dt>", page), record
    for record, is_said in ((moved, True), (ended, False), (known, True)):
        assert ("Kegiatan ketika data ditutup" in client.get(f"/industri/{record.number}/").text) is is_said, record


def test_a_day_of_closing_does_not_contradict_what_the_record_says(officer, officer_there, administrator):
    here, there = an_establishment(founded_year=1998), an_establishment(regency="63.06", founded_year=None)
    partnership, issue = a_partnership(since="2020-03-01"), an_issue(opened_on="2025-03-01")
    cases = (
        (here, "1900-01-01", "“tahun berdiri” berisi 1998"),
        (here, "1997-12-31", "“tahun berdiri” berisi 1998"),
        (here, "1998-01-01", ""),
        (there, "1900-01-01", ""),
        (partnership, "2020-02-29", "“sejak” berisi 1 Maret 2020"),
        (partnership, "2020-03-01", ""),
        (issue, "2025-02-28", "berisi 1 Maret 2025"),
    )
    for record, day, refused in cases:
        form = closing_form(directory.of(type(record)))({"closed_on": day, "closed_reason": "ended"}, instance=record)
        told = " ".join(str(one) for errors in form.problems.values() for error in errors for one in error)
        assert (refused in told) if refused else not told, (record, day, told)
    today = timezone.localdate()
    for day, asked in ((today, False), (today - datetime.timedelta(days=1), True)):
        form = closing_form(REGISTER)({"closed_on": str(day), "closed_reason": "ended"}, instance=here)
        assert form.is_valid()
        assert [path for path, _text in form.remarks()] == ["closed_on"] * asked


def test_whoever_asks_is_told_when_it_left_the_lists_not_what_day_was_entered(administrator):
    record = an_establishment()
    given = {"closed_on": "2026-01-02", "closed_reason": "moved"}
    actions.publish(REGISTER, given, by=administrator, record=record, kind="close")

    told = Client().get(f"/industri/{record.number}/").text
    assert f"keluar dari daftar pada {formats.day(timezone.localdate())}" in told


def test_whoever_says_that_a_business_closed_down_is_pointed_to_its_closing(officer):
    record = an_establishment()
    held = REGISTER.form.recorded(record)

    def remarks(record, **values):
        form = REGISTER.form({**held, **values}, instance=record)
        assert form.is_valid()
        return {path: text for path, text in form.remarks() if path == "activity"}

    assert "Usulkan penutupan" in remarks(record, activity="tutup")["activity"]
    assert remarks(record, activity="berhenti_sementara") == {}
    Establishment.objects.filter(pk=record.pk).update(activity="tutup")
    assert remarks(Establishment.objects.get(), activity="tutup", phone="081234567890") == {}


def test_what_became_untrue_since_hinders_no_closing_and_is_said_in_words_where_it_is_to_be_opened_again(
    administrator, officer, verifier, api
):
    """A formed cluster whose members have left, one whose decree says a day to come: neither may stand as it is."""
    formed, early = a_cluster(name="Sentra Ulin"), a_cluster(name="Sentra Kecubung")
    Cluster.objects.filter(pk=formed.pk).update(status="terbentuk")
    Cluster.objects.filter(pk=early.pk).update(decree_number="SK 1", decree_on=timezone.localdate() + A_WEEK)
    closed = {"closed_on": str(timezone.localdate()), "closed_reason": "ended"}

    for cluster, label in ((formed, "Status: "), (early, "Tanggal SK: ")):
        draft = actions.draft(directory.get("clusters"), closed, by=officer, record=cluster, kind="close")
        actions.verify(actions.submit(draft, by=officer, acknowledged=True), by=verifier, round=1)
        assert Cluster.objects.get(pk=cluster.pk).closed_on

        asked = {"register": "clusters", "record_id": cluster.number, "kind": "reopen", "values": {}}
        begun = api(officer).post("/api/v1/submissions/", asked, format="json").json()
        answer = api(officer).post(f"/api/v1/submissions/{begun['number']}/submit/", format="json")
        assert (answer.status_code, answer.json()["errors"]["__all__"][0]["message"][: len(label)]) == (400, label)
