"""How the database itself writes a column of a register as a cell: a file of a million rows is told in one query.

Texts and choices come as they are read, masked values masked, numbers, days and yes or no by their own kind.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Case, F, FloatField, Func, JSONField, Q, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat, NullIf, Round
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import gettext as _

from disperin.registers.values.audience import HIDDEN
from disperin.registers.values.fields import Day, TextList
from disperin.workbooks.files.delimited import FORMULA, QUOTE, quoted
from disperin.workbooks.tables.columns import Column
from disperin.workbooks.tables.options import Options

_EMPTY = Value("", TextField())


class Labelled(Func):
    """The text of a key, by an object of texts; the key itself where it has none, nothing for an empty one."""

    output_field = TextField()

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_args: Any, **_options: Any
    ) -> tuple[str, Any]:
        (key, asked), (texts, params) = (compiler.compile(expression) for expression in self.source_expressions)
        return f"COALESCE({texts} ->> {key}, NULLIF({key}, ''))", [*params, *asked, *asked]


class Joined(Func):
    """Several texts in one cell. Commas of a single one are told from separators by a semicolon at the end.

    Where they are keys, the texts of these follow: of one that stands alone, and of one among others.
    """

    output_field = TextField()

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_args: Any, **_options: Any
    ) -> tuple[str, Any]:
        (several, _none), *texts = (compiler.compile(expression) for expression in self.source_expressions)
        first, each, params = f"{several}[1]", "one", []
        if texts:
            (alone, params_alone), (among, params_among) = texts
            first, each = f"COALESCE({alone} ->> {first}, {first})", f"COALESCE({among} ->> {each}, {each})"
            params = [*params_alone, *params_among]
        else:
            first = f"{first} || CASE WHEN strpos({first}, ',') > 0 THEN ';' ELSE '' END"
        sql = (
            f"CASE cardinality({several}) WHEN 0 THEN NULL WHEN 1 THEN {first}"  # noqa: S608 -- columns, placeholders
            f" ELSE (SELECT string_agg({each}, '; ' ORDER BY at)"
            f" FROM unnest({several}) WITH ORDINALITY AS listed (one, at)) END"
        )
        return sql, params


class Masked(Func):
    """As `disperin.registers.values.audience.mask`."""

    output_field = TextField()

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_args: Any, **_options: Any
    ) -> tuple[str, Any]:
        text, _none = compiler.compile(self.source_expressions[0])
        sql = (
            f"CASE WHEN length({text}) > 8"
            f" THEN left({text}, 4) || repeat('{HIDDEN}', length({text}) - 8) || right({text}, 4)"
            f" ELSE repeat('{HIDDEN}', length({text})) END"
        )
        return sql, []


class NoFormula(Func):
    """As `disperin.workbooks.files.delimited.quoted`: what a spreadsheet would take for a formula gets a ' before.

    Nothing for an empty text. No sign of a formula sorts among the digits or after 'A', so that most texts are told
    by one or two looks.
    """

    output_field = TextField()

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_args: Any, **_options: Any
    ) -> tuple[str, Any]:
        text, given = compiler.compile(self.source_expressions[0])
        signs = ", ".join(str(ord(sign)) for sign in FORMULA)
        sql = (
            f"CASE WHEN {text} = '' THEN NULL WHEN {text} COLLATE \"C\" >= 'A' THEN {text}"
            f" WHEN {text} COLLATE \"C\" >= '0' AND {text} COLLATE \"C\" < ':' THEN {text}"
            f" WHEN ascii(ltrim({text}, '{QUOTE * 2}')) IN ({signs}) THEN '{QUOTE * 2}' || {text} ELSE {text} END"
        )
        return sql, [*given] * 8


@dataclass(frozen=True)
class Cell:
    """One column: its expression, and that of the text which a CSV file has instead."""

    expression: Combinable
    in_csv: Combinable


NOTHING = Cell(Value(None, TextField()), Value(None, TextField()))


def cell_of(column: Column, *, lookup: str, options: Options | None, masked: bool) -> Cell:
    """The Cell of a Column that is a field. `lookup` is its path, `options` its Options where it is one of a list."""
    field, value = column.field, F(lookup)
    if masked:
        text = NullIf(Masked(value), _EMPTY)
        return Cell(text, text)
    if isinstance(field, TextList | forms.MultipleChoiceField):
        several = Joined(value, *_texts(options, _alone), *_texts(options))
        if options is None:
            return Cell(several, Case(When(Q(**{lookup: []}), then=None), default=NoFormula(several)))
        in_csv = Joined(value, *_texts(options, lambda text: quoted(_alone(text))), *_texts(options, quoted))
        return Cell(several, in_csv)
    if isinstance(field, forms.BooleanField):
        said = Case(
            When(**{lookup: True}, then=Value(_("yes"))),
            When(**{lookup: False}, then=Value(_("no"))),
            output_field=TextField(),
        )
        return Cell(said, said)
    if isinstance(field, forms.DecimalField):
        # written with a dot; three decimals get a fourth, or they would be read as a thousand
        return Cell(Cast(value, FloatField()), Round(value, 4) if field.decimal_places == 3 else value)
    if isinstance(field, Day | forms.IntegerField):
        return Cell(value, value)
    as_text = Cast(value, TextField())
    if options is None:
        return Cell(NullIf(as_text, _EMPTY), NoFormula(as_text))
    if options.is_numbered:
        of = lookup.removesuffix(f"__{options.field.to_field_name}")
        named = Concat(f"{of}__name", Value(" ["), f"{of}__number", Value("]"), output_field=TextField())
        return Cell(named, NoFormula(named))
    return Cell(Labelled(as_text, *_texts(options)), Labelled(as_text, *_texts(options, quoted)))


def within(cell: Cell, lookup: str, regency: str | None) -> Cell:
    """The Cell that is empty outside of a regency (its code)."""

    def only(expression: Any) -> Case:
        return Case(When(Q(**{lookup: regency}), then=expression))

    return Cell(only(cell.expression), only(cell.in_csv))


def cell_of_key(lookup: str) -> Cell:
    """The Cell of a key alone, without what it means."""
    key = NullIf(Cast(F(lookup), TextField()), _EMPTY)
    return Cell(key, key)


def instead(cell: Cell, where: Q, other: Cell) -> Cell:
    """The Cell that is another one where a condition holds."""
    return Cell(
        Case(When(where, then=other.expression), default=cell.expression, output_field=TextField()),
        Case(When(where, then=other.in_csv), default=cell.in_csv, output_field=TextField()),
    )


def _alone(text: str) -> str:
    """A text that is the only one of its cell, where several may stand."""
    return f"{text};" if "," in text else text


def _texts(options: Options | None, change: Callable[[str], str] = str) -> tuple["_Texts", ...]:
    """The texts of keys as an object that the database looks into; nothing where the keys are no choices."""
    return () if options is None else (_Texts(options, change),)


class _Texts(Func):
    """An object of texts by their keys, looked up when it is asked with: most columns of a file need none."""

    output_field = JSONField()

    def __init__(self, options: Options, change: Callable[[str], str]) -> None:
        super().__init__()
        self.options, self.change = options, change

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_args: Any, **_options: Any
    ) -> tuple[str, Any]:
        texts = {key: self.change(text) for key, text in self.options.texts.items()}
        return "%s::jsonb", [json.dumps(texts, ensure_ascii=False)]
