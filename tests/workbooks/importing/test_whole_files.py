"""Whole files as clerks make them: each row and each value is read rightly, asked about, or told of."""

from tests.workbooks.rows import HEADINGS, a_row, counts

SHORT = HEADINGS[:6]
HEAD = ["No", *SHORT, "TK L", "TK P"]


def line(number, name, *figures):
    return [number, *a_row(name)[:6], *figures]


def named(workbook, sheet=0):
    """`{heading: column}` of a sheet."""
    headings = workbook.sheets[sheet]["headings"]
    return {headings[int(at)]: name for at, name in workbook.mapping[sheet]["columns"].items()}


def test_columns_of_a_second_table_beside_the_first_are_asked_about(send, officer):
    rows = [[*SHORT, None, "Nama usaha", "TK L", "TK P"], [*a_row("Ayu")[:6], None, "Budi", 5, 6]]

    workbook = send(officer, rows)

    assert workbook.state == "mapping"
    columns = workbook.mapping[0]["columns"]
    assert [columns[str(at)] for at in (0, 7, 8, 9)] == ["name", "", "", ""]


def test_headings_of_three_rows_are_read_together(send, officer):
    headings = [
        ["No", *SHORT[:4], "Alamat", None, "Tenaga kerja", None],
        [*[None] * 5, *SHORT[4:], "Jumlah", None],
        [*[None] * 7, "L", "P"],
    ]
    rows = [
        ["DATA IKM"],
        *headings,
        [f"({at})" for at in range(1, 10)],
        line("1.", "Ayu", 1, 2),
        *headings,
        line("2.", "Budi", 3, 4),
        [None, "JUMLAH", *[None] * 5, 4, 6],
    ]

    workbook = send(officer, rows)

    assert workbook.counts == counts(read=2, new=2)
    assert (named(workbook)["L"], named(workbook)["P"]) == ("workers_male", "workers_female")
    assert workbook.sheets[0]["no_data"] == {"heading": [5, 7, 8, 9], "total": [11]}
