"""What a page posted, as values: numbers and dates read in the page's language, rows gathered into parts."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict

from disperin.registers.values.fields import Typed
from disperin.registers.values.terms import Row, Values
from disperin.registers.values.written import AsRead, are_alike, as_typed, unit_beside, unit_named
from disperin.ui.abilities import ReadsText

if TYPE_CHECKING:
    from disperin.registers.gate.forms import PartForm, RecordForm
    from disperin.registers.gate.values_form import ValuesForm

MOST_ROWS_POSTED = 2_500  # more than any part may have, so that a form says what is too much


def read(form_class: "type[RecordForm]", post: QueryDict, *, kept: Values | None = None) -> Values:
    """The values of a posted form, `post` being its QueryDict. What cannot be understood comes back as `Typed`.

    A field that the page did not send is left out; an unticked box counts as sent. A page that shows a part by pages
    (`<part>-page` says which) sends some of its rows: the others stay as they are in `kept`, the values it shows.
    """
    values = _read_fields(form_class, post, prefix="")
    for name in form_class.parts:
        values[name] = [row for _at, row in _rows(form_class, post, name, kept)]
    return values


def places(form_class: "type[RecordForm]", post: QueryDict, *, kept: Values | None = None) -> dict[str, dict[int, int]]:
    """Where the posted rows stand in what `read` gives: `{"products": {0: 0, 2: 1}}` when the second was removed."""
    return {
        name: {at: place for place, (at, _row) in enumerate(_rows(form_class, post, name, kept)) if at is not None}
        for name in form_class.parts
    }


def page_of(name: str, query: Mapping[str, str]) -> int | None:
    """Which page of a part is asked for, by a posted form or an address; None where it is not shown by pages."""
    text = query.get(f"{name}-page", "")
    return int(text) if text.isascii() and text.isdecimal() and 0 < len(text) < 6 else None


def turned_to(query: Mapping[str, str]) -> tuple[str, str]:
    """`(part, page)`: what the button that turns the page of a long part asks for, as texts; "" where it says none."""
    part, _colon, page = query.get("rows", "").partition(":")
    return part, page


def _rows(
    form_class: "type[RecordForm]", post: QueryDict, name: str, kept: Values | None
) -> list[tuple[int | None, Row]]:
    """`[(number in the page or None, row)]`: those that were sent in the places of the kept ones, new ones last."""
    rows = ((at, _read_row(form_class.parts[name], post, f"{name}-{at}")) for at in range(rows_posted(post, name)))
    sent: list[tuple[int | None, Row]] = [(at, row) for at, row in rows if row is not None]
    if f"{name}-page" not in post:
        return sent if _is_told(post, name) else [*((None, row) for row in (kept or {}).get(name) or ()), *sent]
    shown = {post.get(f"{name}-{at}-key") for at in range(rows_posted(post, name))}
    by_key = {row["key"]: (at, row) for at, row in sent if "key" in row}
    placed: list[tuple[int | None, Row]] = []
    for row in (kept or {}).get(name) or []:
        if row["key"] not in shown:
            placed.append((None, row))
        elif row["key"] in by_key:
            placed.append(by_key.pop(row["key"]))
    return [*placed, *by_key.values(), *((at, row) for at, row in sent if "key" not in row)]


def _read_row(part: "type[PartForm]", post: QueryDict, prefix: str) -> Row | None:
    """A row as it was posted; None if it is to go, or if nothing was entered into a new one."""
    if post.get(f"{prefix}-remove"):
        return None
    key = post.get(f"{prefix}-key") or ""
    values = _read_fields(part, post, prefix=f"{prefix}-")
    if not key and not any(_says_something(part, name, value) for name, value in values.items()):
        return None
    return {"key": key, **values} if key else values


def _says_something(part: "type[PartForm]", name: str, value: Any) -> bool:
    """An untouched choice or tick is no entry: only what differs from an empty row counts."""
    field = part.base_fields[name]
    return value not in (None, "", [], False) and value != field.initial and value != _default(part, name)


def _default(part: "type[PartForm]", name: str) -> Any:
    field = part._meta.model._meta.get_field(name)
    return field.get_default() if field.has_default() else None


def _read_fields(form_class: "type[ValuesForm]", post: QueryDict, prefix: str) -> Row:
    values = {}
    for name, field in form_class.base_fields.items():
        if not field.widget.value_omitted_from_data(post, {}, f"{prefix}{name}"):
            values[name] = understood(field, field.widget.value_from_datadict(post, {}, f"{prefix}{name}"))
    for name, value in values.items():
        if isinstance(value, AsRead) and _contradicts(form_class, name, value.typed, values):
            values[name] = Typed(value.typed)
    return values


def _contradicts(form_class: "type[ValuesForm]", name: str, typed: str, values: Row) -> bool:
    """Does a figure name another unit than the field beside it, which alone says in what it is measured?"""
    beside, unit = unit_beside(form_class.base_fields, name), unit_named(typed)
    return bool(beside and unit) and not are_alike(unit, str(values.get(beside or "") or ""))


def understood(field: forms.Field, raw: Any) -> Any:
    """What was typed in the language of the page, as the field reads it in any.

    A figure that was written as offices do comes back as `AsRead`, what is unclear as `Typed`.
    """
    if not isinstance(raw, str) or not isinstance(field, ReadsText):
        return raw
    try:
        return field.from_text(raw)
    except ValueError:
        return as_typed(field, raw) or Typed(raw.strip())


def _is_told(post: QueryDict, name: str) -> bool:
    """Does the page say how many rows it has? A form that was cut off, or is no page of ours, takes none away."""
    text = post.get(f"{name}-TOTAL", "")
    return text.isascii() and text.isdecimal() and len(text) < 6


def rows_posted(post: QueryDict, name: str) -> int:
    """How many rows the page says it has; nonsense counts as none."""
    return min(int(post.get(f"{name}-TOTAL", "")), MOST_ROWS_POSTED) if _is_told(post, name) else 0
