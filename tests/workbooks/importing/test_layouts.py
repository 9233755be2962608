"""What a sheet's layout says beside its cells: other headings further down, merged figures, what is hidden."""

import sys

import pytest
import xlsxwriter

from disperin.registers.record import directory
from disperin.workbooks.files import layout, old_files, open_book
from disperin.workbooks.importing.checking import check
from disperin.workbooks.importing.judging import Bench
from disperin.workbooks.importing.layouts import LayoutOfRows
from disperin.workbooks.models import Decided, WorkbookRow
from disperin.workbooks.tables.columns import tables
from disperin.workbooks.tables.suggesting import Suggester
from disperin.workbooks.tables.understanding import Reader
from industries.forms import ProductForm
from tests.workbooks.made_files import an_ods, an_xls, an_xlsx
from tests.workbooks.rows import HEADINGS, a_row, codes_of, counts

HEAD = [*HEADINGS, "TK L", "TK P", "Nilai investasi"]


def _leave_layouts_unread(monkeypatch, tmp_path):
    """Rows are read as ever; the program that tells how they are shown is not there."""
    started, gone = old_files.started, [sys.executable, str(tmp_path / "none.py")]
    monkeypatch.setattr(old_files, "started", lambda what, path: gone if what == "layouts" else started(what, path))


def other(**names):
    """HEAD with some headings under other words."""
    return [names.get(one.replace(" ", "_"), one) for one in HEAD]


def a_file(path, rows, arrange):
    """A workbook of these rows, of whose sheet `arrange` makes something."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write(at, column, cell)
        arrange(sheet)
    return path


@pytest.fixture
def rows(db):
    return [HEAD, [*a_row("Ayu"), 1, 2, 5], [*a_row("Budi"), 3, 4, 6], [*a_row("Citra"), 5, 6, 7]]


@pytest.mark.parametrize(
    "second",
    [
        other(TK_L="TK P", TK_P="TK L"),
        other(TK_L="Tenaga kerja perempuan", TK_P="Tenaga kerja laki-laki"),
        other(Nilai_investasi="Nilai investasi (Rp 000)"),
        other(Nilai_investasi="Omzet"),
    ],
)
def test_rows_below_other_headings_are_not_read_by_the_first_ones(rows, send, officer, signed_in, second):
    workbook = send(officer, [*rows[:2], [], second, *rows[2:3], [], HEAD, *rows[3:]])

    assert workbook.counts == counts(read=3, new=2, bad=1)
    assert codes_of(workbook) == {5: ["other_headings"]}
    assert "lembar sendiri" in signed_in(officer).get(workbook.get_absolute_url()).content.decode()


def test_other_headings_that_somebody_takes_for_data_still_say_what_stands_below_them(rows, send, officer):
    workbook = send(officer, [*rows[:2], other(TK_L="TK P", TK_P="TK L"), *rows[2:]])
    workbook.rows.filter(number=3).update(decided=Decided.DATA)
    workbook.rows.update(outcome="", part="")

    check(workbook)

    assert workbook.counts == counts(read=4, new=1, bad=3)
    assert all("other_headings" in codes_of(workbook)[number] for number in (4, 5))


def test_the_same_headings_in_other_words_go_on(rows, send, officer):
    second = other(TK_L="Tenaga kerja laki-laki", TK_P="Tenaga kerja perempuan", Nilai_investasi="Investasi (Rp)")

    assert send(officer, [*rows[:2], second, *rows[2:]]).counts == counts(read=3, new=3)


def test_a_figure_merged_over_rows_is_read_for_each_and_told_of_each(rows, send, officer, tmp_path):
    def arrange(sheet):
        sheet.merge_range(1, 9, 2, 9, 30_000_000)
        sheet.merge_range(1, 4, 2, 4, rows[1][4])

    workbook = send(officer, a_file(tmp_path / "a.xlsx", rows, arrange))

    told = {row.number: [(one["code"], one["value"]) for one in row.warnings] for row in workbook.rows.all()}
    assert told == {2: [("merged_figure", "30000000")], 3: [("merged_figure", "30000000")], 4: []}
    assert workbook.counts == counts(read=3, new=3)


def test_hidden_rows_and_columns_are_read_and_named(rows, send, officer, signed_in, tmp_path):
    def arrange(sheet):
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(8, 9, None, None, {"hidden": True})

    workbook = send(officer, a_file(tmp_path / "a.xlsx", rows, arrange))

    assert {row.number: [one["code"] for one in row.warnings] for row in workbook.rows.all()} == {
        2: [],
        3: ["hidden_row"],
        4: [],
    }
    page = signed_in(officer).get(workbook.get_absolute_url()).content.decode()
    assert "Kolom tersembunyi di “Data” ikut dibaca: TK P, Nilai investasi." in page


def test_of_very_many_hidden_rows_the_first_are_marked_and_the_others_counted(
    rows, send, officer, signed_in, tmp_path, monkeypatch
):
    """Every second row of a large sheet is as many runs: what is kept of a sheet has an end."""
    monkeypatch.setattr(layout, "MOST", 1)
    hidden = {"hidden": True}
    names = "Dewi", "Eka", "Fitri", "Gani"
    rows += [[*a_row(name), 7, 8, 9] for name in names]

    def arrange(sheet):
        for row in (2, 4, 6, 7):  # counted from 0, as below the headings
            sheet.set_row(row, None, None, hidden)

    workbook = send(officer, a_file(tmp_path / "a.xlsx", rows, arrange))

    assert (workbook.sheets[0]["hidden_rows"], workbook.sheets[0]["hidden_besides"]) == ([[3, 3]], [5, 8, 3])
    assert [row.number for row in workbook.rows.all() if "hidden_row" in [one["code"] for one in row.warnings]] == [3]
    page = signed_in(officer).get(workbook.get_absolute_url()).content.decode()
    assert "Baris tersembunyi di “Data” ikut dibaca juga" in page
    assert "3 di antaranya, dari baris 5 sampai baris 8, tidak ditandai satu per satu" in page


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_figure_merged_over_two_columns_of_figures_is_asked_about(kind, send, officer, tmp_path):
    path, head = tmp_path / f"a.{kind}", [*HEADINGS, "TK L", "TK P", "Nama pemilik"]
    ayu, budi = [*a_row("Ayu"), 6], [*a_row("Budi"), 2, 1]  # of Budi's, the second goes over a text
    if kind == "xlsx":
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("IKM")
            for at, cells in enumerate([["DATA IKM"], head, ayu, budi]):
                sheet.write_row(at, 0, cells)
            for first, left, right, value in ((0, 0, 9, "DATA IKM"), (2, 7, 8, 6), (3, 8, 9, 1)):
                sheet.merge_range(first, left, first, right, value)
    elif kind == "xls":
        an_xls(path, [["DATA IKM"], head, ayu, budi], merged=[(0, 0, 0, 9), (2, 2, 7, 8), (3, 3, 8, 9)])
    else:
        wide = 'office:value-type="float" table:number-columns-spanned="2"'
        an_ods(path, [["DATA IKM"], head, [*ayu[:7], (6, wide)], [*budi[:8], (1, wide)]])

    assert codes_of(send(officer, path)) == {3: ["merged_columns"]}


def test_a_hidden_row_whose_values_are_merged_into_it_is_known_too(tmp_path):
    def arrange(sheet):
        sheet.merge_range(0, 0, 1, 0, "Ayu")
        sheet.set_row(1, None, None, {"hidden": True})

    with open_book(a_file(tmp_path / "a.xlsx", [["Ayu"], [None]], arrange)) as book:
        assert [row.cells for row in book.rows()] == [["Ayu"], ["Ayu"]]
        assert book.layouts[0].hidden_rows == [[2, 2]]


def test_a_figure_merged_over_rows_of_an_older_kind_of_file_is_told_too(rows, send, officer, tmp_path):
    path = an_xls(tmp_path / "a.xls", rows, merged=[(1, 2, 9, 9)])

    workbook = send(officer, path, name="a.xls")

    told = {row.number: [one["code"] for one in row.warnings] for row in workbook.rows.all()}
    assert told == {2: ["merged_figure"], 3: ["merged_figure"], 4: []}


def test_a_share_that_a_file_may_show_in_percent_is_not_guessed(rows, send, officer, tmp_path, monkeypatch):
    """Where it cannot be read how a cell is shown, 50 % is kept as 0.5."""
    _leave_layouts_unread(monkeypatch, tmp_path)
    makers = [["Kunci baris", *rows[0]], ["A", *rows[1]]]
    lines = [
        ["Kunci baris", "Nama produk", "Dijual di dalam negeri"],
        ["A", "Kain", 0.5],
        ["A", "Syal", 1],
        ["A", "Topi", 50],
    ]
    xlsx = an_xlsx(
        tmp_path / "a.xlsx", ("IKM", makers), ("Produk", [*lines[:1], ["A", "Kain", (0.5, "0%")], *lines[3:]])
    )
    xls = an_xls(tmp_path / "a.xls", lines)

    shares = [row.cells[2] for row in send(officer, xlsx).rows.filter(part="products")]
    assert shares == [50, 50]
    with open_book(xls) as book:
        assert [row.cells[2] for row in book.rows()][1:] == [0.5, 1, 50]
        assert [one.percent_unseen for one in book.layouts] == [True]
    layout = LayoutOfRows({"percent_unseen": True}, {0: "domestic_share"}, ProductForm.base_fields, {})
    told = [
        [one.code for _name, one in layout.of(WorkbookRow(number=2, cells=[cell])).errors]
        for cell in (0.5, 1, 50, "50%", 0, None)
    ]
    assert told == [["two_ways"], ["two_ways"], [], [], [], []]


def test_a_number_that_is_refused_as_it_stands_is_not_suggested_as_it_stands(db):
    """Taken over as a text, 0.5 would be half a percent, and nobody would be asked any more."""
    reader = Reader({one.part: one for one in tables(directory.get("establishments"))}["products"], {})

    assert Suggester({"products": reader}).suggest("products", "domestic_share", 0.5) is None
    assert Suggester({"products": reader}).suggest("products", "domestic_share", "5O") == ("50", "letters")


SHOWN = {  # how a cell of 25,000,000 is shown -> its heading -> what is read, and what is said
    "#,##0,": {
        "Nilai investasi (Rp 000)": (25_000_000, "shortened_figure"),
        "Nilai investasi (Rp)": (25_000_000, "shortened_figure"),
        "Nilai investasi (jutaan)": (None, "two_ways"),
    },
    '"Rp" #,##0.0,,_);(#,##0.0,,)': {"Nilai investasi (Rp juta)": (25_000_000, "shortened_figure")},
    "#,##0": {"Nilai investasi (Rp 000)": (25_000_000_000, None)},
}


@pytest.mark.parametrize("how", SHOWN)
def test_a_figure_that_is_shown_in_thousands_is_not_multiplied_once_more(how, rows, send, officer, tmp_path):
    for heading, expected in SHOWN[how].items():
        head = other(Nilai_investasi=heading)
        path = an_xlsx(tmp_path / "a.xlsx", ("Data", [head, [*a_row("Ayu"), 1, 2, (25_000_000, how)]]))
        workbook = send(officer, path)
        check(workbook)

        told = workbook.rows.get()
        codes = {one["code"] for one in [*told.errors, *told.warnings]}
        value = Bench(workbook, by=officer).judge([told])[0].judged.values.get("investment")
        assert (value if expected[0] else None, {expected[1]} - {None}) == (expected[0], codes), heading
        workbook.delete()


def test_percent_below_rupiah_are_other_headings(rows, send, officer):
    head, second = other(Nilai_investasi="Nilai investasi (Rp)"), other(Nilai_investasi="Nilai investasi (%)")

    workbook = send(officer, [head, *rows[1:2], second, *rows[2:]])

    assert codes_of(workbook) == {4: ["other_headings"], 5: ["other_headings"]}


def test_what_older_kinds_of_files_hide_is_told_too(rows, send, officer, signed_in, tmp_path):
    path = an_xls(tmp_path / "a.xls", rows, hidden_rows=(2,), hidden_columns=(8, 9))

    workbook = send(officer, path, name="a.xls")

    told = {row.number: [one["code"] for one in row.warnings] for row in workbook.rows.all()}
    assert told == {2: [], 3: ["hidden_row"], 4: []}
    page = signed_in(officer).get(workbook.get_absolute_url()).content.decode()
    assert "Kolom tersembunyi di “Lembar1” ikut dibaca: TK P, Nilai investasi." in page


def test_where_it_is_unknown_what_a_file_hides_that_is_said(rows, send, officer, signed_in, tmp_path, monkeypatch):
    _leave_layouts_unread(monkeypatch, tmp_path)

    workbook = send(officer, an_xls(tmp_path / "a.xls", rows), name="a.xls")

    page = signed_in(officer).get(workbook.get_absolute_url()).content.decode()
    assert "Baris dan kolom tersembunyi di “Lembar1” tidak dapat dikenali" in page
