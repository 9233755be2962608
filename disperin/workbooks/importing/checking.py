"""Second step: the dry run. Every row gets an outcome, with all that is wrong with it; nothing is proposed yet."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Left, Trim, Upper

from disperin.registers.pairing.search import names_at_hand
from disperin.workbooks.importing.adding import add_columns
from disperin.workbooks.importing.judging import Bench, Case, ties_nothing
from disperin.workbooks.importing.photos import take_photos
from disperin.workbooks.importing.progress import keep
from disperin.workbooks.importing.row_report import Teller
from disperin.workbooks.importing.rows import change_rows
from disperin.workbooks.importing.taking_in import remove_file
from disperin.workbooks.models import Decided, Outcome, State, Workbook
from disperin.workbooks.tables.added import columns_of_file
from disperin.workbooks.tables.columns import EXAMPLE, NUMBER, ROW, tables
from disperin.workbooks.tables.headings import Words, words
from disperin.workbooks.tables.no_data import kind_of_no_data
from disperin.workbooks.tables.second_headings import SecondHeadings

CHUNK = 500
_GOES_ON = Q(outcome__in=[Outcome.NEW, Outcome.CHANGED])
_FOUND = [
    "cells", "mended", "outcome", "title", "said", "record_id", "record_number", "errors", "warnings", "changes",
    "candidates",
]  # fmt: skip


def check(workbook: Workbook) -> None:
    """Judge the rows that have no outcome yet, chunk by chunk, then count. Cut off, it goes on where it was."""
    remove_file(workbook)  # if the first step was cut off just before it did
    take_photos(workbook)
    if not workbook.rows.exclude(outcome="").exists():
        sort_rows(workbook)
        add_columns(workbook)
    records = workbook.rows.filter(part="")
    keep(workbook, total=records.count(), done=records.exclude(outcome="").count())
    bench = Bench(workbook, by=workbook.sent_by)
    teller = Teller(bench)
    with names_at_hand(bench.register.model, workbook.regency_id, workbook.total - workbook.done):
        while chunk := list(records.filter(outcome="").order_by("position")[:CHUNK]):
            with transaction.atomic():
                store(bench.judge(chunk), teller)
            keep(workbook, done=workbook.done + len(chunk))
    _refuse_stray_lines(workbook, teller)
    count(workbook)


def store(cases: Sequence[Case], teller: Teller) -> None:
    """Keep what was found out about these rows."""
    teller.look_up(cases)
    changed_lines = []
    for case in cases:
        row, judged = case.row, case.judged
        row.outcome = case.outcome
        row.title = judged.title or case.said[:200].strip(" |")
        row.said = case.said
        row.record_id = case.match.record.pk if case.match.record else None
        row.record_number = case.match.record.number if case.match.record else ""
        row.candidates = [
            {"number": candidate.number, "title": str(candidate)[:200]} for candidate in case.match.candidates
        ]
        row.errors, row.warnings = teller.errors_and_warnings(case)
        row.changes = teller.changes(case) if row.outcome == Outcome.CHANGED else []
        changed_lines += teller.blank_what_is_kept_nowhere(case)
    change_rows([case.row for case in cases], _FOUND)
    change_rows(changed_lines, ["cells", "mended"])


def count(workbook: Workbook) -> None:
    """Count the outcomes: the workbook is checked. Rows that were read and those that have an outcome must agree."""
    counts = workbook.rows.aggregate(
        read=Count("pk", filter=Q(part="")),
        stray=Count("pk", filter=Q(part__gt="") & ~Q(outcome="")),
        handed_in=Count("pk", filter=_GOES_ON & Q(proposed=True)),
        warned=Count("pk", filter=_GOES_ON & Q(proposed=False) & ~Q(warnings=[])),
        **{outcome.value: Count("pk", filter=Q(outcome=outcome)) for outcome in Outcome},
    )
    counts["read"] += counts.pop("stray")
    keep(workbook, **counts, state=State.CHECKED, done=0, total=0, attempts=0)


@transaction.atomic
def sort_rows(workbook: Workbook) -> None:
    """Say of each row which table it belongs to, and its row key. The example of a template belongs to none."""
    for at, sheet in enumerate(workbook.mapping):
        places = {name: place for place, name in sheet["columns"].items()}
        place = places.get(ROW) or (places.get(NUMBER) if sheet["part"] == "" else None)
        key = Coalesce(KeyTextTransform(place, "cells"), Value("")) if place else Value("")
        workbook.rows.filter(sheet=at).update(part=sheet["part"], key=Left(Upper(Trim(key)), 100))
    workbook.rows.filter(key=EXAMPLE).update(part=None)
    _set_apart_what_is_no_data(workbook)
    workbook.rows.filter(decided=Decided.SKIP).exclude(part=None).update(outcome=Outcome.SKIPPED)


def _set_apart_what_is_no_data(workbook: Workbook) -> None:
    """Rows that are no data are not judged; their numbers are kept, so that they are named in the result."""
    known, called = {table.part: table for table in tables(workbook.target)}, Words(workbook.target)
    for at, (sheet, mapping) in enumerate(zip(workbook.sheets, workbook.mapping, strict=True)):
        second: list[list[Any]] = []  # [number, those of its headings that contradict the first ones]
        sheet["no_data"], sheet["other_headings"] = {}, second
        if mapping["part"] is None:
            continue
        columns = {int(place): name for place, name in columns_of_file(sheet, mapping).items()}
        headings = {place: words(sheet["headings"][place]) for place in columns}
        places = {name: place for place, name in columns.items()}
        required = [
            places[column.name]
            for column in known[mapping["part"]].columns
            if column.required and column.name in places
        ]
        again = SecondHeadings(called, mapping["part"], columns, sheet["headings"])
        apart = []
        rows = (
            workbook.rows.filter(sheet=at)
            .exclude(part=None)
            .order_by("position")
            .values_list("pk", "number", "cells", "decided")
        )
        for key, number, cells, decided in rows.iterator(chunk_size=CHUNK):
            kind = kind_of_no_data(cells, columns, headings, required)
            if again.name(cells):
                kind, other = "heading", ", ".join(again.contradict(cells))[:200]
                if other != (second[-1][1] if second else ""):
                    second.append([number, other])
            if kind and decided != Decided.DATA:
                sheet["no_data"].setdefault(kind, []).append(number)
                apart.append(key)
        workbook.rows.filter(pk__in=apart).update(part=None)
    keep(workbook, sheets=workbook.sheets)


@transaction.atomic
def _refuse_stray_lines(workbook: Workbook, teller: Teller) -> None:
    """A line that belongs to no record would be lost silently: it counts as a row that was read and is bad."""
    ties = workbook.rows.filter(part="").exclude(key="").values("key")
    stray = list(workbook.rows.filter(part__gt="", outcome="").exclude(key__in=ties))
    for row in stray:
        row.outcome = Outcome.BAD
        row.errors = [teller.told(row, ROW, ROW, ties_nothing(row))]
    change_rows(stray, ["outcome", "errors"])
