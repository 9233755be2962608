"""What the cells of a row say, as values that the form of a register takes. What is not understood is named."""

import datetime
import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import partial

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import override

from disperin.registers.fields import Day, TextList
from disperin.registers.many import Problem
from disperin.workbooks.options import plain
from disperin.workbooks.reading.cells import flaw_of, is_blank, shown

MOST_EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number
_PATTERNS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d-%m-%y", "%Y/%m/%d")  # never month first
_YES = {"ya", "yes", "y", "true", "benar", "1", "x", "v", "ada", "setuju", "✓", "√"}
_NO = {"tidak", "no", "n", "t", "false", "salah", "0", "-", "tdk", "belum"}
_SHORTENED = re.compile(r"[0-9][.,][0-9]+[eE]\+?[0-9]{2}")
_MONTHS = {
    name: at
    for at, names in enumerate(
        ("januari january jan", "februari february pebruari feb peb", "maret march mar", "april apr", "mei may",
         "juni june jun", "juli july jul", "agustus august agu agt aug ags", "september sep sept",
         "oktober october okt oct", "november nopember nov nop", "desember december des dec"), 1
    )
    for name in names.split()
}  # fmt: skip


@dataclass
class Understood:
    """The values of one row, and what is to be said about them, by name of field."""

    values: dict = field(default_factory=dict)
    errors: dict[str, list[Problem]] = field(default_factory=dict)
    warnings: dict[str, list[Problem]] = field(default_factory=dict)
    to_blank: list[str] = field(default_factory=list)  # fields whose cell must not be kept


class Reader:
    """Reads rows of one table; `options` says which of its fields are one of a list: `{name: Options}`."""

    def __init__(self, table, options):
        self.table, self._options = table, options
        self.fields = table.fields
        self._ways = {name: _way_to_read(field) for name, field in self.fields.items()}

    def read(self, cells, columns):
        """What a row says. `columns` is `{place: name}`; columns that are no field are passed over."""
        told, unclear = Understood(), {}
        for at, name in columns.items():
            if name not in self.fields:
                continue
            cell = cells[at] if at < len(cells) else None
            try:
                told.values[name] = self._value(name, cell, told, unclear)
            except _NotUnderstood as refusal:
                told.values[name] = None if flaw_of(cell) else shown(cell)
                told.errors[name] = [Problem(str(refusal), refusal.code)]
                if refusal.code == "personal_number":
                    told.to_blank.append(name)
        for name, keys in unclear.items():
            self._settle(name, keys, told)
        return told

    def _value(self, name, cell, told, unclear):
        field = self.fields[name]
        if is_blank(cell):
            return _nothing(field)
        _refuse_flaw(cell)
        if way := self._ways[name]:
            return way(cell)
        text = self._text(name, cell, told)
        if refusal := self.table.form.unfit_value(name, text):
            raise _NotUnderstood(refusal, "personal_number")
        if isinstance(field, forms.MultipleChoiceField):
            return [self._key(name, one, told, unclear) for one in _several(text)]
        if isinstance(field, TextList):
            return _several(text)
        return self._key(name, text, told, unclear) if name in self._options else text

    def _text(self, name, cell, told):
        length = self.table.form.in_files.codes.get(name)
        if not isinstance(cell, int | float) or isinstance(cell, bool):
            text = shown(cell).strip()
            if length and _SHORTENED.fullmatch(text):
                message = _(
                    "A spreadsheet has shortened “%(value)s”, and digits are lost. Type the number anew, as a text."
                )
                raise _NotUnderstood(message % {"value": text[:40]}, "shortened")
            return re.sub(r"[\s.\-]", "", text) if length else text  # people write marks between the digits of codes
        if (length or name in self._options) and abs(cell) >= MOST_EXACT:
            text = _("Spreadsheets keep only 15 digits of a number, so the last are lost. Type it anew, as a text.")
            raise _NotUnderstood(text, "digits_lost")
        text = shown(cell)
        if length and isinstance(cell, int) and cell >= 0 and len(text) < length:
            padded = {"value": text, "padded": text.zfill(length)}
            warning = _(
                "“%(value)s” was read as %(padded)s: a spreadsheet leaves out zeros at the beginning of numbers."
            )
            told.warnings.setdefault(name, []).append(Problem(warning % padded, "padded"))
            return padded["padded"]
        return text

    def _key(self, name, text, told, unclear):
        options = self._options[name]
        found = options.find(text)
        if len(found) == 1:
            return found[0]
        if found:
            unclear[name] = (text, found)
            return text
        if successor := options.successor(text):
            codes = {"old": text, "new": successor}
            warning = _("The code %(old)s is no longer in force; it was read as its successor %(new)s.") % codes
            told.warnings.setdefault(name, []).append(Problem(warning, "retired_code"))
            return successor
        return text

    def _settle(self, name, unclear, told):
        """A name that several places have means the one that lies in the place which the same row names."""
        text, keys = unclear
        others = {value for other, value in told.values.items() if other != name and isinstance(value, str) and value}
        inside = [key for key in keys if any(key.startswith(f"{other}.") for other in others if "." in other)]
        nearest = [key for key in inside if any(key.rpartition(".")[0] == other for other in others)] or inside
        if len(nearest) == 1:
            told.values[name] = nearest[0]
            return
        told_keys = {"value": text[:40], "keys": ", ".join(keys[:5])}
        message = _("“%(value)s” can mean several of the list. Write the code instead: %(keys)s.") % told_keys
        told.errors[name] = [Problem(message, "several")]


class _NotUnderstood(Exception):
    def __init__(self, message, code):
        super().__init__(str(message))
        self.code = code


def _way_to_read(field):
    """What reads a number, a day, or yes and no; None for texts and choices."""
    if isinstance(field, forms.BooleanField):
        return _yes_or_no
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        return partial(_number, field)
    return _day if isinstance(field, Day) else None


def _nothing(field):
    if isinstance(field, forms.BooleanField):
        return False
    if isinstance(field, TextList | forms.MultipleChoiceField):
        return []
    return "" if isinstance(field, forms.CharField | forms.ChoiceField) else None


def _refuse_flaw(cell):
    found = flaw_of(cell)
    if found == "nik":
        text = _(
            "This looks like a NIK. The portal keeps no NIK: it was removed from what is kept. Leave the cell empty."
        )
        raise _NotUnderstood(text, "personal_number")
    if found == "formula":
        text = _("This formula has no result in the file. Open it in Excel, save it, or type the value itself.")
        raise _NotUnderstood(text, "formula")
    if found == "error":
        text = _("The formula in this cell fails (%(error)s). Type the value itself.")
        raise _NotUnderstood(text % {"error": shown(cell)}, "formula_error")


def _yes_or_no(cell):
    if isinstance(cell, bool):
        return cell
    word = plain(shown(cell))
    if word in _YES or word in _NO:
        return word in _YES
    raise _NotUnderstood(_("“%(value)s” is neither yes nor no.") % {"value": shown(cell)[:40]}, "invalid")


def _number(field, cell):
    """A number, or the text of one in Indonesian (1.250,5) or as programs write it (1250.5)."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return cell if isinstance(cell, int) or isinstance(field, forms.DecimalField) else _fraction(cell)
    if isinstance(cell, dict):
        text = _("This is a date, not a number. Set the format of the cell to “Number”, then type it anew.")
        raise _NotUnderstood(text, "date")
    text = shown(cell).strip()
    with override("id"):
        try:
            return _as_json(field.from_text(text))
        except ValueError:
            pass
    if re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,18})?", text):
        return _as_json(text)
    raise _NotUnderstood(_("“%(value)s” is not a number. Write digits only.") % {"value": text[:40]}, "invalid")


def _as_json(text):
    try:
        exact = Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def _fraction(cell):
    raise _NotUnderstood(_("%(value)s has a fraction; write a whole number.") % {"value": shown(cell)[:40]}, "invalid")


def _day(cell):
    """ISO 8601 of a date cell, or of a text such as 31/12/2025, 31-12-25 or 31 Desember 2025."""
    if isinstance(cell, dict):
        return cell["date"]
    text = shown(cell).strip()
    for read in (_day_as_typed, _day_in_words):
        if found := read(text):
            return found.isoformat()
    message = _("“%(value)s” is not a date. Write day/month/year, such as 31/12/2025.") % {"value": text[:40]}
    raise _NotUnderstood(message, "invalid")


def _day_as_typed(text):
    for pattern in _PATTERNS:
        try:
            return datetime.datetime.strptime(text, pattern).date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
    return None


def _day_in_words(text):
    found = re.fullmatch(r"([0-9]{1,2})[ \-]+([a-z]+)\.?[ \-,]+([0-9]{4})", plain(text))
    month = found and _MONTHS.get(found[2])
    if not month:
        return None
    try:
        return datetime.date(int(found[3]), month, int(found[1]))
    except ValueError:
        return None


def _several(text):
    separator = r"[;\n]" if ";" in text else r"[,\n]"
    return [one.strip() for one in re.split(separator, text) if one.strip()]
