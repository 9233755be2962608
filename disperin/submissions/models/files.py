"""The files that stand in the values of a submission: of its fields, and of the rows of its parts."""

from functools import cache

from disperin.attachments.forms import AttachmentField
from disperin.registers.gate.values_form import ValuesForm
from disperin.registers.record.directory import Register
from disperin.registers.values.terms import Values


def files_in(register: Register, values: Values) -> set[str]:
    """The ids of the files that these canonical values of a register name."""
    file_ids = {values.get(name) for name in _file_fields(register.form)}
    for part, form_class in register.form.parts.items():
        file_ids |= {row.get(name) for row in values.get(part) or [] for name in _file_fields(form_class)}
    return {str(file_id) for file_id in file_ids if file_id}


@cache
def _file_fields(form_class: type[ValuesForm]) -> list[str]:
    return [name for name, field in form_class.base_fields.items() if isinstance(field, AttachmentField)]
