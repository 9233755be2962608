"""Pages of a list by cursor: nothing twice, nothing left out, forwards and backwards, also among equal names."""

import base64
import datetime
import json

import pytest
from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Coalesce, Lower
from django.test.utils import CaptureQueriesContext

from disperin.registers.lists.listing import BadCursor, Order, Page, page_of
from industries.models import Establishment
from tests import factories

pytestmark = pytest.mark.django_db

NAMES = ["Amplang", "amplang", "Bakul", "Bakul", "Bakul", "Dodol", "Ébano", "Zamrud 'x' %"]
BY_NAME = Order("name", "", Lower("name"))
BACK = Order("-name", "", Lower("name"))
NEWEST = Order("-verified_at", "", F("verified_at"))
BY_DAY = Order("day", "", Coalesce("as_of", Value(datetime.date(1, 1, 1))))
BY_YEAR = Order("-year", "", Coalesce("founded_year", Value(0)))


@pytest.fixture(scope="module")
def eight(once):
    """Eight establishments, some with equal names."""
    days = [{"as_of": f"2026-0{1 + number % 3}-01", "founded_year": 1990 + number % 2} for number in range(len(NAMES))]
    return once(lambda: [factories.an_establishment(name=name, **day) for name, day in zip(NAMES, days, strict=True)])


def walk(order, size):
    """The ids of every page going forward, and again going back from the last page."""
    there, back, cursor = [], [], ""
    while True:
        page = page_of(Establishment.objects.all(), ["name"], order, cursor, size)
        there.append([row["id"] for row in page.rows])
        if not page.next:
            break
        cursor = page.next
    back.append(there[-1])
    while page.previous:
        page = page_of(Establishment.objects.all(), ["name"], order, page.previous, size)
        back.append([row["id"] for row in page.rows])
    return there, back[::-1]


@pytest.mark.parametrize("order", [BY_NAME, BACK, NEWEST, BY_DAY, BY_YEAR], ids=lambda one: one.value)
def test_every_record_is_on_one_page_both_ways(eight, order):
    sizes = (1, 2, 3, 8, 9)

    walks = {size: walk(order, size) for size in sizes}

    ids = {size: sorted(one for page in there for one in page) for size, (there, _back) in walks.items()}
    assert ids == dict.fromkeys(sizes, sorted(one.pk for one in eight))
    assert {size: there for size, (there, back) in walks.items() if there != back} == {}
    full = {size: {len(page) for page in there[:-1]} for size, (there, _back) in walks.items()}
    assert {size: lengths for size, lengths in full.items() if not lengths <= {size}} == {}


def test_the_two_directions_of_an_order_mirror_each_other(eight):
    forward = [one for page in walk(BY_NAME, 3)[0] for one in page]
    backward = [one for page in walk(BACK, 3)[0] for one in page]

    assert forward == backward[::-1]


def test_a_page_is_one_query_however_deep(eight):
    cursor = page_of(Establishment.objects.all(), ["name"], BY_NAME, "", 6).next

    with CaptureQueriesContext(connection) as queries:
        page_of(Establishment.objects.all(), ["name"], BY_NAME, cursor, 6)

    assert len(queries) == 1
    assert "OFFSET" not in queries[0]["sql"]
    assert "COUNT" not in queries[0]["sql"]


def test_a_record_that_goes_away_between_two_pages_moves_nothing(eight):
    first = page_of(Establishment.objects.all(), ["name"], BY_NAME, "", 3)

    second = page_of(Establishment.objects.exclude(pk=first.rows[-1]["id"]), ["name"], BY_NAME, first.next, 3)

    assert not {row["id"] for row in first.rows} & {row["id"] for row in second.rows}
    assert len(second.rows) == 3


def test_an_empty_list_has_no_neighbours():
    assert page_of(Establishment.objects.filter(name="Tidak ada"), ["name"], BY_NAME) == Page([], "", "")


def packed(*place):
    """A cursor as the portal writes it, with a place of one's own."""
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def not_refused(order, cursors):
    """Those of the cursors (a dictionary by what they hold) that a list in that order takes."""
    taken = []
    for held, cursor in cursors.items():
        try:
            page_of(Establishment.objects.all(), ["name"], order, cursor)
        except BadCursor:
            continue
        taken.append(held)
    return taken


def test_a_text_that_is_no_cursor_is_refused():
    texts = ["x", "=", "é", "MQ", "bnVsbA", "eyJhIjoxfQ", "W" * 5000, packed(), packed("n", "name")]

    assert not_refused(BY_NAME, dict(zip(texts, texts, strict=True))) == []


@pytest.mark.parametrize("order", [BY_NAME, NEWEST, BY_DAY, BY_YEAR], ids=lambda one: one.value)
def test_a_place_that_no_record_can_have_is_refused(order):
    values = [[], {}, True, "\x00", "\ud800", 1.5]

    assert not_refused(order, {ascii(value): packed("n", order.value, value, 1) for value in values}) == []


def test_a_key_that_no_record_can_have_is_refused():
    keys = [[], True, "x", 10**30, None, "\x00"]

    assert not_refused(BY_NAME, {ascii(last): packed("n", "name", "x", last) for last in keys}) == []


def test_a_direction_that_does_not_exist_is_refused():
    assert not_refused(BY_NAME, {"z": packed("z", "name", "x", 1)}) == []


def test_a_cursor_of_another_order_is_refused(eight):
    cursor = page_of(Establishment.objects.all(), ["name"], BY_NAME, "", 3).next

    with pytest.raises(BadCursor):
        page_of(Establishment.objects.all(), ["name"], NEWEST, cursor, 3)
