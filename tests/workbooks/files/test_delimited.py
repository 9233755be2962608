"""CSV with stray quotation marks or separators: every line is accounted for, or the file is refused there."""

import pytest

from disperin.workbooks.files import Refused, open_book
from tests.workbooks.rows import HEADINGS, a_row, codes_of, counts

HEAD = "Nama,Bentuk,Cabang,Cerita"


def rows_of(path, *lines):
    path.write_text("\n".join(lines) + "\n", newline="")
    with open_book(path) as book:
        return [row.cells for row in book.rows()]


def test_a_stray_quotation_mark_is_refused_at_its_row(tmp_path):
    for lines in (
        ('Satu,a,b,"Resep', "Dua,a,b,c", 'Tiga,a,b,Ukuran 5"', "Empat,a,b,c"),
        ('Satu,a,"5 inci,c', 'Dua,a,7",c'),
        ('Satu,"a,b,c', 'Dua,a,b",c'),
        ('Satu,"a,b,c', 'Dua,a,b,"c, d"'),
        ('"Toko "Maju",a,b,c',),
        ('Satu,a,b,"c', "Dua,a,b,c"),
    ):
        with pytest.raises(Refused) as refused:
            rows_of(tmp_path / "a.csv", HEAD, *lines)
        assert (refused.value.code, "2" in str(refused.value)) == ("broken", True), lines


def test_a_value_may_have_line_breaks_separators_and_inches(tmp_path):
    lines = (
        'Satu,a,b,"Jl. A, RT 1,\nKel. B, Kec. C"',
        '"Toko\nMaju",a,b,c',
        'Tiga,a,b,Ukuran 5"',
        'Empat,a,"x, ""y""",c',
    )

    assert rows_of(tmp_path / "a.csv", HEAD, *lines)[1:] == [
        ["Satu", "a", "b", "Jl. A, RT 1,\nKel. B, Kec. C"],
        ["Toko\nMaju", "a", "b", "c"],
        ["Tiga", "a", "b", 'Ukuran 5"'],
        ["Empat", "a", 'x, "y"', "c"],
    ]


def test_whole_rows_in_quotation_marks_are_read(tmp_path):
    for separator in ",;":
        lines = [f'"{line}"'.replace(",", separator) for line in (HEAD, "Satu,a,b,c", 'Dua,a,b,""x, y""')]
        last = "x, y".replace(",", separator)
        assert rows_of(tmp_path / "a.csv", *lines)[1:] == [["Satu", "a", "b", "c"], ["Dua", "a", "b", last]]


def test_a_row_that_is_longer_than_the_headings_is_to_be_mended(send, officer, tmp_path):
    path = tmp_path / "ikm.csv"
    good, bad = (
        ",".join(str(one or "") for one in a_row(name, nib=nib))
        for name, nib in (("Ayu", "9120304857261"), ("Budi, UD", ""))
    )
    path.write_text("\n".join((",".join(HEADINGS), good, f"{bad}9120304857262")))

    workbook = send(officer, path)

    assert workbook.counts == counts(read=2, new=1, bad=1)
    assert "too_many_cells" in codes_of(workbook)[3]


def test_letters_that_are_written_in_two_ways_are_refused_and_none_is_changed(tmp_path):
    """Put together of two files: read in either way, the letters of the other would be others."""
    lines = (HEAD.encode(), "Ma’ruf,a,b,é".encode(), "Renée,a,b,c".encode("cp1252"))
    path = tmp_path / "a.csv"
    path.write_bytes(b"\n".join(lines))

    with pytest.raises(Refused) as refused, open_book(path):
        pass

    assert refused.value.code == "encoding"
    path.write_bytes("\n".join((HEAD, "Ma’ruf,a,b,é", "Renée,a,b,“c” – d")).encode("cp1252"))
    with open_book(path) as book:
        assert [row.cells for row in book.rows()][1:] == [["Ma’ruf", "a", "b", "é"], ["Renée", "a", "b", "“c” – d"]]


def test_bars_may_stand_between_cells(tmp_path):
    assert rows_of(tmp_path / "a.csv", HEAD.replace(",", "|"), "Ayu, Budi|a|b|c;d")[1:] == [
        ["Ayu, Budi", "a", "b", "c;d"]
    ]
    assert rows_of(tmp_path / "b.csv", "sep=|", "Nama|Bentuk", "Ayu, Budi|a")[1:] == [["Ayu, Budi", "a"]]
