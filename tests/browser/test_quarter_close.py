"""Journey P9 from the reports on: a quarter is closed, read and corrected beside, and past days stay as they were.

How a report comes to be, and what becomes of it in SIINas, is walked in `test_quarterly_report`.
"""

import datetime

from django.utils import timezone
from playwright.sync_api import expect

from disperin.closes.models import Close, CloseFigure
from disperin.registers.dated.quarters import Quarter
from disperin.registers.record import directory
from disperin.reports.rules import period_of
from disperin.submissions import actions
from tests import factories
from tests.registers.days import put_back

AGO = 20  # days, for what was there before


def ended(record):
    """A record that is closed today."""
    told = {"closed_on": str(timezone.localdate()), "closed_reason": "ended"}
    actions.publish(directory.of(type(record)), told, by=factories.an_administrator(), record=record, kind="close")


def asked(hands, day):
    """Ask a list for a past day, as people do it."""
    hands.press("details.as-of-ask summary")
    hands.fill("#id_as_of", f"{day:%d/%m/%Y}")
    with hands.page.expect_navigation():
        hands.press("form:has(#id_as_of) button")
    return hands.page.locator("main")


def test_a_quarter_is_closed_read_corrected_beside_and_past_days_stay(banua, verifier, hands):
    quarter = Quarter.last_over(timezone.localdate())
    about = {"year": quarter.year, "quarter": period_of(quarter)}
    makers = [
        factories.an_establishment(name=f"Pembuat {number}", workers_male=4, workers_female=2) for number in range(3)
    ]
    reports = [factories.a_report(establishment=maker, permanent_men=4, **about) for maker in makers]
    put_back(AGO)
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

    expect(visitor.page.locator("#laporan")).to_contain_text("3 laporan terverifikasi tercatat")

    factories.an_establishment(name="Pembuat baru")
    for record in (makers[0], reports[0]):
        ended(record)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    for reader, path, called in ((visitor, "/industri/", "Pembuat"), (clerk, "/laporan-triwulan/", "Pembuat")):
        reader.open(path)
        expect(reader.page.locator("main")).not_to_contain_text(f"{called} 0")
        then = asked(reader, yesterday)
        expect(then).to_contain_text(f"{called} 0")
        expect(then).not_to_contain_text("Pembuat baru")
        reader.meets_no_barrier()
    visitor.open(f"/penutupan/{period.key}/")
    expect(visitor.page.locator("#laporan")).to_contain_text("3 laporan terverifikasi tercatat")
