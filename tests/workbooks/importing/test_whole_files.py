"""Whole files as clerks make them: each row and each value is read rightly, asked about, or told of."""

import datetime
import io

import pytest
import xlsxwriter
from PIL import Image

from tests.workbooks.made_files import changed
from tests.workbooks.rows import HEADINGS, a_row, codes_of, counts

SHORT = HEADINGS[:6]
HEAD = ["No", *SHORT, "TK L", "TK P"]


def line(number, name, *figures):
    return [number, *a_row(name)[:6], *figures]


def named(workbook, sheet=0):
    """`{heading: column}` of a sheet."""
    headings = workbook.sheets[sheet]["headings"]
    return {headings[int(at)]: name for at, name in workbook.mapping[sheet]["columns"].items()}


@pytest.fixture
def png():
    file = io.BytesIO()
    Image.new("RGB", (20, 20)).save(file, "PNG")
    file.seek(0)
    return file


@pytest.fixture
def a_file(db, tmp_path):
    """A workbook of these rows, of whose sheet `arrange` makes something."""

    def make(rows, arrange, **options):
        path = tmp_path / "ikm.xlsx"
        with xlsxwriter.Workbook(path, options) as book:
            sheet = book.add_worksheet("12")
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
            arrange(book, sheet)
        return path

    return make


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


def test_comments_and_pictures_that_are_not_read_are_named(send, officer, a_file, png, signed_in):
    def arrange(_book, sheet):
        sheet.write_comment(0, 7, "Orang")
        sheet.write_comment(1, 7, "Bukan 1, tetapi 7")
        sheet.insert_image(1, 9, "a.png", {"image_data": png})
        sheet.protect("rahasia")

    workbook = send(officer, a_file([HEAD, line(1, "Ayu", 1, 2), line(2, "Budi", 3, 4)], arrange))

    assert workbook.counts == counts(read=2, new=2)
    page = signed_in(officer).get(workbook.get_absolute_url()).content.decode()
    assert "H1, H2" in page
    assert "Gambar dan kotak teks pada “12”" in page


def test_a_picture_that_stands_in_a_cell_is_called_one(send, officer, a_file, png):
    def arrange(_book, sheet):
        sheet.embed_image(1, 9, "a.png", {"image_data": png})
        sheet.embed_image(2, 8, "b.png", {"image_data": png})

    rows = [[*HEAD, "Foto"], line(1, "Ayu", 1, 2), line(2, "Budi", 3)]

    workbook = send(officer, a_file(rows, arrange))

    ayu, budi = workbook.rows.order_by("position")
    assert (ayu.outcome, [one["code"] for one in ayu.warnings]) == ("new", ["no_photo"])
    assert (budi.outcome, [one["code"] for one in budi.errors]) == ("bad", ["picture"])


def test_a_formula_that_no_program_has_reckoned_is_no_nought(send, officer, a_file):
    def arrange(_book, sheet):
        sheet.write_formula(1, 7, "=3+4")  # 0 stands there until Excel opens it
        sheet.write_formula(2, 7, "=3+4", None, 7)
        sheet.write_number(3, 7, 0)

    rows = [HEAD, line(1, "Ayu", None, 2), line(2, "Budi", None, 4), line(3, "Citra", None, 4)]
    path = a_file(rows, arrange)

    assert codes_of(send(officer, path)) == {2: ["formula"]}
    saved = changed(path, "xl/workbook.xml", lambda xml: xml.replace(b' fullCalcOnLoad="1"', b""))
    assert codes_of(send(officer, saved)) == {}


def test_days_that_a_program_may_have_turned_round_are_told_of(send, officer, a_file):
    """Typed as 4/3 into a spreadsheet that expects the month first, a day is another one; 25/3 stays a text."""
    days = (datetime.date(2025, 4, 3), "25/03/2025", datetime.date(2025, 1, 12))

    def arrange(book, sheet):
        shown = book.add_format({"num_format": "dd/mm/yyyy"})
        for at, day in enumerate(days, start=1):
            sheet.write(at, 9, day, shown)

    rows = [[*HEAD, "as_of"], *(line(at, name, 1, 2) for at, name in enumerate(("Ayu", "Budi", "Citra"), start=1))]

    workbook = send(officer, a_file(rows, arrange, date_1904=True))

    told = [[one["code"] for one in row.warnings] for row in workbook.rows.order_by("position")]
    assert told == [["maybe_turned"], [], ["maybe_turned"]]
    days = (datetime.date(2025, 4, 3), "25/03/2025", datetime.date(2025, 1, 13))
    rows[1:] = [line(at, name, 1, 2) for at, name in enumerate(("Dewi", "Edi", "Fitri"), start=1)]
    assert not any(row.warnings for row in send(officer, a_file(rows, arrange)).rows.all())


def test_coordinates_as_people_write_them_are_read_with_a_note_or_refused(send, officer):
    points = {
        "Ayu": ("2°35'12\" LS", "115°23'10\" BT", "new", {"written"}),
        "Budi": ("02,586667 LS", "115,386111 BT", "new", {"written"}),
        "Citra": ("-2,586667", 115.386111, "new", set()),
        "Dewi": ("115,386111 BT", "2,586667 LS", "bad", {"invalid"}),  # changed places
        "Edi": (115.386111, -2.586667, "bad", {"max_value", "both"}),
        "Fitri": (2.586667, 115.386111, "bad", {"outside"}),  # without its minus
        "Gani": (-2586667, 115386111, "bad", {"min_value", "max_value", "max_digits"}),  # without its comma
    }
    rows = [[*SHORT, "Lintang", "Bujur"], *([*a_row(name)[:6], *point[:2]] for name, point in points.items())]

    workbook = send(officer, rows)

    told = [(row.outcome, {one["code"] for one in (*row.errors, *row.warnings)}) for row in workbook.rows.all()]
    assert dict(zip(points, told, strict=True)) == {name: point[2:] for name, point in points.items()}


def test_a_share_that_may_have_been_meant_as_a_part_of_one_is_told_of(send, officer):
    makers = [["Kunci baris", *HEADINGS], ["A", *a_row("Ayu")]]
    shares = [0.5, (0.5, "0%"), "0,5", "0,5 %", 50]
    lines = [["A", f"Kain {at}", share] for at, share in enumerate(shares)]

    workbook = send(
        officer, (("IKM", makers), ("Produk", [["Kunci baris", "Nama produk", "Dijual di dalam negeri"], *lines]))
    )

    told = {one["row"]: one["code"] for one in workbook.rows.get(part="").warnings}  # of its lines
    assert told == {2: "share", 4: "share", 5: "written"}
