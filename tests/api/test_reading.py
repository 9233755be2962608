"""Reading over the API: what everybody sees, in which shape and order, and what of it is kept."""

import json

import pytest
from django.core.cache import caches

from disperin.history.models import Entry
from disperin.registers import directory
from disperin.submissions import actions
from industries import serializers as said
from industries.models import Establishment, Product
from tests import factories
from tests.factories import a_cluster, an_administrator, an_establishment

PLACE = "/api/v1/establishments/"
RECORDS = {"establishments": an_establishment, "clusters": a_cluster}


@pytest.fixture(autouse=True)
def _nothing_kept():
    caches["pages"].clear()


def changed(record, **values):
    """The record after an administrator's change."""
    return actions.publish(directory.of(type(record)), values, by=an_administrator(), record=record)


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


@pytest.mark.parametrize("order", ["name", "-name", "verified_at", "-verified_at", "number"])
def test_a_cursor_over_equal_sort_keys_loses_and_doubles_nothing(api, db, order):
    for at in range(7):
        an_establishment(name=["Sama", "sama", "Lain"][at % 3])
    moment = Establishment.objects.values_list("verified_at", flat=True).first()
    Establishment.objects.update(verified_at=moment)
    Establishment.objects.filter(number__in=["IKM-6307-000002", "IKM-6307-000005"]).update(verified_at=None)
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

    assert len(whole) == 7
    assert sum(forward, []) == whole
    assert backward == forward


@pytest.mark.parametrize(
    "cursor",
    ["x", "é", "WzEsMiwzXQ", "bnVsbA", "W10", "A" * 5000, "WyJuIiwibmFtZSIsIlx1ZDgwMCIsMV0", "%00", "W1tbW1tbW1tb"],
)
def test_a_cursor_that_is_none_is_a_400(api, db, cursor):
    answer = api().get(PLACE, {"cursor": cursor})

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["cursor"])


def test_a_cursor_of_another_order_is_a_400(api, db):
    for _ in range(2):
        an_establishment()
    address = api().get(PLACE, {"page_size": 1, "order": "number"}).json()["next"]

    assert api().get(address.replace("order=number", "order=name")).status_code == 400


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("nib=1234567890123", "nib"),
        ("npwp=012345678012000", "npwp"),
        ("regency=63.99", "regency"),
        ("regency=%00", "regency"),
        ("branch=kayu", "branch"),
        ("has_photo=1", "has_photo"),
        ("in_box=1,2,3", "in_box"),
        ("in_box=nan,0,1,1", "in_box"),
        ("kbli=99999", "kbli"),
        ("kbli=²", "kbli"),
        ("cluster=SEN-6307-000009", "cluster"),
        ("q=a%00b", "q"),
        ("q=" + "a" * 101, "q"),
        ("order=nib", "order"),
        ("order=-owner_name", "order"),
        ("page_size=101", "page_size"),
        ("page_size=0", "page_size"),
        ("page_size=²", "page_size"),
        ("regency=63.07&regency=63.06", "regency"),
    ],
)
def test_what_makes_no_sense_in_a_query_is_named_never_passed_over(api, db, query, name):
    factories.RegencyFactory()
    factories.RegencyFactory(code="63.06", name="Lain")

    answer = api().get(f"{PLACE}?{query}")

    problem = answer.json()
    assert (answer.status_code, answer["Content-Type"], list(problem["errors"])) == (
        400,
        "application/problem+json",
        [name],
    )


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


@pytest.mark.parametrize("place", ["regencies", "districts", "villages", "kbli"])
def test_reference_lists_have_cursors_too(api, db, place):
    an_establishment()
    an_establishment(regency="63.06")

    first = api().get(f"/api/v1/{place}/", {"page_size": 1}).json()
    second = api().get(first["next"]).json()

    assert first["results"] != second["results"]
    assert api().get(second["previous"]).json()["results"] == first["results"]


# --- Kept answers ----------------------------------------------------------------------------------------------------


def test_an_unchanged_list_costs_one_query_and_may_be_a_304(api, django_assert_num_queries, db):
    an_establishment()
    first = api().get(PLACE)

    with django_assert_num_queries(1):
        again = api().get(PLACE)
    with django_assert_num_queries(1):
        known = api().get(PLACE, headers={"If-None-Match": first["ETag"]})

    assert (again.content, again["ETag"], again["Content-Type"]) == (first.content, first["ETag"], "application/json")
    assert (known.status_code, known.content, known["ETag"]) == (304, b"", first["ETag"])


def test_a_change_makes_every_kept_answer_old(api, db):
    record = an_establishment()
    first, detail = api().get(PLACE), api().get(f"{PLACE}{record.number}/")

    changed(record, name="Nama Baru")

    again = api().get(PLACE, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.json()["results"][0]["name"]) == (200, "Nama Baru")
    assert (
        api().get(f"{PLACE}{record.number}/", headers={"If-None-Match": detail["ETag"]}).json()["name"] == "Nama Baru"
    )


def test_each_language_day_and_query_has_its_own_answer(api, db, time_machine):
    an_establishment()
    time_machine.move_to("2026-11-22T12:00:00+08:00")
    asked = [
        api().get(PLACE),
        api().get(PLACE, headers={"Accept-Language": "en"}),
        api().get(PLACE, {"page_size": 2}),
    ]
    time_machine.move_to("2026-11-23T00:00:00+08:00")
    asked.append(api().get(PLACE))

    assert len({answer["ETag"] for answer in asked}) == 4
    assert (
        api().get(PLACE, {"order": "name", "page_size": 2})["ETag"]
        == api().get(f"{PLACE}?page_size=2&order=name")["ETag"]
    )


def test_whoever_is_signed_in_gets_nothing_that_was_kept(signed_in, api, officer, django_assert_max_num_queries):
    record = an_establishment(nib="1234567890123")
    visitor = api().get(f"{PLACE}{record.number}/")

    answer = signed_in(officer).get(f"{PLACE}{record.number}/", headers={"If-None-Match": visitor["ETag"]})

    assert (answer.status_code, answer.json()["inside"]["nib"]) == (200, "1234567890123")
    assert answer["Cache-Control"] == "private, no-store"
    assert "inside" not in api().get(f"{PLACE}{record.number}/").json()


def test_a_bad_token_is_refused_though_the_answer_is_kept(api, db):
    api().get(PLACE)

    answer = api().get(PLACE, headers={"Authorization": "Token nonsense"})

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Token")


@pytest.mark.parametrize(
    "place", [PLACE, "/api/v1/products/", "/api/v1/clusters/", "/api/v1/villages/", "/api/v1/kbli/"]
)
def test_one_row_and_three_cost_the_same_number_of_queries(api, db, django_assert_num_queries, place):
    from_one = []
    for regency in (["63.07"], ["63.06", "63.05"]):
        for one in regency:
            a_cluster(regency=one)
            an_establishment(regency=one, products=[{"name": "Kain"}])
        caches["pages"].clear()
        with django_assert_num_queries(2):  # the revisions, the rows
            from_one.append(len(api().get(place).json()["results"]))

    assert from_one[0] < from_one[1] or place.endswith("kbli/")


def test_one_product_and_three_cost_the_same_number_of_queries(api, officer, django_assert_num_queries):
    record = an_establishment(products=[{"name": "Kain"}], documents=[{"kind": "nib"}])
    inside = api(officer)
    for count in (1, 3):
        changed(record, products=[{"name": f"Kain {at}"} for at in range(count)])
        with django_assert_num_queries(3):  # the revisions, the record, its products
            api().get(f"{PLACE}{record.number}/")
        # session, user, the record, the revision of what it names, its products, their inside, its papers
    with django_assert_num_queries(7):
        inside.get(f"{PLACE}{record.number}/")


# --- Who sees what ---------------------------------------------------------------------------------------------------


SECRETS = {
    "nib": "1234567890123",
    "npwp": "012345678012000",
    "owner_name": "Rahasia Pemilik",
    "address": "Jalan Rahasia 1",
    "postal_code": "71399",
    "phone": "+6281250001234",
    "email": "rahasia@example.com",
    "website": "https://rahasia.example.com",
    "siinas_account": "siinas-rahasia",
    "workers_male": 4321,
    "investment": 987654321,
    "annual_sales": 876543219,
    "latitude": -2.581237,
    "longitude": 115.381237,
}


@pytest.fixture
def secret_record(db):
    products = [{"name": "Kain", "yearly_capacity": 7654321, "export_share": 12.34}]
    documents = [{"kind": "nib", "number": "DOKUMEN-RAHASIA"}]
    return an_establishment(legal_form="pt", products=products, documents=documents, **SECRETS)


@pytest.fixture
def hidden():
    """Every text that no visitor may ever meet."""
    return [*(str(value) for value in SECRETS.values()), "7654321", "12.34", "DOKUMEN-RAHASIA", "0123•••••••2000"]


def test_a_visitor_meets_no_inside_or_masked_value_anywhere(api, secret_record, hidden):
    key = Product.objects.get().key
    addresses = [
        PLACE,
        f"{PLACE}?q=sasirngan",
        f"{PLACE}{secret_record.number}/",
        "/api/v1/products/",
        f"/api/v1/products/{key}/",
        "/api/v1/clusters/",
    ]

    for address in addresses:
        text = api().get(address).content.decode()
        assert [one for one in hidden if one in text] == []


@pytest.mark.parametrize("slug", ["establishments", "clusters"])
def test_nobody_filters_or_orders_by_what_is_not_public(api, db, slug):
    audience = directory.get(slug).model.audience

    for field in [*audience.inside, *audience.masked]:
        filtered = api().get(f"/api/v1/{slug}/", {field: "1"})
        ordered = [api().get(f"/api/v1/{slug}/", {"order": f"{sign}{field}"}) for sign in ("", "-")]

        assert [one.status_code for one in (filtered, *ordered)] == [400, 400, 400]
        assert field in filtered.json()["errors"]


def test_the_search_looks_at_public_words_only(api, secret_record):
    for value in ("rahasia", "1234567890123", "71399", "dokumen"):
        answer = api().get(PLACE, {"q": value}).json()

        assert answer["results"] == []


def test_those_within_reach_see_inside_with_the_npwp_masked(api, secret_record, officer, head):
    for user in (officer, head):
        inside = api(user).get(f"{PLACE}{secret_record.number}/").json()["inside"]

        assert (inside["nib"], inside["npwp"]) == ("1234567890123", "0123•••••••2000")
        assert inside["latitude"] == -2.581237
        assert inside["products"][0]["yearly_capacity"] == 7654321
        assert inside["documents"][0]["number"] == "DOKUMEN-RAHASIA"
    key = Product.objects.get().key
    assert api(officer).get(f"/api/v1/products/{key}/").json()["inside"]["export_share"] == 12.34


def test_an_officer_of_another_regency_sees_what_a_visitor_sees(api, secret_record, officer_there, hidden):
    answer = api(officer_there).get(f"{PLACE}{secret_record.number}/")

    assert answer.json() == api().get(f"{PLACE}{secret_record.number}/").json()
    assert [one for one in hidden if one in answer.content.decode()] == []


@pytest.mark.parametrize(
    "serializer",
    [
        said.EstablishmentRowSerializer,
        said.EstablishmentSerializer,
        said.ProductOfEstablishmentSerializer,
        said.ProductRowSerializer,
        said.ProductSerializer,
        said.ClusterRowSerializer,
        said.ClusterSerializer,
    ],
)
def test_serializers_read_public_columns_only(serializer):
    model = serializer.Meta.model

    for column in serializer.columns():
        name, *rest = column.split("__")
        field = model._meta.get_field(name)
        if rest and field.related_model is Establishment:
            assert rest[0].removesuffix("_id") in Establishment.audience.public
        else:
            assert field.name in model.audience.public


# --- Reveal ----------------------------------------------------------------------------------------------------------


def test_revealing_shows_the_value_and_is_remembered(api, secret_record, officer):
    answer = api(officer).post(f"{PLACE}{secret_record.number}/reveal/", {"field": "npwp"})

    assert (answer.status_code, answer.json()) == (200, {"field": "npwp", "value": "012345678012000"})
    entry = Entry.objects.about(secret_record).filter(verb="reveal").get()
    assert (entry.actor, entry.detail) == (officer, {"field": "npwp"})
    assert "012345678012000" not in json.dumps(entry.detail)


def test_revealing_is_refused_to_everybody_else(api, secret_record, officer, officer_there):
    address = f"{PLACE}{secret_record.number}/reveal/"

    visitor = api().post(address, {"field": "npwp"})
    there = api(officer_there).post(address, {"field": "npwp"})
    unmasked = api(officer).post(address, {"field": "nib"})
    missing = api(officer).post(address, {})
    nowhere = api(officer).post(f"{PLACE}IKM-6307-000999/reveal/", {"field": "npwp"})

    answers = (visitor, there, unmasked, missing, nowhere)
    assert [one.status_code for one in answers] == [401, 403, 400, 400, 404]
    assert unmasked.json()["errors"]["field"][0]["code"] == "unknown"


# --- Registers -------------------------------------------------------------------------------------------------------


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
