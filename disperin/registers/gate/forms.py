"""The one gate into a register: page, API, workbook and admin all bind this form, to canonical values.

A record may have parts (rows of its own, such as products). They are entered, checked, kept and saved together with it.
Values go in and come out as one JSON object, whole; `registers/values/posted.py` makes them from what a page posted.
"""

import copy
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import Field
from django.utils import timezone
from django.utils.text import capfirst

from disperin.accounts.models import User
from disperin.registers.gate.values_form import ValuesForm
from disperin.registers.hiding.hidden import shown_again
from disperin.registers.pairing import search
from disperin.registers.record.models import Part, Record
from disperin.registers.record.withholding import as_read
from disperin.registers.values.asking import AskedIf
from disperin.registers.values.audience import HIDDEN
from disperin.registers.values.context import ONE, Context
from disperin.registers.values.fields import Typed
from disperin.registers.values.terms import Path, Problems, Row, RowKey, TypedTexts, Unfit, Values
from disperin.registers.values.wanted_fields import Wanted
from disperin.ui.said import gettext as _
from disperin.ui.texts import Text

Keys = dict[str, set[RowKey]]  # by part: the keys that rows may name
RowNumbers = Mapping[str, Mapping[int, int]]  # by part: the number in the names of a row's inputs, by its place


class PartForm(ValuesForm):
    """One row of a part. `key` names it for ever; a new row has none until it is kept.

    Rows that come from a file, too, are told by the text of one field, `named_by`, and read by `rows_of_file`. Where
    `photo_in` names a field, several photographs may be sent at once: each begins a row of its own.
    """

    named_by: ClassVar[str] = ""
    photo_in: ClassVar[str] = ""
    seldom: ClassVar[tuple[str, ...]] = ()  # fields that few rows need: pages fold them until one holds something
    file_help: ClassVar[Any] = ""  # which files are read

    def __init__(self, values: Row | None = None, *, key: RowKey, **options: Any) -> None:
        self.key = key
        super().__init__(values, **options)

    @classmethod
    def rows_of_file(cls, file: Any) -> list[Row]:
        """The values of the rows of a file. Raises ValidationError for a file that is none."""
        raise NotImplementedError

    def narrow(self, regency: str | None) -> None:
        """As of RecordForm, for the rows of a record of this regency (its code, or None); they share their fields."""

    @classmethod
    def empty(cls) -> Row:
        """The values of a row into which nothing was entered."""
        return copy.deepcopy(_empty_of(cls, key=""))


@dataclass(frozen=True)
class Reading:
    """What an answer says of other fields, `values` by their names, in words; a person takes it over, nobody else."""

    values: Values
    words: Text


class RecordForm(ValuesForm):
    """The form of a register. `parts` maps the name of a part, as in the values, to the form of its rows."""

    parts: ClassVar[dict[str, type[PartForm]]] = {}
    most_rows = 200  # of one part; more would be another record's
    sections: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = ()  # (id, fields), in the order of the page
    section_titles: ClassVar[dict] = {}  # id of a section -> its heading
    parts_asked_if: ClassVar[dict[str, AskedIf]] = {}  # parts that matter only for some answers of the record
    read_from: ClassVar[tuple[str, ...]] = ()  # fields of which `reading` may say something
    # What the office goes after where it is missing: fields, parts, fields of parts (`products.brand`), the worst
    # first. Where nothing is said: every field of the record that may be left empty.
    wanted: ClassVar[Mapping[str, Wanted]] = {}

    def __init__(
        self,
        values: Values | None = None,
        *,
        instance: Record | None = None,
        by: User | None = None,
        context: Context = ONE,
        numbers: RowNumbers | None = None,
    ) -> None:
        """Bind to whole canonical `values` (None: show the record); `by` enters them, who must reach the files.

        `numbers` (without them: its place) are those by which a page that stands open calls the rows.
        """
        super().__init__(values, instance=instance, by=by, context=context)
        self._existing = {
            name: {str(row.key): row for row in rows_of(part, self.instance, context)}
            for name, part in self.parts.items()
        }
        self._numbers = numbers or {}
        self.rows = {name: self._bound_rows(name, part, values) for name, part in self.parts.items()}
        self.uncovered: list[str] = []  # paths of what was hidden and is not any more, once it is stored

    def _bound_rows(self, name: str, part: type[PartForm], values: Values | None) -> list[PartForm]:
        existing, numbers = self._existing[name], self._numbers.get(name, {})
        open_rows = [(key, row) for key, row in existing.items() if row.closed_on is None or row.hidden]
        if not (open_rows if values is None else values.get(name)):
            return []
        fields = self.context.fields_of(part)  # the rows share them: copies for thousands cost more than all the rest
        if values is None:
            return [
                part(key=key, instance=row, prefix=f"{name}-{at}", context=self.context, fields=fields)
                for at, (key, row) in enumerate(open_rows)
            ]
        return [
            part(
                {field: value for field, value in row.items() if field != "key"},
                key=row["key"],
                instance=existing.get(row["key"]) or part._meta.model(key=row["key"]),
                prefix=f"{name}-{numbers.get(at, at)}",
                by=self.by,
                context=self.context,
                fields=fields,
            )
            for at, row in enumerate(values[name])
        ]

    def narrow(self, regency: str | None, *, district: str | None = None, options_url: str = "") -> None:
        """Offer only what lies in this regency (its code, or None) on a page that is about to be shown.

        `district` (a code) narrows further; `options_url` is where a select fetches the options that follow from it.
        Registers with long lists say here how; what is accepted does not change.
        """

    def suggestions(self) -> dict[str, Any]:
        """Lists that inputs suggest from, `{id of the list: [(value, text)]}`; the page prints each once."""
        return {}

    @classmethod
    def reading(cls, name: str, values: Values, context: Context = ONE) -> Reading | None:
        """What the answer to one of `read_from` says of other fields, where it says it for certain and it is new."""
        return None

    def blank_row(self, name: str) -> PartForm:
        """An empty row of a part, for a page to show below the others."""
        return self.parts[name](key="", prefix=f"{name}-{len(self.rows[name])}")

    def entered(self) -> tuple[Values, TypedTexts]:
        """As of ValuesForm, with each part as a list of rows; texts that are not understood stand under their path."""
        values, typed = super().entered()
        for name, rows in self.rows.items():
            values[name] = []
            for row in rows:
                row_values, row_typed = row.entered()
                values[name].append({"key": row.key, **row_values})
                typed |= {f"{name}.{row.key}.{field}": text for field, text in row_typed.items()}
        return values, typed

    @classmethod
    def recorded(cls, record: Record | None, *, context: Context = ONE) -> Values:
        """The canonical values that a record holds (None: those of an empty form)."""
        return dict(context.once(cls.empty)) if record is None else cls(instance=record, context=context).entered()[0]

    @classmethod
    def empty(cls) -> Values:
        """The values of a form into which nothing was entered."""
        return copy.deepcopy(_empty_of(cls))

    @classmethod
    def unfit(cls, values: Values, *, known_keys: Keys | None = None) -> Unfit:
        """As of ValuesForm; a part must be a list of objects, a `key` one of `known_keys` (`{part: keys}`)."""
        problems = super().unfit({name: value for name, value in values.items() if name not in cls.parts})
        for name, part in cls.parts.items():
            if values.get(name) is None:
                continue
            if not isinstance(values[name], list):
                problems[name] = _("This must be a list of rows.")
                continue
            if len(values[name]) > cls.most_rows:
                problems[name] = _("At most %(most)d rows.") % {"most": cls.most_rows}
                continue
            problems |= _unfit_rows(name, part, values[name], (known_keys or {}).get(name, ()))
        return problems

    @classmethod
    def known_keys(cls, record: Record | None, *states: Values, context: Context = ONE) -> Keys:
        """The keys that rows may name, by part: of every row the record ever had, and of these canonical values."""
        return {
            name: {str(row.key) for row in rows_of(part, record, context)}
            | {row["key"] for state in states for row in state.get(name) or [] if row.get("key")}
            for name, part in cls.parts.items()
        }

    @property
    def problems(self) -> Problems:
        """Every error by its path: `{"name": [ValidationError], "products.<key>.unit": [...], "__all__": [...]}`."""
        by_path = {name: errors.as_data() for name, errors in self.errors.items()}
        for name, rows in self.rows.items():
            for row in rows:
                for field, errors in row.errors.items():
                    path = f"{name}.{row.key}" if field == NON_FIELD_ERRORS else f"{name}.{row.key}.{field}"
                    by_path[path] = errors.as_data()
        return by_path

    def warnings(self) -> list[tuple[Path, str]]:
        """What looks odd but does not block: `[(path, text)]`. Asked of a valid form; to be acknowledged.

        Here: open records of the same regency that may be the same one.
        """
        return list(search.warnings(self))

    def follows(self) -> list[tuple[Text, Any, Text]]:
        """What follows from the values of a valid form and is never typed, for who decides: `[(label, value, why)]`."""
        return []

    def earlier(self) -> dict[Path, str] | None:
        """What an earlier record said where this one says something else, in words; None where nothing is compared."""
        return None

    def remarks(self) -> list[tuple[Path, str]]:
        """All that is to be acknowledged of a valid form: its warnings, and what it would publish that is hidden."""
        return [*shown_again(self), *self.warnings()]

    def changes_values(self) -> bool:
        """Does it hold anything else than the record did?"""
        return (
            self.has_changed()
            or any(row.instance.pk is None or row.has_changed() for rows in self.rows.values() for row in rows)
            or any(True for _path in self.rows_gone())
        )

    def rows_gone(self) -> Iterator[tuple[Path, Part]]:
        """`(path, instance)` of the rows of the record that the form has no more."""
        for name, existing in self._existing.items():
            kept = {str(row.key) for row in self.rows[name]}
            for key, row in existing.items():
                if key not in kept and (row.closed_on is None or row.hidden):
                    yield f"{name}.{key}", row

    def is_valid(self) -> bool:
        return self.is_bound and not self.problems

    @classmethod
    def field_at(cls, path: Path) -> Field | None:
        """The form field of a path; a row itself (`products.<key>`) has none."""
        name, _key, field = [*path.split("."), "", ""][:3]
        if name in cls.parts:
            return cls.parts[name].base_fields.get(field)
        return cls.base_fields.get(name)

    @classmethod
    def label_of(cls, path: Path, values: Values) -> Text:
        """A path in words, such as "Product 2, unit"; the number of a row is its place in `values`."""
        name, key, field = [*path.split("."), "", ""][:3]
        if name not in cls.parts:
            return capfirst(cls.base_fields[name].label or "") if name in cls.base_fields else path
        part = cls.parts[name]
        places = [row["key"] for row in values.get(name) or []]
        row = capfirst(part._meta.model._meta.verbose_name) + (f" {places.index(key) + 1}" if key in places else "")
        return f"{row}, {part.base_fields[field].label}" if field in part.base_fields else row

    def complete(self) -> None:
        """Set on the valid instance what follows from the whole form, such as the words that a search looks through.

        Called once what is hidden was taken out (`veil`).
        """
        self.instance.gather(
            {name: [row.instance for row in rows if not row.instance.hidden] for name, rows in self.rows.items()}
        )

    def rows_to_store(self) -> Iterator[Part]:
        """The instances of the rows that must be written, once the record has its key; one that is gone is closed."""
        for path, row in self.rows_gone():
            if row.hidden or row.withheld:
                self.uncovered.append(path)
            row.show()
            row.closed_on = timezone.localdate()
            yield row
        for name, part in self.parts.items():
            yield from self._rows_to_store(part, self.rows[name])

    def _rows_to_store(self, part: type[PartForm], rows: Sequence[PartForm]) -> Iterator[Part]:
        for position, row in enumerate(rows):
            instance = row.instance
            moved = instance.pk is None or instance.position != position or instance.closed_on is not None
            moved = moved or getattr(instance, f"{instance.parent}_id") != self.instance.pk
            if moved or row.has_changed():
                setattr(instance, part._meta.model.parent, self.instance)
                instance.position = position
                instance.closed_on = timezone.localdate() if instance.hidden else None
                yield instance


def whole(
    form_class: type[RecordForm],
    given: Values,
    *,
    instance: Record | None,
    current: Values | None = None,
    context: Context = ONE,
) -> Values:
    """Lay what was given over what is there, and give new rows their keys: the values that the form is bound to.

    `given` may name only some fields and parts. `current` is what a draft holds already; without it the record (or an
    empty form) speaks. A masked value that comes back as its mask is left as it is.
    """
    recorded = form_class.recorded(instance, context=context)
    base = recorded if current is None else current
    values = {**recorded, **base, **given}
    for name, part in form_class.parts.items():
        known = {row["key"]: row for row in [*(recorded.get(name) or []), *(base.get(name) or [])]}
        values[name] = [_whole_row(row, known, part, context) for row in values.get(name) or []]
    for name in form_class._meta.model.audience.masked:
        if HIDDEN in str(given.get(name) or ""):  # a mask that comes back, whichever value it stood for
            values[name] = base[name]
    return values


def left_hidden(
    form_class: type[RecordForm], given: Values, *, instance: Record | None, context: Context = ONE
) -> Values:
    """What a file or program gives that read the record as the public does: what is hidden of it is left as it is.

    An empty value says nothing where one is hidden, and neither does a row that is not there.
    """
    if instance is None:
        return given
    values = as_read(instance, given)
    for name, part in form_class.parts.items():
        if values.get(name) is None:
            continue
        rows = {str(row.key): row for row in rows_of(part, instance, context)}
        named = {row.get("key") for row in values[name]}
        values[name] = [as_read(rows[row["key"]], row) if row.get("key") in rows else row for row in values[name]]
        values[name] += [{"key": key} for key, row in rows.items() if row.hidden and key not in named]
    return values


def with_typed(values: Values, typed: TypedTexts) -> Values:
    """Put the texts that were not understood back to their paths, as `Typed`."""
    values = {
        name: [{**row} if isinstance(row, dict) else row for row in value] if isinstance(value, list) else value
        for name, value in values.items()
    }
    for path, text in typed.items():
        name, *rest = path.split(".")
        if not rest:
            values[name] = Typed(text)
            continue
        for row in values.get(name) or []:
            if row["key"] == rest[0]:
                row[rest[1]] = Typed(text)
    return values


@cache
def _empty_of(form_class: Any, **key: RowKey) -> Values:
    """The values of an empty form: they follow from its class, and are worked out once in each process."""
    return form_class(**key).entered()[0]


def _whole_row(row: Row, known: Mapping[RowKey, Row], part: type[PartForm], context: Context) -> Row:
    key = row.get("key") or str(uuid.uuid4())
    return {**(known.get(key) or context.once(part.empty)), **row, "key": key}


def _unfit_rows(name: str, part: type[PartForm], rows: Sequence[Any], known_keys: Collection[RowKey]) -> Unfit:
    problems: Unfit = {}
    seen = set()
    for at, row in enumerate(rows):
        if not isinstance(row, dict):
            problems[f"{name}.{at}"] = _("This must be an object with the fields of a row.")
            continue
        key = row.get("key")
        where: int | RowKey = at
        if key:
            if not isinstance(key, str) or key not in known_keys:
                problems[f"{name}.{at}.key"] = _(
                    "This record has no row with this key. Leave the key out for a new row."
                )
            elif key in seen:
                problems[f"{name}.{at}.key"] = _("This key stands twice.")
            else:
                where = key
            seen.add(str(key))
        fields = {field: value for field, value in row.items() if field != "key"}
        problems |= {f"{name}.{where}.{field}": text for field, text in part.unfit(fields).items()}
    return problems


def rows_of(part: type[PartForm], record: Record | None, context: Context = ONE) -> list[Part]:
    """Every row of a part that a record has or had: a closed one can come back, under its own key."""
    return [] if record is None or record.pk is None else context.rows_of(part._meta.model, record)
