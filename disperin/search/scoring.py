"""How well a name fits what is looked for: pure, so that the order of results can be read and tested."""

import re
from collections.abc import Collection, Sequence

from disperin.registers.lists.understood import Term

_WHOLE, _BEGIN, _PART = 60, 42, 20  # of a term that is a word of the name, begins one, or stands in one
_WHOLE_ELSEWHERE, _PART_ELSEWHERE = 30, 14  # of one in the other words
_PLACE = 32  # of a term that is a place and stands in no word: the record lies there
_EXACT, _FIRST, _COVERED = 30, 5, 10


def score(name: str, words: str, terms: Sequence[Term], called: Collection[str]) -> float:
    """0 to 105: how well a name (and the other public words behind it) fits all terms. Kinds are `called` so."""
    small, elsewhere = name.lower(), (words or "").lower()
    points = sum(_WHOLE if term.text in called else _of_term(term, small, elsewhere) for term in terms) / len(terms)
    rest = [term for term in terms if term.text not in called]
    text = " ".join(term.text for term in terms)
    if small == text:
        points += _EXACT
    if rest and small.startswith(rest[0].text):
        points += _FIRST
    held = sum(len(term.text) for term in rest if term.text in small)
    return points + _COVERED * min(1, held / max(1, len(small.replace(" ", ""))))


def pattern(term: Term) -> str:
    """A regular expression of the texts that say a term, for the index of names."""
    return "|".join(" +".join(re.escape(word) for word in phrase.split()) for phrase in term.says)


def spelled_so(name: str, terms: Sequence[Term]) -> bool:
    """Whether a place is called just what is looked for, written together or apart."""
    return name.lower().replace(" ", "") == "".join(term.text for term in terms).replace(" ", "")


def _of_term(term: Term, name: str, elsewhere: str) -> float:
    if _has(term, name, behind=r"\b"):
        return _WHOLE
    if term.held_in(name):
        return _BEGIN if _has(term, name) else _PART
    if _has(term, elsewhere, behind=r"\b"):
        return _WHOLE_ELSEWHERE
    if term.places:
        return _PLACE
    return _PART_ELSEWHERE


def _has(term: Term, text: str, *, behind: str = "") -> bool:
    """Whether words of a text begin with those of a term, or are just these (`behind`)."""
    return any(all(re.search(rf"\b{re.escape(word)}{behind}", text) for word in phrase.split()) for phrase in term.says)
