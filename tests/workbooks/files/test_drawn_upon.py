"""What lies upon the cells of a sheet is no word of theirs, and is told; what breaks a text into lines stays."""

import struct

import xlsxwriter

from disperin.workbooks.files import open_book
from tests.workbooks.made_files import a_record, an_ods, an_xls, changed

A_PICTURE = "<draw:frame><draw:image/><svg:title>Logo</svg:title></draw:frame>"
A_BOX = "<draw:custom-shape><text:p>lihat <text:span>catatan</text:span></text:p></draw:custom-shape>"
A_CHART = "<draw:frame><draw:object/><draw:image/></draw:frame>"
A_LINE = "<draw:line><text:p> </text:p></draw:line>"


def read(path):
    with open_book(path) as book:
        return [row.cells for row in book.rows()], book.layouts[0].pictures


def an_ods_with(path, inner, *, columns=""):
    """A table whose cell A2 holds this XML."""
    an_ods(path, [["Nama", "Nilai"], ["X", 1], ["Budi", 2]], columns=columns)
    return changed(path, "content.xml", lambda old: old.replace(b"<text:p>X</text:p>", inner.encode()))


def test_lines_tabs_and_blanks_of_an_opendocument_text_are_those_that_are_seen(tmp_path):
    for inner, seen in (
        ("<text:p>Jalan<text:line-break/>Satu</text:p>", "Jalan\nSatu"),
        ("<text:p>Jalan<text:line-break></text:line-break>Satu</text:p>", "Jalan\nSatu"),
        ("<text:p>a<text:span>b<text:line-break/>c</text:span></text:p>", "ab\nc"),
        ("<text:p>Ayu<text:tab text:tab-ref='1'/>Budi</text:p>", "Ayu\tBudi"),
        ("<text:p>Ayu<text:s text:c='2'/>Budi</text:p>", "Ayu  Budi"),
        ("<text:p>Ayu</text:p><text:p>Budi</text:p>", "Ayu\nBudi"),
        ("<text:p>\n    Ayu\n    Budi\n  </text:p>", "Ayu Budi"),
        ("<text:p>a<!-- <text:line-break/> -->b</text:p>", "ab"),
        ("<text:p>a &lt; b</text:p>", "a < b"),
    ):
        assert read(an_ods_with(tmp_path / "a.ods", inner))[0][1] == [seen, 1], inner


def test_what_is_drawn_upon_a_cell_of_opendocument_is_no_word_of_it_and_is_told(tmp_path):
    words = "<text:p>Ayu</text:p>"
    for drawn, told in (
        (A_PICTURE, [2]), (A_BOX, [2]), (f"<draw:g>{A_LINE}{A_BOX}</draw:g>", [2]), (A_CHART, []), (A_LINE, []),
        (f"<draw:g>{A_CHART}{A_PICTURE}</draw:g>", [2]), ("<draw:line/>", []),
    ):  # fmt: skip
        for inner in (drawn + words, words + drawn):
            assert read(an_ods_with(tmp_path / "a.ods", inner)) == (
                [["Nama", "Nilai"], ["Ayu", 1], ["Budi", 2]], told,
            ), inner  # fmt: skip


def test_a_picture_that_hangs_on_no_cell_of_opendocument_is_told_as_at_the_top(tmp_path):
    shapes = f"<table:shapes>{A_PICTURE}{A_PICTURE}{A_LINE}</table:shapes>"

    cells, told = read(an_ods_with(tmp_path / "a.ods", "<text:p>Ayu</text:p>", columns=shapes))

    assert (cells[1], told) == (["Ayu", 1], [1, 1])


def a_shape(row):
    """The record of a shape anchored at this row, counted from 0, as Excel 97 writes it."""
    place = struct.pack("<9H", 0, 0, 0, row, 0, 1, 0, row + 1, 0)
    anchor = struct.pack("<2HI", 0, 0xF010, len(place)) + place
    options = struct.pack("<2HI", 0x03, 0xF00B, 6) + b"\0" * 6
    return a_record(0xEC, struct.pack("<2HI", 0x0F, 0xF004, len(options + anchor)) + options + anchor)


def an_object(kind):
    return a_record(0x5D, struct.pack("<6H", 0x15, 0x12, kind, 1, 0, 0) + b"\0" * 10)


def some_words(length):
    return a_record(0x1B6, struct.pack("<9H", 0, 0, 0, 0, 0, length, 16, 0, 0))


def test_pictures_and_boxes_of_text_in_excel_97_are_told_by_their_rows(tmp_path):
    upon = a_shape(1) + an_object(8) + a_shape(4) + an_object(6) + some_words(9)
    upon += a_shape(6) + an_object(6) + some_words(0) + a_shape(7) + an_object(25) + some_words(9) + an_object(5)

    cells, told = read(an_xls(tmp_path / "a.xls", [["Nama", "Nilai"], ["Ayu", 1]], upon=upon))

    assert (cells, told) == ([["Nama", "Nilai"], ["Ayu", 1]], [2, 5])


def test_a_picture_of_excel_5_is_told_by_its_row(tmp_path):
    upon = a_record(0x5D, struct.pack("<I7H", 1, 8, 1, 0, 0, 0, 3, 0) + b"\0" * 16)

    assert read(an_xls(tmp_path / "a.xls", [["Nama"], ["Ayu"]], upon=upon))[1] == [4]


def test_broken_shapes_of_excel_97_do_no_harm(tmp_path):
    for upon in (a_record(0xEC, b"\xff" * 40) + an_object(8), an_object(8), a_record(0x5D, b"\x15\0\x12\0")):
        cells, told = read(an_xls(tmp_path / "a.xls", [["Nama"], ["Ayu"]], upon=upon))
        assert (cells, told) == ([["Nama"], ["Ayu"]], [1] * (len(upon) > 20)), upon


def test_boxes_of_text_in_excel_are_told_as_pictures_are(tmp_path):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Nama", "Nilai"])
    sheet.write_row(1, 0, ["Ayu", 1])
    sheet.insert_textbox("D2", "angka dalam ribuan")
    sheet.insert_textbox("D6", "")
    book.close()

    assert read(path) == ([["Nama", "Nilai"], ["Ayu", 1]], [2])
