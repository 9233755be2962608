"""The traffic light of issues: how old each is, whether it is overdue, and how the classes of issues stand.

Colours and classes are those of national projects (PSN); when an issue turns from one colour to the next is laid down
nowhere that we found. The days below are the office's own, and can be handed in anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from zones.rules.choices import Light

SOON = 14  # days before the due day in which an issue is yellow


class Issue(Protocol):
    """An issue as the rules see it. `kind` is one of the five PSN classes, by its code."""

    kind: str
    opened_on: date
    due_on: date | None
    settled_on: date | None


@dataclass(frozen=True)
class ClassStanding:
    """How the issues of one class stand on a day: open ones by light, and the oldest of them in days."""

    issue_class: str
    lights: dict[Light, int]
    overdue: int
    oldest: int  # days; 0 where nothing is open

    @property
    def open(self) -> int:
        """How many are not resolved."""
        return sum(self.lights.values())

    @property
    def light(self) -> Light:
        """The worst light of its open issues; green where there is none."""
        return next((light for light in (Light.RED, Light.YELLOW) if self.lights[light]), Light.GREEN)


def is_open(issue: Issue, on: date) -> bool:
    """Is it known and not resolved at the end of this day? The day of its resolution is the first without it."""
    return issue.opened_on <= on and (issue.settled_on is None or issue.settled_on > on)


def age(issue: Issue, on: date) -> int:
    """Days since it was opened: 0 on that day. A resolved issue has aged until its resolution."""
    until = min(on, issue.settled_on) if issue.settled_on else on
    return max((until - issue.opened_on).days, 0)


def overdue_days(issue: Issue, on: date) -> int:
    """Days past the due day, 0 up to it; an issue that is resolved or has no due day is not overdue."""
    if not is_open(issue, on) or issue.due_on is None:
        return 0
    return max((on - issue.due_on).days, 0)


def light_on(issue: Issue, on: date, *, soon: int = SOON) -> Light:
    """Red: overdue. Yellow: due within `soon` days, or without a due day. Green: due later, or resolved."""
    if not is_open(issue, on):
        return Light.GREEN
    if overdue_days(issue, on):
        return Light.RED
    if issue.due_on is None or (issue.due_on - on).days <= soon:
        return Light.YELLOW
    return Light.GREEN


def by_class(
    issues: Iterable[Issue], on: date, *, classes: Sequence[str], soon: int = SOON
) -> dict[str, ClassStanding]:
    """How each of these classes stands on a day, in their order, also those without an issue.

    Raises KeyError for an issue of a class that is none of these.
    """
    found: dict[str, list[Issue]] = {one: [] for one in classes}
    for issue in issues:
        if is_open(issue, on):
            found[issue.kind].append(issue)
    return {name: _standing(name, some, on, soon) for name, some in found.items()}


def _standing(name: str, issues: list[Issue], on: date, soon: int) -> ClassStanding:
    lights = [light_on(one, on, soon=soon) for one in issues]
    return ClassStanding(
        issue_class=name,
        lights={light: lights.count(light) for light in Light},
        overdue=sum(overdue_days(one, on) > 0 for one in issues),
        oldest=max((age(one, on) for one in issues), default=0),
    )
