"""Names of places are known however people write them."""

from disperin.regions.gazetteer import Gazetteer, words_of
from disperin.regions.models import District, Regency

REGENCIES = [
    Regency(pk="1", name="Kabupaten Hulu Danau", capital="Muara"),
    Regency(pk="2", name="Kota Danau", capital="Danau"),
    Regency(pk="3", name="Kabupaten Kotabesar", capital="Batu Licin"),
]
DISTRICTS = [
    District(pk="1.1", name="Muara Utara", regency_id="1"),
    District(pk="1.2", name="Muara Selatan", regency_id="1"),
    District(pk="1.3", name="Sungai Satu", regency_id="1"),
    District(pk="3.1", name="Batulicin", regency_id="3"),
    District(pk="3.2", name="Sungai Dua", regency_id="3"),
]


def named(text):
    found = Gazetteer(REGENCIES, DISTRICTS).named(words_of(text))
    return sorted(found.regencies), sorted(found.districts)


def test_a_regency_is_known_with_and_without_its_kind_together_and_apart():
    for text in ("Hulu Danau", "kabupaten hulu danau", "Kab. Hulu Danau", "huludanau", "hulu danau regency"):
        assert named(text) == (["1"], []), text
    for text in ("kotabesar", "Kota Besar", "kabupaten kotabesar"):
        assert named(text) == (["3"], []), text
    assert named("kota danau") == named("danau") == (["2"], [])


def test_a_capital_is_its_regency_and_the_districts_called_so():
    assert named("batu licin") == named("Batulicin") == (["3"], ["3.1"])
    assert named("muara") == (["1"], ["1.1", "1.2"])


def test_a_word_that_begins_districts_far_apart_is_no_place():
    assert named("sungai") == named("keripik") == ([], [])


def test_a_misspelled_place_is_meant_for_the_likest():
    gazetteer = Gazetteer(REGENCIES, DISTRICTS)

    assert gazetteer.spelled_like("batulicn") == "batulicin"
    assert gazetteer.spelled_like("keripik") == gazetteer.spelled_like("dan") == ""
