"""What a cell that was refused may have meant, where there is exactly one way to read it. A person accepts it."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from difflib import get_close_matches

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from disperin.ui.abilities import GuessesWords
from disperin.workbooks.files.cells import Cell, flaw_of, is_blank, shown
from disperin.workbooks.tables.options import Options, plain
from disperin.workbooks.tables.refusing import NotUnderstood
from disperin.workbooks.tables.understanding import Reader

WHYS = {
    "zero": _("the 0 at the beginning is missing"),
    "letters": _("letters stand where digits belong"),
    "spelling": _("nearly as in the list"),
    "address": _("a comma or blanks stand in the address"),
    "words": _("goods by their everyday name, which one class has"),
    "read": _("its row names it in another column, such as the address"),
    "empty": _("may be a NIK, which is kept nowhere"),
}
ALIKE = 0.8  # from here on a text is offered as a choice of a list
MOST_ZEROS = 2  # that a code may have lost
MOST_LIKENED = 2_000  # different texts of one job: likening is slow
LONGEST = 100  # characters of a text that is looked at
_LETTERS = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1"})

Suggestion = tuple[str, str]  # what the cell may have meant, and one of WHYS


class Suggester:
    """Knows the readers of a register's tables, `{part: Reader}`."""

    def __init__(self, readers: Mapping[str, Reader]) -> None:
        self._readers = readers
        self._known: dict[tuple[str, str, str], Suggestion | None] = {}

    def suggest(self, part: str, name: str, cell: Cell) -> Suggestion | None:
        """The one right reading of a cell below this field, and why; None where there is none, or several."""
        reader, text = self._readers[part], shown(cell).strip()
        if name not in reader.fields or is_blank(cell) or flaw_of(cell) or len(text) > LONGEST:
            return None
        asked = (part, name, text)
        if asked not in self._known and len(self._known) < MOST_LIKENED:
            ways = {value: why for value, why in _ways(reader, name, text) if value != text}
            right = {value: why for value, why in ways.items() if _is_right(reader, name, value)}
            self._known[asked] = next(iter(right.items())) if len(right) == 1 else None
        return self._known.get(asked)

    def read(self, part: str, name: str, key: str) -> Suggestion | None:
        """How a key that another column of the row names is written below this field; None where it cannot be."""
        reader = self._readers[part]
        text = reader.options[name].text_of(key) if name in reader.options else key
        return (text, "read") if _is_right(reader, name, text) else None


def _ways(reader: Reader, name: str, text: str) -> Iterator[Suggestion]:
    """Whatever a text may have meant."""
    field = reader.fields[name]
    if isinstance(field, GuessesWords) and (meant := field.guessed(text)):
        yield meant, "words"
    elif options := reader.options.get(name):
        yield from _in_list(options, text)
    elif isinstance(field, forms.EmailField | forms.URLField):
        yield re.sub(r"\s+", "", text).replace(",", "."), "address"
    elif length := reader.table.form.in_files.codes.get(name):
        digits = re.sub(r"[\s.\-]", "", text)
        if digits.isascii() and digits.isdigit() and 0 < length - len(digits) <= MOST_ZEROS:
            yield digits.zfill(length), "zero"
        yield from _with_digits(text)
    elif name in reader.table.form.in_files.phones:
        yield f"0{text}", "zero"
        yield from _with_digits(text)
    elif isinstance(field, forms.IntegerField | forms.DecimalField):
        yield from _with_digits(text)


def _in_list(options: Options, text: str) -> Iterator[Suggestion]:
    if options.find(text):
        return
    labels = {plain(label): label for label in options.labels.values()}
    for match in get_close_matches(plain(text), labels, n=2, cutoff=ALIKE):
        yield labels[match], "spelling"


def _with_digits(text: str) -> Iterator[Suggestion]:
    if any(map(str.isdecimal, text)):
        yield text.translate(_LETTERS), "letters"


def _is_right(reader: Reader, name: str, text: str) -> bool:
    """Whether a text is understood below this field, and is one that it takes."""
    field, tidy = reader.fields[name], reader.table.form.tidies.get(name)
    with suppress(NotUnderstood, ValidationError):
        value = reader.alone(name, text)
        if tidy:
            tidy(value)
        elif isinstance(field, forms.EmailField | forms.URLField):
            field.clean(value)
        return True
    return False
