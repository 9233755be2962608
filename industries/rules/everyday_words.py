"""Which class of KBLI an everyday name means: words of the name beside words that are known to mean a class.

Pure: the phrases come from outside. A title says what a class is, in the language of a regulation; a word list and the
products of the register say what people call it.
"""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import NamedTuple

MOST = 5  # classes that are suggested
LEAST = 0.3  # of a whole fit; below it a class is not suggested
LONGEST = 12  # words of a name that are looked at
_HEAD = 1.6  # in Indonesian the thing itself comes first, what it is made of follows: “keripik singkong”
_MISSPELT = 0.7  # how alike two words with the same bones must be to be taken for the same
_MISSPELT_COUNTS = 0.9
_SHORTEST = 4  # letters of a word that may be misspelt
_SECOND = 0.05  # what each further phrase of the same class adds
_EMPTY = {
    "industri", "pengolahan", "pembuatan", "produk", "barang", "usaha", "keperluan", "hasil", "jenis", "macam", "aneka",
    "dan", "atau", "dari", "untuk", "dengan", "yang", "di", "ke", "bukan", "termasuk", "lainnya", "sejenisnya", "ytdl",
    "tukang", "pembuat", "perajin", "pengrajin",
}  # fmt: skip
_WORD = re.compile(r"[a-z0-9]+")
_EXCEPTED = re.compile(r"\b(?:bukan|selain|tidak termasuk)\b[^,;)]*", re.IGNORECASE)


class Phrase(NamedTuple):
    """A phrase that means a class: who says so, how many makers, and how much that is to be believed (1 is most)."""

    text: str
    key: str
    trust: float = 1.0
    source: str = ""
    makers: int = 0


@dataclass(frozen=True)
class Meant:
    """A class that a name may mean, and the phrase that says so."""

    phrase: Phrase
    score: float


def of_title(title: str) -> str:
    """A title without what the class is said not to hold: “Minyak Goreng Bukan Kelapa” is found by no coconut."""
    return _EXCEPTED.sub(" ", title)


def words_of(text: str) -> list[str]:
    """The words of a text by which it is compared: small, without accents, endings and what every title says."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    words = _WORD.findall(plain)
    return [_stem(word) for word in words if word not in _EMPTY] or [_stem(word) for word in words]


def _stem(word: str) -> str:
    """Without the endings that make a thing of a deed: anyaman is what is plaited (anyam)."""
    for ending in ("nya", "an"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word.removesuffix(ending)
    return word


def _bones(word: str) -> str:
    """What stays of a word however people spell it: its first letter and the others that are no vowel, each once.

    Kripik, keripik and krupuk have the same. So few words share theirs that a misspelt one costs no more than another.
    """
    rest = "".join(sign for sign in word[1:] if sign not in "aeiouyhw")
    return word[:1] + "".join(sign for at, sign in enumerate(rest) if sign != rest[at - 1 : at])


class Phrases:
    """All phrases that are known, to be asked again and again; making it costs some milliseconds for a thousand."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._phrases = [(phrase, frozenset(words_of(phrase.text))) for phrase in phrases]

    @cached_property
    def _with_word(self) -> dict[str, list[int]]:
        places = defaultdict(list)
        for at, (_phrase, words) in enumerate(self._phrases):
            for word in words:
                places[word].append(at)
        return dict(places)

    @cached_property
    def _weights(self) -> dict[str, float]:
        """How much a word says: the fewer classes know it, the more."""
        classes = {word: len({self._phrases[at][0].key for at in some}) for word, some in self._with_word.items()}
        most = 1 + len({phrase.key for phrase, _words in self._phrases})
        return {word: math.log(most / count) for word, count in classes.items()}

    @cached_property
    def _by_bones(self) -> dict[str, list[str]]:
        words = defaultdict(list)
        for word in self._with_word:
            words[_bones(word)].append(word)
        return dict(words)

    def meant(self, name: str, most: int = MOST) -> list[Meant]:
        """The classes that a name may mean, the likeliest first; none where no word of it is known."""
        asked = list(dict.fromkeys(words_of(name)))[:LONGEST]
        if not asked:
            return []
        known = {word: self._known(word) for word in asked}
        unknown = max(self._weights.values(), default=1.0)  # a word that says nothing here, but did say something
        shares = {
            word: (self._weights[match[0]] if match else unknown) * (_HEAD if at == 0 else 1)
            for at, (word, match) in enumerate(known.items())
        }
        whole = sum(shares.values()) or 1.0
        likenesses: dict[int, float] = defaultdict(float)
        held: dict[int, float] = defaultdict(float)
        for word, match in known.items():
            if match:
                spelling, likeness = match
                for at in self._with_word[spelling]:
                    likenesses[at] += likeness * shares[word] / whole
                    held[at] += likeness * self._weights[spelling]
        by_class: dict[str, list[Meant]] = defaultdict(list)
        for at, share in likenesses.items():
            phrase, words = self._phrases[at]
            covered = held[at] / (sum(self._weights[word] for word in words) or 1.0)
            by_class[phrase.key].append(Meant(phrase, share * (1 + covered) / 2 * phrase.trust))
        best = [_together(some) for some in by_class.values()]
        return sorted(
            (meant for meant in best if meant.score >= LEAST), key=lambda meant: (-meant.score, meant.phrase.key)
        )[:most]

    def _known(self, word: str) -> tuple[str, float] | None:
        """The known word that is meant, and how surely; None for none."""
        if word in self._with_word:
            return word, 1.0
        if len(word) < _SHORTEST:
            return None
        alike = (
            (SequenceMatcher(None, word, candidate).ratio(), candidate)
            for candidate in self._by_bones.get(_bones(word), ())
            if len(candidate) >= _SHORTEST
        )
        likeness, spelling = max(alike, default=(0.0, ""))
        return (spelling, likeness * _MISSPELT_COUNTS) if likeness >= _MISSPELT else None


def _together(some: list[Meant]) -> Meant:
    """The best of a class; others that say the same make it a little likelier."""
    first, *others = sorted(some, key=lambda meant: -meant.score)
    return Meant(first.phrase, first.score + sum(other.score for other in others[:3]) * _SECOND)
