"""What the page of a draft consists of: sections and parts, rows, and boxes with a field each."""

import json
from dataclasses import dataclass, field
from typing import Any

from disperin.registers.gate.forms import Reading
from disperin.registers.values.asking import AskedIf
from disperin.registers.values.code_input import CodeInput
from disperin.registers.values.terms import RowKey
from disperin.ui.abilities import TakesFile
from disperin.ui.texts import Text

ROWS_SHOWN = 50  # of a part at a time; more are shown by pages


@dataclass
class Box:
    """A field of the page with what is to be said at it."""

    bound: Any
    path: str
    reason: str = ""  # why it was returned
    hint: str = ""  # what a code means
    asked_if: AskedIf | None = None  # it matters only for some answers
    is_read: bool = False  # may its answer say something of other fields?
    reading: Reading | None = None  # what it says
    earlier: str | None = None  # what an earlier record said instead, "" the same; None: nothing is compared

    @property
    def is_plain(self) -> bool:
        """Is there nothing to be said at it? So it is with nearly all."""
        return not (self.reason or self.asked_if or self.is_read or self.is_compared or self.is_code or self.is_file)

    @property
    def is_code(self) -> bool:
        """Is what it means shown below it?"""
        return isinstance(self.bound.field.widget, CodeInput)

    @property
    def is_compared(self) -> bool:
        """Is it marked where it differs from an earlier record?"""
        return self.earlier is not None

    @property
    def taken(self) -> str:
        """What a script takes over of the reading, as JSON."""
        return json.dumps(self.reading.values) if self.reading else ""

    @property
    def asked_of(self) -> str:
        """The inputs that decide whether it matters, by name."""
        return " ".join(self.bound.form.add_prefix(name) for name in self.asked_if.fields) if self.asked_if else ""

    @property
    def when(self) -> str:
        """When it matters, in words."""
        return self.asked_if.in_words(self.bound.form.fields) if self.asked_if else ""

    @property
    def is_file(self) -> bool:
        """Is it drawn anew when its file was taken in?"""
        return isinstance(self.bound.field, TakesFile)


@dataclass
class Row:
    """A row of a part; `key` is empty as long as it was never kept."""

    title: str
    prefix: str
    key: str
    boxes: list[Box]
    reason: str = ""
    errors: list[str] = field(default_factory=list)
    path: str = ""
    is_recorded: bool = False  # the record knows it, whatever becomes of it in the draft
    seldom: list[Box] = field(default_factory=list)  # fields that are folded
    has_seldom: bool = False  # unfolded: one of them holds something, or is to be mended


@dataclass(frozen=True)
class Pages:
    """Which rows of a long part a page shows. Rows that are to be mended, or not kept yet, stand on every page."""

    now: int
    of: int
    rows: int  # in all

    @property
    def first(self) -> int:
        """The first row of this page, counted from 1."""
        return (self.now - 1) * ROWS_SHOWN + 1

    @property
    def last(self) -> int:
        """Its last row."""
        return min(self.now * ROWS_SHOWN, self.rows)


@dataclass
class Section:
    """A section of fields, or a part with its rows."""

    id: str
    title: Text
    boxes: list[Box] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    part: str = ""
    blank: Row | None = None  # what a script makes new rows of
    pages: Pages | None = None  # of a part with many rows
    posted: int = 0  # how many rows the page has numbers for
    gone: list[tuple[str, RowKey]] = field(
        default_factory=list
    )  # (prefix, key) of rows that were taken away and not kept yet
    file_help: str = ""  # of a part whose rows can be taken from one file
    label_of_row: str = ""
    photos_accepted: str = (
        ""  # the kinds of photographs of which several may be sent at once, each for a row of its own
    )
    state: str = "todo"  # or begun, done, error
    note: str = ""
    asked_if: AskedIf | None = None  # a part that matters only for some answers of the record
    when: str = ""  # for which, in words
    is_asked: bool = True  # it matters for the answers given, or holds something nevertheless
    is_open: bool = False  # shown unfolded: something of this draft stands there, must stand there, or is to be mended
