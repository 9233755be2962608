"""Older files and those of LibreOffice: what they hide, and how they show their numbers, is read as of .xlsx."""

import struct

import pytest

from disperin.workbooks.files import Refused, old_files, open_book
from disperin.workbooks.files.apart import layouts
from tests.workbooks.made_files import an_ods, an_xls, an_xlsx, changed

PERCENT = 'office:value-type="percentage"'
IN_THOUSANDS = 'office:value-type="float" table:style-name="ce1"'
WITH_ZEROS = 'office:value-type="float" table:style-name="ce2"'
STYLES = (
    '<number:number-style style:name="N1"><number:number number:decimal-places="0" number:min-integer-digits="1"'
    ' number:grouping="true" number:display-factor="1000"/></number:number-style>'
    '<number:number-style style:name="N2"><number:number number:decimal-places="0" number:min-integer-digits="4"/>'
    '</number:number-style><number:percentage-style style:name="N3"><number:number number:decimal-places="0"/>'
    "<number:text>%</number:text></number:percentage-style>"
    '<style:style style:name="ce0" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="ce1" style:family="table-cell" style:parent-style-name="ce0"/>'
    '<style:style style:name="ce2" style:family="table-cell" style:data-style-name="N2"/>'
    '<style:style style:name="ce3" style:family="table-cell" style:data-style-name="N3"/>'
)


def read(path):
    with open_book(path) as book:
        return [(row.number, row.cells) for row in book.rows()], book.layouts[0]


def test_numbers_are_read_as_older_files_show_them(tmp_path):
    rows = [["Bagian", "Nilai", "Kode"], [(0.5, "0%"), (25_000_000, "#,##0,"), (12, "0000")], [0.5, 25_000_000, 12]]
    for name, path in (("xls", an_xls(tmp_path / "a.xls", rows)), ("xlsx", an_xlsx(tmp_path / "a.xlsx", ("A", rows)))):
        cells, layout = read(path)
        assert cells[1:] == [(2, [50, 25_000_000, "0012"]), (3, [0.5, 25_000_000, 12])], name
        assert (layout.shortened, layout.percent_unseen) == ([[0, 2, 2, 0.01], [1, 2, 2, 1_000]], False), name


def test_numbers_are_read_as_libreoffice_shows_them(tmp_path):
    rows = [["Bagian", "Nilai", "Kode"], [(0.5, PERCENT), (25_000_000, IN_THOUSANDS), (12, WITH_ZEROS)], [0.5, 25, 12]]

    cells, layout = read(an_ods(tmp_path / "a.ods", rows, styles=STYLES))

    assert cells[1:] == [(2, [50, 25_000_000, "0012"]), (3, [0.5, 25, 12])]
    assert (layout.shortened, layout.percent_unseen) == ([[0, 2, 2, 0.01], [1, 2, 2, 1_000]], False)


def test_a_number_is_shown_as_its_column_says_where_it_says_nothing_itself(tmp_path):
    columns = '<table:table-column/><table:table-column table:default-cell-style-name="ce3"/>'

    cells, _layout = read(an_ods(tmp_path / "a.ods", [["a", "b"], [0.5, 0.5]], styles=STYLES, columns=columns))

    assert cells[1] == (2, [0.5, 50])


def test_a_share_in_percent_that_is_merged_over_rows_is_the_same_in_each(tmp_path):
    rows = [["a", "b"], ["x", (0.5, "0%")], ["y", None]]

    cells, layout = read(an_xls(tmp_path / "a.xls", rows, merged=[(1, 2, 1, 1)]))

    assert cells[1:] == [(2, ["x", 50]), (3, ["y", 50])]
    assert layout.repeated == [[1, 2, 3]]


def test_a_value_that_libreoffice_merged_over_rows_stands_in_each(tmp_path):
    spanned = f'{PERCENT} table:number-rows-spanned="2"'
    rows = [["a", "b"], ["x", (0.5, spanned)], ["y", None], ["z", None]]

    cells, layout = read(an_ods(tmp_path / "a.ods", rows))

    assert cells[1:] == [(2, ["x", 50]), (3, ["y", 50]), (4, ["z"])]
    assert layout.repeated == [[1, 2, 3]]


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_hidden_rows_and_columns_are_known(kind, tmp_path):
    rows = [["Nama", "Nilai"], ["Ayu", 1], ["Budi", 2], ["Citra", 3]]
    if kind == "xls":
        path = an_xls(tmp_path / "a.xls", rows, hidden_rows=(1, 2, 9), hidden_columns=(1,))
    else:
        columns = '<table:table-column/><table:table-column table:visibility="filter"/>'
        path = an_ods(tmp_path / "a.ods", rows, hidden_rows=(1, 2), columns=columns)

    cells, layout = read(path)

    assert len(cells) == 4
    assert (layout.hidden_rows, layout.hidden_columns) == ([[2, 3]], [1])


def test_rows_of_a_closed_group_and_repeated_ones_are_counted(tmp_path):
    def of(text):
        return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

    group = (
        f'</table:table-row><table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        f'<table:table-row-group table:display="false"><table:table-row>{of("Budi")}</table:table-row>'
        f"</table:table-row-group><table:table-row>{of('Citra')}"
    )
    path = an_ods(tmp_path / "a.ods", [["Ayu"]])
    changed(path, "content.xml", lambda old: old.replace(b"</table:table-row>", f"{group}</table:table-row>".encode()))

    cells, layout = read(path)

    assert [number for number, _cells in cells] == [1, 5, 6]
    assert layout.hidden_rows == [[5, 5]]


def test_where_it_cannot_be_read_that_is_known(tmp_path, monkeypatch):
    real = old_files.started
    monkeypatch.setattr(old_files, "started", lambda name, path: ["false"] if name == "layouts" else real(name, path))

    cells, layout = read(an_xls(tmp_path / "a.xls", [["a"], [0.5]]))

    assert (len(cells), layout.percent_unseen) == (2, True)


def test_a_file_with_two_sheets_of_one_name_is_refused_since_one_of_them_would_be_read_twice(tmp_path):
    other = (
        f'<table:table table:name="Lembar1"><table:table-row><table:table-cell {PERCENT} office:value="0.7"/>'
        "</table:table-row></table:table></office:spreadsheet>"
    )
    path = an_ods(tmp_path / "a.ods", [["a"], [0.5]])
    changed(path, "content.xml", lambda old: old.replace(b"</office:spreadsheet>", other.encode()))

    with pytest.raises(Refused, match="Lembar1") as refused:
        read(path)
    assert refused.value.code == "same_sheets"


def test_how_numbers_are_shown_does_not_depend_on_the_order_in_which_cells_were_written(tmp_path):
    def record(row):
        return struct.pack("<2H3Hd", 0x203, 14, row, 0, 1, 0.5)

    path = an_xls(tmp_path / "a.xls", [["a"], [(0.5, "0%")], [0.1], [(0.5, "0%")]])
    content = path.read_bytes()
    second, fourth = content.index(record(1)), content.index(record(3))
    assert second < fourth
    turned = content.replace(record(1), b"?" * 18).replace(record(3), record(1)).replace(b"?" * 18, record(3))
    path.write_bytes(turned)

    assert read(path)[0] == [(1, ["a"]), (2, [50]), (3, [0.1]), (4, [50])]


def test_formats_longer_than_excel_takes_are_not_told_again_and_again(tmp_path):
    path = an_xls(tmp_path / "a.xls", [["a"], [(0.5, '0%"' + "x" * 260 + '"')]])

    cells, layout = read(path)

    assert (cells[1], layout.percent_unseen) == ((2, [0.5]), True)


def test_what_is_told_of_all_sheets_is_bounded_since_the_portal_holds_it(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(layouts.resource, "setrlimit", lambda *_limit: None)
    path = an_xls(tmp_path / "a.xls", [["a"], [(0.5, "0%")]])
    assert layouts.main(str(path)) == 0
    told = capsys.readouterr().out
    monkeypatch.setattr(layouts, "MOST_TOLD", len(told) - 2)

    assert layouts.main(str(path)) == layouts.UNREADABLE
    assert capsys.readouterr().out == ""


def test_a_formula_that_failed_in_libreoffice_is_no_blank(tmp_path):
    """Its program keeps an empty value beside what it shows, and python-calamine reads the value."""
    calc = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
    failed = (
        f'<table:table-cell xmlns:calcext="{calc}" table:formula="of:=1/0" office:value-type="string"'
        ' office:string-value="" calcext:value-type="error"><office:annotation><text:p>3</text:p>'
        "</office:annotation><text:p>#DIV/0!</text:p></table:table-cell>"
    )
    path = an_ods(tmp_path / "a.ods", [["a", "b"], ["Ayu", "X"], ["Budi", 2], ["Citra", "X"]])
    cell = b'<table:table-cell office:value-type="string"><text:p>X</text:p></table:table-cell>'
    changed(path, "content.xml", lambda old: old.replace(cell, failed.encode()))

    flaw = {"flaw": "error", "text": "#DIV/0!"}
    assert read(path)[0][1:] == [(2, ["Ayu", flaw]), (3, ["Budi", 2]), (4, ["Citra", flaw])]


def test_comments_in_older_files_are_known_as_those_of_newer_ones(tmp_path):
    said = b"<office:annotation><text:p>harusnya Budi</text:p></office:annotation><text:p>Ayu</text:p>"
    ods = an_ods(tmp_path / "a.ods", [["Nama", "Nilai"], ["Ayu", 1]])
    changed(ods, "content.xml", lambda old: old.replace(b"<text:p>Ayu</text:p>", said))
    xls = an_xls(tmp_path / "a.xls", [["Nama", "Nilai"], ["Ayu", 1]], comments=((1, 0),))

    for path in (ods, xls):
        cells, layout = read(path)
        assert (cells[1], layout.comments) == ((2, ["Ayu", 1]), ["A2"]), path


def test_a_figure_whose_format_writes_a_scale_behind_it_is_read_as_it_is_seen(tmp_path):
    path = an_xls(tmp_path / "a.xls", [["Nama", "Modal"], ["Ayu", (5.5, '#,##0.0 "juta"')], ["Budi", (12, '0".000"')]])

    with open_book(path) as book:
        assert [row.cells[1] for row in book.rows()] == ["Modal", "5,5 juta", "12.000"]


def test_a_formula_of_an_opendocument_table_that_no_program_has_reckoned_is_named(tmp_path):
    rows = [["Nama", 1], ["Ayu", ("", 'table:formula="of:=1+1"')], ["Budi", 2]]
    path = an_ods(tmp_path / "a.ods", rows)
    changed(path, "content.xml", lambda xml: xml.replace(b' office:value=""', b""))

    with open_book(path) as book:
        assert [row.cells for row in book.rows()] == [["Nama", 1], ["Ayu", {"flaw": "formula"}], ["Budi", 2]]
