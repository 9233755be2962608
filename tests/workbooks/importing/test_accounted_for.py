"""Whole files of awkward cells: what is stored is what the file says, or it is told at its column that it is not."""

import re

import pytest

from disperin.workbooks import actions
from disperin.workbooks.files.cells import letters, shown
from tests.workbooks.rows import HEADINGS, a_row

pytestmark = pytest.mark.thorough

HEAD = HEADINGS[:6]
FIGURES = (
    "Rp25jt", "Rp. 1,5 M", "25,000,000.00", "1.500,-", "1,500", "12,000", "5000.000", "5.000,000", "Rp 1,250.000",
    "10-20 juta", "< 50 juta", ">100 jt", "10 juta/bulan", "(1.000.000)", "$1000", "5000000 IDR", "50.00.000",
    "5 jutaan", "1 milyar 200 juta", "lk 5 jt", "5⁰⁰", "٥٠٠٠", "5E6", "5.000.000 *", "Rp5.000.000 (2023)", "1.250.50",
    "5 000,00", "lima juta", "Rp -", "5.", "½", "1/2", "5+2", "5o", "l5", "12 ton", "3 lusin", "5;6", 12.5, True, "1e3",
)  # fmt: skip
CODES = (
    "0220104857261", 220104857261, "3.17E+15", 3.17e15, 9.12e12, "NIB: 9120304857262", "912030485726",
    "9120304857263/1", "belum ada NIB", "O220104857261", "9120304857264.0",
    9120304857265.5, "(NIB) 9120304857266", "9120304857267 (2021)",
    "…", "-", "nihil", "proses", "000",
)  # fmt: skip
PHONES = (
    81234567890, "0812.3456.7890 / 0813 1111 2222", "08123456789O", "41234", "Hp. 0812 3456 7890 (Ani)", "8.12E+10",
    "021-5251234 ext 12", "0812 3456 789*", "https://wa.me/6281234567890", "+60 12-345 6789", "0812345678901234",
    "tidak punya",
)  # fmt: skip
TEXTS = (
    "sda", "S / D / A", "idem sda", ",,", '- " -', "—’’—", "?", "…", "(kosong)", "Tidak ada data", "belum diisi", "N/A",
    "A\u200byu", "Ayu\u202e", "Ayu\u00a0\u00a0Lestari", "Ayu\nLestari", "  Ayu  ", "Ayu 🏭", "ﬁlm", "#REF!", "####",
    "Budi (6307015708900005)", "=1+1", "'Ayu", "<b>Ayu</b>", "A" * 300,
)  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "name", "cells"),
    [
        ("Nilai investasi", "investment", FIGURES),
        ("TK L", "workers_male", FIGURES),
        ("NIB", "nib", CODES),
        ("Telepon", "phone", PHONES),
        ("Nama pemilik", "owner_name", TEXTS),
        ("Alamat", "address", TEXTS),
    ],
)
def test_a_value_is_kept_as_it_stands_or_its_column_is_told_of(heading, name, cells, send, officer, done):
    rows = [[*a_row(f"Usaha {letters(at)}")[:6], cell] for at, cell in enumerate(cells)]

    workbook = send(officer, [[*HEAD, heading], *rows])

    assert (workbook.state, workbook.read) == ("checked", len(cells))
    told = {row.number: [one["column"] for one in (*row.errors, *row.warnings)] for row in workbook.rows.all()}
    batch = done(actions.submit, workbook, by=officer, acknowledged=True).batch
    kept = {one.batch_row: one.values[name] for one in batch.submissions.all()}
    silent = {at: cell for at, cell in enumerate(cells, start=2) if "G" not in told[at]}
    assert {cell: kept.get(at) for at, cell in silent.items() if not _says(kept.get(at), cell)} == {}


def _says(value, cell):
    """Whether a value is what any reader of the cell would write down."""
    text = " ".join(shown(cell).split())
    if isinstance(value, str) and not value.lstrip("+").isdecimal():
        return value == text
    digits = re.sub(r"[^0-9]", "", re.sub(r"[.,]0{1,2}$", "", text))
    return not re.search(r"[^0-9.,\s'Rp-]", text) and digits.lstrip("0") == re.sub(r"^\+62|^0+", "", str(value))
