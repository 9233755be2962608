"""CSV and its kin: any of three encodings, any of four separators, as Excel and others write them."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from disperin.workbooks.files.layout import Layout
from disperin.workbooks.files.quotation import is_wrapped, swallows_rows, unwrapped
from disperin.workbooks.files.refusals import Refused

SEPARATORS = ",;\t|"
PAGE = "page_url"  # a column of our own CSV files, by which they are known again
FORMULA, QUOTE = ("=", "+", "-", "@", "\t", "\r"), "'"
_UTF_8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CHUNK = 1024 * 1024
_LONGEST = 200_000  # characters of one value: longer ones come of a quotation mark that is never closed


class Part(NamedTuple):
    """The one sheet of such a file."""

    name: str
    hidden: bool


class Workbook:
    """A text file of rows that is open."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.encoding = encoding_of(path)
        self.parts, self.layout = [Part("CSV", False)], Layout.plain()

    def close(self) -> None:
        """Nothing stays open between rows being asked for."""

    def rows(self, _part: Part) -> Iterator[tuple[int, list[str | None]]]:
        """`(number, cells)` of each row; all cells are texts. `number` is that of the row, not of the line."""
        csv.field_size_limit(_LONGEST)
        with self.path.open(encoding=self.encoding, newline="") as file:
            head = [file.readline(_LONGEST) for _line in range(30)]
            named = re.fullmatch(r"sep=([,;\t|])\s*", head[0], re.IGNORECASE)
            file.seek(0)
            if named:
                file.readline()
            separator = named[1] if named else separator_of(head)
            number = int(bool(named))
            try:
                for cells in _rows(file, head, separator):
                    number += 1
                    yield number, [unquoted(text) or None for text in cells]
            except csv.Error as error:
                text = _("Row %(row)s cannot be read. Is a quotation mark missing there? Mend it, then send it again.")
                raise Refused("broken", text % {"row": number + 1}) from error


def _rows(file: Iterable[str], head: Sequence[str], separator: str) -> Iterator[list[str]]:
    """The cells of each row. Raises csv.Error at one whose quotation marks cannot be meant so."""
    first = list(csv.reader([line for line in head if line.strip()], delimiter=separator))
    inner = separator_of([cells[0] for cells in first]) if is_wrapped(first) else ""
    widths: Counter[int] = Counter()
    for cells in csv.reader(file, delimiter=separator, strict=True):
        usual, _times = max(widths.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
        if swallows_rows(cells, separator, usual):
            raise csv.Error
        widths[len(cells)] += 1
        yield unwrapped(cells, inner) if inner else cells


def quoted(text: str) -> str:
    """A text as a spreadsheet does not take it for a formula: with ' before it, where it begins like one."""
    return f"{QUOTE}{text}" if text.lstrip(QUOTE).startswith(FORMULA) else text


def unquoted(text: str) -> str:
    """The text without the ' that `quoted`, and others, put before it."""
    return text[1:] if text.startswith(QUOTE) and text.lstrip(QUOTE).startswith(FORMULA) else text


def separator_of(lines: Sequence[str]) -> str:
    """The separator that cuts most lines into equally many cells, and into more than one."""

    def worth(separator: str) -> tuple[int, int]:
        counts = Counter(len(row) for row in csv.reader([line for line in lines if line.strip()], delimiter=separator))
        cells, rows = max(counts.items(), key=lambda pair: (pair[1], pair[0]), default=(1, 0))
        return (cells > 1) * rows, cells

    try:
        return max(SEPARATORS, key=worth)
    except csv.Error:
        return ","


def encoding_of(path: Path) -> str:
    """`utf-8-sig`, `utf-16` or `cp1252`; raises Refused for bytes that are none of these, or of two."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _checked(path, "utf-16")
    if _is(path, "utf-8-sig"):
        return "utf-8-sig"
    with path.open("rb") as file:
        if any(_UTF_8.search(line) for line in iter(lambda: file.readline(_CHUNK), b"")):
            text = _(
                "The letters of this file are written in two ways, as where two files were put together: read in "
                "either, some would become others. Save it in Excel as “CSV UTF-8”, or as .xlsx, then send that."
            )
            raise Refused("encoding", text)
    return _checked(path, "cp1252")


def _checked(path: Path, encoding: str) -> str:
    if not _is(path, encoding):
        text = _(
            "The letters of this file cannot be read. Save it in Excel as “CSV UTF-8”, or as .xlsx, then send that."
        )
        raise Refused("encoding", text)
    return encoding


def _is(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                if "\x00" in decoder.decode(chunk):
                    return False
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True
