"""What a register wants to know of its records beyond what it asks of everybody."""

from dataclasses import dataclass, field

from django.db.models import Q

from disperin.ui.texts import Text


@dataclass(frozen=True)
class Wanted:
    """How a field is called where it is missing ("": by its label), and of which rows it is wanted at all."""

    label: Text = ""
    of: Q = field(default_factory=Q)
