"""The error workbook: the user's own rows and columns, what is wrong, and a way back."""

import io
import zipfile

from disperin.workbooks.exporting.error_file import write_errors
from disperin.workbooks.files import open_book
from tests.workbooks.rows import HEADINGS, a_row, counts


def errors_of(workbook, path):
    """The rows of the error workbook, by sheet."""
    write_errors(workbook, path)
    with open_book(path) as book:
        found = {name: [] for name, _hidden in book.sheets}
        for row in book.rows():
            found[book.sheets[row.sheet].name].append(row.cells)
    return found


def test_it_holds_the_bad_rows_in_their_own_columns_with_what_is_wrong(send, officer, tmp_path):
    bad = a_row("Budi", nib="00123")

    workbook = send(officer, [[*HEADINGS, "Tenaga kerja laki-laki"], [*a_row("Ayu"), 3], [*bad, 12]])
    found = errors_of(workbook, tmp_path / "kesalahan.xlsx")

    assert workbook.counts == counts(read=2, new=1, bad=1)
    assert list(found) == ["Data", "Pilihan"]  # its cells offer what those of the template do
    with zipfile.ZipFile(tmp_path / "kesalahan.xlsx") as book:
        assert b"'Pilihan'!$A$2" in book.read("xl/worksheets/sheet1.xml")
    assert found["Data"][0] == [*HEADINGS, "Tenaga kerja laki-laki", "KESALAHAN"]
    assert found["Data"][1][:8] == [*bad, 12]
    assert found["Data"][1][8].startswith("NIB: ")


def test_it_is_mended_and_sent_again(send, officer, tmp_path):
    workbook = send(officer, [HEADINGS, a_row("Ayu"), a_row("Budi", nib="00123")])
    path = tmp_path / "kesalahan.xlsx"
    found = errors_of(workbook, path)

    again = send(officer, path)
    mended = send(officer, [found["Data"][0], [*found["Data"][1][:6], "9120304857261", found["Data"][1][7]]])

    assert (again.state, again.counts) == ("checked", counts(read=1, bad=1))
    assert errors_of(again, tmp_path / "lagi.xlsx")["Data"] == found["Data"]
    assert (mended.state, mended.counts) == ("checked", counts(read=1, new=1))


def test_lines_go_with_their_record_and_stray_ones_too(send, officer, tmp_path):
    data = ("Usaha", [["Kunci baris", *HEADINGS], ["a", *a_row("Ayu")], ["b", *a_row("")]])
    lines = ("Barang", [["Kunci baris", "Nama produk"], ["a", "Kain"], ["b", "Tas"], ["x", "Topi"]])

    found = errors_of(send(officer, (data, lines)), tmp_path / "kesalahan.xlsx")

    assert [row[0] for row in found["Usaha"]] == ["Kunci baris", "b"]
    assert [row[:2] for row in found["Barang"]] == [["Kunci baris", "Nama produk"], ["b", "Tas"], ["x", "Topi"]]


def test_what_was_blanked_stays_blank(send, officer):
    row = [*a_row("Ayu"), "6307015708900001"]
    row[1] = "pt"
    workbook = send(officer, [[*HEADINGS, "NPWP"], row])
    written = io.BytesIO()

    write_errors(workbook, written)

    assert b"6307015708900001" not in written.getvalue()
