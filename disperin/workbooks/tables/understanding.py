"""What the cells of a row say, as values that the form of a register takes. What is not understood is named."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django import forms
from django.forms import Field

from disperin.attachments.forms import AttachmentField
from disperin.registers.gate.in_bulk import Problem
from disperin.registers.gate.values_form import MARKS_ALONE
from disperin.registers.values.fields import Day, TextList, is_untidy
from disperin.registers.values.written import are_alike, unit_beside, unit_named
from disperin.ui.abilities import KnowsWords
from disperin.ui.said import gettext as _
from disperin.workbooks.files.cells import Cell, Cells, flaw_of, is_blank, shown
from disperin.workbooks.tables.columns import Table, field_and_version
from disperin.workbooks.tables.days import day_of_cell
from disperin.workbooks.tables.figures import number_in
from disperin.workbooks.tables.options import Options, plain
from disperin.workbooks.tables.phones import phone_in
from disperin.workbooks.tables.refusing import NotUnderstood

MOST_EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number
LONGEST_DITTO = 40  # characters of what points to another row
_LONG_CODE = 12  # digits: longer numbers a spreadsheet shows shortened
_ZEROS_OF_SHORTENED = re.compile(r"[0-9]*[1-9]0{7,}")  # what 9,12E+12 becomes once it is a number again
_YES = {"ya", "yes", "y", "true", "benar", "1", "x", "v", "ada", "setuju", "✓", "√"}
_NO = {"tidak", "no", "n", "t", "false", "salah", "0", "-", "tdk", "belum", "tidak ada", "tdk ada", "belum ada"}
_DASHES = re.compile(rf"(?:rp\.? ?)?{MARKS_ALONE.pattern}|n/?a|n\.a\.?|#n/a")
_NOTHING = {
    "tidak ada", "tdk ada", "tak ada", "belum ada", "blm ada", "nihil", "kosong", "none", "null", "tidak punya",
    "tdk punya", "tak punya", "belum punya", "blm punya", "tidak memiliki", "belum memiliki", "tidak diisi",
    "belum diisi", "blm diisi", "tidak ada data", "tdk ada data", "belum ada data", "data tidak ada", "tidak diketahui",
    "tdk diketahui",
}  # fmt: skip
_ON_ITS_WAY = re.compile(
    r"(?:(?:sedang|masih|dalam) )?(?:di)?(?:proses|urus)(?: pengurusan)?|(?:sedang|masih) dalam proses"
)
_SAME_AS_ABOVE = {  # without what stands between their letters: s/d/a, S.D.A.
    "sda", "idem", "idemsda", "idemdiatas", "ditto", "dito", "samadengandiatas", "samadenganatas", "samadgndiatas",
    "samadgnatas", "samadgdiatas", "samadgatas", "samasepertidiatas", "sepertidiatas", "samadiatas", "sameasabove",
}  # fmt: skip
_DITTO_MARKS = re.compile(r"[-\u2010-\u2015\s]*(?:[\"”“〃„″]|''|’’|‘‘|,,|[↑^])+(?:[\"”“〃„″'’]|[-\u2010-\u2015\s])*")
_ZEROS = re.compile(r"[\s'.\-]*0[0\s.\-]*")
_SHORTENED = re.compile(r"[0-9]([.,][0-9]+)?[eE]\+?0*[0-9]{2}")
_ADDRESS = re.compile(r"\s*https?://", re.IGNORECASE)
_MARKS = re.compile(r"[\s.\-\u2010-\u2015'’]")  # people write them between the digits of codes


Unclear = dict[str, tuple[str, list[str]]]  # field -> what was typed, and the keys that it may mean


@dataclass
class Understood:
    """The values of one row, and what is to be said about them, by name of field."""

    values: dict = field(default_factory=dict)
    errors: dict[str, list[Problem]] = field(default_factory=dict)
    warnings: dict[str, list[Problem]] = field(default_factory=dict)
    to_blank: list[str] = field(default_factory=list)  # fields whose cell must not be kept
    empty: set[str] = field(default_factory=set)  # fields into whose cell nothing was entered
    lines: dict[str, list[dict]] = field(default_factory=dict)  # part -> its rows that stand in cells of this one

    def said_of(self, record: Any) -> dict[str, Any]:
        """The values that the row says of a record, or line, that is there; an empty cell of a new one says nothing."""
        return (
            dict(self.values)
            if record
            else {name: value for name, value in self.values.items() if name not in self.empty}
        )


class Reader:
    """Reads rows of one table; `options` says which of its fields are one of a list: `{name: Options}`.

    `photos` are the pictures that were sent beside the file: `{plain name: id of the attachment}`.
    """

    def __init__(self, table: Table, options: Mapping[str, Options], photos: Mapping[str, str] | None = None) -> None:
        self.table, self.options, self.photos = table, options, photos or {}
        self.fields = table.fields
        self.units = {name: unit for name in self.fields if (unit := unit_beside(self.fields, name))}

    def look_up(self, rows: Iterable[Cells], columns: Mapping[int, str]) -> None:
        """Find at once what the words of these rows mean, so that no cell has to be asked about by itself."""
        known = [(at, self.options[name]) for at, name in columns.items() if name in self.options]
        for at, options in known:
            options.look_up({shown(cells[at]).strip() for cells in rows if at < len(cells)} - {""})

    def read(self, cells: Cells, columns: Mapping[int, str], times: Mapping[int, int] | None = None) -> Understood:
        """What a row says. `columns` is `{place: name}`; columns that are no field are passed over.

        `times` is `{place: by how much its figures are multiplied}`.
        """
        understood = Understood()
        unclear: Unclear = {}
        for at, column in columns.items():
            name, version = field_and_version(column)
            if name not in self.fields:
                continue
            cell = cells[at] if at < len(cells) else None
            try:
                self._read_cell(name, cell, (times or {}).get(at, 1), understood, unclear)
                if version:
                    understood.values[name] = cast(Any, self.fields[name]).of_version(understood.values[name], version)
            except NotUnderstood as refusal:
                understood.values[name] = None if flaw_of(cell) else shown(cell)
                understood.errors[name] = [Problem(refusal.message, refusal.code)]
                if refusal.code == "personal_number":
                    understood.to_blank.append(name)
        for name, keys in unclear.items():
            self._read_by_its_place(name, keys, understood)
        for at, column in columns.items():
            if isinstance(cell := cells[at] if at < len(cells) else None, str):
                self._read_unit(column, cell, understood)
        return understood

    def alone(self, name: str, cell: Cell) -> Any:
        """What a cell by itself says below this field. Raises NotUnderstood, also where it may be one of several."""
        understood, unclear = Understood(), cast(Unclear, {})
        self._read_cell(name, cell, 1, understood, unclear)
        if unclear:
            raise NotUnderstood("", "several")
        return understood.values.get(name)

    def _read_cell(self, name: str, cell: Cell, times: int, understood: Understood, unclear: Unclear) -> None:
        form_field = self.fields[name]
        if isinstance(form_field, AttachmentField):
            self._read_photo(name, cell, understood)
            return
        if self._says_nothing(name, cell):
            understood.empty.add(name)
            if not is_blank(cell):
                text = _("“%(value)s” was read as nothing entered.") % {"value": shown(cell).strip()[:40]}
                understood.warnings[name] = [Problem(text, "nothing")]
            if not isinstance(form_field, forms.BooleanField):  # neither yes nor no: it stays as it is
                understood.values[name] = _nothing(form_field)
            return
        understood.values[name], notes = self._value(name, cell, times, understood, unclear)
        if notes:
            understood.warnings.setdefault(name, []).extend(notes)

    def _read_unit(self, name: str, cell: str, understood: Understood) -> None:
        """A unit behind a figure must be that of the field beside it, which says it where nothing stands there."""
        beside = self.units.get(name)
        if not beside or name in understood.errors or beside in understood.errors or not (unit := unit_named(cell)):
            return
        said, value = str(understood.values.get(beside) or ""), cell.strip()[:40]
        if not said and beside not in self.options:
            understood.values[beside] = unit
            understood.empty.discard(beside)
            text = _("“%(value)s” was read with the unit %(unit)s.") % {"value": value, "unit": unit}
            understood.warnings.setdefault(beside, []).append(Problem(text, "unit_of_figure"))
        elif not are_alike(unit, said):
            text = _(
                "“%(value)s” names another unit than “%(unit)s”, which stands beside it. Write both in the same unit."
            )
            understood.errors[name] = [Problem(text % {"value": value, "unit": said[:40]}, "other_unit")]

    def _read_photo(self, name: str, cell: Cell, understood: Understood) -> None:
        """The picture that a cell names; where it names none that was sent, the present one stays."""
        if flaw_of(cell) == "picture":
            text = _(
                "A picture that stands in its cell cannot be read; the photograph stays as it is. Write the name of "
                "its file here, and send the pictures beside this file."
            )
            understood.warnings[name] = [Problem(text, "no_photo")]
            return
        _refuse_flaw(cell)
        if is_blank(cell) or self._says_nothing(name, cell) or _ADDRESS.match(shown(cell)):
            return  # where it can be seen stands in a file that was downloaded
        if attachment := self.photos.get(plain_name(shown(cell))):
            understood.values[name] = attachment
            return
        text = _("No picture called “%(value)s” was sent that could be used; the photograph stays as it is.")
        understood.warnings[name] = [Problem(text % {"value": shown(cell).strip()[:60]}, "no_photo")]

    def _says_nothing(self, name: str, cell: Cell) -> bool:
        """Whether a cell is empty, or holds what people write where there is nothing."""
        if is_blank(cell):
            return True
        if _is_same_as_above(cell):
            return False
        form_field, in_files = self.fields[name], self.table.form.in_files
        if (name in in_files.codes or name in in_files.phones) and _ZEROS.fullmatch(shown(cell)):
            return True  # what stands in other lists where a number was asked for and there is none
        if not isinstance(cell, str) or isinstance(form_field, forms.BooleanField):
            return False
        word = " ".join(cell.strip().lstrip("'").lower().split())
        if _DASHES.fullmatch(word) or (name in in_files.codes and _ON_ITS_WAY.fullmatch(word.strip(" ."))):
            return True
        is_offered = name in self.options and self.options[name].has(cell)
        return word.strip(" .()") in _NOTHING and not is_offered and not _is_required_text(form_field)

    def _value(
        self, name: str, cell: Cell, times: int, understood: Understood, unclear: Unclear
    ) -> tuple[Any, list[Problem]]:
        """`(value, notes)` of a cell that holds something."""
        form_field = self.fields[name]
        _refuse_flaw(cell)
        _refuse_same_as_above(cell)
        if isinstance(form_field, forms.BooleanField):
            return _yes_or_no(cell), []
        if isinstance(form_field, forms.IntegerField | forms.DecimalField):
            return number_in(form_field, cell, times)
        if isinstance(form_field, Day):
            return day_of_cell(cell)
        if name in self.table.form.in_files.phones:
            _refuse_shortened(shown(cell))
            return phone_in(cell, self.table.form.tidied, name)
        text = self._text(name, cell, understood)
        if refusal := self.table.form.unfit_value(name, text):
            raise NotUnderstood(refusal, "personal_number")
        if isinstance(form_field, forms.MultipleChoiceField):
            return [self._key(name, each, understood, unclear) for each in _several(text)], []
        if isinstance(form_field, TextList):
            several = _several(text)
            return several, self._noted(name, text, several)
        if name in self.options:
            return self._key(name, text, understood, unclear), []
        return self.table.form.tidied(name, text), self._noted(name, text)

    def _noted(self, name: str, text: str, value: str | list[str] | None = None) -> list[Problem]:
        """What is told of a text that is not kept as it stands in the file, though readers see the same.

        `value` is what was read from it, where that is a list of texts.
        """
        if name in self.table.form.tidies or not is_untidy(self.fields[name], text if value is None else value):
            return []
        warning = _("“%(value)s” was read without double spaces and characters that cannot be seen.")
        return [Problem(warning % {"value": text[:40]}, "untidy")]

    def _text(self, name: str, cell: Cell, understood: Understood) -> str:
        length = self.table.form.in_files.codes.get(name)
        if not isinstance(cell, int | float) or isinstance(cell, bool):
            text = shown(cell).strip()
            if not length:
                return text
            _refuse_shortened(text)
            bare = re.sub(rf"^(?:no(?:mor)?[. ]*)?{re.escape(name)}[.: ]+(?=[0-9])", "", text, flags=re.IGNORECASE)
            digits = _MARKS.sub("", bare)
            _refuse_zeros_of_shortened(digits, length)
            if bare != text:
                note = _("“%(value)s” was read as %(number)s.") % {"value": text[:40], "number": digits}
                understood.warnings.setdefault(name, []).append(Problem(note, "remark_left_out"))
            return digits
        if (length or name in self.options) and abs(cell) >= MOST_EXACT:
            text = _("Spreadsheets keep only 15 digits of a number, so the last are lost. Type it anew, as a text.")
            raise NotUnderstood(text, "digits_lost")
        text = shown(cell)
        _refuse_zeros_of_shortened(text, length)
        if length and isinstance(cell, int) and cell >= 0 and len(text) < length:
            padded = {"value": text, "padded": text.zfill(length)}
            warning = _(
                "“%(value)s” was read as %(padded)s: a spreadsheet leaves out zeros at the beginning of numbers."
            )
            understood.warnings.setdefault(name, []).append(Problem(warning % padded, "padded"))
            return padded["padded"]
        return text

    def _key(self, name: str, text: str, understood: Understood, unclear: Unclear) -> str:
        options = self.options[name]
        keys = options.find(text)
        if len(keys) == 1:
            return keys[0]
        if keys:
            unclear[name] = (text, keys)
            return text
        if successor := options.successor(text):
            codes = {"old": text, "new": successor}
            warning = _("The code %(old)s is no longer in force; it was read as its successor %(new)s.") % codes
            understood.warnings.setdefault(name, []).append(Problem(warning, "retired_code"))
            return successor
        if near := options.near(text):
            read = {"value": text[:40], "read": options.text_of(near)}
            warning = _("“%(value)s” was read as “%(read)s”.") % read
            understood.warnings.setdefault(name, []).append(Problem(warning, "choice"))
            return near
        if offered := options.offered:
            refused = {"value": text[:40], "choices": "; ".join(offered)}
            raise NotUnderstood(
                _("“%(value)s” is not in the list. Write one of: %(choices)s.") % refused, "invalid_choice"
            )
        if isinstance(options.field, KnowsWords):
            raise NotUnderstood(options.field.unknown_words(text), "unknown_words")
        return text

    def _read_by_its_place(self, name: str, unclear: tuple[str, list[str]], understood: Understood) -> None:
        """A name that several places have means the one that lies in the place which the same row names."""
        text, keys = unclear
        others = {
            value for other, value in understood.values.items() if other != name and isinstance(value, str) and value
        }
        inside = [key for key in keys if any(key.startswith(f"{other}.") for other in others if "." in other)]
        nearest = [key for key in inside if any(key.rpartition(".")[0] == other for other in others)] or inside
        if len(nearest) == 1:
            understood.values[name] = nearest[0]
            return
        told_keys = {"value": text[:40], "keys": ", ".join(keys[:5])}
        message = _("“%(value)s” can mean several of the list. Write the code instead: %(keys)s.") % told_keys
        understood.errors[name] = [Problem(message, "several")]


def plain_name(name: str) -> str:
    """The name of a picture as it is compared: without folders, in small letters."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    return " ".join(name.casefold().split())


def _is_required_text(form_field: Field) -> bool:
    """Whether a field takes any words and needs some: “Nihil” may well be a name."""
    return form_field.required and type(form_field) is forms.CharField


def _nothing(field: Field) -> Any:
    if isinstance(field, TextList | forms.MultipleChoiceField):
        return []
    return "" if isinstance(field, forms.CharField | forms.ChoiceField) else None


def _refuse_flaw(cell: Cell) -> None:
    flaw = flaw_of(cell)
    if flaw == "nik":
        text = _(
            "This looks like a NIK. The portal keeps no NIK: it was removed from what is kept. Leave the cell empty."
        )
        raise NotUnderstood(text, "personal_number")
    if flaw == "formula":
        text = _("This formula has no result in the file. Open it in Excel, save it, or type the value itself.")
        raise NotUnderstood(text, "formula")
    if flaw == "picture":
        text = _("This cell holds a picture, or something else that Excel alone can show. Type the value itself.")
        raise NotUnderstood(text, "picture")
    if flaw == "error" and not shown(cell).strip("#"):
        text = _("“%(value)s” is what a column shows that is too narrow for its figures. Type the value itself.")
        raise NotUnderstood(text % {"value": shown(cell)}, "too_narrow")
    if flaw == "error":
        text = _("The formula in this cell fails (%(error)s). Type the value itself.")
        raise NotUnderstood(text % {"error": shown(cell)}, "formula_error")


def _refuse_same_as_above(cell: Cell) -> None:
    """Sorted or filtered, the row above is another one: what it says is not taken over."""
    if _is_same_as_above(cell):
        text = _("“%(value)s” points to another row. Write the value itself.")
        raise NotUnderstood(text % {"value": shown(cell).strip()[:40]}, "same_as_above")


def _is_same_as_above(cell: Cell) -> bool:
    if not isinstance(cell, str) or len(cell) > LONGEST_DITTO:
        return False
    return bool(_DITTO_MARKS.fullmatch(cell)) or re.sub(r"[^a-z]", "", plain(cell)) in _SAME_AS_ABOVE


def _refuse_shortened(text: str) -> None:
    if _SHORTENED.fullmatch(text.strip()):
        message = _("A spreadsheet has shortened “%(value)s”, and digits are lost. Type the number anew, as a text.")
        raise NotUnderstood(message % {"value": text[:40]}, "shortened")


def _refuse_zeros_of_shortened(digits: str, length: int | None) -> None:
    if length and length >= _LONG_CODE and _ZEROS_OF_SHORTENED.fullmatch(digits):
        message = _(
            "“%(value)s” ends in so many zeros as where a spreadsheet has shortened a number, and digits are lost. "
            "Type the number anew, as a text."
        )
        raise NotUnderstood(message % {"value": digits[:40]}, "shortened")


def _yes_or_no(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return cell
    word = plain(shown(cell))
    if word in _YES or word in _NO:
        return word in _YES
    raise NotUnderstood(_("“%(value)s” is neither yes nor no.") % {"value": shown(cell)[:40]}, "invalid")


def _several(text: str) -> list[str]:
    separator = r"[;\n]" if ";" in text else r"[,\n]"
    return [piece.strip() for piece in re.split(separator, text) if piece.strip()]
