"""Headings that come again further down a sheet: the same ones, or those of another table."""

from collections.abc import Mapping, Sequence

from disperin.workbooks.files.cells import Cells, is_blank
from disperin.workbooks.tables.columns import field_and_version
from disperin.workbooks.tables.headings import Words, words
from disperin.workbooks.tables.units import is_unit, scale_of, unit_of

_LOOKED_AT = 3  # filled cells of a row by which one that may hold headings is told


class SecondHeadings:
    """Knows the headings above a table: `texts` by place, and the `columns` (`{place: name}`) that they name."""

    def __init__(self, known: Words, part: str, columns: Mapping[int, str], texts: Sequence[str]) -> None:
        self._known, self._part, self._columns = known, part, columns
        self._texts = {at: text for at, text in enumerate(texts) if text}
        self._words = {at: words(text) for at, text in self._texts.items()}
        self._any = {*self._words.values(), *known.by_part[part]} - {""}

    def name(self, cells: Cells) -> bool:
        """Whether a row holds headings: of two columns at least, and of most of its cells."""
        filled = {at: cell for at, cell in enumerate(cells) if not is_blank(cell)}
        if len(filled) < 2 or not all(isinstance(cell, str) for cell in filled.values()):
            return False
        if not any(self._is_known(str(cell)) for cell in list(filled.values())[:_LOOKED_AT]):
            return False
        named = sum(self._is_known(str(cell)) or bool(self._column(str(cell))) for cell in filled.values())
        return named >= 2 and named * 2 > len(filled)

    def _is_known(self, text: str) -> bool:
        return words(text) in self._any or is_unit(text)

    def contradict(self, cells: Cells) -> list[str]:
        """Which headings of such a row say that below them stands something else than below those above the table."""
        texts = {at: str(cell) for at, cell in enumerate(cells) if not is_blank(cell)}
        return [text for at, text in texts.items() if not self._says_the_same(at, text)]

    def _says_the_same(self, at: int, text: str) -> bool:
        if {unit_of(text), unit_of(self._texts.get(at, ""))} == {"persen", "rupiah"}:
            return False
        if words(text) == self._words.get(at):
            return True
        name = self._column(text)
        if not name:  # the lower row of two, say: nobody knows what it names
            return words(text) not in self._words.values()
        above = self._texts.get(at, "")
        same = field_and_version(name)[0] == field_and_version(self._columns.get(at, ""))[0]
        return same and _scale(text) == _scale(above)

    def _column(self, text: str) -> str:
        return self._known.column_of(self._part, text)


def _scale(heading: str) -> int:
    return scale_of(heading, yearly=True) or 1
