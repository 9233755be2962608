"""Which village and district an address names, as people write it: “Jl. Melati RT 3, Ds. Tabuk, Kec. Suka Maju”."""

import re
from collections.abc import Iterable
from typing import NamedTuple

_VILLAGE, _DISTRICT = r"(?:desa|ds|kelurahan|kel)", r"(?:kecamatan|kec)"


class Place(NamedTuple):
    """A village with its district, by their codes and names."""

    village: str
    village_name: str
    district: str
    district_name: str


def names_a_place(address: str) -> bool:
    """Does an address say of anything that it is a village or a district?"""
    return bool(re.search(rf"\b(?:{_VILLAGE}|{_DISTRICT})\b", address.casefold()))


def place_named(address: str, places: Iterable[Place], *, district: str = "") -> tuple[str, str]:
    """`(code of the village or "", code of the district or "")`: what an address names for certain among these places.

    Only what is called a village or a district counts. Where two may be meant, the one in the `district` (its code)
    that is known already; otherwise, or where village and district contradict each other, nothing is read.
    """
    text, places = _words(address), list(places)
    districts = _named(text, _DISTRICT, {place.district: place.district_name for place in places})
    villages = _named(text, _VILLAGE, {place.village: place.village_name for place in places})
    meant = [place for place in places if place.village in villages and (not districts or place.district in districts)]
    if len(meant) > 1:
        meant = [place for place in meant if place.district == district]
    if len(meant) == 1:
        return meant[0].village, meant[0].district
    return ("", districts.pop()) if len(districts) == 1 and not villages else ("", "")


def _named(text: str, kind: str, names: dict[str, str]) -> set[str]:
    """The codes of those names that follow a word of this kind; the longest where one name begins another."""
    matched = {code: bare for code, name in names.items() if (bare := _bare(name)) and _follows(text, kind, bare)}
    longest = {bare for bare in matched.values() if not any(other.startswith(f"{bare} ") for other in matched.values())}
    return {code for code, bare in matched.items() if bare in longest}


def _follows(text: str, kind: str, name: str) -> bool:
    return bool(re.search(rf"\b{kind} {re.escape(name)}\b", text))


def _bare(name: str) -> str:
    return re.sub(rf"^(?:{_VILLAGE}|{_DISTRICT}) ", "", _words(name))


def _words(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", text.casefold()).split())
