"""Papers that people sign or send: minutes and letters, as many pages of A4 as they take."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from disperin.papers.typesetting import typeset


@dataclass(frozen=True)
class Said:
    """A label and what is said under it; without a text there is a line to write on."""

    label: str
    text: str = ""


@dataclass(frozen=True)
class Table:
    """Rows under their headings; `widths` are shares of the width, one for each column."""

    headings: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Passage:
    """A part of the paper: paragraphs (what is Said, behind its label), then a table; `title` may be empty."""

    title: str = ""
    paragraphs: Sequence[str | Said] = ()
    table: Table | None = None


@dataclass(frozen=True)
class OfficialPaper:
    """What stands on the paper; all texts as they are to be printed, in one language.

    `heading` is its name in the middle of the page (a letter has none). `signatures` are the sides that sign: of each
    who they are; their names are left to be written by hand.
    """

    title: str
    head: str  # the office, at the top
    facts: Sequence[Said]
    passages: Sequence[Passage]
    signatures: Sequence[str]
    name_label: str  # below each place to sign, such as "Name"
    footer: str
    page: str  # "Page {page} of {pages}"
    heading: str = ""
    address: Sequence[str] = ()  # to whom it goes, line by line; "" is a line to write on
    language: str = "id"
    mark: str = ""  # printed above papers of sample data
    is_wide: bool = False  # on A3 across, for tables of many columns


def official_pdf(paper: OfficialPaper) -> bytes:
    """The paper as a tagged PDF (PDF/UA-1)."""
    return typeset("official", asdict(paper), standard="ua-1")
