"""All that is wrong with what was given, told at once: what may be kept nowhere, and beside it what a form refuses.

A row is named by its key, as everywhere; one that was given without a key the record knows has none yet, and is named
by its place among those that were given.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.core.exceptions import ValidationError

from disperin.accounts.models import User
from disperin.registers.gate.forms import RecordForm, left_hidden, whole
from disperin.registers.record.models import Record
from disperin.registers.values.context import ONE, Context
from disperin.registers.values.terms import Path, Problems, Row, Unfit, Values


def refusals(
    form_class: type[RecordForm],
    given: Values,
    unfit: Unfit,
    *,
    record: Record | None = None,
    current: Values | None = None,
    by: User | None = None,
    code: str | None = None,
) -> Problems:
    """`{path: [ValidationError]}` of values of which some are `unfit` (of the form, by path)."""
    form = bound_to_fit(form_class, given, unfit, record=record, current=current, by=by)
    return told_at_once(form, given, unfit, code=code)


def bound_to_fit(
    form_class: type[RecordForm],
    given: Values,
    unfit: Unfit,
    *,
    record: Record | None,
    by: User | None,
    current: Values | None = None,
    context: Context = ONE,
) -> RecordForm:
    """The form of what was given, less what is unfit: that is not even bound, and the rest is judged nevertheless."""
    given = _fit(form_class, given, unfit)
    if current is None:  # what is hidden and was not yet seen here is not taken for emptied
        given = left_hidden(form_class, given, instance=record, context=context)
    values = whole(form_class, given, instance=record, current=current, context=context)
    return form_class(values, instance=record, by=by, context=context)


def told_at_once(form: RecordForm, given: Values, unfit: Unfit, *, code: str | None = None) -> Problems:
    """`{path: [ValidationError]}` of such a form and of what is unfit; of one value one reason is told."""
    problems = {path: [ValidationError(text, code)] for path, text in unfit.items()}
    places = _places(form, given, unfit)
    for path, errors in form.problems.items():
        name, _dot, rest = path.partition(".")
        key, _dot, field = rest.partition(".")
        path = ".".join(filter(None, (name, places.get((name, key), key), field)))
        if not any(path == other or path.startswith(f"{other}.") for other in unfit):
            problems.setdefault(path, []).extend(errors)
    return problems


def may_be_kept(form_class: type[RecordForm], given: Values, unfit: Collection[Path]) -> Values:
    """What is left of the given values without the paths that are unfit."""
    left = _fit(form_class, given, unfit)
    return {name: value for name, value in left.items() if name not in left_out_whole(form_class, unfit)}


def left_out_whole(form_class: type[RecordForm], unfit: Iterable[Path]) -> set[str]:
    """The parts of which no row can be kept: they are too many, are none, or cannot be told apart."""
    paths = [path.split(".") for path in unfit]
    return {name for name, *rest in paths if name in form_class.parts and (len(rest) < 2 or rest[1] == "key")}


def _fit(form_class: type[RecordForm], given: Values, unfit: Collection[Path]) -> Values:
    left = {name: value for name, value in given.items() if name not in unfit}
    for name in form_class.parts:
        if left.get(name):
            left[name] = [_fit_row(row, name, at, unfit) for at, row in enumerate(left[name])]
    return left


def _fit_row(row: Any, name: str, at: int, unfit: Collection[Path]) -> Row:
    if not isinstance(row, dict):
        return {}
    where = {f"{name}.{at}", f"{name}.{row.get('key')}"}
    return {field: value for field, value in row.items() if not any(f"{path}.{field}" in unfit for path in where)}


def _places(form: RecordForm, given: Values, unfit: Unfit) -> dict[tuple[str, str], str]:
    """`{(part, key): place}` of the rows that were given without a key that names them; theirs was just made up."""
    places = {}
    for name, rows in form.rows.items():
        sent = given.get(name)
        for at, (row, bound) in enumerate(zip(sent if isinstance(sent, list) else (), rows, strict=False)):
            named = isinstance(row, dict) and row.get("key") == bound.key and f"{name}.{at}.key" not in unfit
            if not named:
                places[name, bound.key] = str(at)
    return places
