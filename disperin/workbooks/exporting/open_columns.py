"""The columns of files for programs (CSV, GeoJSON): named as the API names them, each code with its words beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, F, FloatField, Func, OuterRef, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, NullIf
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from disperin.attachments.expressions import photo_address
from disperin.registers.gate.forms import RecordForm
from disperin.registers.models import Origin, Part, Record
from disperin.registers.values.fields import TextList
from disperin.registers.values.point import Point
from disperin.ui.addresses import addresses
from disperin.ui.forms import offered_model
from disperin.workbooks.exporting.expressions import Cell, Joined, NoFormula
from disperin.workbooks.files.delimited import PAGE
from disperin.workbooks.tables.columns import KEY, ORIGIN, ROW, Column
from disperin.workbooks.tables.options import Options

# the column of another table that says what a row of it is called, and what the API calls that beside the key
NAMED_BY = {"name": "name", "title_id": "title", "name_id": "name"}
# what a file does not hold: of the database alone, gathered of other columns, the same for all that a list shows, told
# in another way (outlines, moments, the name), and the contact, which is looked up of one maker at a time
NO_COLUMN = {
    "id", "search_text", "created_at", "updated_at", "closed_on", "closed_reason", "outline", "verified_at", "origin",
    "number", "public_contact",
}  # fmt: skip


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
        as_text = Case(When(**{lookup: True}, then=Value("true")), When(**{lookup: False}, then=Value("false")))
        yield OpenColumn(name, label, Cell(F(lookup), as_text))
    elif isinstance(field, TextList | forms.MultipleChoiceField):
        yield OpenColumn(name, label, Cell(F(lookup), Joined(F(lookup)) if options else cell.in_csv))
        if options:
            yield OpenColumn(f"{name}_label", label, cell)
    elif options is None and isinstance(field, forms.CharField):
        said = Coalesce(cell.expression, Value("", TextField()))  # of a text that says nothing, as the API
        yield OpenColumn(name, label, Cell(said, cell.in_csv))
    elif options is None:
        yield OpenColumn(name, label, cell)
    else:
        yield OpenColumn(name, label, _plain(lookup))
        if options.is_numbered:
            yield OpenColumn(f"{name}_number", label, _plain(f"{name}__number"))
        yield _in_words(column, cell)


def _in_words(column: Column, cell: Cell) -> OpenColumn:
    """What a key means: the name of the row that it names, or the text of the choice."""
    field, name = column.field, column.name
    if isinstance(field, forms.ModelChoiceField):
        there = {model_field.name for model_field in offered_model(field)._meta.concrete_fields}
        for source, called in NAMED_BY.items():
            if source in there:
                words = F(f"{name}__{source}")
                return OpenColumn(f"{name}_{called}", column.label, Cell(words, NoFormula(words)))
    return OpenColumn(f"{name}_label", column.label, cell)


def derived(model: type[Record], form: type[RecordForm]) -> Iterator[OpenColumn]:
    """What no form asks, and whoever reads the register may know: columns of its own, and what is told beside them."""
    seen = {*(model.audience.public or model.audience.inside)} - NO_COLUMN - (form.base_fields.keys() - {"photo"})
    for field in model._meta.concrete_fields:
        if field.name in seen:
            yield from _looked_up(field.name, field.attname, str(field.verbose_name), field.flatchoices, field)
    for name, beside in model.beside.items():
        yield from _looked_up(name, beside.lookup, str(beside.label), beside.choices.choices if beside.choices else ())


def _looked_up(
    name: str, lookup: str, label: str, choices: Iterable[Any], field: models.Field | None = None
) -> Iterator[OpenColumn]:
    """One OpenColumn; of a choice its key, and its words beside it; of a photograph its address."""
    label, value = capfirst(label), F(lookup)
    if name == "photo":
        address = photo_address(lookup.removesuffix("_id"), settings.PUBLIC_ORIGIN)
        yield OpenColumn("photo_url", label, Cell(address, address))
    elif choices:
        words = Case(*(When(**{lookup: key}, then=Value(str(text))) for key, text in choices))
        yield OpenColumn(name, label, _plain(lookup))
        yield OpenColumn(f"{name}_label", label, Cell(words, words))
    elif isinstance(field, models.CharField | models.TextField):
        text = Cast(value, TextField())
        yield OpenColumn(name, label, Cell(text, NoFormula(text)))
    else:
        yield OpenColumn(name, label, _figure(lookup) if isinstance(field, models.DecimalField) else Cell(value, value))


def of_parts(form: type[RecordForm]) -> Iterator[OpenColumn]:
    """What open rows lead to, such as the products that a certificate covers: its keys, and what it is called.

    Other rows have columns of their own, for which a file of one row per record has no place; of hundreds of thousands
    of makers their products would take as long as all the rest.
    """
    for part, row_form in form.parts.items():
        model: type[Part] = row_form._meta.model
        public = [field for field in model._meta.concrete_fields if field.name in model.audience.public]
        to = next(
            (f"{field.name}__" for field in public if field.related_model and issubclass(field.related_model, Part)), ""
        )
        if to:
            rows, label = model.open_of(OuterRef("pk")), capfirst(str(model._meta.verbose_name_plural))
            keys = ArraySubquery(rows.values(lasting=Cast(f"{to}key", TextField())))
            name = F(f"{to}name")
            names, in_csv = (ArraySubquery(rows.values(called=expression)) for expression in (name, NoFormula(name)))
            yield OpenColumn(part, label, Cell(keys, _in_one_cell(keys)))
            yield OpenColumn(f"{part}_name", label, Cell(names, _in_one_cell(in_csv)))


def _in_one_cell(several: ArraySubquery) -> NullIf:
    """Texts with a semicolon between them; nothing where there are none."""
    joined = Func(several, Value("; "), function="array_to_string", output_field=TextField())
    return NullIf(joined, Value("", TextField()))


def _figure(lookup: str) -> Cell:
    """A figure, as the API says it."""
    return Cell(Cast(F(lookup), FloatField()), F(lookup))


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


def of_point(place: Point) -> Iterator[OpenColumn]:
    """Where a record stands on maps, and how exact that is."""
    cells = (_figure(place.latitude), _figure(place.longitude), _plain(place.exactness))
    labels = (_("Latitude"), _("Longitude"), _("How exact the point is"))
    for name, label, cell in zip(place.named, labels, cells, strict=True):
        yield OpenColumn(name, label, cell)


def _plain(lookup: str) -> Cell:
    """A code, which is no formula; nothing for an empty one."""
    code = Cast(F(lookup), TextField())
    return Cell(code, NullIf(code, Value("", TextField())))


def _moment() -> Func:
    """A moment as ISO 8601 in UTC, which every program reads."""
    form = Value('YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    moment = Func(Value("UTC"), F("verified_at"), function="timezone")
    return Func(moment, form, function="to_char", output_field=TextField())
