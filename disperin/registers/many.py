"""Many proposals judged at once: the same errors, warnings and values as one form each, in a few queries."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from disperin.regions.reach import reaches
from disperin.registers.changes import Change, differences
from disperin.registers.forms import whole


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

    @property
    def outcome(self):
        """ "bad" with any error, otherwise "new", "changed" or "unchanged"."""
        if self.errors:
            return "bad"
        if self.proposed.record is None:
            return "new"
        return "changed" if self.changed else "unchanged"


def judge(register, proposals, *, by):
    """`[Judged]` in the order of `proposals` (`[Proposed]`, a chunk of up to 1,000), as `by` would propose them."""
    return [_judge_one(register, one, by) for one in proposals]


def _judge_one(register, proposed, by):
    form_class, record = register.form, proposed.record
    given = dict(proposed.values)
    if record is None and by.regency_id:
        given = {"regency": by.regency_id, **given}
    base, _typed = form_class(instance=record).entered()
    unfit = form_class.unfit(given, known_keys=form_class.known_keys(record))
    given = {name: one for name, one in given.items() if name not in {path.split(".")[0] for path in unfit}}
    form = form_class(whole(form_class, given, instance=record), instance=record, by=by)
    problems = {path: [ValidationError(text, "unfit")] for path, text in unfit.items()} | form.problems
    values, typed = form.entered()
    if record is not None and record.closed_on is not None:
        text = _("This record is closed. Propose to reopen it first.")
        problems.setdefault(NON_FIELD_ERRORS, []).append(ValidationError(text, "closed"))
    if not reaches(by, form.instance):
        text = _("You can only propose within your own regency.")
        problems.setdefault("regency", []).append(ValidationError(text, "out_of_reach"))
    judged = Judged(proposed, base, values, typed, title=str(form.instance)[:200])
    judged.changed = differences(base, values, form_class.parts)
    judged.errors = {
        path: [_problem(text, one) for one in some for text in one.messages] for path, some in problems.items()
    }
    if not judged.errors:
        for path, text in form.warnings():
            judged.warnings.setdefault(path, []).append(Problem(str(text), "warning"))
    return judged


def _problem(text, error):
    return Problem(str(text), error.code or "invalid")
