"""The paper on a closed quarter for the Governor: two pages of A4."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from disperin.papers.typesetting import typeset


@dataclass(frozen=True)
class Bar:
    """A label, its number as it is to be printed, and how long its bar is in percent of the longest."""

    label: str
    number: str
    share: float


@dataclass(frozen=True)
class Chart:
    """Bars under a title that says what they find; `nothing` stands where there are none."""

    title: str
    about: str
    bars: Sequence[Bar]
    nothing: str


@dataclass(frozen=True)
class GovernorPaper:
    """What stands on the paper; all texts as they are to be printed."""

    title: str
    kicker: str
    lead: str
    findings_title: str
    findings: Sequence[str]
    charts: Sequence[Chart]
    table_title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]  # the last one is the total
    table_note: str
    late_title: str
    late: Sequence[Bar]
    nothing_late: str
    footer: str
    day: tuple[int, int, int]  # year, month and day that the file says it is of
    language: str = "id"
    mark: str = ""  # printed above papers of sample data


def governor_pdf(paper: GovernorPaper) -> bytes:
    """The paper as a tagged PDF (PDF/A-2a) of two pages: what does not fit is set smaller."""
    return typeset("governor", asdict(paper))
