"""Excel workbooks, read from their XML: values, and what no other reader shows (number formats, formulas, merging)."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from disperin.workbooks.files.beside import Beside
from disperin.workbooks.files.cells import Cell, Cells, column_of, flaw, letters, number, place_of
from disperin.workbooks.files.layout import Layout, Merged, Shortened, refuse_much_merged
from disperin.workbooks.files.number_formats import IN_PERCENT, how_shown, seen_as, times_shown
from disperin.workbooks.files.package import Package
from disperin.workbooks.files.refusals import Refused
from disperin.workbooks.files.xml import CHUNK, UNREADABLE, broken, children, local, tree

MOST_SHARED = 64 * 1024 * 1024  # bytes of the texts that all cells share: they are held in memory
MOST_HIDDEN = 300  # columns of one sheet: no more are read
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s[^>]*>")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}[0-9]{1,7}):([A-Z]{1,3}[0-9]{1,7})"')


class Part(NamedTuple):
    """A sheet of the workbook: its name, whether it is hidden, and the entry of the zip that holds it."""

    name: str
    hidden: bool
    entry: str


class Workbook:
    """An .xlsx or .xlsm that is open. Programs in it are neither run nor kept: only cells are read."""

    def __init__(self, path: Path) -> None:
        self.archive, self.layout = Package(path), Layout.plain()
        self._beside = Beside(self.archive)
        main = self.archive.main()
        try:
            related = self.archive.related(main)
            self.since_1904, self.parts = self._parts(main, related)
            self._is_unreckoned = self._asks_to_be_reckoned(main)
            self.shared = self._shared_texts(_first(related, "sharedStrings"))
            self.styles = self._styles(_first(related, "styles"))
        except UNREADABLE as error:
            raise broken(main) from error

    def close(self) -> None:
        self.archive.close()

    def rows(self, part: Part) -> Iterator[tuple[int, Cells]]:
        """`(number, cells)` of each row that has cells, in the order of the sheet; none of a hidden one.

        `layout` is that of the sheet whose rows were asked for last.
        """
        self.layout = layout = Layout.plain()
        if part.hidden:
            return
        layout.hidden_columns.extend(self._hidden_columns(part.entry))
        self._beside.note(part.entry, layout)
        below, shortened = Merged(self._merged_areas(part.entry), layout), Shortened(layout)
        last = 0
        for row in children(self.archive, part.entry, "sheetData"):
            text = row.get("r") or ""
            named = int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
            last = max(named, last + 1)  # a file that names a row twice is not read over itself
            shown: dict[int, float] = {}
            cells = below.fill(last, self._cells(row, shown))
            if row.get("hidden") in ("1", "true") and any(cell is not None for cell in cells):
                layout.hide(last)
            shortened.note(last, shown)
            yield last, cells

    def _cells(self, row: Element, shown: dict[int, float]) -> Cells:
        """The cells of a row; to `shown` comes, by place, by how much what a cell shows is divided."""
        cells: Cells = []
        for element in row:
            column = column_of(element.get("r"))
            if column is None:
                column = len(cells)
            while column > len(cells):
                cells.append(None)
            cell = self._cell(element)
            if times := self.styles.shortened.get(element.get("s") or ""):
                shown[column] = times
            if column < len(cells):
                if cells[column] is not None and cell is not None:
                    raise broken(f"{letters(column)}{row.get('r') or ''}")  # one place, two values
                cells[column] = cell
            else:
                cells.append(cell)
        return cells

    def _cell(self, element: Element) -> Cell:
        kind = element.get("t")
        value = formula = None
        for child in element:
            tag = child.tag
            if tag.endswith("}v"):
                value = child.text or ""
            elif tag.endswith("}f"):
                formula = True
            elif tag.endswith("}is"):
                return _unescaped(_text_of(child))
        if kind == "str":
            return flaw("formula") if value is None and formula else _unescaped(value or "")
        if not value:
            return flaw("formula") if formula else None
        if kind is None or kind == "n":
            if formula and self._is_unreckoned and value == "0":
                return flaw("formula")  # what programs write that cannot reckon
            return self.styles.shown(number(value), element.get("s"))
        if kind == "s":
            if not self.shared:
                raise broken("sharedStrings")
            at = int(value) if value.isascii() and value.isdigit() and len(value) < 10 else -1
            return self.shared[at] if 0 <= at < len(self.shared) else None
        if kind == "b":
            return value == "1"
        if kind == "e" and element.get("vm"):  # an older program, which shows no picture, is to show #VALUE!
            return flaw("picture")
        if kind == "d":
            return {"date": value[:10]} if _DAY.match(value) else value
        return flaw("error", value[:20])

    def _asks_to_be_reckoned(self, main: str) -> bool:
        """Whether all formulas are to be reckoned when the file is opened: Excel itself saves none so."""
        calculation = (child for child in tree(self.archive, main) if local(child.tag) == "calcPr")
        return any(child.get("fullCalcOnLoad") in ("1", "true") for child in calculation)

    def _parts(self, main: str, related: Sequence[tuple[str, str, str]]) -> tuple[bool, list[Part]]:
        sheets = {key: part for key, kind, part in related if kind == "worksheet"}  # a chart has no rows
        since_1904, parts = False, []
        for child in tree(self.archive, main):
            if local(child.tag) == "workbookPr":
                since_1904 = child.get("date1904") in ("1", "true")
            elif local(child.tag) == "sheets":
                parts = [self._part(sheet, sheets) for sheet in child]
        return since_1904, [part for part in parts if part.entry]

    def _part(self, element: Element, sheets: dict[str, str]) -> Part:
        key = next((value for name, value in element.attrib.items() if name.endswith("}id")), "")
        entry = sheets.get(key, "")
        if entry and entry not in self.archive:
            raise broken(entry)
        return Part(element.get("name") or "", (element.get("state") or "visible") != "visible", entry)

    def _shared_texts(self, entry: str) -> list[str]:
        if not entry:
            return []
        if self.archive.getinfo(entry).file_size > MOST_SHARED:
            text = _("This file holds more text than is accepted at once. Split it into several files.")
            raise Refused("too_much_text", text)
        return [_unescaped(_text_of(element)) for element in children(self.archive, entry)]

    def _styles(self, entry: str) -> "_Styles":
        formats, cells = {}, []
        for element in tree(self.archive, entry) if entry else ():
            if local(element.tag) == "numFmts":
                formats = {child.get("numFmtId") or "": child.get("formatCode") or "" for child in element}
            elif local(element.tag) == "cellXfs":
                cells = [child.get("numFmtId") or "0" for child in element]
        return _Styles(cells, formats, since_1904=self.since_1904)

    def _hidden_columns(self, entry: str) -> list[int]:
        """Columns are described before the rows."""
        head = b""
        with self.archive.open(entry) as stream:
            while b"sheetData" not in head and len(head) < 4 * CHUNK and (chunk := stream.read(CHUNK)):
                head += chunk
        hidden: set[int] = set()
        for tag in _COLUMN.findall(head.partition(b"sheetData")[0]):
            attrs = {name: value.decode("ascii", "replace") for name, value in re.findall(rb'(\w+)="([^"]*)"', tag)}
            first = attrs.get(b"min", "")
            last = attrs.get(b"max", first)
            if attrs.get(b"hidden") in ("1", "true") and _is_place(first) and _is_place(last):
                hidden.update(range(int(first) - 1, min(int(last), MOST_HIDDEN)))
        return sorted(hidden)

    def _merged_areas(self, entry: str) -> list[tuple[int, int, int, int]]:
        """The areas stand after the rows in the file, but must be known before them."""
        areas, kept = [], b""
        with self.archive.open(entry) as stream:
            while chunk := stream.read(CHUNK):
                kept += chunk
                if b"mergeCell" in kept:
                    areas += _MERGED.findall(kept)
                refuse_much_merged(len(areas))
                kept = kept[kept.rfind(b">") + 1 :][-200:]  # the beginning of a tag that the next piece ends
        corners = [(place_of(first.decode()), place_of(last.decode())) for first, last in areas]
        return [
            (row, last, column, last_column)
            for (row, column), (last, last_column) in corners
            if column is not None and last_column is not None and (last > row or last_column > column)
        ]


def _is_place(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 8


def _first(related: Sequence[tuple[str, str, str]], wanted: str) -> str:
    return next((part for _id, kind, part in related if kind == wanted), "")


class _Styles:
    """How numbers are shown: as dates, as times, in percent, with zeros before them."""

    def __init__(self, cells: Sequence[str], formats: dict[str, str], *, since_1904: bool) -> None:
        self.how = [how_shown(key, formats.get(key, "")) for key in cells]
        self.shortened: dict[str, float] = {
            str(at): times for at, key in enumerate(cells) if (times := times_shown(formats.get(key, ""))) > 1
        } | {str(at): IN_PERCENT for at, how in enumerate(self.how) if how == "percent"}
        self.since_1904 = since_1904

    def shown(self, value: float, style: str | None) -> Cell:
        """The number as its reader sees it: 45000 may be a date, 12 may be 0012, 0.5 may be 50 (percent)."""
        at = int(style) if style and style.isascii() and style.isdigit() else -1
        how = self.how[at] if 0 <= at < len(self.how) else None
        return value if how is None else seen_as(value, how, since_1904=self.since_1904)


def _text_of(element: Element) -> str:
    """The text of a plain or rich string; what explains how it is read aloud is left out."""
    texts = []
    for child in element:
        name = local(child.tag)
        if name == "t":
            texts.append(child.text or "")
        elif name == "r":
            texts += [piece.text or "" for piece in child if local(piece.tag) == "t"]
    return "".join(texts)


def _unescaped(text: str) -> str:
    """Excel writes characters that XML cannot hold as _x000D_."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
