"""An indicator with a target and its document and a realisation: proposed, verified, lit, and printed."""

import io

from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from disperin.accounts.models import Role
from disperin.planning import actions
from disperin.planning.models import Indicator, LightRule
from tests.factories import UserFactory


def test_an_indicator_is_proposed_verified_lit_and_printed(banua, verifier, second_verifier, hands):
    admin = UserFactory(role=Role.ADMINISTRATOR)
    actions.keep_light(LightRule(key="ambang", green_from=90, yellow_from=70), by=admin)
    planner = hands(verifier, width=360)
    planner.open("/usulan/baru/?daftar=indicators")
    planner.choose("[name=kabupaten]", "63.72")
    planner.press("main form button[type=submit]")
    expect(planner.see("#draft")).to_be_visible()
    draft = planner.page.url.rstrip("/").split("/")[-2]
    planner.fill("[name=name]", "Jumlah IKM yang dilatih")
    planner.choose("[name=level]", "sasaran")
    planner.choose("[name=kind]", "iku")
    planner.fill("[name=measure]", "IKM")
    planner.unfold("meaning")
    planner.fill("[name=definition]", "IKM yang menyelesaikan pelatihan dalam setahun.")
    planner.choose("[name=frequency]", "triwulanan")
    planner.choose("[name=direction]", "naik")
    planner.press("button[name=add][value=targets]")
    planner.fill("[name=targets-0-year]", "2026")
    planner.fill("[name=targets-0-value]", "80")
    planner.choose("[name=targets-0-document]", "pk")
    planner.fill("[name=targets-0-document_name]", "Perjanjian Kinerja 2026")
    planner.fill("[name=targets-0-document_on]", "20/01/2026")
    planner.press("button[name=add][value=realisations]")
    planner.fill("[name=realisations-0-year]", "2026")
    planner.choose("[name=realisations-0-period]", "tw1")
    planner.fill("[name=realisations-0-value]", "60")
    planner.fill("[name=realisations-0-source]", "Laporan bidang, April 2026")
    planner.meets_no_barrier()
    planner.press("button[name=check]")
    planner.page.wait_for_url(f"**/usulan/{draft}/isian/")
    expect(planner.see("#hand-in")).to_contain_text("Perjanjian Kinerja 2026")
    planner.press("button[name=submit]")
    planner.page.wait_for_url(f"**/usulan/{draft}/")

    colleague = hands(second_verifier)
    colleague.open("/usulan/")
    colleague.press(f"form[action$='/{draft}/ambil/'] button")
    expect(colleague.see("#review")).to_contain_text("Perjanjian Kinerja 2026")
    colleague.press("button[name=decision][value=verify]")
    colleague.arrive("/usulan/")
    made = Indicator.objects.get()

    head = hands(UserFactory(role=Role.HEAD), width=360)
    head.open("/perencanaan/?tahun=2026")
    card = head.page.locator("ul.card-grid > li")
    expect(card).to_contain_text("75%")
    expect(card).to_contain_text("Kuning")
    head.meets_no_barrier()
    head.press(f"main a[href*='/perencanaan/{made.number}/']")
    expect(head.see("figure.chart")).to_be_visible()
    expect(head.see("main")).to_contain_text("Perjanjian Kinerja 2026, 20 Januari 2026")
    head.meets_no_barrier()
    head.open("/perencanaan/cetak/?tahun=2026")
    head.meets_no_barrier()
    answer = head.page.request.get("/perencanaan/cetak/pk.xlsx?tahun=2026")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.body())).get_sheet_by_index(0).to_python()
    assert rows[1] == [1, "", "Jumlah IKM yang dilatih", "IKM", 80]
    paper = head.page.request.get("/perencanaan/cetak/tc27.pdf?tahun=2025")
    assert paper.headers["content-type"] == "application/pdf"
