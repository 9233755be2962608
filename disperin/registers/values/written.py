"""Figures as offices write them: "Rp 1.250.000,-", "15 jt", "±5 orang". Read alike in files and on pages.

Whoever reads one says how it was read: what was typed was no number by itself.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from django import forms
from django.forms import Field

from disperin.registers.values.days import year_in
from disperin.registers.values.degrees import degrees_in
from disperin.registers.values.fields import Degrees, WholeNumber
from disperin.registers.values.spelled_out import number_in_words, number_of_words
from disperin.ui.characters import plain_forms
from disperin.ui.formats import TWO_FIGURES, separators
from disperin.ui.forms import WholeNumberInput

_SCALES = {
    "ribu": 1_000, "rb": 1_000, "juta": 1_000_000, "jt": 1_000_000, "miliar": 1_000_000_000, "milyar": 1_000_000_000,
    "m": 1_000_000_000, "triliun": 1_000_000_000_000, "t": 1_000_000_000_000,
}  # fmt: skip
_MONEY_ONLY = {"m", "t"}
_LONGEST = 60  # characters
_BEFORE = re.compile(
    r"^(?:±|\+/-|\+-|~|≈|kurang lebih|lebih kurang|sekitar|kira[- ]kira|perkiraan|estimasi|taksiran|kl\.?|"
    r"(?:(?:sejak|mulai|berdiri) )?(?:tahun|thn|th)\.?|sejak|mulai|berdiri)\s*"
)
_CURRENCY = re.compile(r"^(?:rp|idr)\.?\s*")
_END_OF_MONEY = re.compile(r"\s*[,.;]\s*(?:-|–|—|=)+(?=\s*(?:rupiah|rp)?\.?$)|(?<=,00)-$")
_NUMBER = r"(?P<number>-?[0-9][0-9.,' ]*[0-9]|-?[0-9])"
_WRITTEN = re.compile(rf"{_NUMBER}\s*\.?\s*(?:(?P<scale>{'|'.join(_SCALES)})(?![a-z]))?\.?\s*(?P<unit>[a-z%/. ²2]*)")
_UNITS = re.compile(
    r"(?:(?:orang|org|or)?\.? ?(?:jiwa|pekerja|karyawan|tenaga kerja|tk)|orang|org|or|people|unit|buah|bh|pcs|biji|kg|"
    r"kilogram|kuintal|kwintal|ton|liter|ltr|meter|ha|hektare?|hektar|m2|m²|km|lembar|lbr|potong|ptg|bungkus|bks|botol|btl|kodi|pasang|set|pak|"
    r"pack|dus|persen|%|tahun|thn)?\.?\s*(?:(?:/|per ?) ?(?:tahun|thn|th))?\.?"
)
_PER_YEAR = re.compile(r"\.?\s*(?:(?:/|per ?) ?(?:tahun|thn|th))?\.?$")
# by what a unit is called: one is that of a field if some row holds both
_SAME_UNITS = (
    {"orang", "org", "or", "people", "jiwa", "pekerja", "karyawan", "tenaga kerja", "tk"},
    {"ha", "hektar", "hektare"}, {"m2", "m²"}, {"km"}, {"kg", "kilogram"}, {"kuintal", "kwintal"}, {"liter", "ltr"},
    {"lembar", "lbr"}, {"potong", "ptg"}, {"bungkus", "bks"}, {"botol", "btl"}, {"buah", "bh"}, {"pak", "pack"},
    {"%", "persen"},
)  # fmt: skip
_MONEY_UNITS = re.compile(r"(?:rupiah|rp)?\.?\s*(?:(?:/|per ?) ?(?:tahun|thn|th))?\.?")
_IN_WORDS = re.compile(r"\((?:se|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)[a-z ]*\)")  # 5 (lima) orang
_ABOUT = re.compile(r"\((?:perkiraan|estimasi|taksiran|kira[- ]kira|kurang lebih)\)")
_TWO_SCALES = re.compile(
    rf"(?P<most>[0-9]{{1,3}})\s*(?P<scale>{'|'.join(_SCALES)})\.?\s*(?:dan |, ?)?"
    rf"(?P<rest>[0-9]{{1,3}})\s*(?P<smaller>{'|'.join(_SCALES)})\.?\s*(?:rupiah)?"
)
_NAMES_A_SCALE = re.compile(rf"(?:{'|'.join(_SCALES)})(?![a-z])")  # seribu too
# 12,000 and 5.000,000: a fraction here, thousands elsewhere; 1,250.000 the other way round
_TWO_WAYS = re.compile(
    r"(?<![0-9.,])(?:[0-9]{1,3}(?:\.[0-9]{3})?,000|[0-9]{1,3},[0-9]{3}\.000|[0-9]{4,}[.,]000)(?![0-9.,])"
)
_BY_COMMA = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3}){2,}(?:\.0+)?|-?[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+")

# What stands for the number, and whether a scale is named behind it -> the number; None for anything else
Reader = Callable[[str, bool], Decimal | None]


class AsRead(str):
    """A text that `to_python` reads, and `typed`, what somebody wrote instead of it."""

    __slots__ = ("typed",)
    typed: str

    def __new__(cls, text: str, *, typed: str) -> "AsRead":
        made = super().__new__(cls, text)
        made.typed = typed
        return made


def is_year(field: Field) -> bool:
    """Whether a field holds years: whole numbers without thousands."""
    return isinstance(field, WholeNumber) and not isinstance(field.widget, WholeNumberInput)


def are_rupiah(field: Field) -> bool:
    """Whether a field holds amounts of money."""
    return bool(field.widget.attrs.get("data-prefix"))


def are_percent(field: Field) -> bool:
    """Whether a field holds parts of a hundred."""
    return field.widget.attrs.get("data-unit") == "%"


def is_two_ways(field: Field, text: str) -> bool:
    """Whether a whole number would be another one for who writes fractions with a comma than for who groups by it."""
    return not isinstance(field, forms.DecimalField) and bool(_TWO_WAYS.search(text))


def as_typed(field: Field, text: str) -> AsRead | None:
    """What was typed on a page in its language, where it says a number in words; None for what is none or unclear."""
    if not isinstance(field, WholeNumber | forms.DecimalField):
        return None
    plain = plain_forms(text).strip()
    if is_year(field) and (year := year_in(plain)):
        return AsRead(str(year), typed=text.strip())
    if is_two_ways(field, plain):
        return None
    is_english = separators()[0] == ","
    number, _has_scale = as_offices_write(field, plain, reader=_english if is_english else _of_an_office)
    if number is None or (isinstance(field, WholeNumber) and number != number.to_integral_value()):
        return None
    said = str(int(number)) if number == number.to_integral_value() else f"{number:f}"
    return AsRead(said, typed=text.strip())


def as_offices_write(field: Field, text: str, *, reader: Reader | None = None) -> tuple[Decimal | None, bool]:
    """`(number, whether the text names its scale)`: Rp 1.250.000,-; 15 jt; ±5 orang; 1,250,000. None for others."""
    if isinstance(field, Degrees) and len(text) <= _LONGEST:
        return degrees_in(text, is_longitude=field.is_longitude), False
    if len(text) > _LONGEST or TWO_FIGURES.search(text):
        return None, False
    in_words = [number_of_words(words.strip("()")) for words in _IN_WORDS.findall(text.lower())]
    text = re.sub(r"(?<=[a-z])[,;]$", "", " ".join(_IN_WORDS.sub(" ", _ABOUT.sub(" ", text.lower())).split()))
    is_money = are_rupiah(field)
    text = _BEFORE.sub("", text)
    if is_money:
        text = _END_OF_MONEY.sub("", _CURRENCY.sub("", text))
    if not in_words and (alone := _in_words_alone(field, text)):
        return alone, bool(_NAMES_A_SCALE.search(text))
    match = _WRITTEN.fullmatch(text)
    if not match or not (_MONEY_UNITS if is_money else _UNITS).fullmatch(match["unit"].strip()):
        return None, False
    number, scale, unit = match["number"].replace(" ", ""), match["scale"], match["unit"].strip()
    if scale and (is_year(field) or (scale in _MONEY_ONLY and not is_money)):
        return None, False
    if not is_money and not _is_of(field, _bare(unit)):
        return None, False
    exact = (reader or _of_an_office)(number, bool(scale))
    scaled = None if exact is None else exact * _SCALES.get(scale, 1)
    if any(words not in (exact, scaled) for words in in_words):  # which of the two is meant, nobody can tell
        return None, False
    return scaled, bool(scale)


def unit_beside(fields: Mapping[str, Field], name: str) -> str | None:
    """The field of a form that says in what another one is measured, which has no unit of its own; None for others."""
    field = fields[name]
    if not isinstance(field, WholeNumber | forms.DecimalField) or isinstance(field, Degrees):
        return None
    if is_year(field) or are_rupiah(field) or field.widget.attrs.get("data-unit"):
        return None
    texts = {beside for beside, unit in fields.items() if type(unit) in (forms.CharField, forms.TypedChoiceField)}
    return next((beside for beside in (f"{name}_unit", "unit") if beside in texts), None)


def unit_named(text: str) -> str:
    """The unit that stands behind the number of a text, without “per year”: ton; "" where there is none."""
    match = _WRITTEN.fullmatch(_BEFORE.sub("", " ".join(text.lower().split())))
    return _bare(match["unit"]) if match else ""


def are_alike(unit: str, other: str) -> bool:
    """Whether two words name one unit: kg, Kilogram."""
    both = {_bare(unit.strip().lower()), _bare(other.strip().lower())}
    return len(both) == 1 or any(both <= names for names in _SAME_UNITS)


def _is_of(field: Field, unit: str) -> bool:
    """Whether figures of a field may be followed by this unit: by its own, or by any but percent where it has none."""
    own = str(field.widget.attrs.get("data-unit") or "")
    return not unit or (are_alike(own, unit) if own else not are_alike(unit, "%"))


def _bare(unit: str) -> str:
    return _PER_YEAR.sub("", unit.strip()).strip()


def _in_words_alone(field: Field, text: str) -> Decimal | None:
    """The number of “lima belas juta rupiah”, “dua orang” or “1 jt 500 rb”; None for anything else, and for years."""
    if is_year(field):
        return None
    if are_rupiah(field) and (match := _TWO_SCALES.fullmatch(text)):
        scale, rest = _SCALES[match["scale"]], int(match["rest"]) * _SCALES[match["smaller"]]
        return Decimal(int(match["most"]) * scale + rest) if rest < scale else None
    words, _sign, unit = text.rpartition(" ")
    units = _MONEY_UNITS if are_rupiah(field) else _UNITS
    number = number_in_words(text) or (number_in_words(words) if units.fullmatch(unit) else None)
    return None if number is None or are_percent(field) else Decimal(number)


def _of_an_office(number: str, has_scale: bool) -> Decimal | None:
    if _BY_COMMA.fullmatch(number):
        return Decimal(number.replace(",", ""))
    if has_scale and re.fullmatch(r"[0-9]{1,3}\.[0-9]{1,2}", number):  # 2.5 juta can be nothing else
        return Decimal(number)
    return _indonesian(number)


def _indonesian(text: str) -> Decimal | None:
    """A number in which full stops group thousands and a comma begins the fraction; None for anything else."""
    match = re.fullmatch(r"(-?)([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,([0-9]+))?", text)
    return Decimal(f"{match[1]}{match[2].replace('.', '')}.{match[3] or 0}") if match else None


def _english(number: str, has_scale: bool) -> Decimal | None:
    """As English pages show numbers; what an Indonesian would read otherwise (1.250 people, 2,500 juta) is none."""
    match = re.fullmatch(r"(-?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]{1,2}))?", number)
    if match is None or (has_scale and "," in number):
        return None
    return Decimal(f"{match[1]}{match[2].replace(',', '')}.{match[3] or 0}")
