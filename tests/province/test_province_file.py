"""The file of a province says what is its own; what is wrong with it is told with file, key, value and remedy."""

import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from disperin import province
from disperin.ui.motif import STRIPES

OTHER = Path(__file__).parent / "99"
KNOWN = settings.BASE_DIR / "data" / "province"


@pytest.fixture
def changed(tmp_path):
    """A copy of the second province, of whose file one piece is written otherwise."""

    def change(old, new):
        folder = tmp_path / "copy"
        shutil.copytree(OTHER, folder, dirs_exist_ok=True)
        text = (OTHER / province.FILE).read_text()
        assert old in text
        (folder / province.FILE).write_text(text.replace(old, new, 1))
        return folder

    return change


def test_the_environment_names_a_province_by_code_or_by_folder():
    chosen = [
        province.chosen(environment, KNOWN).code
        for environment in (
            {}, {"PROVINCE": ""}, {"PROVINCE": "63"}, {"PROVINCE_DIR": str(OTHER)},
            {"PROVINCE": "99", "PROVINCE_DIR": str(OTHER)},
        )
    ]  # fmt: skip

    assert chosen == ["63", "63", "63", "99", "99"]
    built_for = {
        "IMAGE_PROVINCE": OTHER.name
    }  # an image says for which it was built, and an empty name takes that away
    assert [province.chosen(built_for | one, OTHER.parent).code for one in ({}, {"PROVINCE": ""})] == ["99", "99"]
    assert province.chosen({"IMAGE_PROVINCE": "63", "PROVINCE_DIR": str(OTHER)}, KNOWN).code == "99"
    for environment, told in (
        ({"PROVINCE": "64"}, "PROVINCE is 64, and .*Name one of 63"),
        ({"PROVINCE": "../63"}, "PROVINCE is ../63, and .*Name one of 63"),
        ({"PROVINCE": "63", "PROVINCE_DIR": str(OTHER)}, "holds province 99. Leave PROVINCE out"),
        ({"PROVINCE_DIR": str(OTHER / "none")}, "none lacks province.toml, regencies.csv"),
    ):
        with pytest.raises(province.WrongProvince, match=told):
            province.chosen(environment, KNOWN)


def test_its_texts_are_in_the_language_of_the_reader():
    read = province.read(OTHER)

    assert (str(read), read.portal) == ("Pulau Rekaan", "Portal Industri Pulau Rekaan")
    with translation.override("en"):
        assert (str(read), read.portal) == ("Invented Island", "Industry portal of Invented Island")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('code = "99"', "code = 99", r"province.toml: code = 99 does not fit. Write the two digits"),
        ('code = "99"\n', "", r"code is missing. Write the two digits"),
        ('code = "99"', 'code = "99', r"province.toml is no TOML file in UTF-8"),
        ('en = "Invented Island"', 'de = "Insel"', r"name.en is missing. Write the text in Indonesian"),
        ('"Asia/Jayapura"', '"Asia/Nowhere"', r"time_zone = 'Asia/Nowhere' is no time zone. Write one of the IANA"),
        ("[-8.0,", "[8.0,", r"bounding_box = .* is no box. Write south, west, north, east"),
        ('regency = "99.01"', 'regency = "63.07"', r"example.regency = '63.07' does not fit. .* such as 99.01"),
        ('brand = "#7a1f1f"', 'brand = "maroon"', r"colours.light.brand = 'maroon' does not fit. .*#rrggbb"),
        ('"teeth"', '"dots"', r"motif.stripes = .* cannot be drawn. Write one or more of waves, lozenges"),
        ('"#7a1f1f", "#551414"', '"#7a1f1f"', r"motif.palettes = .* A palette is four colours"),
        ('short = "Dis', 'email = "no address"\nshort = "Dis', r"office.email = 'no address' does not fit. .*e-mail"),
        ('short = "Dis', 'hours = "08.00"\nshort = "Dis', r"office.hours = '08.00' is no table"),
        ('short = "Dis', 'licence_address = "https://a"\nshort = "Dis', r"office.licence stands alone"),
        ("[motif]", "[motif]\ncolour = 1", r"motif.colour = 1 is not known here. Known are palettes, stripes"),
        ("[motif]", "[motive]", r"motif is missing. Write a table \[motif\]"),
    ],
)
def test_a_wrong_value_is_told_with_its_remedy(changed, old, new, told):
    with pytest.raises(province.WrongProvince) as refused:
        province.read(changed(old, new))

    assert re.search(told, str(refused.value)), refused.value


def test_the_motif_draws_every_stripe_that_a_province_may_name():
    assert set(STRIPES) == set(province.STRIPES)


def test_the_commodities_of_the_downstream_chains_are_those_of_the_province(changed):
    def written(key):
        return changed("[office]", f'[downstream]\n{key} = {{ id = "Lada", en = "Pepper" }}\n\n[office]')

    assert province.read(OTHER).downstream == {}
    assert [str(one) for one in province.read(written("lada")).downstream.values()] == ["Lada"]
    assert [*settings.PROVINCE.downstream] == ["karet", "sawit", "perikanan_tambak", "batu_bara", "bijih_besi"]
    with pytest.raises(province.WrongProvince, match=re.escape("downstream.Lada Putih")):
        province.read(written('"Lada Putih"'))
