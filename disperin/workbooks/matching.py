"""Which record a row is about: its register number, else what names one record, else a likeness that a person settles.

Everything is asked of the database for many rows at once.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from disperin.registers.many import Problem
from disperin.submissions.models import Kind, Submission
from disperin.submissions.workflow import OPEN
from disperin.workbooks.columns import NUMBER
from disperin.workbooks.options import plain

LIKE = 0.6  # likeness of two texts (pg_trgm, 0 to 1) from which on a person has to look
MOST_CANDIDATES = 3
_ALIKE = """
    SELECT asked.said, found.id
    FROM unnest(%s::text[]) AS asked (said)
    CROSS JOIN LATERAL (
        SELECT one.id, similarity(one.{column}, asked.said) AS likeness
        FROM {table} AS one
        WHERE one.{column} %% asked.said AND one.regency_id = %s AND one.closed_on IS NULL
        ORDER BY likeness DESC, one.id
        LIMIT %s
    ) AS found
"""


@dataclass
class Asked:
    """A row that is to be matched: its register number, its values, and what the officer has chosen for it."""

    number: str
    values: dict
    choice: dict


@dataclass
class Match:
    """What a row is about. Neither record nor candidates: it is new."""

    record: Any = None
    candidates: list = field(default_factory=list)  # records of which one may be meant: nobody has decided yet
    problems: dict[str, list[Problem]] = field(default_factory=dict)  # by name of field, or NUMBER

    def refuse(self, text, code):
        """Something that stands against this row as a whole."""
        self.problems.setdefault(NUMBER, []).append(Problem(text, code))


class Matcher:
    """Matches rows to the records of one regency (its code)."""

    def __init__(self, register, regency):
        self.register, self.regency = register, regency
        self.names = register.form.in_files
        self.records = register.model.objects.filter(regency=regency)

    def match(self, asked):
        """A Match for each of `asked`."""
        matches = self._by_number(asked)
        rest = [pair for pair in zip(asked, matches, strict=True) if not pair[0].number]
        for name in self.names.same_by:
            self._by_value(name, [pair for pair in rest if not (pair[1].record or pair[1].candidates)])
        if self.names.like_by:
            self._by_likeness([pair for pair in rest if not (pair[1].record or pair[1].candidates)])
        for one, found in rest:
            _settle(one.choice, found)
        self._refuse_begun(asked, matches)
        return matches

    def said(self, values):
        """What two rows for one new record have in common, as a text; "" where nothing can tell."""
        said = [plain(values.get(name) or "") for name in (*self.names.same_by, self.names.like_by) if name]
        return " | ".join(said)[:300] if any(said) else ""

    def _by_number(self, asked):
        numbers = {one.number for one in asked if one.number}
        known = {one.number: one for one in self.records.filter(number__in=numbers)} if numbers else {}
        matches = [Match(known.get(one.number)) for one in asked]
        for one, found in zip(asked, matches, strict=True):
            if one.number and not found.record:
                text = _(
                    "No record of this regency has the number %(number)s. Correct it, or empty it for a new record."
                )
                found.refuse(text % {"number": one.number[:40]}, "unknown_number")
        return matches

    def _by_value(self, name, rows):
        """One record that has the value is the one that is meant; several are for a person to choose among."""
        wanted = {self._value(name, one) for one, _found in rows} - {""}
        holders = defaultdict(list)
        if wanted:
            for record in self.records.current().filter(**{f"{name}__in": wanted}).order_by("pk"):
                holders[getattr(record, name)].append(record)
        for one, found in rows:
            same = holders.get(self._value(name, one)) or []
            if len(same) == 1:
                found.record = same[0]
            else:
                found.candidates = same[:MOST_CANDIDATES]

    @staticmethod
    def _value(name, one):
        """A text of a row; "" for what is no text."""
        value = one.values.get(name)
        return value if isinstance(value, str) else ""

    def _by_likeness(self, rows):
        name = self.names.like_by
        texts = {self._value(name, one) for one, _found in rows} - {""}
        alike = self._alike(name, sorted(texts)) if texts else {}
        for one, found in rows:
            found.candidates = alike.get(self._value(name, one)) or []

    @transaction.atomic
    def _alike(self, name, texts):
        """`{text: [records with a text nearly the same, the likest first]}`, by the column's trigram index."""
        meta = self.register.model._meta
        query = _ALIKE.format(table=meta.db_table, column=meta.get_field(name).column)
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(LIKE)])
            cursor.execute(query, [texts, self.regency, MOST_CANDIDATES])
            pairs = cursor.fetchall()
        records = self.register.model.objects.in_bulk({key for _said, key in pairs})
        alike = defaultdict(list)
        for said, key in pairs:
            alike[said].append(records[key])
        return alike

    def _refuse_begun(self, asked, matches):
        """The same new record was proposed already: that has to be settled first."""
        for one, found in zip(asked, matches, strict=True):
            if found.record or one.choice.get("what") == "new":
                continue
            if number := self._begun.get(self.said(one.values)):
                text = _("%(number)s proposes this already and is not decided. Wait for the decision, or withdraw it.")
                found.refuse(text % {"number": number}, "waiting")

    @cached_property
    def _begun(self):
        """`{said: number}` of the new records that wait for a decision in this regency."""
        names = [name for name in (*self.names.same_by, self.names.like_by) if name]
        begun = Submission.objects.filter(register=self.register.slug, regency=self.regency, kind=Kind.CREATE)
        found = begun.filter(status__in=OPEN).values_list("number", *(f"values__{name}" for name in names))
        told = {self.said(dict(zip(names, values, strict=True))): number for number, *values in found.iterator()}
        return {said: number for said, number in told.items() if said} if names else {}


def _settle(choice, found):
    """What the officer has chosen for a row counts as long as it is still among what may be meant."""
    if choice.get("what") == "new":
        found.candidates = []
    elif choice.get("what") == "update":
        chosen = [record for record in found.candidates if record.number == choice.get("number")]
        if chosen:
            found.record, found.candidates = chosen[0], []
