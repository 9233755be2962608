"""Which of many records are worth comparing: those that share something rare. Pure: no database here.

Comparing each with each would be a billion of comparisons for the province; what is shared by many tells nothing.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from disperin.registers.record.likeness import LIKELY, Likeness, Traits, likeness, phone_digits, words_in

Pair = tuple[int, int]  # the keys of two records, the lesser first
_END = 4  # letters
MOST_SHARING = 20  # records that may share a key; more have a common word in common, no more


def alike_pairs(traits: Mapping[int, Traits]) -> dict[Pair, Likeness]:
    """`{(key, key): Likeness}` of the likely pairs among `{key: Traits}`, the lesser key first."""
    blocks = defaultdict(set)
    for key, its_traits in traits.items():
        for shared in keys_of(its_traits):
            blocks[shared].add(key)
    compared: set[Pair] = set()
    likely: dict[Pair, Likeness] = {}
    for members in blocks.values():
        if 2 <= len(members) <= MOST_SHARING:
            compared.update(combinations(sorted(members), 2))
    for pair in compared:
        alike = likeness(traits[pair[0]], traits[pair[1]])
        if alike.score >= LIKELY:
            likely[pair] = alike
    return likely


def keys_of(traits: Traits) -> Iterator[tuple[str, ...]]:
    """What a record may share with its like: NIB, telephone, name, owner, and the words of its name in its village."""
    if traits.code:
        yield "code", traits.code
    if digits := phone_digits(traits.phone):
        yield "phone", digits
    words = words_in(traits.name)
    yield "name", *words
    if len(words) > 2:  # one word misspelled or left out
        yield from (("name", *words[:at], *words[at + 1 :]) for at in range(len(words)))
    if person := words_in(traits.person):
        yield "person", *person
        yield from (("person", traits.village, form) for form in _ends("".join(person)))
    if traits.village:
        for word in words:
            yield from (("word", traits.village, form) for form in _ends(word))


def _ends(word: str) -> set[str]:
    """How a word begins and how it ends: one typing error changes but one of the two."""
    return {word[:_END], word[-_END:]}
