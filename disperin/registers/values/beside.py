"""What answers and files say of a record beside its columns. Said once, on the model; read by API and files."""

from dataclasses import dataclass

from django.db.models import TextChoices

from disperin.ui.texts import Text


@dataclass(frozen=True)
class Beside:
    """A look-up, of another row or of what `RecordQuerySet.worked_out` adds; what it is, and of a choice its words."""

    lookup: str
    label: Text
    choices: type[TextChoices] | None = None
