"""Files that are not what they seem, or made to harm: each is refused by what it is, before it is unpacked."""

import io
import zipfile

import pytest

from disperin.workbooks.files import MOST_ROWS, Refused, books, kinds, layout, open_book, xlsx, xml
from disperin.workbooks.files.apart import values
from tests.workbooks.made_files import an_endless_zip, an_ods, an_xls, an_xlsx, changed

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def a_zip(**entries):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in entries.items():
            new.writestr(name.replace("__", "/").replace("_", "."), content)
    return made.getvalue()


def code_of(path):
    """The code by which a file is refused."""
    with pytest.raises(Refused) as refused, open_book(path) as book:
        list(book.rows())
    assert str(refused.value)
    return refused.value.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\x00\x00\n", "empty"),
        (b"%PDF-1.7", "kind"),
        (b"\xff\xd8\xff\xe0", "kind"),
        (b"\x89PNG\r\n", "kind"),
        (b"MZ\x90\x00\x03\x00", "kind"),
        (b"abc\x00def", "kind"),
        (b"  <!DOCTYPE html><table><tr><td>Nama", "web_page"),
        (b'<?xml version="1.0"?><html/>', "web_page"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook>', "xml_table"),
        (b'<?xml version="1.0"?><office:document xmlns:office="x">', "xml_table"),
        (OLE, "kind"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE + "Workbook\x00".encode("utf-16-le"), "broken"),
        (b"PK\x03\x04 broken", "broken"),
        (a_zip(a_txt="x"), "kind"),
        (a_zip(word__document_xml="x"), "kind"),
        (a_zip(xl__workbook_bin="x"), "xlsb"),
        (a_zip(xl__workbook_xml="no xml"), "broken"),
        (a_zip(xl__workbook_xml='<?xml version="1.0" encoding="none-such"?><a/>'), "broken"),
        (a_zip(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "broken"),
        (b"Nama;Alamat\x81\x8d\n", "encoding"),
        ("Nama;\x00".encode("utf-16"), "encoding"),
        (b'Nama,"' + b"x" * 300_000, "broken"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_is_no_table_is_refused_by_what_it_is(tmp_path, content, code):
    path = tmp_path / "daftar.xlsx"
    path.write_bytes(content)

    assert code_of(path) == code


def test_an_endless_list_of_entries_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = an_endless_zip(tmp_path / "daftar.xlsx")
    monkeypatch.setattr(zipfile, "ZipFile", None)

    assert code_of(path) == "bomb"
    path.write_bytes(path.read_bytes() + b"a comment that no record at the end announces")
    assert code_of(path) == "bomb"


def test_the_name_does_not_count(tmp_path):
    path = an_xlsx(tmp_path / "daftar.csv", ("A", [["a"]]))

    with open_book(path) as book:
        assert (book.kind, [row.cells for row in book.rows()]) == ("xlsx", [["a"]])


def test_an_opendocument_table_with_a_password_says_so(tmp_path):
    path = an_ods(tmp_path / "a.ods", [["a"]])
    changed(path, "META-INF/manifest.xml", lambda xml: xml + b"<manifest:encryption-data/>")

    assert code_of(path) == "password"


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = an_xlsx(tmp_path / "a.xlsx", ("A", [["a"]]))
    changed(path, "xl/worksheets/sheet1.xml", lambda _xml: b"<worksheet>" + b" " * 30_000_000)

    assert code_of(path) == "bomb"


def test_what_is_packed_as_no_program_packs_tables_is_refused(tmp_path):
    path = tmp_path / "daftar.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as new:
        new.writestr("word/document.xml", "x")

    assert code_of(path) == "broken"


def test_more_than_the_limit_unpacked_is_refused_at_any_ratio():
    entries = [zipfile.ZipInfo("a")]
    entries[0].file_size = kinds.MOST_UNPACKED + 1

    with pytest.raises(Refused) as refused:
        kinds.check_entries(entries, packed=kinds.MOST_UNPACKED)

    assert refused.value.code == "bomb"


def test_a_table_of_equal_rows_is_no_bomb(tmp_path):
    path = an_xlsx(tmp_path / "a.xlsx", ("A", [["sama saja", 1, 2, 3]] * 5_000))

    with open_book(path) as book:
        assert sum(1 for _row in book.rows()) == 5_000


@pytest.mark.parametrize(
    "entry", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
)
def test_a_dtd_is_never_read(tmp_path, entry):
    path = an_xlsx(tmp_path / "a.xlsx", ("A", [["a"]]))
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;">]>'
    changed(path, entry, lambda xml: xml.replace(b"?>", b"?>" + bomb, 1))

    assert code_of(path) == "broken"


def test_an_endless_row_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(xml, "LONGEST", 200_000)
    path = an_xlsx(tmp_path / "a.xlsx", ("A", [["a"]]))
    changed(
        path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<row", b"<row>" + b"<c><v>1</v></c>" * 300_000, 1)
    )

    assert code_of(path) == "broken"


def test_too_much_text_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_SHARED", 1000)
    path = an_xlsx(tmp_path / "a.xlsx", ("A", [[f"teks {number}"] for number in range(100)]))

    assert code_of(path) == "too_much_text"


def test_the_limit_of_rows_is_exact(tmp_path, monkeypatch):
    monkeypatch.setattr(books, "MOST_ROWS", 3)
    path = an_xlsx(tmp_path / "a.xlsx", ("A", [["a"], [], ["b"]]), ("B", [["c"]]))
    longer = an_xlsx(tmp_path / "b.xlsx", ("A", [["a"], [], ["b"]]), ("B", [["c"], ["d"]]))

    with open_book(path) as book:
        assert sum(1 for _row in book.rows()) == 3
    assert code_of(longer) == "too_many_rows"
    assert MOST_ROWS == 200_000


@pytest.mark.thorough
def test_a_million_rows_are_refused_in_bounded_time(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a;b\n" * 1_000_000)

    assert code_of(path) == "too_many_rows"


@pytest.mark.parametrize(
    ("name", "most", "code"), [("MOST_COLUMNS", 2, "too_many_columns"), ("MOST_SHEETS", 1, "too_many_sheets")]
)
def test_too_many_columns_or_sheets_are_refused(tmp_path, monkeypatch, name, most, code):
    monkeypatch.setattr(books, name, most)
    path = an_xlsx(tmp_path / "a.xlsx", ("A", [["a", "b", "c"]]), ("B", [["c"]]))

    assert code_of(path) == code


def test_merged_cells_are_counted(tmp_path, monkeypatch):
    monkeypatch.setattr(layout, "MOST", 1)
    path = an_xlsx(tmp_path / "a.xlsx", ("A", [["a"]]))
    areas = b'<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:B2"/></mergeCells>'
    changed(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + areas))

    assert code_of(path) == "merged"
    areas = [(0, 1, 0, 0), (0, 1, 1, 1)]
    assert code_of(an_xls(tmp_path / "a.xls", [[1, 2], [None, None]], merged=areas)) == "merged"


def test_columns_that_are_hidden_again_and_again_are_kept_once(tmp_path):
    path = an_xlsx(tmp_path / "a.xlsx", ("A", [["a"]]))
    again = b"<cols>" + b'<col min="1" max="16384" hidden="1"/>' * 1_000 + b"</cols>"
    changed(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<sheetData>", again + b"<sheetData>"))

    with open_book(path) as book:
        assert len(list(book.rows())) == 1
        assert book.layouts[0].hidden_columns == list(range(300))


def test_numbers_that_are_shown_in_too_many_ways_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(layout, "MOST", 1)

    assert code_of(an_xlsx(tmp_path / "a.xlsx", ("A", [[(5000, "#,##0,"), (5000, "#,##0,")]]))) == "formats"


def test_shared_texts_that_are_not_there_are_blank(tmp_path):
    path = an_xlsx(tmp_path / "a.xlsx", ("A", [["a", "b"]]))
    changed(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<v>1</v>", b"<v>99</v>"))

    with open_book(path) as book:
        assert [row.cells for row in book.rows()] == [["a"]]


def test_areas_that_lie_over_each_other_cost_no_more_than_one(tmp_path, monkeypatch):
    """What is waiting to be repeated is bounded by the columns, however many areas are named."""
    path = an_xlsx(tmp_path / "a.xlsx", ("A", [["a", "b"], [None, "c"], [None, "x"], ["d", "e"]]))
    areas = b'<mergeCell ref="A1:A3"/>' * 19_000
    areas = b"<mergeCells>" + areas + b"</mergeCells>"
    changed(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + areas))
    waiting = []
    fill = layout.Merged.fill
    monkeypatch.setattr(layout.Merged, "fill", lambda *asked: (fill(*asked), waiting.append(len(asked[0].open)))[0])

    with open_book(path) as book:
        assert [row.cells for row in book.rows()] == [["a", "b"], ["a", "c"], ["a", "x"], ["d", "e"]]
    assert max(waiting) == 1


class OldSheet:
    """A sheet of an old file as its reader gives it."""

    merged_cell_ranges = [((0, 0), (2_000_000_000, 0))] * 19_000 + [((1, 1), (2, 1))]

    def iter_rows(self):
        return iter([["a", "b"], ["", "c"], ["", ""], ["d", "e"]])


def test_areas_of_old_files_cost_no_more_than_their_columns():
    areas = values.merged_in(OldSheet())
    below = layout.Merged(areas, layout.Layout.plain())

    rows = [below.fill(number, cells) for number, cells in values.rows_of(OldSheet(), areas)]

    assert rows == [["a", "b"], ["a", "c"], ["a", "c"], ["a", "e"]]
    assert len(below.open) == 1
