"""What an administrator hides is nowhere to be seen at once, stays so until just that changes, and is kept inside."""

import csv
import io
import json

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disperin.attachments.models import Attachment
from disperin.history.models import Entry
from disperin.notices.models import Notice
from disperin.registers import directory, rollup
from disperin.registers.models import FacetCount, Hidden
from disperin.registers.revisions import losses
from disperin.registers.versions import values_at, versions_of
from disperin.registers.withholding import hideable_fields, is_empty
from disperin.submissions import actions
from disperin.submissions.errors import NotNow, Refused
from disperin.submissions.models import Submission
from disperin.workbooks.matching import Asked, Matcher
from industries.actions import recount_halal
from industries.models import Establishment, HalalCount, HalalSpan, Product
from ovop.actions import print_label
from tests.factories import (
    RECORDS,
    a_cluster,
    a_green_certificate,
    a_halal_certificate,
    a_milestone,
    a_nomination,
    a_partnership,
    a_zone,
    an_award,
    an_establishment,
    partnership_values,
    place,
)
from tests.ovop.conftest import KEYS
from tests.submissions.test_admin import change_url, posted
from tests.submissions.test_batches import a_submitted_batch, makers
from tests.submissions.test_consequences import a_photo, drafted, verified
from tests.submissions.test_sampling import read_all

SLUG = "establishments"
WHY = "Permintaan pemilik."


def hide(record, path="", *, by, slug=SLUG):
    return actions.hide(directory.get(slug), record, path, reason=WHY, by=by)


def emptied(draft, **values):
    """What a person takes out of a draft in which it stands."""
    return actions.revise(draft, values, by=draft.proposed_by)


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def counts():
    return {(one.register, one.facet, one.value): one.number for one in FacetCount.objects.filter(number__gt=0)}


def recounted():
    for one in directory.all_registers():
        rollup.recount(one.slug, one.model)
    return counts()


def public_answers(record):
    """Every place where visitors may read of a maker and of what names it, by its address."""
    visitor = Client()
    lists = ("industries:establishment", "industries:cluster", "ovop:award", "zones:partnership", "zones:zone")
    pages = [reverse(f"{name}-list") for name in lists]
    pages += [reverse(f"{name}-map") for name in lists]
    pages += [reverse(f"{name}-list") for name in ("establishment", "product", "award", "partnership", "zone")]
    pages += [reverse("halalcertification-list"), reverse("greencertification-list"), "/", "/hilirisasi/"]
    pages += [
        reverse("downloads:list", kwargs={"slug": slug, "kind": kind})
        for slug in ("establishments", "awards", "halal", "partnerships", "zones")
        for kind in ("csv", "geojson")
    ]
    pages += [reverse("industries:establishment-list") + "?q=tersembunyi"]
    pages += [reverse("industries:establishment-detail", args=[record.number])]
    pages += [reverse("establishment-detail", args=[record.number])]
    return {page: text_of(visitor.get(page)) for page in pages}


def status_of(address):
    """What a visitor is answered; a file is read to its end."""
    response = Client().get(address)
    response.getvalue()
    return response.status_code


def text_of(response):
    return (response.getvalue() if response.streaming else response.content).decode()


def holding(answers, text):
    return [page for page, told in answers.items() if text in told]


def test_a_hidden_field_is_in_no_public_answer_and_search_and_still_inside(administrator, officer, signed_in):
    record = an_establishment(
        name="Usaha Tersembunyi",
        story_id="Kisah yang dirahasiakan",
        products=[{"name": "Kain", "brand": "Merek Gelap"}],
    )
    key = record.products.get().key
    assert len(holding(public_answers(record), "Usaha Tersembunyi")) > 5

    for path in ("name", "story_id", f"products.{key}.brand"):
        hide(record, path, by=administrator)

    found = public_answers(record)
    for text in ("Usaha Tersembunyi", "usaha tersembunyi", "dirahasiakan", "Merek Gelap"):
        assert holding(found, text) == []
    assert record.number in found[reverse("industries:establishment-list")]
    assert fresh(record).search_text.split()[0] == record.number.lower()

    page = signed_in(officer).get(reverse("industries:establishment-detail", args=[record.number])).content.decode()
    for text in ("Disembunyikan dari publik", "Usaha Tersembunyi", "dirahasiakan", "Merek Gelap", WHY):
        assert text in page


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


def test_a_hidden_photograph_is_private_at_once_in_every_size_and_public_again_when_lifted(
    administrator, officer, verifier
):
    photo, of_product = a_photo(officer), a_photo(officer)
    products = [{"name": "Kain", "photo": str(of_product.pk)}]
    record = verified(drafted(officer, photo=str(photo.pk), products=products), by=verifier).record()
    addresses = [Attachment.objects.get(pk=photo.pk).photo_url(width) for width in (480, 960, 2048)]
    assert [status_of(address) for address in addresses] == [200, 200, 200]

    made = hide(record, "photo", by=administrator)
    assert [status_of(address) for address in addresses] == [404, 404, 404]
    assert status_of(photo.get_absolute_url()) == 404
    assert Attachment.objects.get(pk=of_product.pk).published_at
    hide(record, f"products.{record.products.get().key}.photo", by=administrator)
    assert Attachment.objects.get(pk=of_product.pk).published_at is None

    actions.lift(made, reason="Sudah jelas.", by=administrator)
    assert [status_of(address) for address in addresses] == [200, 200, 200]


def test_a_hidden_row_leaves_its_record_and_comes_back_changed_or_lifted(administrator, officer, verifier):
    record = an_establishment(products=[{"name": "Kain Rahasia"}, {"name": "Syal"}])
    row = record.products.get(name="Kain Rahasia")
    award = an_award(establishment=record, product=str(row.key))
    made = hide(record, f"products.{row.key}", by=administrator)
    assert holding(public_answers(record), "Kain Rahasia") == []
    assert Client().get(reverse("product-detail", args=[row.key])).status_code == 404
    assert fresh(award).hidden

    verified(drafted(officer, record=fresh(record), story_id="Kisah"), by=verifier)
    assert (fresh(row).hidden, fresh(row).closed_on is None) == (True, False)

    actions.lift(made, reason="Sudah jelas.", by=administrator)
    assert (fresh(row).hidden, fresh(row).closed_on, fresh(award).hidden) == (False, None, False)
    assert "kain rahasia" in fresh(record).search_text

    hide(record, f"products.{row.key}", by=administrator)
    kept = [{"key": str(row.key), "name": "Kain Terbuka"}, {"key": str(record.products.get(name="Syal").key)}]
    verified(drafted(officer, record=fresh(record), products=kept), by=verifier)
    assert (fresh(row).hidden, fresh(row).closed_on, fresh(row).name) == (False, None, "Kain Terbuka")


def test_a_hidden_row_that_the_office_removes_is_gone(administrator, officer, verifier):
    record = an_establishment(products=[{"name": "Kain"}, {"name": "Syal"}])
    row = record.products.get(name="Kain")
    hide(record, f"products.{row.key}", by=administrator)

    kept = [{"key": str(record.products.get(name="Syal").key)}]
    verified(emptied(drafted(officer, record=fresh(record)), products=kept), by=verifier)

    assert (fresh(row).hidden, fresh(row).withheld, fresh(row).closed_on is None) == (False, {}, False)
    assert not Hidden.objects.live().exists()


def test_a_hidden_record_is_gone_with_all_that_names_it_and_comes_back_whole(administrator, officer, signed_in):
    cluster = a_cluster()
    record = an_establishment(
        name="Usaha Tersembunyi", cluster=cluster.number,
        products=[{"name": "Dodol Rahasia", "halal_category": "makanan"}],
    )  # fmt: skip
    other = an_establishment(name="Usaha Lain")
    award = an_award(establishment=record)
    halal, green = a_halal_certificate(establishment=record), a_green_certificate(establishment=record)
    bought, sold = a_partnership(supplier=other, buyer=record), a_partnership(supplier=record)
    zone = a_zone(tenants=[{"establishment": record.number}, {"name": "PT Lain"}])
    before, spans = counts(), HalalSpan.objects.count()

    made = hide(record, by=administrator)

    found = public_answers(record)
    for text in ("Usaha Tersembunyi", "Dodol Rahasia", halal.certificate_number, green.certificate_number):
        assert holding(found, text) == []
    names = {"award": award, "halalcertification": halal, "greencertification": green, "partnership": sold}
    gone = [reverse(f"{name}-detail", args=[one.number]) for name, one in names.items()]
    gone += [reverse("establishment-detail", args=[record.number]), reverse("partnership-detail", args=[bought.number])]
    gone += [reverse("product-detail", args=[record.products.get().key])]
    gone += [reverse("industries:establishment-detail", args=[record.number])]
    gone += [reverse("ovop:award-detail", args=[award.number]), reverse("ovop:award-share", args=[award.number])]
    assert {page: status_of(page) for page in gone} == dict.fromkeys(gone, 404)
    assert "Usaha Tersembunyi" not in Client().get(reverse("zones:zone-detail", args=[zone.slug])).content.decode()
    assert "Usaha Tersembunyi" not in Client().get(reverse("cluster-detail", args=[cluster.number])).content.decode()
    assert Client().get(reverse("cluster-detail", args=[cluster.number])).json()["members"] == 0
    assert counts() == recounted()
    kept = sorted(HalalCount.objects.filter(number__gt=0).values_list("regency", "cover", "number"))
    recount_halal()
    assert kept == sorted(HalalCount.objects.filter(number__gt=0).values_list("regency", "cover", "number"))

    page = signed_in(officer).get(reverse("industries:establishment-detail", args=[record.number]))
    assert (page.status_code, "Usaha Tersembunyi" in page.content.decode()) == (200, True)
    assert "Disembunyikan dari publik" in page.content.decode()
    assert signed_in(officer).get(reverse("ovop:award-detail", args=[award.number])).status_code == 200

    actions.lift(made, reason="Sudah jelas.", by=administrator)
    assert (counts(), HalalSpan.objects.count()) == (before, spans)
    assert {page: status_of(page) for page in gone} == dict.fromkeys(gone, 200)
    assert "Usaha Tersembunyi" in Client().get(reverse("zones:zone-detail", args=[zone.slug])).content.decode()


def test_an_officer_elsewhere_sees_as_little_of_it_as_a_visitor(administrator, officer_there, verifier, signed_in):
    record = an_establishment(name="Usaha Tersembunyi")
    hide(record, by=administrator)
    addresses = [
        reverse("industries:establishment-detail", args=[record.number]),
        reverse("establishment-detail", args=[record.number]),
    ]

    assert [signed_in(officer_there).get(page).status_code for page in addresses] == [404, 404]
    assert [signed_in(verifier).get(page).status_code for page in addresses] == [200, 200]


def test_an_officer_elsewhere_names_no_hidden_record_and_reads_no_name_of_it(
    administrator, officer, verifier, signed_in
):
    supplier, register = an_establishment(name="Pemasok"), directory.get("partnerships")
    buyer = an_establishment(name="Usaha Tersembunyi", regency="63.06")
    given = partnership_values(supplier=supplier, buyer=buyer)
    earlier = actions.draft(register, given, by=officer)
    hide(buyer, by=administrator)

    for page in ("submissions:detail", "submissions:edit"):
        text = signed_in(officer).get(reverse(page, args=[earlier.number])).content.decode()
        assert (buyer.number in text, "Usaha Tersembunyi" in text) == (True, False)
    for draft in (earlier, actions.draft(register, given, by=officer)):
        with pytest.raises(ValidationError) as refused:
            actions.submit(draft, by=officer, acknowledged=True)
        assert f"“{buyer.number}” tidak dikenal. Pilih salah satu dari daftar." in refused.value.message_dict["buyer"]
    for reader in (administrator, verifier):
        page = signed_in(reader).get(reverse("submissions:detail", args=[earlier.number])).content.decode()
        assert "Usaha Tersembunyi" in page
    assert register.form(given, by=verifier).is_valid()


def test_what_stands_on_two_hidden_records_returns_with_the_last_of_them(administrator):
    supplier, buyer = an_establishment(), an_establishment(name="Pembeli")
    partnership = a_partnership(supplier=supplier, buyer=buyer)
    first, second = hide(supplier, by=administrator), hide(buyer, by=administrator)

    actions.lift(first, reason="Sudah.", by=administrator)
    assert fresh(partnership).hidden

    actions.lift(second, reason="Sudah.", by=administrator)
    assert not fresh(partnership).hidden


def test_makers_stay_when_their_cluster_is_hidden_and_name_it_no_more(administrator, officer, verifier):
    cluster = a_cluster(name="Sentra Rahasia")
    record = an_establishment(cluster=cluster.number)
    made = hide(cluster, by=administrator, slug="clusters")

    assert holding(public_answers(record), "Sentra Rahasia") == []
    assert (fresh(record).hidden, fresh(record).cluster) == (False, None)
    draft = drafted(officer, record=fresh(record), story_id="Kisah")
    assert draft.values["cluster"] == cluster.number
    verified(draft, by=verifier)
    assert fresh(record).cluster is None

    actions.lift(made, reason="Sudah.", by=administrator)
    assert fresh(record).cluster == cluster


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
            assert [one.code for one in actions.verify_many(waiting, by=verifier).left] == ["warning"]

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
    read_all(actions.draw_sample(batch, by=verifier))
    hide(record, "name", by=administrator)

    outcome = actions.verify_batch(batch, by=verifier)

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


def test_a_maker_that_comes_to_a_hidden_cluster_names_it_no_more_than_the_others(administrator, officer, verifier):
    cluster, member = a_cluster(name="Sentra Rahasia"), an_establishment(name="Anggota")
    waiting = drafted(officer, name="Usaha Baru", cluster=cluster.number)
    made = hide(cluster, by=administrator, slug="clusters")

    newcomer = verified(waiting, by=verifier).record()
    verified(drafted(officer, record=member, cluster=cluster.number), by=verifier)

    assert [(fresh(one).cluster, fresh(one).hidden) for one in (newcomer, member)] == [(None, False)] * 2
    assert holding(public_answers(newcomer), "Sentra Rahasia") == []

    actions.lift(made, reason="Sudah.", by=administrator)
    assert {fresh(one).cluster for one in (newcomer, member)} == {cluster}


def test_a_merged_record_is_hidden_while_it_or_the_one_it_became_is(administrator, verifier):
    keep, drop = an_establishment(), an_establishment(name="Kembar")
    actions.merge(directory.get(SLUG), keep, drop, by=verifier)
    own, of_kept = hide(drop, by=administrator), hide(keep, by=administrator)

    actions.lift(of_kept, reason="Sudah.", by=administrator)
    assert (fresh(keep).hidden, fresh(drop).hidden) == (False, True)

    of_kept = hide(keep, by=administrator)
    actions.lift(own, reason="Sudah.", by=administrator)
    assert fresh(drop).hidden

    actions.lift(of_kept, reason="Sudah.", by=administrator)
    assert not fresh(drop).hidden


def test_what_is_hidden_of_a_star_moves_with_the_merge_of_its_maker(administrator, verifier):
    keep = an_establishment()
    there = an_establishment(name="Kembar", regency="63.06", products=[{"name": "Kain"}])
    award = an_award(establishment=there)
    made = hide(award, by=administrator, slug="awards")

    actions.merge(directory.get(SLUG), keep, there, by=verifier)

    assert (fresh(award).regency_id, fresh(made).regency_id) == ("63.07", "63.07")


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


def test_what_is_hidden_of_a_record_follows_it_to_another_regency(administrator, verifier):
    record = an_establishment(products=[{"name": "Kain"}], story_id="Kisah")
    award = an_award(establishment=record)
    made = [hide(record, "story_id", by=administrator), hide(award, by=administrator, slug="awards")]

    actions.publish(directory.get(SLUG), place("63.06"), by=administrator, record=fresh(record))

    assert {fresh(one).regency_id for one in made} == {"63.06"}


def test_a_new_record_that_names_a_hidden_one_is_hidden_too(administrator):
    record = an_establishment(products=[{"name": "Kain"}])
    made = hide(record, by=administrator)

    green = a_green_certificate(establishment=fresh(record))
    assert fresh(green).hidden

    actions.lift(made, reason="Sudah.", by=administrator)
    assert not fresh(green).hidden


def test_what_the_office_alone_reads_stays_in_its_lists(administrator, officer, verifier, signed_in):
    record = an_establishment(products=[{"name": "Kain"}], documents=[{"kind": "nib", "number": "DOK-1"}])
    nomination = a_nomination(establishment=record)
    hide(record, by=administrator)

    register = directory.get("nominations")
    actions.publish(register, {"uniqueness": "Motif baru"}, by=administrator, record=fresh(nomination))
    closing = {"closed_on": "2026-01-31", "closed_reason": "error"}
    verified(drafted(officer, record=fresh(record), kind="close", **closing), by=verifier)
    actions.publish(directory.get(SLUG), {}, by=administrator, record=fresh(record), kind="reopen")

    assert (fresh(record).hidden, fresh(nomination).hidden) == (True, False)
    assert nomination.number in signed_in(officer).get(reverse("ovop:nomination-list")).content.decode()
    assert [(one.hidden, one.closed_on) for one in record.documents.all()] == [(False, None)]


def test_a_milestone_follows_its_zone(administrator):
    zone = a_zone(name="Kawasan Rahasia")
    milestone = a_milestone(zone=zone)

    made = hide(zone, by=administrator, slug="zones")
    pages = [reverse(f"zones:{name}", args=[zone.slug]) for name in ("zone-progress", "zone-profile", "zone-shapes")]
    pages += [reverse("zones:milestone-detail", args=[milestone.number])]
    assert [status_of(page) for page in pages] == [404, 404, 404, 404]
    assert "Kawasan Rahasia" not in Client().get(reverse("zones:zone-portfolio")).content.decode()
    compared = Client().get(reverse("zones:zone-compare"), {"kawasan": zone.slug})
    assert "Kawasan Rahasia" not in compared.content.decode()

    actions.lift(made, reason="Sudah.", by=administrator)
    assert [status_of(page) for page in pages] == [200, 200, 200, 200]


def test_a_label_of_a_hidden_star_tells_no_name_but_still_says_that_one_was_revoked(administrator, officer, settings):
    settings.OVOP_SIGNING_KEYS = f"satu={KEYS[1]}"
    record = an_establishment(name="Usaha Tersembunyi", products=[{"name": "Dodol Rahasia"}])
    award = an_award(establishment=record)
    label = print_label(award, form="svg", by=administrator)
    page, told = reverse("ovop:check", args=[label.token]), reverse("verify", args=[label.token])
    hide(record, by=administrator)

    answer, said = Client().get(page).content.decode(), Client().get(told).json()
    assert "Usaha Tersembunyi" not in answer
    assert "Dodol Rahasia" not in answer
    assert (said["verdict"], said["award"]) == ("withheld", None)

    type(award).objects.filter(pk=award.pk).update(state="dicabut", state_on="2026-02-01")
    assert Client().get(told).json()["verdict"] == "revoked"
    assert "Usaha Tersembunyi" not in Client().get(page).content.decode()
    with pytest.raises(NotNow):
        print_label(award, form="svg", by=administrator)


def test_files_for_programs_leave_it_empty(administrator):
    record = an_establishment(story_id="Kisah rahasia")
    hide(record, "story_id", by=administrator)

    text = text_of(Client().get(reverse("downloads:list", kwargs={"slug": SLUG, "kind": "csv"})))
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    features = json.loads(text_of(Client().get(reverse("downloads:list", kwargs={"slug": SLUG, "kind": "geojson"}))))

    assert [row["story_id"] for row in rows] == [""]
    assert [one["properties"]["story_id"] for one in features["features"]] == [None]


def test_a_kept_answer_is_old_at_once(administrator):
    record, visitor = an_establishment(name="Usaha Tersembunyi"), Client()
    page = reverse("industries:establishment-list")
    first = visitor.get(page)
    assert "Usaha Tersembunyi" in first.content.decode()

    hide(record, "name", by=administrator)

    again = visitor.get(page, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, "Usaha Tersembunyi" in again.content.decode()) == (200, False)


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


def test_the_history_and_the_officers_are_told_why_and_never_what(administrator, officer, officer_there):
    record = an_establishment(name="Usaha Tersembunyi")
    hide(record, "name", by=administrator)

    entry = Entry.objects.about(record).get(verb="hide")
    assert (entry.actor, entry.detail) == (administrator, {"fields": ["name"], "why": WHY})
    notice = Notice.objects.get()
    assert notice.recipient == officer
    assert WHY in notice.body
    assert "Tersembunyi" not in notice.body + notice.title


def test_only_an_administrator_hides_and_lifts_and_says_why(administrator, officer, verifier, head, trying):
    record = an_establishment(story_id="Kisah")
    made = hide(record, "story_id", by=administrator)
    for user in (officer, verifier, head):
        with pytest.raises(Refused):
            hide(record, "name", by=user)
        with pytest.raises(Refused):
            actions.lift(made, reason="Sudah.", by=user)
    for reason in ("", "  ", "NIK 6307014508900001"):
        with pytest.raises(ValidationError) as refused:
            actions.hide(directory.get(SLUG), record, "name", reason=reason, by=administrator)
        assert set(refused.value.message_dict) == {"reason"}
    with pytest.raises(NotNow):
        hide(record, "story_id", by=administrator)
    actions.lift(made, reason="Sudah.", by=administrator)
    with pytest.raises(NotNow):
        actions.lift(made, reason="Sudah.", by=administrator)


def test_what_is_not_public_or_needed_by_the_rest_cannot_be_hidden_by_itself(administrator):
    record = an_establishment(owner_name="Aluh", products=[{"name": "Kain"}])
    key = record.products.get().key
    halal = a_halal_certificate(establishment=record)

    for slug, of, path in (
        (SLUG, record, "owner_name"), (SLUG, record, "kbli"), (SLUG, record, "regency"), (SLUG, record, "nothing"),
        (SLUG, record, "search_text"), (SLUG, record, f"products.{key}.name"), (SLUG, record, "photo"),
        (SLUG, record, "closed_on"), ("halal", halal, "revoked_on"), ("halal", halal, "certificate_number"),
    ):  # fmt: skip
        with pytest.raises(ValidationError) as refused:
            hide(of, path, by=administrator, slug=slug)
        assert set(refused.value.message_dict) == {"path"}


def test_what_is_hidden_is_not_merged_away(administrator, verifier):
    keep, drop = an_establishment(), an_establishment(name="Kembar", story_id="Rahasia")
    hide(drop, "story_id", by=administrator)

    with pytest.raises(NotNow):
        actions.merge(directory.get(SLUG), keep, drop, by=verifier)


@pytest.mark.parametrize("slug", [one.slug for one in directory.all_registers() if one.model.audience.is_public])
def test_every_register_can_be_hidden_whole_and_field_by_field_and_comes_back_as_it_was(slug, administrator, trying):
    register, record = directory.get(slug), RECORDS[slug]()
    values = register.form.recorded(fresh(record))
    columns = {one.attname: getattr(fresh(record), one.attname) for one in record._meta.concrete_fields}

    for path in ("", *hideable_fields(register.model)):
        with trying(path):
            if path and is_empty(fresh(record), path):
                with pytest.raises(ValidationError):
                    hide(fresh(record), path, by=administrator, slug=slug)
                continue
            made = hide(fresh(record), path, by=administrator, slug=slug)
            assert register.form.recorded(fresh(record)) == values
            assert counts() == recounted()
            actions.lift(made, reason="Sudah.", by=administrator)
            back = {one.attname: getattr(fresh(record), one.attname) for one in record._meta.concrete_fields}
            assert {name for name in back if back[name] != columns[name]} <= {"updated_at", "search_text"}


def test_hiding_asks_as_many_queries_for_many_as_for_few(administrator):
    def cost(number):
        record = an_establishment(name=f"Usaha {number}", products=[{"name": f"Kain {at}"} for at in range(number)])
        for product in record.products.all():
            an_award(establishment=record, product=str(product.key))
        with CaptureQueriesContext(connection) as queries:
            hide(record, by=administrator)
        assert Establishment.objects.get(pk=record.pk).awards.filter(hidden=True).count() == number
        assert Product.objects.filter(establishment=record, hidden=True).count() == number
        return len(queries)

    assert cost(1) == cost(5)


def test_an_administrator_hides_and_shows_on_one_page_without_a_script(administrator, officer, signed_in):
    record = an_establishment(name="Usaha Tersembunyi", story_id="Kisah rahasia")
    page, detail = (
        reverse("submissions:hide", args=[SLUG, record.number]),
        reverse("industries:establishment-detail", args=[record.number]),
    )
    client = signed_in(administrator)
    assert page in client.get(detail).content.decode()
    assert page not in signed_in(officer).get(detail).content.decode()
    assert "Kisah rahasia" in client.get(page).content.decode()
    assert "hanya anggota sentra tersembunyi yang tetap tampil" in " ".join(client.get(page).content.decode().split())

    assert client.post(page, {"path": "story_id", "reason": ""}).status_code == 400
    assert client.post(page, {"path": "owner_name", "reason": WHY}).status_code == 400
    assert client.post(page, {"path": "story_id", "reason": WHY}).status_code == 302
    assert "Kisah rahasia" not in Client().get(detail).content.decode()
    made = Hidden.objects.get()
    told = signed_in(officer).get(reverse("submissions:hidden")).content.decode()
    for text in (record.number, WHY, "Cerita (Indonesia)"):
        assert text in told

    assert client.post(page, {"lift": made.pk, "reason": ""}).status_code == 400
    assert client.post(page, {"lift": made.pk, "reason": "Sudah jelas."}).status_code == 302
    assert "Kisah rahasia" in Client().get(detail).content.decode()


def test_the_same_over_the_api(administrator, officer, api):
    record = an_establishment(story_id="Kisah rahasia")
    asked = {"record": record.number, "path": "story_id", "reason": WHY}

    assert api().post("/api/v1/hidden/", asked).status_code == 401
    assert api(officer).post("/api/v1/hidden/", asked).status_code == 403
    made = api(administrator).post("/api/v1/hidden/", asked)
    assert (made.status_code, made.json()["path"]) == (201, "story_id")
    assert api(administrator).post("/api/v1/hidden/", asked).status_code == 409
    assert [one["id"] for one in api(officer).get("/api/v1/hidden/").json()["results"]] == [made.json()["id"]]
    lifted = api(administrator).post(f"/api/v1/hidden/{made.json()['id']}/lift/", {"reason": "Sudah."})
    assert (lifted.status_code, fresh(record).story_id) == (200, "Kisah rahasia")
