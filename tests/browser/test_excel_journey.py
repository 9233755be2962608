"""Excel both ways, from a file with bad rows to the export that comes back without a change."""

import random
from string import ascii_lowercase

from playwright.sync_api import expect

from disperin.workbooks.files import open_book
from disperin.workbooks.models import Workbook
from disperin.workbooks.tables.columns import ERRORS_HEADING
from industries.models import Establishment
from tests.workbooks.made_files import an_xlsx
from tests.workbooks.rows import HEADINGS, a_row

ROWS = 200
WRONG = {"KBLI": ("99999", 13), "Cabang industri": ("entahlah", 12), "NIB": ("12", 12)}  # heading: (what, how often)
RIGHT = {"KBLI": "13134", "Cabang industri": "sandang_kulit", "NIB": ""}
BAD = sum(number for _text, number in WRONG.values())


def a_file(path):
    """Two hundred makers whose names have nothing in common; some are wrong in one column."""
    dice = random.Random(200)  # noqa: S311 -- dice
    rows = [a_row(" ".join("".join(dice.sample(ascii_lowercase, 7)) for _word in range(3))) for _row in range(ROWS)]
    spoilt = iter(dice.sample(rows, BAD))
    for heading, (text, number) in WRONG.items():
        for _time in range(number):
            next(spoilt)[HEADINGS.index(heading)] = text
    return an_xlsx(path, ("Data", [HEADINGS, *rows]))


def mended(path):
    """The error workbook as a person mends it: each wrong cell overwritten, the column KESALAHAN left as it is."""
    with open_book(path) as book:
        headings, *rows = [row.cells for row in book.rows()]
    assert headings == [*HEADINGS, ERRORS_HEADING]
    for row in rows:
        for heading, (text, _number) in WRONG.items():
            at = headings.index(heading)
            row[at] = RIGHT[heading] if row[at] == text else row[at]
    return an_xlsx(path.with_name("diperbaiki.xlsx"), ("Data", [headings, *rows]))


def send(page, path):
    """Choose a file and have it checked; gives the workbook that the page is about then."""
    page.goto("/usulan/impor/")
    page.locator("[name=daftar]").select_option("establishments")
    page.locator("input[type=file]").set_input_files(path)
    page.locator("main form[enctype] button[type=submit]").click()
    page.wait_for_url("**/usulan/impor/*-*/")
    return Workbook.objects.get(pk=page.url.rstrip("/").rpartition("/")[2])


def downloaded(page, selector, path):
    """The file that a press on this gives."""
    with page.expect_download() as waiting:
        page.locator(selector).click()
    waiting.value.save_as(path)
    return path


def hand_in(page):
    """Submit the good rows of the file that is shown; gives the number of their batch."""
    page.locator("form[action$='/ajukan/'] button").click()
    told = page.locator(".notice-success")
    expect(told).to_be_visible()
    return Workbook.objects.latest("sent_at").batch.number


def verify(page, number):
    """Draw the sample of a batch, take up and open all of it, and verify the clean rows; gives how many were opened."""
    page.goto(f"/usulan/berkas/{number}/")
    page.locator("form[action$='/contoh/'] button").click()
    expect(page.locator("tr[data-review]").first).to_be_visible()
    links = page.locator("tr[data-review]").evaluate_all("rows => rows.map(row => row.dataset.review)")
    expect(page.locator("form[action$='/verifikasi/']")).to_have_count(0)
    for link in links:
        page.goto(link)
        page.locator("form[action$='/ambil/'] button").click()
        expect(page.locator("#review")).to_be_visible()
    page.goto(f"/usulan/berkas/{number}/")
    page.locator("form[action$='/verifikasi/'] button").click()
    expect(page.locator(".notice-success").first).to_be_visible()
    return len(links)


def test_two_hundred_rows_go_in_by_excel_and_come_back_unchanged(officer, verifier, visit, tmp_path):
    office = visit(officer)

    first = send(office, a_file(tmp_path / "ikm.xlsx"))
    errors = downloaded(office, "a[href$='/kesalahan.xlsx']", tmp_path / "kesalahan.xlsx")
    batches = [hand_in(office)]
    second = send(office, mended(errors))
    batches.append(hand_in(office))

    assert (first.read, first.new, first.bad) == (ROWS, ROWS - BAD, BAD)
    assert (second.read, second.new, second.bad) == (BAD, BAD, 0)

    province = visit(verifier)
    assert [verify(province, number) for number in batches] == [17, 5]
    assert Establishment.objects.count() == ROWS

    office.goto("/industri/?regency=63.07")
    third = send(office, downloaded(office, "#unduh button >> nth=0", tmp_path / "ekspor.xlsx"))
    assert third.counts == {"read": ROWS, "new": 0, "changed": 0, "unchanged": ROWS, "bad": 0}
