"""The public state, and the pages of the office: lists, filters, steps, and what each of them never tells."""

import datetime
import logging
import re

import pytest

from disperin.history.models import Entry
from disperin.inquiries import actions
from disperin.inquiries.models import Holiday, Inquiry
from disperin.notices.models import Notice
from disperin.registers.record import directory
from disperin.submissions.actions import hide, lift
from tests.factories import an_establishment
from tests.inquiries.conftest import MESSAGE, SECRETS

LIST, TRACK = "/pertanyaan/", "/lacak/"
PERSONAL = (*SECRETS.values(), MESSAGE)


def text_of(answer):
    return answer.content.decode()


def numbers(answer):
    return [row["number"] for row in answer.context["rows"]]


def test_a_number_leads_to_its_state_however_it_is_typed(client, report, trying):
    number = report().number

    for typed in ["{}", " {} ", "lower"]:
        with trying(typed):
            given = number.lower() if typed == "lower" else typed.format(number)

            assert client.get(TRACK, {"nomor": given})["Location"] == f"{TRACK}{number}/"
            assert client.get(f"{TRACK}{number.lower()}/")["Location"] == f"{TRACK}{number}/"


@pytest.mark.parametrize("typed", ["", "TNY", "\x00", "TNY-6307-K7QM2XW4H1", "x" * 300])
def test_what_is_no_number_is_named(client, db, typed):
    assert client.get(TRACK, {"nomor": typed}).status_code == 400


def test_an_unknown_number_is_a_404_with_the_form(client, db):
    answer = client.get(f"{TRACK}TNY-6307-AAAAAAAAAA/")

    assert answer.status_code == 404
    assert 'value="TNY-6307-AAAAAAAAAA"' in text_of(answer)
    assert client.get(f"{TRACK}%00/").status_code == 404


def test_the_public_state_tells_of_each_step_and_of_nobody(client, report, officer, monday):
    inquiry = report()
    address, told = f"{TRACK}{inquiry.number}/", []

    told.append(client.get(address))
    actions.take(inquiry, by=officer)
    told.append(client.get(address))
    actions.answer(inquiry, text="Nomor telepon sudah diperbaiki.", by=officer)
    told.append(client.get(f"/en{address}"))

    for answer in told:
        assert not any(word in text_of(answer) for word in (*PERSONAL, officer.full_name))
        assert "no-store" in answer["Cache-Control"]
    assert ["5 November 2026" in text_of(one) for one in told] == [True, False, False]
    assert ["9 November 2026" in text_of(one) for one in told] == [True, True, False]
    assert ["Nomor telepon sudah diperbaiki." in text_of(one) for one in told] == [False, False, True]


def test_the_public_state_calls_the_record_as_visitors_know_it_now(client, report, record, administrator):
    address = f"{TRACK}{report().number}/"
    register, page = directory.get("establishments"), f'href="/industri/{record.number}/"'

    def told():
        record.refresh_from_db()
        texts = [text_of(client.get(place + address)) for place in ("", "/en")]
        assert all(record.number in text for text in texts)
        return [("Sanggar Ulin" in text, page.replace('="/', f'="{place}/') in text)
                for place, text in zip(("", "/en"), texts, strict=True)]  # fmt: skip

    assert told() == [(True, True)] * 2
    name = hide(register, record, "name", reason="Diminta.", by=administrator)
    assert told() == [(False, True)] * 2
    lift(name, reason="Sudah.", by=administrator)
    hide(register, record, "", reason="Diminta.", by=administrator)
    assert told() == [(False, False)] * 2


def test_no_log_no_history_and_no_notice_holds_what_was_written(client, verifier, monday, caplog, committing):
    caplog.set_level(logging.INFO)
    stamp = re.search(r'name="stamp" value="([^"]+)"', text_of(client.get("/lapor/"))).group(1)
    monday.shift(10)
    typed = {"stamp": stamp, "message": MESSAGE, **SECRETS, "consented": "on"}

    with committing(execute=True):
        client.post("/lapor/", {**typed, "website": "x"})
        client.post("/lapor/", typed)

    kept = [caplog.text, *(str(one.msg) for one in caplog.records)]
    kept += [f"{one.target_name} {one.detail}" for one in Entry.objects.all()]
    kept += [one.as_text for one in Notice.objects.all()]
    assert Inquiry.objects.get().email == SECRETS["email"]
    assert len(kept) > 3
    assert not any(word in text for word in PERSONAL for text in kept)


def test_the_next_due_stands_first_and_what_has_ended_is_left_out(officer, report, signed_in, monday):
    ended = actions.close(report(message="Satu."), reason="Ganda.", by=officer)
    first = report(message="Dua.")
    taken = actions.take(report(message="Tiga."), by=officer)
    monday.shift(datetime.timedelta(days=1))
    later = report(message="Empat.")
    client = signed_in(officer)

    assert numbers(client.get(LIST)) == [first.number, later.number, taken.number]
    assert numbers(client.get(LIST, {"state": "all"})) == [one.number for one in (later, taken, first, ended)]


def test_the_list_is_narrowed_by_what_the_address_says(verifier, report, question, signed_in, monday, trying):
    made = {"open": report(message="Satu."), "mine": actions.take(report(message="Dua."), by=verifier)}
    made |= {"ended": actions.close(report(message="Tiga."), reason="Ganda.", by=verifier), "question": question()}
    monday.shift(datetime.timedelta(days=4))  # Friday: the first reply was due on Thursday
    named = {one.number: name for name, one in made.items()}
    client = signed_in(verifier)

    for query, found in [
        ({"state": "received"}, {"open", "question"}),
        ({"state": "handled"}, {"mine"}),
        ({"state": "closed"}, {"ended"}),
        ({"kind": "question"}, {"question"}),
        ({"kind": "report"}, {"open", "mine"}),
        ({"regency": "63.07"}, {"open", "mine"}),
        ({"regency": "63.07", "state": "all"}, {"open", "mine", "ended"}),
        ({"overdue": "on"}, {"open", "question"}),
        ({"mine": "on"}, {"mine"}),
        ({"q": "sanggar"}, {"open", "mine"}),
        ({"q": "IKM-6307-000001"}, {"open", "mine"}),
        ({"q": "tny-6300"}, {"question"}),
    ]:
        with trying(query, found):
            answer = client.get(LIST, query)

            assert {named[number] for number in numbers(answer)} == found


@pytest.mark.parametrize("query", [{"state": "x"}, {"regency": "99.99"}, {"kind": "x"}, {"cursor": "x"}, {"q": "\x00"}])
def test_a_filter_that_makes_no_sense_is_a_400(verifier, signed_in, query):
    assert signed_in(verifier).get(LIST, query).status_code == 400


def test_an_officer_sees_only_what_lies_in_the_regency(officer, officer_there, report, question, signed_in):
    here, nobodys = report(), question()
    there = report(record=an_establishment(name="Sanggar HSS", regency="63.06"))
    client = signed_in(officer)

    assert numbers(client.get(LIST)) == [here.number]
    assert [client.get(f"{LIST}{one.number}/").status_code for one in (here, there, nobodys)] == [200, 404, 404]
    assert 'name="regency"' not in text_of(client.get(LIST))


def test_one_row_and_three_cost_the_same_number_of_queries(verifier, report, signed_in, django_assert_max_num_queries):
    client = signed_in(verifier)
    report(message="Satu.")
    client.get(LIST)

    counts = []
    for texts in ((), ("Dua.", "Tiga.")):
        for text in texts:
            actions.take(report(message=text), by=verifier)
        with django_assert_max_num_queries(20) as asked:
            client.get(LIST)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_long_list_goes_on_where_the_last_page_ended(officer, report, signed_in):
    made = [report(message=f"Nomor {at}.").number for at in range(26)]
    client = signed_in(officer)

    first = client.get(LIST)
    second = client.get(first.context["next_url"])

    assert numbers(first) + numbers(second) == made
    assert numbers(client.get(second.context["previous_url"])) == made[:24]


def test_the_rail_counts_what_nobody_has_taken(officer, report, signed_in):
    report(message="Satu.")
    actions.take(report(message="Dua."), by=officer)

    (mine, *_others) = signed_in(officer).get(LIST).context["rail"]().groups
    assert {entry.url: entry.badge for entry in mine.entries}[LIST] == 1


def test_administrators_are_reminded_of_the_holidays_of_the_year(administrator, verifier, signed_in, monday):
    before = signed_in(administrator).get(LIST).context["lacks_holidays"]
    Holiday.objects.create(day="2026-12-25", name="Libur", basis="SKB")
    after = signed_in(administrator).get(LIST).context["lacks_holidays"]

    assert (before, after) == (True, False)
    assert signed_in(verifier).get(LIST).context["lacks_holidays"] is False


def test_the_office_reads_what_was_written_and_proposes_a_correction(officer, verifier, head, report, signed_in):
    inquiry = report()
    link = f"/usulan/baru/?daftar=establishments&amp;data={inquiry.record_number}"

    pages = {user: text_of(signed_in(user).get(f"{LIST}{inquiry.number}/")) for user in (officer, verifier, head)}

    assert all(word in page for page in pages.values() for word in PERSONAL)
    assert [link in pages[user] for user in (officer, verifier, head)] == [True, True, False]
    assert 'name="step"' not in pages[head]
    assert signed_in(officer).get(link.replace("&amp;", "&")).status_code == 200


def test_an_office_elsewhere_reads_the_name_of_no_record_that_was_hidden_since(
    officer_there, officer, report, record, administrator, signed_in
):
    inquiry = actions.reassign(report(), regency=officer_there.regency, by=officer)
    there = signed_in(officer_there)
    pages = LIST, f"{LIST}{inquiry.number}/"
    assert all("Sanggar Ulin" in text_of(there.get(page)) for page in pages)

    hide(directory.get("establishments"), record, "", reason="Diminta.", by=administrator)

    for page in pages:
        told = text_of(there.get(page))
        assert ("Sanggar Ulin" in told, record.number in told) == (False, True), page


def test_a_correction_is_not_offered_for_a_record_of_elsewhere(officer_there, officer, report, signed_in):
    inquiry = actions.reassign(report(), regency=officer_there.regency, by=officer)

    assert signed_in(officer_there).get(f"{LIST}{inquiry.number}/").context["correction_url"] == ""


def test_each_step_is_taken_on_the_page(officer, report, question, verifier, signed_in):
    first, second = report(message="Satu."), report(message="Dua.")
    client = signed_in(officer)

    taken = client.post(f"{LIST}{first.number}/", {"step": "take"})
    answered = client.post(f"{LIST}{first.number}/", {"step": "answer", "text": "Sudah."})
    passed_on = client.post(f"{LIST}{second.number}/", {"step": "reassign", "regency": ""})
    closed = signed_in(verifier).post(f"{LIST}{second.number}/", {"step": "close", "reason": "Ganda."})

    assert [one.status_code for one in (taken, answered, passed_on, closed)] == [302] * 4
    assert passed_on["Location"] == LIST
    states = dict(Inquiry.objects.values_list("pk", "state"))
    assert states == {first.pk: "answered", second.pk: "closed"}


def test_a_refused_step_says_why_and_keeps_the_text(officer, report, signed_in):
    inquiry, client = report(), signed_in(officer)
    address, nik = f"{LIST}{inquiry.number}/", "NIK 6307054107900001"

    empty = client.post(address, {"step": "answer", "text": " "})
    refused = client.post(address, {"step": "close", "reason": nik})
    nowhere = client.post(address, {"step": "reassign", "regency": "63.07"})
    nonsense = client.post(address, {"step": "delete"})
    actions.answer(inquiry, text="Sudah.", by=officer)
    late = client.post(address, {"step": "answer", "text": "Terlambat sedikit."})

    assert [one.status_code for one in (empty, refused, nowhere, nonsense, late)] == [400, 400, 400, 400, 409]
    assert nik in text_of(refused)
    assert late.context["refused"]


def test_what_is_typed_into_a_step_that_came_too_late_can_still_be_read(officer, colleague, report, signed_in):
    inquiry = report()
    actions.close(inquiry, reason="Ganda.", by=colleague)

    late = signed_in(officer).post(f"{LIST}{inquiry.number}/", {"step": "answer", "text": "Jawaban panjang saya."})

    assert "Jawaban panjang saya." in text_of(late)


def test_an_erased_sender_is_said_to_be_erased(officer, report, signed_in, monday):
    inquiry = actions.answer(report(), text="Sudah.", by=officer)
    monday.shift(datetime.timedelta(days=200))
    actions.forget_senders()

    page = text_of(signed_in(officer).get(f"{LIST}{inquiry.number}/"))

    assert not any(word in page for word in PERSONAL)


def test_what_would_publish_a_contact_is_named_before_it_is_sent(officer, report, signed_in):
    for step, field in (("answer", "text"), ("close", "reason")):
        inquiry = report()
        address, text = f"/pertanyaan/{inquiry.number}/", f"Kami hubungi {inquiry.email}."

        warned = signed_in(officer).post(address, {"step": step, field: text})
        inquiry.refresh_from_db()

        page = warned.content.decode()
        assert (warned.status_code, inquiry.answer) == (400, "")
        assert f"memuat “{inquiry.email}”" in page
        assert 'name="acknowledged"' in page
        assert text in page
        assert 'name="acknowledged"' not in signed_in(officer).get(address).content.decode()
        sent = signed_in(officer).post(address, {"step": step, field: text, "acknowledged": "on"})
        inquiry.refresh_from_db()
        assert (sent.status_code, inquiry.answer) == (302, text)
