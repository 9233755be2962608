"""Two records become one and two again: nothing is lost on the way, and nobody merges who may not."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from disperin.attachments.models import Attachment
from disperin.desk.refusals import NotNow, Refused
from disperin.duplicates import actions as duplicates
from disperin.duplicates.side_by_side import left_in_words
from disperin.history.models import Entry
from disperin.inquiries.actions import receive
from disperin.inquiries.models import Inquiry, Kind
from disperin.registers.models import DuplicatePair, FacetCount, Merge
from disperin.registers.record import directory, rollup
from disperin.registers.record.revisions import revision_of
from disperin.registers.record.versions import values_at, versions_of
from disperin.submissions import actions
from disperin.submissions.models import Submission
from industries.actions import assign, recount_halal
from industries.models import Establishment, HalalCount, HalalTask
from tests.factories import (
    a_cluster,
    a_halal_certificate,
    an_award,
    an_establishment,
    halal_duties,
)
from tests.submissions.test_consequences import a_photo

FOOD = {"halal_category": "makanan"}
NIB = "1234567890123"
SLUG = "establishments"


@pytest.fixture
def register():
    return directory.get(SLUG)


@pytest.fixture
def keep(db):
    return an_establishment(name="Dodol Mawar", products=[{"name": "Dodol", **FOOD}])


@pytest.fixture
def drop(keep):
    products = [{"name": "Dodol", **FOOD}, {"name": "Wajik", **FOOD}]
    return an_establishment(name="CV Mawar Dodol", nib=NIB, phone="08123456789", products=products)


def key_of(record, name):
    return str(record.products.get(name=name).key)


def counts():
    return {(one.register, one.facet, one.value): one.number for one in FacetCount.objects.filter(number__gt=0)}


def recounted():
    for one in directory.all_registers():
        rollup.recount(one.slug, one.model)
    return counts()


def halal_counts():
    return sorted(HalalCount.objects.filter(number__gt=0).values_list("regency", "cover", "category", "number"))


def products_in(register, record, version=None):
    versions = versions_of(record)
    chosen = next(one for one in versions if version in (None, one.number))
    return sorted(row["name"] for row in values_at(register, record, chosen, versions)["products"])


def test_what_points_to_the_closed_record_is_carried_over_and_goes_back(register, keep, drop, verifier, officer):
    halal_duties()
    award = an_award(establishment=drop)
    certificate = a_halal_certificate(establishment=drop)
    report = receive(kind=Kind.REPORT, record=drop, message="Alamatnya salah")
    assign(drop.products.filter(name="Wajik"), to=officer, by=verifier, due_on=timezone.localdate())
    revisions = {slug: revision_of(slug) for slug in (SLUG, "awards", "halal")}

    made = duplicates.merge(
        register, keep, drop, by=verifier, choices=["nib"], same_rows={key_of(drop, "Dodol"): key_of(keep, "Dodol")}
    )

    keep, drop = (Establishment.objects.get(pk=one.pk) for one in (keep, drop))
    assert (keep.name, keep.nib, keep.phone, keep.version) == ("Dodol Mawar", NIB, "", 2)
    assert sorted(keep.products.values_list("name", flat=True)) == ["Dodol", "Wajik"]
    assert (drop.closed_reason, drop.version, drop.nib) == ("duplicate", 2, NIB)
    for one in (award, certificate):
        one.refresh_from_db()
    assert (award.establishment_id, award.product, award.version) == (keep.pk, keep.products.get(name="Dodol"), 2)
    assert certificate.establishment_id == keep.pk
    assert set(certificate.covers.values_list("product", flat=True)) == set(keep.products.values_list("pk", flat=True))
    assert Inquiry.objects.get(pk=report.pk).record_number == keep.number
    assert HalalTask.objects.get().product.establishment_id == keep.pk
    assert all(revision_of(slug) > before for slug, before in revisions.items())
    assert counts() == recounted()
    kept_halal = halal_counts()
    recount_halal()
    assert halal_counts() == kept_halal
    assert versions_of(award)[0].submission == made.kept_submission
    assert (products_in(register, keep, 1), products_in(register, keep)) == (["Dodol"], ["Dodol", "Wajik"])
    assert products_in(register, drop, 1) == ["Dodol", "Wajik"]  # what the old number was can still be read
    assert [one.verb for one in Entry.objects.about(drop)[:1]] == ["merge_away"]

    duplicates.unmerge(made, by=verifier)

    keep, drop = (Establishment.objects.get(pk=one.pk) for one in (keep, drop))
    assert (keep.nib, drop.nib, drop.closed_on, drop.closed_reason) == ("", NIB, None, "")
    assert list(keep.products.filter(closed_on=None).values_list("name", flat=True)) == ["Dodol"]
    assert list(drop.products.filter(closed_on=None).values_list("name", flat=True)) == ["Dodol", "Wajik"]
    for one in (award, certificate):
        one.refresh_from_db()
    assert (award.establishment_id, award.product) == (drop.pk, drop.products.get(name="Dodol"))
    assert certificate.establishment_id == drop.pk
    assert Inquiry.objects.get(pk=report.pk).record_number == drop.number
    made.refresh_from_db()
    assert (made.undone_by, made.left) == (verifier, [])
    assert counts() == recounted()
    kept_halal = halal_counts()
    recount_halal()
    assert halal_counts() == kept_halal
    assert (products_in(register, keep), products_in(register, keep, 2)) == (["Dodol"], ["Dodol", "Wajik"])


def test_what_lies_where_the_closed_record_lies_comes_to_the_other_regency_and_goes_back(register, keep, verifier):
    there = an_establishment(name="Dodol Mawar", regency="63.06", products=[{"name": "Dodol", **FOOD}])
    award, certificate = an_award(establishment=there), a_halal_certificate(establishment=there)

    made = duplicates.merge(
        register, keep, there, by=verifier, same_rows={key_of(there, "Dodol"): key_of(keep, "Dodol")}
    )

    for one in (award, certificate):
        one.refresh_from_db()
    assert {award.regency_id, certificate.regency_id, made.regency_id} == {"63.07"}
    assert "-6306-" in award.number  # for ever
    assert counts() == recounted()
    kept_halal = halal_counts()
    recount_halal()
    assert halal_counts() == kept_halal

    duplicates.unmerge(made, by=verifier)

    for one in (award, certificate, there):
        one.refresh_from_db()
    assert {award.regency_id, certificate.regency_id, there.regency_id} == {"63.06"}
    assert (award.establishment_id, there.closed_on) == (there.pk, None)
    assert counts() == recounted()
    kept_halal = halal_counts()
    recount_halal()
    assert halal_counts() == kept_halal


def test_what_was_changed_since_stays_and_what_came_since_goes_along(register, keep, drop, administrator):
    made = duplicates.merge(register, keep, drop, by=administrator, choices=["nib", "phone"])
    keep.refresh_from_db()
    actions.publish(register, {"phone": "08987654321"}, by=administrator, record=keep)
    star = an_award(establishment=keep, product=key_of(keep, "Wajik"))

    undone = duplicates.unmerge(made, by=administrator)

    keep, drop = (Establishment.objects.get(pk=one.pk) for one in (keep, drop))
    star.refresh_from_db()
    assert (keep.nib, keep.phone, drop.phone) == ("", "+628987654321", "+628123456789")
    assert left_in_words(undone) == ["Telepon atau WhatsApp"]
    assert (star.establishment_id, star.product.establishment_id) == (drop.pk, drop.pk)


def test_only_verifiers_and_administrators_merge_and_a_waiting_submission_comes_first(
    register, keep, drop, officer, head, verifier
):
    for one in (officer, head):
        with pytest.raises(Refused):
            duplicates.merge(register, keep, drop, by=one)
    waiting = actions.submit(
        actions.draft(register, {"name": "Dodol"}, by=officer, record=drop), by=officer, acknowledged=True
    )

    with pytest.raises(NotNow, match=waiting.number):
        duplicates.merge(register, keep, drop, by=verifier)
    with pytest.raises(NotNow, match=waiting.number):
        duplicates.merge(register, drop, keep, by=verifier)

    actions.withdraw(waiting, by=officer)
    made = duplicates.merge(register, keep, drop, by=verifier)
    with pytest.raises(Refused):
        duplicates.unmerge(made, by=officer)
    with pytest.raises(NotNow, match=drop.number):
        duplicates.merge(register, keep, drop, by=verifier)


def test_what_cannot_be_is_refused_whole(register, keep, drop, verifier):
    an_award(establishment=keep)
    an_award(establishment=drop)
    same = {key_of(drop, "Dodol"): key_of(keep, "Dodol")}
    before = (Submission.objects.count(), counts())

    with pytest.raises(NotNow, match="OVOP"):
        duplicates.merge(register, keep, drop, by=verifier, same_rows=same)
    with pytest.raises(NotNow):
        duplicates.merge(register, keep, drop, by=verifier, versions=(1, 2))
    with pytest.raises(NotNow):
        duplicates.merge(register, keep, keep, by=verifier)
    for wrong in ({"choices": ["nothing"]}, {"same_rows": {"x": "y"}}):
        with pytest.raises(ValidationError):
            duplicates.merge(register, keep, drop, by=verifier, **wrong)

    assert (Submission.objects.count(), counts()) == before
    assert not Merge.objects.exists()


def test_the_members_of_a_merged_cluster_are_found_by_its_new_name(db, verifier):
    keep, drop = a_cluster(name="Sentra Dodol Kandangan"), a_cluster(name="Sentra Dodol")
    member = an_establishment(cluster=drop.number)

    made = duplicates.merge(directory.get("clusters"), keep, drop, by=verifier)

    member.refresh_from_db()
    assert (member.cluster_id, member.version) == (keep.pk, 2)
    assert "sentra dodol kandangan" in member.search_text
    duplicates.unmerge(made, by=verifier)
    member.refresh_from_db()
    assert (member.cluster_id, member.version) == (drop.pk, 3)


def test_the_old_number_leads_to_the_record_that_stands(register, keep, drop, verifier, client):
    page, address = f"/industri/{drop.number}/", f"/api/v1/establishments/{drop.number}/"
    first = [client.get(page).status_code, client.get(address).status_code]

    made = duplicates.merge(register, keep, drop, by=verifier)
    moved, told = client.get(page), client.get(address)

    assert first == [200, 200]
    assert (moved.status_code, moved["Location"], moved["Cache-Control"]) == (
        301,
        f"/industri/{keep.number}/",
        "no-cache",
    )
    assert (told.status_code, told.json()["number"]) == (308, keep.number)
    assert client.get(told["Location"]).status_code == 200
    duplicates.unmerge(made, by=verifier)
    assert [client.get(page).status_code, client.get(address).status_code] == [200, 200]


def test_the_search_finds_pairs_and_asks_again_only_for_a_new_reason(register, verifier, officer):
    first = an_establishment(name="Dodol Mawar", owner_name="Siti Aisyah")
    second = an_establishment(name="UD. Mawar Dodol", owner_name="Siti Aisyah")
    away = an_establishment(name="Tahu Barabai", regency="63.06", nib=NIB, owner_name="Ahmad")
    there = an_establishment(name="Tahu Barabai", nib=NIB, owner_name="Ahmad")

    with pytest.raises(Refused):
        duplicates.begin_search(by=officer)
    assert duplicates.search_now() == 2

    near, far = DuplicatePair.objects.order_by("first_id")
    assert (near.first_id, near.second_id, near.score) == (first.pk, second.pk, 85)
    assert near.reasons == ["same_name", "same_person", "same_village"]
    assert {far.regency_id, far.second_regency_id} == {"63.06", "63.07"}
    assert {far.first_id, far.second_id} == {away.pk, there.pk}
    with pytest.raises(ValidationError):
        duplicates.dismiss(near, by=verifier, note=" ")
    duplicates.dismiss(near, by=verifier, note="Dua dapur yang berbeda")
    assert duplicates.search_now() == 1
    actions.publish(register, {"phone": "08123456789"}, by=_administrator(), record=first)
    actions.publish(register, {"phone": "08123456789"}, by=_administrator(), record=second)
    assert duplicates.search_now() == 2
    actions.publish(register, {"name": "Batik", "nib": ""}, by=_administrator(), record=there)
    assert duplicates.search_now() == 1


def _administrator():
    return Submission.objects.filter(direct=True).first().proposed_by


def test_of_a_dismissed_pair_nobody_is_warned_again(register, officer, verifier):
    first = an_establishment(name="Dodol Mawar")
    second = an_establishment(name="Dodol Mawar CV")
    form = register.form(register.form.recorded(second), instance=second)
    assert form.is_valid()
    told = form.warnings()
    assert [path for path, _text in told] == ["name"]
    assert first.number in told[0][1]
    duplicates.search_now()
    duplicates.dismiss(DuplicatePair.objects.get(), by=verifier, note="Dua dapur")

    form = register.form(register.form.recorded(second), instance=second)
    assert form.is_valid()
    assert form.warnings() == []


def test_photographs_of_rows_stay_public_both_ways(register, keep, officer, verifier):
    face, product = a_photo(officer), a_photo(officer)
    drop = an_establishment(name="Wajik", photo=str(face.pk), products=[{"name": "Wajik", "photo": str(product.pk)}])

    def public():
        return [bool(Attachment.objects.get(pk=one.pk).published_at) for one in (face, product)]

    before = public()
    made = duplicates.merge(register, keep, drop, by=verifier)
    merged = public()
    duplicates.unmerge(made, by=verifier)

    assert (before, merged, public()) == ([True, True], [False, True], [True, True])
