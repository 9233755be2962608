"""What a search means: its words one by one, the places that some of them name, and what words kept by staff mean."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_, or_

from django.db.models import Q

from disperin.regions.gazetteer import LONGEST, NOWHERE, Gazetteer, Places, words_of
from disperin.regions.models import District, Regency
from disperin.registers.record import known_words, reference
from disperin.registers.record.search_words import SearchWord

MOST = 8  # terms of a search; further words are passed over
_IDLE = {  # words that join others and say nothing of what is looked for
    "di", "ke", "dari", "dan", "atau", "yang", "untuk", "dengan", "in", "of", "the", "and", "or", "from", "for", "at",
    "desa", "kelurahan", "village",
}  # fmt: skip


@dataclass(frozen=True)
class Term:
    """One thing that is looked for: any of the texts that say it, or any record that lies in the places it names."""

    text: str
    says: tuple[str, ...]
    places: Places = NOWHERE

    def held_in(self, text: str) -> bool:
        """Whether a text in small letters says it."""
        return any(all(word in text for word in phrase.split()) for phrase in self.says)

    def said(self, column: str) -> Q:
        """The condition that a `column` in small letters says it, in any place."""
        texts = (reduce(and_, (Q(**{f"{column}__contains": word}) for word in phrase.split())) for phrase in self.says)
        return reduce(or_, texts)

    def lying(self, placed: Mapping[str, str]) -> list[Q]:
        """The conditions that a row lies where it says, level by level; `placed` are the look-ups of region codes."""
        return [
            Q(**{f"{placed[level]}": sorted(codes)})
            for level, codes in (("regency", self.places.regencies), ("district", self.places.districts))
            if codes and level in placed
        ]


@dataclass(frozen=True)
class _Known:
    gazetteer: Gazetteer
    meanings: Mapping[str, Sequence[str]]


def understood(text: str) -> list[Term]:
    """The terms of a text, in their order; words that name a place, or mean another, stand together."""
    words = [word for word in words_of(text) if word not in _IDLE] or words_of(text)
    return list(_terms(words))[:MOST]


def spelled_alone(terms: Iterable[Term]) -> list[str]:
    """The words that may be misspelled: neither a place nor a word whose meaning is kept."""
    return [term.text for term in terms if not term.places and len(term.says) == 1]


def with_spellings(terms: Iterable[Term], spellings: Mapping[str, Sequence[str]]) -> list[Term]:
    """The terms with what misspelled ones may be meant for; those that are spelled like nothing stay as they are."""
    return [_respelled(term, spellings.get(term.text, ())) for term in terms]


def narrowed(terms: Sequence[Term]) -> list[list[Term]]:
    """Parts of a search to be tried where nothing fits all of it: one term left out, then each by itself.

    A place is left out before a thing: whoever looks for a thing finds it elsewhere.
    """
    things_last = sorted(terms, key=lambda term: not term.places)
    without_one = [[term for term in terms if term is not gone] for gone in things_last]
    alone = [[term] for term in reversed(things_last)] if len(terms) > 2 else []
    return [part for part in without_one + alone if is_enough(part)]


def is_enough(terms: Iterable[Term]) -> bool:
    """Whether an index can look for one of the terms; shorter ones would be looked for in every row."""
    return any(len(term.text) >= known_words.SHORTEST for term in terms)


def _known() -> _Known:
    return reference.made("words of searches", _read)


def _read() -> _Known:
    tables = reference.Tables()
    meanings = defaultdict(list)
    for search_word in tables.table(SearchWord).values():
        if search_word.in_use:
            meanings[search_word.word].append(search_word.means)
            if search_word.language != SearchWord.Language.ENGLISH:  # the registers are not written in English
                meanings[search_word.means].append(search_word.word)
    return _Known(Gazetteer(tables.table(Regency).values(), tables.table(District).values()), dict(meanings))


def _terms(words: Sequence[str]) -> Iterator[Term]:
    known, at = _known(), 0
    while at < len(words):
        for end in range(min(len(words), at + LONGEST), at, -1):
            phrase = words[at:end]
            text = " ".join(phrase)
            means = known.meanings.get(text, ())
            places = _together(known.gazetteer, (phrase, *(meaning.split() for meaning in means)))
            if places or means or end == at + 1:
                yield Term(text, (text, *means), places)
                at = end
                break


def _together(gazetteer: Gazetteer, phrases: Iterable[Sequence[str]]) -> Places:
    """All places that one of the phrases names."""
    named = [gazetteer.named(phrase) for phrase in phrases]
    return Places(
        frozenset().union(*(places.regencies for places in named)),
        frozenset().union(*(places.districts for places in named)),
    )


def _respelled(term: Term, spellings: Sequence[str]) -> Term:
    if not spelled_alone([term]):
        return term
    gazetteer = _known().gazetteer
    place = gazetteer.spelled_like(term.text) if term.text not in spellings else ""
    return replace(term, says=tuple(spellings) or term.says, places=gazetteer.named([place]) if place else NOWHERE)
