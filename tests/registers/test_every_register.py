"""What every register must do on its pages, asked of each one that stands in the directory.

Most of it is asked as a visitor; of a register that is read inside only, as somebody of the office (`reader_of`).
"""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from disperin.submissions import actions
from tests import factories
from tests.registers.each_register import (
    MOST_QUERIES,
    OF_THE_OFFICE,
    address,
    every_public_register,
    every_register,
    make,
    name_of,
    reader_of,
    shown,
    text_of,
)


@every_register
@pytest.mark.django_db
def test_the_list_shows_a_verified_record_and_leads_to_its_page(register):
    record = make(register)

    text = shown(register, address(register, "list"))

    assert record.name in text
    assert f'href="{address(register, "detail", name_of(record))}"' in text


@every_register
@pytest.mark.django_db
def test_the_page_of_a_record_names_it_with_its_number_and_day(register):
    record = make(register)

    text = shown(register, address(register, "detail", name_of(record)))

    assert record.name in text
    assert record.number in text
    assert str(record.verified_at.year) in text


@every_register
@pytest.mark.django_db
def test_pages_stand_in_english_under_their_own_address(register):
    record = make(register)

    for path in (address(register, "list"), address(register, "detail", name_of(record))):
        text = shown(register, f"/en{path}")
        assert '<html lang="en">' in text
        assert f'hreflang="id" href="http://testserver{path}"' in text


@every_public_register
@pytest.mark.django_db
def test_the_path_alone_decides_the_language(register):
    client = Client(headers={"accept-language": "en"})

    assert '<html lang="id">' in text_of(address(register, "list"), client)


@every_register
@pytest.mark.django_db
def test_a_number_in_small_letters_leads_to_the_page(register):
    record = make(register)

    answer = reader_of(register).get(address(register, "detail", record.number.lower()))

    assert (answer.status_code, answer["Location"]) == (301, address(register, "detail", name_of(record)))


@every_register
@pytest.mark.django_db
@pytest.mark.parametrize("number", ["IKM-6307-999999", "x", "IKM-6307-1", "%00", "IKM-6307-" + "9" * 400])
def test_an_unknown_number_is_a_page_that_says_so(register, number):
    answer = reader_of(register).get(address(register, "list") + number + "/")

    assert answer.status_code == 404
    assert "<h1>" in answer.content.decode()


@every_register
@pytest.mark.django_db
def test_an_empty_register_says_what_will_come(register):
    assert "empty-state" in shown(register, address(register, "list"))
    assert shown(register, address(register, "list") + "peta.json") == '{"type":"FeatureCollection","features":[]}'


@every_register
@pytest.mark.django_db
def test_a_search_that_finds_nothing_offers_the_whole_list(register):
    make(register)

    text = shown(register, address(register, "list") + "?q=qqqqqqqq")

    assert "empty-state" in text
    assert f'href="{address(register, "list")}"' in text


@every_register
@pytest.mark.django_db
def test_a_misspelled_word_shows_what_is_spelled_alike(register):
    record = make(register)

    text = shown(register, address(register, "list") + "?q=sasirngan")

    assert "sasirngan" in text
    assert record.number in text


@every_register
@pytest.mark.django_db
def test_a_filter_narrows_list_and_map(register):
    here, there = make(register, regency="63.07"), make(register, regency="63.06")

    text = shown(register, address(register, "list") + "?regency=63.06")

    assert there.number in text
    assert here.number not in text


@every_register
@pytest.mark.django_db
def test_every_order_of_the_list_works(register):
    make(register, name="Anggrek"), make(register, name="Zamrud", regency="63.06")
    listed = address(register, "list")

    found = re.findall(r'<option value="([^"]+)"', shown(register, listed))

    assert {"name", "-name", "-verified_at"} <= set(found)
    for order in found:
        text = shown(register, f"{listed}?order={order}")
        assert "notice-warning" not in text
    names = [re.findall("Anggrek|Zamrud", shown(register, f"{listed}?order={order}"))[0] for order in ("name", "-name")]
    assert names == ["Anggrek", "Zamrud"]


@every_register
@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "regency=99", "regency=63.07&regency=99", "status=x", "branch=x", "order=nix", "cursor=nix", "q=%00",
        "q=" + "a" * 500, "cursor=WyJuIiwieCIsOTk5OTk5OTk5OTk5OTk5OTk5OTk5XQ", "cursor=WyJuIixudWxsLDFd", "in_box=1",
        "cursor=%F0%9F%98%80", "cursor=WyJuIiwiXHUwMDAwIiwxXQ",
        "order=-verified_at&cursor=WyJuIiwieCIsMV0", "page=x", "regency[]=1", "%00=1",
    ],
)  # fmt: skip
def test_a_value_that_makes_no_sense_keeps_the_page(register, query):
    record = make(register)
    listed = address(register, "list")

    text = shown(register, f"{listed}?{query}")

    assert record.number in text or "q=a" in query
    assert reader_of(register).get(f"{listed}peta.json?{query}").status_code == 200


@every_register
@pytest.mark.django_db
def test_a_bad_filter_is_named_with_its_value_and_a_way_out(register):
    make(register)
    listed = address(register, "list")

    text = shown(register, f"{listed}?regency=99&order=name")

    assert "notice-warning" in text
    assert "“99”" in text
    assert f'href="{listed}?order=name"' in text


@every_register
@pytest.mark.django_db
def test_a_closed_record_leaves_the_list_and_keeps_its_page(register):
    record = make(register)
    values = {"closed_on": "2026-01-02", "closed_reason": "error"}
    actions.publish(register, values, by=factories.an_administrator(), record=record, kind="close")
    listed = address(register, "list")

    page = shown(register, address(register, "detail", name_of(record)))

    assert record.number not in shown(register, listed)
    assert record.number not in shown(register, f"{listed}peta.json")
    assert record.number not in shown(register, "/")
    assert "notice-warning" in page
    assert "2 Januari 2026" in page


@every_register
@pytest.mark.django_db
def test_the_list_asks_as_often_for_three_rows_as_for_one(register):
    listed = address(register, "list")
    paths = [
        listed,
        f"{listed}?regency=63.07",
        f"{listed}?q=sasirangan",
        f"{listed}?tampilan=peta",
        f"{listed}peta.json",
    ]

    client = reader_of(register)

    def asked():
        counts = []
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                text_of(path, client)
            counts.append(len(queries))
        return counts

    make(register)
    with_one = asked()
    make(register, name="Sasirangan Dua"), make(register, name="Sasirangan Tiga")

    assert asked() == with_one
    assert max(with_one) <= MOST_QUERIES + (0 if register.model.audience.is_public else OF_THE_OFFICE)


@every_public_register
@pytest.mark.django_db
def test_an_unchanged_page_costs_one_query_and_is_not_sent_again(register):
    make(register)
    listed = address(register, "list")
    first = Client().get(listed)

    with CaptureQueriesContext(connection) as queries:
        again = Client().get(listed)
    asked = len(queries)  # before the next request empties the log
    unchanged = Client().get(listed, headers={"if-none-match": first["ETag"]})

    assert asked == 1
    assert again.content == first.content
    assert unchanged.status_code == 304


@every_register
@pytest.mark.django_db
def test_a_change_is_seen_at_once(register):
    make(register)
    listed = address(register, "list")
    shown(register, listed)

    later = make(register, name="Yang Baru Saja")

    assert later.number in shown(register, listed)


@every_public_register
@pytest.mark.django_db
def test_a_visitors_pages_hold_no_token_and_set_no_cookie(register):
    record = make(register)

    for path in ("/", address(register, "list"), address(register, "detail", name_of(record))):
        answer = Client().get(path)
        assert "csrfmiddlewaretoken" not in answer.content.decode()
        assert not answer.cookies


@every_register
@pytest.mark.django_db
def test_pages_are_only_read(register):
    record = make(register)

    for path in (address(register, "list"), address(register, "detail", name_of(record)), address(register, "map")):
        assert reader_of(register).post(path).status_code == 405
