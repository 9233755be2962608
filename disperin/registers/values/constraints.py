"""The constraints of a model, asked for unsaved rows, one or many: PostgreSQL itself judges them, in one query.

The rows travel as JSON and become rows of the table's own type; what a constraint says is the SQL that Django wrote it
with. The outcome is that of `Model.validate_constraints` and `Model.validate_unique` for each row.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import BaseConstraint, CheckConstraint, F, Model, Q, UniqueConstraint
from django.db.models.sql import Query

from disperin.ui.said import Said


@dataclass(frozen=True, eq=False)
class Rule:
    """One constraint as SQL on bare columns: what must hold, or what must stand once where `condition` holds."""

    constraint: CheckConstraint | UniqueConstraint
    fields: frozenset[str]  # that it looks at; where one of them is wrong, it is not asked
    condition: str
    keys: tuple[str, ...] = ()

    def error(self, instance: Model) -> ValidationError:
        """The ValidationError that Django raises when an instance violates it."""
        constraint = self.constraint
        if (
            isinstance(constraint, UniqueConstraint)
            and constraint.fields
            and not constraint.condition
            and _says_nothing_own(constraint)
        ):
            error = instance.unique_error_message(type(instance), constraint.fields)
            return ValidationError({constraint.fields[0]: error} if len(constraint.fields) == 1 else error)
        return ValidationError(
            Said(lambda: str(constraint.get_violation_error_message())), code=constraint.violation_error_code
        )


Claim = tuple[Rule, str]  # what must stand once, and the keys that are claimed


def violations(
    model: type[Model], instances: Sequence[tuple[Any, set[str]]], *, plain: bool = False
) -> list[tuple[list[ValidationError], list[Claim]]]:
    """For each `(instance, names of fields to pass over)`: what it violates, and what it claims to be alone with.

    Gives `[([ValidationError], [(Rule, key)])]`; two instances with the same claim cannot both be stored. With `plain`
    it is `unique=True` and `unique_together` that are asked, otherwise `Meta.constraints`. At most one query.
    """
    rules = rules_of(model, plain)
    asked = [[rule for rule in rules if not rule.fields & exclude] for _instance, exclude in instances]
    if not any(asked):
        return [([], []) for _one in instances]
    outcomes = []
    for (instance, _exclude), some, answers in zip(instances, asked, _ask(model, rules, instances), strict=True):
        violated = [rule for rule in some if answers[rule][0]]
        claims = [(rule, key) for rule in some if rule.keys and (key := answers[rule][1]) and rule not in violated]
        outcomes.append(([rule.error(instance) for rule in violated], claims))
    return outcomes


@cache
def rules_of(model: type[Model], plain: bool) -> tuple[Rule, ...]:
    """The rules of a model, in the order in which Django asks them."""
    constraints: list[BaseConstraint]
    if plain:
        checks, _dates = model()._get_unique_checks()  # type: ignore[attr-defined]  # Django's, for its own use
        constraints = [UniqueConstraint(fields=check, name="_".join(check)) for _model, check in checks]
    else:
        constraints = [constraint for _model, some in model().get_constraints() for constraint in some]
    return tuple(
        _rule(model, constraint)
        for constraint in constraints
        if isinstance(constraint, CheckConstraint | UniqueConstraint)
    )


def _rule(model: type[Model], constraint: CheckConstraint | UniqueConstraint) -> Rule:
    condition: Any = constraint.condition
    names = set(condition.referenced_base_fields) if condition else set()
    if isinstance(constraint, CheckConstraint):
        return Rule(constraint, _names(model, names), _as_sql(model, condition))
    expressions = [F(name) for name in constraint.fields] or [
        _of_index(expression) for expression in constraint.expressions
    ]
    names |= {name for expression in expressions for name in Q(expression).referenced_base_fields} | {
        *constraint.fields
    }
    keys = tuple(_as_sql(model, expression) for expression in expressions)
    return Rule(constraint, _names(model, names), _as_sql(model, condition) if condition else "true", keys)


def _ask(
    model: type[Model], rules: tuple[Rule, ...], instances: Sequence[tuple[Any, set[str]]]
) -> Iterator[dict[Rule, tuple[bool, str | None]]]:
    """`[{rule: (is it violated, what it claims or None)}]`."""
    columns = {name for rule in rules for name in rule.fields}
    fields = [field for field in model._meta.concrete_fields if field.name in columns]
    rows = [
        {field.column: field.value_from_object(instance) for field in fields if field.name not in exclude}
        | ({} if instance._state.adding else {model._meta.pk.column: instance.pk})
        for instance, exclude in instances
    ]
    with connection.cursor() as cursor:
        cursor.execute(_question(model, rules), [json.dumps(rows, cls=DjangoJSONEncoder)])
        for row in cursor.fetchall():
            yield {rule: (row[2 * at], row[2 * at + 1]) for at, rule in enumerate(rules)}


@cache
def _question(model: type[Model], rules: tuple[Rule, ...]) -> str:
    """The query that asks all the rules of rows given as JSON: two columns for each rule."""
    table, key = (connection.ops.quote_name(str(name)) for name in (model._meta.db_table, model._meta.pk.column))
    inner: list[str] = []
    outer: list[str] = []
    for at, rule in enumerate(rules):
        inner.append(f"({rule.condition}) AS holds_{at}")
        inner += [f"({expression}) AS key_{at}_{place}" for place, expression in enumerate(rule.keys)]
        outer += _outcome(at, rule, table, key) if rule.keys else [f"holds_{at} IS FALSE", "NULL"]
    return (
        f"WITH given AS (SELECT ordinality, {key} AS own, {', '.join(inner)} "  # noqa: S608 -- our own names
        f"FROM jsonb_populate_recordset(NULL::{table}, %s) WITH ORDINALITY) "
        f"SELECT {', '.join(outer)} FROM given ORDER BY ordinality"
    )


def _outcome(at: int, rule: Rule, table: str, key: str) -> Iterator[str]:
    """Whether another row stands under the same keys, and the keys as a text (NULL where they claim nothing)."""
    places = range(len(rule.keys))
    tells_nulls_apart = not isinstance(rule.constraint, UniqueConstraint) or rule.constraint.nulls_distinct is not False
    is_same = "=" if tells_nulls_apart else "IS NOT DISTINCT FROM"
    mine = [f"key_{at}_{place}" for place in places]
    others = ", ".join(f"({expression}) AS other_{place}" for place, expression in enumerate(rule.keys))
    same = " AND ".join(f"other_{place} {is_same} {mine[place]}" for place in places)
    holds = f"coalesce(holds_{at}, true)"
    claims = holds if is_same != "=" else " AND ".join([holds, *(f"{column} IS NOT NULL" for column in mine)])
    yield (
        f"{holds} AND EXISTS (SELECT 1 FROM (SELECT {key} AS other, {others} FROM {table} WHERE {rule.condition}) _ "  # noqa: S608
        f"WHERE {same} AND other IS DISTINCT FROM own)"
    )
    yield f"CASE WHEN {claims} THEN jsonb_build_array({', '.join(mine)})::text END"


def _as_sql(model: type[Model], said: Any) -> str:
    """A condition or expression on bare columns, its values written out."""
    query = Query(model, alias_cols=False)
    resolved = query.build_where(said) if isinstance(said, Q) else said.resolve_expression(query, allow_joins=False)
    compiler = query.get_compiler(connection=connection)
    sql, values = compiler.compile(resolved)
    with connection.cursor() as cursor:
        return cursor.mogrify(sql, values).decode().replace("%", "%%") if values else sql


def _of_index(expression: Any) -> Any:
    return (
        expression.get_expression_for_validation()
        if hasattr(expression, "get_expression_for_validation")
        else expression
    )


def _names(model: type[Model], names: Iterable[str]) -> frozenset[str]:
    """Fields by their own names: a condition may say `village_id` or `pk`."""
    meta = model._meta
    return frozenset((meta.pk if name == "pk" else meta.get_field(name)).name for name in names)


def _says_nothing_own(constraint: BaseConstraint) -> bool:
    return constraint.violation_error_message == constraint.default_violation_error_message
