"""The samples of a province: read once, and what is wrong with them is told with the file."""

import dataclasses
import datetime
import re

import pytest
from django.conf import settings

from disperin.accounts.models import User
from disperin.setup import sample
from disperin.setup.sample import sample_file
from industries.models import Commodity, Establishment, HalalDuty
from industries.rules import Branch, HalalCategory, status_on


@pytest.fixture
def written(tmp_path, settings):
    """A province whose samples are this text; None for none."""

    def write(text):
        settings.PROVINCE = dataclasses.replace(settings.PROVINCE, folder=tmp_path)
        if text is not None:
            (tmp_path / sample_file.FILE).write_text(text)

    return write


@pytest.mark.django_db
def test_every_craft_and_the_zone_name_what_the_portal_knows(reference):
    read = sample_file.read()

    commodities = set(Commodity.objects.values_list("key", flat=True))
    assert {craft.commodity for craft in read.crafts} - commodities == {""}
    assert set(read.zone.commodities) <= commodities
    assert {craft.branch for craft in read.crafts} == set(Branch)
    assert read.groups["sasirangan"] == "batik"
    assert read.home == settings.PROVINCE.example.regency


@pytest.mark.django_db
def test_a_boat_or_a_door_frame_of_the_sample_is_never_overdue(reference):
    read, duties = sample_file.read(), list(HalalDuty.objects.all())
    of_use = {good for craft in read.crafts if craft.halal == HalalCategory.USED_GOODS for good, _unit in craft.goods}
    states = {}
    for answer in (":no", "", ":yes"):
        asked = {
            "halal_class": f"barang_gunaan{answer}",
            "business_scale": "mikro",
            "certificates": [],
            "duties": duties,
        }
        states[answer] = {
            status_on(datetime.date(*on), **asked).state for on in ((2026, 10, 17), (2026, 10, 18), (2040, 1, 1))
        }

    assert set(read.of_animals) < of_use
    assert not [
        good for good in read.of_animals if re.search("kayu|pintu|perahu|jukung|kapal|besi", good, re.IGNORECASE)
    ]
    assert states == {":no": {"not_obliged"}, "": {"unknown"}, ":yes": {"due", "overdue"}}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("craft = 1", "sample.toml cannot be read"),
        ("craft = ", "sample.toml cannot be read"),
        ('[[craft]]\nbranch = "?"', "sample.toml cannot be read: '\\?' is not a valid Branch"),
        ("home = '99.01'\n[[craft]]\nbranch = 'pangan'", "sample.toml cannot be read: .*missing.*'kbli'"),
    ],
)
def test_a_wrong_file_is_told(written, text, told):
    written(text)

    with pytest.raises(sample_file.WrongSample, match=told):
        sample_file.read()


@pytest.mark.django_db
def test_a_province_without_samples_gets_its_accounts_and_says_so(reference, written):
    written(None)
    said = []

    sample.load(establishments=5, seed=7, say=said.append)

    assert said[-1].endswith("has no sample.toml: the registers stay empty")
    assert not Establishment.objects.exists()
    assert User.objects.get(username="kadis").check_password("portal-demo")
    assert "password portal-demo" in sample.accounts()
    assert "petugas.6307" in sample.accounts()
