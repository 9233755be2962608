"""Filters that the words of a search may be meant for: whoever writes the name of a place may want just that place."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypedDict

from django.http import HttpRequest

from disperin.regions.models import District, Regency
from disperin.registers.lists.facets import Counts
from disperin.registers.lists.understood import Term
from disperin.registers.record import reference
from disperin.ui.listing import with_query

MOST = 3


class PlaceMeant(TypedDict):
    """A filter that may be meant: its name in words, how many of the matches it leaves, and the list with it."""

    label: str
    count: int
    at_least: bool
    url: str


def places_meant(
    request: HttpRequest, terms: Sequence[Term], counts: Counts, offered: Collection[str], active: Mapping[str, Any]
) -> list[PlaceMeant]:
    """The places that terms name, as filters of a list that are not on yet and leave some of what was found."""
    return [
        PlaceMeant(label=place.name, count=count, at_least=not counts.exact, url=with_query(request, **where, q=rest))
        for place, facet, where, rest in _named(terms)
        if facet in offered and not any(name in active for name in where)
        if (count := counts.of.get(facet, {}).get(place.pk, 0))
    ][:MOST]


def _named(terms: Sequence[Term]) -> Iterator[tuple[Regency | District, str, dict[str, str], str | None]]:
    """`(place, facet, its filters, the search without its name)` of every place; a regency before its districts."""
    for term in terms:
        rest = " ".join(other.text for other in terms if other is not term) or None
        for regency in reference.rows_of(Regency, sorted(term.places.regencies)):
            yield regency, "regency", {"regency": regency.pk}, rest
        for district in reference.rows_of(District, sorted(term.places.districts)):
            if len(term.places.districts) == 1 or district.regency_id not in term.places.regencies:
                yield district, "district", {"regency": district.regency_id, "district": district.pk}, rest
