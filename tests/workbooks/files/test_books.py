"""Files are read by what is seen in them, whatever program wrote them."""

import datetime
import json
import re
import subprocess

import pytest

from disperin.workbooks.files import Row, Sheet, old_files, open_book
from disperin.workbooks.files.apart import values
from disperin.workbooks.files.cells import fit_to_keep, is_blank, letters, number, shown
from tests.workbooks.made_files import an_ods, an_xls, an_xlsx, changed

DAY = datetime.datetime(2026, 3, 4)  # noqa: DTZ001 -- a cell has no zone


def rows_of(path):
    with open_book(path) as book:
        return [(row.number, row.cells) for row in book.rows()]


def test_an_excel_workbook_is_read_sheet_by_sheet_without_blank_rows(tmp_path):
    path = an_xlsx(
        tmp_path / "a.xlsx", ("IKM", [["Nama", "Jumlah"], [], ["  "], ["Ayu", 12]]), ("Produk", [["Kain", 1.5, None]])
    )

    with open_book(path) as book:
        found = list(book.rows())

    assert (book.kind, book.sheets) == ("xlsx", [Sheet("IKM", False), Sheet("Produk", False)])
    assert found == [Row(0, 1, ["Nama", "Jumlah"]), Row(0, 4, ["Ayu", 12]), Row(1, 1, ["Kain", 1.5])]


@pytest.mark.parametrize(
    ("value", "shown_as", "read"),
    [
        (912030, "0000000000000", "0000000912030"),
        (1234567890123, "0.00E+00", 1234567890123),
        (0.5, "0%", 50),
        (0.125, "0.0%", 12.5),
        (DAY, "dd/mm/yyyy", {"date": "2026-03-04"}),
        (DAY, "[$-421]d mmmm yyyy", {"date": "2026-03-04"}),
        (14.5 / 24, "hh:mm", "14:30"),
        (7, '0 "hari"', 7),
        (5.5, '#,##0.0 "juta"', "5,5 juta"),
        (1250, '#,##0".000"', "1.250.000"),
        (3, '"Rp" 0" ratus"', "3 ratus"),
        (5_500_000, '0.0,,"jt"', 5_500_000),
        (True, None, True),
        ("007", None, "007"),
        ("4 Maret 2026", None, "4 Maret 2026"),
    ],
    ids=str,
)
def test_a_cell_is_what_its_reader_sees(tmp_path, value, shown_as, read):
    path = an_xlsx(tmp_path / "a.xlsx", ("A", [[(value, shown_as) if shown_as else value]]))

    assert rows_of(path) == [(1, [read])]


def test_formulas_are_read_by_value_and_named_where_they_have_none(tmp_path):
    cells = (
        b'<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>B9</f></c><c r="C1"><f>B9</f><v></v></c>'
        b'<c r="D1" t="str"><f>""</f><v></v></c><c r="E1" t="e"><f>X</f><v>#REF!</v></c>'
        b'<c r="G1" t="inlineStr"><is><r><t>kaya </t></r><r><t>gaya</t></r></is></c></row>'
    )
    path = an_xlsx(tmp_path / "a.xlsx", ("A", [["x"]]))
    changed(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml[: xml.index(b"<row")] + cells + xml[xml.index(b"</sheetData>") :],
    )

    assert rows_of(path) == [
        (1, [2, {"flaw": "formula"}, {"flaw": "formula"}, "", {"flaw": "error", "text": "#REF!"}, None, "kaya gaya"])
    ]


def test_a_value_merged_over_rows_stands_in_each_of_them(tmp_path):
    path = an_xlsx(
        tmp_path / "a.xlsx", ("A", [["Kec", "Nama"], ["Barabai", "a"], [None, "b"], [None, "c"], ["X", "d"]])
    )
    changed(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(
            b"</sheetData>",
            b'</sheetData><mergeCells count="2"><mergeCell ref="A2:A4"/><mergeCell ref="B5:C5"/></mergeCells>',
        ),
    )

    assert [cells for _number, cells in rows_of(path)][1:] == [
        ["Barabai", "a"],
        ["Barabai", "b"],
        ["Barabai", "c"],
        ["X", "d"],
    ]


def test_hidden_sheets_are_told_but_not_read(tmp_path):
    path = an_xlsx(tmp_path / "a.xlsx", ("Terlihat", [["a"]]), ("Rahasia", [["b"]]))
    changed(path, "xl/workbook.xml", lambda xml: xml.replace(b'name="Rahasia"', b'name="Rahasia" state="hidden"'))

    with open_book(path) as book:
        found = list(book.rows())

    assert book.sheets == [Sheet("Terlihat", False), Sheet("Rahasia", True)]
    assert found == [Row(0, 1, ["a"])]


def test_days_count_from_1904_where_the_workbook_says_so(tmp_path):
    path = an_xlsx(tmp_path / "a.xlsx", ("A", [[(DAY, "dd/mm/yyyy")]]))
    changed(path, "xl/workbook.xml", lambda xml: xml.replace(b"<workbookPr", b'<workbookPr date1904="1"'))

    assert rows_of(path) == [(1, [{"date": "2030-03-05"}])]


def test_characters_that_xml_cannot_hold_come_back(tmp_path):
    path = an_xlsx(tmp_path / "a.xlsx", ("A", [["satu\r\ndua <b>&tiga</b>"]]))

    assert rows_of(path) == [(1, ["satu\r\ndua <b>&tiga</b>"])]


def test_a_workbook_with_programs_is_read_without_them(tmp_path):
    path = an_xlsx(tmp_path / "a.xlsm", ("A", [["a"]]))
    changed(path, "[Content_Types].xml", lambda xml: xml.replace(b"sheet.main", b"sheet.macroEnabled.main"))

    assert rows_of(path) == [(1, ["a"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_csv_is_read_in_every_encoding_and_with_every_separator(tmp_path, encoding, separator):
    text = separator.join(["Nama", "Alamat"]) + "\r\n\r\n" + separator.join(['"Café, ; ""Él"""', "0007"]) + "\r\n"
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))

    assert rows_of(path) == [(1, ["Nama", "Alamat"]), (3, ['Café, ; "Él"', "0007"])]


def test_a_line_that_names_the_separator_is_obeyed(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("sep=;\nNama, lengkap;Usia\nAyu;3\n")

    assert rows_of(path) == [(2, ["Nama, lengkap", "Usia"]), (3, ["Ayu", "3"])]


def test_an_opendocument_table_is_read(tmp_path):
    path = an_ods(tmp_path / "a.ods", [["Nama", "Jumlah"], [None, None], ["Ayu", 12], ["Él", 1.5]])

    with open_book(path) as book:
        found = list(book.rows())

    assert (book.kind, book.sheets) == ("ods", [Sheet("Lembar1", False)])
    assert found == [Row(0, 1, ["Nama", "Jumlah"]), Row(0, 3, ["Ayu", 12]), Row(0, 4, ["Él", 1.5])]


def test_an_excel_97_workbook_is_read(tmp_path):
    path = an_xls(tmp_path / "a.xls", [["Nama", "Jumlah"], ["Ayu", 12], ["Él", 1.5]])

    with open_book(path) as book:
        found = list(book.rows())

    assert (book.kind, book.sheets) == ("xls", [Sheet("Lembar1", False)])
    assert found == [Row(0, 1, ["Nama", "Jumlah"]), Row(0, 2, ["Ayu", 12]), Row(0, 3, ["Él", 1.5])]


def test_a_reader_that_stops_early_leaves_nothing_running(tmp_path):
    path = an_ods(tmp_path / "a.ods", [["a", number] for number in range(20_000)])

    with open_book(path) as book:
        next(book.rows())

    assert book._reader.reader.returncode is not None


def test_the_reader_of_old_files_stands_alone(tmp_path):
    path = an_ods(tmp_path / "a.ods", [["a"]])

    told = subprocess.run(old_files.started("values", path), capture_output=True, check=True).stdout

    assert [json.loads(line) for line in told.splitlines()] == [[["Lembar1", False]], {"merged": []}, [1, ["a"]], {}]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, None),
        ("", None),
        (12.0, 12),
        (1.5, 1.5),
        (True, True),
        (DAY, {"date": "2026-03-04"}),
        (DAY.date(), {"date": "2026-03-04"}),
        (datetime.time(7, 5), "07:05"),
        (datetime.timedelta(hours=26), "26:00"),
        ("#REF!", {"flaw": "error", "text": "#REF!"}),
        (float("inf"), float("inf")),
    ],
    ids=str,
)
def test_cells_of_old_files_are_told_as_those_of_new_ones(value, cell):
    assert values.cell_of(value) == cell


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("12", 12),
        ("-3", -3),
        ("1.23456789012E+12", 1234567890120),
        ("0.1", 0.1),
        ("1E+999999999", "1E+999999999"),
        ("NaN", "NaN"),
        ("", ""),
    ],
)
def test_numbers_are_read_exactly_and_never_endlessly(text, cell):
    assert number(text) == cell


@pytest.mark.parametrize(
    "cell", ["6307015708900001", "6307-0157-0890-0001", 6307015708900001, 6307015708900000, 6.30701570890000e15]
)
def test_a_nik_is_kept_nowhere(cell):
    assert fit_to_keep(cell) == {"flaw": "nik"}


@pytest.mark.parametrize(
    "cell", ["9120304857261", 9120304857261, 10**15, True, None, "0135792468010000", {"date": "2026-03-04"}], ids=str
)
def test_other_numbers_are_kept(cell):
    assert fit_to_keep(cell) == cell


def test_a_number_is_what_a_spreadsheet_shows_of_it():
    for cell, kept in {1249999.9999999998: 1_250_000, 0.1 + 0.2: 0.3, 12.5: 12.5, -3.4701688: -3.4701688}.items():
        assert fit_to_keep(cell) == kept


def test_in_place_of_what_no_database_can_hold_stands_a_sign_that_is_refused():
    assert fit_to_keep("a\x00b\ud800c") == "a\ufffeb\ufffec"


@pytest.mark.parametrize(
    ("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")]
)
def test_columns_have_the_names_of_spreadsheets(column, name):
    assert letters(column) == name


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (1.5, "1.5"),
        (1e-7, "0.0000001"),
        (True, "TRUE"),
        ({"date": "2026-03-04"}, "2026-03-04"),
        ({"flaw": "error", "text": "#REF!"}, "#REF!"),
    ],
)
def test_a_cell_is_shown_as_a_text(cell, text):
    assert (shown(cell), is_blank(cell)) == (text, cell is None)


def test_a_cell_that_says_it_is_a_day_but_holds_none_is_a_text(tmp_path):
    path = an_xlsx(tmp_path / "a.xlsx", ("A", [["a", "b"], [1, 2]]))
    for text, cell in (("2025-12-31T00:00:00", {"date": "2025-12-31"}), ("T10:30:00", "T10:30:00"), ("12", "12")):
        as_day = f'<c r="A2" t="d"><v>{text}</v></c>'.encode()
        changed(path, "xl/worksheets/sheet1.xml", lambda old: re.sub(b'<c r="A2".*?</c>', as_day, old))  # noqa: B023
        with open_book(path) as book:
            assert list(book.rows())[1].cells == [cell, 2], text
