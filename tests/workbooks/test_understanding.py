"""What cells mean: numbers, dates, choices and codes as people write them. What is unclear is named, never guessed."""

import json
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from disperin.registers import directory
from disperin.workbooks.columns import tables
from disperin.workbooks.options import dotted, options_of, plain
from disperin.workbooks.understanding import Reader
from industries.forms import EstablishmentForm
from tests.factories import CommodityFactory, DistrictFactory, KbliClassFactory, RegencyFactory, VillageFactory


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

    def read_cells(**cells):
        told = reader.read(list(cells.values()), dict(enumerate(cells)))
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
        ("show_on_map", None, False),
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
        ("workers_male", "lima", "lima", "invalid"),
        ("workers_male", 1.5, "1.5", "invalid"),
        ("workers_male", {"date": "2025-12-31"}, "2025-12-31", "date"),
        ("as_of", "kemarin", "kemarin", "invalid"),
        ("as_of", "12/31/2025", "12/31/2025", "invalid"),
        ("as_of", 45_000, "45000", "invalid"),
        ("show_on_map", "mungkin", "mungkin", "invalid"),
        ("village", "Kembar", "Kembar", "several"),
        ("name", {"flaw": "formula"}, None, "formula"),
        ("name", {"flaw": "error", "text": "#REF!"}, None, "formula_error"),
        ("npwp", {"flaw": "nik"}, None, "personal_number"),
        ("npwp", "1234567890123456", "1234567890123456", "personal_number"),
    ]

    assert [
        (name, cell, found) for name, cell, value, code in unclear if (found := read(**{name: cell})) != (value, [code])
    ] == []


def test_figures_mean_in_files_what_they_mean_on_pages(read):
    cases = json.loads((Path(__file__).parents[1] / "whole_numbers.json").read_text())
    field = EstablishmentForm.base_fields["investment"]

    for case in (one for one in cases if one["language"] == "id"):
        value, said = read(investment=case["typed"])
        try:
            understood = "refused" if said else field.to_python(value)
        except ValidationError:
            understood = "refused"
        assert understood == case["read"], case


def test_a_name_that_several_places_have_is_the_one_in_the_place_that_the_row_names(read):
    assert read(village="Kembar", district="Kecamatan 2") == ("63.07.02.2003", [])


def test_what_is_not_in_the_list_is_left_to_the_form_to_refuse(read):
    assert read(legal_form="persero") == ("persero", [])


@pytest.mark.parametrize(
    ("text", "code"),
    [("6307", "63.07"), ("630701", "63.07.01"), ("63.07.01.2001", "63.07.01.2001"), ("63070", ""), ("Barabai", "")],
)
def test_region_codes_get_their_full_stops(text, code):
    assert dotted(text) == code


def test_texts_are_compared_without_accents_capitals_and_marks():
    assert plain("  CAFÉ   Él: *") == "cafe el"
