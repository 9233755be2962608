"""The profile of an industrial zone for investors: two pages of A4, whatever is known or not."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from disperin.papers.qr import qr_svg
from disperin.papers.typesetting import typeset


@dataclass(frozen=True)
class Fact:
    """One line: a label, what is known, and whose word that is; `is_stale` is shown greyed."""

    label: str
    text: str
    note: str = ""
    is_stale: bool = False


@dataclass(frozen=True)
class Section:
    """Facts under a heading; `more` says where the rest is, `nothing` stands where there are none."""

    title: str
    facts: Sequence[Fact]
    nothing: str
    more: str = ""


@dataclass(frozen=True)
class Drawing:
    """A picture as SVG, what it shows in words, and the line below it. `keys` are (colour, word) of its legend."""

    svg: str
    alt: str
    caption: str
    keys: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class ZoneProfile:
    """What stands in a profile; all texts as they are to be printed, in one language, public ones only."""

    title: str
    kicker: str
    name: str
    lead: str
    summary: str
    highlights: Sequence[Fact]
    drawings: Sequence[Drawing]
    first: Sequence[Section]  # on the first page, beside the drawings
    second: Sequence[Section]  # on the second page, in two columns
    invitation: str  # what the code is for
    address: str  # where questions are asked: what the code says
    contact: Section
    footer: str
    page: str  # "Page {page} of {pages}"
    language: str = "id"
    mark: str = ""  # printed above profiles of sample data


def profile_pdf(one: ZoneProfile) -> bytes:
    """The profile as a tagged PDF (PDF/UA-1) of exactly two pages: what does not fit is set smaller.

    Callers keep lists and texts short enough for that; what they leave out, `more` tells.
    """
    return typeset("profile", {**asdict(one), "qr": qr_svg(one.address)}, standard="ua-1")
