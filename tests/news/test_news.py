"""News and calls: told in the reader's language, over by themselves, on the first page only while they stand."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import some_news

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def text_of(path):
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def days(number):
    return (TODAY + datetime.timedelta(days=number)).isoformat()


def test_the_first_page_shows_the_newest_three_that_are_not_over_and_no_heading_without_any():
    without = text_of("/")
    some_news(name="Ajakan lewat", kind="ajakan", day=days(-9), until=days(-1))
    only_past = text_of("/")
    for age in range(4):
        some_news(name=f"Kabar {age}", day=days(-age))
    some_news(name="Ajakan hari ini", kind="ajakan", day=days(0), until=days(0))

    home = text_of("/")

    assert "Kabar dinas" not in without.split("<footer")[0]
    assert "Kabar dinas" not in only_past.split("<footer")[0]
    assert [name in home for name in ("Ajakan hari ini", "Kabar 0", "Kabar 1", "Kabar 2", "Ajakan lewat")] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_the_list_has_all_of_them_the_newest_first_and_says_what_is_over():
    some_news(name="Kabar lama", day=days(-90))
    some_news(name="Ajakan lewat", kind="ajakan", day=days(-9), until=days(-1))

    page = text_of("/kabar/").split("card-grid")[1]

    assert page.index("Ajakan lewat") < page.index("Sudah lewat") < page.index("Kabar lama")
    assert page.count("Sudah lewat") == 1


def test_a_page_speaks_the_language_of_its_reader_and_marks_what_is_only_in_indonesian():
    both = some_news(name="Pelatihan", title_en="Course", text_en="Twenty makers learn.")
    one = some_news(name="Pameran")

    english, only = text_of(f"/en/kabar/{both.number}/"), text_of(f"/en/kabar/{one.number}/")

    assert both.number.startswith("BRT-6307-")
    assert "Twenty makers learn." in english
    assert "Dinas melatih" not in english
    assert '<span lang="id">Pameran</span>' in only
    assert '<section class="section prose" lang="id">' in only
    assert 'lang="id"' not in text_of(f"/kabar/{one.number}/").split("<main")[1].split("<aside")[0]


def test_the_last_day_does_not_lie_before_the_day():
    with pytest.raises(Exception, match="until"):
        some_news(day="2026-05-02", until="2026-05-01")
