"""Journey P7: from the tile of what is overdue to the list, to an officer with a day; and what the public may see."""

import pytest
from playwright.sync_api import expect

from disperin.registers.record import directory
from disperin.submissions import actions
from industries.models import HalalTask
from tests import factories

WAYS = {
    "Indonesian by keyboard alone": {"width": 1280, "keyboard": True},
    "English on a telephone": {"width": 360, "language": "en"},
    "Indonesian on a telephone without JavaScript": {"width": 360, "script": False},
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_the_province_hands_an_overdue_product_to_an_officer(banua, verifier, officer, hands, way):
    product = {"name": "Dodol", "halal_category": "makanan"}
    maker = factories.an_establishment(name="Dapur Ulin", products=[product], annual_sales=100_000_000)
    clerk = hands(**way)

    clerk.sign_in(verifier)
    clerk.open("/halal/")
    clerk.press("a[href$='?past=on#produk']")
    clerk.press(f"a[href*='regency={maker.regency_id}']")
    clerk.press(f"a[href*='district={maker.district_id}']")
    expect(clerk.page.locator("main")).to_contain_text("Dapur Ulin")
    clerk.meets_no_barrier()
    clerk.press("[name=products]")
    clerk.choose("[name=to]", str(officer.pk))
    clerk.fill("[name=due_on]", "2099-12-31")
    with clerk.page.expect_navigation():  # the list of officers holds the name before, too
        clerk.press("[name=assign]")

    expect(clerk.page.locator("#produk")).to_contain_text(officer.full_name)
    assert HalalTask.objects.get().assigned_to == officer
    clerk.open("/halal/kemajuan/")
    clerk.meets_no_barrier()


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_buyer_checks_a_number_and_nobody_is_shamed(banua, hands, way):
    factories.an_establishment(products=[{"name": "Dodol", "halal_category": "makanan"}], annual_sales=100_000_000)
    certificate = factories.a_halal_certificate(name="Dapur Ulin", regency="63.06")
    buyer = hands(**way)

    buyer.open("/halal/cek/")
    buyer.meets_no_barrier()
    buyer.fill("#id_q", certificate.certificate_number)
    buyer.press(".list-search button[type=submit]")
    buyer.press(f"a[href$='/halal/cek/{certificate.number}/']")

    expect(buyer.page.locator("h1")).to_have_text("Dapur Ulin")
    expect(buyer.page.locator("main")).to_contain_text(certificate.certificate_number)
    buyer.meets_no_barrier()
    buyer.open("/halal/angka/")
    expect(buyer.page.locator("main")).not_to_contain_text("Dapur Ulin")
    buyer.meets_no_barrier()


def test_a_product_is_asked_only_what_its_category_asks(banua, officer, hands):
    values = factories.establishment_values(products=[{"name": "Tas", "risk_class": "B"}])
    draft = actions.draft(directory.get("establishments"), values, by=officer)
    clerk = hands(officer)
    clerk.open(f"/usulan/{draft.number}/ubah/")
    questions = ("animal_origin", "goes_with_food", "risk_class")
    shown = {}

    for category in ("", "makanan", "barang_gunaan", "kimiawi", "alat_kesehatan"):
        clerk.choose("[name=products-0-halal_category]", category)
        shown[category] = [one for one in questions if clerk.page.locator(f"[name=products-0-{one}]").is_visible()]

    assert shown == {  # what was answered once stays in sight
        "": ["risk_class"],
        "makanan": ["risk_class"],
        "barang_gunaan": ["animal_origin", "risk_class"],
        "kimiawi": ["goes_with_food", "risk_class"],
        "alat_kesehatan": ["risk_class"],
    }
