"""Forty recipients of one delivery from an office's Excel file: by number, NIB and name; mended, verified, reported."""

import datetime

import xlsxwriter
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from disperin.assistance.models import Assistance
from disperin.workbooks.models import Workbook
from tests.browser.barriers import WIDER
from tests.browser.test_excel_journey import downloaded, hand_in, press, verify
from tests.browser.test_forum import a_paper
from tests.factories import an_establishment

RECIPIENTS = 40
NIB = "9120304857261"
RESULTS = [("Hasil setelah", " dilihat pada"), ("Tenaga kerja setelah", ""), ("Sertifikat atau izin setelah", "")]


def a_list(path, makers):
    """A delivery on one sheet and its recipients on another, as an office writes them; one name is misspelled."""
    known = [one.number for one in makers[:10]] + [one.name for one in makers[10 : RECIPIENTS - 1]] + [NIB]
    known[20] = "Perajin Salah Tulis"
    book = xlsxwriter.Workbook(path)
    event = book.add_worksheet("Pembinaan")
    event.write_row(0, 0, ["Kunci baris", "Nama kegiatan", "Jenis", "Tahun", "Dana", "Pelaksana", "Kode sub kegiatan"])
    event.write_row(1, 0, ["1", "Bantuan kemasan", "Kemasan", 2025, "DAK Nonfisik", "Dinas Perindustrian", "3.31.02"])
    people = book.add_worksheet("Penerima")
    people.write_row(0, 0, ["Kunci baris", "Nama penerima", "Laki-laki", "Perempuan"])
    for at, one in enumerate(known, start=1):
        people.write_row(at, 0, ["1", one, 1, 2])
    book.close()
    return path


def with_results(given, path):
    """The file of a list, written anew with what was seen of each beneficiary after twelve months."""
    book, read = xlsxwriter.Workbook(path, {"default_date_format": "d/m/yyyy"}), CalamineWorkbook.from_path(given)
    for name in read.sheet_names:
        rows, sheet = read.get_sheet_by_name(name).to_python(), book.add_worksheet(name)
        if name == "Penerima":
            columns = [rows[0].index(f"{what} 12 bulan{after}") for what, after in RESULTS]
            for at, row in enumerate(rows[1:]):
                for column, value in zip(columns, (datetime.date(2026, 3, 20), 3 + at, "PIRT"), strict=True):
                    row[column] = value
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    book.close()
    return path


def test_forty_recipients_from_excel_are_mended_verified_and_counted(officer, verifier, visit, hands, tmp_path):
    makers = [an_establishment(name=f"Perajin {at:02}") for at in range(RECIPIENTS - 1)]
    makers.append(an_establishment(name="Dapur Ulin", nib=NIB))
    office = hands(officer)

    office.open("/usulan/impor/")
    office.choose("[name=daftar]", "assistance")
    office.attach("input[type=file]", a_list(tmp_path / "penerima.xlsx", makers))
    press(office, "main form[enctype] button[type=submit]")
    office.page.wait_for_url("**/usulan/impor/*-*/")
    workbook = Workbook.objects.get(pk=office.page.url.rstrip("/").rpartition("/")[2])
    cell = office.page.locator("#perbaikan input[name$='-1']")
    expect(cell).to_have_value("Perajin Salah Tulis")
    cell.fill(makers[20].name)
    with office.page.expect_navigation():
        office.page.keyboard.press("Enter")
    batch = hand_in(office)

    assert verify(hands(verifier), batch) == 1
    made = Assistance.objects.get()
    assert made.beneficiaries.count() == RECIPIENTS
    assert {row.establishment_id for row in made.beneficiaries.all()} == {one.pk for one in makers}
    assert workbook.rows.filter(part="beneficiaries").count() == RECIPIENTS

    phone = visit(officer, width=360)
    phone.goto(f"/pembinaan/{made.number}/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Bantuan kemasan")
    expect(phone.locator("main")).to_contain_text("Perajin 20")
    assert phone.evaluate(WIDER) <= 0
    phone.goto("/pembinaan/belum-dibantu/")  # what is planned was not given
    expect(phone.locator("#judul-daftar")).to_have_text(f"{RECIPIENTS} belum pernah dibina")
    phone.goto("/pembinaan/laporan/?year=2025")
    phone.get_by_role("link", name="1", exact=True).first.click()
    expect(phone.locator(".maker-card-body h2")).to_have_text("Bantuan kemasan")

    clerk = hands(officer, width=360)
    _change(clerk, made)
    clerk.unfold("state")
    clerk.choose("[name=state]", "diserahkan")
    clerk.fill("[name=handover_number]", "510/44/BAST")
    clerk.fill("[name=handover_on]", "17/03/2025")
    clerk.attach("[name=handover-file]", a_paper(tmp_path / "bast.pdf"))
    clerk.press("button[name=check]")
    clerk.press("button[name=submit]")  # there is no decree, and nobody has said that this is right
    expect(clerk.see("main")).to_contain_text("Usulan ini belum diajukan")
    clerk.meets_no_barrier()
    clerk.press("main a[href='#id_acknowledged']")
    clerk.press("#id_acknowledged")
    clerk.press("button[name=submit]")
    clerk.page.wait_for_url("**/usulan/AJU-*/")
    _verify(hands(verifier))
    made.refresh_from_db()
    assert (made.state, str(made.handover_on), made.handover is not None) == ("diserahkan", "2025-03-17", True)

    _change(clerk, made)  # one is seen on the spot, with a telephone
    clerk.unfold("beneficiaries")
    clerk.press("#baris-beneficiaries-0 details summary")
    clerk.fill("[name=beneficiaries-0-seen_6_on]", "20/09/2025")
    clerk.fill("[name=beneficiaries-0-sales_6]", "48 juta")
    clerk.fill("[name=beneficiaries-0-workers_6]", "4")
    clerk.choose("[name=beneficiaries-0-used_6]", "yes")
    clerk.unfold("state")
    clerk.choose("[name=state]", "dipantau")
    clerk.press("button[name=check]")
    clerk.press("#id_acknowledged")
    clerk.press("button[name=submit]")
    clerk.page.wait_for_url("**/usulan/AJU-*/")
    _verify(hands(verifier))
    first = made.beneficiaries.order_by("position").first()
    assert (first.sales_6, first.workers_6, first.used_6) == (48_000_000, 4, "yes")

    office.open("/pembinaan/")  # of all of them a year later, in the file that the list gives
    given = downloaded(office.page, "#unduh button >> nth=0", tmp_path / "pembinaan.xlsx")
    office.open("/usulan/impor/?daftar=assistance")
    office.attach("input[type=file]", with_results(given, tmp_path / "hasil.xlsx"))
    press(office, "main form[enctype] button[type=submit]")
    office.page.wait_for_url("**/usulan/impor/*-*/")
    batch = hand_in(office)
    _verify(hands(verifier), f"/usulan/berkas/{batch}/")  # what is told of it is decided by itself
    rows = made.beneficiaries.filter(closed_on=None)
    assert rows.filter(seen_12_on="2026-03-20", workers_12__gte=3, certificate_12="PIRT").count() == RECIPIENTS
    assert rows.get(pk=first.pk).sales_6 == 48_000_000
    phone.goto(f"/pembinaan/{made.number}/")
    expect(phone.locator("section:has(#sejak) tbody tr")).to_have_count(RECIPIENTS)
    Assistance.objects.update(planned_value=98_765_400_000, spent=98_765_400_000)
    phone.goto("/pembinaan/laporan/?year=2025")
    for width in (1280, 800, 360):  # what has many columns is wider than its frame, and no page is
        phone.set_viewport_size({"width": width, "height": 800})
        assert phone.evaluate(WIDER) <= 0, width


def _change(clerk, record):
    """Begin to change what is verified, from its own page."""
    clerk.open(f"/pembinaan/{record.number}/")
    clerk.press(f"main a[href*='/usulan/baru/?daftar=assistance&data={record.number}']")
    clerk.press("main form button[type=submit]")
    expect(clerk.see("#draft")).to_be_visible()


def _verify(province, path="/usulan/"):
    """Take up the one proposal that waits there and verify it."""
    province.open(path)
    if path != "/usulan/":  # of a batch
        province.press("form[action$='/contoh/'] button")
        province.open(province.page.locator("[data-review]").get_attribute("data-review"))
    province.press("form[action$='/ambil/'] button")
    expect(province.see("#review")).to_be_visible()
    province.press("button[name=decision][value=verify]")
    province.arrive(path)
