"""What a register keeps beside its own records: none of its lists, maps and sums holds it, but a list of its own."""

from dataclasses import dataclass

from disperin.ui.texts import Text


@dataclass(frozen=True)
class Apart:
    """By what such records are told (`column` holds `value`), what they are called in addresses, and where they stand.

    `slug` is theirs as that of a register is the register's, and names their resource in the API; `list_page` and
    `page` name the addresses of their list and of one of them.
    """

    column: str
    value: str
    slug: str
    label: Text
    label_of_one: Text
    list_page: str
    page: str

    @property
    def asked(self) -> dict[str, str]:
        """What a queryset is narrowed by."""
        return {self.column: self.value}
