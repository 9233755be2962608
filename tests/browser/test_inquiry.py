"""A visitor reports wrong data, the officer proposes what mends it, the province verifies and answers."""

import re

import pytest
from playwright.sync_api import expect

from disperin.inquiries.models import Inquiry
from disperin.inquiries.rules import FASTEST
from disperin.submissions.models import Submission
from tests import factories

WAYS = {
    "Indonesian on a telephone without JavaScript": {"width": 360, "script": False},
    "English on a desk in the dark, by keyboard": {
        "width": 1280, "language": "en", "color_scheme": "dark", "keyboard": True
    },
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_report_travels_from_the_page_of_a_maker_to_its_repair(banua, officer, verifier, hands, way):
    maker = factories.an_establishment(name="Dapur Ulin")
    visitor, clerk, province = (hands(**way) for _who in range(3))

    number = _reports(visitor, maker)
    proposal = _proposes(clerk, officer, number)
    _verifies(province, verifier, proposal, number)

    visitor.open("/lacak/")
    visitor.fill("[name=nomor]", number.lower())
    visitor.press("main form button[type=submit]")
    visitor.arrive(f"/lacak/{number}/")
    maker.refresh_from_db()
    inquiry = Inquiry.objects.get()
    assert (maker.name, maker.version, inquiry.mended_at is not None) == ("Dapur Ulin Murakata", 2, True)
    expect(visitor.page.locator("main")).to_contain_text(inquiry.answer)
    expect(visitor.page.locator("main")).not_to_contain_text("rahmah@")
    visitor.meets_no_barrier()


def _reports(visitor, maker):
    """From the page of the maker; returns the tracking number."""
    visitor.open(f"/industri/{maker.number}/")
    visitor.press("a[href*='/lapor/?register=establishments']")
    expect(visitor.page.locator("main")).to_contain_text("Dapur Ulin")
    visitor.fill("[name=message]", "Namanya sekarang lain.")
    visitor.fill("[name=email]", "rahmah@rahasia.example")
    visitor.page.wait_for_timeout(FASTEST * 1000 + 100)  # as long as the form wants a person to take
    visitor.press("main form button[type=submit]")
    expect(visitor.page.locator("[name=message]")).to_have_value("Namanya sekarang lain.")
    visitor.meets_no_barrier()
    visitor.page.locator("[name=consented]").check()
    visitor.press("main form button[type=submit]")
    expect(visitor.page.locator("main")).to_contain_text("TNY-6307-")
    visitor.meets_no_barrier()
    return Inquiry.objects.get().number


def _proposes(clerk, officer, number):
    """Begin the correction from the inquiry, and hand it in; returns its number."""
    clerk.sign_in(officer)
    clerk.open("/pertanyaan/")
    clerk.meets_no_barrier()
    clerk.press(f"a[href$='/pertanyaan/{number}/']")
    clerk.press("main a[href*='pertanyaan=']")
    expect(clerk.page.locator("main")).to_contain_text("Namanya sekarang lain.")
    clerk.meets_no_barrier()
    clerk.press("main form button[type=submit]")
    clerk.unfold("who")
    clerk.fill("[name=name]", "Dapur Ulin Murakata")
    clerk.press("button[name=check]")
    clerk.press("button[name=submit]")
    proposal = Submission.objects.get(repairs__inquiry__number=number).number
    clerk.arrive(f"/usulan/{proposal}/")
    clerk.open(f"/pertanyaan/{number}/")
    expect(clerk.page.locator(f"main a[href$='/usulan/{proposal}/']")).to_be_visible()
    clerk.meets_no_barrier()
    return proposal


def _verifies(province, verifier, proposal, number):
    """Read what was reported beside what mends it, verify, and send the answer that is ready."""
    province.sign_in(verifier)
    province.open("/usulan/")
    province.press(f"form[action$='/{proposal}/ambil/'] button")
    expect(province.page.locator("main")).to_contain_text("Namanya sekarang lain.")
    province.meets_no_barrier()
    province.press("button[name=decision][value=verify]")
    province.arrive(f"/pertanyaan/{number}/#jawaban")
    expect(province.page.locator("[name=text]")).to_have_value(re.compile("Dapur Ulin Murakata"))
    province.meets_no_barrier()
    province.press("button[name=step][value=answer]")
    expect(province.page.locator("button[name=step]")).to_have_count(0)
