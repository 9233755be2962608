"""The columns of files for programs (CSV, GeoJSON): named as the API names them, each code with its words beside it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.db.models import Case, F, Func, TextField, Value, When
from django.db.models.functions import Cast, Concat, NullIf
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from disperin.registers.gate.forms import RecordForm
from disperin.registers.models import Origin, Record
from disperin.registers.values.fields import TextList
from disperin.ui.addresses import addresses
from disperin.ui.forms import offered_model
from disperin.workbooks.exporting.expressions import Cell, Joined, NoFormula
from disperin.workbooks.files.delimited import PAGE
from disperin.workbooks.tables.columns import KEY, ORIGIN, ROW, Column
from disperin.workbooks.tables.options import Options

# the column of another table that says what a row of it is called, and what the API calls that beside the key
NAMED_BY = {"name": "name", "title_id": "title", "name_id": "name"}


@dataclass(frozen=True)
class OpenColumn:
    """One column: its name, what it says in words, and its Cell."""

    name: str
    label: str
    cell: Cell


def of_column(column: Column, cell: Cell, lookup: str, options: Options | None) -> Iterator[OpenColumn]:
    """The OpenColumns of a Column: of a choice or a reference its key, and its words beside it."""
    field, name, label = column.field, column.name, column.label
    if name in (ROW, KEY):
        return
    if name == ORIGIN:
        yield OpenColumn("origin", label, _plain("origin"))
        yield OpenColumn("origin_label", label, cell)
        return
    if field is None:
        yield OpenColumn(name.removeprefix("#"), label, cell)
    elif isinstance(field, forms.BooleanField):
        told = Case(When(**{lookup: True}, then=Value("true")), When(**{lookup: False}, then=Value("false")))
        yield OpenColumn(name, label, Cell(F(lookup), told))
    elif isinstance(field, TextList | forms.MultipleChoiceField):
        yield OpenColumn(name, label, Cell(F(lookup), Joined(F(lookup)) if options else cell.in_csv))
        if options:
            yield OpenColumn(f"{name}_label", label, cell)
    elif options is None:
        yield OpenColumn(name, label, cell)
    else:
        yield OpenColumn(name, label, _plain(lookup))
        yield _in_words(column, cell)


def _in_words(column: Column, cell: Cell) -> OpenColumn:
    """What a key means: the name of the row that it names, or the text of the choice."""
    field, name = column.field, column.name
    if isinstance(field, forms.ModelChoiceField):
        there = {one.name for one in offered_model(field)._meta.concrete_fields}
        for source, called in NAMED_BY.items():
            if source in there:
                words = F(f"{name}__{source}")
                return OpenColumn(f"{name}_{called}", column.label, Cell(words, NoFormula(words)))
    return OpenColumn(f"{name}_label", column.label, cell)


def derived(model: type[Record], form: type[RecordForm]) -> Iterator[OpenColumn]:
    """What is public, worked out, and one of a list, such as the scale of an industry or how exact a point is."""
    for field in model._meta.concrete_fields:
        if field.choices and field.name in model.audience.public and field.name not in {*form.base_fields, "origin"}:
            label = capfirst(str(field.verbose_name))
            yield OpenColumn(field.name, label, _plain(field.attname))
            words = Case(*(When(**{field.attname: key}, then=Value(str(text))) for key, text in field.flatchoices))
            yield OpenColumn(f"{field.name}_label", label, Cell(words, words))


def of_record(model: type[Record]) -> Iterator[OpenColumn]:
    """Where the page of a record is, and when its version was published."""
    address = addresses(f"{model._meta.app_label}:{model._meta.model_name}-detail")
    before, _number, after = address("0").rpartition("0")
    page = Concat(Value(settings.PUBLIC_ORIGIN + before), F("number"), Value(after), output_field=TextField())
    yield OpenColumn(PAGE, _("Page"), Cell(page, page))
    moment, nothing = _moment(), Value(None, TextField())
    verified = Case(When(origin=Origin.VERIFIED, then=moment), default=nothing)
    yield OpenColumn(
        "verified_at",
        _("Moment of its verification; empty where this version was not verified"),
        Cell(verified, verified),
    )
    yield OpenColumn("published_at", _("Moment of this version, verified or not"), Cell(moment, moment))


def of_point(point: tuple[str, str], exactness: str | Value | None) -> Iterator[OpenColumn]:
    """The public place of a record, and how exact it is, by look-ups; named by the last of their words."""
    labels = (_("Latitude"), _("Longitude"), _("How exact the point is"))
    for lookup, label in zip((*point, exactness), labels, strict=True):
        if isinstance(lookup, str):
            name = lookup.rpartition("__")[2]
            name = name if "_" in name else lookup.replace("__", "_")
            yield OpenColumn(name, label, _plain(lookup) if lookup == exactness else Cell(F(lookup), F(lookup)))
        elif lookup is not None:
            yield OpenColumn("map_point", label, Cell(lookup, lookup))


def _plain(lookup: str) -> Cell:
    """A code, which is no formula; nothing for an empty one."""
    code = Cast(F(lookup), TextField())
    return Cell(code, NullIf(code, Value("", TextField())))


def _moment() -> Func:
    """A moment as ISO 8601 in UTC, which every program reads."""
    form = Value('YYYY-MM-DD"T"HH24:MI:SS"Z"')
    moment = Func(Value("UTC"), F("verified_at"), function="timezone")
    return Func(moment, form, function="to_char", output_field=TextField())
