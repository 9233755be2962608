"""Which regions a phrase names: a regency by its name or capital, a district by its name.

Names are compared without blanks and signs: people write them together or apart.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from disperin.regions.models import District, Regency

LONGEST = 5  # words of the name of a place, with what kind of place it is
_ALIKE = 0.8  # how alike a misspelled name must be
_SHORTEST = 5  # letters of a name that may be misspelled
_KINDS = {
    "kabupaten": Regency, "kab": Regency, "regency": Regency, "kota": Regency, "city": Regency,
    "kecamatan": District, "kec": District, "district": District,
}  # fmt: skip
_WORD = re.compile(r"\w+(?:[-'/.@]\w+)*")


@dataclass(frozen=True)
class Places:
    """The regions of one name, by code."""

    regencies: frozenset[str] = frozenset()
    districts: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.regencies or self.districts)


NOWHERE = Places()


def words_of(text: str) -> list[str]:
    """The words of a text as names are compared: small, without signs around them."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower())


class Gazetteer:
    """All regencies and districts by their names, to be asked again and again."""

    def __init__(self, regencies: Iterable[Regency], districts: Iterable[District]) -> None:
        self._districts: dict[str, set[str]] = defaultdict(set)
        self._regencies: dict[str, set[str]] = defaultdict(set)
        beginnings: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for district in districts:
            words = words_of(district.name)
            self._districts["".join(words)].add(district.pk)
            for end in range(1, len(words)):
                beginnings["".join(words[:end])].add((district.regency_id, district.pk))
        for name, lying in beginnings.items():  # neighbours that are told apart by a word behind their common name
            if len(lying) > 1 and len({regency for regency, _district in lying}) == 1:
                self._districts[name] |= {district for _regency, district in lying}
        for regency in regencies:  # whoever names the capital may mean all of its regency
            self._regencies[_plain(words_of(regency.name))].add(regency.pk)
            self._regencies["".join(words_of(regency.capital))].add(regency.pk)
        self._names = sorted(name for name in {*self._districts, *self._regencies} if len(name) >= _SHORTEST)

    def named(self, words: Sequence[str]) -> Places:
        """The regions that exactly these words name, with or without the kind of region before or behind them."""
        if places := self._of("".join(words)):
            return places
        kind = _KINDS.get(words[0]) or _KINDS.get(words[-1]) if len(words) > 1 else None
        places = self._of(_plain(words)) if kind else NOWHERE
        return Places(places.regencies, frozenset()) if kind is Regency and places.regencies else places

    def spelled_like(self, word: str) -> str:
        """The name of a place that a misspelled word is meant for; "" for none."""
        likest = get_close_matches(word, self._names, n=1, cutoff=_ALIKE) if len(word) >= _SHORTEST else []
        return likest[0] if likest else ""

    def _of(self, name: str) -> Places:
        return Places(frozenset(self._regencies.get(name, ())), frozenset(self._districts.get(name, ())))


def _plain(words: Sequence[str]) -> str:
    """A name without the kind of region."""
    return "".join(word for word in words if word not in _KINDS) or "".join(words)
