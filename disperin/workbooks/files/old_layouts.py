"""Reads of .xls and .ods what python-calamine leaves out: what is hidden or merged, and how numbers are shown.

`python -I old_layouts.py FILE` writes one JSON value a line, one for each sheet in its order: `{"name", "hidden_rows":
[[first, last]], "hidden_columns": [place], "formats": [[place, first row, last row, format code]], "merged": [[first
row, last row, place]], "failed": [[place, first row, last row, what it shows]], "comments": [[row, place]]}`; rows are
counted from 1, and stand in their order whatever that of the file. Only number formats are told that make a number
another one to the eye: in percent, in thousands, with zeros before it. `failed` are formulas of OpenDocument. It stands
alone, with its memory and time and what it writes bounded, and imports nothing of the portal; whatever it cannot read
ends it with `UNREADABLE`. Sources: [MS-XLS] 2.4 and [MS-CFB] 2; OpenDocument 1.3, part 3, 9.1 and 16.29.
"""

import json
import re
import resource
import struct
import sys
import zipfile
from collections.abc import Iterator
from typing import Any, cast
from xml.parsers import expat

MEMORY = 512 * 1024 * 1024  # bytes
SECONDS = 60  # of work
MOST = 20_000  # runs of one kind in a sheet
MOST_NAMED = 100  # cells with comments
MOST_HIDDEN = 300  # columns: no more are read
LONGEST_FORMAT = 255  # characters: Excel takes no more, and each run of cells tells its own
MOST_TOLD = 16 * 1024 * 1024  # characters of all sheets: whoever asked holds them in memory
CHUNK = 256 * 1024  # bytes of XML at once
_CALC_KIND = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
UNREADABLE = 4  # exit code
_END = 0xFFFFFFFA  # from here on a number of a sector says that there is none
_TELLS = re.compile(r"%|[0#?],+(?![0#?,])|(?<![.0#?,])00+(?![0#?.,])")
_FAILED = re.compile(r"#[A-Z/0-9]{1,12}[!?]?|Err:[0-9]{3}")
_PERCENTS = {9: "0%", 10: "0.00%"}  # formats that come with Excel and are written nowhere


class Sheet:
    """What is noticed of one sheet, row after row."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.hidden_rows: list[list[int]] = []
        self.hidden_columns: set[int] = set()
        self.formats: list[list[Any]] = []
        self.merged: list[list[int]] = []  # of OpenDocument alone, which python-calamine does not know either
        self.failed: list[list[Any]] = []  # the same: it tells a formula that failed as a blank
        self.comments: list[list[int]] = []
        self._last: dict[int, list[Any]] = {}
        self._last_failed: dict[int, list[Any]] = {}

    def hide_columns(self, first: int, last: int) -> None:
        self.hidden_columns.update(range(first, min(last + 1, MOST_HIDDEN)))

    def comment(self, row: int, column: int) -> None:
        if len(self.comments) < MOST_NAMED:
            self.comments.append([row, column])

    def fails(self, column: int, first: int, last: int, text: str) -> None:
        shown = text if _FAILED.fullmatch(text) else "#VALUE!"  # nothing else of a cell is told
        self._last_failed[column] = _extend(self.failed, self._last_failed.get(column), [column], first, last, shown)

    def hide_rows(self, first: int, last: int) -> None:
        _extend(self.hidden_rows, self.hidden_rows[-1] if self.hidden_rows else None, [], first, last)

    def shows(self, column: int, first: int, last: int, code: str) -> None:
        """Note how the number in a cell is shown, which may go on over equal rows."""
        if len(code) > LONGEST_FORMAT:
            raise ValueError("endless")
        if code and column < MOST_HIDDEN and _TELLS.search(code):
            self._last[column] = _extend(self.formats, self._last.get(column), [column], first, last, code)

    def told(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "hidden_rows": sorted(self.hidden_rows),
            "hidden_columns": sorted(self.hidden_columns),
            "formats": sorted(self.formats),
            "merged": self.merged,
            "failed": sorted(self.failed),
            "comments": self.comments,
        }


def _extend(runs: list[Any], last: list[Any] | None, before: list[int], first: int, end: int, *after: str) -> list[Any]:
    """Lengthen the last run where this one follows it; gives the one that it stands in now."""
    at = len(before)
    if last and last[at + 1] in (first - 1, first) and last[:at] == before and last[at + 2 :] == [*after]:
        last[at + 1] = end
        return last
    runs.append([*before, first, end, *after])
    if len(runs) > MOST:
        raise ValueError("endless")
    return runs[-1]


def of_xls(content: bytes) -> Iterator[Sheet]:
    """The sheets of an Excel 5 to 2003 workbook."""
    stream = _workbook_stream(content)
    is_new = struct.unpack_from("<H", stream, 4)[0] >= 0x600
    formats, styles, places = dict(_PERCENTS), list[int](), list[tuple[int, str]]()
    for kind, record in _records(stream, 0):
        if kind == 0x41E:  # FORMAT
            formats[struct.unpack_from("<H", record)[0]] = _text(record[2:], wide=2 if is_new else 0)
        elif kind == 0xE0:  # XF
            styles.append(struct.unpack_from("<H", record, 2)[0])
        elif kind == 0x85 and record[5] == 0:  # BOUNDSHEET of a worksheet
            places.append((struct.unpack_from("<I", record)[0], _text(record[6:], wide=1 if is_new else 0)))
    codes = [formats.get(key, "") for key in styles]
    for place, name in places:
        yield _sheet_of_xls(name, _records(stream, place), codes)


def _sheet_of_xls(name: str, records: Iterator[tuple[int, bytes]], codes: list[str]) -> Sheet:
    sheet = Sheet(name)
    for kind, record in records:
        if kind == 0x208:  # ROW
            row, flags = struct.unpack_from("<H", record)[0] + 1, struct.unpack_from("<H", record, 12)[0]
            if flags & 0x20:
                sheet.hide_rows(row, row)
        elif kind == 0x7D:  # COLINFO
            first, last, _width, _style, flags = struct.unpack_from("<5H", record)
            if flags & 1:
                sheet.hide_columns(first, last)
        elif kind in (0x203, 0x27E, 0x06, 0x201):  # NUMBER, RK, FORMULA, BLANK (which may be merged with one)
            row, column, style = struct.unpack_from("<3H", record)
            sheet.shows(column, row + 1, row + 1, codes[style] if style < len(codes) else "")
        elif kind == 0x1C:  # NOTE
            row, column = struct.unpack_from("<2H", record)
            sheet.comment(row + 1, column)
        elif kind in (0xBD, 0xBE):  # MULRK, MULBLANK: several in one row
            row, column = struct.unpack_from("<2H", record)
            size = 6 if kind == 0xBD else 2
            for at in range((len(record) - 6) // size):
                (style,) = struct.unpack_from("<H", record, 4 + size * at)
                sheet.shows(column + at, row + 1, row + 1, codes[style] if style < len(codes) else "")
    return sheet


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """`(kind, content)` of the records from here to the end of this part, which may hold others (charts)."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<2H", stream, at)
        if kind == 0x2F:  # FILEPASS: what follows is encrypted
            raise ValueError("password")
        depth += (kind in (0x809, 0x409, 0x209)) - (kind == 0x0A)
        if not depth:
            return
        if depth == 1:
            yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _text(content: bytes, *, wide: int) -> str:
    """A text with its length before it: of `wide` bytes, then the kind of its letters; 0: as before Excel 97."""
    if not wide:
        return content[1 : 1 + content[0]].decode("cp1252", "replace")
    length, flags = int.from_bytes(content[:wide], "little"), content[wide]
    letters = content[wide + 1 : wide + 1 + (2 * length if flags & 1 else length)]
    return letters.decode("utf-16-le" if flags & 1 else "latin-1", "replace")


def _workbook_stream(content: bytes) -> bytes:
    """The stream of the workbook in its container ([MS-CFB] 2.2 to 2.6)."""
    shift, small_shift = struct.unpack_from("<2H", content, 30)
    first_directory, _signature, least, first_small, _count, far = struct.unpack_from("<6I", content, 48)
    size = 1 << shift
    lists = [*struct.unpack_from("<109I", content, 76)]
    while far < _END and len(lists) * size <= len(content):  # the rest of a long list of sectors
        *more, far = struct.unpack_from(f"<{size // 4}I", content, (far + 1) * size)
        lists += more
    sectors = [content[(at + 1) * size : (at + 2) * size] for at in lists if at < _END]
    following = [number for sector in sectors for (number,) in struct.iter_unpack("<I", sector)]

    def chain(at: int) -> bytes:
        parts = []
        while at < _END:
            parts.append(content[(at + 1) * size : (at + 2) * size])
            if len(parts) * size > len(content):
                raise ValueError("endless")
            at = following[at]
        return b"".join(parts)

    entries: dict[str, tuple[Any, ...]] = {}  # by name: first sector, and length
    directory = chain(first_directory)
    for place in range(0, len(directory) - 127, 128):
        entry = directory[place : place + 128]
        length, kind = struct.unpack_from("<HB", entry, 64)
        name = entry[: max(0, length - 2)].decode("utf-16-le", "replace").lower()
        entries.setdefault("/" if kind == 5 else name, struct.unpack_from("<2I", entry, 116))
    start, length = entries.get("workbook") or entries["book"]
    if length >= least:
        return chain(start)[:length]
    small = chain(entries["/"][0])
    after = [number for (number,) in struct.iter_unpack("<I", chain(first_small))]
    pieces, piece = list[bytes](), 1 << small_shift
    while start < _END and len(pieces) * piece < length:
        pieces.append(small[start * piece : (start + 1) * piece])
        start = after[start]
    return b"".join(pieces)[:length]


def of_ods(path: str) -> list[Sheet]:
    """The sheets of an OpenDocument table."""
    reader = _Content()
    with zipfile.ZipFile(path) as archive:
        for entry in ("styles.xml", "content.xml"):
            if entry in archive.namelist():
                with archive.open(entry) as stream:
                    reader.read(stream)
    return reader.sheets


class _Content:
    """Takes the elements of styles and tables as they come."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self._codes: dict[str, str] = {}  # of number formats
        self._styles: dict[str, tuple[str, str]] = {}  # of cells: number format, and the style that it goes on from
        self._format = ""  # the one that is being read
        self._depth, self._groups = 0, list[bool]()
        self._row, self._rows, self._column = 1, 1, 0
        self._of_row, self._of_columns = "", list[tuple[int, str]]()
        self._cell, self._failing = range(0), cast("list[str] | None", None)  # what a failed formula shows
        self._is_in_comment = False

    def read(self, stream: Any) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler, parser.EndElementHandler = self._begin, self._end
        parser.StartDoctypeDeclHandler, parser.CharacterDataHandler = self._refuse, self._text
        while chunk := stream.read(CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)

    def _refuse(self, *_args: Any) -> None:
        raise ValueError("DTD")

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        name, said = tag.rpartition(" ")[2], {key.rpartition(" ")[2]: text for key, text in attributes.items()}
        if attributes.get(_CALC_KIND) == "error":
            said["value-type"] = "error"
        if tag.endswith("datastyle:1.0 " + name):
            self._begin_format(name, said)
        elif name == "style" and said.get("family") == "table-cell":
            self._styles[said.get("name", "")] = said.get("data-style-name", ""), said.get("parent-style-name", "")
        elif tag.endswith("office:1.0 annotation") and self._depth == 1:
            self.sheets[-1].comment(self._row, self._cell.start)
            self._is_in_comment = True
        elif tag.endswith("table:1.0 " + name):
            self._begin_table(name, said)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if name == "annotation":
            self._is_in_comment = False
        if not tag.endswith("table:1.0 " + name):
            return
        if name == "table":
            self._depth -= 1
        elif name == "table-cell" and self._depth == 1 and self._failing is not None:
            for column in self._cell:
                self.sheets[-1].fails(column, self._row, self._row + self._rows - 1, "".join(self._failing).strip())
            self._failing = None
        elif name in ("table-row-group", "table-column-group") and self._depth == 1:
            self._groups.pop()
        elif name == "table-row" and self._depth == 1:
            self._row += self._rows

    def _text(self, text: str) -> None:
        if self._failing is not None and not self._is_in_comment and len(self._failing) < 20:
            self._failing.append(text)

    def _begin_format(self, name: str, said: dict[str, str]) -> None:
        if name.endswith("-style"):
            self._format = said.get("name", "")
            self._codes[self._format] = "0%" if name == "percentage-style" else ""
        elif name == "number" and not self._codes.get(self._format):
            factor, digits = float(said.get("display-factor", "1")), int(said.get("min-integer-digits", "1"))
            commas = "," * next((power for power in (1, 2, 3) if factor == 1_000**power), 0)
            is_whole = said.get("decimal-places", "0") == "0" and said.get("grouping") != "true"
            zeros = "0" * min(digits, 20) if is_whole and digits > 1 and not commas else ""
            self._codes[self._format] = zeros or (f"#,##0{commas}" if commas else "")

    def _begin_table(self, name: str, said: dict[str, str]) -> None:
        if name == "table":
            self._depth += 1
            if self._depth == 1:
                self.sheets.append(Sheet(said.get("name", "")))
                self._row, self._column, self._of_columns, self._groups = 1, 0, [], []
        elif self._depth != 1:
            return  # a table within a cell
        elif name in ("table-row-group", "table-column-group"):
            self._groups.append(said.get("display") == "false")
        elif name == "table-column":
            self._begin_column(said)
        elif name == "table-row":
            self._rows, self._column = int(said.get("number-rows-repeated", "1")), 0
            self._of_row = said.get("default-cell-style-name", "")
            if self._is_hidden(said):
                self.sheets[-1].hide_rows(self._row, self._row + self._rows - 1)
        elif name in ("table-cell", "covered-table-cell"):
            self._begin_cell(said, is_covered=name == "covered-table-cell")

    def _is_hidden(self, said: dict[str, str]) -> bool:
        return said.get("visibility", "visible") != "visible" or any(self._groups)

    def _begin_column(self, said: dict[str, str]) -> None:
        first, times = self._column, int(said.get("number-columns-repeated", "1"))
        self._column += times
        if self._is_hidden(said):
            self.sheets[-1].hide_columns(first, self._column - 1)
        self._of_columns.append((self._column, said.get("default-cell-style-name", "")))

    def _begin_cell(self, said: dict[str, str], *, is_covered: bool) -> None:
        times, kind = int(said.get("number-columns-repeated", "1")), said.get("value-type", "")
        self._cell = range(self._column, min(self._column + times, MOST_HIDDEN))
        self._failing = [] if kind == "error" else None
        if (spanned := int(said.get("number-rows-spanned", "1"))) > 1 and len(self.sheets[-1].merged) <= MOST:
            self.sheets[-1].merged.append([self._row, self._row + spanned - 1, self._column])
        if is_covered or kind in ("float", "percentage", "currency"):
            for column in self._cell:
                code = "0%" if kind == "percentage" else self._code(said.get("style-name") or self._of_row, column)
                self.sheets[-1].shows(column, self._row, self._row + self._rows - 1, code)
        self._column += times

    def _code(self, style: str, column: int) -> str:
        style = style or next((name for end, name in self._of_columns if column < end), "")
        for _step in range(20):  # a style may go on from another
            number_format, above = self._styles.get(style, ("", ""))
            if number_format or not above:
                return self._codes.get(number_format, "")
            style = above
        return ""


def main(path: str) -> int:
    """Write what the sheets say to standard output; gives the exit code."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        with open(path, "rb") as file:
            is_zip = file.read(2) == b"PK"
            file.seek(0)
            sheets = list(of_ods(path) if is_zip else of_xls(file.read()))
        lines = [json.dumps(sheet.told()) for sheet in sheets]
        if sum(map(len, lines)) > MOST_TOLD:
            raise ValueError("endless")
        print("\n".join(lines))
    except Exception:  # noqa: BLE001 -- whatever a broken file does, the answer is the same
        return UNREADABLE
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
