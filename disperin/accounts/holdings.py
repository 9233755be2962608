"""What people have in hand: proposals, tasks and whatever else waits for one person. Handed on when that person goes.

Filled in `<app>/holdings.py` of the floors above; this floor counts it and names no app.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from disperin.accounts.models import User
from disperin.regions.models import Regency
from disperin.ui.texts import Text

DEED = "hand_on"  # in the history of each thing that was


@dataclass(frozen=True)
class Holding:
    """One kind of thing: `of(user)` finds those in somebody's hands (each in a regency), `url(thing)` shows one.

    `hand_on(things, to=…, by=…, told=…)` gives them to somebody else, inside a transaction, and remembers `told` in the
    history of each.
    """

    label: Text
    of: Callable[[User], QuerySet[Any]]
    url: Callable[[Any], str]
    hand_on: Callable[..., None]


InHand = tuple[Holding, QuerySet[Any], int]  # a kind of thing, those that somebody has, how many they are
_holdings: list[Holding] = []


def add(
    label: Text,
    *,
    of: Callable[[User], QuerySet[Any]],
    url: Callable[[Any], str],
    hand_on: Callable[..., None],
) -> None:
    """Called once per kind of thing, in `<app>/holdings.py`."""
    _holdings.append(Holding(label, of, url, hand_on))


def in_hand(user: User, *, outside: Regency | str | None = None) -> list[InHand]:
    """`[(Holding, its things, how many)]` of what somebody has in hand, all of it or what lies outside a regency."""
    held = [
        (holding, holding.of(user).exclude(regency=outside) if outside else holding.of(user)) for holding in _holdings
    ]
    counted = [(holding, things, things.order_by().count()) for holding, things in held]
    return [(holding, things, number) for holding, things, number in counted if number]
