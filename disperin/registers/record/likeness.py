"""How much two records look like the same thing, 0 to 100, with the reasons in words. Pure: no database here.

The weights are the office's own, tried on a seeded set by its tests; none was found elsewhere.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from disperin.maps.boundary import KILOMETRES_PER_DEGREE
from disperin.ui.characters import line

WORTH_ASKING = 45  # from here on somebody who types is asked: a like name alone can do
LIKELY = 60  # from here on two stored records go on the work list: it takes more than a name
NEAR = 100  # metres within which two points are one place

_NO_NAME = frozenset(
    [
        "cv", "dagang", "fa", "ikm", "industri", "kop", "koperasi", "kub", "kup", "pd", "perorangan", "perusahaan",
        "po", "pt", "rumah", "tb", "toko", "ud", "ukm", "umkm", "usaha",
    ]
)  # fmt: skip
_LIKE_WORD = 0.75  # from here on two words are one with a typing error
_LIKE_NAME = 0.6
_LIKE_PERSON = 0.9  # people of one family differ in one word
_METRES_OF_A_DEGREE = 1_000 * KILOMETRES_PER_DEGREE


class Reason(models.TextChoices):
    """What speaks for (or against) two records being one."""

    SAME_CODE = "same_code", _("same NIB")
    SAME_NAME = "same_name", _("same name")
    LIKE_NAME = "like_name", _("similar name")
    SAME_PHONE = "same_phone", _("same telephone")
    SAME_PERSON = "same_person", _("same owner")
    SAME_VILLAGE = "same_village", _("same village")
    NEAR = "near", _("less than 100 m apart")
    OTHER_CODE = "other_code", _("another NIB")
    OTHER_PERSON = "other_person", _("another owner")
    NAMED = "named", _("said by a person")  # weighs nothing: whoever knows needs no score


_WEIGHTS = {
    Reason.SAME_CODE: 45,
    Reason.SAME_PHONE: 25,
    Reason.SAME_PERSON: 20,
    Reason.SAME_VILLAGE: 15,
    Reason.NEAR: 8,
    Reason.OTHER_CODE: -25,
    Reason.OTHER_PERSON: -20,
}
_NAME_WEIGHT = 50


@dataclass(frozen=True)
class LikenedBy:
    """Said on a record class, which has `search_text`: the columns that tell whether two records are one."""

    name: str = "name"
    code: str = ""  # such as the NIB
    phone: str = ""
    person: str = ""
    village: str = ""
    point: tuple[str, ...] = ()  # latitude and longitude

    @property
    def columns(self) -> list[str]:
        """Every column that it names."""
        return [
            column for column in (self.name, self.code, self.phone, self.person, self.village, *self.point) if column
        ]


@dataclass(frozen=True)
class Traits:
    """What of a record is compared; empty where it is not known."""

    name: str
    code: str = ""
    phone: str = ""
    person: str = ""
    village: str = ""
    point: tuple[float, ...] = ()


@dataclass(frozen=True)
class Likeness:
    """The score, 0 to 100, and the Reasons for it, the weightiest first."""

    score: int
    reasons: tuple[Reason, ...]

    @property
    def in_words(self) -> str:
        """The reasons as one text in the language of the reader."""
        return words_of(self.reasons)


def words_of(reasons: Iterable[str]) -> str:
    """Reasons (or their stored codes) as one text in the language of the reader."""
    return ", ".join(str(Reason(reason).label) for reason in reasons)


def traits_of(likened_by: LikenedBy, values: Mapping[str, Any]) -> Traits:
    """The Traits that stand in `values` (a mapping from columns to whatever they hold)."""
    columns = {name: column for name, column in vars(likened_by).items() if isinstance(column, str)}
    text = {name: line(str(values.get(column) or "")) for name, column in columns.items()}
    text["phone"] = stored_phone(text["phone"])
    return Traits(**text, point=_point([values.get(column) for column in likened_by.point]))


def likeness(traits: Traits, other: Traits) -> Likeness:
    """How like each other two Traits are, as a Likeness."""
    alike = name_likeness(traits.name, other.name)
    reasons = []
    if alike >= _LIKE_NAME:
        reasons.append(Reason.SAME_NAME if alike == 1 else Reason.LIKE_NAME)
    if traits.code and other.code:
        reasons.append(Reason.SAME_CODE if traits.code == other.code else Reason.OTHER_CODE)
    if traits.phone and phone_digits(traits.phone) == phone_digits(other.phone):
        reasons.append(Reason.SAME_PHONE)
    if words_in(traits.person) and words_in(other.person):
        same_person = name_likeness(traits.person, other.person) >= _LIKE_PERSON
        reasons.append(Reason.SAME_PERSON if same_person else Reason.OTHER_PERSON)
    if traits.village and traits.village == other.village:
        reasons.append(Reason.SAME_VILLAGE)
    if traits.point and other.point and metres_between(traits.point, other.point) <= NEAR:
        reasons.append(Reason.NEAR)
    if traits.code and traits.code == other.code and Reason.OTHER_PERSON in reasons:
        reasons.remove(Reason.OTHER_PERSON)  # one NIB is one owner, whoever was written down
    worth = {reason: _WEIGHTS.get(reason, round(_NAME_WEIGHT * alike**2)) for reason in reasons}
    score = max(0, min(100, sum(worth.values())))
    return Likeness(score, tuple(sorted(reasons, key=lambda reason: -worth[reason])))


@lru_cache(maxsize=65_536)
def words_in(name: str) -> tuple[str, ...]:
    """The words of a name that tell it from others, in order of the alphabet: no legal form, no accents, no signs.

    A name of nothing but such words keeps them.
    """
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)
    return tuple(sorted([word for word in words if word not in _NO_NAME] or words))


def phone_digits(phone: str) -> str:
    """The digits of a telephone number without the country or the leading zero, however it was written."""
    return re.sub(r"\D", "", phone).removeprefix("00").removeprefix("62").lstrip("0")


def stored_phone(phone: str) -> str:
    """A telephone number as registers store it, however it is being typed."""
    digits = phone_digits(phone)
    return f"+62{digits}" if digits else ""


@lru_cache(maxsize=65_536)
def name_likeness(name: str, other: str) -> float:
    """0 to 1: the share of words that have their like in the other name, in whatever order, with typing errors.

    A word that is merely missing weighs less than two that contradict each other: „Purun Mawar“ is nearer to „Anyaman
    Purun Mawar“ than „Anyaman Purun Melati“ is.
    """
    mine, theirs = list(words_in(name)), list(words_in(other))
    if not mine or not theirs:  # of signs and letters of other scripts
        return float(bool(name) and name.casefold() == other.casefold())
    if "".join(mine) == "".join(theirs):
        return 1.0
    longest, both = max(len(mine), len(theirs)), len(mine) + len(theirs)
    shared = 0.0
    for word in words_in(name):
        if word in theirs:
            mine.remove(word)
            theirs.remove(word)
            shared += 1
    pairs = sorted(((word_likeness(a, b), a, b) for a in mine for b in theirs), reverse=True)
    for alike, a, b in pairs:
        if alike >= _LIKE_WORD and a in mine and b in theirs:
            mine.remove(a)
            theirs.remove(b)
            shared += alike
    return shared / longest if mine and theirs else 2 * shared / both


@lru_cache(maxsize=65_536)
def word_likeness(word: str, other: str) -> float:
    """0 to 1: how much of two words is the same, letters in order; words of up to three letters must be equal."""
    if word == other:
        return 1.0
    if min(len(word), len(other)) <= 3 or abs(len(word) - len(other)) > 2:
        return 0.0
    lesser, greater = sorted((word, other))
    return SequenceMatcher(None, lesser, greater, autojunk=False).ratio()


def _point(degrees: Iterable[Any]) -> tuple[float, ...]:
    try:
        return tuple(float(degree) for degree in degrees)
    except (TypeError, ValueError):  # not known, or not understood
        return ()


def metres_between(point: tuple[float, ...], other: tuple[float, ...]) -> float:
    """The distance of two points (latitude, longitude) that lie near each other, in metres."""
    north = (point[0] - other[0]) * _METRES_OF_A_DEGREE
    east = (point[1] - other[1]) * _METRES_OF_A_DEGREE * math.cos(math.radians(point[0]))
    return math.hypot(north, east)
