"""Somebody looks for a maker by a word, by filters and on the map, passes its page on and takes the list along."""

import csv
import io
import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.factories import an_establishment

WAYS = {
    "Indonesian on a telephone without JavaScript": {"width": 360, "script": False},
    "English on a desk by keyboard": {"width": 1280, "language": "en", "keyboard": True},
}
NAMES = "ul.card-grid .maker-card h2"


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_maker_is_found_passed_on_and_taken_along(banua, hands, way):
    wanted = an_establishment(
        name="Dodol Kandangan Jaya", regency="63.06", branch="pangan", products=[{"name": "Dodol"}],
        latitude=-2.6, longitude=115.4, owner_name="Siti Rahasia",
    )  # fmt: skip
    an_establishment(name="Dodol Barabai", branch="pangan")
    an_establishment(name="Anyaman Loksado", regency="63.06", branch="kerajinan_aneka")
    somebody = hands(**way)

    _finds(somebody)
    _sees_it_on_the_map(somebody)
    _reads_and_shares(somebody, wanted)
    assert _takes_the_list_along(somebody) == [wanted.number]


def _finds(somebody):
    somebody.open("/industri/")
    expect(somebody.page.locator(NAMES)).to_have_count(3)
    somebody.fill("#id_q", "dodol")
    somebody.press(".list-search button[type=submit]")
    expect(somebody.page.locator(NAMES)).to_have_count(2)
    if not somebody.page.locator(".facet").first.is_visible():
        somebody.press(".filter-open")
    somebody.press(".facet a[href*='regency=63.06']")
    expect(somebody.page.locator(NAMES)).to_have_text(["Dodol Kandangan Jaya"])
    somebody.meets_no_barrier()


def _sees_it_on_the_map(somebody):
    somebody.press(".view-switch a[href*='tampilan=peta']")
    expect(somebody.page.locator(".results .plain-list a")).to_have_text(["Dodol Kandangan Jaya"])
    if somebody.script:
        expect(somebody.page.locator("[data-map] .map-pin")).to_have_count(1)
    else:
        expect(somebody.page.locator("img.map-picture")).to_be_visible()
    somebody.meets_no_barrier()


def _reads_and_shares(somebody, wanted):
    somebody.press(".results .plain-list a")
    somebody.arrive(f"/industri/{wanted.number}/")
    expect(somebody.page.locator("main")).not_to_contain_text("Siti Rahasia")
    here = somebody.page.locator("[data-share]").get_attribute("data-share")
    assert re.fullmatch(rf"https?://[^/]+{somebody.prefix}/industri/{wanted.number}/", here)
    ways = somebody.page.locator(".share a").evaluate_all("ways => ways.map((way) => way.href)")
    assert ways
    assert all(quote(here, safe="") in way for way in ways)
    somebody.meets_no_barrier()
    somebody.page.go_back()


def _takes_the_list_along(somebody):
    """Download the list as it stands; returns the numbers of the records in it."""
    expect(somebody.page.locator(".results .plain-list a")).to_have_count(1)
    with somebody.page.expect_download() as told:
        somebody.press("#unduh a[href*='.csv'], #unduh a[href*='/csv']")
    with open(told.value.path(), newline="", encoding="utf-8-sig") as file:
        text = file.read()
    assert "Siti Rahasia" not in text
    return [row["number"] for row in csv.DictReader(io.StringIO(text))]
