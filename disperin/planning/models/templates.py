"""What administrators bring for the printed tables: workbooks that are filled, and who heads and signs the papers."""

from typing import Any, Self

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from disperin.planning.rules import layouts
from disperin.registers.dated.standards import DatedRow, ends_after_it_begins, refuse_overlap
from disperin.registers.dated.validity import in_force
from disperin.workbooks.files import filling
from disperin.workbooks.files.refusals import Refused

WHOLE = ("judul", "kantor", "hari", *sorted(layouts.IN_HEADINGS))  # what may stand in braces once
NEEDED = {"hari": _("of which day the figures are, and whether all indicators are in the table")}
MOST_SIDES = 6  # that sign a paper


@pghistory.track(exclude=["content"])
class TableTemplate(DatedRow):
    """A workbook that a printed table is filled into. Another one is a new row; its file is never changed."""

    COUNTED = ("kind", "digest")

    kind = models.CharField(_("table"), max_length=20, choices=layouts.Kind)
    name = models.CharField(_("name of the file"), max_length=150)
    content = models.BinaryField(_("file"))
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    source = models.CharField(_("where it is said"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("workbook of a printed table")
        verbose_name_plural = _("workbooks of printed tables")
        ordering = ["kind", "key"]
        constraints = [ends_after_it_begins("a_workbook_of_a_table_ends_after_it_begins")]

    def __str__(self) -> str:
        return self.key

    def clean(self) -> None:
        """The only one of its table on its days."""
        refuse_overlap(self, "kind")

    @classmethod
    def in_force_on(cls, day: Any) -> dict[str, Self]:
        """`{table: its workbook}` of a day, as far as an administrator brought one; without their files."""
        return {template.kind: template for template in in_force(cls._default_manager.defer("content"), day)}


def names_of(kind: str) -> filling.Names:
    """What may stand in the workbook of a table; of any table where it is ""."""
    return filling.Names(layouts.known_in(kind, WHOLE), layouts.known_in(kind, layouts.NAMES), NEEDED)


def check_template(content: bytes, kind: str) -> filling.Template:
    """The file, ready to be filled with a table of this kind. Raises ValidationError."""
    try:
        return filling.Template(content, names_of(kind))
    except Refused as refused:
        raise ValidationError(str(refused), refused.code) from refused


@pghistory.track()
class TablePaper(DatedRow):
    """Who heads the paper of a printed table, and who signs it: the office's own words."""

    COUNTED = ("kind", "head", "signatures")

    kind = models.CharField(_("table"), max_length=20, choices=layouts.Kind)
    head = models.CharField(
        _("head of the paper"), max_length=200, blank=True, help_text=_("Empty: the name of the office.")
    )
    signatures = models.TextField(
        _("who signs"),
        max_length=1000,
        blank=True,
        help_text=_("One side on each line, at most six, such as: Kepala Dinas Perindustrian. The name is left free."),
    )
    source = models.CharField(_("where it is said"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("head and signatures of a printed table")
        verbose_name_plural = _("heads and signatures of printed tables")
        ordering = ["kind", "key"]
        constraints = [ends_after_it_begins("a_paper_of_a_table_ends_after_it_begins")]

    def __str__(self) -> str:
        return self.key

    @property
    def sides(self) -> list[str]:
        """Who signs, side by side."""
        return [side.strip() for side in self.signatures.splitlines() if side.strip()]

    def clean(self) -> None:
        """It says something, and is the only one of its table on its days."""
        if len(self.sides) > MOST_SIDES:
            text = _("At most %(most)s sides sign a paper.")
            raise ValidationError({"signatures": ValidationError(text, "too_many", {"most": MOST_SIDES})})
        if not self.head and not self.sides:
            raise ValidationError({"head": ValidationError(_("Say who heads the paper, or who signs it."), "empty")})
        refuse_overlap(self, "kind")

    @classmethod
    def in_force_on(cls, day: Any) -> dict[str, Self]:
        """`{table: its words}` of a day, as far as the office laid them down."""
        return {words.kind: words for words in in_force(cls._default_manager.all(), day)}
