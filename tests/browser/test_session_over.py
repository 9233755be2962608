"""The session or the connection ends while somebody types: the page says so, keeps the typing, and goes on after."""

import re

import pytest
from playwright.sync_api import expect

from disperin.submissions.models import Submission


def _end_session(page, *, with_token=False):
    page.context.clear_cookies(name="sessionid")
    if with_token:
        page.context.clear_cookies(name="csrftoken")


def _sign_in_elsewhere(page, user):
    """In another window of the same browser, as the page advises; the token of forms changes with it."""
    window = page.context.new_page()
    window.goto("/masuk/")
    window.locator("[name=login]").fill(user.username)
    window.locator("[name=password]").fill("banua-demo")
    window.locator("main form button").click()
    window.wait_for_url("**/ringkasan/")
    window.close()


@pytest.mark.parametrize("with_token", [False, True], ids=["session", "session and token"])
def test_a_draft_says_that_it_is_not_saved_and_goes_on_after_signing_in(draft, officer, visit, says, with_token):
    page = visit(officer)
    page.goto(f"/usulan/{draft.number}/ubah/")
    over = page.locator("[data-session-over]")
    _end_session(page, with_token=with_token)

    page.locator("[name=name]").fill("Rumah Anyaman Haruyan")
    expect(over).to_be_visible()
    expect(page.locator("[data-saved-state]")).to_have_text(
        says("Not saved: you are signed out. Your text is still here.")
    )
    page.locator("button[name=check]").click()  # the page stays, and with it what was typed
    expect(page.locator("[name=name]")).to_have_value("Rumah Anyaman Haruyan")
    assert Submission.objects.get().values["name"] == "Rumah Anyaman"

    _sign_in_elsewhere(page, officer)
    page.locator("[name=owner_name]").fill("Ibu Aminah")
    expect(over).to_be_hidden()
    expect(page.locator("[data-saved-state]")).to_have_text(re.compile(rf"^{says('Saved')} "))
    assert Submission.objects.get().values["name"] == "Rumah Anyaman Haruyan"
    page.locator("button[name=check]").click()
    page.wait_for_url(f"**/usulan/{draft.number}/isian/")
    page.locator("button[name=submit]").click()
    page.wait_for_url(f"**/usulan/{draft.number}/")
    kept = Submission.objects.get()
    assert (kept.status, kept.values["owner_name"]) == ("submitted", "Ibu Aminah")


def test_a_draft_waits_for_the_connection_and_then_saves_itself(draft, officer, visit, says):
    page = visit(officer, width=360)
    page.goto(f"/usulan/{draft.number}/ubah/")
    away = page.locator("[data-no-connection]")
    page.context.set_offline(True)

    page.locator("[name=name]").fill("Rumah Anyaman Haruyan")
    expect(page.locator("[data-saved-state]")).to_have_text(
        says("Not saved: no connection. Your text is still here and is saved by itself once there is one.")
    )
    page.locator("button[name=check]").click()  # the page stays, and with it what was typed
    expect(away).to_be_visible()
    expect(page.locator("[name=name]")).to_have_value("Rumah Anyaman Haruyan")

    page.context.set_offline(False)  # nobody types or presses anything
    expect(page.locator("[data-saved-state]")).to_have_text(re.compile(rf"^{says('Saved')} "))
    expect(away).to_have_text(re.compile(says("What you pressed was not sent: press it again.")))
    assert Submission.objects.get().values["name"] == "Rumah Anyaman Haruyan"
    page.locator("button[name=check]").click()
    page.wait_for_url(f"**/usulan/{draft.number}/isian/")


def test_a_line_on_which_nothing_comes_is_told_as_none(draft, officer, visit):
    page, held = visit(officer), []
    page.clock.install()
    page.goto(f"/usulan/{draft.number}/ubah/")
    page.route("**/sesi/", lambda route: held.append(route))
    with page.expect_request("**/sesi/"):
        page.locator("button[name=check]").click()

    page.clock.fast_forward(20_000)
    expect(page.locator("[data-while=away]")).to_be_visible()


def test_who_closes_a_page_whose_last_save_broke_off_is_asked_before(draft, officer, visit):
    page, held = visit(officer), []
    page.goto(f"/usulan/{draft.number}/ubah/")
    page.route("**/ubah/", lambda route: held.append(route))
    with page.expect_request("**/ubah/"):
        page.locator("[name=name]").fill("Rumah Anyaman Haruyan")
    with page.expect_response("**/sesi/"):
        page.locator("button[name=check]").click()  # held back until the save has ended
    page.evaluate("new Promise((done) => setTimeout(done))")  # by then it was
    page.context.set_offline(True)
    held[0].abort()
    expect(page.locator("[data-no-connection]")).to_be_visible()

    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()


def test_without_scripts_what_was_typed_is_sent_again_after_signing_in(draft, officer, visit):
    page = visit(officer, script=False)
    page.goto(f"/usulan/{draft.number}/ubah/")
    page.locator("[name=name]").fill("Rumah Anyaman Haruyan")
    _end_session(page)

    page.locator("button[name=save]").click()
    expect(page.locator("h1")).to_have_text("Anda sudah keluar")
    _sign_in_elsewhere(page, officer)
    page.locator("main form button").click()  # its token is that of before signing in
    page.locator("main form button").click()

    expect(page.locator(".notice-success")).to_be_visible()
    assert Submission.objects.get().values["name"] == "Rumah Anyaman Haruyan"
