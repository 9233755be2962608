"""A row that is written as a whole stands in the file exactly as its cells would, written one by one."""

import datetime
import io
import zipfile

from python_calamine import load_workbook

from disperin.workbooks.files import sheets

DAY = datetime.date(2026, 3, 4)
ROWS = (
    ["Purun", 12, 0.5, True, DAY, None, ""],
    [],
    [None, ""],
    ["a & b <c> \"d\"", "two\nlines", " blank before", "blank after ", "\x07\ufffe", "_x0041_", "<r><t>no</t></r>"],
    [False, 1, 1.0, "1", -2.5, 10**15, "=1+1"],
    ["x" * 20_000, "🧺" * 20_000, DAY, True, 3, "é" * 40_000],
    ["Purun", 12, 0.5, True, DAY],
)  # fmt: skip


def test_a_row_written_as_a_whole_is_the_row_written_cell_by_cell():
    def parts(is_whole):
        target = io.BytesIO()
        with sheets.a_file(target) as file:
            for name in ("One", "Two"):
                sheet = file.sheet(name, [f"Column {at}" for at in range(7)], required={1})
                for row, cells in enumerate(ROWS, start=1):
                    if is_whole:
                        file.write_row(sheet, row, cells)
                    else:
                        for at, cell in enumerate(cells):
                            is_day = isinstance(cell, datetime.date)
                            file.write(sheet, row, at, {"date": cell.isoformat()} if is_day else cell)
        archive = zipfile.ZipFile(target)
        return {name: archive.read(name) for name in archive.namelist() if name != "docProps/core.xml"}

    whole, one_by_one = parts(is_whole=True), parts(is_whole=False)
    assert whole.keys() == one_by_one.keys()
    for name, text in one_by_one.items():
        assert whole[name] == text, name
    assert b"Purun" in whole["xl/worksheets/sheet2.xml"]


def test_rows_that_no_sheet_can_hold_go_on_in_the_next_below_the_same_headings(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    target = io.BytesIO()
    with sheets.a_file(target) as file:
        assert [*file.fill("Makers", ["Name"], [[f"Maker {at}"] for at in range(5)])] == [1, 2, 3, 4, 5]
        assert [*file.fill("Clusters", ["Name"], [])] == []

    target.seek(0)
    book = load_workbook(target)
    assert {name: [row[0] for row in book.get_sheet_by_name(name).to_python()] for name in book.sheet_names} == {
        "Makers": ["Name", "Maker 0", "Maker 1"],
        "Makers 2": ["Name", "Maker 2", "Maker 3"],
        "Makers 3": ["Name", "Maker 4"],
        "Clusters": ["Name"],
    }
