"""Parts of a package are found by their relationships, whatever they are called; one that is missing is damage."""

import warnings
import zipfile

import pytest

from disperin.workbooks.files import Refused, open_book
from tests.workbooks.made_files import an_xls, an_xlsx, changed, renamed

ROWS = [["Nama", "Jumlah"], ["Ayu", 12]]
STRINGS, SHEET, RELATIONS = "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"


def cells_of(path):
    with open_book(path) as book:
        return [row.cells for row in book.rows()]


def a_file(tmp_path):
    return an_xlsx(tmp_path / "a.xlsx", ("A", ROWS))


def without(path, entry):
    """The same workbook, one part of which is missing under its name."""
    return renamed(path, {entry: "docProps/lain.xml"})


def at_root(path):
    """The same workbook with its main part outside of `xl/`."""
    changed(path, "_rels/.rels", lambda xml: xml.replace(b"xl/workbook.xml", b"/buku.xml"))
    names = {"xl/workbook.xml": "buku.xml", RELATIONS: "_rels/buku.xml.rels"}
    return renamed(path, names | {f"xl/{one}": one for one in ("sharedStrings.xml", "styles.xml", SHEET[3:])})


def named(path, entry, name):
    """The same workbook with a part under another name, which its relationship tells."""
    changed(path, RELATIONS, lambda xml: xml.replace(entry.removeprefix("xl/").encode(), name.encode()))
    return renamed(path, {entry: f"xl/{name}"})


def test_a_package_is_read_however_its_parts_are_called(tmp_path):
    backslashes = {
        one: one.replace("/", "\\") for one in (STRINGS, SHEET, RELATIONS, "xl/workbook.xml", "xl/styles.xml")
    }
    for make in (
        lambda path: renamed(path, {STRINGS: "xl/SharedStrings.xml"}),
        lambda path: renamed(path, {SHEET: "XL/Worksheets/Sheet1.XML"}),
        lambda path: named(path, STRINGS, "teks/semua.xml"),
        lambda path: named(path, SHEET, "lembar.xml"),
        lambda path: renamed(path, backslashes | {"_rels/.rels": "_rels\\.rels"}),
        lambda path: renamed(path, {one: f"/{one}" for one in (STRINGS, SHEET)}),
        at_root,
    ):
        assert cells_of(make(a_file(tmp_path))) == ROWS


def test_a_part_that_is_missing_is_damage_and_told_at_once(tmp_path):
    for entry in (STRINGS, SHEET, "xl/styles.xml", "xl/workbook.xml"):
        path = without(a_file(tmp_path), entry)
        with pytest.raises(Refused) as refused:
            cells_of(path)
        assert refused.value.code == "broken", entry
    unrelated = changed(a_file(tmp_path), RELATIONS, lambda xml: xml.replace(b"/sharedStrings", b"/lain"))
    with pytest.raises(Refused):
        cells_of(unrelated)


def test_two_parts_of_one_name_are_damage_not_one_of_them_read_without_a_word(tmp_path):
    for name in (SHEET.upper(), SHEET.replace("/", "\\"), SHEET):
        path = a_file(tmp_path)
        with zipfile.ZipFile(path, "a") as package, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the very same name
            package.writestr(name, package.read(SHEET).replace(b"12", b"13"))
        with pytest.raises(Refused) as refused:
            cells_of(path)
        assert refused.value.code == "broken", name


def test_a_damaged_workbook_is_refused_and_not_tried_again(send, officer, tmp_path):
    workbook = send(officer, without(a_file(tmp_path), SHEET))

    assert (workbook.state, workbook.refusal_code) == ("refused", "broken")


def test_an_excel_97_workbook_is_known_by_its_stream_in_capitals_too(tmp_path):
    for stream in ("WORKBOOK", "workbook"):
        assert cells_of(an_xls(tmp_path / "a.xls", ROWS, stream=stream)) == ROWS


def test_a_part_whose_name_is_written_as_an_address_is_found(tmp_path):
    path = an_xlsx(tmp_path / "a.xlsx", ("A", [["a"]]))
    renamed(path, {"xl/worksheets/sheet1.xml": "xl/worksheets/data ikm.xml"})
    changed(path, "xl/_rels/workbook.xml.rels", lambda xml: xml.replace(b"sheet1.xml", b"data%20ikm.xml"))

    with open_book(path) as book:
        assert [row.cells for row in book.rows()] == [["a"]]


def test_a_cell_that_stands_twice_in_its_row_is_refused_by_its_name(tmp_path):
    path = an_xlsx(tmp_path / "a.xlsx", ("A", [[1, 2]]))
    changed(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</row>", b'<c r="A1"><v>9</v></c></row>'))

    with pytest.raises(Refused, match="A1"), open_book(path) as book:
        list(book.rows())
