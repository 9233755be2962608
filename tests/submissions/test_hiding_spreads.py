"""What names something hidden is hidden with it, follows it, and comes back with the last of it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disperin.registers.record import directory
from disperin.submissions import actions
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
    place,
)
from tests.submissions.hiding import SLUG, counts, fresh, hide, holding, public_answers, recounted, status_of
from tests.submissions.test_consequences import drafted, verified

pytestmark = pytest.mark.thorough


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
    assert [status_of(page) for page in pages] == [200, 200, 200, 200, 200]


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
