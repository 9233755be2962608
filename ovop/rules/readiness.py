"""How ready a product is to be proposed: the office's own count, no regulation. Gates first, then 0 to 100.

Which facts count, from which number on and how much, are dated rows that the caller hands in. How much each weighs is
laid down nowhere.
"""

import datetime
from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol, TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

STEPS_TOLD = 3
MOST_PHOTOS = 2  # one of the product, one of its maker


class Fact(TextChoices):
    """What the registers know about a product that readiness may count."""

    CLUSTER = "sentra", gettext_lazy("Production centre with a decree")
    NIB = "nib", gettext_lazy("NIB")
    HALAL = "halal", gettext_lazy("Halal certificate")
    PERMIT = "izin_edar", gettext_lazy("Distribution permit (PIRT, BPOM)")
    PHOTOS = "foto", gettext_lazy("Photographs")
    CAPACITY = "kapasitas", gettext_lazy("Capacity per year")
    CONTINUITY = "kontinuitas", gettext_lazy("Years of production")
    BRAND = "merek", gettext_lazy("Brand")
    DESCRIPTION = "deskripsi", gettext_lazy("Description in Indonesian")
    ENGLISH = "deskripsi_inggris", gettext_lazy("Description in English")
    EXPORT = "ekspor", gettext_lazy("Sold abroad")


OF_FOOD = (Fact.HALAL, Fact.PERMIT)  # asked of food and drink only
COUNTED = (Fact.CLUSTER, Fact.PHOTOS, Fact.CAPACITY, Fact.CONTINUITY)  # a number to reach; the others are there or not


class Dated(Protocol):
    """A row that is in force on some days, and the names of the columns that it counts with."""

    COUNTED: tuple[str, ...]
    valid_from: datetime.date | None
    valid_to: datetime.date | None


class Standard(Protocol):
    """A fact and the least number of it that will do: members, photographs, units a year, years."""

    fact: str
    least: int


class Weight(Standard, Protocol):
    """The same with the weight it has in the score."""

    weight: int


class Judged(NamedTuple):
    """One fact of a product beside what is asked for; `has` is None where the product need not have it."""

    fact: str
    least: int
    has: int | None
    weight: int = 0

    @property
    def met(self) -> bool:
        """Is there enough of it, or no need?"""
        return self.has is None or self.has >= self.least


class Readiness(NamedTuple):
    """A product on a day. `score` is None where no weight applies; `steps` are at most three things to do next."""

    gates: tuple[Judged, ...]
    score: int | None
    weights: tuple[Judged, ...]
    steps: tuple[Judged, ...]

    @property
    def passes(self) -> bool:
        """Are all gates open?"""
        return all(gate.met for gate in self.gates)


Row = TypeVar("Row", bound=Dated)


def is_in_force(row: Dated, on: datetime.date) -> bool:
    """Does a dated row count on this day? Its first and its last day belong to it."""
    return (row.valid_from is None or row.valid_from <= on) and (row.valid_to is None or on <= row.valid_to)


def in_force(rows: Iterable[Row], on: datetime.date) -> list[Row]:
    """The rows that count on this day."""
    return [row for row in rows if is_in_force(row, on)]


def counted(row: Dated | None, on: datetime.date) -> tuple | None:
    """What a row counts with on a day, by its own `COUNTED` columns; None on days on which it is not in force."""
    return None if row is None or not is_in_force(row, on) else tuple(getattr(row, name) for name in row.COUNTED)


def first_day_of_change(before: Dated | None, after: Dated, today: datetime.date) -> datetime.date | None:
    """The first day from today on that a changed row counts otherwise than before: the day to look at in a preview.

    `before` is None for a new row. None where the change makes no difference any more.
    """
    rows = [row for row in (before, after) if row is not None]
    begins = {row.valid_from for row in rows if row.valid_from is not None}
    ends = {row.valid_to for row in rows if row.valid_to is not None and row.valid_to < datetime.date.max}
    days = {today, *(day for day in begins | {end + datetime.timedelta(days=1) for end in ends} if day > today)}
    return next((day for day in sorted(days) if counted(before, day) != counted(after, day)), None)


def judge(facts: Mapping[str, int | None], *, gates: Iterable[Standard], weights: Iterable[Weight]) -> Readiness:
    """Judge a product by what it has (`facts`: a number per `Fact`, None where it need not have it).

    The score is the share of the weights that it has reached, in whole percent rounded down, among those that apply.
    The next steps are the closed gates in their order, then what weighs most; the same fact is named once.
    """
    doors = tuple(Judged(row.fact, row.least, facts[row.fact]) for row in gates)
    parts = tuple(Judged(row.fact, row.least, facts[row.fact], row.weight) for row in weights)
    whole = sum(one.weight for one in parts if one.has is not None)
    reached = sum(one.weight for one in parts if one.has is not None and one.met)
    missing = [door for door in doors if not door.met]
    missing += sorted((one for one in parts if not one.met), key=lambda one: -one.weight)
    steps: list[Judged] = []
    for one in missing:
        if len(steps) < STEPS_TOLD and one.fact not in (step.fact for step in steps):
            steps.append(one)
    return Readiness(doors, 100 * reached // whole if whole else None, parts, tuple(steps))


def explain_step(step: Judged) -> str:
    """What is to be done about one fact, in a sentence of the active language."""
    told = {"least": step.least, "has": step.has or 0}
    return {
        Fact.CLUSTER: _(
            "Bring the maker into a production centre with a decree of the regent or mayor and at least %(least)s "
            "members; %(has)s count so far."
        ),
        Fact.NIB: _("Help the maker to a NIB and enter it."),
        Fact.HALAL: _("Bring the product to a halal certificate; the halal work list says how."),
        Fact.PERMIT: _("Obtain a distribution permit (PIRT or BPOM) and enter its number at the product."),
        Fact.PHOTOS: _("Add photographs of the product and its maker: %(has)s of %(least)s are there."),
        Fact.CAPACITY: _("Enter or raise the capacity per year: %(has)s of at least %(least)s."),
        Fact.CONTINUITY: _("Show steady production for %(least)s years; the register knows of %(has)s."),
        Fact.BRAND: _("Enter the brand, or help the maker to one."),
        Fact.DESCRIPTION: _("Describe the product in Indonesian."),
        Fact.ENGLISH: _("Describe the product in English."),
        Fact.EXPORT: _("Find a buyer abroad, and enter the share that is exported."),
    }[Fact(step.fact)] % told
