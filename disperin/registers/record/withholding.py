"""What is hidden from the public is taken out of its column and kept beside it, for the office alone.

Everything reads columns: pages, lists, filters, counts, files that the database writes itself, other registers. So what
stands in none is seen nowhere, and nobody has to remember to leave it out. The office's forms work on what is kept
(`unveil`); the door through which records are stored takes it out again, unless just that was changed (`veil`).
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import BooleanField, CharField, Field, Model, TextField, Value
from django.utils import timezone

from disperin.accounts.models import User
from disperin.regions.reach import reaches
from disperin.registers.values.audience import Audience
from disperin.registers.values.changes import same
from disperin.registers.values.columns import column

if TYPE_CHECKING:
    from disperin.registers.gate.forms import RecordForm

OPEN = "closed_on"  # a hidden row is closed for whoever reads the register; its true day of closing is kept as well
_NOTHING: tuple = (None, "", [], {})


class Hideable(models.Model):
    """A record or a row of one. Either the whole is `hidden`, or some of its columns hold nothing: see `withheld`."""

    audience: ClassVar[Audience]
    pgh_event_models: ClassVar[dict[str, Any]]  # its versions, as the history library keeps them: a model by event
    became_hidden = False  # merged into one that is hidden, as far as it was asked
    left_out: ClassVar[tuple[str, ...]] = ()  # foreign keys to records that are only emptied while that one is hidden
    called_by: ClassVar[tuple[str, ...]] = ()  # foreign keys to what it is called by, which may lie in another regency
    words_of: ClassVar[tuple[str, ...]] = ()  # foreign keys to records whose names stand in its `search_text`

    hidden = models.BooleanField(default=False, db_default=False, editable=False)
    withheld = models.JSONField(
        default=dict, db_default=Value({}, models.JSONField()), encoder=DjangoJSONEncoder, editable=False
    )  # {field: what it holds for the office}

    class Meta:
        abstract = True

    def withhold(self, *names: str) -> None:
        """Empty these columns, and keep what they held."""
        for name in names:
            field = column(self, name)
            self.withheld[name] = field.get_prep_value(getattr(self, field.attname))
            setattr(self, field.attname, _nothing(self, field))

    def give_back(self, *names: str) -> None:
        """Put what these fields held back into their columns."""
        for name in names:
            if name in self.withheld:
                kept = self.withheld.pop(name)
                setattr(self, column(self, name).attname, kept_value(self, name, kept))

    def hide(self, *, is_row: bool) -> None:
        """Hide the whole of it, or show it again with `show`; a row leaves what stands open."""
        self.hidden = True
        if is_row and OPEN not in self.withheld:
            self.withhold(OPEN)

    def show(self) -> None:
        """The whole is not hidden any more."""
        self.hidden = False
        self.give_back(OPEN)

    def names_hidden(self) -> bool:
        """Does it name, or was it merged into, something that is hidden as a whole? As far as that is known.

        What the office alone reads names whatever it likes.
        """
        return (
            self.became_hidden
            or type(self).audience.is_public
            and any(self.names_a_hidden(name) for name in names_of(type(self)) if name not in self.left_out)
        )

    def names_a_hidden(self, name: str) -> bool:
        """Is what this foreign key names hidden as a whole? As far as it is known."""
        field = column(self, name)
        is_known = isinstance(field, models.ForeignKey) and field.is_cached(self)
        return is_known and getattr(getattr(self, name), "hidden", False)


def is_kept_from(reader: User | None, row: Any) -> bool:
    """Is this record or row hidden as a whole from somebody (None: the public) whose reach does not include it?"""
    if not getattr(row, "hidden", False):
        return False
    record = getattr(row, row.parent) if hasattr(row, "parent") else row
    return reader is None or not reaches(reader, record)


def unveil(row: Any) -> None:
    """Let a record or row, or one of its earlier versions, hold in memory what the office sees."""
    for name, kept in row.withheld.items():
        setattr(row, column(row, name).attname, kept_value(row, name, kept))
    row.is_unveiled = True


def veil(form: "RecordForm") -> None:
    """Take out of a form's valid record and rows what is hidden and was not changed.

    What was changed is hidden no longer: its paths ("" for the record) are added to the form's `uncovered`. A hidden
    record or row is changed by any of its values; what names something hidden stays hidden itself.
    """
    record, shown = form.instance, form.uncovered
    if record.hidden and form.changes_values():
        record.show()
        shown.append("")
    shown += _veil_columns(record)
    record.withhold(*(name for name in record.left_out if record.names_a_hidden(name)))
    record.hidden = record.hidden or record.names_hidden()
    for name, rows in form.rows.items():
        for row in rows:
            instance, path = row.instance, f"{name}.{row.key}"
            if instance.hidden and row.has_changed():
                instance.show()
                shown.append(path)
            shown += [f"{path}.{field}" for field in _veil_columns(instance)]
            if instance.audience.is_public and (record.hidden or instance.names_hidden()):
                instance.hide(is_row=True)


def veil_again(row: Model) -> None:
    """Before a row is written: what the office worked on never reaches a column as it is."""
    if getattr(row, "is_unveiled", False):
        _veil_columns(row)


def _veil_columns(row: Any) -> list[str]:
    if not getattr(row, "is_unveiled", False):
        return []
    changed = changed_in(row)
    row.is_unveiled = False
    row.withheld = {name: kept for name, kept in row.withheld.items() if name not in changed}
    for name in row.withheld:
        field = column(row, name)
        setattr(row, field.attname, _nothing(row, field))
    return sorted(changed - {OPEN})


def changed_in(row: Any) -> set[str]:
    """The names of what is withheld of a row that the office worked on, and holds something else now."""
    changed = {
        name
        for name, kept in row.withheld.items()
        if getattr(row, column(row, name).attname) != kept_value(row, name, kept)
    }
    for group in row.audience.together:
        if changed & {*group}:
            changed |= {*group} & {*row.withheld}
    return changed


def as_read(row: Any, given: Mapping[str, Any]) -> dict[str, Any]:
    """Values of somebody who read what the public reads: without those that only repeat that something is hidden."""
    seen = {name: row.number if names_the_record(type(row), column(row, name)) else None for name in row.withheld}
    return {name: value for name, value in given.items() if name not in seen or not same(value, seen[name])}


def kept_value(row: Model, name: str, kept: Any) -> Any:
    """A kept value as its column holds it."""
    field = column(row, name)
    return (field.target_field if isinstance(field, models.ForeignKey) else field).to_python(kept)


def _nothing(row: Model, field: Field) -> Any:
    """What a column holds whose value is hidden."""
    return timezone.localdate() if field.name == OPEN else nothing_of(row, field)


def nothing_of(row: Any, field: Field) -> Any:
    """What a column holds as if nothing had been entered; a record without a name is called by its number."""
    if field.null:
        return None
    if isinstance(field, BooleanField):
        return False
    if names_the_record(type(row), field):
        return row.number
    return [] if isinstance(field, ArrayField) else ""


def names_the_record(model: type[Model], field: Field) -> bool:
    """A record is always called something: without a name, by its number."""
    return field.name == "name" and not hasattr(model, "parent")


@cache
def hideable_fields(model: type[Hideable]) -> tuple[str, ...]:
    """The public fields of a model that can be hidden by themselves: without them the rest is still whole and true."""
    own = {field.name for parent in _abstract_parents(model) for field in parent._meta.local_fields}
    follow = {name for group in model.audience.together for name in group[1:]}
    fields = (column(model, name) for name in model.audience.public)
    return tuple(
        field.name
        for field in fields
        if field.name not in {"id", "search_text", *own, *follow, *model.audience.steady}
        and (field.null or _may_be_blank(model, field))
    )


def goes_with(model: type[Hideable], name: str) -> tuple[str, ...]:
    """The fields that are hidden together with this one, itself first."""
    return next((group for group in model.audience.together if group[0] == name), (name,))


def is_empty(row: Model, name: str) -> bool:
    """Is there nothing in this field that could be hidden?"""
    return getattr(row, column(row, name).attname) in _NOTHING


def _may_be_blank(model: type[Model], field: Field) -> bool:
    texts = isinstance(field, CharField | TextField | ArrayField)
    return texts and (field.blank or names_the_record(model, field))


def _abstract_parents(model: type[models.Model]) -> list[type[models.Model]]:
    parents = [parent for parent in model.__mro__ if issubclass(parent, models.Model) and parent is not models.Model]
    return [parent for parent in parents if parent._meta.abstract]


@cache
def names_of(model: type[Hideable]) -> dict[str, Field]:
    """`{name: field}` of the foreign keys by which a record or row names another record or row, but its own record."""
    return {
        field.name: field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and issubclass(field.related_model, Hideable)
        and field.name != getattr(model, "parent", "")
    }


def kept_by(model: type[Hideable], name: str) -> tuple[str, str] | None:
    """`(hidden, regency)`: the look-ups by which it is known whether what a foreign key names is kept from a reader.

    None for what is never so: no record or row of one, or one that always lies where this record lies.
    """
    field, leader = names_of(model).get(name), getattr(model, "regency_from", "")
    if field is None or name in (leader, getattr(model, "regency_or_from", "")):
        return None
    row: Any = field.related_model
    if not hasattr(row, "parent"):
        return f"{name}__hidden", f"{name}__regency_id"
    if leader and column(model, leader).related_model is column(row, row.parent).related_model and not field.null:
        return None
    return f"{name}__hidden", f"{name}__{row.parent}__regency_id"


def named_by(model: type[Hideable]) -> Iterator[tuple[type[Hideable], str]]:
    """`(model, foreign key)` of every record or row that may name one of this model, and of its own rows."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ForeignObjectRel) and issubclass(relation.related_model, Hideable):
            yield relation.related_model, relation.field.name
