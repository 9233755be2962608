"""A proposal that mends what a visitor reported: tied to it, decided, told to whoever handles it and to the sender."""

import pytest

from disperin.desk.refusals import NotNow, Refused
from disperin.history.models import Entry
from disperin.inquiries import actions as inquiries
from disperin.inquiries.models import Inquiry, Kind
from disperin.inquiries.workflow import State
from disperin.notices.models import Notice
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.models import Repair
from tests.factories import an_establishment

MESSAGE = "Nama sanggar ini sudah lain."


@pytest.fixture
def record(db):
    return an_establishment(name="Sanggar Ulin")


@pytest.fixture
def inquiry(record):
    return inquiries.receive(kind=Kind.REPORT, record=record, message=MESSAGE)


def begun(inquiry, record, by, **given):
    return actions.draft(directory.get("establishments"), given, by=by, record=record, mends=inquiry)


def handed_in(inquiry, record, by):
    return actions.submit(begun(inquiry, record, by, name="Sanggar Ulin Baru"), by=by, acknowledged=True)


def unread(user):
    return list(Notice.objects.of(user).unread().values_list("title", flat=True))


def test_whoever_begins_a_correction_handles_the_inquiry_and_its_page_shows_how_it_stands(
    inquiry, record, officer, colleague, signed_in
):
    submission = begun(inquiry, record, officer)

    inquiry.refresh_from_db()
    page = signed_in(colleague).get(f"/pertanyaan/{inquiry.number}/").content.decode()
    assert (inquiry.state, inquiry.handled_by) == (State.HANDLED, officer)
    assert f"/usulan/{submission.number}/" in page
    assert {"take_inquiry", "begin_mending"} <= set(Entry.objects.about(inquiry).values_list("verb", flat=True))
    assert unread(colleague) == []  # it is taken up: nobody else has to open what they were told


def test_the_message_stands_where_it_is_mended_and_where_it_is_decided(inquiry, record, officer, verifier, signed_in):
    start = f"/usulan/baru/?daftar=establishments&data={record.number}&pertanyaan={inquiry.number}"
    client = signed_in(officer)
    asked = {"daftar": "establishments", "data": record.number, "pertanyaan": inquiry.number}

    pages = [client.get(start), client.get(client.post("/usulan/baru/", asked)["Location"])]
    submission = Repair.objects.get().submission
    again = client.get(start).content.decode()
    actions.revise(submission, {"name": "Sanggar Ulin Baru"}, by=officer)
    actions.claim(actions.submit(submission, by=officer, acknowledged=True), by=verifier)
    pages.append(client.get(f"/usulan/{submission.number}/"))
    pages.append(signed_in(verifier).get(f"/usulan/{submission.number}/periksa/"))

    assert [MESSAGE in page.content.decode() for page in pages] == [True] * 4
    assert 'name="tie"' in again  # of a draft that is there already


def test_a_verified_correction_offers_its_answer_and_the_sender_sees_it(
    inquiry, record, officer, verifier, client, signed_in
):
    submission = actions.claim(handed_in(inquiry, record, officer), by=verifier)
    desk = signed_in(verifier)

    decided = desk.post(f"/usulan/{submission.number}/periksa/", {"decision": "verify", "round": "1"})
    page = desk.get(decided["Location"]).content.decode()

    inquiry.refresh_from_db()
    assert decided["Location"] == f"/pertanyaan/{inquiry.number}/#jawaban"
    assert "Terima kasih atas laporan Anda. Data “Sanggar Ulin Baru” sudah diperbaiki pada" in page
    assert unread(officer) == [f"Terverifikasi: {submission.title}", f"Sudah diperbaiki: {inquiry.number}"]
    assert inquiry.mended_at is not None
    assert "Data diperbaiki" in client.get(f"/lacak/{inquiry.number}/").content.decode()
    assert client.get(f"/api/v1/inquiries/{inquiry.number}/").json()["mended_at"]
    inquiries.answer(inquiry, text="Sudah diperbaiki.", by=verifier)
    assert unread(officer) == [f"Terverifikasi: {submission.title}"]


def test_a_rejected_correction_is_told_to_whoever_handles_the_inquiry(inquiry, record, officer, colleague, verifier):
    submission = handed_in(inquiry, record, officer)
    inquiries.take(inquiry, by=colleague)

    actions.reject(submission, by=verifier, round=1, note="Belum terbukti.")

    inquiry.refresh_from_db()
    assert unread(colleague) == [f"Belum diperbaiki: {inquiry.number}"]
    assert "Belum terbukti." in Notice.objects.of(colleague).first().body
    assert (inquiry.mended_at, inquiry.state) == (None, State.HANDLED)


def test_nothing_is_tied_to_what_has_ended_lies_elsewhere_or_is_about_something_else(
    inquiry, record, officer, officer_there
):
    other = an_establishment(name="Lain")
    with pytest.raises(NotNow):
        begun(inquiry, other, officer)
    with pytest.raises(Refused):
        inquiries.begin_mending(inquiry, submission="AJU-6307-000001", by=officer_there)
    inquiries.answer(inquiry, text="Sudah benar.", by=officer)
    with pytest.raises(NotNow):
        begun(inquiry, record, officer)
    assert Repair.objects.count() == 0
    assert Inquiry.objects.get().mended_at is None
