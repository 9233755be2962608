"""A page that saves by itself takes only the draft's own word for success; whatever else answers, the typing stays."""

import re

import pytest
from playwright.sync_api import expect

from disperin.submissions import actions
from disperin.submissions.models import Submission

TYPED = "Rumah Anyaman Haruyan"
PAGE = {"content_type": "text/html; charset=utf-8", "body": "<!doctype html><title>Masuk</title><h1>Masuk</h1>"}
FAILED = "Not saved. Your text is still here; save again in a moment."
CLOSED = "Not saved: this can no longer be changed here. Your text is still here; open the page anew to see why."
ANSWERS = {
    "a page after a redirect": ({**PAGE, "status": 200}, FAILED),
    "no content": ({"status": 204}, FAILED),
    "a refusal": ({**PAGE, "status": 403}, CLOSED),
    "a fault": ({**PAGE, "status": 500}, FAILED),
    "out of service": ({**PAGE, "status": 503}, FAILED),
}


@pytest.fixture
def refuse(page_of):
    """Have every request answered so that would write, and, unless told otherwise, who asks for the session too."""

    def begin(answer, *, session=True):
        def fulfil(route):
            asks = route.request.method == "POST" or (session and route.request.url.endswith("/akun/sesi/"))
            return route.fulfill(**answer) if asks else route.continue_()

        page_of.route("**/*", fulfil)

    return begin


@pytest.fixture
def page_of(draft, officer, new_context, live_server, signed_in):
    """The page of the draft, of a window that may be told of faults."""
    context = new_context()
    cookie = signed_in(officer).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"/usulan/{draft.number}/ubah/")
    return page


def _types(page):
    with page.expect_response("**/ubah/"):
        page.locator("[name=name]").fill(TYPED)


@pytest.mark.parametrize(("answer", "text"), ANSWERS.values(), ids=ANSWERS)
def test_what_is_not_the_draft_s_word_is_no_success_and_a_press_leaves_the_page(page_of, refuse, says, answer, text):
    page = page_of
    refuse(answer, session=False)
    _types(page)
    expect(page.locator("[data-saved-state]")).to_have_text(says(text))

    for name in ("save", "check"):
        with page.expect_response("**/ubah/"):  # it is saved before anything else, and that was not taken
            page.locator(f"button[name={name}]").click()
        expect(page.locator("[data-saved-state]")).to_have_text(says(text))
        expect(page.locator("[name=name]")).to_have_value(TYPED)
    assert Submission.objects.get().values["name"] == "Rumah Anyaman"

    page.unroute("**/*")
    page.locator("button[name=check]").click()
    page.wait_for_url("**/isian/")
    assert Submission.objects.get().values["name"] == TYPED


@pytest.mark.parametrize("status", [200, 503])
def test_nothing_is_sent_while_nobody_says_who_is_signed_in(page_of, refuse, says, status):
    page = page_of
    refuse({**PAGE, "status": status})
    _types(page)
    with page.expect_response("**/akun/sesi/"):
        page.locator("button[name=save]").click()

    expect(page.locator("[data-while=failed]")).to_be_visible()
    expect(page.locator("[name=name]")).to_have_value(TYPED)
    page.unroute("**/*")
    page.locator("[name=name]").press("End")
    page.locator("[name=name]").type(" 2")
    expect(page.locator("[data-saved-state]")).to_have_text(re.compile(rf"^{says('Saved')} "))
    expect(page.locator("[data-while=back]")).to_be_visible()
    assert Submission.objects.get().values["name"] == f"{TYPED} 2"


def test_a_draft_that_was_submitted_in_another_window_says_so_and_keeps_the_page(page_of, draft, officer, says):
    actions.submit(Submission.objects.get(), by=officer)
    _types(page_of)

    expect(page_of.locator("[data-saved-state]")).to_have_text(says(CLOSED))
    page_of.locator("button[name=save]").click()
    page_of.wait_for_load_state("networkidle")
    expect(page_of.locator("[name=name]")).to_have_value(TYPED)
    assert Submission.objects.get().values["name"] == "Rumah Anyaman"


def test_what_is_typed_after_sending_was_stopped_is_saved(page_of, refuse, says):
    page = page_of
    page.route("**/ubah/", lambda route: route.abort("aborted"))  # as by pressing Escape
    with page.expect_event("requestfailed"):
        page.locator("button[name=save]").click(no_wait_after=True)
    page.unroute("**/ubah/")

    page.locator("[name=name]").fill(TYPED)
    expect(page.locator("[data-saved-state]")).to_have_text(re.compile(rf"^{says('Saved')} "))
    assert Submission.objects.get().values["name"] == TYPED
