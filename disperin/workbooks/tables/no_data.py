"""Rows of a table that are no data: headings in between, totals, signatures, remarks. Told apart by what they say.

A row that names a record, or fills most of what is required, is always data: should it be wrong, it is to be mended.
"""

import re
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from disperin.registers.values.days import DAY_IN_WORDS, MONTH
from disperin.workbooks.files.cells import Cells, is_blank, shown
from disperin.workbooks.tables.columns import KEY, NUMBER, ROW
from disperin.workbooks.tables.headings import words
from disperin.workbooks.tables.options import plain

NO_DATA = {
    "heading": _("headings between the rows"),
    "total": _("totals"),
    "signature": _("signature, place and date"),
    "remark": _("remarks"),
}
NARROW = 4  # columns; a narrower table may well have rows with one or two cells
MOST_NAMED = 30  # numbers of rows that are listed
_TOTAL = re.compile(r"(sub ?)?(jumlah|total|grand total|rata rata|rekapitulasi)\b.*")
_GROUP = re.compile(r"(kecamatan|kelurahan|desa|kabupaten|kota|sentra|cabang|kelompok|komoditi|komoditas|wilayah)\b.*")
_SIGNATURE = re.compile(
    r"(nip|mengetahui|menyetujui|disetujui|diperiksa|dibuat|disusun|ditetapkan|kepala|plt|plh|pj|an kepala|a n|kabid|"
    r"sekretaris|kasi|pembina|penata|tertanda|ttd|petugas)\b.*"
)
_REMARK = re.compile(r"(keterangan|catatan|sumber|ket|cat|note|nb|update|data per)\b.*")
_PLACE_AND_DAY = re.compile(
    rf"[a-z .]+, *(tanggal )?{DAY_IN_WORDS}.*|[a-z .]+,[ .…_]*({MONTH})?[ .…_]*(19|20)[0-9]{{2}}"
)


def kind_of_no_data(
    cells: Cells, columns: Mapping[int, str], headings: Mapping[int, str], required: Sequence[int]
) -> str:
    """Which kind of `NO_DATA` a row is, or "" for one of data.

    `columns` is `{place: name}` of its sheet, `headings` the words of its headings, `required` the places of columns
    that every record needs, the first of them naming it.
    """
    filled = {at: shown(cell).strip() for at, cell in enumerate(cells) if not is_blank(cell)}
    if any(columns.get(at) in (NUMBER, ROW, KEY) for at in filled):
        return "heading" if _repeats(filled, headings) else ""
    if _repeats(filled, headings) or _counts_columns(filled):
        return "heading"
    if len(columns) < NARROW or len(required) < 2 or 2 * sum(at in filled for at in required) > len(required):
        return ""
    texts = [words(text) for text in filled.values()]
    if any(_TOTAL.fullmatch(text) for text in texts):
        return "total"
    if any(map(_SIGNATURE.fullmatch, texts)) or any(_PLACE_AND_DAY.fullmatch(plain(text)) for text in filled.values()):
        return "signature"
    if len(filled) > 2:
        return ""
    if any(_GROUP.fullmatch(text) for text in texts):
        return "heading"
    names_one = required[0] in filled
    return "remark" if not names_one or any(_REMARK.fullmatch(text) for text in texts) else ""


def in_rows(numbers: Sequence[int]) -> str:
    """The numbers of rows as a text: a few of them, then dots."""
    named = ", ".join(map(str, numbers[:MOST_NAMED]))
    return f"{named}, …" if len(numbers) > MOST_NAMED else named


def _repeats(filled: dict[int, str], headings: Mapping[int, str]) -> bool:
    """Whether a row says again what the headings say."""
    same = sum(words(text) == headings.get(at) for at, text in filled.items())
    return same >= 2 and same * 2 > len(filled)


def _counts_columns(filled: dict[int, str]) -> bool:
    """Whether a row numbers the columns, as in 1, 2, 3 or (1), (2), (3)."""
    digits = [text.strip("() .") for text in filled.values()]
    if len(digits) < NARROW or not all(text.isdecimal() and len(text) < 4 for text in digits):
        return False
    return [int(text) for text in digits] == list(range(int(digits[0]), int(digits[0]) + len(digits)))
