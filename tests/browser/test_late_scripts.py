"""Scripts come late, as on a slow line: nothing moves when they are there, and what was typed before is not lost."""

import pytest
from playwright.sync_api import expect

from disperin.submissions.models import Submission
from tests.factories import an_establishment


def _held(page, addresses):
    """The requests for these addresses, which wait for somebody to let them go on: as on a slow line."""
    held = []
    page.route(addresses, lambda route: held.append(route))
    return held


def _let_go(page, held):
    """Let the first of them go on, as soon as it was asked for."""
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()


def test_what_is_typed_before_the_scripts_are_there_is_saved_by_itself(draft, officer, visit):
    page = visit(officer)
    held = _held(page, "**/vendor/htmx*.js")
    page.goto(f"/usulan/{draft.number}/ubah/", wait_until="commit")

    page.locator("[name=name]").fill("Rumah Anyaman Haruyan")
    _let_go(page, held)

    expect(page.locator("#id_revision")).to_have_value(str(draft.revision + 1))
    assert Submission.objects.get(pk=draft.pk).values["name"] == "Rumah Anyaman Haruyan"


def test_nothing_moves_under_the_pointer_when_scripts_come_late(submitted, verifier, visit):
    maker = an_establishment(name="Tenunan")
    for who, path, script, stays in (
        (verifier, "/usulan/", "review-keys", f"form[action$='/{submitted.number}/ambil/'] button"),
        (verifier, "/pimpinan/", "copy", "main a[href$='/pimpinan/surel/']"),
        (None, f"/industri/{maker.number}/", "share", "main [data-share] a[href*='wa.me']"),
    ):
        page = visit(who)
        held = _held(page, f"**/js/{script}*.js")
        page.goto(path, wait_until="commit")
        page.locator(stays).wait_for()
        before = page.locator(stays).bounding_box()

        _let_go(page, held)
        page.wait_for_load_state()

        assert page.locator(stays).bounding_box() == before, path


def test_without_scripts_no_shortcuts_are_told(submitted, verifier, visit):
    page = visit(verifier, script=False)
    page.goto("/usulan/")

    expect(page.locator("[data-keys-switch]")).to_be_hidden()


@pytest.mark.parametrize(("width", "options"), [(360, {}), (1024, {"has_touch": True, "is_mobile": True})])
def test_where_there_is_no_keyboard_no_shortcuts_are_told(submitted, verifier, visit, width, options):
    page = visit(verifier, width=width, **options)
    page.goto("/usulan/")
    expect(page.locator("[data-keys-switch]")).to_be_hidden()
    page.goto(f"/usulan/{submitted.number}/periksa/")
    page.locator("main form button").first.click()

    expect(page.locator("#id_note")).to_be_visible()
    expect(page.get_by_text("Papan ketik")).to_be_hidden()
    expect(page.locator("[data-keys-switch]")).to_be_hidden()
