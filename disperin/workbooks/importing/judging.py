"""Rows become judged proposals: understood, matched to their record, joined with their lines, judged together.

Both steps that need it use it, the check and the submission, so that what is submitted is what was checked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet

from disperin.accounts.models import User
from disperin.attachments.models import Attachment
from disperin.registers.gate.in_bulk import Judged, NobodySeen, Problem, Proposed, Seen, judge
from disperin.registers.models import Record
from disperin.registers.values.audience import HIDDEN
from disperin.registers.values.changes import same
from disperin.registers.values.terms import Row, RowKey, Values
from disperin.submissions.batches.actions import tell_waiting
from disperin.ui.said import gettext as _
from disperin.workbooks.files.cells import Cells, flaw_of, is_blank, shown
from disperin.workbooks.importing.in_cells import in_cells, read_lines, with_lines
from disperin.workbooks.importing.layouts import LayoutOfRows
from disperin.workbooks.importing.matching import Asked, Match, Matcher
from disperin.workbooks.models import Outcome, State, Workbook, WorkbookRow
from disperin.workbooks.tables.added import filled, same_of
from disperin.workbooks.tables.columns import KEY, NUMBER, ROW, field_and_version, tables
from disperin.workbooks.tables.joined import joined_in, lists_of, with_joined
from disperin.workbooks.tables.options import options_of
from disperin.workbooks.tables.understanding import Reader, Understood

MENDED = "mended"  # the code of a note that a cell was mended by hand
SAME = "same_for_all"  # and of one that a value was given to all rows of the file


@dataclass
class Line:
    """A row of a part."""

    row: WorkbookRow
    understood: Understood
    key: str


@dataclass
class Case:
    """A row of a record with all that was found out about it."""

    row: WorkbookRow
    understood: Understood
    lines: dict[str, list[Line]]
    match: Match = field(default_factory=Match)
    judged: Judged = field(init=False)  # once the bench has judged it
    said: str = ""  # what tells two rows for one new record

    @property
    def outcome(self) -> Outcome:
        """As of Judged, but bad too where something is wrong with the row itself."""
        rows_understood = [self.understood, *(line.understood for lines in self.lines.values() for line in lines)]
        is_bad = (
            self.match.problems or self.match.candidates or any(understood.errors for understood in rows_understood)
        )
        return Outcome.BAD if is_bad else Outcome(self.judged.outcome)


class Bench:
    """Where the rows of one workbook are judged, a chunk at a time, as `by` proposes them."""

    def __init__(self, workbook: Workbook, *, by: User) -> None:
        self.workbook, self.by, self.register = workbook, by, workbook.target
        self.batch = workbook.batch if workbook.state == State.PROPOSING else None  # that its rows go into just now
        self.masked = set(self.register.model.audience.masked)
        self.tables = {table.part: table for table in tables(self.register)}
        options = options_of(self.register, regency=workbook.regency_id)
        photos = {
            key: str(pk)
            for key, pk in workbook.photos.exclude(attachment=None).values_list("key", "attachment_id").iterator()
        }
        self.readers = {part: Reader(table, options[part], photos) for part, table in self.tables.items()}
        self.columns = [{int(at): name for at, name in sheet["columns"].items()} for sheet in workbook.mapping]
        self.times = [{int(at): times for at, times in sheet.get("times", {}).items()} for sheet in workbook.mapping]
        self.layouts = [
            LayoutOfRows(sheet, columns, self.tables[mapped["part"] or ""].fields, times)
            for sheet, mapped, columns, times in zip(
                workbook.sheets, workbook.mapping, self.columns, self.times, strict=True
            )
        ]
        self.joined = [joined_in(columns) for columns in self.columns]
        self._lists = {part: lists_of(table) for part, table in self.tables.items()}
        self.same = [same_of(*pair) for pair in zip(workbook.sheets, workbook.mapping, strict=True)]
        self._in_files = self.register.form.in_files
        self.in_cells = [
            in_cells(columns) if mapped["part"] == "" else {}
            for columns, mapped in zip(self.columns, workbook.mapping, strict=True)
        ]
        self.widths = [sheet.get("width") for sheet in workbook.sheets]
        self.places = [{field_and_version(name)[0]: at for at, name in columns.items()} for columns in self.columns]
        self._photos = [column.name for column in self.tables[""].columns if column.is_photo]
        self._shown: dict[str, str] = {}  # id of a picture -> its content, as a hash
        self.matcher = Matcher(self.register, workbook.regency_id)
        parts = workbook.rows.filter(part__gt="").order_by().values_list("part", flat=True).distinct()
        self.parts = {part for part in parts if part}
        self._ambiguous = self._keys_that_stand_twice() if self.parts else set()
        self._seen = Seen()
        self._taken: dict[Any, Any] = {}
        self._remember()

    def judge(self, rows: Sequence[WorkbookRow]) -> list[Case]:
        """A Case for each of `rows` (WorkbookRows of records, in order)."""
        understood = self.understood(rows)
        lines = self._lines(rows)
        cases = [
            Case(row, row_understood, lines.get(row.key, {}))
            for row, row_understood in zip(rows, understood, strict=True)
        ]
        asked = [Asked(self.cell(case.row, NUMBER), case.understood.values, case.row.choice) for case in cases]
        for case, match in zip(cases, self.matcher.match(asked), strict=True):
            case.match = match
        self._look_at_photos(cases)
        self._judge(cases)
        self._refuse_twice(cases)
        self._refuse_ambiguous(cases)
        known = [case.judged for case in cases if case.match.record]
        tell_waiting(self.register, known, by=self.by, batch=self.batch)
        return cases

    def understood(self, rows: Sequence[WorkbookRow]) -> list[Understood]:
        """What each of `rows` says by itself."""
        self._look_up_words(rows)
        return [self._read(row) for row in rows]

    @property
    def _present(self) -> QuerySet[WorkbookRow]:
        """The rows that were not skipped."""
        return self.workbook.rows.exclude(outcome=Outcome.SKIPPED)

    def _look_at_photos(self, cases: Sequence[Case]) -> None:
        """What the pictures show that rows name, and those that their records have: by their content."""
        records = [record for case in cases for record in (case.match.record, *case.match.candidates) if record]
        keys = {str(getattr(record, f"{name}_id")) for name in self._photos for record in records} - {"None"}
        keys |= {
            case.understood.values[name] for name in self._photos for case in cases if name in case.understood.values
        }
        attachments = Attachment.objects.filter(pk__in=keys) if self._photos and keys else ()
        self._shown = {str(attachment.pk): attachment.content_hash for attachment in attachments}

    def _without_photos_that_are_there(self, values: Values, record: Record | None) -> Values:
        """A picture that its record shows already is no change, though it was sent anew."""
        stands = {name: self._shown.get(str(getattr(record, f"{name}_id", None))) for name in self._photos if record}
        return {
            name: value
            for name, value in values.items()
            if not (stands.get(name) and stands[name] == self._shown.get(value))
        }

    def cell(self, row: WorkbookRow, name: str) -> str:
        """The text of a column that is no field, such as the row key."""
        at = self.places[row.sheet].get(name)
        return shown(row.cells[at]).strip()[:100] if at is not None and at < len(row.cells) else ""

    def _look_up_words(self, rows: Sequence[WorkbookRow]) -> None:
        """What the words of these rows mean, all of a sheet at once."""
        for at in {row.sheet for row in rows}:
            of_sheet = [row for row in rows if row.sheet == at]
            cells = [self._cells(row) for row in of_sheet]
            self.readers[of_sheet[0].part or ""].look_up(cells, self.columns[at])

    def _cells(self, row: WorkbookRow) -> Cells:
        """The cells of a row with what all rows are given, and with what is joined to them."""
        cells, together = filled(row.cells, self.same[row.sheet]), self.joined[row.sheet]
        if not together:
            return cells
        lists = {at for at in together if self.columns[row.sheet][at] in self._lists[row.part or ""]}
        headings = self.workbook.sheets[row.sheet]["headings"]
        return with_joined(cells, together, headings, lists=lists, mended=row.mended)

    def _read(self, row: WorkbookRow) -> Understood:
        same, cells = self.same[row.sheet], self._cells(row)
        said = {at: name for at, name in self.columns[row.sheet].items() if at not in same or not _is_blank(cells, at)}
        layout = self.layouts[row.sheet].of(row)
        understood = self.readers[row.part or ""].read(cells, said, layout.times)
        read_lines(cells, self.in_cells[row.sheet], self.readers, understood, self._in_files.by_heading)
        self._note_what_was_mended(row, understood)
        self._note_what_was_given_to_all(row, understood)
        width = self.widths[row.sheet]
        if width and len(row.cells[: min(same, default=None)]) > width:
            text = _(
                "This row has %(cells)s values under %(headings)s headings, so they may stand in the wrong columns. "
                "Put quotation marks around a value that holds the separator."
            )
            problem = Problem(text % {"cells": len(row.cells), "headings": width}, "too_many_cells")
            understood.errors.setdefault(NUMBER, []).append(problem)
        for name, problem in layout.errors:
            understood.errors.setdefault(name, []).append(problem)
        for name, problem in layout.notes:
            understood.warnings.setdefault(name, []).append(problem)
        return understood

    def _note_what_was_mended(self, row: WorkbookRow, understood: Understood) -> None:
        """Beside what a cell was mended to by hand stands what the file says; the verifier is told of it."""
        for at, cell in row.mended.items():
            name, _version = field_and_version(self.columns[row.sheet].get(int(at), ""))
            if not name:
                continue
            is_kept_back = flaw_of(cell) == "nik" or (name in self.masked and not row.part)
            was = HIDDEN if is_kept_back else shown(cell)[:40]
            text = _("Mended by hand; the file says “%(value)s”.") % {"value": was}
            understood.warnings.setdefault(name, []).append(Problem(text, MENDED))

    def _note_what_was_given_to_all(self, row: WorkbookRow, understood: Understood) -> None:
        """What no cell of the row says is told to the verifier too."""
        for at, given in self.same[row.sheet].items():
            if given and _is_blank(row.cells, at):
                name, _version = field_and_version(self.columns[row.sheet][at])
                text = _("The file has no such column: “%(value)s” was given to all its rows.") % {"value": given[:40]}
                understood.warnings.setdefault(name, []).append(Problem(text, SAME))

    def _lines(self, rows: Sequence[WorkbookRow]) -> dict[str, dict[str, list[Line]]]:
        """`{row key: {part: [Line]}}` of these records."""
        keys = {row.key for row in rows if row.key}
        lines_by_key: dict[str, dict[str, list[Line]]] = {}
        if self.parts and keys:
            of_parts = list(self._present.filter(part__in=self.parts, key__in=keys).order_by("position"))
            self._look_up_words(of_parts)
            for row in of_parts:
                line = Line(row, self._read(row), self.cell(row, KEY))
                lines_by_key.setdefault(row.key, {}).setdefault(row.part or "", []).append(line)
        return lines_by_key

    def _judge(self, cases: Sequence[Case]) -> None:
        """Judges each case against its record; one of which nobody has decided yet, against each that may be meant.

        A row that says exactly what one of these holds is about that one: nothing would change, so nothing is guessed.
        """
        decided = [(case, case.match.record) for case in cases if not case.match.candidates]
        for (case, _record), judged in zip(decided, self._judged(decided, seen=self._seen), strict=True):
            case.judged = judged
        open_ones = [(case, record) for case in cases for record in case.match.candidates]
        judged_ones = list(zip(open_ones, self._judged(open_ones, seen=NobodySeen()), strict=True))
        for (case, _record), judged in reversed(judged_ones):
            case.judged = judged  # that of the first candidate stays
        for (case, record), judged in judged_ones:
            if case.match.candidates and judged.outcome == Outcome.UNCHANGED:
                case.judged, case.match.record, case.match.candidates = judged, record, []
                self._seen.earlier((type(record), record.pk), case.row.position)

    def _judged(self, pairs: Sequence[tuple[Case, Record | None]], *, seen: Seen | None = None) -> list[Judged]:
        """`[Judged]` of `(case, record)` pairs. A line that says what a line of the record says is that line."""
        judgements = self._judge_many([self._proposed(*pair) for pair in pairs], seen)
        known = {at: self._known_lines(case, judgements[at]) for at, (case, record) in enumerate(pairs) if record}
        known = {at: keys for at, keys in known.items() if keys or pairs[at][0].understood.lines}
        again = [self._proposed(*pairs[at], keys, judgements[at].base) for at, keys in known.items()]
        for at, judged in zip(known, self._judge_many(again, seen), strict=True):
            judgements[at] = judged
        return judgements

    def _judge_many(self, proposals: Sequence[Proposed], seen: Seen | None) -> list[Judged]:
        """`[Judged]`; what the matcher has looked up is not looked up again."""
        return judge(self.register, proposals, by=self.by, seen=seen, answers=self.matcher.answers)

    def _proposed(
        self,
        case: Case,
        record: Record | None,
        known: Mapping[tuple[str, int], RowKey] | None = None,
        base: Values | None = None,
    ) -> Proposed:
        """What a case says of a record; `known` are the keys of lines that have none in the file.

        `base` is what a record holds that is there: lines in cells are added to it, once it is known.
        """
        values = self._without_photos_that_are_there(case.understood.said_of(record), record)
        if not values.get("regency") and "regency" in self.tables[""].fields:
            values["regency"] = record.regency_id if record else self.workbook.regency_id
        if case.row.key:
            for part in self.parts:
                keys = [line.key or (known or {}).get((part, at)) for at, line in enumerate(case.lines.get(part, []))]
                values[part] = [
                    {**line.understood.said_of(key), **({"key": key} if key else {})}
                    for line, key in zip(case.lines.get(part, []), keys, strict=True)
                ]
        if record is None or base is not None:
            with_lines(values, case.understood.lines, base, self._in_files.known_by)
        return Proposed(values, record, case.row.position)

    def _known_lines(self, case: Case, judged: Judged) -> dict[tuple[str, int], RowKey]:
        """`{(part, place): key}` of the lines without a key that say what a line of the record says."""
        keys = {}
        for part, lines in case.lines.items():
            named = {line.key for line in lines}
            free = [row for row in judged.base.get(part) or [] if row["key"] not in named]
            for at, (line, values) in enumerate(zip(lines, judged.values.get(part) or [], strict=False)):
                if not line.key and (same_row := self._same_line(part, values, free)):
                    keys[part, at] = same_row["key"]
                    free.remove(same_row)
        return keys

    def _same_line(self, part: str, values: Row, rows: Sequence[Row]) -> Row | None:
        """The row of the record that agrees in all that is required of a line, and in most else; None for none."""
        fields = self.tables[part].fields
        required = [name for name, field in fields.items() if field.required]
        alike = [row for row in rows if all(same(row.get(name), values.get(name)) for name in required)]
        return max(alike, key=lambda row: sum(same(row.get(name), values.get(name)) for name in fields), default=None)

    def _remember(self) -> None:
        """What the rows judged before this job began have claimed: their record, or the words of a new one."""
        judged = self._present.filter(part="", candidates=[]).exclude(outcome="").order_by("position")
        claims = judged.values_list("position", "number", "record_id", "said")
        for position, number, record_id, said in claims.iterator():
            if record_id:
                self._seen.earlier((self.register.model, record_id), position)
            elif said:
                self._taken.setdefault(said, (position, number))

    def _keys_that_stand_twice(self) -> set[str]:
        keys = self._present.filter(part="").exclude(key="").order_by().values("key")
        return set(keys.annotate(times=Count("pk")).filter(times__gt=1).values_list("key", flat=True))

    def _refuse_ambiguous(self, cases: Sequence[Case]) -> None:
        """Two records with one row key: nobody can tell whose the lines are."""
        for case in cases:
            if case.row.key in self._ambiguous:
                text = _("Several rows have the row key “%(key)s”. Give each its own, and the same to its lines.")
                problem = Problem(text % {"key": case.row.key[:40]}, "row_key_twice")
                case.match.problems.setdefault(ROW, []).append(problem)

    def _refuse_twice(self, cases: Sequence[Case]) -> None:
        """Two rows for one new record; those for one that is there are told by the judgement itself."""
        for case in cases:
            case.said = self.matcher.said(case.understood.values)
            if case.match.record or case.match.candidates or not case.said:
                continue
            first, number = self._taken.setdefault(case.said, (case.row.position, case.row.number))
            if first != case.row.position:
                text = _("Row %(row)s of this file is about the same record. Keep one of the two.")
                case.match.refuse(text % {"row": number}, "same_record")


def _is_blank(cells: Cells, at: int) -> bool:
    return at >= len(cells) or is_blank(cells[at])


def ties_nothing(row: WorkbookRow) -> Problem:
    """The problem of a line whose row key no record has."""
    text = _("No record of this file has the row key “%(key)s”. Write the key of its record, or remove the line.")
    return Problem(text % {"key": row.key[:40]}, "no_record")
