"""What lies beside the cells of an Excel sheet and is not read: comments, pictures and boxes of text.

It is told where they are.
"""

from xml.etree.ElementTree import Element

from disperin.workbooks.files.layout import MOST_NAMED, Layout
from disperin.workbooks.files.package import Package
from disperin.workbooks.files.xml import children, local


class Beside:
    """Of one package."""

    def __init__(self, archive: Package) -> None:
        self._archive = archive

    def note(self, sheet: str, layout: Layout) -> None:
        """Note in the layout of a sheet (its entry) which cells have comments, and beside which rows the others lie."""
        for _id, kind, part in self._archive.related(sheet):
            if part not in self._archive:
                continue
            if kind == "comments":
                cells = (comment.get("ref") or "" for comment in children(self._archive, part, "commentList"))
                layout.comments.extend(list(filter(None, cells))[: MOST_NAMED - len(layout.comments)])
            elif kind == "drawing":
                rows = map(_row_of_picture, children(self._archive, part))
                layout.pictures.extend([row for row in rows if row][: MOST_NAMED - len(layout.pictures)])


def _row_of_picture(anchor: Element) -> int:
    """The row beside which a picture or a box of text lies, 1 where none is named; 0 for anything else."""
    if not any(local(each.tag) == "pic" or _has_words(each) for each in anchor.iter()):
        return 0
    place = next((each for each in anchor if local(each.tag) == "from"), ())
    texts = (each.text or "" for each in place if local(each.tag) == "row")
    return next((int(text) + 1 for text in texts if text.isascii() and text.isdigit() and len(text) < 8), 1)


def _has_words(element: Element) -> bool:
    if local(element.tag) != "txBody":
        return False
    return any(local(each.tag) == "t" and (each.text or "").strip() for each in element.iter())
