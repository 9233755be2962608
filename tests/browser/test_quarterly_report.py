"""A quarter is reported: copied forward, changed, a jump explained, verified, entered in SIINas, counted in time."""

import datetime

from playwright.sync_api import expect

from disperin.reports.models import FilingStep, QuarterlyReport, ReportingDeadline, ReportingDuty
from disperin.submissions.models import Submission
from tests.factories import a_report, an_establishment

LARGE = {"workers_male": 60, "workers_female": 40, "investment": 20_000_000_000}
CLOTH = {"name": "Kain sasirangan", "unit": "lembar", "produced": 100}


def test_a_report_is_copied_forward_verified_and_followed_through_siinas(banua, officer, verifier, hands):
    maker = an_establishment(name="Sasirangan Barabai", **LARGE)
    earlier = a_report(establishment=maker, group="menengah_besar", permanent_men=20, products=[CLOTH])
    silent = a_report(establishment=an_establishment(name="Anyaman Barabai", **LARGE), group="menengah_besar")
    ReportingDuty.objects.create(key="besar", scale="besar", source="Uji")
    deadline = {"opens_on": datetime.date(2026, 4, 1), "due_on": datetime.date(2026, 7, 10), "source": "Uji"}
    ReportingDeadline.objects.create(year=2026, quarter="TW2", **deadline)
    clerk = hands(officer, width=360)

    clerk.open(f"/laporan-triwulan/{earlier.number}/")
    clerk.meets_no_barrier()
    clerk.press("form[action$='/salin/'] button")
    expect(clerk.see("#draft")).to_be_visible()
    draft = clerk.page.url.rstrip("/").split("/")[-2]
    expect(clerk.page.locator("#bagian-facilities")).to_be_hidden()  # no shipyard
    clerk.unfold("workers")
    clerk.fill("[name=permanent_men]", "500")
    marked = clerk.page.locator("#earlier_id_permanent_men")
    expect(marked).to_contain_text("Triwulan I 2026: 20")
    expect(clerk.page.locator("#earlier_id_permanent_women")).to_be_hidden()
    clerk.meets_no_barrier()
    clerk.press("button[name=check]")
    expect(clerk.see("main")).to_contain_text("20 → 500")
    clerk.fill("[name=jump_reason]", "Pesanan seragam dari luar daerah")
    clerk.press("button[name=check]")
    clerk.page.wait_for_url(f"**/usulan/{draft}/isian/")
    clerk.press("button[name=submit]")
    clerk.page.wait_for_url(f"**/usulan/{draft}/")

    province = hands(verifier)
    province.open("/usulan/")
    province.press(f"form[action$='/{draft}/ambil/'] button")
    expect(province.see("#review")).to_contain_text("Pesanan seragam")
    expect(province.see("main")).to_contain_text("20 → 500")
    province.press("button[name=decision][value=verify]")
    province.arrive("/usulan/")

    made = QuarterlyReport.objects.get(number=Submission.objects.get(number=draft).record_number)
    assert (made.quarter, made.group, made.permanent_men) == ("TW2", "menengah_besar", 500)
    province.open(f"/laporan-triwulan/{made.number}/")
    expect(province.see("#perubahan")).to_contain_text("Triwulan I 2026: 20")
    for steps, day in enumerate(("01/07/2026", "09/07/2026"), start=1):  # entered, then sent
        province.fill("form[action$='/siinas/'] [name=on]", day)
        province.press("form[action$='/siinas/'] button")
        expect(province.page.locator("#langkah-siinas li")).to_have_count(steps)
    province.meets_no_barrier()
    assert list(FilingStep.objects.values_list("state", flat=True)) == ["konsep", "dikirim"]
    province.open("/laporan-triwulan/kepatuhan/?year=2026&quarter=TW2")
    province.meets_no_barrier()
    province.press("main a[href*='outcome=tepat'][href*='regency=']")
    expect(province.see("main")).to_contain_text("Sasirangan Barabai")

    province.open(f"/laporan-triwulan/{made.number}/")
    for steps, (state, day) in enumerate(
        (("pengembalian", "10/07/2026"), ("dikirim", "13/07/2026"), ("diterima", "15/07/2026")), start=3
    ):
        province.tick("form[action$='/siinas/'] [name=state]", state)
        province.fill("form[action$='/siinas/'] [name=on]", day)
        if state == "pengembalian":
            province.fill("form[action$='/siinas/'] [name=reason]", "Kapasitas belum diisi")
        province.press("form[action$='/siinas/'] button")
        expect(province.page.locator("#langkah-siinas li")).to_have_count(steps)
    expect(province.see("#langkah-siinas")).to_contain_text("Kapasitas belum diisi")

    clerk.open("/laporan-triwulan/kepatuhan/daftar/?year=2026&quarter=TW2&outcome=belum")
    letter = clerk.see("main a[href*='surat.pdf']").get_attribute("href")
    assert clerk.page.request.get(letter).headers["content-type"] == "application/pdf"
    clerk.press("main form[action$='/salin/'] button")
    expect(clerk.see("#draft")).to_be_visible()
    begun = Submission.objects.get(number=clerk.page.url.rstrip("/").split("/")[-2])
    assert (begun.values["establishment"], begun.values["quarter"]) == (silent.establishment.number, "TW2")
