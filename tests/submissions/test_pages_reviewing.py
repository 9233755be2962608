"""Review on its page: claim, read the differences, decide; and the page on which a submission is read."""

import re
from html import unescape

from django.urls import reverse

from disperin.history.models import Entry
from disperin.notices.models import Notice
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.models import Submission
from disperin.submissions.views.reviewing import review_of
from industries.models import Establishment
from tests.factories import a_zone, an_establishment, establishment_values
from tests.maps.test_shapes import square

ESTABLISHMENTS = "establishments"
NPWP = "012345678012000"


def submitted(by, **values):
    draft = actions.draft(directory.get(ESTABLISHMENTS), establishment_values(**values), by=by)
    return actions.submit(draft, by=by, acknowledged=True)


def a_change(record, given, *, by):
    draft = actions.draft(directory.get(ESTABLISHMENTS), given, by=by, record=record)
    return actions.submit(draft, by=by, acknowledged=True)


def url(name, submission):
    return reverse(f"submissions:{name}", args=[submission.number])


def test_a_verifier_takes_a_submission_before_reading_it(officer, verifier, signed_in):
    submission, client = submitted(officer), signed_in(verifier)

    before = client.get(url("review", submission)).content.decode()
    client.post(url("claim", submission))
    after = client.get(url("review", submission)).content.decode()

    assert 'name="round"' not in before
    assert 'name="round" value="1"' in after


def test_only_a_second_verifier_reviews(officer, verifier, head, administrator, signed_in):
    of_a_verifier = actions.draft(directory.get(ESTABLISHMENTS), establishment_values(), by=verifier)
    actions.submit(of_a_verifier, by=verifier)

    for user in (officer, verifier, head, administrator):
        assert signed_in(user).get(url("review", of_a_verifier)).status_code == 403
        assert signed_in(user).post(url("claim", of_a_verifier)).status_code == 403


def test_a_second_verifier_is_told_who_holds_it(officer, verifier, second_verifier, signed_in):
    submission = submitted(officer)
    signed_in(verifier).post(url("claim", submission))
    client = signed_in(second_verifier)

    answers = [
        client.get(url("review", submission)),
        client.post(url("claim", submission)),
        client.post(url("review", submission), {"decision": "verify", "round": "1"}),
        client.post(url("release", submission)),
    ]

    assert [answer.status_code for answer in answers] == [409] * 4
    assert all("Verifikator Satu" in answer.content.decode() for answer in answers)
    submission.refresh_from_db()
    assert submission.status == "submitted"


def test_returned_with_a_reason_on_one_field_mended_and_verified(officer, verifier, signed_in):
    submission = submitted(officer, products=[{"name": "Kain"}, {"name": "Kemeja"}, {"name": "Syal"}])
    key = submission.values["products"][1]["key"]
    desk, back_home = signed_in(verifier), signed_in(officer)
    desk.post(url("claim", submission))

    body = {"decision": "return", "round": "1", f"reason:products.{key}.unit": "Satuan belum ada", "reason:name": " "}
    desk.post(url("review", submission), body)
    told = back_home.get(url("edit", submission)).content.decode()
    read = back_home.get(url("detail", submission)).content.decode()
    submission.refresh_from_db()
    mended = [{**row, "unit": "lembar"} if row["key"] == key else row for row in submission.values["products"]]
    actions.submit(actions.revise(submission, {"products": mended}, by=officer), by=officer)
    stale = desk.post(url("review", submission), {"decision": "verify", "round": "1"})
    desk.post(url("review", submission), {"decision": "verify", "round": "2"})

    submission.refresh_from_db()
    assert submission.reasons == {}
    assert "Satuan belum ada" in told
    assert 'href="#id_products-1-unit"' in told
    assert "Satuan belum ada" in read
    assert stale.status_code == 409
    assert submission.status == "verified"
    assert [one.unit for one in Establishment.objects.get().products.all()] == ["", "lembar", ""]


def test_returning_needs_a_reason_and_rejecting_a_note_and_what_was_typed_stays(officer, verifier, signed_in):
    submission, desk = submitted(officer), signed_in(verifier)

    returned = desk.post(url("review", submission), {"decision": "return", "round": "1", "note": "Catatan saya"})
    rejected = desk.post(url("review", submission), {"decision": "reject", "round": "1", "reason:name": "Alasan saya"})
    nothing = desk.post(url("review", submission), {"round": "1"})

    assert (returned.status_code, rejected.status_code, nothing.status_code) == (400, 400, 409)
    assert "Catatan saya" in returned.content.decode()
    assert "Alasan saya" in rejected.content.decode()
    assert 'href="#id_note"' in rejected.content.decode()


def test_what_is_too_long_is_told_by_its_field_and_stays(officer, verifier, signed_in):
    submission, desk = submitted(officer), signed_in(verifier)
    told = "Teks ini 1001 karakter; paling banyak 1000 karakter. Persingkat."

    for decision, name, label in (
        ("reject", "note", "Catatan untuk pengusul"),
        ("return", "reason:name", "Nama usaha"),
    ):
        answer = desk.post(url("review", submission), {"decision": decision, "round": "1", name: "x" * 1001})
        text = " ".join(answer.content.decode().split())
        assert (answer.status_code, told in text, label in text.partition(told)[0][-60:]) == (400, True, True), name
        assert f">{'x' * 1001}</textarea>" in text


def test_nothing_that_can_be_sent_breaks_the_review(officer, verifier, signed_in):
    submission, desk = submitted(officer), signed_in(verifier)

    for body in (
        {"decision": "return", "round": "x", "reason:name": "a"},
        {"decision": "verify", "round": "9" * 30},
        {"decision": "return", "round": "1", "reason:colour": "a"},
        {"decision": "return", "round": "1", "reason:products.x.y": "a"},
        {"decision": "return", "round": "1", "reason:name": "a\x00"},
        {"decision": "return", "round": "1", "reason:name": "NIK 6307014101900001"},
        {"decision": "reject", "round": "1", "note": "a" * 2000},
        {"decision": "verify", "round": "1", "note": "a\x00"},
        {"decision": "burn", "round": "1"},
        {"reveal": "name"},
        {"reveal": "\x00"},
    ):
        answer = desk.post(url("review", submission), body)

        submission.refresh_from_db()
        assert answer.status_code in (400, 409), body
        assert submission.status == "submitted", body


def test_a_change_shows_old_beside_new_and_folds_the_rest(officer, verifier, signed_in):
    record = an_establishment(products=[{"name": "Kain"}, {"name": "Syal"}], workers_male=3)
    kain, syal = record.products.all()
    given = {
        "workers_male": 4,
        "investment": 25_000_000,
        "products": [{"key": str(kain.key), "name": "Kain pewarna alam"}, {"name": "Kemeja"}],
    }
    submission, desk = a_change(record, given, by=officer), signed_in(verifier)
    desk.post(url("claim", submission))

    page = unescape(desk.get(url("review", submission)).content.decode())

    fold = page.index('<details class="fold"')
    shown, folded = page[:fold], page[fold:]
    for text in ("3 ", "4 ", "25.000.000", "<del>Kain</del>", "<ins>Kain pewarna alam</ins>", "Kemeja", "Syal"):
        assert text in shown
    assert not re.search(r"Sasirangan Barabai\s*</td>", shown)
    assert f'name="reason:products.{kain.key}.name"' in shown
    assert f'name="reason:products.{syal.key}"' not in page  # a row that goes has no field to mend
    assert 'name="reason:address"' in folded


def test_a_conflict_is_settled_by_a_choice_per_field(officer, verifier, administrator, signed_in):
    record = an_establishment()
    submission = a_change(record, {"name": "Nama Petugas"}, by=officer)
    actions.publish(directory.get(ESTABLISHMENTS), {"name": "Nama Admin"}, by=administrator, record=record)
    desk = signed_in(verifier)
    desk.post(url("claim", submission))

    page = desk.get(url("review", submission)).content.decode()
    open_still = desk.post(url("review", submission), {"decision": "verify", "round": "1"})
    desk.post(url("review", submission), {"decision": "verify", "round": "1", "choice:name": "current"})

    submission.refresh_from_db()
    assert 'name="choice:name" value="proposed"' in page
    assert "Nama Admin" in page
    assert open_still.status_code == 409
    assert 'name="choice:name"' in open_still.content.decode()
    assert (submission.status, Establishment.objects.get().name) == ("verified", "Nama Admin")


def test_warnings_and_duplicates_are_shown_to_the_verifier(officer, verifier, signed_in):
    an_establishment(name="Sasirangan Barabai Jaya")
    submission, desk = submitted(officer, name="Sasirangan Barabai Jaya"), signed_in(verifier)
    desk.post(url("claim", submission))

    page = desk.get(url("review", submission)).content.decode()

    assert "IKM-6307-000001" in page


def test_a_masked_value_is_shown_on_demand_and_the_history_remembers_it(officer, verifier, head, signed_in):
    submission = submitted(officer, legal_form="pt", npwp=NPWP)
    desk = signed_in(verifier)
    desk.post(url("claim", submission))

    masked = [desk.get(url("review", submission)), desk.get(url("detail", submission))]
    body = {"reveal": "npwp", "reason:name": "Alasan saya"}
    shown = [
        desk.post(url("review", submission), body),
        signed_in(head).post(url("detail", submission), {"reveal": "npwp"}),
    ]

    assert all(NPWP not in page.content.decode() and "0123•••••••2000" in page.content.decode() for page in masked)
    assert all(NPWP in page.content.decode() for page in shown)
    assert "Alasan saya" in shown[0].content.decode()
    deeds = Entry.objects.filter(verb="reveal").order_by("id").values_list("actor__username", "detail")
    assert list(deeds) == [("verifikator1", {"field": "npwp"}), ("kadis", {"field": "npwp"})]
    assert signed_in(head).post(url("detail", submission), {"reveal": "name"}).status_code == 404


def test_drafted_in_indonesian_and_verified_in_english_gives_the_same_record(officer, verifier, signed_in):
    draft = actions.draft(directory.get(ESTABLISHMENTS), establishment_values(), by=officer)
    body = {name: value for name, value in draft.values.items() if isinstance(value, str)}
    body |= {"revision": 1, "investment": "12.000", "as_of": "2026-04-03", "latitude": "-2,58", "longitude": "115,38"}
    signed_in(officer).post(url("edit", draft), body)
    signed_in(officer).post(url("check", draft), {"revision": 2})
    desk = signed_in(verifier)

    review = f"/en{url('review', draft)}"
    desk.post(f"/en{url('claim', draft)}")
    page = desk.get(review).content.decode()
    desk.post(review, {"decision": "verify", "round": "1"})

    record = Establishment.objects.get()
    assert "12,000" in page
    assert (record.investment, str(record.as_of), str(record.latitude)) == (12_000, "2026-04-03", "-2.580000")


def test_the_page_of_a_submission_says_what_happened_and_has_a_text_to_send(officer, verifier, signed_in):
    submission = submitted(officer)
    actions.reject(submission, by=verifier, round=1, note="Sudah ada")

    page = signed_in(officer).get(url("detail", submission)).content.decode()

    assert "Sudah ada" in page
    assert f"*{submission.number}*" in page
    assert "Verifikator Satu" in page
    for verb in ("revise", "reject</"):
        assert f">{verb}" not in page


def test_what_can_be_done_is_offered_and_nothing_else(officer, officer_there, verifier, head, signed_in):
    submission = submitted(officer)
    detail, review, withdraw = url("detail", submission), url("review", submission), url("withdraw", submission)

    pages = {user.username: signed_in(user).get(detail).content.decode() for user in (officer, verifier, head)}

    assert (withdraw in pages["petugas.6307"], review in pages["petugas.6307"]) == (True, False)
    assert (withdraw in pages["verifikator1"], review in pages["verifikator1"]) == (False, True)
    assert (withdraw in pages["kadis"], review in pages["kadis"]) == (False, False)
    assert signed_in(officer_there).get(detail).status_code == 404


def test_a_submission_given_back_to_the_queue_is_free_again(officer, verifier, second_verifier, signed_in):
    submission, desk = submitted(officer), signed_in(verifier)
    desk.post(url("claim", submission))

    desk.post(url("review", submission), {"decision": "release", "round": "1"})

    assert signed_in(second_verifier).post(url("claim", submission)).status_code == 302
    assert Submission.objects.get().claimed_by == second_verifier


def test_reading_a_submission_marks_the_notices_about_it_as_read(officer, verifier, signed_in, trying):
    submission, other = submitted(officer, name="Satu"), submitted(officer, name="Dua")
    for one in (submission, other):
        actions.reject(one, by=verifier, round=1, note="Sudah terdaftar.")
    unread = Notice.objects.of(officer).unread()

    for prefix in ("", "/en"):
        with trying(prefix):
            signed_in(verifier).get(url("detail", submission))
            assert unread.count() == 2

            signed_in(officer).get(prefix + url("detail", submission))

            assert [notice.path for notice in unread.all()] == [f"/usulan/{other.number}/"]


def test_an_outline_is_drawn_where_it_lies_and_as_it_was_and_is_to_be(officer, verifier, signed_in):
    zone = a_zone(outline=square())
    draft = actions.draft(directory.get("zones"), {"outline": square(size=0.02)}, by=officer, record=zone)
    actions.submit(draft, by=officer, acknowledged=True)
    actions.claim(draft, by=verifier)

    text = signed_in(verifier).get(f"/usulan/{draft.number}/periksa/").text

    pictures = re.findall(r'<span role="img" aria-label="Batas: ([^"]+)"><svg ', text)
    assert pictures == ["Lokasi", "Di daftar", "Usulan"]


def test_of_a_new_record_nothing_is_said_to_stay_as_it_is_in_the_register(officer, verifier):
    told = review_of(submitted(officer, contact_public=False), by=verifier)

    assert told["standing"] == []
    assert told["empty_count"] == sum(len(group.lines) for group in told["empty"]) > 0
    assert "contact_public" in {line.path for group in told["empty"] for line in group.lines}
