"""Journey P9, the close: a verifier closes a quarter, a visitor reads it, a correction stands beside a figure."""

from playwright.sync_api import expect

from disperin.closes.models import Close, CloseFigure
from disperin.registers.dated.quarters import Quarter
from tests import factories


def test_a_quarter_is_closed_read_by_a_visitor_and_corrected_beside(banua, verifier, hands):
    for number in range(3):
        factories.an_establishment(name=f"Pembuat {number}", workers_male=4, workers_female=2)
    clerk, visitor = hands(width=1280), hands(width=360, script=False)

    clerk.sign_in(verifier)
    clerk.open("/penutupan/")
    clerk.fill("[name=note]", "Triwulan tertib.")
    with clerk.page.expect_navigation():
        clerk.press("form[action$='/tutup/'] button")
    period = Close.objects.get().period
    assert period == Quarter.last_over(Close.objects.get().closed_at.date())
    clerk.press(f"a[href$='/penutupan/{period.key}/']")
    expect(clerk.page.locator("main")).to_contain_text("Triwulan tertib.")
    clerk.meets_no_barrier()

    clerk.press("a[href*='by=branch']")
    clerk.press("a[href$='/angka/branch/']")
    figure = CloseFigure.objects.get(dimension="branch", code="sandang_kulit", measure="units")
    clerk.press(f"a[href$='/koreksi/{figure.pk}/']")
    clerk.fill("[name=right_value]", "4")
    clerk.fill("[name=reason]", "Satu unit usaha terlewat.")
    with clerk.page.expect_navigation():
        clerk.press("main form button")
    expect(clerk.page.locator("#koreksi")).to_contain_text("Satu unit usaha terlewat.")

    visitor.open(f"/penutupan/{period.key}/")
    expect(visitor.page.locator("main")).to_contain_text(Close.objects.get().seal)
    expect(visitor.page.locator("#koreksi")).to_contain_text("Satu unit usaha terlewat.")
    assert visitor.page.locator("a[href$='laporan.pdf']").count() == 0
    visitor.meets_no_barrier()
