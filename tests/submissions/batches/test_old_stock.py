"""The old stock is checked record by record or by sample; once verified, a record says so of all of itself."""

import pytest
from django.urls import reverse

from disperin.desk.refusals import NotNow, Refused
from disperin.registers.models import Origin
from disperin.registers.record import directory, rollup
from disperin.submissions import actions
from disperin.submissions.batches import actions as batches
from disperin.submissions.batches.actions import confirming
from disperin.submissions.models import Batch, Kind, Submission
from disperin.submissions.views.reviewing import review_of
from industries.models import Establishment
from tests.factories import RegencyFactory, an_administrator, an_establishment, establishment_values

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
ESTABLISHMENTS = directory.get("establishments")


def an_old_one(**values):
    """A maker that was brought from an older system."""
    given = establishment_values(**values)
    return actions.publish(ESTABLISHMENTS, given, by=an_administrator(), origin=Origin.OLDER_SYSTEM)


def confirmed(record, by):
    draft = actions.draft(ESTABLISHMENTS, {}, by=by, record=record, kind=Kind.CONFIRM)
    return actions.submit(draft, by=by, acknowledged=True)


def as_it_is(record):
    return Establishment.objects.get(pk=record.pk)


def test_a_record_that_is_right_as_it_stands_is_verified_without_a_change(officer, verifier, client):
    record = an_old_one(products=[{"name": "Kain"}])
    submission = confirmed(record, officer)
    assert (submission.kind, submission.fields_changed) == ("confirm", [])

    actions.verify(submission, by=verifier, round=1)

    found = as_it_is(record)
    assert (found.origin, found.version, found.name) == (Origin.VERIFIED, 2, record.name)
    assert [one.name for one in found.products.all()] == ["Kain"]
    assert Origin.VERIFIED.on(found.verified_at) in client.get(f"/industri/{record.number}/").text
    assert rollup.counts_of("establishments")["origin"] == {"verified": 1}
    with pytest.raises(NotNow):
        actions.draft(ESTABLISHMENTS, {}, by=officer, record=found, kind=Kind.CONFIRM)


def test_what_is_mended_while_it_is_confirmed_is_a_change(officer, verifier):
    record = an_old_one()
    draft = actions.draft(ESTABLISHMENTS, {}, by=officer, record=record, kind=Kind.CONFIRM)

    actions.revise(draft, {"name": "Nama Benar"}, by=officer)
    submission = actions.submit(draft, by=officer, acknowledged=True)

    assert (submission.kind, submission.fields_changed) == ("change", ["name"])
    actions.verify(submission, by=verifier, round=1)
    assert (as_it_is(record).name, as_it_is(record).origin) == ("Nama Benar", Origin.VERIFIED)


def test_a_confirmation_says_nothing_of_what_the_record_became_since(officer, verifier, administrator):
    alone, of_batch = an_old_one(), an_old_one(name="Rotan Lama")
    submission = confirmed(alone, officer)
    batch, _left = batches.confirm_many(
        ESTABLISHMENTS, RegencyFactory(), Establishment.objects.filter(pk=of_batch.pk), by=officer
    )
    for record in (alone, of_batch):
        actions.publish(ESTABLISHMENTS, {"phone": "08125000111"}, by=administrator, record=record)

    with pytest.raises(NotNow):
        actions.verify(submission, by=verifier, round=1)
    sample = batches.draw_sample(batch, by=verifier)

    assert [one.code for one in sample.doubts.all()] == ["conflict"]
    assert as_it_is(alone).origin == Origin.DIRECT


def test_officers_confirm_their_own_regency_and_nobody_decides_on_their_own(
    officer, officer_there, head, verifier, administrator
):
    record = an_old_one()
    for by in (officer_there, head):
        with pytest.raises(Refused):
            actions.draft(ESTABLISHMENTS, {}, by=by, record=record, kind=Kind.CONFIRM)
        with pytest.raises((Refused, NotNow)):
            batches.confirm_many(ESTABLISHMENTS, RegencyFactory(), Establishment.objects.all(), by=by)
    submission = confirmed(record, verifier)
    with pytest.raises(Refused):
        actions.verify(submission, by=verifier, round=1)


def test_many_are_confirmed_as_a_batch_and_verified_by_sample(officer, verifier):
    old = [an_old_one(name=f"Usaha {letter * 9}") for letter in "abcdefgh"]
    checked, waiting = an_establishment(name="Sudah Diperiksa"), an_old_one(name="Menunggu")
    confirmed(waiting, officer)

    batch, left = batches.confirm_many(ESTABLISHMENTS, RegencyFactory(), Establishment.objects.all(), by=officer)

    assert [(one.what, one.code) for one in left] == [(waiting, "bad")]
    assert {*batch.submissions.values_list("kind", "status", "record_id")} == {
        ("confirm", "submitted", one.pk) for one in old
    }
    sample = batches.draw_sample(batch, by=verifier)
    for drawn in sample.drawn.all():
        batches.note_opened(drawn.submission, by=verifier)
    outcome = batches.verify_batch(batch, by=verifier)
    assert (outcome.done, outcome.left, sample.clean_count) == (8, [], 8)
    assert {as_it_is(one).origin for one in old} == {Origin.VERIFIED}
    assert (as_it_is(checked).version, as_it_is(waiting).origin) == (1, Origin.OLDER_SYSTEM)
    with pytest.raises(NotNow):
        batches.confirm_many(ESTABLISHMENTS, RegencyFactory(), Establishment.objects.all(), by=officer)
    assert Batch.objects.count() == 1


def test_all_are_confirmed_a_batch_at_a_time_past_those_that_wait_or_are_not_fit(officer, monkeypatch):
    monkeypatch.setattr(confirming, "MOST", 2)
    unfit, *old = [an_old_one(name=f"Usaha {letter * 9}") for letter in "abcde"]
    Establishment.objects.filter(pk=unfit.pk).update(legal_form="")

    for expected in (old[:2], old[2:]):
        batch, left = batches.confirm_many(
            ESTABLISHMENTS, RegencyFactory(), batches.to_confirm(ESTABLISHMENTS, officer), by=officer
        )
        assert [*batch.submissions.values_list("record_id", flat=True).order_by("pk")] == [one.pk for one in expected]
        assert [one.what for one in left] == [unfit]


def test_a_confirmation_is_not_handed_in_once_the_record_has_changed(officer, administrator):
    record = an_old_one()
    draft = actions.draft(ESTABLISHMENTS, {}, by=officer, record=record, kind=Kind.CONFIRM)
    actions.publish(ESTABLISHMENTS, {"phone": "08125000111"}, by=administrator, record=record)

    with pytest.raises(NotNow):
        actions.submit(draft, by=officer, acknowledged=True)


def test_a_reviewer_is_told_that_verifying_says_so_of_the_whole_record(officer, verifier, signed_in):
    record, browser = an_old_one(address="Jl. Melati 7"), signed_in(verifier)
    change = actions.draft(ESTABLISHMENTS, {"phone": "08125000111"}, by=officer, record=record)
    change = actions.claim(actions.submit(change, by=officer, acknowledged=True), by=verifier)

    page = browser.get(f"/usulan/{change.number}/periksa/")

    assert page.context["whole_open"]
    assert "seluruh data dinyatakan terverifikasi" in page.text
    standing, empty = ([line for group in page.context[key] for line in group.lines] for key in ("standing", "empty"))
    assert [line.new for line in standing if line.path == "name"] == [record.name]
    assert all(line.new for line in standing)
    assert not any(line.new for line in empty)
    assert {line.path for line in empty} >= {"nib"}
    assert page.text.count(f">{record.address}<") == 1  # read once, not as two states that are alike
    assert page.text.count('name="reason:nib"') == 1  # what is missing can be asked for
    actions.verify(change, by=verifier, round=1)
    record = as_it_is(record)
    again = actions.draft(ESTABLISHMENTS, {"phone": "08125000222"}, by=officer, record=record)
    assert review_of(actions.submit(again, by=officer, acknowledged=True), by=verifier)["unchecked"] == ""


def test_a_reviewer_reads_what_stays_as_the_register_says_it_now(officer, verifier, administrator):
    record = an_old_one(address="Jl. Lama 1")
    change = actions.draft(ESTABLISHMENTS, {"phone": "08125000111"}, by=officer, record=record)
    change = actions.submit(change, by=officer, acknowledged=True)
    actions.publish(ESTABLISHMENTS, {"address": "Jl. Baru 9"}, by=administrator, record=as_it_is(record))

    told = review_of(Submission.objects.get(pk=change.pk), by=verifier)

    lines = {line.path: line.new for group in told["standing"] for line in group.lines}
    assert lines["address"] == "Jl. Baru 9"  # so it will stand after the verification
    assert "phone" not in lines
    assert {line.path for group in told["changed"] for line in group.lines} == {"phone"}


def test_the_way_from_the_record_to_its_verification(officer, verifier, signed_in):
    record, browser = an_old_one(), signed_in(officer)
    start = f"/usulan/baru/?daftar=establishments&data={record.number}&jenis=confirm"
    assert start.replace("&", "&amp;") in browser.get(f"/industri/{record.number}/").text
    assert browser.get(start).status_code == 200

    answer = browser.post("/usulan/baru/", {"daftar": "establishments", "data": record.number, "jenis": "confirm"})
    submission = Submission.objects.get(kind=Kind.CONFIRM)
    actions.submit(submission, by=officer, acknowledged=True)
    read = browser.get(f"/usulan/{submission.number}/").text
    actions.claim(submission, by=verifier)
    review = signed_in(verifier).get(f"/usulan/{submission.number}/periksa/").text

    assert answer.url == f"/usulan/{submission.number}/ubah/"
    for text in (read, review):
        assert "Sasirangan Barabai" in text
    assert "Data ini dinyatakan benar sebagaimana adanya." in review


def test_the_page_of_the_old_stock_confirms_what_is_ticked_or_all(officer, verifier, head, signed_in):
    one, two, three = (an_old_one(name=f"Usaha {letter * 9}") for letter in "abc")
    an_old_one(name="Usaha Lain", regency="63.06")
    address, browser = reverse("submissions:old-stock"), signed_in(officer)

    page = browser.get(address)
    some = browser.post(address, {"daftar": "establishments", "records": [one.number, "IKM-6306-000001", "\x00"]})
    rest = browser.post(address, {"daftar": "establishments", "all": "1"}, follow=True)

    assert [row.pk for row, _url in page.context["rows"]] == [one.pk, two.pk, three.pk]
    assert address in browser.get("/usulan/").text
    assert some.status_code == 302
    assert "IKM-6306-000001" in " ".join(str(one) for one in rest.context["messages"])  # ticked, and left
    assert [*Submission.objects.filter(kind=Kind.CONFIRM).values_list("record_id", flat=True).order_by("pk")] == [
        one.pk, two.pk, three.pk,
    ]  # fmt: skip
    assert str([*rest.context["messages"]][-1]) == "2 data menunggu verifikasi."
    assert browser.post(address, {"daftar": "establishments"}).status_code == 409
    assert browser.post(address, {"daftar": "tidak-ada"}).status_code == 404
    assert signed_in(head).post(address, {"daftar": "establishments", "all": "1"}).status_code == 403
    assert len(signed_in(verifier).get(address).context["rows"]) == 1
    assert signed_in(verifier).get(f"{address}?kabupaten=63.06").context["total"] == 1


def test_closing_and_reopening_check_nothing(officer, verifier):
    record = an_old_one()
    for kind, given in ((Kind.CLOSE, {"closed_on": "2026-01-31", "closed_reason": "moved"}), (Kind.REOPEN, {})):
        submission = actions.draft(ESTABLISHMENTS, given, by=officer, record=as_it_is(record), kind=kind)
        actions.submit(submission, by=officer, acknowledged=True)
        assert review_of(Submission.objects.get(pk=submission.pk), by=verifier)["unchecked"] == ""
        actions.verify(submission, by=verifier, round=1)

    found = as_it_is(record)
    assert (found.version, found.origin, found.verified_at) == (3, Origin.OLDER_SYSTEM, record.verified_at)


def test_over_the_api_too(officer, api):
    record = an_old_one()

    made = api(officer).post(
        "/api/v1/submissions/",
        {"register": "establishments", "record_id": record.number, "kind": "confirm", "values": {}},
    )

    assert (made.status_code, made.data["kind"]) == (201, "confirm")


def test_what_is_ticked_and_cannot_be_confirmed_is_named(officer, verifier, signed_in):
    old, checked = an_old_one(name="Usaha aaaaaaaaa"), an_establishment(name="Usaha bbbbbbbbb")
    address, browser = reverse("submissions:old-stock"), signed_in(officer)

    both = browser.post(address, {"daftar": "establishments", "records": [old.number, checked.number]}, follow=True)
    alone = browser.post(address, {"daftar": "establishments", "records": [checked.number]})
    none = browser.post(address, {"daftar": "establishments", "records": [old.number, "IKM-6307-999999"]})

    assert checked.number in " ".join(str(one) for one in both.context["messages"])
    assert (alone.status_code, "Tidak ada lagi di antara data ini" in alone.text) == (409, True)
    assert (none.status_code, "IKM-6307-999999" in none.text) == (409, True)


def test_a_batch_of_the_old_stock_is_found_by_the_name_that_is_shown(officer, verifier, signed_in):
    batch, _left = batches.confirm_many(
        ESTABLISHMENTS, officer.regency, Establishment.objects.filter(pk=an_old_one().pk), by=officer
    )
    browser = signed_in(verifier)

    def found(text):
        return batch.number in [one.number for one in browser.get("/usulan/berkas/", {"q": text}).context["batches"]]

    assert [found(one) for one in (batch.name_in_words, "stok lama", "portal", "old_stock", "xyz")] == [
        True, batch.name_in_words.lower().find("stok lama") >= 0, False, False, False,
    ]  # fmt: skip


def test_a_register_of_which_all_is_hidden_with_something_else_is_still_to_be_checked(administrator):
    maker = an_old_one()
    Establishment.objects.filter(pk=maker.pk).update(hidden=True)
    rollup.recount("establishments", Establishment)
    other = an_establishment(name="Usaha Lain")
    actions.hide(ESTABLISHMENTS, other, "", reason="Diminta pemiliknya.", by=administrator)

    assert "establishments" in confirming.registers_with_unchecked()
