"""The profile of an industrial zone for investors: two pages of A4, whatever is known or not."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TypedDict

from disperin.papers.qr import qr_svg
from disperin.papers.typesetting import typeset


class Marked(TypedDict):
    """A text in another language than the paper's."""

    text: str
    lang: str


Words = str | Marked | Sequence["Words"]  # several are set one after the other


@dataclass(frozen=True)
class Fact:
    """One line: a label, what is known, what else is said of it, and the number of its source; 0 is none.

    What is stale is shown greyed.
    """

    label: Words
    text: Words
    note: Words = ""
    is_stale: bool = False
    number: int = 0


@dataclass(frozen=True)
class Section:
    """Facts under a heading; `more` says where the rest is."""

    title: str
    facts: Sequence[Fact]
    more: str = ""


@dataclass(frozen=True)
class Drawing:
    """A picture as SVG, what it shows in words, and the line below it. `keys` are (colour, word) of its legend."""

    svg: str
    alt: str
    caption: str
    keys: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Source:
    """A source by its number, with the days that its figures are of, and its address; "" where none is known."""

    number: int
    text: Words
    days: Sequence[str]
    address: str


@dataclass(frozen=True)
class ZoneProfile:
    """What stands in a profile; all texts as they are to be printed, public ones only.

    Sections without facts are left out; what is not known is said once, in `missing`.
    """

    title: str
    kicker: str
    name: str
    lead: str
    opening: str
    summary: Words
    tiles: Sequence[Fact]
    place: Drawing
    drawings: Sequence[Drawing]
    first: Sequence[Section]  # on the first page, beside the drawings
    second: Sequence[Section]  # on the second page, in two columns
    sources_title: str
    sources: Sequence[Source]
    more_sources: str
    missing: str
    invitation: str  # what the code is for
    address: str  # where questions are asked: what the code says
    contact: Section
    footer: str
    page: str  # "Page {page} of {pages}"
    language: str = "id"
    mark: str = ""  # printed above profiles of sample data


def profile_pdf(profile: ZoneProfile) -> bytes:
    """The profile as a tagged PDF (PDF/UA-1) of exactly two pages: what does not fit is set smaller.

    Callers keep lists and texts short enough for that; what they leave out, `more` tells.
    """
    return typeset("profile", {**asdict(profile), "qr": qr_svg(profile.address)}, standard="ua-1")
