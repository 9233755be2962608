"""Reading over the API: what everybody sees, in which shape and order."""

import pytest
from django.core.cache import caches

from disperin.registers.record import directory
from disperin.submissions import actions
from industries.models import Establishment, Product
from tests import factories
from tests.factories import a_cluster, an_administrator, an_establishment

PLACE = "/api/v1/establishments/"


@pytest.fixture(autouse=True)
def _nothing_kept():
    caches["pages"].clear()


def test_the_root_lists_every_resource(api):
    answer = api().get("/api/v1/").json()

    assert set(answer["resources"]) >= {
        "establishments", "products", "clusters", "regencies", "districts", "villages", "kbli", "registers",
        "submissions", "attachments",
    }  # fmt: skip


def test_a_list_says_number_id_and_address_of_each_record(api, db):
    record = an_establishment(commodities=[factories.CommodityFactory().pk])

    answer = api().get(PLACE).json()

    row = answer["results"][0]
    assert (answer["next"], answer["previous"], answer["similar"]) == (None, None, False)
    assert (row["id"], row["number"]) == (record.pk, "IKM-6307-000001")
    assert row["url"] == "http://testserver/api/v1/establishments/IKM-6307-000001/"
    assert (row["regency"], row["regency_name"], row["kbli"]) == ("63.07", "Kabupaten 63.07", "2020-13134")
    assert (row["commodities"], row["industry_scale"]) == (["sasirangan"], "belum")


def test_a_record_is_found_by_its_number_with_its_products(api, db):
    an_establishment(products=[{"name": "Kain"}, {"name": "Syal"}])
    key = str(Product.objects.get(name="Syal").key)

    answer = api().get(f"{PLACE}IKM-6307-000001/").json()

    assert [one["name"] for one in answer["products"]] == ["Kain", "Syal"]
    assert answer["products"][1]["url"] == f"http://testserver/api/v1/products/{key}/"
    assert "inside" not in answer
    product = api().get(f"/api/v1/products/{key}/").json()
    assert (product["name"], product["establishment"], product["regency"]) == ("Syal", "IKM-6307-000001", "63.07")


def test_a_closed_record_leaves_the_lists_and_keeps_its_address(api, db):
    record = an_establishment(products=[{"name": "Kain"}])
    key = Product.objects.get().key
    actions.publish(
        directory.get("establishments"),
        {"closed_on": "2026-01-31", "closed_reason": "moved"},
        by=an_administrator(),
        record=record,
        kind="close",
    )

    assert api().get(PLACE).json()["results"] == []
    assert api().get("/api/v1/products/").json()["results"] == []
    assert api().get(f"{PLACE}{record.number}/").json()["closed_on"] == "2026-01-31"
    assert api().get(f"/api/v1/products/{key}/").status_code == 200


def test_a_cursor_over_equal_sort_keys_loses_and_doubles_nothing(api, db):
    for at in range(7):
        an_establishment(name=["Sama", "sama", "Lain"][at % 3])
    moment = Establishment.objects.values_list("verified_at", flat=True).first()
    Establishment.objects.update(verified_at=moment)
    Establishment.objects.filter(number__in=["IKM-6307-000002", "IKM-6307-000005"]).update(verified_at=None)

    for order in ("name", "-name", "verified_at", "-verified_at", "number"):
        whole = [row["number"] for row in api().get(PLACE, {"order": order}).json()["results"]]
        forward, address = [], f"{PLACE}?order={order}&page_size=2"
        while address:
            answer = api().get(address).json()
            forward.append([row["number"] for row in answer["results"]])
            last, address = address, answer["next"]
        backward, address = [forward[-1]], api().get(last).json()["previous"]
        while address:
            answer = api().get(address).json()
            backward.insert(0, [row["number"] for row in answer["results"]])
            address = answer["previous"]

        assert (order, len(whole)) == (order, 7)
        assert (order, sum(forward, [])) == (order, whole)
        assert (order, backward) == (order, forward)


def test_a_cursor_that_is_none_is_a_400(api, db):
    cursors = [
        "x", "é", "WzEsMiwzXQ", "bnVsbA", "W10", "A" * 5000, "WyJuIiwibmFtZSIsIlx1ZDgwMCIsMV0", "%00", "W1tbW1tbW1tb",
    ]  # fmt: skip

    answers = {cursor: api().get(PLACE, {"cursor": cursor}) for cursor in cursors}

    found = {cursor: (one.status_code, list(one.json().get("errors", []))) for cursor, one in answers.items()}
    assert found == dict.fromkeys(cursors, (400, ["cursor"]))


def test_a_cursor_of_another_order_is_a_400(api, db):
    for _ in range(2):
        an_establishment()
    address = api().get(PLACE, {"page_size": 1, "order": "number"}).json()["next"]

    assert api().get(address.replace("order=number", "order=name")).status_code == 400


def test_what_makes_no_sense_in_a_query_is_named_never_passed_over(api, db):
    factories.RegencyFactory()
    factories.RegencyFactory(code="63.06", name="Lain")
    named = {
        "nib=1234567890123": "nib",
        "npwp=012345678012000": "npwp",
        "regency=63.99": "regency",
        "regency=%00": "regency",
        "branch=kayu": "branch",
        "has_photo=1": "has_photo",
        "in_box=1,2,3": "in_box",
        "in_box=nan,0,1,1": "in_box",
        "kbli=99999": "kbli",
        "kbli=²": "kbli",
        "cluster=SEN-6307-000009": "cluster",
        "q=a%00b": "q",
        "q=" + "a" * 101: "q",
        "order=nib": "order",
        "order=-owner_name": "order",
        "page_size=101": "page_size",
        "page_size=0": "page_size",
        "page_size=²": "page_size",
        "regency=63.07&regency=63.06": "regency",
    }

    answers = {query: api().get(f"{PLACE}?{query}") for query in named}

    found = {
        query: (one.status_code, one["Content-Type"], list(one.json().get("errors", [])))
        for query, one in answers.items()
    }
    assert found == {query: (400, "application/problem+json", [name]) for query, name in named.items()}


def test_filters_narrow_the_list(api, db):
    cluster = a_cluster()
    an_establishment(name="Satu", branch="pangan", cluster=cluster.number)
    an_establishment(name="Dua", regency="63.06", latitude=None)
    place = factories.place()

    def names(**query):
        return [row["name"] for row in api().get(PLACE, query).json()["results"]]

    assert names(regency="63.06") == ["Dua"]
    assert names(branch="pangan") == names(cluster=cluster.number) == names(village=place["village"]) == ["Satu"]
    assert names(kbli="13134") == names(kbli_group="131") == names(has_photo="false") == ["Dua", "Satu"]
    assert names(has_photo="true") == names(in_box="110,-5,120,0") == []


def test_a_box_finds_what_may_be_shown_in_it(api, db):
    an_establishment(latitude=-2.581234, longitude=115.381234)

    answer = api().get(PLACE, {"in_box": "115.3,-2.6,115.4,-2.5"}).json()["results"][0]

    assert (answer["public_latitude"], answer["public_longitude"]) == (-2.58, 115.38)
    assert api().get(PLACE, {"in_box": "115.3812,-2.6,115.4,-2.5"}).json()["results"] == []


def test_the_search_takes_every_word_in_any_place(api, db):
    an_establishment(name="Sasirangan Barabai", products=[{"name": "Selendang"}])

    assert [row["name"] for row in api().get(PLACE, {"q": "BARABAI selen"}).json()["results"]] == ["Sasirangan Barabai"]
    assert api().get(PLACE, {"q": "%%%"}).json()["results"] == []


def test_similar_spelling_is_tried_only_when_nothing_is_found(api, db):
    an_establishment(name="Sasirangan Barabai")
    an_establishment(name="Kerupuk Ikan")

    answer = api().get(PLACE, {"q": "sasirngan"}).json()

    assert (answer["similar"], [row["name"] for row in answer["results"]]) == (True, ["Sasirangan Barabai"])
    assert api().get(PLACE, {"q": "sasirngan", "branch": "pangan"}).json()["results"] == []
    assert api().get(PLACE, {"q": "sasirangan"}).json()["similar"] is False


def test_products_are_searched_and_narrowed(api, db):
    an_establishment(products=[{"name": "Kain Sasirangan", "halal_category": "barang_gunaan"}, {"name": "Syal"}])

    def names(**query):
        return [row["name"] for row in api().get("/api/v1/products/", query).json()["results"]]

    assert names() == ["Kain Sasirangan", "Syal"]
    assert names(order="-name") == ["Syal", "Kain Sasirangan"]
    assert names(q="SASI") == names(q="sasirngan") == names(halal_category="barang_gunaan") == ["Kain Sasirangan"]
    assert names(regency="63.07", establishment="IKM-6307-000001", active="true") == names()
    assert names(active="false") == []


def test_regions_and_kbli_are_found_by_code_and_name(api, db):
    an_establishment()

    assert api().get("/api/v1/regencies/63.07/").json()["name"] == "Kabupaten 63.07"
    assert [row["code"] for row in api().get("/api/v1/districts/", {"regency": "63.07"}).json()["results"]] == [
        "63.07.01"
    ]
    assert [row["code"] for row in api().get("/api/v1/villages/", {"q": "desa"}).json()["results"]] == ["63.07.01.2001"]
    assert [row["key"] for row in api().get("/api/v1/kbli/", {"q": "131"}).json()["results"]] == [
        "2020-131",
        "2020-13134",
    ]
    assert api().get("/api/v1/kbli/2020-13134/").json()["level"] == 5
    answer = api().get("/api/v1/regencies/")
    assert answer["Cache-Control"] == "public, max-age=43200"
    for place, name in (("regencies", "63.99"), ("districts", "x"), ("villages", "6"), ("kbli", "2020-1%00")):
        assert api().get(f"/api/v1/{place}/{name}/").status_code == 404


def test_reference_lists_have_cursors_too(api, db):
    an_establishment()
    an_establishment(regency="63.06")

    for place in ("regencies", "districts", "villages", "kbli"):
        first = api().get(f"/api/v1/{place}/", {"page_size": 1}).json()
        second = api().get(first["next"]).json()

        assert first["results"] != second["results"], place
        assert api().get(second["previous"]).json()["results"] == first["results"], place


def test_a_register_tells_the_fields_of_its_form(api, db):
    factories.CommodityFactory()

    answer = api().get("/api/v1/registers/establishments/", headers={"Accept-Language": "en"}).json()

    fields = {one["name"]: one for one in answer["fields"]}
    assert list(fields) == list(directory.get("establishments").form.base_fields)
    assert (fields["name"]["kind"], fields["name"]["required"], fields["name"]["max_length"]) == ("text", True, 150)
    assert fields["branch"]["choices"][0] == {"value": "pangan", "label": "Food"}
    assert fields["regency"]["look_up"] == "http://testserver/api/v1/regencies/"
    assert fields["commodities"]["choices"] == [{"value": "sasirangan", "label": "Sasirangan cloth"}]
    assert (fields["npwp"]["audience"], fields["investment"]["unit"]) == ("masked", "Rp")
    assert [one["name"] for one in answer["parts"]] == ["products", "documents"]
    clusters = api().get("/api/v1/registers/clusters/").json()
    assert {"value": "sasirangan", "label": "Kain sasirangan"} in next(
        one for one in clusters["fields"] if one["name"] == "commodity"
    )["choices"]
    assert [one["slug"] for one in api().get("/api/v1/registers/").json()][:2] == ["establishments", "clusters"]
    assert api().get("/api/v1/registers/ships/").status_code == 404
