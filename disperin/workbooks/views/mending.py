"""The part of a file's page on which its rows are mended: cause by cause, with an input for each cell that is wrong."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from disperin.ui.listing import with_query
from disperin.workbooks.actions.mending import Mending, column_at
from disperin.workbooks.files.cells import shown
from disperin.workbooks.importing.causes import MOST, PAGE, Cause, causes
from disperin.workbooks.importing.places import position_in
from disperin.workbooks.models import Workbook
from disperin.workbooks.tables.no_data import NO_DATA
from disperin.workbooks.tables.options import Options, options_of

MOST_APART = 100  # rows taken for no data that the page shows
_LONGEST = 160  # characters of one of them
MOST_CHOICES = 300  # of a field that its inputs offer
_CELL = re.compile(r"cell-([0-9]{1,9})-([0-9]{1,5})")


@dataclass(frozen=True)
class Refusals:
    """What somebody has typed into inputs and is not kept: `{name of the input: text}`, and why."""

    typed: Mapping[str, str] = field(default_factory=dict)
    why: Mapping[str, str] = field(default_factory=dict)


NONE = Refusals()


class Shown(NamedTuple):
    """A cause as the page shows it."""

    cause: Cause
    is_open: bool
    before: str  # the address of its cells before those that are shown; "" for none
    after: str
    choices: str  # the id of the list that its inputs offer; "" for none


def to_mend(request: HttpRequest, workbook: Workbook, refused: Refusals) -> dict[str, Any]:
    """What is wrong, for the page. `?sebab=` names the cause that is asked for, `&dari=` how many cells come before."""
    if not workbook.bad or workbook.forgotten_at:
        return {}
    asked, first = request.GET.get("sebab", ""), request.GET.get("dari", "0")
    if not (first.isascii() and first.isdigit() and len(first) < 8):
        raise BadRequest(_("“%(name)s” is no place in a list.") % {"name": first[:20]})
    listed = causes(workbook, asked=asked, first=int(first))
    for cell in (cell for cause in listed for cell in cause.cells):
        cell.typed, cell.problem = refused.typed.get(cell.name), refused.why.get(cell.name, "")
    choices = dict(_choices(workbook, listed))
    shown_ones = [_shown(request, cause, asked, at, choices) for at, cause in enumerate(listed[:MOST])]
    return {"causes": shown_ones, "has_more_causes": len(listed) > MOST, "choices": choices}


def set_apart(workbook: Workbook) -> dict[str, Any]:
    """The rows that were taken for no data, for the page: how many, and the first of them as they stand."""
    kinds = {
        position_in(at, number): kind
        for at, sheet in enumerate(workbook.sheets)
        for kind, numbers in sheet.get("no_data", {}).items()
        for number in numbers
    }
    rows = workbook.rows.filter(part=None, position__in=sorted(kinds)[:MOST_APART]).order_by("position")
    apart = [
        {
            "number": row.number,
            "position": str(row.position),
            "kind": NO_DATA[kinds[row.position]],
            "text": " · ".join(filter(None, (shown(cell).strip() for cell in row.cells)))[:_LONGEST],
        }
        for row in (rows if kinds else ())
    ]
    return {"apart": apart, "apart_in_all": len(kinds)}


def read_mending(post: QueryDict, workbook: Workbook) -> Mending:
    """What a posted page says. A cell that is posted as it stands was not touched."""
    given = {(int(match[1]), int(match[2])): post.getlist(name) for name in post if (match := _CELL.fullmatch(name))}
    rows = {row.position: row for row in workbook.rows.filter(position__in={position for position, _place in given})}
    masked = workbook.target.model.audience.masked

    def is_touched(position: int, place: int, text: str) -> bool:
        row = rows.get(position)
        if row is None or place >= len(row.cells):
            return bool(text.strip())
        if not row.part and column_at(workbook, row.sheet, place) in masked and not text.strip():
            return False  # its input does not show what stands there
        return text.split() != shown(row.cells[place]).split()

    return Mending(
        # a cell that is wrong in two ways has two inputs
        cells={place: text for place, texts in given.items() for text in texts if is_touched(*place, text)},
        accepted=post.get("accept", ""),
        skipped=_positions(post, "skip"),
        skipped_cause=post.get("skip-all", ""),
        taken_up=_positions(post, "take-up"),
    )


def refusals(mending: Mending, refused: ValidationError) -> Refusals:
    """What was typed, with what the verb said of it."""
    typed = {f"cell-{position}-{place}": text for (position, place), text in mending.cells.items()}
    messages = refused.message_dict.items()
    return Refusals(
        typed, {path.replace("cells.", "cell-").replace(".", "-"): " ".join(text) for path, text in messages}
    )


def _positions(post: QueryDict, name: str) -> list[int]:
    return [int(text) for text in post.getlist(name) if text.isascii() and text.isdigit() and len(text) < 10]


def _shown(request: HttpRequest, cause: Cause, asked: str, at: int, choices: Mapping[str, Any]) -> Shown:
    before = with_query(request, sebab=cause.key, dari=max(0, cause.first - PAGE)) if cause.first else ""
    after = cause.first + (len(cause.cells) if cause.key == asked else 0)
    more = with_query(request, sebab=cause.key, dari=after) if cause.rest else ""
    path = cause.example["path"]
    is_open = cause.key == asked if asked else at == 0 or any(cell.problem for cell in cause.cells)
    return Shown(cause, is_open, before, more, f"choices-{path}" if path in choices else "")


def _choices(workbook: Workbook, listed: Sequence[Cause]) -> Iterator[tuple[str, list[str]]]:
    """`(path, texts)` of the lists from which cells of these causes take one."""
    options: Mapping[str, Mapping[str, Options]] = options_of(workbook.target, regency=workbook.regency_id)
    for path in dict.fromkeys(cause.example["path"] for cause in listed):
        part, _dot, name = path.rpartition(".")
        offered = options.get(part, {}).get(name)
        if offered and 0 < len(offered.labels) <= MOST_CHOICES:
            yield path, list(offered.labels.values())
