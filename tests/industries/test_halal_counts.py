"""Tiles and lists stay together: after every verb, at every turn of the day, and when two verbs meet."""

import datetime
import re
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from threading import Barrier
from unittest.mock import patch

import pytest
import time_machine
from django.db import connection, connections
from django.http import JsonResponse
from django.test.utils import CaptureQueriesContext

from disperin.registers.record import directory
from disperin.submissions.actions import publish
from industries.actions import assign, count_halal_makers, recount_halal
from industries.models import (
    Establishment,
    HalalCertification,
    HalalCount,
    HalalDuty,
    HalalMakerCount,
    HalalSpan,
    Product,
    halal_makers,
    halal_statuses,
)
from industries.models.halal_maker import counted_makers, makers_of
from industries.views import halal as views
from tests import factories
from tests.clock import PATIENCE
from tests.factories import FOOD, a_food_maker

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
FACTS = ("product", "establishment", "regency", "district", "category", "scale", "cover", "since", "until")
UNDER_WAY = {"stage": "sidang_fatwa", "stage_on": "2025-03-10"}
CLOSED = {"closed_on": "2026-01-02", "closed_reason": "error"}
LABELS = {
    "exempt": "Not halal (exempt)", "certified": "Certified", "in_process": "In process", "overdue": "Overdue",
    "due": "Not yet obliged", "not_obliged": "No duty on record", "unknown": "Not known",
}  # fmt: skip


def kept():
    """What the verbs keep, without the keys of its rows; a count that came to nothing is none."""
    counts = HalalCount.objects.exclude(number=0).values_list("district", "cover", "category", "scale", "number")
    return sorted(map(str, HalalSpan.objects.values_list(*FACTS))), sorted(counts)


def makers_kept():
    """What the verbs keep of the makers of today."""
    rows = HalalMakerCount.objects.filter(is_counted=True).values_list("regency", "past", "asked", "makers")
    return {regency: tuple(numbers) for regency, *numbers in rows if numbers[2]}


def change(record, kind=None, **values):
    return publish(
        directory.of(type(record)), values, by=factories.an_administrator(), record=record, kind=kind
    )  # fmt: skip


def with_first_product(maker, **changes):
    """The products of a maker as they are entered, the first one changed."""
    rows = [
        {"key": str(one.key), "name": one.name, "halal_category": one.halal_category, "active": one.active}
        for one in maker.products.all()
    ]
    return change(maker, products=[rows[0] | changes, *rows[1:]])


def tiles(client, path):
    """`{label: (number, address)}` of the tiles of a page."""
    found = re.findall(
        r'tile-number">([^<]+)</p>\s*<p class="tile-label"><a class="stretched-link" href="([^"]+)">([^<]+)</a>',
        client.get(path).content.decode(),
    )
    return {label: (int(number), url.replace("&amp;", "&").split("#")[0]) for number, url, label in found}


def listed(client, path):
    """How many products a list holds, by its heading and by its lines (there are few)."""
    page = client.get(path).content.decode()
    (told,) = re.findall(r'id="daftar-produk">\s*(\d+) product', page) or ["0"]
    return int(told), page.count('name="products"')


def listed_as_told(client, path, number):
    """The same; a list that is to be empty is not drawn, only what its page would be told."""
    if number:
        return listed(client, path)
    with patch.object(views, "render", _undrawn):
        return tuple(client.get(path).json().values())


def _undrawn(_request, _template, context, status):
    return JsonResponse({"total": context["total"], "rows": len(context["rows"])}, status=status)


GOODS = {"halal_category": "barang_gunaan"}
DEEDS = {
    "goods of use, not asked": lambda maker, record: with_first_product(maker, **GOODS),
    "with animal parts": lambda maker, record: with_first_product(maker, **GOODS, animal_origin="yes"),
    "without animal parts": lambda maker, record: with_first_product(maker, **GOODS, animal_origin="no"),
    "a device of class B": lambda maker, record: with_first_product(
        maker, halal_category="alat_kesehatan", risk_class="B"
    ),
    "of forbidden material": lambda maker, record: with_first_product(
        maker, forbidden_material="Lemak babi", forbidden_evidence="Komposisi pada label"
    ),
    "another category": lambda maker, record: with_first_product(maker, halal_category="obat_bebas"),
    "no category": lambda maker, record: with_first_product(maker, halal_category=""),
    "no longer made": lambda maker, record: with_first_product(maker, active=False),
    "a product is dropped": lambda maker, record: change(maker, products=[]),
    "a product is added": lambda maker, record: change(maker, products=[FOOD, {**FOOD, "name": "Amplang"}]),
    "a larger business": lambda maker, record: change(maker, annual_sales=20_000_000_000),
    "the maker moves": lambda maker, record: change(maker, **factories.place("63.06")),
    "the maker stops": lambda maker, record: change(maker, activity="tutup"),
    "the maker is closed": lambda maker, record: change(maker, kind="close", **CLOSED),
    "the maker is reopened": lambda maker, record: change(
        change(maker, kind="close", **CLOSED), kind="reopen"
    ),  # fmt: skip
    "the certificate is issued": lambda maker, record: change(
        record, stage="terbit_sh", stage_on="2026-05-01", issued_on="2026-05-01", certificate_number=f"ID{7:017}"
    ),
    "the application is rejected": lambda maker, record: change(record, stage="ditolak", stage_on="2026-05-01"),
    "the certificate ends": lambda maker, record: change(
        record, stage="terbit_sh", issued_on="2026-05-01", certificate_number=f"ID{7:017}", valid_until="2026-12-31"
    ),
    "the certificate is revoked": lambda maker, record: change(
        record, stage="dicabut", stage_on="2026-06-01", issued_on="2026-05-01", certificate_number=f"ID{7:017}",
        revoked_on="2026-06-01", revoked_reason="Contoh",
    ),
    "the recipe changes": lambda maker, record: change(
        record, stage="perlu_pembaruan", stage_on="2026-06-01", issued_on="2026-05-01",
        certificate_number=f"ID{7:017}", recomposed_on="2026-06-01",
    ),
    "the application is closed": lambda maker, record: change(record, kind="close", **CLOSED),
    "the application is reopened": lambda maker, record: change(change(record, kind="close", **CLOSED), kind="reopen"),
    "another product is covered": lambda maker, record: change(
        record, covered=[{"product": str(maker.products.order_by("-position").first().key)}]
    ),
    "another maker has it": lambda maker, record: change(
        record,
        establishment=(other := a_food_maker("Lain")).number,
        covered=[{"product": str(other.products.get().key)}],
    ),
}  # fmt: skip


@pytest.mark.usefixtures("on_the_day")
def test_after_every_verb_the_tiles_count_their_lists_and_the_rule_agrees(verifier, signed_in, trying):
    maker = a_food_maker(products=[FOOD, {**FOOD, "name": "Abon"}])
    record = factories.a_halal_certificate(establishment=maker, covered=[{}], **UNDER_WAY)
    factories.RegencyFactory(code="63.06")
    client = signed_in(verifier)
    count_halal_makers()

    for name, deed in DEEDS.items():
        with trying(name):
            deed(Establishment.objects.get(pk=maker.pk), HalalCertification.objects.get(pk=record.pk))

            assert makers_kept() == counted_makers(datetime.date(2026, 11, 22), list(HalalDuty.objects.all()))

            products = list(Product.objects.made().select_related("establishment"))
            statuses = halal_statuses(products, datetime.date(2026, 11, 22)).values()
            shown = tiles(client, "/en/halal/")
            by_rule = {label: sum(status.state == state for status in statuses) for state, label in LABELS.items()}
            by_rule["Past the deadline"] = sum(status.overdue_days > 0 for status in statuses)
            assert {label: number for label, (number, _url) in shown.items()} == by_rule
            for label, (number, url) in shown.items():
                assert listed_as_told(client, url, number) == (number, number), label
            before = kept()
            recount_halal()
            assert kept() == before


@pytest.mark.usefixtures("on_the_day")
def test_the_makers_of_a_day_are_read_from_what_is_kept_until_the_day_or_the_law_is_another(
    django_assert_num_queries,
):
    factories.halal_duties()
    a_food_maker()
    today = datetime.date(2026, 11, 22)
    with django_assert_num_queries(3):  # one goes through every maker
        counted = halal_makers(today)
    count_halal_makers()
    with django_assert_num_queries(2):
        assert halal_makers(today) == counted == {"63.07": (1, 1, 1)}

    a_food_maker("Sesudah hitungan")
    assert (halal_makers(today), makers_kept()) == ({"63.07": (2, 2, 2)},) * 2
    HalalMakerCount.objects.update(past=77)  # as if it were wrong: what is read shows where it comes from
    assert halal_makers(today)["63.07"][0] == 77
    HalalDuty.objects.update(deadline="2026-12-31")
    assert halal_makers(today) == {"63.07": (0, 2, 2)}
    HalalDuty.objects.all().delete()
    factories.halal_duties()
    assert halal_makers(datetime.date(2026, 11, 23)) == {"63.07": (2, 2, 2)}

    count_halal_makers(datetime.date(2026, 11, 23))
    assert {one.day.day for one in HalalMakerCount.objects.all()} == {23}


def test_spans_at_hand_tell_as_many_makers_as_the_database_counts():
    factories.halal_duties()
    covered = a_food_maker()
    factories.published("halal", factories.halal_values(establishment=covered))
    a_food_maker("Dapur Lain", regency="63.01")
    a_food_maker("Tikar Rantau", products=[{"name": "Tikar"}])
    spans, duties = list(HalalSpan.objects.values_list(*FACTS)), list(HalalDuty.objects.all())
    turns = {span[7] for span in spans if span[7].year > 1}
    days = {datetime.date(2020, 1, 1), datetime.date(2027, 1, 1)}
    days |= {turn + datetime.timedelta(days=step) for turn in turns for step in (-1, 0)}
    told = {day: makers_of(spans, day, duties) for day in days}
    assert told == {day: counted_makers(day, duties) for day in days}
    assert len(set(map(str, told.values()))) > 1


@pytest.mark.usefixtures("transactional_db", "on_the_day")
def test_a_count_of_the_day_and_a_verb_that_meet_count_each_maker_once():
    factories.halal_duties()
    a_food_maker()
    barrier = Barrier(2)

    def counting():
        barrier.wait()
        for _time in range(5):
            count_halal_makers()
        connections.close_all()

    def entering():
        barrier.wait()
        for at in range(5):
            a_food_maker(f"Dapur {at}")
        connections.close_all()

    with ThreadPoolExecutor() as pool:
        for one in [pool.submit(counting), pool.submit(entering)]:
            one.result()

    assert makers_kept() == {"63.07": (6, 6, 6)}


def test_the_day_turns_by_itself(verifier, signed_in, trying):
    factories.halal_duties()
    a_food_maker()
    factories.a_halal_certificate(establishment=a_food_maker("Dapur Jauh", "63.06"))
    a_food_maker("Dapur Tiga")
    client = signed_in(verifier)

    for day, due, past in [("2026-10-16", 2, 0), ("2026-10-17", 2, 0), ("2026-10-18", 0, 2)]:
        with trying(day, due, past):
            for clock in ("00:00:00", "23:59:59"):
                with time_machine.travel(f"{day} {clock}+08:00", tick=False):
                    shown = tiles(client, "/en/halal/")
                    assert (shown["Not yet obliged"][0], shown["Overdue"][0], shown["Certified"][0]) == (due, past, 1)
                    assert shown["Past the deadline"][0] == past
                    for number, url in shown.values():
                        assert listed_as_told(client, url, number) == (number, number)


def test_a_certificate_ends_without_anybody_doing_anything(verifier, signed_in, trying):
    factories.halal_duties()
    factories.a_halal_certificate(establishment=a_food_maker(), valid_until="2026-10-31")
    client = signed_in(verifier)

    for day, certified in [("2026-10-31", 1), ("2026-11-01", 0)]:
        with trying(day, certified), time_machine.travel(f"{day} 08:00+08:00", tick=False):
            shown = tiles(client, "/en/halal/")

            assert (shown["Certified"][0], shown["Overdue"][0]) == (certified, 1 - certified)
            assert listed(client, shown["Certified"][1]) == (certified, certified)


@pytest.mark.usefixtures("on_the_day")
def test_tiles_count_their_lists_among_those_assigned_too(verifier, officer, signed_in, trying):
    from_here, other, nobodys = a_food_maker(), a_food_maker("Dua"), a_food_maker("Tiga")
    day = datetime.date(2026, 12, 6)
    for maker, to in ((from_here, verifier), (other, officer)):
        assign(maker.products.all(), to=to, due_on=day, by=verifier)
    client = signed_in(verifier)

    for task in ["mine", "some", "none"]:
        with trying(task):
            shown = tiles(client, f"/en/halal/?task={task}")

            assert shown["Overdue"][0] == {"mine": 1, "some": 2, "none": 1}[task]
            assert listed(client, shown["Overdue"][1]) == (shown["Overdue"][0],) * 2
            assert nobodys.name in client.get(f"/en/halal/?task={task}").content.decode() or task != "none"


@pytest.mark.usefixtures("on_the_day")
def test_pages_of_a_list_hold_every_product_once(verifier, signed_in):
    for number, category in enumerate(("makanan", "minuman", "kosmetik", "", "jasa")):
        products = [{"name": f"{category} {at}", "halal_category": category} for at in range(7)]
        a_food_maker(f"Dapur {number}", products=products)
    client = signed_in(verifier)

    pages = [client.get(f"/en/halal/?page={page}").content.decode() for page in (1, 2, 3)]

    found = [re.findall(r'name="products" value="([^"]+)"', page) for page in pages]
    assert [len(keys) for keys in found] == [25, 10, 0]
    assert set(found[0] + found[1]) == {str(key) for key in Product.objects.values_list("key", flat=True)}


@pytest.mark.django_db(transaction=True)
def test_of_two_verbs_at_once_the_later_sees_what_the_earlier_stored():
    factories.halal_duties()
    maker = a_food_maker(products=[FOOD, {**FOOD, "name": "Abon"}])
    records = [factories.a_halal_certificate(establishment=maker, **UNDER_WAY) for _one in range(2)]
    by = factories.an_administrator()
    deeds = [
        lambda: publish(directory.get("establishments"), {"annual_sales": 20_000_000_000}, by=by, record=maker),
        *(
            lambda record=record: publish(directory.get("halal"), CLOSED, by=by, record=record, kind="close")
            for record in records
        ),
    ]
    barrier = Barrier(len(deeds))

    def run(deed):
        try:
            barrier.wait(PATIENCE)
            return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        list(pool.map(run, deeds))

    before = kept()
    recount_halal()
    assert before == kept()
    assert not HalalCertification.objects.filter(closed_on=None).exists()
    assert {(span.cover, span.scale) for span in HalalSpan.objects.all()} == {("", "menengah")}


@pytest.mark.usefixtures("on_the_day")
def test_whatever_is_stored_moves_the_counts_of_products_before_those_of_makers(trying):
    """So that of two verbs in one regency none holds what the other waits for."""
    maker = a_food_maker("Dapur Acil")
    issued = {"issued_on": "2026-05-01", "certificate_number": f"ID{7:017}", "stage_on": "2026-05-01"}
    deeds = {
        "a new maker": lambda: a_food_maker("Dapur Julak"),
        "a maker that changes": lambda: change(maker, products=[]),
        "a certificate": lambda: factories.a_halal_certificate(establishment=maker, **issued),
    }
    for deed, do in deeds.items():
        with trying(), CaptureQueriesContext(connection) as queries:
            do()
            sent = ";".join(query["sql"] for query in queries)
            moved = re.findall(r"INSERT INTO industries_halal(maker)?count ", sent)
            assert [table for table, _rows in groupby(moved)] == ["", "maker"], deed
