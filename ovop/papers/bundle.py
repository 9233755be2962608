"""The nominations of a round as one ZIP: a list for spreadsheets, and the papers of each in the order of the portal."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, cast

from django.core.files.storage import default_storage
from django.utils.text import slugify
from django.utils.translation import gettext, override

from disperin.attachments.models import Attachment
from disperin.workbooks.files.delimited import quoted
from ovop.models import Nomination, NominationPaper
from ovop.papers.labels import LANGUAGE

CHUNK = 64 * 1024  # bytes


Papers = dict[int, list[NominationPaper]]  # by nomination


def round_bundle(nominations: Iterable[Nomination]) -> Iterator[bytes]:
    """The bytes of the ZIP, piece by piece, in Indonesian; `nominations` are a list with product, maker and place.

    A scan whose file is missing leaves a line in `berkas-hilang.txt` instead of ending the download.
    """
    papers = _papers_of(nominations)
    out = _Outlet()
    missing = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        with override(LANGUAGE):
            table = _list_of(nominations, papers)
        archive.writestr("daftar-usulan.csv", table)
        yield out.taken()
        for nomination in nominations:
            for place, paper in enumerate(papers.get(nomination.pk, ()), start=1):
                name = _name_of(nomination, place, paper)
                try:
                    file = default_storage.open(_scan_of(paper))
                except OSError:  # the row is there, its file is not
                    missing.append(name)
                    continue
                entry_of = zipfile.ZipInfo(name)  # as it is: a scan is compressed already, and somebody waits
                with file, archive.open(entry_of, "w") as entry:
                    while piece := file.read(CHUNK):
                        entry.write(piece)
                        yield out.taken()
        if missing:
            archive.writestr("berkas-hilang.txt", "\n".join(missing) + "\n")
    yield out.taken()


def safe_cell(value: object) -> str:
    """A value as the text of a cell that no spreadsheet takes for a formula."""
    return quoted("" if value is None else str(value))


class _Outlet(io.RawIOBase):
    """What a ZIP is written to: it only goes on, and is taken away piece by piece."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any, /) -> int:
        taken = bytes(piece)
        self.pieces.append(taken)
        return len(taken)

    def taken(self) -> bytes:
        """What was written since the last time."""
        taken, self.pieces = b"".join(self.pieces), []
        return taken


def _papers_of(nominations: Iterable[Nomination]) -> Papers:
    """The papers with a scan, by nomination, in the order of the portal; one query."""
    by_nomination: Papers = {}
    papers = NominationPaper.objects.filter(nomination__in=nominations, closed_on=None).exclude(file=None)
    for paper in papers.select_related("item", "file").order_by("item__position", "item", "position", "id"):
        by_nomination.setdefault(paper.nomination_id, []).append(paper)
    return by_nomination


def _list_of(nominations: Iterable[Nomination], papers: Papers) -> bytes:
    """The list as CSV: semicolons and a byte order mark, so that a spreadsheet in Indonesian opens it as it is."""
    text = io.StringIO()
    write = csv.writer(text, delimiter=";", lineterminator="\r\n").writerow
    write(
        [
            gettext("Register number"), gettext("Product"), gettext("Maker"), gettext("Regency/city"),
            gettext("Commodity group"), gettext("What is special about it"), gettext("Raw materials"),
            gettext("Market and supply"), gettext("Stage"), gettext("Result"), gettext("Stars"),
            gettext("Decree number"), gettext("Decree date"), gettext("Papers"),
        ]
    )  # fmt: skip
    for row in nominations:
        names = [_name_of(row, place, paper) for place, paper in enumerate(papers.get(row.pk, ()), start=1)]
        cells = [
            row.number, row.product.name, row.establishment.name, row.regency.name, row.group.name, row.uniqueness,
            row.materials, row.continuity, row.get_stage_display(), row.get_result_display(), row.stars,
            row.decree_number, row.decree_on, " | ".join(names),
        ]  # fmt: skip
        write([safe_cell(cell) for cell in cells])
    return "\ufeff".encode() + text.getvalue().encode()


def _scan_of(paper: NominationPaper) -> str:
    """Where its scan lies in the storage."""
    return str(cast(Attachment, paper.file).file.name)


def _name_of(nomination: Nomination, place: int, paper: NominationPaper) -> str:
    """Where a paper lies in the ZIP: only letters, digits and hyphens, whatever the file was called."""
    ending = _scan_of(paper).rsplit(".", 1)[-1]
    folder = f"{nomination.number}-{slugify(nomination.product.name)[:60]}".rstrip("-")
    return f"{folder}/{place:02}-{slugify(paper.item_id)}.{slugify(ending)}"
