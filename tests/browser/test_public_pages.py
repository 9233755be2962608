"""What the public sees: filters as links, the map beside the list, another language, paper, large letters."""

import pytest
from django.core.files import File
from playwright.sync_api import expect

from disperin.attachments import actions as files
from tests.browser.barriers import found
from tests.factories import an_establishment

LIST = "/industri/"
NUMBERS = "ul.card-grid .maker-card h2"


@pytest.fixture
def makers(officer, photo_file):
    """Three makers in two regencies: two have a place, one has a photograph."""
    with photo_file.open("rb") as opened:
        photo = files.upload(File(opened, "kain.jpg"), kind="photo", regency=officer.regency, by=officer)
    return [
        an_establishment(
            name="Sasirangan Barabai",
            products=[{"name": "Kain sasirangan"}],
            photo=str(photo.pk),
            latitude=-2.58,
            longitude=115.38,
        ),
        an_establishment(name="Dodol Kandangan", branch="pangan", latitude=-2.6, longitude=115.4),
        an_establishment(name="Anyaman Loksado", branch="kerajinan_aneka", regency="63.06"),
    ]


def _titles(page):
    return page.locator(NUMBERS)


def test_filters_are_links_and_chips_take_them_away(makers, visit):
    page = visit(script=False)
    page.goto(LIST)
    expect(_titles(page)).to_have_count(3)

    page.locator(".facet a[href*='branch=pangan']").click()
    expect(_titles(page)).to_have_text(["Dodol Kandangan"])
    expect(page).to_have_url(f"{LIST}?branch=pangan")
    page.locator(".chips a.chip").click()

    expect(page).to_have_url(LIST)
    expect(_titles(page)).to_have_count(3)


def test_filters_open_as_a_drawer_on_a_telephone(makers, visit):
    page = visit(script=False, width=360)
    page.goto(LIST)
    facet = page.locator(".facet a[href*='regency=63.06']")
    expect(facet).to_be_hidden()

    page.locator(".filter-open").click()
    expect(facet).to_be_visible()
    facet.click()

    expect(_titles(page)).to_have_text(["Anyaman Loksado"])


# the first place of the map, row by row, at which nothing lies over a regency
A_PLACE_WITHIN = """() => {
  const box = document.querySelector("[data-map]").getBoundingClientRect();
  for (let y = box.top + 5; y < Math.min(box.bottom, innerHeight); y += 10)
    for (let x = box.left + 5; x < box.right; x += 10)
      if (document.elementFromPoint(x, y)?.matches("path.map-boundary")) return [x, y];
}"""


def test_the_map_shows_the_points_of_the_list_beside_it(makers, visit):
    page = visit()
    page.goto(f"{LIST}?regency=63.07")

    page.locator(".view-switch a[href*='tampilan=peta']").click()

    expect(page.locator("[data-map] path.map-boundary")).not_to_have_count(0)
    expect(page.locator("[data-map] .map-pin, [data-map] .map-cluster")).not_to_have_count(0)
    page.locator("[data-map]").focus()
    stops = []
    for _press in range(12):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.tagName.toLowerCase()"))
    assert "path" not in stops  # the names of regencies follow the pointer, and are no stops without a name
    page.locator("[data-map]").evaluate("map => map.scrollIntoView({block: 'center'})")  # the stops lead on below it
    page.mouse.move(*page.evaluate(A_PLACE_WITHIN))
    expect(page.locator("[data-map] .leaflet-tooltip")).to_have_count(1)
    expect(page.locator(".results .plain-list a")).to_have_text(["Dodol Kandangan", "Sasirangan Barabai"])
    expect(page.locator("#id_q")).to_be_visible()


def test_a_misspelt_word_finds_what_is_spelled_alike(makers, visit):
    page = visit()
    page.goto(LIST)

    page.locator("#id_q").fill("sasirngan")
    page.locator("#id_q").press("Enter")

    expect(_titles(page)).to_have_text(["Sasirangan Barabai"])
    expect(page.locator(".result-count")).to_contain_text("sasirngan")


def test_the_language_changes_and_the_list_stays(makers, visit, says):
    page = visit()
    page.goto(f"{LIST}?branch=pangan&q=dodol")

    page.locator(".masthead-wide .masthead-language").click()

    expect(page).to_have_url(f"/en{LIST}?branch=pangan&q=dodol")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_text(says("Small and medium industries", "en"))
    expect(_titles(page)).to_have_text(["Dodol Kandangan"])
    page.locator(".masthead-wide .masthead-language").click()
    expect(page).to_have_url(f"{LIST}?branch=pangan&q=dodol")
    expect(page.locator("h1")).to_have_text(says("Small and medium industries", "id"))


def test_paper_shows_the_content_without_the_ways_around_and_says_that_it_is_sample_data(makers, visit, settings):
    settings.DEMO = True
    page = visit()
    page.goto(f"{LIST}{makers[0].number}/")
    expect(page.locator(".masthead")).to_be_visible()

    page.emulate_media(media="print")

    for gone in (".masthead-inner", ".crumbs", ".footer nav"):
        expect(page.locator(gone)).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".product-list")).to_be_visible()
    expect(page.get_by_text(makers[0].origin_in_words).first).to_be_visible()
    expect(page.locator(".sample-banner")).to_be_visible()


# of a page, without those of a map, which begins when it comes near
WORDS = """it => {
    const copy = it.cloneNode(true);
    copy.querySelectorAll(".map").forEach((map) => map.remove());
    return copy.textContent.replace(/\\s+/g, " ");
}"""


@pytest.mark.parametrize("path", [LIST, "detail"])
def test_letters_of_twice_the_size_hide_nothing(makers, visit, path):
    address = f"{LIST}{makers[0].number}/" if path == "detail" else LIST
    whole, zoomed = visit(width=1280), visit(width=640, height=400)
    for page in (whole, zoomed):
        page.goto(address)

    seen = [page.locator("main").evaluate(WORDS) for page in (whole, zoomed)]

    assert seen[0] == seen[1]
    assert zoomed.evaluate("document.scrollingElement.scrollWidth") <= 640
    for place in zoomed.locator("main h1, main h2, main .maker-card, main .summary-row").all():
        if place.evaluate("it => !it.closest('.filter-body')"):
            expect(place).to_be_visible()
    zoomed.locator(".masthead-menu summary").click()
    expect(zoomed.locator(".masthead-menu nav a").first).to_be_visible()


def test_text_alone_of_twice_the_size_makes_no_page_wider(makers, visit):
    page = visit(width=1280)
    wider = {}

    for path in (
        "/",
        LIST,
        f"{LIST}{makers[0].number}/",
        "/en/kawasan/",
        "/ovop/",
        "/data-terbuka/",
        "/lapor/",
        "/masuk/",
    ):
        page.goto(path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wider[path] = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")

    assert {path: by for path, by in wider.items() if by > 0} == {}


FIGURES = ("/statistik/", "/statistik/mutu/", "/halal/angka/", "/ovop/statistik/", "/industri-hijau/angka/")


@pytest.mark.parametrize("path", FIGURES)
def test_a_table_that_is_wider_than_its_place_moves_in_a_frame_that_the_keyboard_reaches(makers, visit, path):
    page = visit(width=1280)
    page.goto(path)
    frames = page.locator(".table-frame[tabindex]")
    expect(frames).to_have_count(0)  # a stop that does nothing is none
    page.evaluate("document.documentElement.style.fontSize = '250%'")

    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
    assert found(page) == ""
    if path == "/statistik/mutu/":
        frame = frames.first
        expect(frame).to_have_attribute("role", "region")
        expect(frame).to_have_accessible_name(frame.locator("caption").inner_text())
        frame.focus()
        expect(frame).to_be_focused()
    page.evaluate("document.documentElement.style.fontSize = ''")
    expect(frames).to_have_count(0)


def test_the_page_of_the_api_has_one_main_part_once_swagger_has_drawn(visit, db):
    page = visit()
    page.goto("/api/v1/docs/")

    page.locator(".opblock").first.wait_for()

    expect(page.locator("main")).to_have_count(1)


def test_photographs_load_and_the_others_show_a_motif(makers, visit):
    page = visit()
    page.goto(LIST)

    pictures = page.locator("ul.card-grid img.photo")
    expect(pictures).to_have_count(3)
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        picture.evaluate("it => it.decode()")
        assert picture.evaluate("it => it.naturalWidth") > 0
    expect(page.locator("ul.card-grid img.photo-stand-in")).to_have_count(2)
    page.goto(f"{LIST}{makers[0].number}/")
    assert page.locator(".record-photo img").evaluate("it => it.decode().then(() => it.naturalWidth)") > 480
