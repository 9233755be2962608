"""The SQL of what the tables of registers held at the end of a day, out of the rows of today and of their versions.

A row that did not change since then stands as it is; one that did is the last version of until then. What is hidden
today was hidden on every day: a version never shows what its record does not show any more, and what was taken down and
then replaced stays away for ever. What a person consents to is told of the past as it is told today.
"""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, cast

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BooleanField, Field, QuerySet

from disperin.history.versions import ENDED
from disperin.registers.record import directory
from disperin.registers.record.models import Part, Record
from disperin.registers.record.withholding import OPEN, Hideable, goes_with, hideable_fields, names_of, names_the_record
from disperin.registers.values.columns import column

_NAMES = re.compile(r'"(\w+)"|\b([a-z]+_[a-z]+)\b')
_WORDS = re.compile(r"\w+")
# what reads columns that it does not name: all of a row, or a row as it is
_ALL = re.compile(r"\*(?!\s*\))|\.\*|\b(?:to_json|to_jsonb|row_to_json|json_agg|jsonb_agg|hstore|row)\s*\(", re.I)
_STOOD = "stood"  # the prefix under which a table of today is known beside that of then


@dataclass(frozen=True)
class Table:
    """A table of records, or of the rows of one part, with that of its versions."""

    model: type[Hideable]
    name: str
    events: str
    register: str  # its slug
    part: str  # the name of the part; "" for records
    record: str  # the column that holds the primary key of the record


@cache
def tables() -> dict[str, Table]:
    """Every table whose rows have versions, by its name."""
    parts = {
        form._meta.model: (register.slug, name)
        for register in directory.all_registers()
        for name, form in {"": register.form, **register.form.parts}.items()
    }
    return {table.name: table for model, place in parts.items() for table in [_table(model, *place)]}


def _table(model: type[Hideable], slug: str, part: str) -> Table:
    events = model.pgh_event_models["update"]._meta.db_table
    record = column(model, cast("type[Part]", model).parent).attname if part else "id"
    return Table(model, model._meta.db_table, events, slug, part, record)


@lru_cache(maxsize=1024)
def names_in(sql: str) -> tuple[str, ...]:
    """The names that stand in a statement, each once."""
    return tuple(dict.fromkeys(quoted or bare for quoted, bare in _NAMES.findall(sql)))


@lru_cache(maxsize=1024)
def words_in(sql: str) -> frozenset[str] | None:
    """The words that stand in a statement; None where it reads columns without naming them."""
    return None if _ALL.search(sql) else frozenset(_WORDS.findall(sql))


def given(names: Iterable[str], end: datetime.datetime, alone: str = "", words: frozenset[str] | None = None) -> str:
    """The `WITH …` that gives a statement these tables as they stood at a moment.

    Of the table `alone` it gives no rows but those that have changed since. Of each table it gives the columns that are
    among the `words` of the statement (None: all): every further one would be planned, though nobody reads it.
    """
    asked = [tables()[name] for name in names]
    beside = {other for table in asked for other in _named_tables(table)}
    moment = f"'{end.isoformat()}'::timestamptz"
    stood = [f"{_beside(name)} AS NOT MATERIALIZED (SELECT * FROM {_quoted(name)})" for name in sorted(beside)]  # noqa: S608
    then = [
        f"{_quoted(table.name)} AS NOT MATERIALIZED ({_then(table, moment, table.name == alone, words)})"
        for table in asked
    ]
    return f"WITH {', '.join([*stood, *then])}"


def changed_since(model: type[Record], moment: datetime.datetime) -> QuerySet[Any, Any]:
    """The primary keys of the records that came or changed from a moment on."""
    events = model.pgh_event_models["update"].objects
    return events.filter(pgh_created_at__gte=moment).values("pgh_obj_id")


@lru_cache(maxsize=1024)
def _then(table: Table, moment: str, is_alone: bool, words: frozenset[str] | None) -> str:
    every = table.model._meta.concrete_fields
    fields = [field for field in every if words is None or field.column in words or field.primary_key]
    columns = ", ".join(_quoted(field.column) for field in fields)
    changed = _changed(table, moment, fields)
    if is_alone:
        return f"SELECT {columns} FROM ({changed}) AS changed ({columns}, standing)"  # noqa: S608 -- our own names
    # "now" stands outside the union, so that PostgreSQL still finds its rows in the order of an index
    return (
        f"SELECT {columns} FROM (SELECT {columns}, id AS standing FROM {_quoted(table.name)} "  # noqa: S608 -- our own names
        f"UNION ALL {changed}) AS either "
        f"WHERE NOT EXISTS (SELECT 1 FROM {_quoted(table.events)} AS later "
        f"WHERE later.pgh_obj_id = either.standing AND later.pgh_created_at >= {moment})"
    )


def _changed(table: Table, moment: str, fields: Iterable[Field]) -> str:
    columns = ", ".join(_told(table, field, moment) for field in fields)
    events, joins = _quoted(table.events), ""
    for name, other in _hidden_names(table.model).items():
        joins += f" LEFT JOIN {_beside(other)} AS of_{name} ON of_{name}.id = was.{_quoted(f'{name}_id')}"
    # the row of today is looked up last, by its key: so filters of what it held then cut first, and never are all rows
    # of today read for a few (OFFSET keeps PostgreSQL from joining it in another way)
    return (
        f"SELECT {columns}, NULL::bigint FROM (SELECT * FROM {events} "  # noqa: S608 -- our own names
        f"WHERE pgh_created_at < {moment} AND {ENDED} >= {moment}) AS was "
        f"CROSS JOIN LATERAL (SELECT * FROM {_quoted(table.name)} WHERE id = was.pgh_obj_id OFFSET 0) AS stands"
        f"{joins}"
    )


def _told(table: Table, field: Field, moment: str) -> str:
    """A column of a row of then: what it held, or nothing where that is no more to be read."""
    model, name, was = table.model, field.name, f"was.{_quoted(field.column)}"
    if name == "id":
        return "stands.id"
    if name == "hidden":
        return f"({_is_hidden(table, moment)})"
    if name == OPEN and table.part:
        left = f"(timezone('{settings.TIME_ZONE}', {moment}) - interval '1 day')::date"
        return f"CASE WHEN {_is_hidden(table, moment)} THEN COALESCE({was}, {left}) ELSE {was} END"
    if name in _consented(model):
        return f"stands.{_quoted(field.column)}"
    if name == "search_text":  # words of what is hidden now may stand in it
        touched = " OR ".join(
            [f"stands.withheld <> '{{}}' OR {_taken_down(table, moment, None)}"]
            + [_name_taken_down(other, moment, f"of_{lender}") for lender, other in _lent_words(model).items()]
        )
        return f"CASE WHEN {touched} THEN stands.{_quoted(field.column)} ELSE {was} END"
    if name == "withheld":  # what is empty because it is hidden now is nothing that was missing then
        gone = [
            f"CASE WHEN {reasons} THEN jsonb_build_object('{col.name}', {_nothing_as_json(model, col)}) ELSE '{{}}' END"
            for col in model._meta.concrete_fields
            if (reasons := _reasons(table, col.name, moment))
        ]
        return f"({' || '.join([*gone, was])})"
    reasons = _reasons(table, name, moment)
    return f"CASE WHEN {reasons} THEN {_nothing(model, field)} ELSE {was} END" if reasons else was


def _reasons(table: Table, name: str, moment: str) -> str:
    """Why a column is told empty that held something: a condition, "" for one that nobody hides."""
    model, reasons = table.model, []
    if name in _hideable(model):
        first = _hideable(model)[name]
        reasons += [f"jsonb_exists(stands.withheld, '{name}')", _taken_down(table, moment, first)]
    if name in getattr(model, "left_out", ()) and name in _hidden_names(model):
        reasons.append(f"COALESCE(of_{name}.hidden, false)")
    return " OR ".join(reasons)


def _is_hidden(table: Table, moment: str) -> str:
    """Whether a row of then is to be read by nobody but the office."""
    reasons = ["was.hidden", "stands.hidden", _taken_down(table, moment, "")]
    left_out = getattr(table.model, "left_out", ())
    reasons += [f"COALESCE(of_{name}.hidden, false)" for name in _hidden_names(table.model) if name not in left_out]
    return " OR ".join(reasons)


def _taken_down(table: Table, moment: str, field: str | None) -> str:
    """Whether a field ("": the whole; None: anything) was hidden and has not been shown again since as it was."""
    hidden = _hidden_of(table, moment)
    record = f"stands.{_quoted(table.record)}"
    if field is None:
        return f"{record} IN (SELECT record_id FROM ({hidden}) AS gone)"  # noqa: S608
    row = f"'{table.part}.' || stands.key::text"
    paths = [f"'{field}'"] if not table.part else [f"{row} || '.{field}'"] if field else [row, "''"]
    return " OR ".join(f"({record}, {path}) IN ({hidden})" for path in paths)


def _name_taken_down(table: Table, moment: str, named: str) -> str:
    """The same of the name of a record that a row names: it stands in the words that the row is found by."""
    gone = f"SELECT record_id FROM ({_hidden_of(table, moment)}) AS gone WHERE path IN ('', 'name')"  # noqa: S608
    return (
        f"COALESCE({named}.hidden, false) OR jsonb_exists(COALESCE({named}.withheld, '{{}}'), 'name') "
        f"OR {named}.id IN ({gone})"
    )


def _hidden_of(table: Table, moment: str) -> str:
    """`(record_id, path)` of what was hidden of a register and has not been shown again since as it was."""
    return (
        f"SELECT record_id, path FROM registers_hidden WHERE register = '{table.register}' "  # noqa: S608
        f"AND (ended_at IS NULL OR ended_with <> '' AND ended_at >= {moment})"
    )


def _nothing(model: type[Hideable], field: Field) -> str:
    """What a column holds whose value is hidden; as of `nothing_of`."""
    if field.null:
        return "NULL"
    if isinstance(field, BooleanField):
        return "false"
    if names_the_record(model, field):
        return "was.number"
    return "'{}'" if isinstance(field, ArrayField) else "''"


def _nothing_as_json(model: type[Hideable], field: Field) -> str:
    """The same, as it is kept beside the columns."""
    if isinstance(field, ArrayField) and not field.null:
        return "'[]'::jsonb"
    nothing = _nothing(model, field)
    if nothing == "NULL":
        return "'null'::jsonb"
    return f"to_jsonb({nothing}::{'boolean' if isinstance(field, BooleanField) else 'text'})"


@cache
def _hideable(model: type[Hideable]) -> dict[str, str]:
    """Every field that can be hidden, and the first of those that go with it, by which hiding calls it."""
    return {name: first for first in hideable_fields(model) for name in goes_with(model, first)}


@cache
def _consented(model: type[Hideable]) -> frozenset[str]:
    """The public fields that show what a person consents to: those erased together with a consent."""
    personal = (group for group in model.audience.personal if _has_consent(model, group))
    return frozenset({name for group in personal for name in group} & {*model.audience.public})


def _has_consent(model: type[Hideable], group: Sequence[str]) -> bool:
    return any(isinstance(column(model, name), BooleanField) for name in group)


@cache
def _hidden_names(model: type[Hideable]) -> dict[str, str]:
    """`{foreign key: table}` of what hides a row that everybody reads, by being hidden itself."""
    if not model.audience.is_public:
        return {}
    named = {name: cast("type[Hideable]", field.related_model) for name, field in names_of(model).items()}
    return {name: other._meta.db_table for name, other in named.items()}


def _lent_words(model: type[Hideable]) -> dict[str, Table]:
    """`{foreign key: table}` of the records whose names stand in the words of this one."""
    named = _hidden_names(model)
    return {name: tables()[named[name]] for name in model.words_of if name in named}


def _named_tables(table: Table) -> set[str]:
    return {*_hidden_names(table.model).values()}


def _beside(name: str) -> str:
    return _quoted(f"{_STOOD}_{name}")


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(cast(str, name))  # every column of a table has one
