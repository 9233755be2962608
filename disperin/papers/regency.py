"""The profile of a regency: one sheet of A4, whatever is known or not."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from disperin.papers.profile import Drawing
from disperin.papers.qr import qr_svg
from disperin.papers.typesetting import typeset


@dataclass(frozen=True)
class Count:
    """A label and how many, as it is to be printed; `share` in percent draws its bar, where there is one."""

    label: str
    number: str
    share: float = 0


@dataclass(frozen=True)
class Block:
    """Counts or sentences under a heading; `nothing` stands where there are neither."""

    title: str
    nothing: str
    counts: Sequence[Count] = ()
    sentences: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True)
class RegencySheet:
    """What stands on the sheet; all texts as they are to be printed, in one language, public ones only."""

    title: str
    kicker: str
    name: str
    lead: str
    highlights: Sequence[Count]
    drawing: Drawing
    first: Sequence[Block]  # beside the drawing
    second: Sequence[Block]  # below, in two columns
    invitation: str
    address: str  # of the page: what the code says
    footer: str
    language: str = "id"
    mark: str = ""  # printed above sheets of sample data


def regency_pdf(sheet: RegencySheet) -> bytes:
    """The sheet as a tagged PDF (PDF/UA-1) of exactly one page: what does not fit is set smaller."""
    return typeset("regency", {**asdict(sheet), "qr": qr_svg(sheet.address)}, standard="ua-1")
