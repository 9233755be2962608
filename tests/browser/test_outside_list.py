"""A list of SIINas accounts: brought as it was sent, its columns confirmed, a doubt settled, what is new handed on."""

import csv
import datetime

import xlsxwriter
from django.utils import timezone
from playwright.sync_api import expect

from disperin.coverage.models import OutsideLine, OutsideTask
from disperin.workbooks.models import Workbook, WorkbookRow
from tests.browser.test_excel_journey import downloaded
from tests.factories import an_establishment

ABOVE = ["No", "Nama Perusahaan", "Legalitas", None, "Lokasi", None, "Tingkat Risiko", "NIK"]
BELOW = [None, None, "NIB", "Akun SIINas", "Kabupaten/Kota", "Desa", None, None]
NIK = "6307014506850001"


def a_list(path, rows):
    """A list as an office sends it: two lines of title, headings in two rows, a signature below."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Akun")
    sheet.merge_range(0, 0, 0, 7, "DAFTAR AKUN SIINAS")
    sheet.merge_range(1, 0, 1, 7, "Keadaan 31 Januari 2026")
    for at, heading in enumerate(ABOVE):
        if heading in ("Legalitas", "Lokasi"):
            sheet.merge_range(3, at, 3, at + 1, heading)
        elif heading:
            sheet.merge_range(3, at, 4, at, heading)
    for at, heading in enumerate(BELOW):
        if heading and ABOVE[at] in (None, "Legalitas", "Lokasi"):
            sheet.write(4, at, heading)
    for at, row in enumerate(rows, start=5):
        sheet.write_row(at, 0, row)
    sheet.write(len(rows) + 7, 6, "Jakarta, 2 Februari 2026")
    book.close()
    return path


def test_a_list_of_another_office_is_compared_settled_handed_on_and_taken_in(banua, officer, visit, tmp_path):
    found = an_establishment(name="Ayu Sasirangan", nib="1203000100001")
    an_establishment(name="Budi Mebel", nib="1203000100002")
    doubted = an_establishment(name="Citra Anyaman Purun")
    lacking = an_establishment(name="Dewi Kerupuk")
    rows = [
        [1, "Ayu Sasirangan", "1203000100001", "akun-1", "Hulu Sungai Tengah", None, "Rendah", NIK],
        [2, "Bengkel Rahmat Jaya", "1203000100002", "akun-2", "Hulu Sungai Tengah", None, "Rendah", NIK],
        [3, "Citra Anyaman Purunn", None, "akun-3", "Hulu Sungai Tengah", None, "Rendah", NIK],
        [4, "Dapur Baru Sekali", "1203000100009", "akun-4", "Hulu Sungai Tengah", None, "Rendah", NIK],
    ]
    page = visit(officer)

    page.goto("/cakupan/baru/")
    page.locator("[name=kind]").select_option("siinas")
    page.locator("[name=listed_on]").fill("31/01/2026")
    page.locator("[name=source]").fill("Surat Pusdatin 12/2026")
    page.locator("input[type=file]").set_input_files(a_list(tmp_path / "akun.xlsx", rows))
    page.locator("main form[enctype] button[type=submit]").press("Enter")
    page.locator("main tr", has_text="Tingkat Risiko").locator("select").select_option("#none")
    page.locator("main form[action$='/kolom/'] button[type=submit]").press("Enter")
    page.wait_for_url("**/cakupan/*/")

    table = page.locator(".results table")
    expect(table.locator("tbody tr")).to_have_count(5)
    expect(table.locator("tr", has_text="Bengkel Rahmat Jaya")).to_contain_text("Nama lain")
    expect(table.locator("tr", has_text="Dewi Kerupuk")).to_contain_text(lacking.number)
    expect(table.locator("tr", has_text="Ayu Sasirangan")).to_contain_text(found.number)
    assert not WorkbookRow.objects.filter(cells__icontains=NIK).exists()

    table.locator("tr", has_text="Purunn").get_by_role("button", name="Ini dia").press("Enter")
    expect(page.locator(".notice-success")).to_be_visible()
    assert OutsideLine.objects.get(name="Citra Anyaman Purunn").record_number == doubted.number

    page.goto(page.url.partition("?")[0] + "?outcome=new")
    page.locator("tr", has_text="Dapur Baru Sekali").locator("input[type=checkbox]").press("Space")
    page.locator("#serah [name=to]").select_option(str(officer.pk))
    due = timezone.localdate() + datetime.timedelta(days=7)
    page.locator("#serah [name=due_on]").fill(f"{due:%d/%m/%Y}")
    page.locator("#serah button[type=submit]").press("Enter")
    expect(page.locator("tbody tr", has_text="Dapur Baru Sekali")).to_contain_text(officer.full_name)
    assert OutsideTask.objects.get().line.name == "Dapur Baru Sekali"

    file = downloaded(page, "a[href*='baris.csv']", tmp_path / "baris.csv")
    assert [row[3] for row in csv.reader(file.read_text("utf-8-sig").splitlines())][1:] == ["Dapur Baru Sekali"]

    page.locator("button[value=import]").press("Enter")
    page.wait_for_url("**/usulan/impor/*-*/")
    made = Workbook.objects.get(purpose="")
    assert (made.read, made.rows.get().number) == (1, 9)

    phone = visit(officer, width=360)
    phone.goto(f"/cakupan/{OutsideLine.objects.first().outside_list_id}/")
    wide = phone.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360
