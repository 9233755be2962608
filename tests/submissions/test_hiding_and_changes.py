"""What is hidden stays so until just that changes, and nobody shows it without being told."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from disperin.desk.refusals import NotNow
from disperin.history.models import Entry
from disperin.registers.models import Hidden
from disperin.registers.record import directory
from disperin.registers.record.revisions import losses
from disperin.registers.record.versions import values_at, versions_of
from disperin.submissions import actions
from disperin.submissions.batches import actions as batches
from disperin.submissions.models import Submission
from disperin.workbooks.importing.matching import Asked, Matcher
from tests.factories import (
    an_award,
    an_establishment,
)
from tests.submissions.batches.test_proposing import a_submitted_batch, makers
from tests.submissions.batches.test_sampling import read_all
from tests.submissions.hiding import SLUG, WHY, counts, emptied, fresh, hide, holding, public_answers, recounted
from tests.submissions.test_admin import change_url, posted
from tests.submissions.test_consequences import a_photo, drafted, verified

pytestmark = pytest.mark.thorough


def test_what_the_office_proposes_starts_from_what_it_knows(administrator, officer):
    record = an_establishment(name="Usaha Tersembunyi", story_id="Kisah", products=[{"name": "Kain", "brand": "Mawar"}])
    key = str(record.products.get().key)
    for path in ("name", f"products.{key}.brand"):
        hide(record, path, by=administrator)

    draft = drafted(officer, record=fresh(record), story_id="Kisah baru")

    assert draft.values["name"] == draft.base["name"] == "Usaha Tersembunyi"
    assert draft.values["products"][0]["brand"] == "Mawar"


def test_a_change_of_something_else_leaves_it_hidden_and_one_of_itself_shows_the_new_value(
    administrator, officer, verifier
):
    record = an_establishment(name="Usaha Tersembunyi", story_id="Kisah")
    made = hide(record, "name", by=administrator)

    verified(drafted(officer, record=fresh(record), story_id="Kisah baru"), by=verifier)
    untouched = fresh(record)
    assert (untouched.name, untouched.story_id, untouched.withheld) == (
        record.number, "Kisah baru", {"name": "Usaha Tersembunyi"},
    )  # fmt: skip
    assert "tersembunyi" not in untouched.search_text

    submission = verified(drafted(officer, record=untouched, name="Usaha Terbuka"), by=verifier)
    changed = fresh(record)
    assert (changed.name, changed.withheld) == ("Usaha Terbuka", {})
    made.refresh_from_db()
    assert (made.ended_with, made.ended_by) == (submission.number, verifier)
    assert "show_changed" in Entry.objects.about(record).values_list("verb", flat=True)


def test_a_value_that_the_office_removes_is_gone_and_not_hidden_any_more(administrator, officer, verifier):
    record = an_establishment(story_id="Kisah")
    hide(record, "story_id", by=administrator)

    verified(emptied(drafted(officer, record=fresh(record)), story_id=""), by=verifier)

    assert (fresh(record).story_id, fresh(record).withheld) == ("", {})
    assert not Hidden.objects.live().exists()


def test_a_contact_and_a_place_are_hidden_and_return_only_when_they_change(administrator, officer, verifier):
    record = an_establishment(
        phone="08125000123", contact_public=True, contact_consented_on="2026-01-31", latitude=-2.583456,
        longitude=115.381234,
    )  # fmt: skip
    hide(record, "public_contact", by=administrator)
    hide(record, "public_latitude", by=administrator)
    hidden = fresh(record)
    assert (hidden.public_contact, hidden.public_latitude, hidden.public_point) == (None, None, "")

    verified(drafted(officer, record=hidden, story_id="Kisah"), by=verifier)
    hidden = fresh(record)
    assert (hidden.public_contact, hidden.public_latitude, hidden.public_point) == (None, None, "")

    verified(drafted(officer, record=hidden, phone="08125000999"), by=verifier)
    shown = fresh(record)
    assert (shown.public_contact, shown.public_latitude) == ({"phone": "+628125000999"}, None)


def test_what_a_program_sends_back_as_it_read_it_empties_nothing_that_is_hidden(administrator, officer):
    record = an_establishment(
        name="Usaha Tersembunyi", story_id="Kisah", products=[{"name": "Kain", "brand": "Mawar"}, {"name": "Syal"}]
    )
    shown, hidden = record.products.get(name="Kain"), record.products.get(name="Syal")
    for path in ("name", "story_id", f"products.{shown.key}.brand", f"products.{hidden.key}"):
        hide(record, path, by=administrator)

    products = [{"key": str(shown.key), "name": "Kain", "brand": ""}]
    given = {"name": record.number, "story_id": "", "products": products, "phone": "08125110000"}
    draft = drafted(officer, record=fresh(record), **given)

    assert draft.fields_changed == ["phone"]
    assert [row["name"] for row in draft.values["products"]] == ["Kain", "Syal"]


def test_a_verified_change_of_a_hidden_record_shows_it_with_all_that_names_it(administrator, officer, verifier):
    record = an_establishment(name="Usaha Tersembunyi", products=[{"name": "Kain"}])
    award = an_award(establishment=record)
    made = hide(record, by=administrator)
    draft = drafted(officer, record=fresh(record), story_id="Kisah baru")
    submission = actions.submit(draft, by=officer, acknowledged=True)
    assert fresh(record).hidden

    actions.verify(submission, by=verifier, round=1)

    made.refresh_from_db()
    assert made.ended_with == submission.number
    assert (fresh(record).hidden, fresh(award).hidden, record.products.get().hidden) == (False, False, False)
    assert counts() == recounted()
    assert holding(public_answers(record), "Kisah baru")


def test_closing_a_hidden_record_does_not_show_it(administrator, officer, verifier):
    record = an_establishment()
    hide(record, by=administrator)

    closing = {"closed_on": "2026-01-31", "closed_reason": "error"}
    verified(drafted(officer, record=fresh(record), kind="close", **closing), by=verifier)

    assert (fresh(record).hidden, Hidden.objects.live().count()) == (True, 1)


def test_a_changed_row_is_shown_with_what_names_it(administrator, officer, verifier):
    record = an_establishment(products=[{"name": "Kain"}])
    award, row = an_award(establishment=record), record.products.get()
    hide(record, f"products.{row.key}", by=administrator)

    changed = [{"key": str(row.key), "name": "Kain baru"}]
    verified(drafted(officer, record=fresh(record), products=changed), by=verifier)

    assert (fresh(row).hidden, fresh(award).hidden) == (False, False)


def test_the_review_tells_what_would_be_public_again_and_a_batch_leaves_it(
    administrator, officer, verifier, signed_in, trying
):
    photo, other = a_photo(officer), a_photo(officer)
    products = [{"name": "Kain", "brand": "Mawar"}, {"name": "Syal"}]
    given = {"phone": "08125000123", "contact_public": True, "contact_consented_on": "2026-01-31"}
    record = verified(drafted(officer, photo=str(photo.pk), products=products, **given), by=verifier).record()
    kain, syal = (str(one.key) for one in record.products.order_by("position"))
    cases = (
        ("name", {"name": "Baru"}),
        ("photo", {"photo": str(other.pk)}),
        ("public_contact", {"phone": "08125000999"}),
        (f"products.{kain}.brand", {"products": [{"key": kain, "brand": "Melati"}, {"key": syal}]}),
        (f"products.{syal}", {"products": [{"key": kain}, {"key": syal, "brand": "Melati"}]}),
        ("", {"story_id": "Kisah"}),
    )
    for path, change in cases:
        with trying(path):
            hide(record, path, by=administrator)
            draft = drafted(officer, record=fresh(record), **change)
            with pytest.raises(ValidationError) as refused:
                actions.submit(draft, by=officer)
            assert WHY in str(refused.value)
            submission = actions.submit(draft, by=officer, acknowledged=True)
            actions.claim(submission, by=verifier)
            page = signed_in(verifier).get(reverse("submissions:review", args=[submission.number])).content.decode()
            assert "Setelah perubahan ini diverifikasi" in page
            assert WHY in page
            assert administrator.full_name in page
            waiting = Submission.objects.filter(pk=submission.pk)
            assert [one.code for one in batches.verify_many(waiting, by=verifier).left] == ["warning"]

    untouched = drafted(officer, record=record, story_id="Kisah")
    hide(record, "name", by=administrator)
    assert actions.submit(untouched, by=officer).status == "submitted"


def test_a_maker_whose_name_is_hidden_is_still_known_when_it_is_entered_again(administrator, officer):
    record = an_establishment(name="Anyaman Haruyan")
    hide(record, "name", by=administrator)

    again = drafted(officer, name="Anyaman Haruyann")
    with pytest.raises(ValidationError, match=record.number):
        actions.submit(again, by=officer)

    row = Asked("", {"name": "Anyaman Haruyan"}, {})
    assert Matcher(directory.get(SLUG), "63.07").match([row])[0].candidates == [record]
    assert not Matcher(directory.get(SLUG), "63.06").match([row])[0].candidates


def test_what_was_hidden_after_the_sample_was_drawn_is_left_out_of_the_batch(administrator, officer, verifier):
    record = an_establishment(name="Usaha Tersembunyi")
    batch = a_submitted_batch(officer, *makers(1), ({"name": "Usaha Terbuka"}, record))
    read_all(batches.draw_sample(batch, by=verifier))
    hide(record, "name", by=administrator)

    outcome = batches.verify_batch(batch, by=verifier)

    assert (outcome.done, [one.code for one in outcome.left]) == (1, ["warning"])
    assert fresh(record).name == record.number


def test_nothing_hidden_is_published_directly_before_it_is_shown_again(administrator, signed_in):
    record = an_establishment(name="Usaha Tersembunyi", products=[{"name": "Kain", "brand": "Mawar"}])
    key = record.products.get().key
    rows = [{"key": str(key), "brand": "Melati"}]
    cases = (
        ("", {"phone": "08125000999"}, "Seluruh data"),
        ("name", {"name": "Usaha Terbuka"}, "Nama"),
        (f"products.{key}.brand", {"products": rows}, "Produk, merek"),
        (f"products.{key}", {"products": rows}, "Produk"),
    )
    for path, change, what in cases:
        made = hide(record, path, by=administrator)
        before = fresh(record)
        with pytest.raises(NotNow, match=what):
            actions.publish(directory.get(SLUG), change, by=administrator, record=fresh(record))
        assert (fresh(record).version, fresh(record).hidden) == (before.version, before.hidden)
        actions.lift(made, reason="Sudah.", by=administrator)

    values, _typed = directory.get(SLUG).form(instance=fresh(record)).entered()
    hide(record, by=administrator)
    page = signed_in(administrator).post(change_url(record), posted(values, version=record.version, name="Lain"))
    assert (page.status_code, "Tersembunyi dari publik: Seluruh data." in page.content.decode()) == (409, True)
    assert fresh(record).hidden


def test_a_list_that_shrinks_is_a_loss_to_the_public(administrator):
    shops = ["https://satu.example/toko", "https://dua.example/toko"]
    record = an_establishment(marketplaces=shops)

    def lost(change):
        before = losses()
        actions.publish(directory.get(SLUG), change, by=administrator, record=fresh(record))
        return losses() > before

    assert lost({"marketplaces": shops[:1]})
    assert not lost({"marketplaces": shops})
    assert not lost({"story_id": "Kisah"})


def test_versions_still_say_what_was_verified(administrator, officer, verifier):
    record = an_establishment(name="Usaha Tersembunyi", products=[{"name": "Kain"}, {"name": "Syal"}])
    hide(record, "name", by=administrator)
    hide(record, f"products.{record.products.get(name='Kain').key}", by=administrator)
    verified(drafted(officer, record=fresh(record), story_id="Kisah"), by=verifier)

    versions = versions_of(record)
    told = [values_at(directory.get(SLUG), record, one, versions) for one in versions]

    assert [one.number for one in versions] == [2, 1]
    assert [(one["name"], [row["name"] for row in one["products"]]) for one in told] == [
        ("Usaha Tersembunyi", ["Kain", "Syal"])
    ] * 2
    assert [one.submission[:3] for one in versions] == ["AJU", "AJU"]
