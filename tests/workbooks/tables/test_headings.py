"""Headings in other words: told apart, guessed, confirmed once, remembered; what nobody knows is named."""

import pytest
from django.core.exceptions import ValidationError

from disperin.registers.record import directory
from disperin.workbooks import actions
from disperin.workbooks.models import KnownHeading
from disperin.workbooks.tables.columns import NOT_READ
from disperin.workbooks.tables.headings import Words, is_of_nik, remembered_as, words
from tests.workbooks.rows import HEADINGS, a_row, counts


@pytest.fixture
def guess(db):
    known = Words(directory.get("establishments"))
    return lambda *rows, remembered=None: known.guess([list(row) for row in rows], remembered or {})


@pytest.mark.parametrize(
    ("heading", "plainest"),
    [
        ("Nama Usaha *", "nama usaha"),
        ("NO. TELP/HP", "nomor telepon handphone"),
        ("Kab./Kota", "kabupaten kota"),
        ("  Jml   Tenaga\nKerja ", "jumlah tenaga kerja"),
        ("Café", "cafe"),
    ],
)
def test_headings_are_compared_in_their_plainest_words(heading, plainest):
    assert words(heading) == plainest


def test_a_heading_is_known_in_many_words(guess, trying):
    for heading, name in [
        ("Nama usaha", "name"),
        ("NAMA USAHA *", "name"),
        ("Name of the business", "name"),
        ("name", "name"),
        ("Nama IKM", "name"),
        ("Nama Pemilik", "owner_name"),
        ("Penanggung Jawab", "owner_name"),
        ("Kec.", "district"),
        ("Desa", "village"),
        ("No. HP", "phone"),
        ("NO. HP/WA", "phone"),
        ("TELP", "phone"),
        ("NAMA IKM/PERUSAHAAN", "name"),
        ("Investasi (Rp)", "investment"),
        ("KONTAK", ""),
        ("Contact Person", ""),
        ("Alamat Pemilik", ""),
        ("Alamat Penanggung Jawab", ""),
        ("L/P", ""),
        ("PERUSAHAAN", "name"),
        ("Jalan/RT", "address"),
        ("JUMLAH TENAGA KERJA PRIA", "workers_male"),
        ("JUMLAH TENAGA KERJA WANITA", "workers_female"),
        ("TK Perempuan", "workers_female"),
        ("Omzet per tahun (Rp)", "annual_sales"),
        ("No.", "#none"),
        ("No. Urut", "#none"),
        # of the office's older systems
        ("nama", "name"),
        ("bentuk badan usaha", "legal_form"),
        ("kab/kota", "regency"),
        ("kelurahan", "village"),
        ("kodepos", "postal_code"),
        ("komoditi", "commodities"),
        ("TK laki", "workers_male"),
        ("TK perempuan", "workers_female"),
        ("nilai investasi", "investment"),
        ("alamat pabrik", "address"),
        ("WA", "phone"),
        ("nilai BB/BP", ""),
        ("Nomor Daftar Industri", ""),
        ("Omset", "annual_sales"),
        ("Nilai investasi (Rp)", "investment"),
        ("Cerita (Inggris)", "story_en"),
        ("Cerita (Indonesia)", "story_id"),
        ("No Register", "#number"),
        ("KESALAHAN", "#errors"),
        ("Warna kesukaan", ""),
    ]:
        with trying(heading, name):
            found = guess([heading, "NIB", "KBLI"])

            assert (found.part, found.columns[0], found.unsure) == ("", name, [])


def test_a_heading_that_is_nearly_right_is_a_guess_to_be_confirmed(guess):
    found = guess(["Nama usha", "NIB", "KBLI"])

    assert (found.columns[0], found.unsure) == ("name", [0])


def test_a_vague_heading_gives_way_to_one_that_says_it_better(guess):
    assert guess(["Nama", "Nama usaha", "NIB", "Nama pemilik"]).columns == {0: "", 1: "name", 2: "nib", 3: "owner_name"}


def test_two_columns_are_never_the_same(guess):
    found = guess(["Nama usaha", "Nama usaha", "NIB"])

    assert found.columns == {0: "name", 1: "", 2: "nib"}


def test_the_row_of_headings_is_the_one_that_says_most(guess):
    found = guess(["DAFTAR IKM"], ["Tahun", "2026"], ["No", "Nama usaha", "NIB"], ["1", "Nama", "12"])

    assert (found.heading_row, found.columns) == (2, {0: "#none", 1: "name", 2: "nib"})


def test_headings_of_two_rows_are_read_together_whether_their_cells_are_merged_or_not(guess):
    title = ("Daftar IKM",)
    upper = ("No", "Nama Perusahaan", "NIK", "Alamat", None, None, "Tenaga Kerja", None, "KBLI")
    lower = (None, None, None, "Jalan", "Desa", "Kecamatan", "L", "P")
    first = (1, "Dapur Aminah", "6307", "Jl. Melati", "Tabuk", "Haruyan", 2, 3, "10794")
    found = guess(title, upper, lower, first)
    assert found.heading_row == 2
    assert found.headings == ["No", "Nama Perusahaan", "NIK", "Jalan", "Desa", "Kecamatan", "L", "P", "KBLI"]
    named = {at: name for at, name in found.columns.items() if name and name != NOT_READ}
    assert named == {
        1: "name", 3: "address", 4: "village", 5: "district", 6: "workers_male", 7: "workers_female", 8: "kbli"
    }  # fmt: skip
    for row in (first, ("", "Dapur Aminah"), ("a", "Desa Tabuk", None, "Jalan Melati")):
        assert guess(upper[:4], row).heading_row == 0, row


def test_rows_of_another_table_beside_do_not_part_headings_of_two_rows(guess):
    upper = ["No", "Nama Perusahaan", "Tenaga Kerja", None, "Nilai Investasi", None, "Rekap", "Jumlah IKM"]
    lower = [None, None, "L", "P", "(Rp 000)", None, "Barabai", 2]
    first = [1, "Dapur Aminah", 2, 3, 15000, None, "Haruyan", 1]

    found = guess(upper, lower, first)

    assert found.heading_row == 1
    assert found.headings == [*upper[:2], *lower[2:4], "Nilai Investasi (Rp 000)", None, *upper[6:]]
    assert (found.columns[2], found.columns[3]) == ("workers_male", "workers_female")
    assert guess(upper, first).heading_row == 0


def test_a_unit_in_the_lower_row_belongs_to_the_heading_above_it(guess):
    upper = ["No", "Nama Perusahaan", "Tenaga Kerja", None, "Nilai Investasi", "Nilai Penjualan", "KBLI"]
    lower = [None, None, "(L)", "(P)", "(Rp 000)", "(Rp. juta)", None]

    found = guess(upper, lower, [1, "Dapur Aminah", 2, 3, 15000, 20, "10794"])

    assert found.headings[4:6] == ["Nilai Investasi (Rp 000)", "Nilai Penjualan (Rp. juta)"]
    assert [found.columns[at] for at in (2, 3, 4)] == ["workers_male", "workers_female", "investment"]
    assert found.times == {4: 1_000, 5: 1_000_000}


def test_a_sheet_of_lines_is_known_by_its_own_headings(guess):
    assert guess(["Kunci baris", "Nama produk", "Merek", "Satuan"]).part == "products"


def test_a_sheet_about_something_else_is_no_table(guess):
    assert guess(["Bulan", "Hujan"], ["Januari", 12]).part is None


def test_what_was_confirmed_before_is_known(guess):
    found = guess(["Warna", "Nama usaha"], remembered={"": {"warna": "story_id"}})

    assert found.columns == {0: "story_id", 1: "name"}


@pytest.mark.parametrize("heading", ["NIK", "No. KTP", "Nomor Induk Kependudukan", "NIK Pemilik", "No KK"])
def test_headings_of_personal_numbers_are_known(heading):
    assert is_of_nik(heading)


@pytest.mark.parametrize("heading", ["NIB", "Nikel", "Teknik", "Nomor KBLI"])
def test_other_headings_are_not_taken_for_them(heading):
    assert not is_of_nik(heading)


STRANGE = ["Nama usaha", "Bentuk badan usaha", "Cabang industri", "KBLI", "Kecamatan", "Letak desanya", "Warna"]


def confirmed(workbook, **columns):
    """The mapping of the first sheet with some columns said, by place."""
    mapping = [
        {"part": "", "columns": {**workbook.mapping[0]["columns"], **{key[1:]: name for key, name in columns.items()}}}
    ]
    return mapping


def test_unknown_columns_wait_for_somebody_to_confirm_them_and_are_then_remembered(send, officer, done, signed_in):
    file = [STRANGE, [*a_row("Ayu")[:6], "merah"]]
    workbook = send(officer, file)
    assert (workbook.state, workbook.counts) == ("mapping", counts())

    workbook = done(actions.confirm, workbook, confirmed(workbook, c5="village", c6="#none"), by=officer)

    assert (workbook.state, workbook.counts) == ("checked", counts(read=1, new=1))
    assert dict(
        KnownHeading.objects.filter(heading__in=["letak desanya", "warna"]).values_list("heading", "column")
    ) == {
        "letak desanya": "village",
        "warna": "#none",
    }
    again = send(officer, file)
    assert again.state == "checked"
    page = signed_in(officer).get(again.get_absolute_url()).text
    assert "“Letak desanya” dibaca sebagai “Desa/kelurahan”, seperti yang pernah dipastikan" in page
    assert "?kolom=1" in page  # where it is taken back


def test_what_one_regency_confirmed_is_no_word_of_another(send, officer, officer_there, done):
    workbook = send(officer, [STRANGE, [*a_row("Ayu")[:6], "merah"]])
    done(actions.confirm, workbook, confirmed(workbook, c5="village", c6="#none"), by=officer)

    other = send(officer_there, [STRANGE, [*a_row("Ayu", regency="63.06")[:6], "merah"]], regency="63.06")

    assert other.state == "mapping"


def test_a_column_that_is_not_said_stops_the_check(send, officer):
    workbook = send(officer, [STRANGE, [*a_row("Ayu")[:6], "merah"]])

    for columns, path, code in (
        ({"c5": "village"}, "sheets.0.6", "unknown"),
        ({"c5": "village", "c6": "name"}, "sheets.0.6", "twice"),
        ({"c5": "village", "c6": "search_text"}, "sheets.0.6", "unknown"),
    ):
        with pytest.raises(ValidationError) as refused:
            actions.confirm(workbook, confirmed(workbook, **columns), by=officer)

        assert refused.value.error_dict[path][0].code == code, columns


def test_columns_can_be_corrected_after_the_check(send, officer, done):
    workbook = send(officer, [[*HEADINGS, "Catatan"], [*a_row("Ayu"), "Jalan Satu"]])
    workbook = done(actions.confirm, workbook, confirmed(workbook, c7="#none"), by=officer)
    workbook = done(actions.confirm, workbook, confirmed(workbook, c7="address"), by=officer)

    assert workbook.counts == counts(read=1, new=1)
    assert workbook.mapping[0]["columns"]["7"] == "address"


def test_what_is_remembered_is_about_a_heading_and_not_about_its_place(send, officer, done):
    twice = [[*HEADINGS, "Telepon", "Telepon"], [*a_row("Ayu"), "081234560012", "081234560013"]]
    once = [[*HEADINGS, "Telepon"], [*a_row("Budi"), "081234560011"]]
    workbook = send(officer, twice)
    assert workbook.state == "mapping"

    done(actions.confirm, workbook, confirmed(workbook, c8="#none"), by=officer)
    later = send(officer, once)

    assert (later.state, later.mapping[0]["columns"]["7"], later.counts) == ("checked", "phone", counts(read=1, new=1))


def test_a_column_that_the_register_knows_is_never_left_out_unseen(send, officer, done, signed_in):
    file = [[*HEADINGS, "Telepon", "Warna"], [*a_row("Ayu"), "081234560012", "merah"]]
    workbook = send(officer, file)
    done(actions.confirm, workbook, confirmed(workbook, c7="#none", c8="#none"), by=officer)

    later = send(officer, file)

    assert (later.state, later.mapping[0]["columns"]["7"], later.sheets[0]["unsure"]) == ("mapping", "#none", [7])
    assert "Mohon dicek" in signed_in(officer).get(later.get_absolute_url()).content.decode()


def test_a_filled_column_without_a_heading_is_asked_about_and_named(send, officer, done, signed_in):
    file = [
        ["DATA", None, None, None, None, None, None, None, "judul"],
        [*HEADINGS, None],
        [*a_row("Ayu"), "Jalan Satu"],
    ]
    workbook = send(officer, file)
    assert (workbook.state, workbook.mapping[0]["columns"]["7"]) == ("mapping", "")
    assert "Kolom H, tanpa judul" in signed_in(officer).get(workbook.get_absolute_url()).content.decode()
    assert "8" not in workbook.mapping[0]["columns"]

    workbook = done(actions.confirm, workbook, confirmed(workbook, c7="#none"), by=officer)

    assert "Kolom H, tanpa judul" in signed_in(officer).get(workbook.get_absolute_url()).content.decode()
    assert not KnownHeading.objects.filter(heading="").exists()


def test_a_heading_with_another_unit_is_another_heading(guess):
    """“Penjualan (%)” and “Penjualan (Rp)” are two columns, whatever was confirmed of one of them."""
    assert len({remembered_as(text) for text in ("Andil", "Andil (%)", "Andil (Rp)", "Andil (persen)")}) == 3
    remembered = {"": {remembered_as("Andil (Rp)"): "investment"}}

    sure = guess(["Andil (Rp)", "Nama usaha", "NIB"], remembered=remembered)
    assert (sure.columns[0], sure.unsure, sure.remembered) == ("investment", [], [0])
    for heading in ("Andil (%)", "Andil", "Andil (Rp 000)"):
        other = guess([heading, "Nama usaha", "NIB"], remembered=remembered)
        assert other.columns[0] == "" or 0 in other.unsure, heading


def test_a_heading_with_the_unit_of_something_else_is_asked_about(guess):
    for heading in ("Omzet (%)", "Persentase omzet", "TK Perempuan (%)", "TK Perempuan (Rp)"):
        found = guess([heading, "Nama usaha", "NIB"])
        assert found.columns[0] == "" or 0 in found.unsure, heading
    assert guess(["Omzet (Rp)", "Nama usaha", "NIB"]).unsure == []
    assert guess(["Kunci baris", "Nama produk", "Dijual di dalam negeri (%)"]).unsure == []
