"""Form fields of the registers: what is typed in the user's language becomes one canonical value, and back.

Canonical values are JSON: text, whole numbers, decimals as numbers with a dot, booleans, dates as ISO 8601,
keys of choices and of records, lists of keys. They never depend on a language.
"""

import datetime
import decimal
import re
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy, ngettext_lazy

from disperin.registers.values.days import day_in
from disperin.registers.values.limits import LARGEST, out_of_bounds, refuse_early, write_figures
from disperin.ui import characters, sentences
from disperin.ui.abilities import JudgesShape, KeepsTables, LooksUp, ReadsText
from disperin.ui.formats import parse_number
from disperin.ui.forms import DayInput, DecimalInput, WholeNumberInput
from disperin.ui.said import Said, gettext, of_error
from disperin.ui.texts import Text

LONGEST = 20_000  # characters of any text
MOST_TOLD = 20  # wrong names of one body that are named: whoever sends more needs no list of them


class Typed(str):
    """A text that was not understood in the language it was typed in, and must not be understood in another."""

    __slots__ = ()


class _RefusesTyped(forms.Field):
    def to_python(self, value: Any) -> Any:
        if isinstance(value, Typed):
            raise self.unclear(value)
        return super().to_python(value)

    def unclear(self, value: Any) -> ValidationError:
        """The error of what is none of this field."""
        return ValidationError(self.error_messages["invalid"], "invalid", {"value": str(value)[:40]})


class _Figure(_RefusesTyped):
    """A number: one that is unclear is named, with an example of how it is written in the user's language."""

    example: float = 0

    def to_python(self, value: Any) -> Any:
        """As of Django; "NaN" is no number, and what no column could hold is named with its limit."""
        if isinstance(value, Typed) and re.fullmatch(r"-?[0-9]+", value):
            value = str(value)  # it reads alike in every language, and was kept as typed because it is too large
        try:
            number = super().to_python(value)
        except ValidationError as error:
            raise self.unclear(value) from error
        if isinstance(number, decimal.Decimal) and not number.is_finite():
            raise self.unclear(value)
        if number is not None and not -LARGEST <= number <= LARGEST:
            raise out_of_bounds(self, number)
        return number

    def unclear(self, value: Any) -> ValidationError:
        """As of every field."""
        params = {"value": str(value)[:40], "example": Said(lambda: self.widget.format_value(self.example))}
        return ValidationError(self.error_messages["invalid"], "invalid", params)

    def run_validators(self, value: Any) -> None:
        """As of Django; values and limits are written as the user's language writes numbers, years as they are."""
        try:
            super().run_validators(value)
        except ValidationError as error:
            write_figures([] if type(self.widget) is forms.TextInput else error.error_list)  # the box of a year
            raise


class WholeNumber(ReadsText, _Figure, forms.IntegerField):
    """A count or an amount without a fraction; thousands may be grouped as the user's language does."""

    default_error_messages = {
        "invalid": gettext_lazy("“%(value)s” is not a whole number. Write only its digits, for example %(example)s.")
    }

    def __init__(self, *, unit: Text = "", prefix: Text = "", example: int | None = None, **options: Any) -> None:
        options.setdefault("widget", WholeNumberInput(unit=unit, prefix=prefix))
        self.example = example or (1_250_000 if prefix else 1_250)
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        """As of every figure; a text is digits alone: “12.000” is twelve to Django and twelve thousand to an office."""
        if isinstance(value, str) and not isinstance(value, Typed) and not re.fullmatch("(?:-?[0-9]+)?", value.strip()):
            raise self.unclear(value)
        return super().to_python(value)

    def unclear(self, value: Any) -> ValidationError:
        """As of every field; the example is read alike on a page, in a file and by the API."""
        params = {"value": str(value)[:40], "example": str(self.example)}
        return ValidationError(self.error_messages["invalid"], "invalid", params)

    def from_text(self, text: str) -> str:
        """What was typed in the active language, as text that `to_python` reads in any; ValueError if it is none."""
        if not (text := characters.plainly(text)):
            return ""
        number = parse_number(re.sub(r",-+$", "", text))
        if isinstance(number, decimal.Decimal):  # a sum may end in ,00, a part of the whole is none
            if number != int(number) or cast(int, number.as_tuple().exponent) < -2:
                raise ValueError(text)
            number = int(number)
        return str(number)


class Decimal(ReadsText, _Figure, forms.DecimalField):
    """A number with a fraction, such as degrees or percent."""

    default_error_messages = {
        "invalid": gettext_lazy("“%(value)s” is not a number. Write only its digits, for example %(example)s.")
    }
    example = 12.5

    def __init__(self, *, unit: Text = "", **options: Any) -> None:
        options.setdefault("widget", DecimalInput(unit=unit))
        super().__init__(**options)

    def from_text(self, text: str) -> str:
        """As of WholeNumber."""
        return str(parse_number(seen)) if (seen := characters.plainly(text)) else ""


class Degrees(Decimal):
    """Latitude or longitude; people paste it from maps, so that dot and comma both mean the decimal sign."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"unit": "°", "max_digits": 9, "decimal_places": 6, **options})
        self.is_longitude, example = self.max_value == 180, settings.PROVINCE.example
        self.example = example.longitude if self.is_longitude else example.latitude

    def to_python(self, value: Any) -> Any:
        """As of Decimal, rounded to what is kept (0.1 m): telephones and maps give more decimals than that."""
        number = super().to_python(value)
        return number and round(number, self.decimal_places)

    def from_text(self, text: str) -> str:
        """As of WholeNumber."""
        written = re.sub("^[-\u2010-\u2015\u2212] ?", "-", characters.plainly(text)).removesuffix("°").replace(",", ".")
        if written and not re.fullmatch(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)", written):
            raise ValueError(text)
        return written


class Day(_RefusesTyped, forms.DateField):
    """A date, written as people do, or as ISO 8601. One that `lies_ahead` shows an example that is still to come."""

    widget = DayInput
    default_error_messages = {
        "invalid": gettext_lazy("“%(value)s” is no day of the calendar. Write it like 18 October 2026 or 18/10/2026.")
    }

    def __init__(self, *, lies_ahead: bool = False, **options: Any) -> None:
        super().__init__(**{"input_formats": ["%Y-%m-%d"], **options})
        cast(DayInput, self.widget).lies_ahead = lies_ahead

    def to_python(self, value: Any) -> datetime.date | None:
        """As of Django; a day may be written as people do, and what is none is named."""
        if isinstance(value, str) and not isinstance(value, Typed) and (read := day_in(value)):
            day, is_alone = read
            if not is_alone:
                raise self.unclear(value)
            value = day
        try:
            return super().to_python(value)
        except ValidationError as error:
            raise self.unclear(value) from error

    def validate(self, value: datetime.date | None) -> None:
        super().validate(value)
        if value is not None:
            refuse_early(value)


class MarkedText(forms.CharField):
    """A number or code as people write it, with marks between its digits: its length is judged once they are gone.

    The form's `clean_<name>` takes them out, then the column judges the length.
    """

    def __init__(self, *, max_length: int | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.max_length = max_length  # for whoever describes the field; nothing is cut or refused by it here


class ListInput(forms.Textarea):
    """Several short texts, one a line or separated by commas."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 2, **(attrs or {})})

    def value_from_datadict(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> Any:
        given = data.get(name)
        if isinstance(given, str):
            return [line.strip() for line in given.replace(",", "\n").splitlines() if line.strip()]
        return given

    def format_value(self, value: Any) -> str:
        return "\n".join(value) if isinstance(value, list | tuple) else value or ""


class TextList(forms.Field):
    """A list of texts, each checked by `check` (raises ValidationError); doubles are dropped."""

    widget = ListInput
    default_error_messages = {
        "too_many": ngettext_lazy("At most %(limit)d entry.", "At most %(limit)d entries.", "limit")
    }

    def __init__(self, *, check: Callable[[str], object] | None = None, limit: int = 20, **options: Any) -> None:
        self.check, self.limit = check, limit
        super().__init__(**options)

    def to_python(self, value: Any) -> list[str]:
        return list(dict.fromkeys(str(text).strip() for text in value or [] if str(text).strip()))

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if len(value) > self.limit:
            raise ValidationError(self.error_messages["too_many"], "too_many", {"limit": self.limit})
        for text in value:
            if self.check:
                self.check(text)


class References(LooksUp, TextList):
    """Several rows of reference data, by the keys that values keep."""

    default_error_messages = {"unknown": gettext_lazy("“%(value)s” is not known. Choose one of the list.")}
    known = None  # keys that were looked up for many forms at once; None: ask the database

    def __init__(self, queryset: models.QuerySet[Any], **options: Any) -> None:
        self.queryset = queryset
        super().__init__(**options)

    def look_up(self, values: Iterable[Any]) -> None:
        """Find whatever these values name, in one query, so that no form has to ask for itself."""
        self.known = self._found({key for value in values for key in self.to_python(value)})

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        known = self._found(value) if self.known is None else self.known
        for text in value:
            if text not in known:
                raise ValidationError(self.error_messages["unknown"], "unknown", {"value": text[:20]})

    def _found(self, keys: Collection[str]) -> set[str]:
        return {*self.queryset.filter(pk__in=keys).values_list("pk", flat=True)} if keys else set()


class Codes(forms.TypedMultipleChoiceField):
    """A list of natural keys, ticked from a list or typed."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {"invalid_choice": gettext_lazy("“%(value)s” is not in the list.")}

    def to_python(self, value: Any) -> list[str]:
        return list(dict.fromkeys(super().to_python(value)))


class Reference(LooksUp, forms.ModelChoiceField):
    """Another record or a row of reference data, by the key that values keep (`to_field_name` or primary key)."""

    default_error_messages = {"invalid_choice": gettext_lazy("“%(value)s” is not known. Choose one of the list.")}
    queryset: models.QuerySet[Any]
    known = None  # {key: record} that was looked up for many forms at once; None: ask the database
    found: dict[tuple[Any, Any], Any] | None = None  # by a form of its own copy, which asks more than once
    tables: KeepsTables | None = None  # whoever keeps small tables in memory; a form gives it to its own copy

    def __deepcopy__(self, memo: dict[int, Any]) -> "Reference":
        copied: Reference = super().__deepcopy__(memo)
        copied.found = {}
        return copied

    def look_up(self, values: Iterable[Any]) -> None:
        """Find whatever these values name, in one query, so that no form has to ask for itself."""
        keys = set()
        for value in values:
            if value not in self.empty_values:
                with suppress(ValidationError):
                    keys.add(self.key_of(value))
        rows = self.queryset.filter(**{f"{self.key_name}__in": keys}) if keys else ()
        self.known = {getattr(row, self.key_name): row for row in rows}

    @property
    def key_name(self) -> str:
        """The name of the column that values keep."""
        return self.to_field_name or "pk"

    def key_of(self, value: Any) -> Any:
        """The key that a value names, as the database holds it; raises ValidationError for what cannot be one."""
        if isinstance(value, self.queryset.model):
            return getattr(value, self.key_name)
        meta = self.queryset.model._meta
        key = (meta.get_field(self.to_field_name) if self.to_field_name else meta.pk).to_python(value)
        self.validate_no_null_characters(key)
        return key

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        try:
            key = self.key_of(value)
            return self._row_of(key) if self.known is None else self.known[key]
        except (ValidationError, LookupError, self.queryset.model.DoesNotExist) as error:
            params = {"value": str(value)[:40]}
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", params) from error

    def _row_of(self, key: Any) -> Any:
        if self.tables and self.key_name == "pk" and (kept := self.tables.find(self.queryset, key)):
            return kept
        looked_up, asked = {} if self.found is None else self.found, (self.queryset, key)
        if asked not in looked_up:
            looked_up[asked] = self.queryset.get(**{self.key_name: key})
        return looked_up[asked]


def canonical(field: forms.Field, value: Any) -> Any:
    """The JSON of a cleaned value, as `to_python` gives it. Nothing entered is None, or "" for texts, [] for lists."""
    if isinstance(value, models.Model):
        return canonical(field, value.serializable_value(getattr(field, "to_field_name", None) or "pk"))
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, list | tuple):
        return [canonical(field, item) for item in value]
    if isinstance(value, bool | int | float | dict):
        return value
    if value in (None, ""):
        return "" if isinstance(field, forms.CharField) else None
    return str(value)


def tidy(field: forms.Field, value: Any) -> Any:
    """A value of texts as it is kept, without what nobody sees; anything else as it is."""
    if type(value) is list and isinstance(field, TextList):
        return [characters.line(item) if isinstance(item, str) else item for item in value]
    if type(value) is not str or not isinstance(field, forms.CharField):
        return value
    return (characters.lines if isinstance(field.widget, forms.Textarea) else characters.line)(value)


def is_untidy(field: forms.Field, value: Any) -> bool:
    """Does a value of texts hold more than blanks around them that is not kept?"""
    if isinstance(value, list) and isinstance(field, TextList):
        return any(type(item) is str and characters.line(item) != item.strip() for item in value)
    return type(value) is str and isinstance(field, forms.CharField) and tidy(field, value) != value.strip()


def shape_problem(field: forms.Field, value: Any) -> str:
    """Why this JSON value cannot be meant for this field (wrong kind, characters that cannot be stored), or ""."""
    if value is None:
        return ""
    if isinstance(field, JudgesShape) and not isinstance(value, Typed):
        return field.shape_problem(value)
    if isinstance(field, forms.MultipleChoiceField | TextList):
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            return gettext("This must be a list of texts.")
        return next(filter(None, map(_text_problem, value)), "")
    if isinstance(field, forms.BooleanField):
        return "" if isinstance(value, bool) else gettext("This must be true or false.")
    if isinstance(field, forms.IntegerField | forms.FloatField | forms.DecimalField):
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            return gettext("This must be a number.")
        return _text_problem(value) if isinstance(value, str) else _number_problem(field, value)
    if not isinstance(value, str):
        return gettext("This must be a text.")
    return _text_problem(value, most=field.max_length if isinstance(field, forms.CharField) else None)


def length_problem(text: str, longest: int) -> str:
    """What to say of a text of more than so many characters; "" of any other."""
    if len(text) <= longest:
        return ""
    return of_error(ValidationError(sentences.TOO_LONG, params={"show_value": len(text), "limit_value": longest}))


def _number_problem(field: forms.Field, value: float) -> str:
    return "" if -LARGEST <= value <= LARGEST else of_error(out_of_bounds(field, value))  # also of infinity


def _text_problem(text: str, *, most: int | None = None) -> str:
    if len(text) > LONGEST:
        return length_problem(text, most or LONGEST)
    return characters.refusal(text)
