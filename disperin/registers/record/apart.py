"""What a register keeps beside its own records: none of its lists, maps and sums holds it, but a list of its own."""

import re
from dataclasses import dataclass

from django.db.models import Q

from disperin.registers.values.terms import Values
from disperin.ui.texts import Text


@dataclass(frozen=True)
class Apart:
    """By what such records are told (`column` holds `value`), what they are called in addresses, and where they stand.

    `slug` is theirs as that of a register is the register's, and names their resource in the API; `list_page` and
    `page` name the addresses of their list and of one of them. Proposals say `column` themselves; else it follows from
    a field of theirs whose value matches a pattern (`follows`), in Python as in the database.
    """

    column: str
    value: str
    slug: str
    label: Text
    label_of_one: Text
    list_page: str
    page: str
    follows: tuple[str, str] | None = None

    @property
    def asked(self) -> dict[str, str]:
        """What a queryset is narrowed by."""
        return {self.column: self.value}

    def is_proposed(self, values: Values) -> bool:
        """Whether whoever proposes these values proposes one of them."""
        if self.follows is None:
            return values.get(self.column) == self.value
        field, pattern = self.follows
        return re.match(pattern, str(values.get(field) or "")) is not None

    def is_proposed_in(self, column: str) -> Q:
        """The same question about the values in a column."""
        if self.follows is None:
            return Q(**{f"{column}__contains": self.asked})
        field, pattern = self.follows
        return Q(**{f"{column}__{field}__regex": pattern})
