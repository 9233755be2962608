"""Layouts of .xls. Sources: [MS-XLS] 2.4, [MS-ODRAW] 2.2 and [MS-CFB] 2."""

import struct
from collections.abc import Iterator
from typing import Any

from .sheets import Sheet

_END = 0xFFFFFFFA  # from here on a number of a sector says that there is none
_PICTURE, _COMMENT = 8, 25  # kinds of what lies upon a sheet
_OF_EXCEL_97 = b"\x15\0\x12\0"  # how such a record begins since then
_PERCENTS = {9: "0%", 10: "0.00%"}  # formats that come with Excel and are written nowhere


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
    sheet, beside = Sheet(name), _Beside()
    for kind, record in records:
        if told_row := beside.row_told_by(kind, record):
            sheet.picture(told_row)
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


class _Beside:
    """Takes the records of what lies upon a sheet: where it lies comes first, then what it is, then its words."""

    def __init__(self) -> None:
        self._drawn, self._is_open, self._what, self._row = b"", False, 0, 1

    def row_told_by(self, kind: int, record: bytes) -> int:
        """The row beside which a picture or a box of text lies, where this record tells of one; else 0."""
        if kind == 0xEC or (kind == 0x3C and self._is_open):  # MSODRAWING, and what goes on from it
            self._drawn, self._is_open = (b"" if kind == 0xEC else self._drawn) + record, True
            return 0
        self._is_open = False
        if kind == 0x5D and len(record) >= 16:  # OBJ
            (self._what,) = struct.unpack_from("<H", record, 4)
            if record.startswith(_OF_EXCEL_97):
                self._row = _row_of(self._drawn)
            else:
                self._row = struct.unpack_from("<H", record, 14)[0] + 1
            return self._row if self._what == _PICTURE else 0
        has_words = kind == 0x1B6 and len(record) > 11 and struct.unpack_from("<H", record, 10)[0]  # TXO
        return self._row if has_words and self._what != _COMMENT else 0


def _row_of(drawn: bytes) -> int:
    """The row at which a shape is anchored, 1 where none is named."""
    at, row = 0, 1
    while at + 16 <= len(drawn):
        version, kind, length = struct.unpack_from("<2HI", drawn, at)
        if kind == 0xF010:
            row = struct.unpack_from("<H", drawn, at + 14)[0] + 1
        at += 8 if version & 0xF == 0xF else 8 + length  # what holds others is gone into
    return row


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
