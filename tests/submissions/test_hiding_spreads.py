"""What names something hidden is hidden with it, follows it, and comes back with the last of it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disperin.desk.refusals import NotNow
from disperin.duplicates import actions as duplicates
from disperin.notices.models import Notice
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.models import Submission
from industries.actions import recount_halal
from industries.models import Establishment, HalalCount, HalalSpan, Product
from tests.factories import (
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
from tests.submissions.hiding import SLUG, counts, fresh, hide, holding, public_answers, recounted, status_of
from tests.submissions.test_consequences import drafted, verified


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


def test_an_officer_whose_maker_supplies_a_hidden_one_elsewhere_reads_its_number_only(
    administrator, officer, verifier, signed_in, api
):
    supplier = an_establishment(name="Pemasok")
    buyer = an_establishment(name="Usaha Tersembunyi", regency="63.06")
    number = a_partnership(supplier=supplier, buyer=buyer).number
    hide(buyer, by=administrator)
    pages = [
        reverse("zones:partnership-detail", args=[number]),
        reverse("submissions:record-versions", args=["partnerships", number]),
        f"{reverse('submissions:start')}?daftar=partnerships&data={number}",
    ]

    for page in pages:
        texts = [signed_in(one).get(page).content.decode() for one in (officer, verifier)]
        assert [("Usaha Tersembunyi" in text) for text in texts] == [False, True]
        assert supplier.name in texts[0]
    told = [api(one).get(f"/api/v1/partnerships/{number}/").json() for one in (officer, verifier)]
    assert [(one["buyer"], one["buyer_name"]) for one in told] == [
        (buyer.number, None),
        (buyer.number, "Usaha Tersembunyi"),
    ]


def test_titles_of_submissions_tell_no_hidden_name_to_an_officer_elsewhere(
    administrator, officer, verifier, signed_in, api
):
    register = directory.get("partnerships")
    supplier = an_establishment(name="Pemasok")
    buyer = an_establishment(name="Usaha Tersembunyi", regency="63.06")
    tenant = a_zone(regency="63.06", tenants=[{"establishment": buyer.number}]).tenants.get()
    given = partnership_values(supplier=supplier, buyer=buyer)
    by_number, by_key = f"Pemasok → {buyer.number}", f"Pemasok → {tenant.key}"

    def of(submission):
        return Submission.objects.get(pk=submission.pk).title

    proposed = actions.submit(actions.draft(register, given, by=officer), by=officer, acknowledged=True)
    record = a_partnership(supplier=supplier, buyer=buyer, since="2020-01-01", until="2021-01-01")
    by_tenant = a_partnership(supplier=supplier, buyer=None, buyer_tenant=str(tenant.key))
    kept = [
        proposed,
        Submission.objects.get(record_number=by_tenant.number),
        actions.draft(register, {"volume": "5", "volume_unit": "kg"}, by=officer, record=record),
        actions.draft(register, {}, by=officer, record=by_tenant, kind="close"),
    ]
    assert {of(one) for one in kept} == {"Pemasok → Usaha Tersembunyi"}

    for path, of_tenant in (("", by_key), ("name", by_number)):
        made = hide(buyer, path, by=administrator)
        begun = actions.draft(register, {"volume": "7"}, by=verifier, record=fresh(record))
        assert [of(one) for one in (*kept, begun)] == [by_number, of_tenant, by_number, of_tenant, by_number]
        found = api(officer).get("/api/v1/submissions/?q=tersembunyi").json()["results"]
        assert found == []
        answers = ["", "?q=pemasok", *(f"{one.number}/" for one in kept)]
        said = [str(api(officer).get(f"/api/v1/submissions/{one}").json()) for one in answers]
        pages = [reverse("submissions:inbox"), reverse("submissions:edit", args=[kept[2].number])]
        pages += [reverse("submissions:detail", args=[one.number]) for one in kept]
        said += [signed_in(officer).get(page).content.decode() for page in pages]
        for text in said:
            assert ("Pemasok →" in text, "Usaha Tersembunyi" in text) == (True, False)

        actions.lift(made, reason="Sudah.", by=administrator)
        actions.withdraw(begun, by=verifier)
        assert {of(one) for one in (*kept, begun)} == {"Pemasok → Usaha Tersembunyi"}


def test_notices_of_before_tell_no_hidden_name_either(administrator, officer, verifier):
    buyer = an_establishment(name="Usaha Tersembunyi", regency="63.06")
    given = partnership_values(supplier=an_establishment(name="Pemasok"), buyer=buyer)
    draft = actions.draft(directory.get("partnerships"), given, by=officer)
    actions.reject(actions.submit(draft, by=officer, acknowledged=True), by=verifier, round=1, note="Ganda.")
    notice = Notice.objects.get(recipient=officer)
    assert "Usaha Tersembunyi" in notice.title

    hide(buyer, "", by=administrator)

    notice.refresh_from_db()
    assert notice.title.endswith(f"Pemasok → {buyer.number}")
    assert "Usaha Tersembunyi" not in notice.body


def test_notices_tell_no_hidden_name_in_an_earlier_spelling_or_of_an_earlier_round(
    administrator, officer, officer_there, verifier
):
    register, supplier = directory.get("partnerships"), an_establishment(name="Pemasok")
    buyer, other = (an_establishment(name=name, regency="63.06") for name in ("Usaha Lama", "Usaha Lain"))
    tenant = a_zone(regency="63.06", tenants=[{"establishment": buyer.number}]).tenants.get()
    by_tenant = {"buyer": None, "buyer_tenant": str(tenant.key)}
    drafts = [
        actions.draft(register, {**partnership_values(supplier=supplier, buyer=buyer), **one}, by=officer)
        for one in ({}, by_tenant, {})
    ]
    for draft in drafts:
        submission = actions.submit(draft, by=officer, acknowledged=True)
        actions.send_back(submission, by=verifier, round=1, reasons={"commodity": "Periksa."})
    verified(drafted(officer_there, record=buyer, name="Usaha Baru"), by=verifier)
    actions.revise(fresh(drafts[0]), {"volume": "5", "volume_unit": "kg"}, by=officer)
    actions.revise(fresh(drafts[2]), {"buyer": other.number}, by=officer)

    made = hide(fresh(buyer), by=administrator)

    told = "\n".join(one.as_text for one in Notice.objects.of(officer))
    for name in ("Usaha Lama", "Usaha Baru"):
        assert name not in told
    assert told.count(f"Pemasok → {buyer.number}") == 4
    assert told.count(f"Pemasok → {tenant.key}") == 2

    actions.lift(made, reason="Sudah.", by=administrator)
    told = "\n".join(one.as_text for one in Notice.objects.of(officer))
    assert (told.count("Pemasok → Usaha Baru"), buyer.number in told) == (6, False)


def test_titles_follow_the_zone_of_a_tenant_and_the_record_that_a_partner_became(administrator, officer, verifier):
    register, supplier = directory.get("partnerships"), an_establishment(name="Pemasok")
    zone = a_zone(regency="63.06", tenants=[{"name": "PT Penyewa"}])
    keep, twin = an_establishment(regency="63.06"), an_establishment(name="Kembar", regency="63.06")
    tenant = str(zone.tenants.get().key)
    sides = ({"buyer_tenant": tenant, "buyer": None}, {"buyer": twin.number})
    drafts = [
        actions.draft(register, {**partnership_values(supplier=supplier, buyer=keep), **one}, by=officer)
        for one in sides
    ]
    titles = [actions.submit(one, by=officer, acknowledged=True).title for one in drafts]
    assert titles == ["Pemasok → PT Penyewa", "Pemasok → Kembar"]
    duplicates.merge(directory.get(SLUG), keep, twin, by=verifier)

    hide(zone, by=administrator, slug="zones")
    hide(keep, by=administrator)

    found = [Submission.objects.get(pk=one.pk).title for one in drafts]
    assert found == [f"Pemasok → {tenant}", f"Pemasok → {twin.number}"]


def test_a_merged_record_stays_hidden_with_the_one_it_became_whatever_an_administrator_stores(administrator, verifier):
    register = directory.get(SLUG)
    keep, drop = an_establishment(), an_establishment(name="Kembar")
    duplicates.merge(register, keep, drop, by=verifier)
    hide(keep, by=administrator)

    for values in ({}, {"phone": "08125000123"}):
        actions.publish(register, values, by=administrator, record=fresh(drop))
        assert fresh(drop).hidden
    actions.publish(register, {}, by=administrator, record=fresh(drop), kind="reopen")
    assert not fresh(drop).hidden


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
    duplicates.merge(directory.get(SLUG), keep, drop, by=verifier)
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

    duplicates.merge(directory.get(SLUG), keep, there, by=verifier)

    assert (fresh(award).regency_id, fresh(made).regency_id) == ("63.07", "63.07")


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
    named = ("zone-progress", "zone-profile", "zone-shapes", "zone-picture")
    pages = [reverse(f"zones:{name}", args=[zone.slug]) for name in named]
    pages += [reverse("zones:milestone-detail", args=[milestone.number])]
    assert [status_of(page) for page in pages] == [404, 404, 404, 404, 404]
    assert "Kawasan Rahasia" not in Client().get(reverse("zones:zone-portfolio")).content.decode()
    compared = Client().get(reverse("zones:zone-compare"), {"kawasan": zone.slug})
    assert "Kawasan Rahasia" not in compared.content.decode()

    actions.lift(made, reason="Sudah.", by=administrator)
    assert [status_of(page) for page in pages] == [200, 200, 200, 200]


def test_what_is_hidden_is_not_merged_away(administrator, verifier):
    keep, drop = an_establishment(), an_establishment(name="Kembar", story_id="Rahasia")
    hide(drop, "story_id", by=administrator)

    with pytest.raises(NotNow):
        duplicates.merge(directory.get(SLUG), keep, drop, by=verifier)


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
