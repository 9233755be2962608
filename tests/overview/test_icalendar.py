"""A calendar that other programs read: RFC 5545, whatever the texts hold."""

import datetime
import re
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from disperin.overview.icalendar import Event, calendar, escaped, folded

NOW = datetime.datetime(2026, 11, 29, 16, 30, tzinfo=datetime.UTC)
DAY = datetime.date(2026, 12, 3)
ZONE = ZoneInfo("Asia/Makassar")


def made(*events, name="Tenggat"):
    return calendar(events, name=name, zone=ZONE, now=NOW)


def event(**values):
    plain = {"uid": "issue-7@portal", "day": DAY, "title": "Isu: ISU-1", "category": "Kerja", "url": "https://x/isu/"}
    return Event(**plain | values)


def unfolded(told):
    """The lines as a program reads them."""
    return told.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def plain(value):
    """A TEXT value as a program reads it."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value, flags=re.DOTALL)


def test_an_event_is_a_whole_day_with_what_is_needed():
    lines = unfolded(made(event()))

    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert lines[lines.index("BEGIN:VEVENT") : -1] == [
        "BEGIN:VEVENT", "UID:issue-7@portal", "DTSTAMP:20261129T163000Z", "DTSTART;VALUE=DATE:20261203",
        "SUMMARY:Isu: ISU-1", "CATEGORIES:Kerja", "URL:https://x/isu/", "TRANSP:TRANSPARENT", "END:VEVENT",
    ]  # fmt: skip


def test_a_calendar_without_an_event_has_a_component_too():
    lines = unfolded(made())

    assert [line for line in lines if line.startswith(("BEGIN", "TZ"))] == [
        "BEGIN:VCALENDAR", "BEGIN:VTIMEZONE", "TZID:Asia/Makassar", "BEGIN:STANDARD", "TZOFFSETFROM:+0800",
        "TZOFFSETTO:+0800",
    ]  # fmt: skip


def test_awkward_texts_are_read_as_they_were():
    for text in (
        "Isu; lahan, tata ruang\\RTRW", "dua\nbaris", "BEGIN:VEVENT", "END:VCALENDAR\r\nBEGIN:X", "a" * 300,
        "Keripik “Ulin” – dodol" * 9, "🧵" * 60, " mulai dengan spasi", "titik dua: = \"kutip\"", "\\n bukan baris",
        "Ŋ" * 74 + ";", "\ttab",
    ):  # fmt: skip
        told = made(event(title=text))

        (line,) = [one for one in unfolded(told) if one.startswith("SUMMARY:")]
        assert plain(line.removeprefix("SUMMARY:")) == text.replace("\r\n", "\n"), text
        assert unfolded(told).count("END:VCALENDAR") == unfolded(told).count("BEGIN:VEVENT") == 1


def test_control_characters_are_left_out_and_every_end_of_a_line_is_one():
    assert escaped("a\x00b\x07c\x7f") == "abc"
    assert escaped("a\rb\r\nc\x85d\u2028e") == "a\\nb\\nc\\nd\\ne"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
def test_no_line_is_longer_than_75_octets_and_none_is_cut_within_a_sign(text):
    told = made(event(title=text), name=text)

    lines = told.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert [line.decode() for line in lines]  # each is whole by itself
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", told)
    assert b"".join(folded(text))[:0] == b""


def test_a_line_of_75_octets_stays_whole():
    assert list(folded("a" * 75)) == [b"a" * 75]
    assert list(folded("a" * 76)) == [b"a" * 75, b" a"]
    assert list(folded("a" * 74 + "é")) == [b"a" * 74, " é".encode()]
    assert list(folded("")) == [b""]
