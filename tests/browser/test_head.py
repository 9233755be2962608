"""The head on a telephone: signs in, reads what is late, opens it, and the list counts the same."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from disperin.accounts.actions import set_password
from disperin.submissions.models import ReviewPromise, Submission
from tests.browser.barriers import TELEPHONE
from tests.factories import a_food_maker, a_milestone, halal_duties
from tests.overview.test_summary import submitted


@pytest.fixture
def late(banua, officer):
    """Three submissions wait longer than was promised, a milestone is late, and products are past their deadline."""
    halal_duties()
    for name in ("Dapur Satu", "Dapur Dua"):
        a_food_maker(name, annual_sales=60_000_000_000)
    a_milestone(name="Gudang", planned_start="2020-01-02", planned_finish="2024-05-06")
    ReviewPromise.objects.create(key="janji", working_days=3)
    for name in ("Satu", "Dua", "Tiga"):
        submitted(officer, name=name)
    Submission.objects.filter(status="submitted").update(submitted_at=timezone.now() - datetime.timedelta(days=12))


def counted(page):
    """How many things the list says that it holds; the portfolio of zones has one row for each."""
    heading = page.locator("h2.result-count")
    return int(heading.text_content().split()[0]) if heading.count() else page.locator("#kawasan tbody tr").count()


def test_the_head_opens_what_is_overdue_and_the_list_counts_the_same(late, head, visit):
    page = visit(script=False, width=TELEPHONE)
    set_password(head, "kata-sandi-kadis")
    page.goto("/masuk/")
    page.locator("[name=login]").fill(head.username)
    page.locator("[name=password]").fill("kata-sandi-kadis")
    page.locator("main form button").first.click()
    expect(page).to_have_url("/pimpinan/")
    rows = page.locator("section[aria-labelledby=terlambat] > .standing > li")
    assert rows.count() >= 3  # products, submissions, the milestone

    told, opened = {}, {}
    for at in range(rows.count()):
        link = rows.nth(at).locator(".standing-what a")
        label = link.text_content().split(maxsplit=1)[1]
        told[label] = int(link.locator("strong").text_content())
        link.click()
        page.wait_for_load_state()
        opened[label] = counted(page)
        page.go_back()
        page.wait_for_load_state()

    assert opened == told
    assert told["Usulan menunggu lebih lama dari janji"] == 3


def test_what_is_late_comes_first_and_the_text_stands_there_to_be_copied(late, head, visit):
    page = visit(head, width=TELEPHONE)
    page.goto("/pimpinan/")

    assert page.locator("main h2").evaluate_all("all => all.map((one) => one.id)") == [
        "terlambat", "bergerak", "peringatan", "teks",
    ]  # fmt: skip
    text = page.locator("#id_copy_standing").input_value()
    assert "Usulan menunggu lebih lama dari janji" in text
    assert text.endswith("/pimpinan/")
    expect(page.locator("#teks ~ .copy-text [data-copy]")).to_be_visible()
