"""Days as a calendar that other programs read (RFC 5545). Pure: no database, no clock of its own."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST_LINE = 75  # octets, without the end of the line
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f]"
)  # no text may hold them; tabs it may, and ends of lines are written \n


@dataclass(frozen=True)
class Event:
    """A whole day. `uid` is the same whenever the calendar is read; `url` is an address, of ASCII signs."""

    uid: str
    day: datetime.date
    title: str
    category: str
    url: str


def calendar(events: Iterable[Event], *, name: str, zone: datetime.tzinfo, now: datetime.datetime) -> bytes:
    """A calendar of this name, as of a moment. It is valid without an event too: it holds the office's time zone."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Portal Industri//Tenggat//ID",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        *_time_zone(zone, now),
    ]
    for event in events:
        lines += _event(event, now)
    lines.append("END:VCALENDAR")
    return b"".join(piece + b"\r\n" for line in lines for piece in folded(line))


def escaped(text: str) -> str:
    """A value of type TEXT: backslash, semicolon, comma and ends of lines are written, control characters are not."""
    text = re.sub(r"\r\n|\r|\x85|\u2028|\u2029", "\n", text)
    text = _CONTROL.sub("", text)
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\n", "\\n")


def folded(line: str) -> Iterator[bytes]:
    """The line in pieces of at most 75 octets; all but the first begin with a blank. No sign is cut in two."""
    piece = b""
    for sign in line:
        octets = sign.encode()
        if len(piece) + len(octets) > LONGEST_LINE:
            yield piece
            piece = b" "
        piece += octets
    yield piece


def _event(event: Event, now: datetime.datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{escaped(event.uid)}",
        f"DTSTAMP:{now.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
        f"SUMMARY:{escaped(event.title)}",
        f"CATEGORIES:{escaped(event.category)}",
        f"URL:{event.url}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _time_zone(zone: datetime.tzinfo, now: datetime.datetime) -> list[str]:
    """The zone with the distance from UTC that it has now; those of this country never change theirs."""
    offset = f"{now.astimezone(zone):%z}"
    return [
        "BEGIN:VTIMEZONE",
        f"TZID:{zone}",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        f"TZOFFSETFROM:{offset}",
        f"TZOFFSETTO:{offset}",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]
