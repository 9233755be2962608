"""Which values of a report differ from those of the report before, cell by cell, in words."""

from collections.abc import Iterator
from typing import Any

from django import forms

from disperin.registers.gate.forms import RecordForm
from disperin.registers.values.terms import Path, Values
from disperin.reports.models.earlier import COMPARED
from disperin.reports.rules import row_name
from disperin.ui import formats
from disperin.ui.forms import choices_of
from disperin.ui.said import gettext as _

OF_ITS_OWN = (
    "regency",
    "establishment",
    "year",
    "quarter",
    "group",
    "jump_reason",
)  # not carried from quarter to quarter


def marks(form: type[RecordForm], before: Values, now: Values, title: str) -> dict[Path, str]:
    """`{path: what the report before said}` of each value that differs. `title` names the quarter of that report.

    Rows are known by their names; a row that the report before has not is new, and nothing is said of its cells.
    """
    return {path: f"{_('Changed.')} {title}: {text}" for path, text in _differing(form, before, now)}


def _differing(form: type[RecordForm], before: Values, now: Values) -> Iterator[tuple[Path, str]]:
    for name, field in form.base_fields.items():
        if name not in OF_ITS_OWN and _differ(before.get(name), now.get(name)):
            yield name, said(field, before.get(name))
    for part, (_model, named_by, _columns) in COMPARED.items():
        fields = form.parts[part].base_fields
        known = {row_name(*(row.get(column) for column in named_by)): row for row in before[part]}
        for row in now[part]:
            earlier = known.get(row_name(*(row.get(column) for column in named_by)))
            if earlier is None:
                continue
            for name, field in fields.items():
                if name not in named_by and _differ(earlier.get(name), row.get(name)):
                    yield f"{part}.{row['key']}.{name}", said(field, earlier.get(name))


def _differ(before: Any, now: Any) -> bool:
    return (before in (None, "") and now not in (None, "")) or (before not in (None, "") and before != now)


def said(field: forms.Field, value: Any) -> str:
    """A canonical value in words; a dash for none."""
    if value in (None, ""):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        return formats.number(value)
    return str(choices_of(field).get(value, value))
