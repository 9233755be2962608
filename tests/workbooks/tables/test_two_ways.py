"""Numbers that an office may have meant in two ways are refused, not guessed."""

import pytest

from disperin.registers.values.fields import Decimal, WholeNumber
from disperin.workbooks.tables.figures import number_in
from disperin.workbooks.tables.refusing import NotUnderstood


@pytest.mark.parametrize("text", ["12,000", "Rp 12,000", "-1,000", "12,000 orang", "± 500,000"])
def test_a_comma_before_three_zeros_is_asked_of_a_whole_number(text):
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
