"""Rows that are no data are listed apart, with their numbers; whatever may be a record is judged as one."""

from disperin.workbooks.tables.no_data import kind_of_no_data
from tests.workbooks.rows import HEADINGS, a_row, counts

NAMES = ("#none", "name", "legal_form", "branch", "kbli", "district", "village", "owner_name")
WORDS = ("nomor", "nama usaha", "bentuk badan usaha", "cabang industri", "kbli", "kecamatan", "desa", "nama pemilik")


def kind(*cells):
    return kind_of_no_data(list(cells), dict(enumerate(NAMES)), dict(enumerate(WORDS)), [1, 2, 3, 4, 5, 6])


def test_rows_that_are_no_data_are_known_by_what_they_say():
    rows = {
        "heading": (
            ("KECAMATAN JUAI",), (None, "Kec. Juai"), ("No", "Nama Usaha", "Bentuk badan usaha", "Cabang industri"),
            (1, 2, 3, 4, 5, 6, 7, 8), ("(1)", "(2)", "(3)", "(4)"),
        ),
        "total": (("JUMLAH",), (None, "Jumlah Total", None, None, None, None, None, 31), ("Total", None, 250_000)),
        "signature": (
            (None, None, None, None, None, "Barabai, 12 Januari 2026"), (None, None, None, None, None, "Kepala Dinas"),
            (None, None, None, None, None, None, "NIP. 19700101 199603 1 002"), (None, "Mengetahui,", None, "Dibuat"),
            (None, "a.n. Kepala Bidang"), (None, None, "Paringin,      2023"),
            (None, "Banjarbaru, ..... Januari 2026"),
        ),
        "remark": (
            ("Keterangan: data sementara",), (None, "Sumber: Dinas"),
            (None, None, None, None, None, "Nama Pejabat, S.T."),
        ),
    }  # fmt: skip
    for expected, some in rows.items():
        for cells in some:
            assert kind(*cells) == expected, cells


def test_whatever_may_be_a_record_is_data():
    for cells in (
        (1, "Toko Ayu", "po", "pangan", "10794", "Juai", "Juai", "Ayu"),
        (1, "Toko Ayu"),
        (None, "Toko Ayu"),
        (3, "Total Jaya", "po", "pangan", "10794", "Juai", "Juai"),
        (4, "Sentra Rotan", "po", "pangan", "10794", None, None),
        (5, None, "po", "pangan", "10794", "Juai", "Juai"),
        (None, "Toko Ayu", None, None, None, None, None, "Ayu"),
    ):
        assert kind(*cells) == "", cells


def test_they_are_listed_apart_and_everything_else_adds_up(send, officer, signed_in, api):
    head = ["No", *HEADINGS]
    file = [head, [1, *a_row("Ayu")], ["KECAMATAN JUAI"], [2, *a_row("Budi")], ["JUMLAH", None, None, 2], []]
    file += [
        [None] * 6 + ["Barabai, 12 Januari 2026"],
        [None] * 6 + ["Kepala Dinas"],
        ["Keterangan: sementara"],
        [3, "Citra"],
    ]

    workbook = send(officer, file)

    assert (workbook.state, workbook.counts) == ("checked", counts(read=3, new=2, bad=1))
    expected = {"heading": [3], "total": [5], "signature": [7, 8], "remark": [9]}
    assert workbook.sheets[0]["no_data"] == expected
    page = signed_in(officer).get(workbook.get_absolute_url()).content.decode()
    assert "5 baris berkas bukan data dan tidak dibaca" in page
    assert "KECAMATAN JUAI" in page
    assert 'name="take-up" value="9"' in page
    assert "Bukan data, jadi tidak dibaca: tanda tangan, tempat dan tanggal (7, 8)." in page
    assert api(officer).get(f"/api/v1/workbooks/{workbook.pk}/").json()["sheets"][0]["no_data"] == expected
