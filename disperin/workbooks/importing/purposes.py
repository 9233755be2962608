"""What the rows of a file are read for where that is not the import: floors above say their purposes by a name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from disperin.registers.models import Record
from disperin.registers.record.directory import Register
from disperin.ui.texts import Text
from disperin.workbooks.models import Workbook


@dataclass(frozen=True)
class Purpose:
    """`check` judges the rows in place of the dry run and leaves the workbook checked; `address` is where the result
    stands, among those that `index` lists under `title`; `forget` takes a record, of which personal data are erased,
    out of what is kept of rows.
    """

    title: Text
    index: Callable[[], str]
    check: Callable[[Workbook], None]
    address: Callable[[Workbook], str]
    forget: Callable[[Register, Record], None]


_PURPOSES: dict[str, Purpose] = {}


def read_for(name: str, purpose: Purpose) -> None:
    """Say what `Workbook.purpose` of this name means; ValueError for one that is said already."""
    if name in _PURPOSES:
        raise ValueError(f"{name} is said twice")
    _PURPOSES[name] = purpose


def purpose_of(workbook: Workbook) -> Purpose | None:
    """What the rows of a workbook are read for; None for the import."""
    return _PURPOSES[workbook.purpose] if workbook.purpose else None


def all_purposes() -> Iterable[Purpose]:
    """Every one that was said."""
    return _PURPOSES.values()
