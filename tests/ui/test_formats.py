"""Figures, money, days and times in both languages."""

import datetime
from decimal import Decimal

import pytest
from django.utils.translation import override

from disperin.ui import formats

WITA = datetime.timezone(datetime.timedelta(hours=8))
AFTERNOON = datetime.datetime(2026, 11, 22, 14, 32, tzinfo=WITA)


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1000, "1.000", "1,000"),
        (Decimal("1234567.89"), "1.234.567,89", "1,234,567.89"),
        (Decimal("12.50"), "12,5", "12.5"),
        (-4500, "-4.500", "-4,500"),
        (None, "–", "–"),
        ("", "–", "–"),
        ("belum diisi", "belum diisi", "belum diisi"),
    ],
)
def test_figures_are_grouped_as_the_language_does(value, indonesian, english):
    with override("id"):
        assert formats.number(value) == indonesian
    with override("en"):
        assert formats.number(value) == english


def test_a_figure_can_have_fixed_decimals_rounded_half_up():
    with override("id"):
        assert formats.number(Decimal("2.345"), 2) == "2,35"
        assert formats.number(12, 1) == "12,0"


@pytest.mark.parametrize(
    ("share", "decimals", "shown"),
    [
        (0, 0, "0"),
        (100, 0, "100"),
        (62.5, 0, "63"),
        (0.5, 0, "1"),
        (100 / 300, 0, "0,3"),  # not nothing
        (0.04, 1, "0,04"),
        (99.6, 0, "99,6"),  # not all
        (100 * 2999 / 3000, 1, "99,97"),
        (12.5, 1, "12,5"),
        (None, 0, "–"),
    ],
)
def test_a_share_reads_as_nothing_or_all_only_where_it_is(share, decimals, shown):
    with override("id"):
        assert formats.percent(share, decimals) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("103.2885"), "103,29"),
        (Decimal("103.2850"), "103,29"),
        (Decimal("103.5000"), "103,5"),
        (Decimal("1054.0000"), "1.054"),
        (Decimal("0.0050"), "0,01"),
        (Decimal("0.0049"), "0,0049"),  # not nothing
        (Decimal("0.0000"), "0"),
        (None, "–"),
    ],
)
def test_what_was_computed_has_at_most_two_decimals_and_never_reads_as_nothing(value, shown):
    with override("id"):
        assert formats.computed(value) == shown


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (0, "Rp 0", "IDR 0"),
        (999_000, "Rp 999.000", "IDR 999,000"),
        (1_000_000, "Rp 1 juta", "IDR 1 million"),
        (999_994_999, "Rp 999,99 juta", "IDR 999.99 million"),
        (999_999_999, "Rp 1 miliar", "IDR 1 billion"),
        (1_250_000_000, "Rp 1,25 miliar", "IDR 1.25 billion"),
        (15_000_000_000, "Rp 15 miliar", "IDR 15 billion"),
        (10**15, "Rp 1.000 triliun", "IDR 1,000 trillion"),
        (None, "–", "–"),
    ],
)
def test_rupiah_are_short_in_prose(value, indonesian, english):
    with override("id"):
        assert formats.rupiah(value) == indonesian
    with override("en"):
        assert formats.rupiah(value) == english


def test_rupiah_in_full_keep_every_digit():
    with override("id"):
        assert formats.rupiah_full(1_250_000_001) == "Rp 1.250.000.001"
    with override("en"):
        assert formats.rupiah_full(1_250_000_001) == "IDR 1,250,000,001"


@pytest.mark.parametrize(("count", "shown"), [(0, "0"), (1000, "1.000"), (1001, "1.000+"), (None, "–")])
def test_a_count_that_stopped_at_a_thousand_says_so(count, shown):
    with override("id"):
        assert formats.capped(count) == shown


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("12000", 12000),
        ("12.000", 12000),
        (" 1.234.567 ", 1234567),
        ("Rp 1.250.000", 1250000),
        ("-5", -5),
        ("1.234,5", Decimal("1234.5")),
        ("0,25", Decimal("0.25")),
    ],
)
def test_what_is_typed_in_indonesian_is_read_exactly(typed, understood):
    with override("id"):
        assert formats.parse_number(typed) == understood


@pytest.mark.parametrize(
    "typed", ["1.5", "1,234.5", "12.00", "1..000", "dua", "", "1e9", "9" * 401, "\x00", "٣", "5 10", "1 2,5", "12²"]
)
def test_what_could_be_misread_is_refused(typed):
    with override("id"), pytest.raises(ValueError, match="."):
        formats.parse_number(typed)


def test_english_pages_read_english_figures():
    with override("en"):
        assert formats.parse_number("12,000") == 12000
        assert formats.parse_number("1.5") == Decimal("1.5")


def test_days_and_times_are_written_in_both_languages():
    with override("id"):
        assert formats.day(AFTERNOON) == "22 November 2026"
        assert formats.day(datetime.date(2026, 8, 1)) == "1 Agustus 2026"
        assert formats.clock(AFTERNOON) == "14.32 WITA"
        assert formats.moment(AFTERNOON) == "22 November 2026, 14.32 WITA"
    with override("en"):
        assert formats.day(datetime.date(2026, 8, 1)) == "1 August 2026"
        assert formats.clock(AFTERNOON) == "14:32 WITA"


def test_a_moment_late_in_utc_belongs_to_the_next_day_here():
    late = datetime.datetime(2026, 11, 22, 16, 30, tzinfo=datetime.UTC)

    with override("id"):
        assert formats.moment(late) == "23 November 2026, 00.30 WITA"


@pytest.mark.parametrize(
    ("passed", "shown"),
    [
        (datetime.timedelta(seconds=59), "baru saja"),
        (datetime.timedelta(seconds=60), "1 menit lalu"),
        (datetime.timedelta(minutes=59, seconds=59), "59 menit lalu"),
        (datetime.timedelta(hours=1), "1 jam lalu"),
        (datetime.timedelta(hours=23, minutes=59), "23 jam lalu"),
        (datetime.timedelta(days=1), "1 hari lalu"),
        (datetime.timedelta(days=30), "30 hari lalu"),
        (datetime.timedelta(days=31), "22 Oktober 2026"),
        (datetime.timedelta(minutes=-5), "22 November 2026, 14.37 WITA"),
    ],
)
def test_an_age_is_told_in_words_until_a_month_has_passed(passed, shown):
    with override("id"):
        assert formats.age(AFTERNOON - passed, now=AFTERNOON) == shown
