"""The pages of readiness: whose products, in which order, and what is said of one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ovop.models import Gate, ReadinessWeight
from tests.factories import an_establishment, ovop_reference

pytestmark = pytest.mark.django_db


FOOD = {"name": "Amplang", "halal_category": "makanan"}


def pages(client, path=None, **query):
    return client.get(path or reverse("ovop:readiness"), query)


def test_an_officer_sees_the_products_of_the_own_regency(officer, signed_in):
    ovop_reference()
    an_establishment(products=[{"name": "Kain sini"}], nib="9120300000001")
    an_establishment(regency="63.06", products=[{"name": "Kain sana"}])

    text = pages(signed_in(officer)).content.decode()

    assert "Kain sini" in text
    assert "Kain sana" not in text
    assert "Hitungan kantor, bukan ketentuan." in text


def test_the_list_is_narrowed_and_sorted_in_the_database(officer, signed_in, trying):
    client = signed_in(officer)
    Gate.objects.create(key="nib", fact="nib")
    ReadinessWeight.objects.create(key="nib", fact="nib", weight=10)
    an_establishment(products=[FOOD])
    an_establishment(products=[{"name": "Kain"}], nib="9120300000001")

    for query, names in [
        ({}, ["Kain", "Amplang"]),
        ({"order": "name"}, ["Amplang", "Kain"]),
        ({"q": "ampl"}, ["Amplang"]),
        ({"food": "yes"}, ["Amplang"]),
        ({"food": "no"}, ["Kain"]),
        ({"gates": "open"}, ["Kain"]),
        ({"gates": "shut"}, ["Amplang"]),
        ({"order": "-score"}, ["Kain", "Amplang"]),
        ({"district": "63.07.01", "order": "name"}, ["Amplang", "Kain"]),
    ]:
        with trying(query, names):
            answer = pages(client, **query)

            assert [row["name"] for row in answer.context["rows"]] == names


def test_following_pages_by_score_lose_and_double_nothing(officer, signed_in):
    ReadinessWeight.objects.create(key="merek", fact="merek", weight=10)
    products = [{"name": f"Kain {at:02}", "brand": "Banua" if at % 3 else ""} for at in range(30)]
    an_establishment(products=products)
    client = signed_in(officer)

    first = pages(client, order="-score")
    second = client.get(first.context["next_url"])

    names = [row["name"] for answer in (first, second) for row in answer.context["rows"]]
    assert len(names) == len(set(names)) == 30
    assert [row["readiness"].score for row in second.context["rows"]][-1] == 0


def test_a_filter_that_makes_no_sense_is_told(verifier, signed_in, trying):
    client = signed_in(verifier)

    for query in ["on=2026-02-30", "on=1999-12-31", "regency=%00", "food=x", "order=-score"]:
        with trying(query):
            answer = client.get(f"{reverse('ovop:readiness')}?{query}")

            assert answer.status_code == 400


def test_a_page_or_word_that_is_none_is_no_failure(officer, signed_in, trying):
    client = signed_in(officer)

    for query in ["cursor=nix", "q=%00", "cursor=WyJuIiwieCIsMV0", "district=%00"]:
        with trying(query):
            assert client.get(f"{reverse('ovop:readiness')}?{query}").status_code in (200, 400)


def test_the_list_asks_as_often_for_three_products_as_for_one(officer, signed_in):
    ovop_reference()
    client = signed_in(officer)

    def asked(**query):
        with CaptureQueriesContext(connection) as queries:
            pages(client, **query)
        return len(queries)

    an_establishment(products=[FOOD])
    with_one = [asked(), asked(order="-score", gates="shut")]
    an_establishment(products=[{"name": "Kain"}, {"name": "Syal"}])

    assert [asked(), asked(order="-score", gates="shut")] == with_one
    assert max(with_one) <= 15


def test_a_product_says_what_to_do_next_and_can_be_nominated(officer, signed_in):
    ovop_reference()
    product = an_establishment(products=[FOOD]).products.get()
    path = reverse("ovop:product-readiness", args=[product.key])
    client = signed_in(officer)

    text = client.get(path).content.decode()
    begun = client.post(path)

    assert "Masukkan pembuat ke sentra yang ber-SK" in text
    begin = f"/usulan/baru/?daftar=establishments&amp;data={product.establishment.number}"
    assert f'<a href="{begin}">Masukkan pembuat' in text
    assert f'<a href="{begin}">' in pages(client).content.decode()
    assert client.get(begun["Location"]).status_code == 200
    assert str(product.key) in client.get(begun["Location"]).content.decode()


def test_the_head_reads_and_does_not_nominate(head, signed_in):
    product = an_establishment(products=[FOOD]).products.get()
    path = reverse("ovop:product-readiness", args=[product.key])

    assert '<form method="post">' not in signed_in(head).get(path).content.decode().split("<main")[1]
    assert signed_in(head).post(path).status_code == 403


def test_the_step_to_a_certificate_opens_the_products_of_its_maker_on_the_halal_work_list(officer, signed_in):
    Gate.objects.create(key="halal", fact="halal")
    maker, client = an_establishment(products=[FOOD]), signed_in(officer)
    an_establishment(name="Lain", products=[FOOD])

    detail = pages(client, reverse("ovop:product-readiness", args=[maker.products.get().key]))
    (step,) = detail.context["steps"]

    assert [row["maker"] for row in client.get(step["url"]).context["rows"]] == [maker]
