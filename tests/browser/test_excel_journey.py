"""Excel both ways: an office's own list, its good rows in on the second screen, the rest mended there by keyboard alone
or on a telephone; and the export that comes back without a change."""

import random
from string import ascii_lowercase

import pytest
import xlsxwriter
from playwright.sync_api import expect

from disperin.submissions.batches.actions.sampling import sample_size
from disperin.workbooks.models import Workbook
from industries.models import Establishment
from tests.workbooks.rows import a_row, counts

ROWS = 200
LOST, MISTYPED, UNKNOWN = 30, 4, 3  # rows with a NIB without its 0, a KBLI that is none, a branch nobody knows
FIRST = ROWS - LOST - MISTYPED - UNKNOWN  # that are right as they stand
ABOVE = [
    "No", "Nama usaha", "Bentuk badan usaha", "Cabang industri", "KBLI", "Lokasi", None, "NIB", "NO. HP",
    "Nilai investasi (Rp)",
]  # fmt: skip
BELOW = [*ABOVE[:5], "Kecamatan", "Desa", *ABOVE[7:]]
KBLI, BRANCH = BELOW.index("KBLI"), BELOW.index("Cabang industri")


def a_list(path, *, rows=ROWS, lost=LOST):
    """A list as an office writes it: title, headings in two rows, money and telephones as people type them, signature.

    Makers whose names have nothing in common, the first `lost` of them with a NIB without its 0.
    """
    dice = random.Random(100)  # noqa: S311 -- dice
    makers = []
    for at in range(rows):
        name = " ".join("".join(dice.sample(ascii_lowercase, 7)) for _word in range(3))
        makers.append([at + 1, *a_row(name)[:6], f"0{120304857200 + at}", 81250010000 + at, "Rp 25.000.000,-"])
    for maker in makers[:lost]:
        maker[7] = maker[7][1:]
    for maker in makers[lost : lost + MISTYPED]:
        maker[KBLI] = "99999"
    for maker in makers[lost + MISTYPED : lost + MISTYPED + UNKNOWN]:
        maker[BRANCH] = "entahlah"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Data")
    sheet.merge_range(0, 0, 0, 9, "DATA IKM KABUPATEN HULU SUNGAI TENGAH 2026")
    for at, heading in enumerate(ABOVE):
        if heading == "Lokasi":
            sheet.merge_range(2, at, 2, at + 1, heading)
        elif heading:
            sheet.merge_range(2, at, 3, at, heading)
    sheet.write_row(3, 5, ["Kecamatan", "Desa"])
    for at, maker in enumerate(makers, start=4):
        sheet.write_row(at, 0, maker)
    sheet.write_row(rows + 4, 0, ["JUMLAH", None, None, None, None, None, None, None, None, "Rp 2.500.000.000,-"])
    for at, text in enumerate(
        ["Barabai, 12 Januari 2026", "Kepala Dinas", "NIP. 19700101 199603 1 002"], start=rows + 6
    ):
        sheet.write(at, 8, text)
    book.close()
    return path


def send(clerk, path):
    """Choose a file and have it checked; gives the workbook that the page is about then."""
    clerk.open("/usulan/impor/")
    clerk.choose("[name=daftar]", "establishments")
    clerk.attach("input[type=file]", path)
    clerk.press("main form[enctype] button[type=submit]")
    clerk.page.wait_for_url("**/usulan/impor/*-*/")
    clerk.meets_no_barrier()
    return Workbook.objects.get(pk=clerk.page.url.rstrip("/").rpartition("/")[2])


def press(clerk, selector):
    """Press a button, and wait for the page that follows."""
    with clerk.page.expect_navigation():
        clerk.press(selector)


def hand_in(clerk):
    """Submit the good rows of the file that is shown; gives the number of their batch."""
    clerk.press("[name=acknowledge_warnings]")
    press(clerk, "form[action$='/ajukan/'] button")
    expect(clerk.see(".notice-success")).to_be_visible()
    return Workbook.objects.latest("sent_at").batch.number


def open_cause(clerk, what):
    """Open the cause in which this stands; the one with the most rows is open already."""
    if not clerk.page.locator(f"#perbaikan details[open]:has({what})").count():
        clerk.press(f"#perbaikan details:has({what}) > summary")


def mend(clerk):
    """Take what is suggested for every NIB, type each class, skip the rest."""
    open_cause(clerk, "button[name=accept]")
    press(clerk, "button[name=accept]")
    kbli = f"input[name$='-{KBLI}']"
    open_cause(clerk, kbli)
    expect(clerk.page.locator(kbli)).to_have_count(MISTYPED)
    for name in clerk.page.locator(kbli).evaluate_all("them => them.map((one) => one.name)"):
        clerk.fill(f"[name='{name}']", "13134")
    clerk.meets_no_barrier()
    press(clerk, "#perbaikan form > .row-actions button")
    press(clerk, "button[name=skip-all]")


def downloaded(page, selector, path):
    """The file that a press on this gives."""
    with page.expect_download() as waiting:
        page.locator(selector).click()
    waiting.value.save_as(path)
    return path


def verify(province, number):
    """Draw the sample of a batch, take up and open all of it, and verify the clean rows; gives how many were opened."""
    province.open(f"/usulan/berkas/{number}/")
    province.press("form[action$='/contoh/'] button")
    rows = province.page.locator("[data-review]")
    expect(rows.first).to_be_visible()
    province.meets_no_barrier()
    links = rows.evaluate_all("rows => rows.map(row => row.dataset.review)")
    expect(province.page.locator("form[action$='/verifikasi/']")).to_have_count(0)
    for link in links:
        province.open(link)
        province.press("form[action$='/ambil/'] button")
        expect(province.see("#review")).to_be_visible()
    province.open(f"/usulan/berkas/{number}/")
    province.press("form[action$='/verifikasi/'] button")
    expect(province.see(".notice-success")).to_be_visible()
    return len(links)


@pytest.mark.long
def test_the_list_of_an_office_goes_in_is_mended_by_keyboard_and_comes_back_unchanged(
    officer, verifier, hands, tmp_path
):
    office = hands(officer, keyboard=True)

    workbook = send(office, a_list(tmp_path / "ikm.xlsx"))
    batches = [hand_in(office)]  # on the second screen
    mend(office)
    batches.append(hand_in(office))

    workbook.refresh_from_db()
    assert workbook.counts == counts(read=ROWS, new=ROWS - UNKNOWN, skipped=UNKNOWN)
    assert [batch.number for batch in workbook.batches] == batches
    assert workbook.sheets[0]["no_data"] == {"total": [205], "signature": [207, 208, 209]}

    desk, telephone = hands(verifier, keyboard=True), hands(verifier, width=360)
    opened = [verify(province, number) for province, number in zip((desk, telephone), batches, strict=True)]
    assert opened == [sample_size(FIRST), sample_size(LOST + MISTYPED)]
    assert Establishment.objects.count() == ROWS - UNKNOWN

    office = hands(officer, width=360)
    office.open("/industri/?regency=63.07")
    office.meets_no_barrier()
    back = send(office, downloaded(office.page, "#unduh button >> nth=0", tmp_path / "ekspor.xlsx"))
    assert back.counts == counts(read=ROWS - UNKNOWN, unchanged=ROWS - UNKNOWN)


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_list_goes_in_and_is_mended_on_a_telephone(officer, hands, tmp_path, script):
    clerk, rows = hands(officer, width=360, script=script), 2 + MISTYPED + UNKNOWN + 1

    workbook = send(clerk, a_list(tmp_path / "ikm.xlsx", rows=rows, lost=2))
    batches = [hand_in(clerk)]
    mend(clerk)
    batches.append(hand_in(clerk))

    workbook.refresh_from_db()
    assert workbook.counts == counts(read=rows, new=rows - UNKNOWN, skipped=UNKNOWN)
    assert [(batch.number, batch.submissions.count()) for batch in workbook.batches] == [
        (batches[0], 1), (batches[1], 2 + MISTYPED),
    ]  # fmt: skip
