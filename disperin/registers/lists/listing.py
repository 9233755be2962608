"""One page of a list without counting and without OFFSET: the address carries where the page before it ended."""

import base64
import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Field, Func, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import gettext_lazy as _

from disperin.registers.record import reference
from disperin.ui.texts import Text

PAGE_SIZE = 24  # rows of a page: whole lines of cards at two, three and four to a line
_FORWARD, _BACKWARD = "n", "p"
_MOST_INTEGER = 2**63 - 1

Place = tuple[Any, Any]  # where a page ends: the sorted value and the key of its last row


@dataclass(frozen=True)
class Order:
    """A way to sort a list: by one column that an index holds together with the id."""

    value: str  # as in the address: `name`, `-name`
    label: Text
    expression: Combinable  # what is compared; must be the expression of the index
    nullable: bool = False  # whether any row may lack it

    @property
    def descending(self) -> bool:
        """Whether it goes from the last to the first."""
        return self.value.startswith("-")

    @property
    def may_be_empty(self) -> bool:
        """Whether rows can lack it: days may not have come yet, names and numbers are always there."""
        return self.nullable or self.value.endswith(("_at", "_on"))


# Of what has a name of its own. Each one is the expression of an index together with the id.
BY_NAME = (
    Order("name", _("Name A–Z"), Lower("name")),
    Order("-name", _("Name Z–A"), Lower("name")),
    Order("-verified_at", _("Newest versions first"), F("verified_at")),
    Order("verified_at", _("Oldest versions first"), F("verified_at")),
    Order("number", _("Register number"), F("number")),
)


@dataclass(frozen=True)
class Page:
    """The rows of a page, and the cursors of the pages before and after it ("" where there is none)."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    previous: str = ""
    next: str = ""


class BadCursor(ValueError):
    """A place in a list that this portal did not write, or that belongs to another order."""


def page_of(
    queryset: QuerySet[Any], columns: Iterable[str], order: Order, cursor: str = "", size: int = PAGE_SIZE
) -> Page:
    """One page of `queryset` as dicts of `columns`, sorted by `order`, in one query. Raises BadCursor.

    Rows without a value count as the greatest, as in PostgreSQL; a second query is needed only where they begin.
    """
    rows = queryset.annotate(sort_value=order.expression)
    key = queryset.model._meta.pk  # settles ties
    column = rows.query.annotations["sort_value"].output_field
    backwards, place = _read(cursor, order, key, column) if cursor else (False, None)
    falling = order.descending != backwards
    columns = (key.attname, "sort_value", *columns)
    sign = "-" if falling else ""
    page_rows: list[dict[str, Any]] = []
    for part in _rest(rows, order, place, falling):
        if len(page_rows) <= size:
            part = part.order_by(f"{sign}sort_value", f"{sign}pk")[: size + 1 - len(page_rows)]
            page_rows += reference.rows(part, columns)
    more, page_rows = len(page_rows) > size, page_rows[:size]
    if backwards:
        page_rows.reverse()
    if not page_rows:
        return Page()
    before, after = _write(_BACKWARD, order, page_rows[0], key), _write(_FORWARD, order, page_rows[-1], key)
    if backwards:
        return Page(page_rows, before if more else "", after)
    return Page(page_rows, before if place else "", after if more else "")


class _Beyond(Func):
    """`(sort value, key) > (…, …)`: PostgreSQL begins at that very place of the index, however many rows are equal."""

    output_field = BooleanField()
    arity = 4

    def __init__(self, *operands: Any, sign: str) -> None:
        super().__init__(*operands)
        self.sign = sign

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_args: Any, **_options: Any
    ) -> tuple[str, tuple[Any, ...]]:
        compiled = [compiler.compile(operand) for operand in self.source_expressions]
        column, tie, value, last = (sql for sql, _params in compiled)
        params = tuple(param for _sql, some in compiled for param in some)
        return f"({column}, {tie}) {self.sign} ({value}, {last})", params


def _rest(rows: QuerySet[Any], order: Order, place: Place | None, falling: bool) -> list[QuerySet[Any]]:
    """The rows beyond a place, in parts that follow each other, each of them one run of the index."""
    if place is None:
        return [rows]
    value, last = place
    if value is None:
        nameless = rows.filter(sort_value=None, **{f"pk__{'lt' if falling else 'gt'}": last})
        return [nameless, rows.exclude(sort_value=None)] if falling else [nameless]
    sign = "<" if falling else ">"
    beyond = rows.filter(_Beyond(order.expression, F("pk"), Value(value), Value(last), sign=sign))
    return [beyond] if falling or not order.may_be_empty else [beyond, rows.filter(sort_value=None)]


def _write(direction: str, order: Order, row: dict[str, Any], key: Field) -> str:
    place = [direction, order.value, row["sort_value"], row[key.attname]]
    packed = json.dumps(place, ensure_ascii=False, separators=(",", ":"), cls=_Exact).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


class _Exact(json.JSONEncoder):
    """Days and moments as ISO 8601, moments to the microsecond: a place in a list is one of them."""

    def default(self, value: Any) -> str:
        return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _read(cursor: str, order: Order, key: Field, column: Field) -> tuple[bool, Place]:
    """Whether a cursor goes backwards, and the place it names, as the sorted column and the key understand it."""
    try:
        direction, sorted_by, value, last = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        value = None if value is None and order.may_be_empty else _understood(column, value)
        last = _understood(key, last)
    except (ValueError, TypeError, OverflowError, RecursionError, ValidationError):
        raise BadCursor(cursor[:40]) from None
    if direction not in (_FORWARD, _BACKWARD) or sorted_by != order.value:
        raise BadCursor(cursor[:40])
    return direction == _BACKWARD, (value, last)


def _understood(column: Field, value: Any) -> Any:
    """The value as that column holds it; raises ValueError or ValidationError for what it could never hold."""
    if not isinstance(value, str | int) or isinstance(value, bool) or "\x00" in str(value):
        raise ValueError(value)
    str(value).encode()  # half a sign cannot be asked for
    held = column.to_python(value)
    naive = isinstance(held, datetime.datetime) and held.tzinfo is None
    if held is None or naive or (isinstance(held, int) and abs(held) > _MOST_INTEGER):
        raise ValueError(value)
    return held
