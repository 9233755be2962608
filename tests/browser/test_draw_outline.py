"""Outlines are drawn in a draft, by mouse and by touch, under the strict content security policy; axe looks too."""

import json

import pytest
from playwright.sync_api import expect

from disperin.maps.shapes import hectares_of
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.workflow import Status
from tests.browser import barriers
from tests.factories import a_zone
from tests.maps.test_shapes import square

ROW, FOLD = "#baris-plots-1", "#baris-plots-1 [data-outline-map]"
KEPT = {"code": "A-1", "hectares": 4.92, "state": "tersedia", "outline": square(size=0.002)}
WATCH = """window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => refused.push(event.violatedDirective));"""


@pytest.fixture
def draft(transactional_db, officer):
    """The draft of a zone with one drawn plot, and a second plot that has no outline yet."""
    zone = a_zone(name="Kawasan Barabai", outline=square(size=0.004), plots=[KEPT])
    new = {"code": "A-2", "hectares": 2, "state": "tersedia"}
    plots = [{**KEPT, "key": str(zone.plots.get().key)}, new]
    return actions.draft(directory.get("zones"), {"plots": plots}, by=officer, record=zone)


def _open(page, draft, fold=FOLD):
    page.add_init_script(WATCH)
    page.goto(f"/usulan/{draft.number}/ubah/")
    page.locator(f"{fold} summary").click()
    expect(page.locator(f"{fold} .map-boundary")).to_have_count(13)
    # the tools in sight as well: a press on one must not scroll the map away from where it was measured
    page.locator(f"{fold} .outline-tools").evaluate(
        "(tools) => tools.scrollIntoView({block: 'center', behavior: 'instant'})"
    )
    return page.locator(f"{fold} .map-canvas").bounding_box()


def _outline(page):
    return json.loads(page.locator(f"{ROW} textarea").input_value())


def test_an_officer_draws_a_plot_moves_a_corner_and_submits(draft, officer, visit):
    page = visit(officer)
    box = _open(page, draft)
    told, tool = page.locator(f"{FOLD} [role=status]"), f"{FOLD} [data-do=%s]"
    (left, top), mouse = (box["x"] + box["width"] * 0.55, box["y"] + box["height"] * 0.2), page.mouse

    def press(*places):
        for right, down in places:
            mouse.move(left + right, top + down, steps=3)
            mouse.click(left + right, top + down, delay=30)

    page.click(tool % "draw")
    press((0, 0), (60, 0), (60, 60), (30, -40))  # the last one would cross the first side, and is not taken
    expect(told).to_contain_text("tidak boleh saling memotong")
    press((0, 60))
    expect(told).to_contain_text("dengan 4 titik")
    page.click(tool % "undo")
    expect(told).to_contain_text("dengan 3 titik")
    press((0, 60), (0, 0))
    drawn = _outline(page)
    mouse.move(left + 60, top + 60)
    mouse.down()
    mouse.move(left + 40, top + 40, steps=5)
    mouse.up()
    expect(page.locator(f"{ROW} textarea")).not_to_have_value(json.dumps(drawn, separators=(",", ":")))
    moved = _outline(page)
    expect(page.locator("[data-saved-state]")).to_contain_text("Tersimpan")
    assert page.evaluate("window.refused") == []
    with page.expect_navigation():  # a script asks first whether the session is still there
        page.click("#draft button[name=check]")
    if page.locator("[name=acknowledged]").count():  # the stated hectares are not those of a mouse
        page.check("[name=acknowledged]")
    page.click("#hand-in button[name=submit]")

    expect(page).to_have_url(f"/usulan/{draft.number}/")
    draft.refresh_from_db()
    assert draft.status == Status.SUBMITTED
    assert draft.values["plots"][1]["outline"] == moved
    assert [len(one["coordinates"][0]) for one in (drawn, moved)] == [5, 5]
    assert hectares_of(moved) < hectares_of(drawn)


def test_on_a_telephone_an_outline_is_tapped_and_loses_a_corner(draft, officer, visit):
    page = visit(officer, width=360, has_touch=True, is_mobile=True, color_scheme="dark")
    _open(page, draft)
    told, tool = page.locator(f"{FOLD} [role=status]"), f"{FOLD} [data-do=%s]"
    canvas = page.locator(f"{FOLD} .map-canvas")

    page.tap(tool % "draw")
    canvas.evaluate("it => it.scrollIntoView({block: 'center', behavior: 'instant'})")
    box = canvas.bounding_box()
    for right, down in ((0.55, 0.15), (0.9, 0.15), (0.9, 0.4), (0.55, 0.4)):
        page.touchscreen.tap(box["x"] + box["width"] * right, box["y"] + box["height"] * down)
    page.tap(tool % "finish")
    expect(told).to_contain_text("dengan 4 titik")
    page.tap(tool % "remove")
    for _again in range(2):  # three corners stay
        page.locator(f"{FOLD} .marker-icon").first.tap()

    expect(told).to_contain_text("dengan 3 titik")
    assert len(_outline(page)["coordinates"][0]) == 4
    assert min(one.bounding_box()["height"] for one in page.locator(f"{FOLD} button:visible").all()) >= 44
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360
    assert barriers.found(page) == ""
    assert page.evaluate("window.refused") == []


def test_without_scripts_the_file_is_taken_and_no_map_is_offered(draft, officer, visit, tmp_path):
    page = visit(officer, script=False)
    file = tmp_path / "petak.geojson"
    file.write_text(json.dumps(square(west=115.382, size=0.001)))

    page.goto(f"/usulan/{draft.number}/ubah/")
    expect(page.locator("[data-outline-map]").first).to_be_hidden()
    expect(page.locator("#baris-plots-0 [data-outline-words]")).to_contain_text("dengan 4 titik")
    page.set_input_files(f"{ROW} input[type=file]", file)
    page.click("#draft button[name=save]")

    expect(page.locator(f"{ROW} [data-outline-words]")).to_contain_text("dengan 4 titik")
    draft.refresh_from_db()
    assert draft.values["plots"][1]["outline"] == square(west=115.382, size=0.001)
