"""What is done once a day: forgotten drafts are withdrawn, unused files and old counts go."""

from uuid import UUID

from disperin.attachments.actions import remove_unreferenced
from disperin.attachments.forms import AttachmentField
from disperin.registers.gate.values_form import ValuesForm
from disperin.registers.record import directory
from disperin.registers.record.actions import forget_ended_windows
from disperin.submissions import actions
from disperin.submissions.models import Submission


def keep_house() -> dict[str, int]:
    """Do the day's work; gives what was done, as numbers by name. May be run at any time."""
    withdrawn = actions.withdraw_forgotten()
    removed = remove_unreferenced(kept=files_of_open_submissions())
    return {
        "withdrawn": len(withdrawn),
        "removed": removed,
        "forgotten": forget_ended_windows(),
    }


def files_of_open_submissions() -> set[UUID]:
    """The ids of the files that stand in the values of submissions which can still come true."""
    places = {
        register.slug: (
            _file_fields(register.form),
            {part: _file_fields(form) for part, form in register.form.parts.items()},
        )
        for register in directory.all_registers()
    }
    kept = set()
    for register, values in Submission.objects.open().values_list("register", "values").iterator():
        fields, parts = places[register]
        kept |= {values.get(name) for name in fields}
        for part, names in parts.items():
            kept |= {row.get(name) for row in values.get(part) or [] for name in names}
    return kept - {None, ""}


def _file_fields(form_class: type[ValuesForm]) -> list[str]:
    """The fields of a form that hold an attachment."""
    return [name for name, field in form_class.base_fields.items() if isinstance(field, AttachmentField)]
