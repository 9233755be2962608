"""“Rekap IKM per kabupaten/kota” as the office's paper has it: a row for each regency and their total, as .xlsx.

Columns for which the registers hold nothing (production value, raw materials) are left out; capacity stands in units
that do not add up.
"""

import io
from collections.abc import Mapping, Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from disperin.figures.sums import SUMMED, UNITS, WITHOUT_NIB, Sums
from disperin.papers.sample import sample_mark
from disperin.ui.texts import Text
from disperin.workbooks.files.cells import Cell
from disperin.workbooks.files.sheets import a_file


def recap_file(
    regencies: Mapping[str, Text], groups: Mapping[str, Sums], total: Sums, about: Sequence[tuple[str, str]]
) -> bytes:
    """The file: `regencies` by code in their order, the sums of each and of all, and what it says of itself."""
    target = io.BytesIO()
    workers = _("Workers")
    headings = [
        _("No."), _("Code"), _("Regency/city"), _("Establishments"), _("With NIB"), _("Without NIB"),
        *(_at_home(measure.label, is_money=measure.is_money) for measure in SUMMED[:2]), workers,
        *(_at_home(measure.label, is_money=measure.is_money) for measure in SUMMED[2:]),
    ]  # fmt: skip
    with a_file(target) as file:
        sheet = file.sheet(_("Recap"), headings)
        rows: list[list[Cell]] = [
            [at, code, str(name), *_numbers(groups.get(code))]
            for at, (code, name) in enumerate(regencies.items(), start=1)
        ]
        rows.append(["", "", _("Total"), *_numbers(total)])
        for at, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                file.write(sheet, at, place, cell)
        notes = file.sheet(_("About"), [_("What"), _("Contents")])
        note = [(_("Note"), mark)] if (mark := sample_mark()) else []
        for at, (what, text) in enumerate([*about, *note], start=1):
            file.write(notes, at, 0, what)
            file.write(notes, at, 1, text)
    return target.getvalue()


def _at_home(label: Text, *, is_money: bool) -> str:
    return f"{capfirst(str(label))} (Rp)" if is_money else capfirst(str(label))


def _numbers(sums: Sums | None) -> list[int]:
    """The cells of a row, in the order of the headings; a regency without establishments has noughts."""
    values = sums.values if sums else {}
    units, without = values.get(UNITS.name, 0), values.get(WITHOUT_NIB.name, 0)
    men, women, *money = (values.get(measure.name, 0) for measure in SUMMED)
    return [units, units - without, without, men, women, men + women, *money]
