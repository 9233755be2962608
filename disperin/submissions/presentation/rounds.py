"""A submission that comes back: what was asked in the round before, and what differs since then."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from disperin.registers.values.changes import Conflict
from disperin.registers.values.terms import Path
from disperin.submissions.models import Submission, SubmissionRound
from disperin.submissions.workflow import Status

from .comparing import Group, Line, compared
from .words import Words


@dataclass(frozen=True)
class Since:
    """The round in which it was returned; `groups` hold what was asked then or differs since, old beside new."""

    round: SubmissionRound
    groups: list[Group]

    @property
    def paths(self) -> set[str]:
        """The paths of the lines and rows that are told."""
        return {place.path for place in self._told() if place.path}

    @property
    def unmet(self) -> int:
        """At how many places something was asked and nothing differs."""
        places = [place for place in self._told() if place.asked]
        return len(
            [place for place in places if place.state == "same" or (isinstance(place, Group) and not _differs(place))]
        )

    def _told(self) -> Iterator[Group | Line]:
        for group in self.groups:
            yield group
            yield from group.lines


def last_return(submission: Submission) -> SubmissionRound | None:
    """The round that was returned last, or None: before this one, or this one while it is being mended."""
    returned = submission.rounds.filter(outcome=Status.RETURNED)
    return returned.select_related("decided_by").order_by("round").last()


def since(
    last: SubmissionRound,
    words: Words,
    values: dict[str, Any],
    *,
    conflicts: Sequence[Conflict] = (),
    warnings: Sequence[tuple[Path, str]] = (),
) -> Since:
    """What a reviewer reads first of a round that follows another; `words` must know the values of both.

    So does whoever hands it in again.
    """
    changed, unchanged = compared(
        words, last.values, values, conflicts=conflicts, warnings=warnings, asked=last.reasons
    )
    groups: dict[str, Group] = {}
    for group in (*changed, *unchanged):
        lines = [line for line in group.lines if line.state != "same" or line.path in last.reasons]
        for line in lines:
            line.asked = last.reasons.get(line.path, "")
        asked = last.reasons.get(group.path, "") if group.path else ""
        if lines or asked or (group.state and not group.rows):
            collected = groups.setdefault(
                group.path or str(group.title), replace(group, lines=[], asked=asked, speaks=True)
            )
            collected.lines += lines
    return Since(last, list(groups.values()))


def without(groups: Iterable[Group], paths: set[str]) -> list[Group]:
    """The groups without the lines and rows of these paths."""
    rest = (
        replace(
            group,
            lines=[line for line in group.lines if line.path not in paths],
            speaks=group.speaks and group.path not in paths,
        )
        for group in groups
        if not (group.path in paths and group.state)
    )
    return [group for group in rest if group.lines or group.rows]


def _differs(group: Group) -> bool:
    return bool(group.state) or any(line.state != "same" for line in group.lines)
