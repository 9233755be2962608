"""How the office stands as a text: for WhatsApp, and as the e-mail of a Monday."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disperin.desk.lists import COUNTED
from disperin.head.alerts import Passed, passed
from disperin.head.late import OFFICE, Late, Standing, standing
from disperin.head.moved import Moved, Movement, Part, movement
from disperin.ui import formats

LONGEST = 1_500  # characters


@dataclass(frozen=True)
class Report:
    """Everything that the head reads, as of one day."""

    day: datetime.date
    standing: Standing
    movement: Movement
    alerts: list[Passed]


def report_of(day: datetime.date | None = None) -> Report:
    """How the office stands on a day (today), the same for all who read the whole province."""
    on = day or timezone.localdate()
    stands = standing(OFFICE, on)
    return Report(on, stands, movement(OFFICE, on, stands), passed(stands, on))


def title_of(report: Report) -> str:
    """What an e-mail with the text is called."""
    late = report.standing.late
    day = formats.day(report.day)
    if not late:
        return _("How things stand, %(day)s: nothing is late") % {"day": day}
    text = ngettext(
        "How things stand, %(day)s: %(things)s late, in %(number)s subject",
        "How things stand, %(day)s: %(things)s late, in %(number)s subjects",
        len(late),
    )
    return text % {"things": in_all(late), "number": formats.number(len(late)), "day": day}


def in_all(rows: Sequence[Late]) -> str:
    """How many of all subjects together; “1,000+” where some are not counted to the end."""
    counted = sum(late.number if late.is_whole else COUNTED for late in rows)
    number = formats.number(counted)
    return number if all(late.is_whole for late in rows) else f"{number}+"


def text_of(report: Report, *, longest: int = LONGEST) -> str:
    """The text, of at most so many characters: what does not fit is counted, and stands behind the last link.

    It goes from hand to hand, so no sum of what makers state is in it: one maker may have moved it alone.
    Each part keeps its first line before any other gets its second, so that no part is lost to a long one.
    """
    head = f"*{title_of(report)}*"
    foot = f"{_('Everything:')} {_absolute(reverse('head:page'))}"
    parts = [
        (_("Late"), [_late(late) for late in report.standing.late] or [_("Nothing is late.")]),
        (_("Alerts"), [_alert(alert) for alert in report.alerts]),
        (_("Moved since %(day)s") % {"day": formats.day(report.movement.since)}, _moves(report.movement)),
    ]
    kept: list[list[str]] = [[] for _part in parts]
    is_full = [False for _part in parts]
    for at in range(max(len(lines) for _title, lines in parts)):
        for number, (_title, lines) in enumerate(parts):
            if at < len(lines) and not is_full[number]:
                kept[number].append(lines[at])
                if len(_joined(head, parts, kept, foot)) > longest:
                    kept[number].pop()
                    is_full[number] = True
    return _joined(head, parts, kept, foot)


def _joined(head: str, parts: Sequence[tuple[str, list[str]]], kept: Sequence[list[str]], foot: str) -> str:
    blocks = [head]
    for (title, lines), some in zip(parts, kept, strict=True):
        if not lines:
            continue
        left = len(lines) - len(some)
        more = [_("… and %(number)s more") % {"number": formats.number(left)}] if left else []
        blocks.append("\n".join([f"*{title}*", *some, *more]))
    return "\n\n".join([*blocks, foot])


def _late(late: Late) -> str:
    number = formats.capped(late.number, COUNTED) if not late.is_whole else formats.number(late.number)
    words = [f"• {number} {late.label}"]
    if late.places:
        first = late.places[0]
        name = str(first.name) or _("The province")
        words.append(f"{name} {formats.number(first.number)}" if late.is_whole else name)
    if late.people or late.desk:
        words.append(_("with %(who)s") % {"who": late.people[0].name if late.people else late.desk})
    if late.since:
        since = _("waiting since %(day)s") if late.is_waiting else _("since %(day)s")
        words.append(since % {"day": formats.day(late.since)})
    return f"{', '.join(words)}\n{_absolute(late.url)}"


def _alert(alert: Passed) -> str:
    since = [_("since %(day)s") % {"day": formats.day(alert.since)}] if alert.since else []
    return f"• {', '.join([alert.in_words, *since])}"


def _moves(movement: Movement) -> list[str]:
    begun = timezone.localdate(movement.since)
    return [_move(moved, begun) for moved in movement.for_all_hands] or [_("Nothing that was compared has moved.")]


def _move(moved: Moved, begun: datetime.date) -> str:
    parts = [f"{part.label} {signed(part.moved)}" if part.moved else _of_kind(part) for part in moved.parts]
    why = f" ({', '.join(parts)})" if parts else ""
    is_other = moved.counted_on not in (None, begun)
    since = f" {_('since %(day)s') % {'day': formats.day(moved.counted_on)}}" if is_other else ""
    return f"• {moved.label}: {signed(moved.change)}{since}{why}"


def _of_kind(part: Part) -> str:
    return f"{formats.number(part.number)} {part.label}"


def signed(change: int, *, is_money: bool = False) -> str:
    """A change with its sign."""
    amount = formats.rupiah(abs(change)) if is_money else formats.number(abs(change))
    return f"{'+' if change > 0 else '−' if change else ''}{amount}"


def _absolute(path: str) -> str:
    return f"{settings.PUBLIC_ORIGIN}{path}"
