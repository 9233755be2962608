"""A visitor reports wrong data from a maker's page, the officer answers, the visitor reads the answer by its number."""

import pytest
from playwright.sync_api import expect

from disperin.inquiries.models import Inquiry
from disperin.inquiries.rules import FASTEST
from tests import factories

WAYS = {
    "Indonesian on a telephone without JavaScript": {"width": 360, "script": False},
    "English on a telephone": {"width": 360, "language": "en"},
    "Indonesian on a desk in the dark": {"width": 1280, "color_scheme": "dark"},
    "Indonesian by keyboard": {"width": 1280, "keyboard": True},
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_report_travels_from_the_page_of_a_maker_to_its_answer(banua, officer, hands, way):
    maker = factories.an_establishment(name="Dapur Ulin")
    visitor, clerk = hands(**way), hands(**way)

    visitor.open(f"/industri/{maker.number}/")
    visitor.press("a[href*='/lapor/?register=establishments']")
    expect(visitor.page.locator("main")).to_contain_text("Dapur Ulin")
    visitor.fill("[name=message]", "Nomor telepon keliru.")
    visitor.fill("[name=email]", "rahmah@rahasia.example")
    visitor.page.wait_for_timeout(FASTEST * 1000 + 100)  # as long as the form wants a person to take
    visitor.press("main form button[type=submit]")
    expect(visitor.page.locator("[name=message]")).to_have_value("Nomor telepon keliru.")
    visitor.meets_no_barrier()
    visitor.page.locator("[name=consented]").check()
    visitor.press("main form button[type=submit]")
    expect(visitor.page.locator("main")).to_contain_text("TNY-6307-")
    visitor.meets_no_barrier()
    number = Inquiry.objects.get().number

    clerk.sign_in(officer)
    clerk.open("/pertanyaan/")
    clerk.meets_no_barrier()
    clerk.press(f"a[href$='/pertanyaan/{number}/']")
    clerk.press("button[name=step][value=take]")
    expect(clerk.page.locator("main")).to_contain_text(officer.full_name)
    clerk.meets_no_barrier()
    clerk.fill("[name=text]", "Terima kasih, sudah diperbaiki.")
    clerk.press("button[name=step][value=answer]")
    expect(clerk.page.locator("button[name=step]")).to_have_count(0)

    visitor.open("/lacak/")
    visitor.fill("[name=nomor]", number.lower())
    visitor.press("main form button[type=submit]")
    visitor.arrive(f"/lacak/{number}/")
    expect(visitor.page.locator("main")).to_contain_text("Terima kasih, sudah diperbaiki.")
    expect(visitor.page.locator("main")).not_to_contain_text("rahmah@")
    visitor.meets_no_barrier()
