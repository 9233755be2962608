"""Figures as offices write them: read on pages as in files, or left to be refused; never another value by guessing."""

from django.utils.translation import override

from disperin.registers.values.fields import Decimal, Degrees, Typed, WholeNumber
from disperin.registers.values.posted import understood
from disperin.registers.values.spelled_out import number_in_words, words_of
from disperin.registers.values.written import AsRead
from disperin.ui.forms import YEAR_BOX
from disperin.workbooks.tables.figures import number_in

PEOPLE, MONEY, YEAR = WholeNumber(), WholeNumber(prefix="Rp"), WholeNumber(widget=YEAR_BOX)
LATITUDE, LONGITUDE = Degrees(min_value=-90, max_value=90), Degrees(min_value=-180, max_value=180)
READ = (
    (MONEY, "15 jt", 15_000_000),
    (MONEY, "Rp 25 juta", 25_000_000),
    (MONEY, "2,5 juta", 2_500_000),
    (MONEY, "2.5 juta", 2_500_000),
    (MONEY, "± 1,2 M", 1_200_000_000),
    (MONEY, "25.000.000 rupiah", 25_000_000),
    (PEOPLE, "3 org", 3),
    (PEOPLE, "±5 orang", 5),
    (PEOPLE, "5 (lima) orang", 5),
    (PEOPLE, "25 (dua puluh lima orang)", 25),
    (PEOPLE, "112 (seratus dua belas) org", 112),
    (MONEY, "Rp 5 juta (lima juta rupiah)", 5_000_000),
    (MONEY, "5 (lima) juta", 5_000_000),
    (MONEY, "Rp 1.250.000,- (satu juta dua ratus lima puluh ribu rupiah)", 1_250_000),
    (MONEY, "Rp 11.000 (sebelas ribu)", 11_000),
    (PEOPLE, "1.250 pcs", 1_250),
    (MONEY, "1.250.000,- rupiah", 1_250_000),
    (MONEY, "Rp 1.250.000;-", 1_250_000),
    (MONEY, "Rp 1.250.000,00-", 1_250_000),
    (MONEY, "15.Jt", 15_000_000),
    (MONEY, "1 jt 500 rb", 1_500_000),
    (MONEY, "Rp 1 M dan 250 juta rupiah", 1_250_000_000),
    (MONEY, "lima belas juta rupiah", 15_000_000),
    (MONEY, "Rp 500.000.000 (perkiraan)", 500_000_000),
    (PEOPLE, "seribu dua ratus lima puluh", 1_250),
    (PEOPLE, "dua orang", 2),
    (PEOPLE, "5 orang tenaga kerja", 5),
    (PEOPLE, "5 TK", 5),
    (PEOPLE, "10 orang,", 10),
    (YEAR, "sejak tahun 2012", 2012),
    (YEAR, "Mei 2012", 2012),
    (YEAR, "05/2012", 2012),
    (YEAR, "th 2012", 2012),
    (YEAR, "1 Januari 2014", 2014),
    (Decimal(), "2,5 ha", 2.5),
    (LATITUDE, "2°35'12\" LS", -2.586667),
    (LATITUDE, "2º 35’ 12,6” LS", -2.586833),
    (LATITUDE, "S 2° 35'", -2.583333),
    (LATITUDE, "2,587654 LS", -2.587654),
    (LATITUDE, "-2.58 LS", -2.58),
    (LATITUDE, "2.58° lintang selatan", -2.58),
    (LONGITUDE, "115°23'10'' BT", 115.386111),
    (LONGITUDE, "E115.38", 115.38),
)
UNCLEAR = (
    (PEOPLE, "12,000 kg"),
    (PEOPLE, "1,5 orang"),
    (PEOPLE, "3 atau 4 orang"),
    (PEOPLE, "5 (enam) orang"),
    (PEOPLE, "5 (lima belas) orang"),
    (PEOPLE, "10 (dua perempuan)"),
    (MONEY, "Rp 5 (lima juta)"),
    (MONEY, "Rp 1.250.000 (seratus dua puluh lima ribu)"),
    (PEOPLE, "dua tiga orang"),
    (PEOPLE, "lima satu"),
    (PEOPLE, "dua juta kain"),
    (MONEY, "1 jt 500 jt"),
    (MONEY, "500 rb 1 jt"),
    (MONEY, "1 jt 5000 rb"),
    (MONEY, "2,5 juta per bulan"),
    (MONEY, "1.250.000,- per bulan"),
    (MONEY, "5 - 10 juta"),
    (YEAR, "Jan-12"),
    (YEAR, "13/2012"),
    (YEAR, "2012/2013"),
    (YEAR, "dua ribu dua belas"),
    (PEOPLE, "5%"),
    (MONEY, "25 persen"),
    (PEOPLE, "1,2 M"),
    (MONEY, "25 juta orang"),
    (MONEY, "1.5"),
    (YEAR, "2 ribu"),
    (LATITUDE, "3 km"),
    (LATITUDE, "115°23'10\" BT"),
    (LONGITUDE, "2°35'12\" LS"),
    (LATITUDE, "-2.58 LU"),
    (LATITUDE, "2°75' LS"),
    (LATITUDE, "2,5°30' LS"),
    (LATITUDE, "2 35 12"),
    (LATITUDE, "2o"),
    (LATITUDE, "2o LS"),
    (LATITUDE, "2°35'12\""[:-1]),
    (LATITUDE, "-2.58, 115.38"),
)


def test_a_figure_in_words_is_read_on_pages_as_in_files_and_keeps_what_was_typed():
    for field, text, number in READ:
        value = understood(field, text)
        assert (type(value), float(value), value.typed) == (AsRead, number, text), text
        assert float(field.clean(value)) == number
        assert number_in(field, text)[0] == number, text


def test_what_can_be_read_in_two_ways_or_is_no_figure_of_the_field_is_left_to_be_refused():
    for field, text in UNCLEAR:
        assert type(understood(field, text)) is Typed, text


def test_wide_figures_are_read_as_they_look():
    for field, text, number in ((PEOPLE, "１２５", 125), (Decimal(), "１２，５", 12.5), (LATITUDE, "－２.５８", -2.58)):
        assert float(field.clean(understood(field, text))) == number, text


def test_what_needs_no_words_is_no_reading():
    for text in ("25000000", "25.000.000", "Rp 12.500.000,-"):
        assert type(understood(MONEY, text)) is str


def test_english_pages_read_english_figures_and_nothing_that_an_indonesian_reads_otherwise():
    with override("en"):
        for field, text, number in (
            (PEOPLE, "1,250 people", 1_250),
            (MONEY, "2.5 juta", 2_500_000),
            (MONEY, "IDR 15 juta", 15_000_000),
        ):
            assert float(understood(field, text)) == number, text
        for field, text in (
            (PEOPLE, "1.250 people"),
            (MONEY, "2,500 juta"),
            (MONEY, "2.500 juta"),
            (MONEY, "2,5 juta"),
        ):
            assert type(understood(field, text)) is Typed, text


def test_a_number_in_words_is_read_only_as_it_is_spelled():
    for number, words in (
        (1, "satu"), (10, "sepuluh"), (11, "sebelas"), (19, "sembilan belas"), (20, "dua puluh"), (100, "seratus"),
        (1_001, "seribu satu"), (21_000, "dua puluh satu ribu"), (1_000_000, "satu juta"),
        (2_500_000_000, "dua miliar lima ratus juta"),
    ):  # fmt: skip
        assert (words_of(number), number_in_words(words)) == (words, number)
    for words in ("", "nol", "dua tiga", "satu puluh", "puluh", "dua ribu tiga ribu", "kain", "dua kain"):
        assert number_in_words(words) is None, words


def test_below_a_heading_in_millions_a_number_in_words_is_of_millions_unless_it_names_its_scale():
    for text, number in (("dua", 2_000_000), ("dua juta", 2_000_000), ("lima ratus ribu", 500_000)):
        assert number_in(MONEY, text, times=1_000_000)[0] == number, text
