"""Files that records name: whoever reads a record inside opens what its fields and those of its rows lead to."""

from functools import cache
from typing import Any

from disperin.attachments.models import Attachment
from disperin.attachments.rights import Reader
from disperin.registers.record import directory
from disperin.registers.record.models import Part, Record
from disperin.registers.record.withholding import Hideable


def is_named_for(reader: Reader, attachment: Attachment) -> bool:
    """Does a record within this person's reach, or a row of one, name the file now? At most a query for each column."""
    return any(
        record.objects.within_reach(reader).filter(pk__in=_records_naming(model, name, attachment)).exists()
        for record, model, name in _columns()
    )


def _records_naming(model: type[Hideable], name: str, attachment: Attachment) -> Any:
    """The keys of the records that name it in this column, of their own or of their rows."""
    naming: Any = model._base_manager.filter(**{name: attachment})
    if issubclass(model, Part):  # a closed row names nothing now
        return naming.filter(closed_on=None).values(f"{model.parent}_id")
    return naming.values("pk")


@cache
def _columns() -> list[tuple[type[Record], type[Hideable], str]]:
    """`(record, record or part, column)` of every column that names a file and that people read inside."""
    return [
        (register.model, model, field.name)
        for register in directory.all_registers()
        for model in (register.model, *(part._meta.model for part in register.form.parts.values()))
        for field in model._meta.concrete_fields
        if field.related_model is Attachment and field.name in (*model.audience.public, *model.audience.inside)
    ]
