"""Many proposals judged at once: the same errors, warnings and values as one form each, in a few queries."""

import copy
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from disperin.accounts.models import User
from disperin.regions.reach import answers_for
from disperin.registers.gate.forms import RecordForm
from disperin.registers.gate.refusals import bound_to_fit, told_at_once
from disperin.registers.record.directory import Register
from disperin.registers.record.models import Record
from disperin.registers.record.names import kept_name
from disperin.registers.values.changes import Change, differences
from disperin.registers.values.context import Chunk, Question
from disperin.registers.values.terms import Path, TypedTexts, Values
from disperin.ui.said import gettext as _
from disperin.ui.said import of_all, of_error


@dataclass(frozen=True)
class Proposed:
    """What one row of a file says: values as the API takes them, of a new record or of `record`.

    `row` is its number in the file: other rows name it by that, and a batch keeps each row once.
    """

    values: dict
    record: Any = None
    row: int = 0


@dataclass(frozen=True)
class Problem:
    """Something wrong, or odd, at one path: words for people, a lasting code for programs."""

    message: str
    code: str


@dataclass
class Judged:
    """What became of one proposal. Paths of parts name their rows by key, which every row of `values` has."""

    proposed: Proposed
    base: dict  # what the record holds
    values: dict  # whole and canonical, laid over `base`
    typed: dict  # path -> text that could not be understood
    errors: dict[str, list[Problem]] = field(default_factory=dict)
    warnings: dict[str, list[Problem]] = field(default_factory=dict)
    changed: list[Change] = field(default_factory=list)
    title: str = ""
    regency_id: str | None = None  # where the record is to lie
    message: str = ""  # what the verifier is to know of the row

    @property
    def outcome(self) -> str:
        """Whether it is "bad" (any error), "new", "changed" or "unchanged"."""
        if self.errors:
            return "bad"
        if self.proposed.record is None:
            return "new"
        return "changed" if self.changed else "unchanged"


Claimant = TypeVar("Claimant", int, str)  # what a row of a file, or a submission, is called


class Seen:
    """What the rows of a file claimed so far, chunk after chunk: each record once, and what must stand once."""

    def __init__(self) -> None:
        self._rows: dict[Hashable, Any] = {}

    def earlier(self, claim: Hashable, row: Claimant) -> Claimant | None:
        """The row that made this claim before, or None; from now on it is `row` that made it, if nobody did."""
        first = self._rows.setdefault(claim, row)
        return None if first == row else first


class NobodySeen(Seen):
    """Of rows that are laid beside several records, of which they are about one at most: such a row claims none."""

    def earlier(self, claim: Hashable, row: Claimant) -> Claimant | None:
        return None


def judge(
    register: Register,
    proposals: Sequence[Proposed],
    *,
    by: User,
    seen: Seen | None = None,
    answers: Mapping[Question, Mapping[Any, Any]] | None = None,
) -> list[Judged]:
    """`[Judged]` in the order of `proposals` (`[Proposed]`, a chunk of up to 1,000), as `by` would propose them.

    `seen` (a Seen, the same for all chunks of a file) lets two rows that contradict each other be found; the later one
    is told. `answers` is what was looked up already, as a context asks for it: `{question: {key: answer}}`. The number
    of queries does not depend on how many proposals there are. What changes nothing has no warnings.
    """
    records = [copy.copy(proposed.record) for proposed in proposals]
    chunk = Chunk(register.form, [record for record in records if record is not None], answers)
    bound = [_Bound(register.form, *pair, by=by, chunk=chunk) for pair in zip(proposals, records, strict=True)]
    forms = [entry.form for entry in bound]
    clean_all(forms, chunk)
    warned = [entry.form for entry in bound if entry.form.is_valid() and (entry.record is None or entry.changed)]
    warnings = chunk.until_answered(warned, lambda form: list(form.remarks()))
    seen = seen or Seen()
    return [entry.judged(chunk, seen, warnings.get(entry.form, ())) for entry in bound]


def clean_all(forms: Sequence[RecordForm], chunk: Chunk) -> None:
    """Clean the forms of records, their rows first: whatever a form says of its rows it says of clean ones."""
    chunk.clean_all([row for form in forms for rows in form.rows.values() for row in rows])
    chunk.clean_all(forms)


class _Bound:
    """One proposal with its form."""

    def __init__(
        self, form_class: type[RecordForm], proposed: Proposed, record: Record | None, *, by: User, chunk: Chunk
    ) -> None:
        self.proposed, self.record, self.by = proposed, record, by
        given = dict(proposed.values)
        if record is None and by.regency_id:
            given = {"regency": by.regency_id, **given}
        known = form_class.known_keys(record, context=chunk)
        self.given, self.unfit = given, form_class.unfit(given, known_keys=known)
        self.base = form_class.recorded(record, context=chunk)
        self.form = bound_to_fit(form_class, given, self.unfit, record=record, by=by, context=chunk)

    @cached_property
    def entered(self) -> tuple[Values, TypedTexts]:
        """As of the form, once it is clean."""
        return self.form.entered()

    @cached_property
    def changed(self) -> list[Change]:
        """The Changes that the form would make to the record."""
        values, _typed = self.entered
        return differences(self.base, values, type(self.form).parts)

    def judged(self, chunk: Chunk, seen: Seen, warnings: Iterable[tuple[Path, str]]) -> Judged:
        """The outcome, once the form is clean."""
        form = self.form
        problems = told_at_once(form, self.given, self.unfit, code="unfit")
        for path, error in [*self._out_of_place(), *self._told_before(chunk, seen)]:
            problems.setdefault(path, []).append(error)
        values, typed = self.entered
        outcome = Judged(self.proposed, self.base, values, typed, regency_id=form.instance.regency_id)
        outcome.changed = self.changed
        outcome.errors = {path: _problems(errors) for path, errors in problems.items()}
        outcome.title = kept_name(values.get("name") or self.record or "" if problems else form.instance)
        for path, text in warnings:
            outcome.warnings.setdefault(path, []).append(Problem(of_error(ValidationError(text)), "warning"))
        return outcome

    def _out_of_place(self) -> Iterator[tuple[Path, ValidationError]]:
        """As the verbs refuse it: a closed record, or a place that is not the proposer's."""
        if self.record is not None and self.record.closed_on is not None:
            text = _("This record is closed. Propose to reopen it first.")
            yield NON_FIELD_ERRORS, ValidationError(text, "closed")
        home = self.form.instance if self.record is None else self.proposed.record
        if not answers_for(self.by, self.form.instance) or not answers_for(self.by, home):
            text = _("You can only propose within your own regency.")
            yield "regency", ValidationError(text, "out_of_reach")

    def _told_before(self, chunk: Chunk, seen: Seen) -> Iterator[tuple[Path, ValidationError]]:
        """What an earlier row of the file claims already: the same record, or what must stand once."""
        record, row = self.record, self.proposed.row
        if record is not None and (earlier := seen.earlier((type(record), record.pk), row)):
            text = _("Row %(row)s of this file is about the same record. Keep one of the two.")
            yield NON_FIELD_ERRORS, ValidationError(text, "same_record", {"row": earlier})
        for path, earlier, error in said_before(self.form, chunk, seen, row):
            text = _("Row %(row)s of this file says the same. %(message)s")
            yield path, ValidationError(text, "twice_in_file", {"row": earlier, "message": of_all(error)})


def said_before(
    form: RecordForm, chunk: Chunk, seen: Seen, row: Claimant
) -> Iterator[tuple[Path, Claimant, ValidationError]]:
    """`(path, earlier row, error)` of whatever a clean form claims to be alone with, and an earlier one does too."""
    forms = [("", form)] + [
        (f"{name}.{row_form.key}.", row_form) for name, rows in form.rows.items() for row_form in rows
    ]
    for prefix, claiming in forms:
        for rule, key in chunk.claims[id(claiming.instance)]:
            if earlier := seen.earlier((type(claiming.instance), rule.constraint.name, key), row):
                violated = claiming.instance.placed(rule.error(claiming.instance)).update_error_dict({})
                for path, errors in violated.items():
                    yield (
                        (prefix + path if path != NON_FIELD_ERRORS else prefix.rstrip(".") or path),
                        earlier,
                        errors[0],
                    )


def _problems(errors: Iterable[ValidationError]) -> list[Problem]:
    return [Problem(of_error(single), single.code or "invalid") for error in errors for single in error.error_list]
