"""A misspelled search finds what is spelled like it."""

from disperin.registers.models import KnownWord
from disperin.registers.pairing.search import asked_of, rivals_of
from disperin.registers.record import known_words
from industries.filters import EstablishmentFilter
from industries.models import Establishment
from tests.factories import CommodityFactory, an_establishment


def similar(text, **others):
    asked = EstablishmentFilter({"q": text, **others}, queryset=Establishment.objects.current())
    assert asked.form.is_valid(), asked.form.errors
    nearest = asked.similar()
    return [one.name for one in nearest.rows] if nearest else []


def test_sasirngan_finds_sasirangan(db):
    CommodityFactory()
    an_establishment(name="Pewarna Alam", commodities=["sasirangan"])
    an_establishment(name="Dodol Kandangan")

    assert similar("sasirngan") == ["Pewarna Alam"]


def test_every_word_that_is_searched_for_must_be_alike(db):
    an_establishment(name="Dodol Kandangan")
    an_establishment(name="Dodol Barabai")

    assert similar("dodl kandngan") == ["Dodol Kandangan"]
    assert similar("zzzzzz qqqqqq") == []


def test_a_word_that_nothing_holds_is_left_out_and_said(db):
    an_establishment(name="Dodol Kandangan")
    asked = EstablishmentFilter({"q": "dodl zzzzzz"}, queryset=Establishment.objects.current())
    assert asked.form.is_valid()

    nearest = asked.similar()

    assert ([one.name for one in nearest.rows], nearest.left_out) == (["Dodol Kandangan"], ("zzzzzz",))


def test_the_other_filters_still_narrow(db):
    an_establishment(name="Dodol Kandangan", branch="pangan")

    assert similar("kandngan", branch="pangan") == ["Dodol Kandangan"]
    assert similar("kandngan", branch="sandang_kulit") == []


def test_a_word_is_as_like_after_a_search_for_duplicates_in_the_same_transaction(db):
    record = an_establishment(name="Kerupuk Kandangan")
    rivals_of(Establishment)([asked_of(record)])  # which wants names to be much more alike

    assert known_words.spellings(["establishments"], ["krupuk"]) == {"krupuk": ["kerupuk"]}


def test_the_words_of_bulk_rows_are_those_that_the_verbs_would_have_remembered(db):
    an_establishment(name="Dodol Kandangan 12 B")
    kept = set(KnownWord.objects.filter(register="establishments").values_list("word", flat=True))
    KnownWord.objects.all().delete()

    known_words.remember_all("establishments", Establishment)

    assert set(KnownWord.objects.values_list("word", flat=True)) == kept
