"""Numbers that an office may have meant in two ways are refused, not guessed."""

import pytest

from disperin.registers.values.fields import Decimal, WholeNumber
from disperin.workbooks.tables.figures import number_in
from disperin.workbooks.tables.options import plain
from disperin.workbooks.tables.refusing import NotUnderstood


@pytest.mark.parametrize(
    "text",
    ["12,000", "Rp 12,000", "-1,000", "12,000 orang", "± 500,000", "5.000,000", "Rp 1,250.000", "5000.000", "5000,000"],
)
def test_three_zeros_that_may_be_a_fraction_are_asked_about_in_a_whole_number(text):
    with pytest.raises(NotUnderstood, match="12000"):
        number_in(WholeNumber(prefix="Rp"), text)


@pytest.mark.parametrize(
    ("field", "text", "number"),
    [
        (WholeNumber(), "1,250,000", 1_250_000),
        (WholeNumber(), "12.000", 12_000),
        (WholeNumber(prefix="Rp"), "Rp 12.000,00", 12_000),
        (WholeNumber(), "1.250.000,000", 1_250_000),
        (Decimal(), "12,000", 12),
    ],
)
def test_what_can_be_read_in_one_way_is_read(field, text, number):
    assert number_in(field, text)[0] == number


def test_a_raised_or_circled_figure_is_a_remark_and_part_of_no_code():
    """13134 is another class than 1313⁴, which may be 1313 with a remark."""
    assert plain("1313⁴") != plain("13134")
    assert plain("1313④") != plain("13134")
    assert plain("１３１３４") == plain("13134")
    assert plain("San\u200bdang\ufeff") == plain("Sandang")
