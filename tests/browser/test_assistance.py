"""Forty recipients of one delivery from an office's Excel file: by number, NIB and name; mended, verified, reported."""

import xlsxwriter
from playwright.sync_api import expect

from disperin.assistance.models import Assistance
from disperin.workbooks.models import Workbook
from tests.browser.test_excel_journey import hand_in, press, verify
from tests.factories import an_establishment

RECIPIENTS = 40
NIB = "9120304857261"


def a_list(path, makers):
    """A delivery on one sheet and its recipients on another, as an office writes them; one name is misspelled."""
    known = [one.number for one in makers[:10]] + [one.name for one in makers[10 : RECIPIENTS - 1]] + [NIB]
    known[20] = "Perajin Salah Tulis"
    book = xlsxwriter.Workbook(path)
    event = book.add_worksheet("Pembinaan")
    event.write_row(0, 0, ["Kunci baris", "Nama kegiatan", "Jenis", "Tahun", "Dana", "Pelaksana", "Kode sub kegiatan"])
    event.write_row(1, 0, ["1", "Bantuan kemasan", "Kemasan", 2026, "DAK Nonfisik", "Dinas Perindustrian", "3.31.02"])
    people = book.add_worksheet("Penerima")
    people.write_row(0, 0, ["Kunci baris", "Nama penerima", "Laki-laki", "Perempuan"])
    for at, one in enumerate(known, start=1):
        people.write_row(at, 0, ["1", one, 1, 2])
    book.close()
    return path


def test_forty_recipients_from_excel_are_mended_verified_and_counted(officer, verifier, visit, hands, tmp_path):
    makers = [an_establishment(name=f"Perajin {at:02}") for at in range(RECIPIENTS - 1)]
    makers.append(an_establishment(name="Dapur Ulin", nib=NIB))
    office = visit(officer)

    office.goto("/usulan/impor/")
    office.locator("[name=daftar]").select_option("assistance")
    office.locator("input[type=file]").set_input_files(a_list(tmp_path / "penerima.xlsx", makers))
    press(office, "main form[enctype] button[type=submit]")
    office.wait_for_url("**/usulan/impor/*-*/")
    workbook = Workbook.objects.get(pk=office.url.rstrip("/").rpartition("/")[2])
    cell = office.locator("#perbaikan input[name$='-1']")
    expect(cell).to_have_value("Perajin Salah Tulis")
    cell.fill(makers[20].name)
    with office.expect_navigation():
        office.keyboard.press("Enter")
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
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.goto("/pembinaan/belum-dibantu/")  # what is planned was not given
    expect(phone.locator("#judul-daftar")).to_have_text(f"{RECIPIENTS} belum pernah dibina")
    phone.goto("/pembinaan/laporan/?year=2026")
    phone.get_by_role("link", name="1", exact=True).first.click()
    expect(phone.locator(".maker-card-body h2")).to_have_text("Bantuan kemasan")
