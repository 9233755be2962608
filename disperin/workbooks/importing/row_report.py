"""What was found out about a row, in words, as it is kept and shown: where, what stands there, and what to do."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from disperin.registers.gate.in_bulk import Problem
from disperin.registers.values.audience import HIDDEN, mask
from disperin.registers.values.context import Few
from disperin.registers.values.identity import KEPT_NOWHERE
from disperin.submissions.presentation import Words
from disperin.ui import said
from disperin.ui.said import gettext as _
from disperin.ui.said import ngettext
from disperin.workbooks.files.cells import flaw, is_blank, letters, shown
from disperin.workbooks.importing.judging import Bench, Case
from disperin.workbooks.importing.matching import Match
from disperin.workbooks.models import Outcome, WorkbookRow
from disperin.workbooks.tables.columns import IN_CELL, KEY, NUMBER, ROW, field_and_version
from disperin.workbooks.tables.suggesting import Suggester

MOST_SHOWN = 80  # characters of a value
_PATHS = {NUMBER: "register_number", ROW: "row_key", KEY: "key"}


Told = dict[str, Any]  # one error or warning of a row, as JSON
Say = Callable[[WorkbookRow, str, str, Problem], Told]  # of a row, at a column, by its path


class Teller:
    """Knows the columns of a workbook's sheets, and which values of its register must not be repeated."""

    def __init__(self, bench: Bench) -> None:
        workbook = bench.workbook
        self.sheets = workbook.sheets
        self.places = [
            {field_and_version(name)[0]: int(at) for at, name in sheet["columns"].items()} for sheet in workbook.mapping
        ]
        self.form = bench.register.form()
        self.masked = bench.masked
        self.words = Words(self.form)
        self.suggester = Suggester(bench.readers)
        self.context = Few()  # of what columns say of others: asked once for all rows

    def look_up(self, cases: Sequence[Case]) -> None:
        """Look up the names that the changes of these cases mention, all at once."""
        states = [(case.judged.base, case.judged.values) for case in cases if case.outcome == Outcome.CHANGED]
        self.words = Words(self.form, *(state for pair in states for state in pair))

    def told(self, row: WorkbookRow, name: str, path: str, problem: Problem) -> Told:
        """One Problem at a column of a row, as a dict; a `name` that is no column concerns the whole row."""
        at = self.places[row.sheet].get(name)
        sheet = self.sheets[row.sheet]
        value = shown(row.cells[at])[:MOST_SHOWN] if at is not None and at < len(row.cells) else ""
        if self._is_masked(row, name):
            value = mask(value) if len(value) > 8 else HIDDEN * len(value)
        return {
            "sheet": sheet["name"],
            "row": row.number,
            "column": "" if at is None else letters(at),
            "heading": self._heading(row, name, at),
            "path": _PATHS.get(path, path),
            "value": value,
            "code": problem.code,
            **said.kept(problem.message),
        }

    def wrong(self, row: WorkbookRow, name: str, path: str, problem: Problem) -> Told:
        """As `told`, of what is wrong: with the one right reading of the cell, where there is one."""
        error, at = self.told(row, name, path, problem), self.places[row.sheet].get(name)
        if problem.code in KEPT_NOWHERE and not self._is_required(row, name):
            return error | {"suggestion": "", "why": "empty"}
        if at is None or at >= len(row.cells) or self._is_masked(row, name):
            return error
        if suggestion := self.suggester.suggest(row.part or "", name, row.cells[at]):
            error["suggestion"], error["why"] = suggestion
        return error

    def _is_required(self, row: WorkbookRow, name: str) -> bool:
        fields = self.form.parts[row.part].base_fields if row.part else self.form.fields
        return name not in fields or fields[name].required

    def _is_masked(self, row: WorkbookRow, name: str) -> bool:
        return name in self.masked and not row.part

    def _heading(self, row: WorkbookRow, name: str, at: int | None) -> str:
        """The heading of a column; a field of the record that has no column goes by its own name."""
        headings = self.sheets[row.sheet]["headings"]
        if at is not None and at < len(headings):
            return headings[at]
        return str(self.form.fields[name].label) if name in self.form.fields and not row.part else ""

    def errors_and_warnings(self, case: Case) -> tuple[list[Told], list[Told]]:
        """All that is wrong with a record's row and its lines, and all that looks odd, each as told."""
        errors = list(self._of_row(case.row, case.match.problems, self.wrong))
        if case.match.candidates:
            errors.append(self.told(case.row, NUMBER, NUMBER, _undecided(case.match)))
        errors += self._of_row(case.row, case.understood.errors, self.wrong)
        warnings = list(self._of_row(case.row, case.understood.warnings, self.told))
        known = {(case.row.pk, name) for name in case.understood.errors}
        for part, lines in case.lines.items():
            for line in lines:
                errors += self._of_row(line.row, line.understood.errors, self.wrong, prefix=f"{part}.")
                warnings += self._of_row(line.row, line.understood.warnings, self.told, prefix=f"{part}.")
                known |= {(line.row.pk, name) for name in line.understood.errors}
        rows = _rows_by_path(case)
        for kept, say, problems in (
            (errors, self.wrong, case.judged.errors),
            (warnings, self.told, case.judged.warnings),
        ):
            for path, some in problems.items():
                row, name = _place(path, case, rows)
                if (row.pk, name) not in known:
                    kept += [say(row, name, path, problem) for problem in some]
        self._suggest_what_is_read_elsewhere(case, errors)
        return errors, warnings + [self.told(case.row, "", part, problem) for part, problem in _closings(case)]

    def _suggest_what_is_read_elsewhere(self, case: Case, errors: Sequence[Told]) -> None:
        """What a new record lacks may be named in another column: by its address the village. A person accepts it."""
        lacking = {error["path"]: error for error in errors if error["code"] == "required" and error["column"]}
        for source in self.form.read_from if lacking else ():
            reading = self.form.reading(source, case.judged.values, self.context)
            for name, key in (reading.values if reading else {}).items():
                if name in lacking and (suggestion := self.suggester.read("", name, key)):
                    lacking[name]["suggestion"], lacking[name]["why"] = suggestion

    def _of_row(
        self, row: WorkbookRow, problems: Mapping[str, Sequence[Problem]], say: Say, *, prefix: str = ""
    ) -> Iterator[Told]:
        for name, some in problems.items():
            for problem in some:
                yield say(row, name, name if name in _PATHS else f"{prefix}{name}", problem)

    def changes(self, case: Case) -> list[dict[str, str]]:
        """What would change, in words: `[{"path", "label", "old", "new"}]`."""
        in_words = []
        for change in case.judged.changed:
            label = self.form.label_of(change.path, case.judged.values)
            old, new = (self._say(change.path, value) for value in (change.old, change.new))
            in_words.append({"path": change.path, "label": str(label), "old": old, "new": new})
        return in_words

    def _say(self, path: str, value: Any) -> str:
        if isinstance(value, dict):  # a whole line
            part = self.form.parts[path.split(".")[0]]
            values = (self.words.say(f"{path}.{name}", value.get(name)) for name in part.base_fields)
            return ", ".join(filter(None, map(str, values)))[:200]
        return str(self.words.say(path, value))

    def blank_what_is_kept_nowhere(self, case: Case) -> list[WorkbookRow]:
        """Empty the cells that may hold a person's number, which nothing keeps; gives the lines that were changed."""
        refused = {
            path for path, some in case.judged.errors.items() if {problem.code for problem in some} & KEPT_NOWHERE
        }
        self._blank(case.row, {*case.understood.to_blank, *refused})
        lines = [line for some in case.lines.values() for line in some if line.understood.to_blank]
        for line in lines:
            self._blank(line.row, line.understood.to_blank)
        return [line.row for line in lines]

    def _blank(self, row: WorkbookRow, names: Iterable[str]) -> None:
        for name in names:
            at = self.places[row.sheet].get(name)
            if at is not None and at < len(row.cells) and not is_blank(row.cells[at]):
                row.cells[at] = flaw("nik")
                if str(at) in row.mended:
                    row.mended[str(at)] = flaw("nik")


def _rows_by_path(case: Case) -> dict[str, WorkbookRow]:
    """`{"products.<key>": row}`, and the same by place, as values that cannot be kept are told."""
    rows = {}
    for part, lines in case.lines.items():
        for at, line in enumerate(lines):
            rows[f"{part}.{at}"] = line.row
            if line.key:
                rows[f"{part}.{line.key}"] = line.row
        for values, line in zip(case.judged.values.get(part) or [], lines, strict=False):
            rows[f"{part}.{values['key']}"] = line.row
    return rows


def _place(path: str, case: Case, rows: Mapping[str, WorkbookRow]) -> tuple[WorkbookRow, str]:
    """The row of a path, and the column there: that of the record's own row where it names no line."""
    part, _dot, rest = path.partition(".")
    line, _dot, name = rest.partition(".")
    row = rows.get(f"{part}.{line}")
    if row is None:  # a line that stands in a cell of the record's own row is mended there
        return case.row, f"{part}{IN_CELL}{name}" if part in case.understood.lines and name else path
    return row, KEY if name == "key" else name


def _undecided(match: Match) -> Problem:
    whys = {
        candidate.pk: f" ({match.why[candidate.pk]})" if candidate.pk in match.why else ""
        for candidate in match.candidates
    }
    named = "; ".join(f"{candidate.number} “{candidate}”{whys[candidate.pk]}" for candidate in match.candidates)
    text = _("This may be a record that is there already: %(records)s. Say which one, or that it is a new one.")
    return Problem(text % {"records": named}, "undecided")


def _closings(case: Case) -> Iterator[tuple[str, Problem]]:
    """`(part, Problem)` where lines of the record are not in the file: they would be closed."""
    gone = [change.path for change in case.judged.changed if change.new is None and change.path.count(".") == 1]
    for part, number in Counter(path.partition(".")[0] for path in gone).items():
        text = ngettext(
            "%(count)d line of this record is not in the file: it will be closed.",
            "%(count)d lines of this record are not in the file: they will be closed.",
            number,
        )
        yield part, Problem(text % {"count": number}, "lines_closed")
