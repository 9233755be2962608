"""Layouts of .ods. Source: OpenDocument 1.3, part 3, 9.1, 10.4 and 16.29."""

import zipfile
from typing import Any, cast
from xml.parsers import expat

from .sheets import MOST, MOST_HIDDEN, Sheet

CHUNK = 256 * 1024  # bytes of XML at once
_DRAWN = tuple(f"urn:oasis:names:tc:opendocument:xmlns:{space}:1.0 " for space in ("drawing", "dr3d"))
_CALC_KIND = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"


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
        self._is_reckoned = True
        self._is_in_comment = False
        self._drawn, self._is_object = 0, False  # how deep in what is drawn upon a sheet, and whether that is a chart
        self._is_told, self._is_in_words = False, False  # whether it holds a picture or words

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
        elif tag.startswith(_DRAWN) and self._depth == 1:
            self._begin_drawn(name)
        elif tag.endswith("text:1.0 p"):
            self._is_in_words = True
        elif tag.endswith("table:1.0 " + name):
            self._begin_table(name, said)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if name == "annotation":
            self._is_in_comment = False
        elif name == "p":
            self._is_in_words = False
        elif self._drawn and self._depth == 1 and tag.startswith(_DRAWN):
            self._drawn -= 1
            if not self._drawn and self._is_told:
                self.sheets[-1].picture(self._row)
        if not tag.endswith("table:1.0 " + name):
            return
        if name == "table":
            self._depth -= 1
        elif name == "table-cell" and self._depth == 1 and self._failing is not None:
            text = "".join(self._failing).strip() if self._is_reckoned else None
            for column in self._cell:
                self.sheets[-1].fails(column, self._row, self._row + self._rows - 1, text)
            self._failing = None
        elif name in ("table-row-group", "table-column-group") and self._depth == 1:
            self._groups.pop()
        elif name == "table-row" and self._depth == 1:
            self._row += self._rows

    def _text(self, text: str) -> None:
        if self._drawn:
            self._is_told |= self._is_in_words and not text.isspace()
        elif self._failing is not None and not self._is_in_comment and len(self._failing) < 20:
            self._failing.append(text)

    def _begin_drawn(self, name: str) -> None:
        if not self._drawn:
            self._is_told = False
        self._drawn += 1
        if name in ("frame", "object", "object-ole"):
            self._is_object = name != "frame"
        elif name == "image" and not self._is_object:  # of a chart it is what is shown where there is no program for it
            self._is_told = True

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
        self._is_reckoned = bool(kind) or "formula" not in said
        self._failing = [] if kind == "error" or not self._is_reckoned else None
        rows, columns = (int(said.get(f"number-{what}-spanned", "1")) for what in ("rows", "columns"))
        if (rows > 1 or columns > 1) and len(self.sheets[-1].merged) <= MOST:
            area = [self._row, self._row + rows - 1, self._column, self._column + columns - 1]
            self.sheets[-1].merged.append(area)
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
