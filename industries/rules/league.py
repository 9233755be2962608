"""How the regencies stand by the quality of their data: the office's own count, no regulation.

Averages of a regency with fewer than LEAST records are neither shown nor ranked: they would tell of single makers.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from industries.rules.quality import PARTS

LEAST = 10  # records; nobody is ranked with fewer


class Sums(NamedTuple):
    """What is counted of a regency: its open records with the sums of their parts, its decided proposals."""

    records: int
    score: int = 0
    complete: int = 0
    fresh: int = 0
    plausible: int = 0
    verified: int = 0
    decided: int = 0
    returned: int = 0
    days: int = 0  # from handing in to the decision, all of them together
    outside: int | None = None  # makers by an outside count; None: nobody has entered one
    # records that have a score, and each part, since something counts in it; None: all of them
    score_of: int | None = None
    complete_of: int | None = None
    fresh_of: int | None = None
    plausible_of: int | None = None
    verified_of: int | None = None

    def having(self, name: str) -> int:
        """How many records have the score or a part."""
        number = getattr(self, f"{name}_of")
        return self.records if number is None else number

    def mean(self, name: str) -> int | None:
        """The whole mean of the score or a part; None where fewer than LEAST records have one."""
        number = self.having(name)
        return round(getattr(self, name) / number) if number >= LEAST else None


class Standing(NamedTuple):
    """A regency as the league shows it. Percents are whole ones; None is not known, or not told."""

    place: str
    records: int
    coverage: int | None
    completeness: int | None
    freshness: int | None
    score: int | None
    returns: int | None
    days: float | None
    points: int | None
    rank: int | None

    @property
    def is_told(self) -> bool:
        """Whether there are enough records: what is not known then cannot be counted."""
        return self.records >= LEAST


_SUMMED = (*Sums._fields[: Sums._fields.index("outside")],)
MEASURES = ("coverage", "completeness", "freshness", "returns")


def standings(sums: Mapping[str, Sums], weights: Mapping[str, int]) -> list[Standing]:
    """The places in their order: ranked ones first by points, then the others by name of their place.

    Points are the mean of the measures that are known, by their weights (`{measure: weight}`); of returns counts what
    was not returned. The same points share a rank, and the next rank leaves as many out.
    """
    places = [_standing(place, place_sums, weights) for place, place_sums in sums.items()]
    ranked = sorted(
        (standing for standing in places if standing.points is not None),
        key=lambda standing: (-(standing.points or 0), standing.place),
    )
    rest = sorted((standing for standing in places if standing.points is None), key=lambda standing: standing.place)
    return [*_with_ranks(ranked), *rest]


def of_all(sums: Iterable[Sums]) -> Sums:
    """The sums of those that are told one by one; an outside count only where all of them have one."""
    shown = [place_sums for place_sums in sums if place_sums.records >= LEAST]
    outside = [place_sums.outside for place_sums in shown]
    whole = None if None in outside or not shown else sum(count for count in outside if count is not None)
    added = {name: sum(getattr(place_sums, name) for place_sums in shown) for name in _SUMMED}
    having = {name: sum(place_sums.having(name) for place_sums in shown) for name in ("score", *PARTS)}
    return Sums(**added, outside=whole, **{f"{name}_of": number for name, number in having.items()})


def _standing(place: str, place_sums: Sums, weights: Mapping[str, int]) -> Standing:
    is_shown = place_sums.records >= LEAST
    coverage = min(100, 100 * place_sums.records // place_sums.outside) if place_sums.outside else None
    measures = {
        "coverage": coverage,
        "completeness": place_sums.mean("complete"),
        "freshness": place_sums.mean("fresh"),
        "returns": round(100 * place_sums.returned / place_sums.decided) if is_shown and place_sums.decided else None,
    }
    return Standing(
        place,
        place_sums.records,
        **measures,
        score=place_sums.mean("score"),
        days=round(place_sums.days / place_sums.decided, 1) if is_shown and place_sums.decided else None,
        points=_points(measures, weights) if is_shown else None,
        rank=None,
    )


def _points(measures: Mapping[str, int | None], weights: Mapping[str, int]) -> int | None:
    counted = [
        (weights[name], 100 - value if name == "returns" else value)
        for name, value in measures.items()
        if value is not None and weights.get(name)
    ]
    whole = sum(weight for weight, _value in counted)
    return round(sum(weight * value for weight, value in counted) / whole) if whole else None


def _with_ranks(ranked: Sequence[Standing]) -> list[Standing]:
    placed: list[Standing] = []
    for at, standing in enumerate(ranked, start=1):
        same = placed and placed[-1].points == standing.points
        placed.append(standing._replace(rank=placed[-1].rank if same else at))
    return placed
