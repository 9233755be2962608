"""What people with an account find: by a number of any kind, by columns that name one record, by words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse

from disperin.accounts.models import User
from disperin.inquiries.models import Inquiry
from disperin.registers.lists.addresses import record_address
from disperin.registers.record import directory, known_words
from disperin.registers.record.directory import Register
from disperin.registers.record.models import Record
from disperin.search.numbers import as_kept
from disperin.submissions.models import Batch, Submission
from disperin.submissions.workflow import Status

SHOWN = 6  # records of a register beside those of others
LOOKED_AT = 60  # records of which the likest names are shown first
# What has a number and is no record: its page takes the number.
NUMBERED = ((Submission, "submissions:detail"), (Batch, "submissions:batch"), (Inquiry, "inquiries:detail"))


@dataclass(frozen=True)
class Hit:
    """A record that was found, and by which inside column, in words ("" where its public words say it)."""

    record: Record
    url: str
    by: str = ""
    value: str = ""


@dataclass
class Group:
    """What was found of a register; `more` says that it is not all."""

    register: Register
    hits: list[Hit] = field(default_factory=list)
    more: bool = False


def address_of(text: str, user: User) -> str:
    """The page of what has exactly this number or names exactly one record, within reach; "" where there is none."""
    if address := _of_number(text.strip().upper(), user):
        return address
    named = [hit for group in by_columns(text, user) for hit in group.hits]
    return named[0].url if len(named) == 1 else ""


def _of_number(number: str, user: User) -> str:
    register, _number = directory.named(number)
    if register:
        record = register.model.objects.seen_by(user).filter(number=number).first()
        return _url(register, record) if record else ""
    for model, view in NUMBERED:
        if model.objects.within_reach(user).filter(number=number).exists():
            return reverse(view, args=[number])
    return ""


def by_columns(text: str, user: User) -> list[Group]:
    """Records that have this text, in the form in which it is kept, in one of the columns that name a record."""
    groups = []
    for register in directory.all_registers():
        group = Group(register)
        for column in register.model.found_by:
            value = as_kept(register, column, text)
            rows = register.model.objects.within_reach(user).select_related("regency")
            label = _label(register, column)
            records = rows.filter(**{column: value})[:SHOWN] if value else ()
            group.hits += [Hit(record, _url(register, record), label, value) for record in records]
        if group.hits:
            groups.append(group)
    return groups


def by_words(text: str, user: User) -> list[Group]:
    """Records that hold every word, in what everybody may read or in the name of their owner; those named so first."""
    groups = (_group(register, rows[: LOOKED_AT + 1], text) for register, rows in _searched(text, user))
    return [group for group in groups if group.hits]


def proposals(text: str, user: User) -> list[Submission]:
    """Proposals whose title holds every word, the newest first; one more than are shown says that there are others.

    What one that was verified says is found as its record.
    """
    matches = Submission.objects.within_reach(user).called(text).exclude(status=Status.VERIFIED)
    return list(matches.shown().order_by("-id")[: SHOWN + 1])


def alike(text: str, user: User) -> list[Group]:
    """Records whose public words are spelled like these, to be tried where nothing holds the words themselves."""
    words = text.lower().split()
    groups = []
    for register in _with_words():
        spellings = known_words.spellings(
            [register.slug], [word for word in words if len(word) >= known_words.SHORTEST]
        )
        meant = [spellings.get(word, [word]) for word in words]
        rows = _looked_through(register, user).order_by("pk")
        for some in meant:
            rows = rows.filter(reduce(or_, (Q(search_text__contains=spelling) for spelling in some)))
        groups.append(_group(register, rows[: LOOKED_AT + 1], " ".join(some[0] for some in meant), by_owner=False))
    return [group for group in groups if group.hits]


def rows_of(register: Register, text: str, user: User) -> QuerySet:
    """All records of one register that hold every word, to be turned over page by page."""
    return next(
        (rows for searched, rows in _searched(text, user) if searched is register), register.model.objects.none()
    )


def _searched(text: str, user: User) -> Iterator[tuple[Register, QuerySet]]:
    """Every register with its records that hold all the words."""
    for register in _with_words():
        rows = _looked_through(register, user)
        owner = _owner(register)
        if owner:
            rows = rows.alias(owner_in_small=Lower(owner))
        for word in text.lower().split():
            said = Q(search_text__contains=word)
            rows = rows.filter(said | Q(owner_in_small__contains=word) if owner else said)
        yield register, rows.order_by("pk")


def _looked_through(register: Register, user: User) -> QuerySet:
    """The records within reach that are what the register is called after, closed and hidden ones too."""
    return register.model.objects.within_reach(user).in_lists().select_related("regency")


def _group(register: Register, rows: QuerySet, text: str, *, by_owner: bool = True) -> Group:
    """The likest names of these rows first."""
    records, wanted, owner = list(rows), text.lower(), _owner(register) if by_owner else ""

    def rank(record: Record) -> tuple[bool, bool, bool, str]:
        name = str(record).lower()
        return name != wanted, not name.startswith(wanted), wanted not in name, name

    hits = []
    for record in sorted(records[:LOOKED_AT], key=rank)[:SHOWN]:
        held = owner and any(word not in record.search_text for word in wanted.split())
        label = _label(register, owner) if held else ""
        hits.append(Hit(record, _url(register, record), label, getattr(record, owner) if held else ""))
    return Group(register, hits, more=len(records) > SHOWN)


def _with_words() -> list[Register]:
    """The registers whose records have public words to be searched."""
    return [
        register
        for register in directory.all_registers()
        if any(f.name == "search_text" for f in register.model._meta.fields)
    ]


def _owner(register: Register) -> str:
    """The column of the person behind a record, which people with an account find it by; "" where there is none."""
    return register.model.likened_by.person if register.model.likened_by else ""


def _url(register: Register, record: Record) -> str:
    return record_address(register, getattr(record, record.named_by))


def _label(register: Register, column: str) -> str:
    return next(str(field.verbose_name) for field in register.model._meta.concrete_fields if field.name == column)
