"""An investor: from what a zone must offer to a shortlist, the comparison, the profile, an inquiry and its number."""

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from disperin.inquiries.models import Inquiry
from disperin.inquiries.rules import FASTEST
from tests.factories import a_milestone, a_zone
from tests.maps.test_shapes import square

WAYS = {
    "Indonesian on a telephone without JavaScript": {"width": 360, "script": False},
    "English on a telephone": {"width": 360, "language": "en"},
    "Indonesian on a desk in the dark": {"width": 1280, "color_scheme": "dark"},
}


@pytest.fixture
def zones(banua):
    """Two zones near a port, one of which has free land, and one of which nothing is known."""
    port = {"kind": "pelabuhan", "distance_km": 40, "source": "Dinas Perhubungan", "as_of": "2026-10-01"}
    near = a_zone(
        name="Kawasan Barabai",
        outline=square(size=0.004),
        plots=[{"code": "A-1", "hectares": 4.92, "state": "tersedia", "outline": square(size=0.002)}],
        utilities=[port],
    )
    days = {"planned_start": "2026-01-01", "planned_finish": "2026-06-30"}
    a_milestone(zone=near, percent=40, actual_start="2026-01-05", progress_on="2026-03-31", **days)
    a_zone(name="Kawasan Pagat", utilities=[port | {"distance_km": 45}])
    a_zone(name="Kawasan Jauh")


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_an_investor_finds_compares_takes_along_and_asks(zones, hands, way):
    investor = hands(**way)
    page, main = investor.page, investor.page.locator("main")

    investor.open("/kawasan/")
    if way["width"] == 360:
        investor.press(".filter-open")
    investor.fill("[name=port_within]", "50")
    investor.press(".figure-filters button")
    expect(page.locator("ul.card-grid h2")).to_have_text(["Kawasan Barabai", "Kawasan Pagat"])
    for box in page.locator(".maker-card input[name=kawasan]").all():
        box.check()
    investor.meets_no_barrier()
    investor.press("#compare button")

    expect(page.locator(".compare-table thead a")).to_have_count(2)
    investor.meets_no_barrier()
    investor.open("/kawasan/kawasan-barabai/")
    address = investor.see("a[href$='/profil.pdf']").get_attribute("href")
    answer = page.context.request.get(address)
    profile = PdfReader(io.BytesIO(answer.body()))
    assert (answer.status, len(profile.pages)) == (200, 2)
    assert profile.trailer["/Root"]["/Lang"] == way.get("language", "id")
    assert "Kawasan Barabai" in profile.pages[0].extract_text()

    investor.press("a[href$='/kemajuan/']")
    investor.arrive("/kawasan/kawasan-barabai/kemajuan/")
    expect(page.locator("figure.chart svg[role=img]")).to_be_visible()
    investor.meets_no_barrier()
    investor.open("/kawasan/portofolio/")
    expect(main).to_contain_text("Kawasan Barabai")
    investor.meets_no_barrier()

    investor.open("/kawasan/kawasan-barabai/")
    investor.meets_no_barrier()
    expect(page.locator(".zone-place svg")).to_be_visible()
    expect(page.locator(".notes li")).to_have_count(1)
    investor.press("#kaveling summary")
    investor.meets_no_barrier()
    investor.press("#kaveling a[href*='kaveling=A-1']")
    expect(main).to_contain_text("Kawasan Barabai")
    expect(page.locator("[name=plot]")).to_have_value("A-1")
    investor.fill("[name=company]", "PT Karet")
    investor.fill("[name=land_ha]", "2.5" if way.get("language") else "2,5")
    investor.choose("[name=port]", "yes")
    investor.meets_no_barrier()
    investor.fill("[name=message]", "Berapa sewa petak A-1?")
    investor.fill("[name=email]", "investor@rahasia.example")
    page.locator("[name=consented]").check()
    page.wait_for_timeout(FASTEST * 1000 + 100)  # as long as the form wants a person to take
    investor.press("main form button[type=submit]")
    expect(main).to_contain_text("TNY-6307-")
    inquiry = Inquiry.objects.select_related("investment").get()
    needs = inquiry.investment
    assert (needs.plot, needs.company, str(needs.land_ha), needs.port) == ("A-1", "PT Karet", "2.50", "yes")
    number = inquiry.number

    investor.open("/lacak/")
    investor.fill("[name=nomor]", number.lower())
    investor.press("main form button[type=submit]")
    investor.arrive(f"/lacak/{number}/")
    expect(main).to_contain_text("Kawasan Barabai")
    expect(main).not_to_contain_text("investor@")
    investor.meets_no_barrier()
