"""What every register must do on its pages, asked of each one that stands in the directory.

Most of it is asked as a visitor; of a register that is read inside only, as somebody of the office (`reader_of`).
"""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from disperin.submissions import actions
from disperin.ui import formats
from tests import factories
from tests.registers.each_register import (
    MOST_QUERIES,
    OF_THE_OFFICE,
    REGISTERS,
    address,
    every_public_register,
    every_register,
    make,
    maps_of,
    name_of,
    reader_of,
    shown,
    text_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def published(once):
    """A verified record of each register, by slug."""
    return once(lambda: {register.slug: make(register) for register in REGISTERS})


@pytest.fixture
def record(published, register):
    """The verified record of this register."""
    return register.model.objects.get(pk=published[register.slug].pk)


@every_register
def test_the_list_shows_a_verified_record_and_leads_to_its_page(register, record):
    text = shown(register, address(register, "list"))

    assert record.name in text
    assert f'href="{address(register, "detail", name_of(record))}"' in text


@every_register
def test_the_page_of_a_record_names_it_with_its_number_and_day(register, record):
    text = shown(register, address(register, "detail", name_of(record)))

    assert record.name in text
    assert record.number in text
    assert str(timezone.localtime(record.verified_at).year) in text


@every_register
def test_pages_stand_in_english_under_their_own_address(register, record):
    for path in (address(register, "list"), address(register, "detail", name_of(record))):
        text = shown(register, f"/en{path}")
        assert '<html lang="en">' in text
        assert f'hreflang="id" href="http://testserver{path}"' in text


@every_public_register
def test_the_path_alone_decides_the_language(register):
    client = Client(headers={"accept-language": "en"})

    assert '<html lang="id">' in text_of(address(register, "list"), client)


@every_register
def test_a_number_in_small_letters_leads_to_the_page(register, record):
    answer = reader_of(register).get(address(register, "detail", record.number.lower()))

    assert (answer.status_code, answer["Location"]) == (301, address(register, "detail", name_of(record)))


@every_register
def test_an_unknown_number_is_a_page_that_says_so(register):
    client, listed = reader_of(register), address(register, "list")
    numbers = ["IKM-6307-999999", "x", "IKM-6307-1", "%00", "IKM-6307-" + "9" * 400]

    answers = {number: client.get(f"{listed}{number}/") for number in numbers}

    found = {number: (answer.status_code, "<h1>" in answer.content.decode()) for number, answer in answers.items()}
    assert found == dict.fromkeys(numbers, (404, True))


@every_register
def test_a_search_that_finds_nothing_offers_the_whole_list(register):
    text = shown(register, address(register, "list") + "?q=qqqqqqqq")

    assert "empty-state" in text
    assert f'href="{address(register, "list")}"' in text


@every_register
def test_a_misspelled_word_shows_what_is_spelled_alike(register, record):
    text = shown(register, address(register, "list") + "?q=sasirngan")

    assert "sasirngan" in text
    assert record.number in text


@every_register
def test_a_filter_narrows_the_list_and_every_order_of_it_works(register, record):
    make(register, name="Anggrek")
    there = make(register, name="Zamrud", regency="63.06")
    listed = address(register, "list")

    narrowed = shown(register, listed + "?regency=63.06")
    orders = re.findall(r'<option value="([^"]+)"', shown(register, listed))
    ordered = {order: shown(register, f"{listed}?order={order}") for order in orders}

    assert there.number in narrowed
    assert record.number not in narrowed
    assert {"name", "-name", "-verified_at"} <= set(orders)
    assert [order for order, text in ordered.items() if "notice-warning" in text] == []
    assert [re.findall("Anggrek|Zamrud", ordered[order])[0] for order in ("name", "-name")] == ["Anggrek", "Zamrud"]


NO_SENSE = [
    "regency=99", "regency=63.07&regency=99", "status=x", "branch=x", "order=nix", "cursor=nix", "q=%00",
    "q=" + "a" * 500, "cursor=WyJuIiwieCIsOTk5OTk5OTk5OTk5OTk5OTk5OTk5XQ", "cursor=WyJuIixudWxsLDFd", "in_box=1",
    "cursor=%F0%9F%98%80", "cursor=WyJuIiwiXHUwMDAwIiwxXQ",
    "order=-verified_at&cursor=WyJuIiwieCIsMV0", "page=x", "regency[]=1", "%00=1",
]  # fmt: skip


@every_register
def test_a_value_that_makes_no_sense_keeps_the_page(register, record):
    client, listed = reader_of(register), address(register, "list")

    lists = {query: client.get(f"{listed}?{query}") for query in NO_SENSE}
    asked = [f"{place}?{query}" for place in maps_of(register) for query in NO_SENSE]
    maps = {path: client.get(path).status_code for path in asked}

    assert {query: one.status_code for query, one in lists.items()} == dict.fromkeys(NO_SENSE, 200)
    assert maps == dict.fromkeys(maps, 200)
    without = {query for query, one in lists.items() if record.number not in one.content.decode()}
    assert {query for query in without if "q=a" not in query} == set()


@every_register
def test_a_bad_filter_is_named_with_its_value_and_a_way_out(register):
    listed = address(register, "list")

    text = shown(register, f"{listed}?regency=99&order=name")

    assert "notice-warning" in text
    assert "“99”" in text
    assert f'href="{listed}?order=name"' in text


@every_register
def test_a_closed_record_leaves_the_list_and_keeps_its_page(register, record):
    today = timezone.localdate()
    values = {"closed_on": str(today), "closed_reason": "error"}
    actions.publish(register, values, by=factories.an_administrator(), record=record, kind="close")
    listed = address(register, "list")

    page = shown(register, address(register, "detail", name_of(record)))

    assert record.number not in shown(register, listed)
    assert not any(record.number in shown(register, place) for place in maps_of(register))
    assert record.number not in shown(register, "/")
    assert "notice-warning" in page
    assert formats.day(today) in page


@every_register
def test_the_list_asks_as_often_whether_it_has_two_rows_more_or_not_and_shows_them_at_once(register):
    listed = address(register, "list")
    paths = [
        listed,
        f"{listed}?regency=63.07",
        f"{listed}?q=sasirangan",
        f"{listed}?tampilan=peta",
        *maps_of(register),
    ]

    client = reader_of(register)

    def asked():
        counts = []
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                text_of(path, client)
            counts.append(len(queries))
        return counts

    before = asked()
    later = [make(register, name=name) for name in ("Sasirangan Dua", "Sasirangan Tiga")]

    assert asked() == before
    text = text_of(listed, client)
    assert [one.number for one in later if one.number not in text] == []
    assert max(before) <= MOST_QUERIES + (0 if register.model.audience.is_public else OF_THE_OFFICE)


@every_public_register
def test_an_unchanged_page_costs_one_query_and_is_not_sent_again(register):
    listed = address(register, "list")
    first = Client().get(listed)

    with CaptureQueriesContext(connection) as queries:
        again = Client().get(listed)
    asked = len(queries)  # before the next request empties the log
    unchanged = Client().get(listed, headers={"if-none-match": first["ETag"]})

    assert asked == 1
    assert again.content == first.content
    assert unchanged.status_code == 304


@every_public_register
def test_a_visitors_pages_hold_no_token_and_set_no_cookie(register, record):
    for path in ("/", address(register, "list"), address(register, "detail", name_of(record))):
        answer = Client().get(path)
        assert "csrfmiddlewaretoken" not in answer.content.decode()
        assert not answer.cookies


@every_register
def test_pages_are_only_read(register, record):
    for path in (address(register, "list"), address(register, "detail", name_of(record)), *maps_of(register)):
        assert reader_of(register).post(path).status_code == 405
