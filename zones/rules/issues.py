"""Issues that stand in the way of a zone: what they must say, how old each is, its traffic light, how groups stand.

Colours and classes are those of national projects (PSN); when an issue turns from one colour to the next is laid down
nowhere that we found. The office sets the light; `light_on` is what the days alone would say. The days below are the
office's own, and can be handed in anew.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zones.rules.choices import IssueState, Light

SOON = 14  # days before the due day in which an issue is yellow
AGES: tuple[tuple[int, int | None], ...] = ((0, 30), (31, 90), (91, None))  # bands of days since issues were opened

Group = TypeVar("Group")
SomeIssue = TypeVar("SomeIssue", bound="Issue")


class Issue(Protocol):
    """An issue as the rules see it. `light` is what the office has set."""

    light: str
    opened_on: date
    due_on: date | None
    settled_on: date | None


@dataclass(frozen=True)
class Standing:
    """How a group of issues stands on a day: open ones by the light that was set, and the oldest of them in days."""

    lights: dict[Light, int]
    overdue: int
    oldest: int  # days; 0 where nothing is open

    @property
    def open(self) -> int:
        """How many are not resolved."""
        return sum(self.lights.values())


def check_issue(
    *,
    state: str,
    opened_on: date | None,
    due_on: date | None,
    settled_on: date | None,
    resolution: str,
    today: date,
) -> None:
    """An issue is due after it was opened; settled, it says how and when, and only then.

    Raises ValidationError by field: `future`, `order`, `resolution_missing`, `day_missing`, `not_settled`.
    """
    errors: dict[str, ValidationError] = {}
    for name, day in (("opened_on", opened_on), ("settled_on", settled_on)):
        if day is not None and day > today:
            text = _("This day lies in the future. Enter today or an earlier day.")
            errors[name] = ValidationError(text, "future")
    for name, day in (("due_on", due_on), ("settled_on", settled_on)):
        if opened_on and day and day < opened_on:
            errors.setdefault(name, ValidationError(_("This day lies before the issue was opened."), "order"))
    if state == IssueState.SETTLED:
        if not resolution:
            errors["resolution"] = ValidationError(_("Say how the issue was settled."), "resolution_missing")
        if settled_on is None:
            errors["settled_on"] = ValidationError(_("Enter the day on which it was settled."), "day_missing")
    elif settled_on is not None:
        text = _("Only a settled issue has such a day. Choose “Settled”, or empty the day.")
        errors["settled_on"] = ValidationError(text, "not_settled")
    if errors:
        raise ValidationError(errors)


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


def by_group(
    issues: Iterable[SomeIssue], on: date, group: Callable[[SomeIssue], Group], groups: Sequence[Group] = ()
) -> dict[Group, Standing]:
    """How each group of open issues stands on a day: first `groups`, also those without an issue, then any other."""
    grouped: dict[Group, list[SomeIssue]] = {name: [] for name in groups}
    for issue in issues:
        if is_open(issue, on):
            grouped.setdefault(group(issue), []).append(issue)
    return {name: _standing(some, on) for name, some in grouped.items()}


def band_of(issue: Issue, on: date) -> tuple[int, int | None]:
    """The band of AGES that an issue of this age falls into."""
    days = age(issue, on)
    return next((least, most) for least, most in AGES if most is None or days <= most)


def _standing(issues: Sequence[Issue], on: date) -> Standing:
    lights = [issue.light for issue in issues]
    return Standing(
        lights={light: lights.count(light) for light in Light},
        overdue=sum(overdue_days(issue, on) > 0 for issue in issues),
        oldest=max((age(issue, on) for issue in issues), default=0),
    )
