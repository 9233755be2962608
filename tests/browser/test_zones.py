"""Zones in a real browser: tick and compare, the map of plots on tiles, axe, a telephone with 2,000 plots."""

import pytest
from playwright.sync_api import expect

from tests.browser.barriers import TELEPHONE, found_on_every_screen
from tests.factories import a_milestone, a_partnership, a_zone, an_establishment, an_issue
from tests.maps.test_shapes import square
from zones.models import AccreditationItem, Plot

# pixels in the colour of a plot that is free, on all tiles together
PAINTED = """box => {
  let painted = 0;
  for (const tile of box.querySelectorAll("canvas.leaflet-tile")) {
    const pixels = tile.getContext("2d").getImageData(0, 0, tile.width, tile.height).data;
    for (let at = 0; at < pixels.length; at += 4)
      painted += pixels[at] === 0x3f && pixels[at + 1] === 0x9b && pixels[at + 2] === 0x7c;
  }
  return painted > 1000;
}"""


@pytest.fixture
def zones(banua):
    """One zone of which much is known, and one of which nothing is."""
    known = a_zone(
        name="Kawasan Barabai",
        outline=square(size=0.004),
        areas=[{"basis": "masterplan", "hectares": 20, "source": "Koran A", "source_date": "2024-01-15"}],
        plots=[{"code": "A-1", "hectares": 4.92, "state": "tersedia", "outline": square(size=0.002)}],
    )
    a_milestone(zone=known, planned_start="2026-01-01", planned_finish="2026-06-30")
    an_issue(zone=known)
    a_partnership(supplier=an_establishment(), volume=12, volume_unit="ton")
    AccreditationItem.objects.create(key="jalan", aspect="infrastruktur", name_id="Contoh", name_en="Sample")
    return known, a_zone(name="Kawasan Baru")


def test_two_ticked_zones_stand_side_by_side_without_a_script(zones, visit):
    page = visit(script=False, width=360)
    page.goto("/kawasan/")

    for box in page.locator(".maker-card input[name=kawasan]").all():
        box.check()
    page.locator("button[form=compare], #compare button").click()

    expect(page).to_have_url("/kawasan/banding/?kawasan=kawasan-barabai&kawasan=kawasan-baru")
    expect(page.locator(".compare-table td[data-label='Kawasan Barabai']").first).to_be_visible()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360


def test_what_a_zone_must_offer_narrows_the_list(zones, visit):
    page = visit()
    page.goto("/kawasan/")

    page.locator("#id_free_land").fill("4.9")
    page.locator(".figure-filters button").click()

    expect(page.locator("ul.card-grid h2")).to_have_text(["Kawasan Barabai"])
    page.locator(".chips a.chip").click()
    expect(page.locator("ul.card-grid h2")).to_have_count(2)


def test_outline_and_plots_are_painted_and_told_in_a_popup(zones, visit):
    page = visit()
    page.goto("/kawasan/kawasan-barabai/", wait_until="networkidle")
    box = page.locator("[data-shapes]")

    box.scroll_into_view_if_needed()
    page.wait_for_function(PAINTED, arg=box.element_handle())
    size = box.bounding_box()
    box.click(position={"x": size["width"] / 2 - 40, "y": size["height"] / 2 + 40})

    expect(box.locator(".leaflet-popup-content")).to_contain_text("A-1")
    ask = box.locator(".leaflet-popup-content a")
    expect(ask).to_have_attribute("href", f"/tanya/?register=zones&record={zones[0].number}&kaveling=A-1")


def test_two_thousand_plots_are_some_tiles_of_canvas_on_a_telephone(zones, visit):
    known, _unknown = zones
    Plot.objects.filter(zone=known).delete()
    places = [(115.38 + at % 50 * 0.00008, -2.58 + at // 50 * 0.0001) for at in range(2_000)]
    Plot.objects.bulk_create(
        Plot(
            zone=known,
            code=f"P-{at}",
            hectares=1,
            state="tersedia",
            position=at,
            outline=square(west=round(west, 6), south=round(south, 6), size=0.00008),
        )
        for at, (west, south) in enumerate(places)
    )
    page = visit(width=360, has_touch=True, is_mobile=True)
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "petak.json" in request.url else None)

    page.goto("/kawasan/kawasan-barabai/", wait_until="networkidle")

    box = page.locator("[data-shapes]")
    box.scroll_into_view_if_needed()
    page.wait_for_function(PAINTED, arg=box.element_handle())
    assert len(asked) == 1
    assert box.locator("canvas").count() <= 16
    assert box.locator("path").count() == 0  # no plot is an element
    expect(box.locator(".map-name-regency")).to_have_text(["Hulu Sungai Tengah"])  # the ground that one stands on
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360


@pytest.mark.long
def test_no_page_of_zones_has_a_barrier_on_any_screen(zones, officer, visit):
    windows = {"visitor": visit(width=TELEPHONE), "officer": visit(officer, width=TELEPHONE)}
    pages = [
        ("visitor", "/kawasan/"),
        ("visitor", "/kawasan/?tampilan=peta"),
        ("officer", "/kawasan/kawasan-barabai/"),
        ("visitor", "/kawasan/banding/?kawasan=kawasan-barabai&kawasan=kawasan-baru"),
        ("visitor", "/tonggak/"),
        ("officer", "/tonggak/TGK-6307-000001/"),
        ("officer", "/kawasan/kawasan-barabai/kemajuan/"),
        ("officer", "/kawasan/portofolio/"),
        ("officer", "/kawasan/kawasan-barabai/akreditasi/"),
        ("visitor", "/kemitraan/"),
        ("officer", "/kemitraan/MIT-6307-000001/"),
    ]

    barriers = []
    for who, path in pages:
        page = windows[who]
        assert page.goto(path, wait_until="networkidle").status == 200
        barriers += found_on_every_screen(page, path)

    assert not barriers, "\n".join(barriers)
