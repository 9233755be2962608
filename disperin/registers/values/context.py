"""Where the checks of forms and models ask what only the database knows: for one form at hand, or for many at once.

Nothing that checks values asks the database by itself. It asks its `context`: `ONE` answers at once; so does `Few`, for
the forms of one verb; a `Chunk` first gathers what all forms of a chunk ask, then answers with one query per question.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Model, QuerySet
from django.forms import Field, ModelChoiceField

from disperin.registers.values.constraints import Claim, violations
from disperin.registers.values.fields import canonical, tidy
from disperin.ui.abilities import LooksUp

if TYPE_CHECKING:
    from disperin.registers.gate.forms import RecordForm
    from disperin.registers.gate.values_form import ValuesForm
    from disperin.registers.record.models import Checked, Part, Record


Question = Callable[[list[Any]], Mapping[Any, Any]]  # from keys to `{key: answer}`
Made = TypeVar("Made")
Form = TypeVar("Form", bound="ValuesForm")


class Context:
    """Answers one form, with a query for each question."""

    def ask(self, question: Question, key: Any) -> Any:
        """What `question` (a function from keys to `{key: answer}`) answers for a key; None where it says nothing."""
        return question([key]).get(key)

    def once(self, make: Callable[[], Made]) -> Made:
        """What `make()` gives; made once for all forms of a context."""
        return make()

    def fields_of(self, form_class: "type[ValuesForm]") -> dict[str, Field]:
        """The fields of a form."""
        return form_class.fresh_fields(self)

    def cleaned(self, field: Field, raw: Any) -> Any:
        """The checked value of a field; raises ValidationError."""
        return field.clean(tidy(field, raw))

    def understood(self, field: Field, raw: Any) -> Any:
        """The canonical value of a field, if only what was given can be read; raises ValidationError."""
        return canonical(field, field.to_python(tidy(field, raw)))

    def rows_of(self, model: "type[Part]", record: "Record") -> "list[Part]":
        """Every row of a part (its model) that a record has or had."""
        return list(model._default_manager.filter(**{model.parent: record}))

    def check_constraints(self, instance: "Checked", exclude: set[str]) -> None:
        """Raises ValidationError for what the constraints of the model refuse: of all of them in one query."""
        ((errors, _claims),) = violations(type(instance), [(instance, exclude)])
        by_field: dict[str, list[ValidationError]] = {}
        for error in errors:
            by_field = error.update_error_dict(by_field)
        if by_field:
            raise ValidationError(by_field)

    def check_unique(self, instance: "Checked", exclude: set[str]) -> None:
        """Raises ValidationError for a value that must stand once and stands already."""
        models.Model.validate_unique(instance, exclude)


ONE = Context()


class Few(Context):
    """Answers the few forms that one verb binds to one record: what one of them has made or read, the others share."""

    def __init__(self) -> None:
        self._made: dict[Callable[[], Any], Any] = {}
        self._fields: dict[type[ValuesForm], dict[str, Field]] = {}
        self._rows: dict[type[Part], dict[int, list[Part]]] = defaultdict(dict)

    def once(self, make: Callable[[], Made]) -> Made:
        if make not in self._made:
            self._made[make] = make()
        return self._made[make]

    def fields_of(self, form_class: "type[ValuesForm]") -> dict[str, Field]:
        if form_class not in self._fields:
            self._fields[form_class] = form_class.fresh_fields(self)
        return self._fields[form_class]

    def rows_of(self, model: "type[Part]", record: "Record") -> "list[Part]":
        rows = self._rows[model]
        if record.pk not in rows:
            rows[record.pk] = super().rows_of(model, record)
        return rows[record.pk]


class Unanswered(Exception):
    """A chunk has not looked this up yet: it is noted, and the form is asked again."""


class Chunk(Few):
    """Answers the forms of a chunk together. `records` are those that the forms change; `answers` is known before."""

    def __init__(
        self,
        form_class: "type[RecordForm]",
        records: "Sequence[Record]",
        answers: Mapping[Question, Mapping[Any, Any]] | None = None,
    ) -> None:
        super().__init__()
        self._records = records
        self._cleaned: dict[Any, Any] = {}
        self._understood: dict[Any, Any] = {}
        self._answers: defaultdict[Question, dict[Any, Any]] = defaultdict(
            dict, {question: dict(known) for question, known in (answers or {}).items()}
        )
        self._asked: defaultdict[Question, dict[Any, None]] = defaultdict(dict)
        self._to_check: dict[int, tuple[Checked, set[str]]] = {}  # id of an instance -> it, and fields to pass over
        self._to_find: dict[int, tuple[Checked, set[str]]] = {}
        self.claims: defaultdict[int, list[Claim]] = defaultdict(
            list
        )  # id of an instance -> what must stand once, as (rule, key)
        for record in records:
            record.context = self
        self._fetch_references(form_class, records)
        for part in form_class.parts.values():
            rows = self._load_rows(part._meta.model)
            self._fetch_references(part, rows)

    def ask(self, question: Question, key: Any) -> Any:
        answers = self._answers[question]
        if key not in answers:
            self._asked[question][key] = None
            raise Unanswered(question)
        return answers[key]

    def cleaned(self, field: Field, raw: Any) -> Any:
        return self._remembered(self._cleaned, super().cleaned, field, raw)

    def understood(self, field: Field, raw: Any) -> Any:
        return self._remembered(self._understood, super().understood, field, raw)

    @staticmethod
    def _remembered(known: dict[Any, Any], reading: Callable[[Field, Any], Any], field: Field, raw: Any) -> Any:
        """Most values of a file stand in many of its rows: what a field makes of each is found out once.

        Outlines are objects, and no two are the same.
        """
        kind = type(raw)
        if kind is dict:
            return reading(field, raw)
        key = field, kind, tuple(raw) if kind is list else raw
        if key not in known:
            try:
                known[key] = reading(field, raw), None
            except ValidationError as error:
                known[key] = None, error
        value, refusal = known[key]
        if refusal:
            raise refusal
        return value.copy() if type(value) is list else value

    def rows_of(self, model: "type[Part]", record: "Record") -> "list[Part]":
        return self._rows[model].get(record.pk, [])

    def check_constraints(self, instance: "Checked", exclude: set[str]) -> None:
        self._to_check[id(instance)] = (instance, exclude)

    def check_unique(self, instance: "Checked", exclude: set[str]) -> None:
        self._to_find[id(instance)] = (instance, exclude)

    def clean_all(self, forms: "Sequence[ValuesForm]") -> None:
        """Clean all these forms, with every error that each would have by itself."""
        self._look_up(forms)
        self.until_answered(forms, lambda form: form.errors)
        self._tell_violations(forms)

    def until_answered(self, forms: Iterable[Form], deed: Callable[[Form], Made]) -> dict[Form, Made]:
        """`{form: deed(form)}`; whoever asks something that is not known yet is asked again once it is."""
        done, waiting = {}, list(forms)
        while waiting:
            undone = []
            for form in waiting:
                try:
                    done[form] = deed(form)
                except Unanswered:
                    undone.append(form)
            for question, keys in self._asked.items():
                answers = question(list(keys))
                self._answers[question] |= {key: answers.get(key) for key in keys}
            self._asked.clear()
            waiting = undone
        return done

    def _look_up(self, forms: "Sequence[ValuesForm]") -> None:
        """Let the fields that name other rows look them up, one query each."""
        by_class = defaultdict(list)
        for form in forms:
            by_class[type(form)].append(form)
        for some in by_class.values():
            for name, field in some[0].fields.items():
                if isinstance(field, LooksUp):
                    field.look_up([form.given[name] for form in some])

    def _tell_violations(self, forms: "Sequence[ValuesForm]") -> None:
        for noted in (self._to_check, self._to_find):
            by_model = defaultdict(list)
            for form in forms:
                if entry := noted.pop(id(form.instance), None):
                    by_model[type(form.instance)].append((form, entry[1]))
            for model, some in by_model.items():
                instances = [(form.instance, exclude | {*form.errors}) for form, exclude in some]
                outcomes = violations(model, instances, plain=noted is self._to_find)
                for (form, _exclude), (errors, claims) in zip(some, outcomes, strict=True):
                    for error in errors:
                        form.add_violation(form.instance.placed(error))
                    self.claims[id(form.instance)] += claims

    def _load_rows(self, model: "type[Part]") -> "list[Part]":
        rows = list(model._default_manager.filter(**{f"{model.parent}__in": self._records})) if self._records else []
        self._rows[model] = defaultdict(list)
        for row in rows:
            self._rows[model][getattr(row, f"{model.parent}_id")].append(row)
        return rows

    def _fetch_references(self, form_class: "type[ValuesForm]", rows: Sequence[Model]) -> None:
        """What the rows name already: checks look at it even where what was typed instead is wrong."""
        fields = form_class.base_fields.items()
        shown = {name: field.queryset for name, field in fields if isinstance(field, ModelChoiceField)}
        if rows:
            fetched = (_fetching(name, offered) for name, offered in shown.items() if offered is not None)
            models.prefetch_related_objects(rows, *fetched)


def _fetching(name: str, shown: QuerySet[Any]) -> models.Prefetch:
    """As the field itself would find it, but among all rows: a record may name one that is closed by now."""
    rows = shown.model._base_manager.all()
    rows.query.select_related = shown.query.select_related
    return models.Prefetch(name, queryset=rows)
