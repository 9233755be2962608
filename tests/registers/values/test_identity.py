"""A person's number is found however it is written, and nothing else is taken for one."""

from calendar import monthrange

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from disperin.registers.values.identity import HIDDEN, PROVINCES, find_nik, hide_personal_numbers


@st.composite
def niks(draw):
    """A number that follows the rule of Dukcapil: PPRRSS DDMMYY XXXX, women with 40 added to the day."""
    province = draw(st.sampled_from(sorted(PROVINCES)))
    place = draw(st.integers(0, 9999))
    year = draw(st.integers(0, 99))
    month = draw(st.integers(1, 12))
    serial = draw(st.integers(1, 9999 if year > 2 else 99))  # as later ones of 2000 to 2002 blocks of BPS may look
    day = draw(st.integers(1, monthrange(1900 + year, month)[1])) + draw(st.sampled_from([0, 40]))
    return f"{province:02}{place:04}{day:02}{month:02}{year:02}{serial:04}"


NIK = "6307011411900001"


@pytest.mark.parametrize(
    "text",
    [
        NIK,
        f"NIK: {NIK}.",
        f"KTP_{NIK}.jpg",
        f"'{NIK}",
        f"{NIK}.0",
        f"{NIK},08123456789",
        f"0812 3456 7890 {NIK} 71311",
        "6307 0114 1190 0001",
        "6307-0114-1190-0001",
        "6307.0114.1190.0001",
        "630701 141190 0001",
        "630701-141190-0001",
        "63.07.01.141190.0001",
        "63 07 01 14 11 90 0001",
        "630701 14-11-90 0001",
        "6 3 0 7 0 1 1 4 1 1 9 0 0 0 0 1",
        "630701141190 0001",
        "63070114 11900001",
        "6307 - 0114 - 1190 - 0001",
        "6307\u00a00114\u20111190\u20130001",
        "6307\u200b0114\u00ad11900001",
        "６３０７０１１４１１９００００１",
        "٦٣٠٧٠١١٤١١٩٠٠٠٠١",
        "6307/0114/1190/0001",
        "6307, 0114, 1190, 0001",
        "6307:0114:1190:0001",
        "6307|0114|1190|0001",
        "6307_0114_1190_0001",
        "630701;141190;0001",
        "63/07/01/141190/0001",
        "63/07/01/14/11/90/0001",
        "63.07.01/141190.0001",
        "(6307) (0114) (1190) (0001)",
        "6307 (0114) 1190 (0001)",
        "[6307][0114][1190][0001]",
        "630701{141190}0001",
        "630701141190/0001",
        "NIK 6307/0114/1190/0001, HP 0812 3456 7890",
        "0812 3456 7890 / 6307 / 0114 / 1190 / 0001",
        "6,307011411900001E+15",
        "6.307011411900001E+15",
        "6.307011411900001e15",
        f"{NIK}000001",
        "Ali 6307 0114 1190 0001 0812 3456 7890",
        f"line one\n{NIK}\nline three",
    ],
)
def test_a_nik_is_found_however_it_is_written(text):
    assert find_nik(text) == NIK


@pytest.mark.parametrize(
    "nik",
    [
        "6307015411900001",  # a woman: day 14 + 40
        "6307017112900001",  # the last day a woman can have
        "9202010101900001",  # Papua Barat Daya and its neighbours, which python-stdnum refuses
        "9601013112990001",
        "3171012902000001",  # 29 February of 2000, not of 1900
        "3171012902960001",
        "1101010101009999",
    ],
)
def test_every_kind_of_true_nik_is_found(nik):
    assert find_nik(nik) == nik


@pytest.mark.parametrize(
    "digits",
    [
        "6307013211900001",  # day 32
        "6307014011900001",  # day 40 is nobody's
        "6307017211900001",  # day 72
        "6307018111900001",  # day 81, which python-stdnum accepts
        "6307010011900001",
        "6307011413900001",  # month 13
        "6307011400900001",
        "6307013104900001",  # 31 April
        "6307012902970001",  # no leap year in either century
        "6307011411900000",  # serial 0000
        "2007011411900001",  # no such province
        "0307011411900001",
        "1000000012345678",  # the tax number of a company since Coretax
        "6607011411900001",
        "9907011411900001",
    ],
)
def test_sixteen_digits_that_break_the_rule_are_no_nik(digits):
    assert find_nik(digits) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "6307011411900",  # NIB, 13 digits
        "NIB 1311141190001, NPWP 01.312.166.0-091.000",
        "63.070.114.1-190.000",  # NPWP, 15 digits
        "0013121660091000",  # NPWP of a body, 16 digits
        "0013121660091000000001",  # its NITKU
        "ID63070114119000011",  # halal certificate: 17 digits
        "63070114119000011",
        "163070114119000011",
        "P-IRT 2066307010001-29",
        "Rp 1.000.000.000.000.000",
        "Rp 3.171.011.708.450.001",
        "Rp1.500.000 dan Rp350.000.000",
        "Rp 15.000.000.000,00",
        "081234567890",
        "+62 812-3456-7890 / 0511 330 1234",
        "0812 3456 7890, 0813 3456 7890",
        "-2.583333333333333, 115.383333333333333",
        "114.5901111111111",
        "-3.3166 114.05901234",
        "3.3166941 114.59011",
        "-3.3166,114.05901234",
        "2026-11-22 10:30:00.123456",
        "IKM-6307-000123 AJU-6307-000456",
        "63.07.01.2001",
        "1905.90.90",
        "6307010001000100",  # BPS: village 6307010001, neighbourhood 0001, whole
        "6303061005000100",
        "6371011012002301",
        "Blok sensus 6307031002001200, 6307031002001300",
        "0812-3411-1005 / 0812-3456-7890",
        "0812-3411-1005, 0812-3456-7890",
        "114,5901111111111; -3,3166941",
        "-3.3166,114.05901234; -3.3167,114.05901235",
        "Rp 3,171,011,708,450,001",
        "12/11/2026, 10:30:00 | 13/11/2026, 10:30:00",
        "RT 01/RW 02, 71311 (0517) 41234",
        "Jl. A. Yani km 5 no. 12 RT 01 RW 02, 71311",
        "KBLI 10794, 10793, 16292",
        "ef176a95-9156-4805-8228-12b9c727301a",  # the key of a row
    ],
)
def test_other_numbers_are_not_taken_for_a_nik(text):
    assert find_nik(text) is None
    assert hide_personal_numbers(text) == text


def test_hiding_takes_all_of_them_and_leaves_the_rest():
    text = f"Ali {NIK}, Siti 6307 0154 1190 0002 (0812 3456 7890); NIB 1234567890123"

    hidden = hide_personal_numbers(text)

    assert hidden == f"Ali {HIDDEN}, Siti {HIDDEN} (0812 3456 7890); NIB 1234567890123"


def test_hiding_a_number_with_invisible_characters_leaves_no_digit_of_it():
    hidden = hide_personal_numbers("\u200bNIK\u200b 6307\u200b0114\u200b1190\u200b0001 selesai")

    assert hidden == f"\u200bNIK\u200b {HIDDEN} selesai"


def test_a_number_that_stands_alone_once_its_neighbour_is_hidden_is_hidden_too():
    hidden = hide_personal_numbers(f"{NIK} 63070154 11900002")

    assert hidden == f"{HIDDEN} {HIDDEN}"


@settings(deadline=None)
@given(nik=niks(), before=st.text(max_size=20), after=st.text(max_size=20))
def test_an_unbroken_nik_is_found_in_any_text_and_gone_when_hidden(nik, before, after):
    assume(not before[-1:].isdecimal() and not after[:1].isdecimal())
    assume(find_nik(before) is None)
    text = f"{before}|{nik}|{after}"

    hidden = hide_personal_numbers(text)

    assert find_nik(text) == nik
    assert nik not in hidden
    assert find_nik(hidden) is None


@settings(deadline=None)
@given(
    nik=niks(),
    cuts=st.sets(st.integers(1, 15), min_size=1),
    separator=st.sampled_from([" ", "-", ".", "  ", " - ", "\u00a0", "/", ",", ", ", ":", "|", " | ", "_", ";"]),
)
def test_a_nik_is_found_however_its_digits_are_grouped(nik, cuts, separator):
    edges = [0, *sorted(cuts), 16]
    pieces = [nik[start:end] for start, end in zip(edges, edges[1:], strict=False)]
    # One full stop or comma after at most three digits is that of decimals.
    assume(not (separator.strip() in (".", ",") and len(pieces) == 2 and len(pieces[0]) <= 3))

    found = find_nik(separator.join(pieces))

    assert found == nik


@pytest.mark.thorough
@settings(deadline=None)
@given(st.text(alphabet="0123456789 .-/,:|_()[]eE+Rp\u200b\u00a0\n", max_size=120))
@example("1" * 5000)
@example("1 " * 5000)
@example("1, " * 5000)
@example("1\u200b" * 5000)
def test_whatever_the_text_hiding_leaves_nothing_to_find(text):
    hidden = hide_personal_numbers(text)

    assert find_nik(hidden) is None
    assert (hidden == text) is (find_nik(text) is None)


@settings(deadline=None)
@given(digits=st.text(alphabet="0123456789", min_size=1, max_size=40))
def test_an_unbroken_number_of_another_length_is_never_a_nik(digits):
    assume(len(digits) not in (16, 22))

    assert find_nik(digits) is None


@pytest.mark.parametrize("text", ["1" * 2_000_000, "1." * 200_000, "6307 " * 100_000, "1/" * 200_000])
def test_digits_without_end_are_looked_at_once(text):
    """Every text of a proposal, an inquiry or a file is looked through."""
    assert (find_nik(text), hide_personal_numbers(text)) == (None, text)
