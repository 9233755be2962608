"""The label that a maker sticks on a product: stars, names, and the code that leads to their check."""

from dataclasses import asdict, dataclass

from disperin.papers.qr import qr_svg
from disperin.papers.typesetting import typeset

ON_A_SHEET = 10


@dataclass(frozen=True)
class StarLabel:
    """What stands on a label; all texts as they are to be printed. Nothing personal belongs here."""

    title: str  # what the paper is, for whoever reads the file instead of seeing it
    stars: int
    most: int  # stars of the scheme
    grade: str  # the stars in words
    scheme: str
    product: str
    maker: str
    place: str
    number: str
    scan: str  # what to do with the code
    hint: str  # what stands before the beginning of the right address
    begins: str  # with what that address begins
    address: str  # what the code says
    language: str = "id"
    emblem: str = ""  # the mark of the office, as SVG
    mark: str = ""  # printed small on labels that prove nothing, such as those of sample data


def label(star_label: StarLabel, form: str) -> bytes:
    """One label, A7 across (105 × 74 mm), as `pdf`, `svg` or `png`."""
    return _set(star_label, copies=1, form=form)


def sheet(star_label: StarLabel) -> bytes:
    """Ten equal labels on a sheet of A4 (two by five, 99 × 57 mm each, a margin for the printer around), as PDF."""
    return _set(star_label, copies=ON_A_SHEET, form="pdf")


def _set(star_label: StarLabel, *, copies: int, form: str) -> bytes:
    data = {**asdict(star_label), "qr": qr_svg(star_label.address), "copies": copies}
    return typeset("label", data, form=form, pixels_per_inch=200)
