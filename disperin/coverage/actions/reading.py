"""The rows of a list become lines: what each says, as far as it is compared. Nothing else of a row is kept."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from disperin.coverage.models import OutsideLine, OutsideList
from disperin.coverage.rules import Kind, MatchedBy, Outcome, Said, has_ended, identity
from disperin.registers.gate.in_bulk import Problem
from disperin.registers.models import Record
from disperin.registers.values.identity import is_nik
from disperin.workbooks.files.cells import Cell, flaw, flaw_of, is_blank, shown
from disperin.workbooks.importing.checking import CHUNK, sort_rows
from disperin.workbooks.importing.judging import Bench
from disperin.workbooks.importing.progress import keep
from disperin.workbooks.importing.rows import change_rows
from disperin.workbooks.models import Workbook, WorkbookRow
from disperin.workbooks.tables.understanding import Understood
from industries import rules as trade

_BODIES = {*map(str, trade.LegalForm)} - trade.NATURAL_PERSONS  # of these alone a tax number is kept
_LENGTHS = {"name": 200, "nib": 13, "certificate": 19, "account": 80}


def read_lines(outside_list: OutsideList, workbook: Workbook) -> None:
    """Make a line of every row of records, chunk by chunk. Cut off, it goes on where it was."""
    last = outside_list.lines.aggregate(last=Max("position"))["last"]
    if last is None:
        sort_rows(workbook)
    rows = workbook.rows.filter(part="").order_by("position")
    left = rows.filter(position__gt=last) if last is not None else rows
    total = rows.count()
    keep(workbook, total=total, done=total - left.count())
    bench = Bench(workbook, by=workbook.sent_by)
    while chunk := list(left[:CHUNK]):
        with transaction.atomic():
            _store(outside_list, chunk, bench)
        keep(workbook, done=workbook.done + len(chunk))
        left = rows.filter(position__gt=chunk[-1].position)


def _store(outside_list: OutsideList, rows: Sequence[WorkbookRow], bench: Bench) -> None:
    understood = bench.understood(rows)
    names = [_name(*pair, outside_list, bench) for pair in zip(rows, understood, strict=True)]
    said = [_said(*pair, outside_list) for pair in zip(understood, names, strict=True)]
    owners = _by_npwp(bench, understood)
    keys = {identity(outside_list.kind, saying) for saying in said} - {""}
    seen = {*outside_list.lines.filter(identity__in=keys).values_list("identity", flat=True)}
    lines = []
    for row, understood_row, saying in zip(rows, understood, said, strict=True):
        key = identity(outside_list.kind, saying)
        line = OutsideLine(
            outside_list=outside_list,
            regency_id=saying.regency or outside_list.regency_id,
            village_id=saying.village or None,
            position=row.position,
            number=row.number,
            name=saying.name,
            nib=saying.nib,
            certificate=saying.certificate,
            says_ended=saying.ended,
            says_regency=saying.regency or outside_list.regency_id or "",  # a list of one regency says so of all lines
            identity=key,
        )
        if not key:
            line.outcome, line.problem = Outcome.UNREAD, _why_unread(understood_row)
        elif key in seen:
            line.outcome = Outcome.REPEATED
        elif owner := owners.get(_valid(understood_row, "npwp")):
            line.record_id, line.matched_by = owner.pk, MatchedBy.NPWP
            line.record_number, line.record_regency = owner.number, owner.regency_id or ""  # who may be told of it
        seen.add(key)
        lines.append(line)
    OutsideLine.objects.bulk_create(lines)
    changed = [
        row
        for row, understood_row in zip(rows, understood, strict=True)
        if _blank_what_is_kept_nowhere(row, understood_row, bench)
    ]
    change_rows(changed, ["cells"])


def _blank_what_is_kept_nowhere(row: WorkbookRow, understood: Understood, bench: Bench) -> bool:
    """Empty the cells that hold a person's number, as the import does; says whether there was any.

    Who is not known to be a body may be a person, whose tax number is none that is kept.
    """
    form = bench.readers[""].table.form
    of_persons = {
        *understood.to_blank,
        *(name for name, value in understood.values.items() if form.unfit_value(name, value)),
    }
    if is_nik(re.sub(r"[^0-9]", "", str(understood.values.get("npwp") or ""))):
        of_persons.add("npwp")
    blank: dict[str, Cell] = {name: flaw("nik") for name in of_persons}
    if _valid(understood, "legal_form") not in _BODIES:
        blank.setdefault("npwp", None)
    has_blanked = False
    for name, cell in blank.items():
        at = bench.places[row.sheet].get(name)
        if at is not None and at < len(row.cells) and not is_blank(row.cells[at]) and row.cells[at] != cell:
            row.cells[at], has_blanked = cell, True
    return has_blanked


def _name(row: WorkbookRow, understood: Understood, outside_list: OutsideList, bench: Bench) -> str:
    """What a row calls the maker. Of a certificate as its cell says it, which was read as the number of a record."""
    name = understood.values.get("name")
    if outside_list.kind == Kind.HALAL:
        at = bench.places[row.sheet].get("establishment")
        cell = row.cells[at] if at is not None and at < len(row.cells) else None
        name = "" if flaw_of(cell) or "establishment" in understood.to_blank else shown(cell)
    return " ".join(name.split()) if isinstance(name, str) and "name" not in understood.to_blank else ""


def _said(understood: Understood, name: str, outside_list: OutsideList) -> Said:
    village = _valid(understood, "village")
    regency = _valid(understood, "regency") or ".".join((village or _valid(understood, "district")).split(".")[:2])
    texts = {
        "name": name,
        "nib": _checked(understood, "nib", trade.check_nib),
        "certificate": _checked(understood, "certificate_number", trade.check_certificate_number),
        "account": _valid(understood, "siinas_account"),
    }
    cut = {key: text[: _LENGTHS[key]] for key, text in texts.items()}
    return Said(**cut, regency=regency, village=village, ended=has_ended(understood.values))


def _valid(understood: Understood, name: str) -> str:
    """A text that was understood; "" for what was not, and what is no text."""
    value = understood.values.get(name)
    return value if isinstance(value, str) and name not in understood.errors else ""


def _checked(understood: Understood, name: str, check: Callable[[str], str]) -> str:
    """A number that can be one; "" for another, which is told as what was not understood."""
    value = _valid(understood, name)
    try:
        return check(value) if value else ""
    except ValidationError as refused:
        understood.errors.setdefault(name, []).append(Problem(" ".join(refused.messages), "invalid"))
        return ""


def _by_npwp(bench: Bench, understood: Sequence[Understood]) -> dict[str, Record]:
    """`{NPWP: its record}` where one open record alone has it. The number goes no further than this."""
    if "npwp" not in bench.readers[""].fields:
        return {}
    wanted = {_valid(understood_row, "npwp") for understood_row in understood} - {""}
    model: Any = bench.register.model
    records: QuerySet[Any] = model.objects.unclosed().filter(npwp__in=wanted) if wanted else model.objects.none()
    holders: dict[str, list[Record]] = {}
    for record in records:
        holders.setdefault(record.npwp, []).append(record)
    return {number: some[0] for number, some in holders.items() if len(some) == 1}


def _why_unread(understood: Understood) -> str:
    """Why nothing can be found by a row: the first thing that was not understood, or that it says nothing."""
    for problems in understood.errors.values():
        return str(problems[0].message)[:200]
    return _("It says neither a number nor a name by which anything could be found.")
