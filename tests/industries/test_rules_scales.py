"""The derived sizes, at every edge the regulations name."""

import dataclasses
from datetime import date

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from industries import rules
from industries.rules import BusinessScale, Classification, IndustryScale, StatisticalScale, scales
from industries.rules.scales import _MISSING, _REASONS, PERMENPERIN_64_2016

BILLION = 1_000_000_000
REASONS_OF_64 = ("few_workers_below", "few_workers_from", "many_workers_up_to", "many_workers_above")
COUNTS = st.none() | st.integers(-5, 10_000)
RUPIAH = st.none() | st.integers(-5, 10**15)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("workers", "investment", "scale", "reason"),
    [
        (1, 0, "kecil", "few_workers_below"),
        (19, 999_999_999, "kecil", "few_workers_below"),
        (19, 1_000_000_000, "menengah", "few_workers_from"),
        (19, 20_000_000_000, "menengah", "few_workers_from"),
        (20, 0, "menengah", "many_workers_up_to"),
        (20, 15_000_000_000, "menengah", "many_workers_up_to"),
        (20, 15_000_000_001, "besar", "many_workers_above"),
        (5_000, 10**15, "besar", "many_workers_above"),
    ],
)
def test_the_industry_scale_follows_permenperin_64_2016_at_its_edges(workers, investment, scale, reason):
    result = rules.industry_scale(workers_male=workers, workers_female=0, investment=investment)

    assert result == Classification(scale, "Permenperin 64/2016", reason)


def test_men_and_women_are_counted_together():
    few = rules.industry_scale(workers_male=9, workers_female=10, investment=0)
    many = rules.industry_scale(workers_male=10, workers_female=10, investment=0)

    assert (few.value, many.value) == (IndustryScale.SMALL, IndustryScale.MEDIUM)


@pytest.mark.parametrize(
    ("male", "female", "investment", "reason"),
    [
        (None, None, None, "needs:workers+investment"),
        (None, None, 5, "needs:workers"),
        (3, None, 5, "needs:workers_female"),
        (None, 3, 5, "needs:workers_male"),
        (0, None, 5, "needs:workers_female"),
        (0, 0, 5, "needs:no_workers"),
        (0, 0, None, "needs:no_workers+investment"),
        (3, 2, None, "needs:investment"),
        (25, None, 16 * BILLION, "needs:workers_female"),
        (-1, 3, 5, "needs:workers_male"),
        (3, 3, -1, "needs:investment"),
    ],
)
def test_what_is_missing_makes_an_industry_not_classifiable_and_is_named(male, female, investment, reason):
    result = rules.industry_scale(workers_male=male, workers_female=female, investment=investment)

    assert result == Classification("belum", "Permenperin 64/2016", reason)


@pytest.mark.parametrize(
    ("annual_sales", "scale"),
    [
        (0, "mikro"),
        (2 * BILLION, "mikro"),
        (2 * BILLION + 1, "kecil"),
        (15 * BILLION, "kecil"),
        (15 * BILLION + 1, "menengah"),
        (50 * BILLION, "menengah"),
        (50 * BILLION + 1, "besar"),
    ],
)
def test_annual_sales_decide_the_business_scale_whatever_the_capital(annual_sales, scale):
    result = rules.business_scale(capital=999 * BILLION, annual_sales=annual_sales)

    assert result == Classification(scale, "PP 7/2021 Ps 35", "annual_sales")


@pytest.mark.parametrize(
    ("capital", "scale"),
    [
        (0, "mikro"),
        (BILLION, "mikro"),
        (BILLION + 1, "kecil"),
        (5 * BILLION, "kecil"),
        (5 * BILLION + 1, "menengah"),
        (10 * BILLION, "menengah"),
        (10 * BILLION + 1, "besar"),
    ],
)
def test_capital_decides_where_the_annual_sales_are_not_known(capital, scale):
    result = rules.business_scale(capital=capital, annual_sales=None)

    assert result == Classification(scale, "PP 7/2021 Ps 35", "capital")


def test_without_sales_and_capital_a_business_is_not_classifiable():
    result = rules.business_scale(capital=None, annual_sales=None)

    assert result == Classification(BusinessScale.UNKNOWN, "PP 7/2021 Ps 35", "needs:annual_sales_or_capital")


@pytest.mark.parametrize(
    ("male", "female", "scale"),
    [
        (1, 0, "mikro"),
        (2, 2, "mikro"),
        (5, 0, "kecil"),
        (9, 10, "kecil"),
        (20, 0, "sedang"),
        (99, 0, "sedang"),
        (0, 100, "besar"),
    ],
)
def test_the_statistical_scale_follows_the_classes_of_bps(male, female, scale):
    result = rules.statistical_scale(male, female)

    assert result == Classification(scale, "BPS", "workers")


@pytest.mark.parametrize(
    ("male", "female", "reason"),
    [
        (None, None, "needs:workers"),
        (4, None, "needs:workers_female"),
        (None, 4, "needs:workers_male"),
        (0, 0, "needs:no_workers"),
    ],
)
def test_a_missing_count_leaves_the_statistical_scale_open(male, female, reason):
    result = rules.statistical_scale(male, female)

    assert result == Classification(StatisticalScale.UNKNOWN, "BPS", reason)


@settings(deadline=None)
@given(male=COUNTS, female=COUNTS, investment=RUPIAH, capital=RUPIAH, sales=RUPIAH)
def test_every_answer_is_a_choice_fits_its_column_and_can_be_explained(male, female, investment, capital, sales):
    answers = [
        (IndustryScale, rules.industry_scale(workers_male=male, workers_female=female, investment=investment)),
        (BusinessScale, rules.business_scale(capital=capital, annual_sales=sales)),
        (StatisticalScale, rules.statistical_scale(male, female)),
    ]

    for choices, answer in answers:
        assert answer.value in choices.values
        assert type(answer.value) is str
        assert len(answer.rule_set) <= rules.RULE_SET_LENGTH
        assert len(answer.reason) <= rules.REASON_LENGTH
        assert rules.explain(answer.reason) not in ("", answer.reason)


@settings(deadline=None)
@given(workers=st.integers(1, 10_000), investment=st.integers(0, 10**15), more=st.integers(0, 10**12))
def test_more_investment_never_makes_an_industry_smaller(workers, investment, more):
    order = [IndustryScale.SMALL, IndustryScale.MEDIUM, IndustryScale.LARGE]

    before = rules.industry_scale(workers_male=workers, workers_female=0, investment=investment)
    after = rules.industry_scale(workers_male=workers, workers_female=0, investment=investment + more)

    assert order.index(after.value) >= order.index(before.value)


COUNTED = dataclasses.replace(PERMENPERIN_64_2016, medium_without_land=False)


def test_each_class_has_a_switch_for_land_and_building():
    def found(workers, investment, land, limits):
        return rules.industry_scale(
            workers_male=workers, workers_female=0, investment=investment, land_building_value=land, limits=limits
        )[::2]

    assert found(25, 15 * BILLION, BILLION, PERMENPERIN_64_2016) == ("menengah", "many_workers_up_to")
    assert found(25, 15 * BILLION, 0, COUNTED) == ("menengah", "many_workers_up_to+land")
    assert found(25, 15 * BILLION, 1, COUNTED) == ("besar", "many_workers_above+land")
    assert found(25, 15 * BILLION, None, COUNTED) == ("belum", "needs:land_building_value")
    assert found(19, BILLION - 1, BILLION, COUNTED) == ("kecil", "few_workers_below")  # the switch of another class


def test_an_explanation_says_which_words_were_read_and_adds_none_to_the_rule():
    words = "tidak termasuk tanah dan bangunan tempat usaha"
    told = {reason: rules.explain(reason) for reason in (*REASONS_OF_64, "many_workers_above+land")}

    for reason, text in told.items():
        limits = text.split(". ")[0]
        assert "land" not in limits, reason  # the limits as the table has them
    assert words in told["few_workers_below"]
    assert "found only in the definition of small industry" in told["many_workers_above"]
    assert told["many_workers_above+land"].endswith("Counted with land and building.")


def test_the_rule_of_a_day_is_the_last_that_began(monkeypatch):
    later = dataclasses.replace(PERMENPERIN_64_2016, rule_set="Contoh 2027", since=date(2027, 3, 1))
    monkeypatch.setattr(scales, "INDUSTRY_RULES", (PERMENPERIN_64_2016, later))

    days = [date(2015, 1, 1), date(2027, 2, 28), date(2027, 3, 1)]
    found = [rules.industry_rules_on(day).rule_set for day in days]

    assert found == ["Permenperin 64/2016", "Permenperin 64/2016", "Contoh 2027"]


def test_an_explanation_names_all_that_is_missing():
    with translation.override("en"):
        text = rules.explain("needs:workers_female+investment")

    assert text == (
        "Not yet classifiable. Still needed: the number of female workers; the investment without land and building."
    )


@pytest.mark.parametrize("code", [*_REASONS, *(f"needs:{code}" for code in _MISSING)])
def test_every_reason_has_words(code):
    with translation.override("en"):
        text = rules.explain(code)

    assert text.endswith(".")
    assert text != code
    assert "needs:" not in text


@pytest.mark.parametrize("code", ["", "a_reason_of_a_later_version"])
def test_an_unknown_reason_comes_back_as_it_is(code):
    assert rules.explain(code) == code
