"""What cells mean: numbers, dates, choices and codes as people write them. What is unclear is named, never guessed."""

import json
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from disperin.registers.record import directory
from disperin.workbooks.files.cells import fit_to_keep
from disperin.workbooks.tables.columns import tables
from disperin.workbooks.tables.options import dotted, options_of, plain
from disperin.workbooks.tables.understanding import Reader
from industries.forms import EstablishmentForm
from tests.factories import CommodityFactory, DistrictFactory, KbliClassFactory, RegencyFactory, VillageFactory
from tests.registers.values.test_marked_numbers import stored

SHARED = Path(__file__).parents[2]


@pytest.fixture
def read(db):
    """Reads one cell of an establishment (or more, by name): `read(nib=12)` gives (value, codes of what is said)."""
    KbliClassFactory()
    CommodityFactory()
    for district, village in (("63.07.01", "Barabai Timur"), ("63.07.01", "Kembar"), ("63.07.02", "Kembar")):
        place = DistrictFactory(code=district, name=f"Kecamatan {district[-1]}", regency=RegencyFactory(code="63.07"))
        code = f"{district}.200{VillageFactory._meta.model.objects.count() + 1}"
        VillageFactory(code=code, name=village, district=place)
    register = directory.get("establishments")
    table = tables(register)[0]
    reader = Reader(table, options_of(register, regency="63.07")[""])

    def read_cells(*, times=1, **cells):
        told = reader.read(list(cells.values()), dict(enumerate(cells)), {0: times})
        read_cells.told = told.errors
        name = next(iter(cells))
        said = [*told.errors.get(name, []), *told.warnings.get(name, [])]
        return told.values[name], [one.code for one in said]

    return read_cells


def test_a_cell_is_understood_as_it_is_meant(read):
    meant = [
        ("name", " Ayu ", "Ayu"),
        ("name", 12, "12"),
        ("nib", "91203 0485-7261", "9120304857261"),
        ("name", None, ""),
        ("workers_male", 5, 5),
        ("workers_male", "5", 5),
        ("workers_male", None, None),
        ("investment", "1.250.000", 1_250_000),
        ("investment", "Rp 1.250.000", 1_250_000),
        ("investment", "1250000.0", 1_250_000),
        ("latitude", "-2,587654", -2.587654),
        ("latitude", -2.587654, -2.587654),
        ("latitude", "−2.587654", -2.587654),
        ("latitude", "– 2,587654°", -2.587654),
        ("latitude", "\u200b-2.587654", -2.587654),
        ("latitude", "115.387", 115.387),
        ("as_of", {"date": "2025-12-31"}, "2025-12-31"),
        ("as_of", "31/12/2025", "2025-12-31"),
        ("as_of", "31-12-25", "2025-12-31"),
        ("as_of", "2025-12-31", "2025-12-31"),
        ("as_of", "31 Desember 2025", "2025-12-31"),
        ("as_of", "3 Agt 2025", "2025-08-03"),
        ("as_of", "03/04/2026", "2026-04-03"),
        ("show_on_map", "Ya", True),
        ("show_on_map", "tidak", False),
        ("show_on_map", True, True),
        ("show_on_map", 1, True),
        ("legal_form", "perorangan", "perorangan"),
        ("legal_form", "PERORANGAN", "perorangan"),
        ("legal_form", "Sole proprietor (PO)", "perorangan"),
        ("kbli", "13134", "13134"),
        ("kbli", 13134, "13134"),
        ("kbli", "13134 Industri 13134", "13134"),
        ("commodities", "Kain sasirangan", ["sasirangan"]),
        ("commodities", "Kain sasirangan; sasirangan", ["sasirangan", "sasirangan"]),
        ("district", "Kec. Kecamatan 1", "63.07.01"),
        ("district", "Kecamatan 1", "63.07.01"),
        ("district", "63.07.01", "63.07.01"),
        ("district", 630701, "63.07.01"),
        ("village", "desa BARABAI  timur", "63.07.01.2001"),
        ("village", "6307012001", "63.07.01.2001"),
        ("village", "Kembar [63.07.02.2003]", "63.07.02.2003"),
        ("marketplaces", "https://a.example/x,y;", ["https://a.example/x,y"]),
        ("marketplaces", "https://a.example\nhttps://b.example", ["https://a.example", "https://b.example"]),
    ]

    assert [(name, cell, found) for name, cell, value in meant if (found := read(**{name: cell})) != (value, [])] == []


def test_what_is_unclear_is_named(read):
    unclear = [
        ("nib", 120304857261, "0120304857261", "padded"),
        ("postal_code", 1391, "01391", "padded"),
        ("nib", "9,12E+12", "9,12E+12", "shortened"),
        ("nib", "9.12030485E+12", "9.12030485E+12", "shortened"),
        ("nib", 91203048572610000, "91203048572610000", "digits_lost"),
        ("workers_male", "lima enam", "lima enam", "invalid"),
        ("workers_male", 1.5, "1.5", "invalid"),
        ("workers_male", {"date": "2025-12-31"}, "2025-12-31", "date"),
        ("as_of", "kemarin", "kemarin", "invalid"),
        ("as_of", "12/31/2025", "12/31/2025", "invalid"),
        ("as_of", 45_000, "45000", "invalid"),
        ("show_on_map", "mungkin", "mungkin", "invalid"),
        ("village", "Kembar", "Kembar", "several"),
        ("name", {"flaw": "formula"}, None, "formula"),
        ("name", {"flaw": "error", "text": "#REF!"}, None, "formula_error"),
        ("owner_name", fit_to_keep("#REF!"), None, "formula_error"),
        ("address", fit_to_keep(" #VALUE! "), None, "formula_error"),
        ("name", fit_to_keep("Err:502"), None, "formula_error"),
        ("investment", fit_to_keep("#########"), None, "too_narrow"),
        ("address", fit_to_keep("####"), None, "too_narrow"),
        ("kbli", "KBLI 13134 / 10794", "KBLI 13134 / 10794", "several"),
        ("kbli", "13134, 10794", "13134, 10794", "several"),
        ("nib", 9_120_000_000_000, "9120000000000", "shortened"),
        ("nib", "91203 0000 0000", "91203 0000 0000", "shortened"),
        ("npwp", "317000000000000", "317000000000000", "shortened"),
        ("npwp", {"flaw": "nik"}, None, "personal_number"),
        ("npwp", "6307015708900001", "6307015708900001", "personal_number"),
    ]

    assert [
        (name, cell, found) for name, cell, value, code in unclear if (found := read(**{name: cell})) != (value, [code])
    ] == []


def test_zeros_alone_are_no_number_of_anybody(read):
    for name, cell in (
        ("npwp", "00.000.000.0-000.000"), ("npwp", 0), ("nib", "0000000000000"), ("nib", "0"), ("nib", 0),
        ("postal_code", "00000"), ("phone", "0"), ("phone", 0), ("phone", "000-000"),
    ):  # fmt: skip
        assert read(**{name: cell}) == ("", ["nothing"]), (name, cell)


def test_what_people_write_where_there_is_nothing_is_no_value(read):
    for name in ("owner_name", "address", "phone", "nib", "commodities"):
        for cell in ("?", "…", "*", "(kosong)", "Tidak ada data", "belum diisi", "tdk diketahui", ";", "- . -"):
            assert read(**{name: cell})[1] == ["nothing"], (name, cell)


def test_a_cell_that_points_to_another_row_is_asked_about(read):
    marks = ('"', "〃", ",,", '- " -', "—’’—", "↑")
    for cell in ("sda", "s.d.a.", "s / d / a", "Idem", "idem sda", "idem di atas", "Sama dengan di atas", *marks):
        for name in ("name", "address", "owner_name", "village", "phone", "investment", "as_of", "legal_form"):
            assert read(**{name: cell}) == (cell, ["same_as_above"]), (name, cell)


def test_what_cannot_be_stored_makes_no_other_word(read):
    """Left out, a NUL would make “Ayub” of “Ayu” and “b”, and half a character a question mark."""
    for text in ("Ayu\x00b", "Ayu\ud83d"):
        value, _said = read(name=fit_to_keep(text))
        assert EstablishmentForm.unfit({"name": value}), text
    assert read(name=fit_to_keep("Ayu\x00\x00")) == ("Ayu", [])


def test_a_year_is_read_in_each_abbreviation(read):
    for text in ("th 2012", "th. 2012", "Thn 2012", "thn. 2012", "tahun 2012"):
        assert read(founded_year=text) == (2012, ["written"]), text


def test_a_letter_for_a_digit_is_no_remark(read):
    assert read(phone="O81234567890") == ("O81234567890", [])
    assert read(phone="HP081234567890") == ("081234567890", ["remark_left_out"])


def test_figures_mean_in_files_what_they_mean_on_pages(read):
    cases = json.loads((SHARED / "whole_numbers.json").read_text())
    field = EstablishmentForm.base_fields["investment"]

    for case in (one for one in cases if one["language"] == "id"):
        value, said = read(investment=case["typed"])
        try:
            understood = "refused" if {*said} - {"written"} else field.to_python(value)
        except ValidationError:
            understood = "refused"
        assert understood == case.get("file", case["read"]), case


def test_degrees_mean_in_files_what_they_mean_on_pages(read):
    for case in json.loads((SHARED / "degrees.json").read_text()):
        name = "longitude" if "115" in case["typed"] else "latitude"
        value, said = read(**{name: case["typed"]})
        understood = None if "invalid" in said else EstablishmentForm.base_fields[name].to_python(value)
        assert (understood if understood is None else float(understood)) == case.get("file", case["read"]), case


def test_numbers_with_marks_mean_in_files_what_they_mean_on_pages(read):
    for name, cases in json.loads((SHARED / "marked_numbers.json").read_text()).items():
        for case in cases:
            value, _said = read(**{name: case["typed"]}, legal_form="cv")
            assert stored(name, value) == case.get("file", case["stored"]), case


def test_a_name_that_several_places_have_is_the_one_in_the_place_that_the_row_names(read):
    assert read(village="Kembar", district="Kecamatan 2") == ("63.07.02.2003", [])


def test_what_is_not_in_a_short_list_is_refused_with_its_choices(read):
    assert read(legal_form="entahlah") == ("entahlah", ["invalid_choice"])
    assert "Perorangan (PO); UD; CV" in read.told["legal_form"][0].message


WRITTEN = {
    "investment": {
        "Rp 25.000.000,-": 25_000_000, "Rp. 1.250.000,-": 1_250_000, "Rp1.250.000,00": 1_250_000,
        "Rp. 1.250.000.-": 1_250_000, "1,250,000": 1_250_000, "1,250,000.00": 1_250_000, "15 jt": 15_000_000,
        "15jt": 15_000_000, "2,5 juta": 2_500_000, "2.5 juta": 2_500_000, "25 juta rupiah": 25_000_000,
        "Rp 2,5 juta,-": 2_500_000, "± 1,2 M": 1_200_000_000,
        "750 ribu": 750_000, "25.000.000 rupiah": 25_000_000, "'1.250.000,00": 1_250_000,
    },
    "workers_male": {"3 org": 3, "±5 orang": 5, "5 Orang": 5, "sekitar 12": 12, "5 (lima) orang": 5, "3 org.": 3},
    "founded_year": {
        "th 2012": 2012, "±2017": 2017, "Tahun 2012": 2012, "1 Januari 2014": 2014, "01/01/2014": 2014,
    },
}  # fmt: skip
EXACT = {"investment": {"Rp. 1.250.000": 1_250_000, "Rp 1.250.000": 1_250_000}, "founded_year": {"2012": 2012}}


def test_numbers_are_read_as_offices_write_them_with_a_note(read):
    for name, cases in WRITTEN.items():
        for text, value in cases.items():
            assert read(**{name: text}) == (value, [_way(name, text)]), text
    for name, cases in EXACT.items():
        for text, value in cases.items():
            assert read(**{name: text}) == (value, []), text
    assert read(founded_year={"date": "2014-01-01"}) == (2014, ["year_of_day"])


def _way(name, text):
    return "year_of_day" if name == "founded_year" and "2014" in text else "written"


def test_what_could_mean_another_number_is_not_guessed(read):
    for name, texts in {
        "investment": ("1,250", "5-10 juta", "15 jt/bulan", "3 orang", "Rp 1.25.000", "25.000.000,50", "USD 5", "12.5"),
        "workers_male": ("5-10 orang", "2 per hari", "3 + 2", "1,5 orang", "5 10 orang", "125¹", "125①", "10² orang"),
        "founded_year": ("2 ribu", "th dua ribu", "19 98", "199₂"),
        "latitude": ("NaN", "Infinity", "3 lintang", "-3.47²", "-3 47"),
    }.items():
        for text in texts:
            assert read(**{name: text})[1] == ["invalid"], text


def test_figures_are_multiplied_as_their_heading_says_unless_a_cell_says_so_itself(read):
    cases = {12_500: 12_500_000, 12.5: 12_500, "12,5": 12_500, "12.500": 12_500_000, "45 jt": 45_000_000, "-": None}
    for cell, value in cases.items():
        assert read(investment=cell, times=1_000)[0] == value, cell


NOTHING = ("-", "Rp -", "–", "—", "--", ".", "n/a", "N/A", "tidak ada", "Tidak Ada", "nihil", "'-", fit_to_keep("#n/a"))


def test_what_people_write_where_there_is_nothing_is_read_as_nothing(read):
    for name in (
        "nib",
        "email",
        "website",
        "workers_male",
        "investment",
        "as_of",
        "owner_name",
        "address",
        "phone",
        "kbli",
    ):
        for text in NOTHING:
            value, said = read(**{name: text})
            assert (value in (None, ""), said) == (True, ["nothing"]), (name, text)
    assert read(other_kbli="-") == ([], ["nothing"])
    assert read(name="-") == ("", ["nothing"])
    assert read(name="Nihil") == ("Nihil", [])
    assert read(show_on_map="-") == (False, [])


PHONES = {
    81234567890: ("081234567890", ["zero_lost"]), "81252770000": ("081252770000", ["zero_lost"]),
    6281234567890: ("6281234567890", []), "0812 3456 7892 (WA)": ("0812 3456 7892", ["remark_left_out"]),
    "WA: 0812-3456-7892": ("0812-3456-7892", ["remark_left_out"]),
    "0812-3456-7891 / 0813-1111-2222": ("0812-3456-7891", ["several_numbers"]),
    "0812-3456-7891, 0813-1111-2222": ("0812-3456-7891", ["several_numbers"]),
    "0511 - 422546 / 085204880000": ("0511 - 422546", ["several_numbers"]),
    "(0511) 425943, 081230970000": ("(0511) 425943", ["several_numbers"]), "021-5551234": ("021-5551234", []),
    "'+6281234567890": ("+6281234567890", []), "8.52348e+010": ("8.52348e+010", ["shortened"]),
    "8,52E+10": ("8,52E+10", ["shortened"]), "123": ("123", []),
    "081234567890 081311112222": ("081234567890", ["several_numbers"]),
    "(0511) 425943 ext. 12": ("(0511) 425943", ["remark_left_out"]), "0812 3456 789O": ("0812 3456 789O", []),
    "Telp. 0511-425943": ("0511-425943", ["remark_left_out"]),
    # digits in groups of which one begins with 0: a number is never cut there
    "0812 345 678 012/0813 1111 2222": ("0812 345 678 012", ["several_numbers"]),
    "0812 5001 0000 / 0813 2002 0000": ("0812 5001 0000", ["several_numbers"]),
    "0812 5001 0000 0813 2002 0000": ("0812 5001 0000", ["several_numbers"]),
    "0511-477 2012 0812 3456 7890": ("0511-477 2012", ["several_numbers"]),
    "0812 345 678 01234": ("0812 345 678 01234", []), "0812 3456 7890 012 34": ("0812 3456 7890 012 34", []),
    "0812 3456 7892 (WA) 0813 1111 2222": ("0812 3456 7892", ["several_numbers"]),
}  # fmt: skip


def test_telephones_are_read_as_they_stand_in_cells(read):
    for cell, told in PHONES.items():
        assert read(phone=cell) == told, cell


def test_a_cell_of_blanks_without_end_is_read_as_one_with_few_and_given_back_as_it_is(read):
    """As many as a cell of Excel may hold; the other limits allow a file a million of such cells."""
    assert read(phone="0811" + " " * 30_000 + "x")[0] == "0811" + " " * 30_000 + "x"
    assert read(phone="0811 1234567" + " " * 30_000 + "/" + "\n" * 2_000 + "0812 1111 2222")[0] == "0811 1234567"


DAYS = (
    "2025-12-31 00:00:00", "2025-12-31T00:00:00", "2025-12-31T00:00:00Z", "31/12/2025 00:00", "31-Des-25",
    "31-Des-2025", "31 Des 25", "31Des2025", "Rabu, 31 Desember 2025", "Rabu 31 Desember 2025", "tgl. 31/12/2025",
    "tanggal 31 Desember 2025", "31.12.2025", "31/12/25", "'31/12/2025",
)  # fmt: skip


def test_dates_are_read_as_people_write_them(read):
    for text in DAYS:
        assert read(as_of=text) == ("2025-12-31", []), text
    assert read(as_of="31/12/2025 08.30 WITA") == ("2025-12-31", ["time_left_out"])
    assert read(as_of="Desember 2025")[1] == ["invalid"]


CHOICES = {
    "legal_form": {
        "Perseorangan": "perorangan", "PO": "perorangan", "Po": "perorangan", "P.O.": "perorangan", "U.D": "ud",
        "PT. Perorangan": "pt_perorangan", "C.V": "cv", "C.V.": "cv", "Usaha Dagang": "ud",
        "Perorang": "perorangan",
    },
    "branch": {"Sandang & Kulit": "sandang_kulit", "Kerajinan & Aneka": "kerajinan_aneka",
        "SANDANG/KULIT": "sandang_kulit",
    },
}  # fmt: skip


def test_choices_are_known_by_what_offices_call_them_with_a_note(read):
    for name, cases in CHOICES.items():
        for text, key in cases.items():
            assert read(**{name: text}) == (key, ["choice"]), text
    assert read(legal_form="PT") == ("pt", [])
    for text in ("KBLI 13134", "13134 - Batik", "KBLI: 13134"):
        assert read(kbli=text) == ("13134", []), text


@pytest.mark.parametrize(
    ("text", "code"),
    [("6307", "63.07"), ("630701", "63.07.01"), ("63.07.01.2001", "63.07.01.2001"), ("63070", ""), ("Barabai", "")],
)
def test_region_codes_get_their_full_stops(text, code):
    assert dotted(text) == code


def test_texts_are_compared_without_accents_capitals_and_marks():
    assert plain("  CAFÉ   Él: *") == "cafe el"


def test_what_nobody_sees_is_noted_where_it_is_left_out(read):
    for text in ("Ayu\u200b Tenun", "Ayu  Tenun", "\xadAyu"):
        assert read(name=text)[1] == ["untidy"]
    for text in (" Ayu Tenun ", "Ayu\xa0Tenun"):
        assert read(name=text)[1] == ([] if text.isascii() else ["untidy"])


def test_a_code_may_have_its_name_before_it_or_be_on_its_way(read):
    for cell, value, code in (
        ("No. NIB: 9120304857261", "9120304857261", "remark_left_out"),
        ("NIB 9120304857261", "9120304857261", "remark_left_out"),
        ("masih dalam proses", "", "nothing"),
        ("Proses", "", "nothing"),
        ("Belum punya", "", "nothing"),
    ):
        assert read(nib=cell) == (value, [code]), cell
    for cell in ("NIBX 9120304857261", "9120304857261 proses"):
        assert read(nib=cell)[1] == [], cell  # the form refuses it
