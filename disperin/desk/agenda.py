"""What waits for people, what has a day, and what has moved: each app says its own in `<app>/agenda.py`.

This floor keeps what was said and names no app. The pages that show it: `disperin.overview`.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet, TextChoices
from django.db.models.expressions import Combinable
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User

Text = str | Promise
Found = QuerySet[Any, Any]


class Group(TextChoices):
    """What becomes of a thing on its day."""

    WORK = "work", _("Work with a due day")
    EXPIRY = "expiry", _("What ends or becomes old")


@dataclass(frozen=True)
class Dated:
    """A kind of thing with a day. `of(user)` finds those that still wait, within that person's reach.

    `day` and the further columns are names or expressions; `url` makes an address of the text in `place`. Only number,
    kind, day and address leave the portal, in calendars. `person` is the column of whoever is to see to it: theirs
    stand on their first page under the label `own`, with the word `action` on a button. What counts is named by `label`
    and `own`; one alone by `of_one` and `own_of_one`. `desk` says whose it is where no person is named; what `is_own`
    belongs to the reader's own account, and is no matter of the office.
    """

    key: str
    label: Text
    group: Group
    of: Callable[[User], Found]
    day: str | Combinable
    url: Callable[[str], str]
    number: str | Combinable = "number"
    place: str | Combinable = ""  # the number, where it is not said
    name: str | Combinable = ""
    note: str | Combinable = ""
    notes: Mapping[str, Text] = field(default_factory=dict)  # what the keys in `note` are called
    who: str | Combinable = ""
    regency: str = "regency"
    person: str = ""
    of_one: Text = ""
    own: Text = ""
    own_of_one: Text = ""
    action: Text = ""
    icon: str = "calendar3"
    desk: Text = ""
    is_own: bool = False


@dataclass(frozen=True)
class Figure:
    """A number that is not counted in rows, since when it stands (`None` where that is not known), and by regency."""

    number: int
    since: datetime.date | None = None
    places: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Waiting:
    """What waits without a kind of its own among those with a day: rows to be counted, or a figure.

    `of(user)` is None for roles that it does not concern. `url(user)` is the list that holds exactly these. `since` and
    `due` are columns: the oldest is told, and what is due first. `regency` is the column of the place, and the name by
    which that list is narrowed to one, if it `narrows`; `who` and `desk` as of `Dated`.
    """

    key: str
    label: Text
    of: Callable[[User], Found | Figure | None]
    url: Callable[[User], str]
    action: Text
    since: str = ""
    due: str = ""
    of_one: Text = ""
    icon: str = "inbox"
    is_late: bool = False  # whatever it counts is late, or red
    regency: str = "regency"
    narrows: bool = True
    who: str = ""
    desk: Text = ""


@dataclass(frozen=True)
class News:
    """What has moved after a moment: `of(user, moment)` finds it, `url(user, moment)` is the list of just that."""

    key: str
    label: Text
    of: Callable[[User, datetime.datetime], Found | None]
    url: Callable[[User, datetime.datetime], str]
    of_one: Text = ""
    icon: str = "bell"


def named(kind: Dated | Waiting | News, number: int) -> Text:
    """What so many of a kind are called."""
    return kind.of_one or kind.label if number == 1 else kind.label


_dated: dict[str, Dated] = {}
_waiting: dict[str, Waiting] = {}
_news: dict[str, News] = {}
_kept: dict[type, dict[str, Any]] = {Dated: _dated, Waiting: _waiting, News: _news}
_badges: dict[str, Callable[[User], Found]] = {}


def add(*kinds: Dated | Waiting | News) -> None:
    """Called in `<app>/agenda.py`; ValueError for a key that is taken."""
    for kind in kinds:
        kept = _kept[type(kind)]
        if kind.key in kept:
            raise ValueError(f"{kind.key} is said twice")
        kept[kind.key] = kind


def add_badge(view: str, of: Callable[[User], Found]) -> None:
    """Say what is counted beside the entry of the rail that leads to a view."""
    _badges[view] = of


def dated() -> list[Dated]:
    """Every kind of thing with a day; work before what ends."""
    return [kind for group in Group for kind in _dated.values() if kind.group == group]


def waiting() -> list[Waiting]:
    """Everything else that waits."""
    return list(_waiting.values())


def news() -> list[News]:
    """Everything that can have moved."""
    return list(_news.values())


def badges() -> dict[str, Callable[[User], Found]]:
    """What is counted in the rail, by view."""
    return dict(_badges)


def address(view: str, **asked: Any) -> str:
    """The address of a list, narrowed."""
    return f"{reverse(view)}?{urlencode(asked, doseq=True)}"
