"""How ready a product is to be proposed: the office's own count, no regulation. Gates first, then 0 to 100.

Which facts count, from which number on and how much, are dated rows that the caller hands in. How much each weighs is
laid down nowhere.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

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


def judge(facts: Mapping[str, int | None], *, gates: Iterable[Standard], weights: Iterable[Weight]) -> Readiness:
    """Judge a product by what it has (`facts`: a number per `Fact`, None where it need not have it).

    The score is the share of the weights that it has reached, in whole percent rounded down, among those that apply.
    The next steps are the closed gates in their order, then what weighs most; the same fact is named once.
    """
    doors = tuple(Judged(row.fact, row.least, facts[row.fact]) for row in gates)
    parts = tuple(Judged(row.fact, row.least, facts[row.fact], row.weight) for row in weights)
    whole = sum(part.weight for part in parts if part.has is not None)
    reached = sum(part.weight for part in parts if part.has is not None and part.met)
    missing = [door for door in doors if not door.met]
    missing += sorted((part for part in parts if not part.met), key=lambda part: -part.weight)
    steps: list[Judged] = []
    for judged in missing:
        if len(steps) < STEPS_TOLD and judged.fact not in (step.fact for step in steps):
            steps.append(judged)
    return Readiness(doors, 100 * reached // whole if whole else None, parts, tuple(steps))


def explain_step(step: Judged) -> str:
    """What is to be done about one fact, in a sentence of the active language."""
    values = {"least": step.least, "has": step.has or 0}
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
    }[Fact(step.fact)] % values
