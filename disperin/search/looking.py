"""Looks for a text in everything public: as it is written, as it may be meant, and without what nothing holds."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from disperin.registers.lists.one_moment import TookTooLong, not_longer_than
from disperin.registers.lists.understood import Term, is_enough, narrowed, spelled_alone, understood, with_spellings
from disperin.registers.record import known_words
from disperin.search.numbers import record_numbered
from disperin.search.sources import SOURCES, Hit, Source

SHOWN = 6  # results of a kind beside those of others
LONGEST_WAIT = 2000  # milliseconds of a single query


@dataclass(frozen=True)
class Group:
    """The likest results of a kind, and the address of all of them ("" where these are all, or there is no list)."""

    source: Source
    hits: list[Hit]
    all_url: str = ""


@dataclass(frozen=True)
class Found:
    """What was found, the likest kind first, and how what was looked for had to be understood for it."""

    groups: list[Group] = field(default_factory=list)
    terms: Sequence[Term] = ()
    left_out: tuple[str, ...] = ()  # words that nothing holds together with the others
    is_respelled: bool = False
    gave_up: bool = False  # it would have taken too long

    @property
    def words(self) -> list[str]:
        """What is to be marked in what was found."""
        return [word for term in self.terms for phrase in term.says for word in phrase.split()]

    @property
    def hits(self) -> list[Hit]:
        """All of them in the order of the page."""
        return [hit for group in self.groups for hit in group.hits]


def look_for(text: str) -> Found:
    """What everybody finds by a text. The number of queries does not grow with what is found."""
    terms = understood(text)
    if named := numbered(text):
        return Found([Group(named[0], [named[1]])], terms)
    if not is_enough(terms):
        return Found(terms=terms)
    try:
        with not_longer_than(LONGEST_WAIT):
            return _looked_for(terms)
    except TookTooLong:
        return Found(terms=terms, gave_up=True)


def numbered(text: str) -> tuple[Source, Hit] | None:
    """The one public record that has this register number or certificate number, if there is one."""
    sources = {source.slug: source for source in SOURCES}
    hit = record_numbered(text)
    return (sources[hit.kind], hit) if hit and hit.kind in sources else None


def _looked_for(terms: Sequence[Term]) -> Found:
    if groups := _groups(terms):
        return Found(groups, terms)
    registers = {source.words_of for source in SOURCES if source.words_of}
    spelled = with_spellings(terms, known_words.spellings(registers, spelled_alone(terms)))
    if spelled != terms and (groups := _groups(spelled)):
        return Found(groups, spelled, is_respelled=True)
    parts = narrowed(spelled)
    fitting = [at for source in SOURCES for at in source.fitting(parts)] if parts else []
    if not fitting:
        return Found(terms=terms, left_out=tuple(term.text for term in terms))
    best = parts[min(fitting)]
    left_out = tuple(term.text for term in spelled if term not in best)
    return Found(_groups(best), best, left_out, is_respelled=any(term not in terms for term in best))


def _groups(terms: Sequence[Term]) -> list[Group]:
    """The results of each kind, the kinds in the order of their best."""
    groups = []
    for source in SOURCES:
        hits = sorted(source.find(terms), key=lambda hit: (-hit.score, hit.title, hit.number))
        if hits:
            groups.append(Group(source, hits[:SHOWN], source.all_of(terms) if len(hits) > SHOWN else ""))
    return sorted(groups, key=lambda group: -group.hits[0].score)
