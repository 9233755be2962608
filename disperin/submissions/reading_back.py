"""What the page shows that reads a draft back before it is handed in: each answer, with where it can be changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.registers.gate.values_form import ValuesForm
from disperin.registers.pairing.search import Rival
from disperin.registers.values.asking import unasked
from disperin.registers.values.terms import Path, Values
from disperin.submissions.draft_form import place_of
from disperin.submissions.models import Kind, Submission
from disperin.submissions.presentation import Since, Words, compared, last_return, rivals_of, since
from disperin.submissions.presentation.comparing import Group, Line
from disperin.ui.texts import Text


@dataclass(frozen=True)
class Answer:
    """One field in words, and the address at which it can be changed."""

    line: Line
    url: str


@dataclass(frozen=True)
class Answers:
    """A section or a row of a part: what is answered there, and what is not."""

    group: Group
    url: str  # of a row, where it can be changed
    given: list[Answer]
    open: list[Answer]


class ReadBack:
    """All that would be handed in; of a change what differs, and apart from it what stays.

    `since` is what was asked when it was returned and what was changed since, None where it was not. `told` are the
    remarks and the problems of the draft, as (path, text): they stand at their answers.
    """

    def __init__(self, submission: Submission, *, by: User, told: Sequence[tuple[Path, str]] = ()) -> None:
        self.submission, self.told = submission, told
        self.is_new = submission.kind == Kind.CREATE
        self.form = submission.form_class(submission.kept(), instance=submission.record())
        after, last = submission.kept(), last_return(submission)
        words = Words(self.form, submission.base, submission.values, *([last.values] if last else []), reader=by)
        self.since = _without_looking(since(last, words, after)) if last else None
        self.not_asked = {*self._not_asked(after)}
        remarks = [*told, *self._unasked(after)]
        changed, rest = compared(words, submission.base, after, fresh=self.is_new, warnings=remarks)
        self.changed = [self._answers(group) for group in changed]
        told_of_rest = [self._answers(group) for group in rest]
        self.rest = [answers for answers in told_of_rest if answers.given or answers.open or answers.group.rows]

    @property
    def count_of_rest(self) -> int:
        """How many fields stay as they are, or are not answered."""
        return sum(len(answers.given) + len(answers.open) + answers.group.rows for answers in self.rest)

    @property
    def listed(self) -> list[tuple[Text, str, str]]:
        """What is told, for the top of the page: `[(label, text, address to mend it)]`."""
        label_of, values = self.submission.form_class.label_of, self.submission.values
        return [
            ("" if path == "__all__" else label_of(path, values), text, self._url(path)) for path, text in self.told
        ]

    @cached_property
    def rivals(self) -> list[tuple[Rival, str]]:
        """As of `rivals_of`."""
        return rivals_of(self.submission)

    @property
    def message_url(self) -> str:
        """Where the message to the verifier can be changed."""
        return self._url("message")

    def _unasked(self, values: Values) -> Iterator[tuple[Path, str]]:
        """A word at each new answer that does not matter for the others: it is kept, and handed in knowingly."""
        remarks = [(name, _when(self.form, name)) for name in unasked(self.form.asked_if, values)]
        for part, rows in self.form.rows.items():
            for row, held in zip(rows, values[part], strict=True):
                remarks += [(f"{part}.{row.key}.{name}", _when(row, name)) for name in unasked(row.asked_if, held)]
        changed = {*self.submission.fields_changed}
        for path, text in remarks:
            if self.is_new or {path, path.rpartition(".")[0]} & changed:
                yield path, text

    def _not_asked(self, values: Values) -> Iterator[Path]:
        """The fields that do not matter for the other answers: where they are empty, nothing is missing."""
        yield from (name for name, condition in self.form.asked_if.items() if not condition.holds(values))
        for part, rows in self.form.rows.items():
            for row, held in zip(rows, values[part], strict=True):
                yield from (
                    f"{part}.{row.key}.{name}" for name, condition in row.asked_if.items() if not condition.holds(held)
                )

    def _answers(self, group: Group) -> Answers:
        answers = [Answer(line, self._url(line.path)) for line in group.lines]
        is_gone = group.state == "removed"
        return Answers(
            group,
            self._url(group.path) if group.path and not is_gone else "",
            given=[answer for answer in answers if _says_something(answer.line)],
            open=[
                answer
                for answer in answers
                if not _says_something(answer.line) and answer.line.path not in self.not_asked
            ],
        )

    def _url(self, path: Path) -> str:
        place = place_of(self.form, path)
        return reverse("submissions:edit", args=[self.submission.number]) + place if place else ""


def _without_looking(told: Since) -> Since:
    """A masked value stays masked here: whoever hands in is to read what changed, not to look values up."""
    for line in (line for group in told.groups for line in group.lines):
        line.masked = False
    return told


def _says_something(line: Line) -> bool:
    return bool(line.old or line.new or line.warnings)


def _when(form: ValuesForm, name: str) -> str:
    values = {"when": form.asked_if[name].in_words(form.fields)}
    return _("%(when)s Empty it if it does not apply.") % values
