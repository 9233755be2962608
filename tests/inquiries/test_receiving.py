"""An inquiry comes in: where it goes, by when it is due, who is told, and what is not taken."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.utils import InternalError

from disperin.accounts.models import Role
from disperin.history.models import Entry
from disperin.inquiries import actions
from disperin.inquiries.models import Holiday, Inquiry, Kind
from disperin.notices.models import Notice
from tests.factories import RegencyFactory, UserFactory, an_establishment
from tests.inquiries.conftest import SECRETS


def code_of(refused, field):
    return [one.code for one in refused.value.error_dict[field]]


def test_a_report_lies_where_its_record_lies_and_has_two_due_days(report, monday):
    inquiry = report()

    assert inquiry.number.startswith("TNY-6307-")
    assert (inquiry.register, inquiry.record_title) == ("establishments", "Sanggar Ulin")
    assert (inquiry.regency_id, inquiry.state) == ("63.07", "received")
    days = [one.isoformat() for one in (inquiry.reply_due_on, inquiry.answer_due_on, inquiry.due_on)]
    assert days == ["2026-11-05", "2026-11-09", "2026-11-05"]


def test_the_day_of_receipt_is_that_of_the_office(question, time_machine):
    time_machine.move_to("2026-11-06T16:00:00+00:00", tick=False)  # Friday 16:00 in London, Saturday in Banjarmasin

    assert question().reply_due_on.isoformat() == "2026-11-11"


def test_the_clock_passes_over_the_holidays_that_are_entered(question, monday):
    Holiday.objects.create(day="2026-11-03", name="Libur", basis="SKB")

    assert question().reply_due_on.isoformat() == "2026-11-06"


def test_the_officers_of_the_place_are_told_and_nobody_else(
    report, officer, officer_there, verifier, mailoutbox, committing
):
    with committing(execute=True):
        inquiry = report(email="")

    notice = Notice.objects.get()
    assert (notice.recipient, notice.path) == (officer, f"/pertanyaan/{inquiry.number}/")
    assert [one.to for one in mailoutbox] == [[officer.email]]


@pytest.mark.parametrize("officer_is_away", [True, False])
def test_the_verifiers_are_told_where_no_officer_is(report, question, verifier, officer, officer_is_away):
    officer.is_active = False
    officer.save()

    report() if officer_is_away else question()

    assert [one.recipient for one in Notice.objects.all()] == [verifier]


def test_the_sender_gets_a_confirmation_that_repeats_nothing_typed(report, mailoutbox, committing):
    with committing(execute=True):
        inquiry = report()

    (mail,) = mailoutbox
    assert mail.to == [SECRETS["email"]]
    assert f"/lacak/{inquiry.number}/" in mail.body
    assert not any(word in mail.subject + mail.body for word in (*SECRETS.values(), inquiry.message))


def test_the_same_form_sent_twice_makes_one_inquiry(report):
    first, again = report(stamp="abc"), report(stamp="abc")
    other = report(stamp="abc", message="Nama juga salah.")

    assert first == again != other


def test_the_same_text_about_the_same_record_is_refused_while_it_is_open(report, question, officer):
    first = report()
    elsewhere = report(record=an_establishment(name="Sanggar Lain"))

    with pytest.raises(ValidationError) as refused:
        report(message=first.message.upper())
    actions.close(first, reason="Selesai.", by=officer)

    assert code_of(refused, "message") == ["duplicate"]
    assert elsewhere != first
    assert report().pk


@pytest.mark.parametrize("field", ["message", "sender_name"])
def test_a_nik_is_never_kept(report, field):
    with pytest.raises(ValidationError) as refused:
        report(**{field: "6307054107900001"})

    assert code_of(refused, field) == ["personal_number"]
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize("field", ["message", "sender_name"])
def test_what_cannot_be_seen_is_never_kept(report, field):
    for text in ("Siti\u202eAminah", "Siti\u0007", "\u200b\u3164"):
        with pytest.raises(ValidationError) as refused:
            report(**{field: text})
        assert list(refused.value.message_dict) == [field]

    assert not Inquiry.objects.exists()


def test_the_history_names_the_record_and_nobody(report):
    inquiry = report()

    entry = Entry.objects.about(inquiry).get()
    assert (entry.verb, entry.actor, entry.target_name) == ("receive_inquiry", None, inquiry.number)
    assert entry.detail == {"kind": "report", "record": inquiry.record_number}


def test_the_database_keeps_the_promises(report, trying):
    inquiry = report()

    for broken in [
        {"consented": False},
        {"kind": Kind.QUESTION, "email": "", "phone": ""},
        {"answer": "Belum berakhir."},
        {"state": "answered"},
        {"forgotten_at": "2026-11-02T00:00:00Z"},
    ]:
        with trying(broken):
            inquiry.refresh_from_db()
            for name, value in broken.items():
                setattr(inquiry, name, value)

            with pytest.raises(IntegrityError), transaction.atomic():
                inquiry.save()


def test_an_inquiry_is_never_deleted_and_an_ended_one_stays_ended(report, officer):
    inquiry = actions.answer(report(), text="Sudah diperbaiki.", by=officer)

    with pytest.raises(InternalError), transaction.atomic():
        Inquiry.objects.all().delete()
    with pytest.raises(InternalError), transaction.atomic():
        Inquiry.objects.filter(pk=inquiry.pk).update(state="received")


def test_two_offices_and_the_province_are_told_apart(report, question):
    RegencyFactory(code="63.06")
    there = an_establishment(name="Sanggar HSS", regency="63.06")
    users = {one: UserFactory(regency=RegencyFactory(code=one)) for one in ("63.06", "63.07")}
    head = UserFactory(role=Role.HEAD)
    found = {report().number: "63.07", report(record=there).number: "63.06", question().number: None}

    for code, user in users.items():
        seen = Inquiry.objects.within_reach(user).values_list("number", flat=True)
        assert [found[number] for number in seen] == [code]
    assert Inquiry.objects.within_reach(head).count() == 3
