"""Rows of an older system: they enter as they are, through the same gate, and say that nobody has checked them."""

import datetime
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from disperin.desk.refusals import NotNow, Refused
from disperin.history.models import Entry
from disperin.notices.models import Notice
from disperin.registers.models import Origin
from disperin.registers.record import directory, rollup
from disperin.submissions.models import Batch, Stock, Submission
from disperin.workbooks import actions, jobs
from disperin.workbooks.importing import bringing_in
from disperin.workbooks.models import State, Workbook
from industries.models import Establishment
from tests.factories import an_establishment, establishment_values
from tests.workbooks.importing.test_jobs import Killed, killed_after
from tests.workbooks.made_files import an_xlsx
from tests.workbooks.rows import HEADINGS, a_row, counts

pytestmark = pytest.mark.thorough

STOCK = Stock("SIINas lama", datetime.date(2024, 5, 3))


@pytest.fixture
def send_old(administrator, tmp_path, done):
    """Sends rows of an older system as the administrator, and gives the workbook as the job leaves it."""
    establishment_values()

    def send_it(*rows, by=administrator, stock=STOCK, headings=HEADINGS):
        file = an_xlsx(tmp_path / "lama.xlsx", ("Data", [headings, *rows]))
        upload = SimpleUploadedFile("lama.xlsx", file.read_bytes())
        register, regency = directory.get("establishments"), Establishment._meta.get_field("regency").related_model
        return done(actions.send, register, regency.objects.get(pk="63.07"), upload, by=by, stock=stock)

    return send_it


def test_new_rows_stand_in_the_register_at_once_and_say_that_nobody_checked_them(
    send_old, administrator, officer, officer_there, done, client
):
    workbook = send_old(a_row("Sasirangan Ayu"), a_row("Batik Budi"), a_row(""))
    assert (workbook.state, workbook.counts) == (State.CHECKED, counts(read=3, new=2, bad=1))
    assert not Establishment.objects.exists()

    workbook = done(actions.submit, workbook, by=administrator)

    assert (workbook.state, workbook.counts) == (State.SUBMITTED, counts(read=3, new=2, bad=1))
    assert {*Establishment.objects.values_list("name", "origin", "version")} == {
        ("Sasirangan Ayu", "older_system", 1),
        ("Batik Budi", "older_system", 1),
    }
    submission = Submission.objects.get(title="Batik Budi")
    assert (submission.status, submission.direct, submission.batch) == ("verified", True, workbook.batch)
    assert Entry.objects.about(submission).get().verb == "bring_in"
    assert (workbook.batch.stock, str(workbook.batch.stock)) == (STOCK, "“SIINas lama”, diambil pada 3 Mei 2024")
    assert Entry.objects.about(workbook.batch).first().detail["number"] == 2
    assert Entry.objects.about(workbook).get(verb="send").detail["stock"] == STOCK.system
    assert rollup.counts_of("establishments")["origin"] == {"older_system": 2}
    page = client.get(f"/industri/{submission.record_number}/").text
    assert Origin.OLDER_SYSTEM.on(Establishment.objects.first().verified_at) in page
    assert Batch.objects.get().state.value == "decided"
    assert [one.path for one in Notice.objects.all()] == ["/usulan/lama/"]
    assert Notice.objects.get().recipient == officer


def test_each_regency_is_told_of_its_own_rows(send_old, administrator, officer, officer_there, done):
    places = {"Sasirangan Ayu": "63.07", "Batik Budi": "63.07", "Rotan Cici": "63.06"}
    rows = [[*a_row(name, regency=code), code] for name, code in places.items()]
    workbook = send_old(*rows, headings=[*HEADINGS, "Kabupaten/kota"])

    done(actions.submit, workbook, by=administrator)

    told = dict(Notice.objects.values_list("recipient__username", "title"))
    assert told == {
        officer.username: "2 data dari sistem lama perlu diperiksa",
        officer_there.username: "1 data dari sistem lama perlu diperiksa",
    }


def test_its_batch_calls_nothing_verified_that_nobody_checked(send_old, administrator, done, signed_in, api):
    workbook = done(actions.submit, send_old(a_row("Sasirangan Ayu")), by=administrator)
    browser = signed_in(administrator)

    page = browser.get(f"/usulan/berkas/{workbook.batch.number}/")
    submission = browser.get(f"/usulan/{workbook.batch.submissions.get().number}/").text

    assert (page.context["brought"], page.context["verified"]) == (1, 0)
    counts = api(administrator).get(f"/api/v1/batches/{workbook.batch.number}/").json()["counts"]
    assert (counts["brought_in"], counts["verified"]) == (1, 0)
    assert "Dibawa masuk dari sistem lama" in page.text
    assert "Diterbitkan langsung" in submission


def test_what_is_there_already_is_not_overwritten_but_proposed_with_a_note(
    send_old, administrator, verifier, second_verifier, done
):
    record = an_establishment(name="Sasirangan Ayu", nib="1234567890123", phone="08125000111")
    row = a_row("Sasirangan Ayu Baru", nib="1234567890123")
    workbook = send_old(row, a_row("Batik Budi"))
    assert workbook.counts == counts(read=2, new=1, changed=1)

    workbook = done(actions.submit, workbook, by=administrator)

    record.refresh_from_db()
    assert (record.name, record.version) == ("Sasirangan Ayu", 1)
    proposal = Submission.objects.get(record_id=record.pk, direct=False)
    assert (proposal.status, proposal.proposed_by) == ("submitted", administrator)
    assert "SIINas lama" in proposal.message_in_words
    assert workbook.batch.counts()["submitted"] == 1


def test_only_an_administrator_brings_them_in_and_says_from_where_and_when(
    send_old, officer, verifier, administrator, trying
):
    for by in (officer, verifier):
        with pytest.raises(Refused):
            send_old(a_row("Ayu"), by=by)
    for stock, field in (
        (replace(STOCK, system=" "), "older_system"),
        (replace(STOCK, system="x" * 101), "older_system"),
        (replace(STOCK, system="NIK 6307045203850002"), "older_system"),
        (replace(STOCK, extracted_on=None), "extracted_on"),
        (replace(STOCK, extracted_on=datetime.date(2100, 1, 1)), "extracted_on"),
    ):
        with trying(stock), pytest.raises(ValidationError) as raised:
            send_old(a_row("Ayu"), stock=stock)
        assert list(raised.value.error_dict) == [field]
    workbook = send_old(a_row("Ayu"))
    Workbook.objects.update(sent_by=verifier)  # as after handing it on
    with pytest.raises(Refused):
        actions.submit(workbook, by=verifier)


def test_a_job_that_is_killed_brings_in_each_row_once(send_old, administrator, monkeypatch):
    monkeypatch.setattr(bringing_in, "CHUNK", 1)
    workbook = send_old(a_row("Sasirangan Ayu"), a_row("Batik Budi"), a_row("Rotan Citra"))
    actions.submit(workbook, by=administrator)

    with killed_after(monkeypatch, bringing_in.batches, "bring_in", 2), pytest.raises(Killed):
        jobs.work_on.func(str(workbook.pk))
    jobs.work_on.func(str(workbook.pk))

    workbook.refresh_from_db()
    assert (workbook.state, workbook.new) == (State.SUBMITTED, 3)
    assert Establishment.objects.count() == Submission.objects.filter(batch=workbook.batch).count() == 3


def test_a_row_whose_record_came_meanwhile_is_told_anew(send_old, administrator, done):
    workbook = send_old(a_row("Sasirangan Ayu", nib="1234567890123"), a_row("Batik Budi"))
    an_establishment(name="Sasirangan Ayu Lain", nib="1234567890123")

    workbook = done(actions.submit, workbook, by=administrator)

    assert (workbook.state, workbook.counts) == (State.SUBMITTED, counts(read=2, new=1, changed=1))
    assert Establishment.objects.filter(origin=Origin.OLDER_SYSTEM).count() == 1


def test_page_api_and_command_ask_the_same(administrator, officer, signed_in, api, tmp_path, send_old):
    browser = signed_in(administrator)
    path = an_xlsx(tmp_path / "lama.xlsx", ("Data", [HEADINGS, a_row("Sasirangan Ayu")]))

    def file():
        return SimpleUploadedFile("lama.xlsx", path.read_bytes())

    given = {"daftar": "establishments", "kabupaten": "63.07", "older_system": "SIINas lama"}
    refused = browser.post("/usulan/impor/", {**given, "file": file()})
    sent = browser.post("/usulan/impor/", {**given, "file": file(), "extracted_on": "2024-05-03"})
    told = {"register": "establishments", "regency": "63.07", "older_system": "SIINas lama"}
    wrong = api(administrator).post(
        "/api/v1/workbooks/", {**told, "file": file(), "extracted_on": "2024-13-03"}, format="multipart"
    )
    by_api = api(administrator).post(
        "/api/v1/workbooks/", {**told, "file": file(), "extracted_on": "2024-05-03"}, format="multipart"
    )
    call_command(
        "import_register", "establishments", str(path), by=administrator.username, regency="63.07", submit=True,
        older_system="SIINas lama", extracted_on=datetime.date(2024, 5, 3),
    )  # fmt: skip

    assert (refused.status_code, list(refused.context["form"].errors)) == (400, ["extracted_on"])
    assert "SIINas lama" in Workbook.objects.get(pk=sent.url.split("/")[-2]).older_system
    assert (wrong.status_code, by_api.status_code, by_api.data["older_system"]) == (400, 202, "SIINas lama")
    assert Establishment.objects.get().origin == Origin.OLDER_SYSTEM
    assert "older_system" not in signed_in(officer).get("/usulan/impor/").text
    with pytest.raises(NotNow):
        actions.withdraw(Workbook.objects.get(state=State.SUBMITTED), by=administrator)
