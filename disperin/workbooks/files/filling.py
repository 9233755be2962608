"""Filling an .xlsx that somebody made: what stands in braces becomes values, one row of them as many as are needed.

`{tahun}` anywhere in a text of the first sheet is a value of the whole; a cell that is `{baris.indikator}` alone
belongs to the row that is repeated. Everything else of the file stays as it is: other sheets, styles, widths,
pictures. Nothing that is filled in can become a formula. What could come out wrong is refused when the file is brought,
with its cell.
"""

import io
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring  # noqa: S405 -- read by defusedxml

from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from disperin.ui.texts import Text
from disperin.workbooks.files.cells import column_of, place_of
from disperin.workbooks.files.refusals import Refused
from disperin.workbooks.files.xml import UNREADABLE, broken, local

MOST_BYTES = 1024 * 1024  # of the file
MOST_UNPACKED = 16 * 1024 * 1024  # of all its parts
MOST_PARTS = 300
MOST_TOLD = 10  # flaws of one file
ROW = "baris."
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_XML = "http://www.w3.org/XML/1998/namespace"
_KEPT = (f"{{{_RELATED}}}", f"{{{_XML}}}")  # what attributes of other namespaces may stay
_IN_BRACES = re.compile(r"\{([^{}\n]{0,60})\}")
_LONGEST = 32_767  # characters that a cell holds
_ENTRY = "xl/workbook.xml"
_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
# parts that run, bring other files along, ask for data elsewhere, or keep figures of the day when they were made
_ACTING = ("vbaproject", "externallink", "macrosheet", "activex", "embedding", "connections", "querytable", "pivot")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# what names cells by their place, and would name other ones once rows have been added
_BOUND = {
    "autoFilter": lambda: _("a filter"),
    "conditionalFormatting": lambda: _("a conditional format"),
    "dataValidations": lambda: _("a data validation"),
    "hyperlinks": lambda: _("a link"),
    "tableParts": lambda: _("a table"),
    "legacyDrawing": lambda: _("a comment"),
}
_DROPPED = frozenset(("extLst", "AlternateContent", "ignoredErrors"))  # hints to a program; none says what a cell holds

Value = str | int | float | None
register_namespace("", _MAIN)
register_namespace("r", _RELATED)


@dataclass(frozen=True)
class Names:
    """What may stand in braces: names of the whole, of a row (without `baris.`), and those that may not be missing."""

    whole: Collection[str]
    row: Collection[str]
    needed: Mapping[str, Text]  # name: what it says


class Template:
    """A file to be filled. Raises Refused with every flaw that was found, each with its sheet and cell."""

    def __init__(self, content: bytes, names: Names) -> None:
        self._names = names
        self._parts = _unpacked(content)
        self._entry, self.sheet = self._first_sheet()
        self._root = self._tree(self._entry)
        self._texts = self._shared()
        data = next((child for child in self._root if local(child.tag) == "sheetData"), None)
        if data is None:
            raise broken(self._entry)
        self._rows: Element = data
        flaws = list(self._flaws())
        if flaws:
            more = _("And %(more)s more.") % {"more": len(flaws) - MOST_TOLD} if flaws[MOST_TOLD:] else ""
            raise Refused("template", " ".join(filter(None, [*flaws[:MOST_TOLD], more])))

    @property
    def row_names(self) -> list[str]:
        """The names of the row that is repeated, each once, in the order of its cells."""
        cells = [cell for row in self._rows if self._is_repeated(row) for cell in row]
        names = (name for cell in cells for name in _IN_BRACES.findall(self._text_of(cell)) if name.startswith(ROW))
        return list(dict.fromkeys(name.removeprefix(ROW) for name in names))

    def fill(self, whole: Mapping[str, Value], rows: Sequence[Mapping[str, Value]]) -> bytes:
        """The file with these values; without a row the one that is repeated stays once, and empty.

        A name of the whole without a value stays in its braces, so that whoever reads the file sees it.
        """
        root = deepcopy(self._root)
        data = next(child for child in root if local(child.tag) == "sheetData")
        made, added, at = [], 0, 0
        for row in list(data):
            number = int(row.get("r") or 0)
            if self._is_repeated(row):
                at = number
                for shift, values in enumerate(rows or [{}]):
                    made.append(self._filled(_moved(deepcopy(row), number + shift), whole, values))
                added = max(len(rows), 1) - 1
            else:
                made.append(self._filled(_moved(row, number + added), whole, {}))
        data[:] = made
        _move_merged(root, at, added)
        _move_breaks(root, at, added)
        for element in [each for each in root if local(each.tag) == "dimension"]:
            root.remove(element)
        return self._packed(root)

    def _flaws(self) -> Iterator[str]:
        """Each thing that cannot be filled, or would come out wrong, with what to do about it."""
        repeated, said = set(), set()
        for row in self._rows:
            for cell in row:
                where = {"sheet": self.sheet, "cell": cell.get("r") or f"{row.get('r') or '?'}"}
                if column_of(cell.get("r")) is None or not (row.get("r") or "").isdecimal():
                    raise broken(self._entry)
                if any(local(child.tag) == "f" for child in cell):
                    yield _("%(sheet)s, %(cell)s: a formula. Write the value, or take it out.") % where
                text = self._text_of(cell)
                for name in _IN_BRACES.findall(text):
                    values = {**where, "name": name[:40]}
                    if name.startswith(ROW):
                        repeated.add(int(row.get("r") or 0))
                        if text.strip() != f"{{{name}}}":
                            yield _("%(sheet)s, %(cell)s: {%(name)s} must stand alone in its cell.") % values
                        if name.removeprefix(ROW) not in self._names.row:
                            yield self._unknown(values, [f"{ROW}{known}" for known in self._names.row])
                    elif name not in self._names.whole:
                        yield self._unknown(values, self._names.whole)
                    said.add(name)
        for name in self._names.needed.keys() - said:
            text = _("%(sheet)s: {%(name)s} is missing: %(what)s. Write it into a cell outside the repeated row.")
            yield text % {"sheet": self.sheet, "name": name, "what": self._names.needed[name]}
        if len(repeated) != 1:
            numbers = ", ".join(map(str, sorted(repeated))) or "–"
            text = _("%(sheet)s: {baris.…} belongs into one row; it stands in rows %(rows)s. Keep one row of them.")
            yield text % {"sheet": self.sheet, "rows": numbers}
        for element in self._root:
            if told_as := _BOUND.get(local(element.tag)):
                text = _("%(sheet)s: %(what)s, which would not move along with the rows. Take it out.")
                yield text % {"sheet": self.sheet, "what": told_as()}
            elif local(element.tag) == "mergeCells":
                for area in element:
                    first, last = self._rows_within(area)
                    if any(first <= row <= last for row in repeated):
                        text = _("%(sheet)s, %(area)s: merged cells in the row that is repeated. Split them.")
                        yield text % {"sheet": self.sheet, "area": area.get("ref")}

    def _rows_within(self, area: Element) -> tuple[int, int]:
        try:
            first, last = (place_of(end)[0] for end in _ends(area))
        except ValueError as error:
            raise broken(self._entry) from error
        return first, last

    def _unknown(self, values: dict[str, Any], known: Collection[str]) -> str:
        text = _("%(sheet)s, %(cell)s: {%(name)s} is not known. Known are: %(names)s.")
        return text % {**values, "names": ", ".join(sorted(known))}

    def _is_repeated(self, row: Element) -> bool:
        return any(name.startswith(ROW) for cell in row for name in _IN_BRACES.findall(self._text_of(cell)))

    def _filled(self, row: Element, whole: Mapping[str, Value], values: Mapping[str, Value]) -> Element:
        for cell in row:
            text = self._text_of(cell)
            names = _IN_BRACES.findall(text)
            if not names:
                continue
            if names[0].startswith(ROW):
                _write(cell, values.get(names[0].removeprefix(ROW)))
            elif text.strip() == f"{{{names[0]}}}":
                _write(cell, whole.get(names[0], text))
            else:
                _write(cell, _IN_BRACES.sub(lambda match: str(whole.get(match[1], match[0]) or ""), text))
        return row

    def _text_of(self, cell: Element) -> str:
        """The text of a cell, shared or its own; "" for numbers and nothing."""
        kind = cell.get("t")
        if kind == "inlineStr":
            return _joined(cell)
        value = next((child.text for child in cell if local(child.tag) == "v"), "") or ""
        if kind == "str":  # as some programs write every text
            return value
        if kind != "s":
            return ""
        at = int(value) if value.isdecimal() else -1
        return self._texts[at] if 0 <= at < len(self._texts) else ""

    def _first_sheet(self) -> tuple[str, str]:
        """The entry of the first sheet, and what it is called."""
        book = self._tree(_ENTRY)
        sheet = next((child for part in book if local(part.tag) == "sheets" for child in part), None)
        key = sheet.get(f"{{{_RELATED}}}id") if sheet is not None else None
        for relation in self._tree("xl/_rels/workbook.xml.rels"):
            target = (relation.get("Target") or "").lstrip("/")
            if key and relation.get("Id") == key and sheet is not None:
                return target if target.startswith("xl/") else f"xl/{target}", sheet.get("name") or ""
        raise broken(_ENTRY)

    def _shared(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self._parts:
            return []
        return [_joined(child) for child in self._tree("xl/sharedStrings.xml") if local(child.tag) == "si"]

    def _tree(self, entry: str) -> Element:
        return _read(self._parts, entry)

    def _packed(self, root: Element) -> bytes:
        for element in root.iter():  # hints of newer programs, whose prefixes `Ignorable` names: these are written anew
            for name in [name for name in element.attrib if name[0] == "{" and not name.startswith(_KEPT)]:
                del element.attrib[name]
        for hint in [each for each in root if local(each.tag) in _DROPPED]:
            root.remove(hint)
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
            for entry, content in self._parts.items():
                written = _xml(root) if entry == self._entry else content
                file.writestr(entry, _reckoned_anew(_without_print_area(written)) if entry == _ENTRY else written)
        return made.getvalue()


def _unpacked(content: bytes) -> dict[str, bytes]:
    """The parts of the file. Raises Refused where it is none, or too large, or brings programs or links along."""
    if len(content) > MOST_BYTES:
        raise Refused("too_large", _("A template has at most 1 MB. Take pictures out, or make them smaller."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            some = file.infolist()
            if len(some) > MOST_PARTS or sum(info.file_size for info in some) > MOST_UNPACKED:
                raise Refused("too_large", _("This file unpacks to too much. Save only the sheet that is needed."))
            parts = {info.filename: file.read(info) for info in some if not info.is_dir()}
    except UNREADABLE as error:
        raise Refused("no_workbook", _("This is no Excel file. Save it as .xlsx in Excel, then send that.")) from error
    if _ENTRY not in parts:
        raise Refused("no_workbook", _("This is no Excel file. Save it as .xlsx in Excel, then send that."))
    _refuse_what_acts(parts)
    if not any(kind.get("ContentType") == _BOOK for kind in _read(parts, "[Content_Types].xml")):  # such as .xltx
        raise Refused("no_workbook", _("This is no Excel file. Save it as .xlsx in Excel, then send that."))
    return parts


def _refuse_what_acts(parts: Mapping[str, bytes]) -> None:
    """Raises Refused for a file that would run, fetch or bring along more than its sheets."""
    linked = (
        relation.get("TargetMode") == "External" and not (relation.get("Type") or "").endswith("/hyperlink")
        for entry in parts
        if entry.lower().endswith(".rels")
        for relation in _read(parts, entry)
    )
    if any(word in entry.lower() for entry in parts for word in _ACTING) or any(linked):
        text = _("It holds macros, pivot tables, other files or links to them. Save it as .xlsx without them.")
        raise Refused("programs", text)


def _read(parts: Mapping[str, bytes], entry: str) -> Element:
    try:
        return fromstring(parts[entry], forbid_dtd=True)
    except UNREADABLE as error:
        raise broken(entry) from error


def _joined(element: Element) -> str:
    """The text of a string, of all its runs; how it is said aloud (rPh) is none of it."""
    texts = []
    for child in element:
        if local(child.tag) == "t":
            texts.append(child.text or "")
        elif local(child.tag) in ("r", "is"):
            texts.append(_joined(child))
    return "".join(texts)


def _write(cell: Element, value: Value) -> None:
    """Let a cell hold a value; it keeps its place and style."""
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if value is None or value == "":
        return
    if isinstance(value, int | float):
        SubElement(cell, f"{{{_MAIN}}}v").text = repr(value)
        return
    cell.set("t", "inlineStr")
    text = SubElement(SubElement(cell, f"{{{_MAIN}}}is"), f"{{{_MAIN}}}t")
    text.text = _NOT_IN_XML.sub(" ", value)[:_LONGEST]
    text.set(f"{{{_XML}}}space", "preserve")


def _moved(row: Element, number: int) -> Element:
    if row.get("r") != str(number):
        row.set("r", str(number))
        for cell in row:
            cell.set("r", f"{(cell.get('r') or '').rstrip('0123456789')}{number}")
    return row


def _ends(area: Element) -> tuple[str, str]:
    first, _colon, last = (area.get("ref") or "A1").partition(":")
    return first, last or first


def _move_merged(root: Element, after: int, added: int) -> None:
    for element in root:
        for area in element if local(element.tag) == "mergeCells" else ():
            ends = []
            for end in _ends(area):
                row, letters = place_of(end)[0], end.rstrip("0123456789")
                ends.append(f"{letters}{row + added if row > after else row}")
            area.set("ref", ":".join(ends))


def _move_breaks(root: Element, after: int, added: int) -> None:
    """Let pages go on breaking below the same rows."""
    for element in root:
        for place in element if local(element.tag) == "rowBreaks" else ():
            row = place.get("id") or ""
            if row.isdecimal() and int(row) >= after:
                place.set("id", str(int(row) + added))


def _xml(root: Element) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + tostring(root, encoding="utf-8")


def _without_print_area(book: bytes) -> bytes:
    """The workbook part without the area of the first sheet to be printed: rows that were added would lie outside."""
    of_first = rb'(?=[^>]*\bname="_xlnm\.Print_Area")(?=[^>]*\blocalSheetId="0")'
    book = re.sub(rb"<definedName\b" + of_first + rb"[^>]*>[^<]*</definedName>", b"", book)
    return re.sub(rb"<definedNames>\s*</definedNames>", b"", book)


def _reckoned_anew(book: bytes) -> bytes:
    """The workbook part so that formulas of other sheets are reckoned when it is opened: what they tell is of old."""
    book = re.sub(rb'\sfullCalcOnLoad="[^"]*"', b"", book)
    told, count = re.subn(rb"<((?:\w+:)?)calcPr\b", rb'<\1calcPr fullCalcOnLoad="1"', book)
    ends = [*re.finditer(rb"</((?:\w+:)?)(?:sheets|functionGroups|definedNames)>", book)]
    if count or not ends:
        return told
    at, prefix = ends[-1].end(), ends[-1][1]
    return book[:at] + b"<" + prefix + b'calcPr fullCalcOnLoad="1"/>' + book[at:]
