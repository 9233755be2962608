"""Which record a row is about: its register number, else what names one record, else a likeness that a person settles.

Everything is asked of the database for many rows at once.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Q

from disperin.registers.gate.in_bulk import Problem
from disperin.registers.models import Merge, Record
from disperin.registers.pairing.search import rivals_of, traits_in
from disperin.registers.record.directory import Register
from disperin.registers.values.terms import Values
from disperin.submissions.models import Kind, Submission
from disperin.submissions.workflow import OPEN
from disperin.ui.said import gettext as _
from disperin.workbooks.models import Choice
from disperin.workbooks.tables.columns import NUMBER
from disperin.workbooks.tables.options import plain

MOST_CANDIDATES = 3


@dataclass
class Asked:
    """A row that is to be matched: its register number, its values, and what the officer has chosen for it."""

    number: str
    values: Values
    choice: Choice


@dataclass
class Match:
    """What a row is about. Neither record nor candidates: it is new."""

    record: Any = None
    candidates: list[Record] = field(default_factory=list)  # records of which one may be meant: nobody has decided yet
    why: dict[int, str] = field(default_factory=dict)  # by key of a candidate: what speaks for it, in words
    problems: dict[str, list[Problem]] = field(default_factory=dict)  # by name of field, or NUMBER

    def refuse(self, text: str, code: str) -> None:
        """Something that stands against this row as a whole."""
        self.problems.setdefault(NUMBER, []).append(Problem(text, code))


class Matcher:
    """Matches rows to the records of one regency (its code), or, without one, to those of all.

    Then a row's own regency says where records may be like it.
    """

    def __init__(self, register: Register, regency: str | None) -> None:
        self.register, self.regency = register, regency
        self.names = register.form.in_files
        likened_by = register.model.likened_by
        self._known_by = [*self.names.same_by, *([likened_by.name] if likened_by else [])]
        self.records = register.model.objects.filter(**({"regency": regency} if regency else {}))
        self.answers: dict[Any, Any] = {}  # what was looked up for the rows matched last, as a context of forms asks it

    def match(self, asked: Sequence[Asked]) -> list[Match]:
        """A Match for each of `asked`."""
        self.answers = {}
        matches = self._by_number(asked)
        rest = [pair for pair in zip(asked, matches, strict=True) if not pair[0].number]
        for name in self.names.same_by:
            self._by_value(name, [pair for pair in rest if not (pair[1].record or pair[1].candidates)])
        if self.register.model.likened_by:
            self._by_likeness([pair for pair in rest if not (pair[1].record or pair[1].candidates)])
        for row, matched in rest:
            _take_choice(row.choice, matched)
        self._refuse_begun(asked, matches)
        return matches

    def said(self, values: Values) -> str:
        """What two rows for one new record have in common, as a text; "" where nothing can tell."""
        said = [plain(self._tidied(name, values.get(name)) or "") for name in self._known_by]
        return " | ".join(said)[:300] if any(said) else ""

    def _by_number(self, asked: Sequence[Asked]) -> list[Match]:
        numbers = {row.number for row in asked if row.number}
        known = {record.number: record for record in self.records.filter(number__in=numbers)} if numbers else {}
        matches = [Match(known.get(row.number)) for row in asked]
        merged = dict(Merge.objects.into(known)) if known else {}
        for row, match in zip(asked, matches, strict=True):
            if row.number in merged:
                text = _("%(number)s was merged into %(kept)s. Write that number.")
                match.refuse(text % {"number": row.number, "kept": merged[row.number]}, "merged")
            if row.number and not match.record:
                text = _(
                    "No record of this regency has the number %(number)s. Correct it, or empty it for a new record."
                )
                match.refuse(text % {"number": row.number[:40]}, "unknown_number")
        return matches

    def _by_value(self, name: str, rows: Sequence[tuple[Asked, Match]]) -> None:
        """One record that has the value is the one that is meant; several are for a person to choose among."""
        wanted = {self._value(name, row) for row, _found in rows} - {""}
        holders = defaultdict(list)
        if wanted:
            # what the public does not see stands beside its column, and is the same record nevertheless
            of_column, beside = Q(**{f"{name}__in": wanted}), Q(**{f"withheld__{name}__in": list(wanted)})
            if not self.regency:  # of all regencies each is found by an index of its own
                keys = [self.records.filter(of_column), self.records.exclude(withheld={}).filter(beside)]
                of_column, beside = (Q(pk__in=list(records.values_list("pk", flat=True))) for records in keys)
            for record in self.records.unclosed().filter(of_column | beside).order_by("pk"):
                holders[record.withheld.get(name, getattr(record, name))].append(record)
        for row, match in rows:
            same = holders.get(self._value(name, row)) or []
            if len(same) == 1:
                match.record = same[0]
            else:
                match.candidates = same[:MOST_CANDIDATES]

    def _value(self, name: str, row: Asked) -> str:
        """A text of a row, in its one form; "" for what is no text."""
        value = self._tidied(name, row.values.get(name))
        return value if isinstance(value, str) else ""

    def _tidied(self, name: str, value: Any) -> Any:
        return self.register.form.tidied(name, value)

    def _by_likeness(self, rows: Sequence[tuple[Asked, Match]]) -> None:
        """Records that may be the same are for a person to choose among."""
        model = self.register.model
        asked = [traits_in(model, row.values) for row, _found in rows]
        places = [self.regency or str(row.values.get("regency") or "") for row, _found in rows]
        wanted = {(traits, place, None) for traits, place in zip(asked, places, strict=True) if place}
        rivals = rivals_of(model)(wanted) if wanted else {}
        self.answers = {rivals_of(model): rivals}
        records = self.records.in_bulk({rival.pk for some in rivals.values() for rival in some}) if rivals else {}
        for (_one, match), traits, place in zip(rows, asked, places, strict=True):
            alike = rivals[traits, place, None] if place else []
            match.candidates = [records[rival.pk] for rival in alike]
            match.why = {rival.pk: rival.alike.in_words for rival in alike}

    def _refuse_begun(self, asked: Sequence[Asked], matches: Sequence[Match]) -> None:
        """The same new record was proposed already: that has to be settled first."""
        for row, match in zip(asked, matches, strict=True):
            if match.record or row.choice.get("what") == "new":
                continue
            if number := self._begun.get(self.said(row.values)):
                text = _("%(number)s proposes this already and is not decided. Wait for the decision, or withdraw it.")
                match.refuse(text % {"number": number}, "waiting")

    @cached_property
    def _begun(self) -> dict[str, str]:
        """`{said: number}` of the new records that wait for a decision in this regency."""
        names = self._known_by
        begun = Submission.objects.filter(register=self.register.slug, kind=Kind.CREATE)
        begun = begun.filter(regency=self.regency) if self.regency else begun
        rows = begun.filter(status__in=OPEN).values_list("number", *(f"values__{name}" for name in names))
        numbers = {self.said(dict(zip(names, values, strict=True))): number for number, *values in rows.iterator()}
        return {said: number for said, number in numbers.items() if said} if names else {}


def _take_choice(choice: Choice, match: Match) -> None:
    """What the officer has chosen for a row counts as long as it is still among what may be meant."""
    if choice.get("what") == "new":
        match.candidates = []
    elif choice.get("what") == "update":
        chosen = [record for record in match.candidates if record.number == choice.get("number")]
        if chosen:
            match.record, match.candidates = chosen[0], []
