"""The list of registers, filled like the admin's: each app says in `registers.py` what its registers are."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import Model

from disperin.jobs.locks import take_turns_of
from disperin.regions.reach import Insider
from disperin.registers.record.models import Record
from disperin.registers.record.numbers import NUMBER
from disperin.ui.texts import Text

if TYPE_CHECKING:
    from disperin.registers.gate.forms import RecordForm


class KeepUp(Protocol):
    """Brings up to date what an app keeps beside its records."""

    def __call__(self, records: Sequence[Any], /, *, are_new: bool) -> None:
        """After these were stored; `are_new`: they were all made just now."""


@dataclass(frozen=True)
class Register:
    """A kind of record: its slug in addresses and values, its model, and the form that is the only gate into it.

    `keep_up(records, are_new=)` brings up to date what is kept beside records, in the transaction that stored
    them; beside new ones nothing is kept yet. `kept_of(records)` says of whom (primary keys) it is kept: verbs that
    concern one of them come one after the other (`in_turn`). `about` says in a line what one record holds; `called`
    names the register where its own name would not be understood alone.
    """

    slug: str
    model: type[Record]
    form: "type[RecordForm]"
    keep_up: KeepUp | None = None
    kept_of: Callable[[Sequence[Any]], Collection[int]] | None = None
    about: Text = ""
    called: Text = ""

    def bring_up_to_date(self, records: Sequence[Any], *, are_new: bool = False) -> None:
        """Let everybody who keeps something beside records see what became of these, in the transaction that stored.

        `are_new`: this very transaction has made them all, so that no floor above keeps anything of them.
        """
        if self.keep_up:
            self.keep_up(records, are_new=are_new)
        for follow in () if are_new else _followers:
            follow(self, records)

    def let_move(self, records: Sequence[Any], by: Insider) -> None:
        """Let everybody who keeps work on these records see that they lie elsewhere now, in the same transaction."""
        for move in _movers:
            move(self, records, by)

    @property
    def label(self) -> Text:
        return self.model._meta.verbose_name_plural or ""

    @property
    def label_of_one(self) -> Text:
        return self.model._meta.verbose_name or ""

    @property
    def label_alone(self) -> Text:
        """What it is called among all registers, where no page around says what it is about."""
        return self.called or self.label


class UnknownRegister(LookupError):
    """No register has this slug."""


_registers: dict[str, Register] = {}
_followers: list[Callable[[Register, Sequence[Any]], None]] = []
_movers: list[Callable[[Register, Sequence[Any], Any], None]] = []


def register(
    slug: str,
    form: "type[RecordForm]",
    *,
    about: Text,
    called: Text = "",
    keep_up: KeepUp | None = None,
    kept_of: Callable[[Sequence[Any]], Collection[int]] | None = None,
) -> None:
    """Called once per register, in `<app>/registers.py`; the form says which model it fills."""
    _registers[slug] = Register(slug, form._meta.model, form, keep_up, kept_of, about, called)


def in_turn(keys: Iterable[int]) -> None:
    """Wait until no other verb brings up to date what is kept of any of these (primary keys), and hold it to the end.

    Always in the order of the keys. It is no lock of a row: who changes that holds it already, and may wait for a
    number that we have drawn.
    """
    take_turns_of("kept beside", keys)


def hold_beside(stored: Mapping[Register, Sequence[Any]]) -> None:
    """Hold what is kept beside all of these stored records, before a verb stores them one after the other."""
    asked = [register.kept_of(records) for register, records in stored.items() if register.kept_of and records]
    if keys := {key for some in asked for key in some}:
        in_turn(keys)


def follow(follower: Callable[[Register, Sequence[Any]], None]) -> None:
    """Called by a floor above that keeps something beside the records of every register, when the portal starts.

    It is not asked of records that are new: nothing can be kept beside them.
    """
    _followers.append(follower)


def move_along(mover: Callable[[Register, Sequence[Any], Any], None]) -> None:
    """Called by a floor above that keeps work on records by regency: `mover(register, records, by)` brings it along."""
    _movers.append(mover)


def get(slug: Any) -> Register:
    """The register of this slug; raises UnknownRegister."""
    try:
        return _registers[slug]
    except (KeyError, TypeError):
        raise UnknownRegister(slug) from None


def find(slug: str) -> Register | None:
    """The register of this slug, which somebody has kept; None for one that is there no longer."""
    return _registers.get(slug)


def of(model: type[Model]) -> Register:
    """The register that holds this model."""
    return next(register for register in _registers.values() if register.model is model)


def named(text: str) -> tuple[Register | None, str]:
    """`(register, number)` that a register number names, however it is typed: None for letters that no register has.

    The number is empty where the text is none.
    """
    number = text.strip().upper()
    read = NUMBER.fullmatch(number)
    if not read:
        return None, ""
    return next((register for register in _registers.values() if register.model.prefix == read[1]), None), number


def all_registers() -> list[Register]:
    """Every register, in the order in which they were made known."""
    return list(_registers.values())


def proposed_by(user: Insider) -> list[Register]:
    """The registers that this person may propose records of: those of the province only who sees all of it."""
    return [register for register in all_registers() if user.sees_all or not register.model.of_province]


def public_registers() -> list[Register]:
    """The registers that everybody reads, in the same order."""
    return [register for register in all_registers() if register.model.audience.is_public]


def find_public(slug: str) -> Register | None:
    """The register of this slug that everybody reads, if there is one."""
    return next((register for register in public_registers() if register.slug == slug), None)
