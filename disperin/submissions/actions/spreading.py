"""What follows once something is hidden or shown again: what names it, counts, files and revisions, all in one go."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, cast
from uuid import UUID

from django.db.models import F, Func, JSONField, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone

from disperin.accounts.models import User
from disperin.attachments.actions import publish, unpublish
from disperin.attachments.models import Attachment
from disperin.registers.gate.forms import PartForm, RecordForm
from disperin.registers.hiding.hidden import Place
from disperin.registers.models import Hidden, Merge, Part, Record
from disperin.registers.record import directory, revisions, rollup, storing
from disperin.registers.record.directory import Register
from disperin.registers.record.moved_last import moved_last
from disperin.registers.record.withholding import Hideable, named_by, names_of
from disperin.registers.values.columns import column
from disperin.submissions.actions.calling import call_anew, hold_called_by
from disperin.submissions.actions.gathering import (
    MOST,
    gather_anew,
    gather_words,
    holds_words,
    with_words_of,
    without_names_of,
)


def public_files(
    form_class: type[RecordForm], records: Iterable[Record], parts: Collection[str] | None = None
) -> set[UUID]:
    """The ids of the files that the public sees on these records: those in public fields, of open rows.

    `parts`: the only ones whose rows are asked for (`parts_with_files`).
    """
    shown = [record for record in records if record.closed_on is None and not record.hidden]
    if not shown:
        return set()
    files = _files_of(form_class._meta.model, shown)
    for name, part in form_class.parts.items():
        model = part._meta.model
        if (columns := _file_columns(model)) and (parts is None or name in parts):
            rows = model.objects.filter(**{f"{model.parent}__in": shown, "closed_on": None}).order_by()
            files |= {file for row in rows.values_list(*columns) for file in row if file}
    return files


def parts_with_files(form_class: type[RecordForm], forms: Iterable[RecordForm]) -> set[str]:
    """The parts in which a row that these forms keep, bring or let go holds a file for the public, or held one.

    Also those of which one of them knows nothing: it may close the record with all its rows.
    """
    parts = set()
    for form in forms:
        gone = [(path.partition(".")[0], row) for path, row in form.rows_gone()]
        parts |= form_class.parts.keys() - form.parts.keys()
        for name, part in form.parts.items():
            columns = _file_columns(part._meta.model)
            rows = [row.instance for row in form.rows[name]] + [row for other, row in gone if other == name]
            held = [row.initial.get(column.removesuffix("_id")) for row in form.rows[name] for column in columns]
            if any(held) or any(getattr(row, column) for row in rows for column in columns):
                parts.add(name)
    return parts


class Spread:
    """Stores what was hidden or shown and, from one to the next, what names it; then what is kept beside them all."""

    def __init__(self, by: User) -> None:
        self._by, self._context = by, {"submission": "", "user": by.pk}
        self._before: defaultdict[Register, rollup.Tally] = defaultdict(rollup.Tally)
        self._files: defaultdict[Register, set[UUID]] = defaultdict(set)
        self._records: defaultdict[Register, dict[int, Record]] = defaultdict(dict)
        self._called: list[Hideable] = []  # what submissions may be called by, and these (primary keys)
        self._submissions: set[int] = set()

    @moved_last()
    def from_place(self, register: Register, record: Record, place: Place) -> None:
        """Store the record, or the row of it, as `place` says; whether it is hidden as a whole is found out here."""
        self._hold_called_by([place.row])
        stored = register.model.objects.get(pk=record.pk)
        self._concern(register, [stored])
        self._records[register][record.pk] = record
        row, is_row = place.row, place.row is not record
        if not place.fields:
            self._hide_or_show([row])
        self._write([row])
        if not place.fields:
            self._go_on(type(row), [row.pk], hidden=row.hidden)
            if not is_row:
                self._merged_into(register, [record.pk])
        if not record.hidden:
            record.gather({name: open_rows(part, record) for name, part in register.form.parts.items()})
            self._write([record])
        self._gather_anew()
        self._bring_up_to_date()
        call_anew(self._called, sorted(self._submissions))

    def _hold_called_by(self, rows: Sequence[Hideable]) -> None:
        self._called += rows
        self._submissions |= {*hold_called_by(type(rows[0]), [row.pk for row in rows])}

    def _go_on(self, model: type[Hideable], keys: Sequence[int], *, hidden: bool) -> None:
        """Find what names these rows, see whether they are hidden, and so on."""
        for other, name in named_by(model):
            if not other.audience.is_public:
                continue
            naming = other._base_manager.filter(**{f"{name}__in": keys})
            if name in other.left_out:
                if not hidden:  # their columns are empty: found by what is kept
                    naming = other._base_manager.exclude(withheld={}).filter(**{f"withheld__{name}__in": keys})
                if len(keys) == 1 and naming.count() > MOST:
                    self._leave_many_out(other, name, keys[0], naming, hidden=hidden)
                else:
                    self._leave_out(other, name, naming, hidden=hidden)
                continue
            if issubclass(other, Part):
                naming = naming.filter(Q(closed_on=None) | Q(hidden=True))
            above = [*names_of(other), *([other.parent] if issubclass(other, Part) else [])]
            rows = list(naming.select_related(*above).select_for_update(of=["self"], no_key=True).order_by("pk"))
            was = {row.pk: row.hidden for row in rows}
            self._concern_rows(other, rows)
            self._hide_or_show(rows)
            moved = [row for row in rows if row.hidden != was[row.pk]]
            self._write(moved)
            if moved:
                self._go_on(other, [row.pk for row in moved], hidden=hidden)

    def _leave_out(self, model: type[Hideable], name: str, naming: QuerySet[Any], *, hidden: bool) -> None:
        """Empty the column of those that name what is hidden, or fill it again."""
        rows = list(naming.select_for_update(of=["self"], no_key=True).order_by("pk"))
        register = directory.of(model)
        held = Hidden.objects.live().filter(register=register.slug, path=name, record_id__in=[row.pk for row in rows])
        by_themselves = set(held.values_list("record_id", flat=True))
        rows = [row for row in rows if row.pk not in by_themselves]
        self._concern(register, rows)
        for row in rows:
            (row.withhold if hidden else row.give_back)(name)
        self._write(rows)

    def _leave_many_out(
        self, model: type[Hideable], name: str, key: int, naming: QuerySet[Any], *, hidden: bool
    ) -> None:
        """The same of more than can be had in memory, in one statement; a job gathers their words.

        Only for a foreign key by which nothing is counted and nothing is kept beside its records.
        """
        register, target = directory.of(model), column(model, name)
        held = Hidden.objects.live().filter(register=register.slug, path=name)
        rows = naming.exclude(pk__in=held.values("record_id"))
        kept: JSONObject | Cast = JSONObject(**{name: F(target.attname)})
        joined, words = " || ", {}
        if hidden:
            lender = cast("type[Hideable]", target.related_model)._base_manager.get(pk=key)
            words = {"search_text": without_names_of(lender)}
            gather_words.enqueue(register.slug, name, key, self._by.pk)
        else:  # they are found by its name again once that is gathered (`_gather_anew`)
            kept, joined = Cast(Value(name), TextField()), " - "
        withheld = Func(F("withheld"), kept, arg_joiner=joined, template="%(expressions)s", output_field=JSONField())
        self._concern(register, [])
        stored = {"withheld": withheld, name: None if hidden else key, "updated_at": timezone.now(), **words}
        storing.write_where(self._context, rows, **stored)

    def _gather_anew(self) -> None:
        """Whoever is found by words of what was hidden or shown, or is shown again itself, gathers its words anew."""
        for register, records in list(self._records.items()):
            for other, holding in with_words_of(register.model, list(records), by=self._by):
                self._concern(other, holding)
        for register, records in self._records.items():
            if holds_words(register.model):
                now = register.model._base_manager.filter(pk__in=records).order_by("pk")
                gather_anew(register, list(now), self._context)

    def _merged_into(self, register: Register, keys: Sequence[int]) -> None:
        """A page that leads to a hidden record is hidden too, and so on."""
        standing = Merge.objects.standing().filter(register=register.slug, kept_id__in=keys)
        merged = register.model._base_manager.filter(pk__in=standing.values("dropped_id"))
        above = names_of(register.model)
        rows = list(merged.select_related(*above).select_for_update(of=["self"], no_key=True).order_by("pk"))
        if rows:
            self._hold_called_by(rows)
            self._concern(register, rows)
            self._hide_or_show(rows)
            self._write(rows)
            self._merged_into(register, [row.pk for row in rows])

    def _hide_or_show(self, rows: Sequence[Hideable]) -> None:
        """Each is hidden if an administrator says so, or if its own record is, or what it names or was merged into."""
        if not rows:
            return
        model = type(rows[0])
        own = self._hidden_by_themselves(model, rows)
        if issubclass(model, Record):
            own |= merged_into_hidden(model, rows)
        for row in rows:
            above = [getattr(row, name) for name in names_of(model) if name not in model.left_out]
            above += [getattr(row, row.parent)] if isinstance(row, Part) else []
            names_hidden = model.audience.is_public and any(other is not None and other.hidden for other in above)
            if row.pk in own or names_hidden:
                row.hide(is_row=isinstance(row, Part))
            else:
                row.show()

    def _hidden_by_themselves(self, model: type[Hideable], rows: Sequence[Hideable]) -> set[int]:
        if not issubclass(model, Part):
            paths = {row.pk: (row.pk, "") for row in rows}
            slug = directory.of(model).slug
        else:
            register, name = _part_of(model)
            slug = register.slug
            own_rows = (row for row in rows if isinstance(row, Part))
            paths = {row.pk: (getattr(row, f"{model.parent}_id"), f"{name}.{row.key}") for row in own_rows}
        records, wanted = {record for record, _path in paths.values()}, {path for _record, path in paths.values()}
        live = Hidden.objects.live().filter(register=slug, record_id__in=records, path__in=wanted)
        hidden_places = set(live.values_list("record_id", "path"))
        return {pk for pk, place in paths.items() if place in hidden_places}

    def _concern_rows(self, model: type[Hideable], rows: Sequence[Hideable]) -> None:
        if not issubclass(model, Part):
            self._concern(directory.of(model), [row for row in rows if isinstance(row, Record)])
            return
        register, _name = _part_of(model)
        keys = {getattr(row, f"{model.parent}_id") for row in rows} - {*self._records[register]}
        self._concern(register, list(register.model._base_manager.filter(pk__in=keys).order_by("pk")))

    def _concern(self, register: Register, records: Sequence[Record]) -> None:
        """Remember how these records were counted, and which files they showed."""
        fresh = [record for record in records if record.pk not in self._records[register]]
        self._before[register].add(fresh)
        self._files[register] |= public_files(register.form, fresh)
        self._records[register] |= {record.pk: record for record in fresh}

    def _write(self, rows: Sequence[Hideable]) -> None:
        if rows:
            storing.write([(self._context, rows)])

    def _bring_up_to_date(self) -> None:
        """Files, what registers keep beside their records, counts and revisions; always in the same order."""
        for register, records in sorted(self._records.items(), key=lambda pair: pair[0].slug):
            now = list(register.model._base_manager.filter(pk__in=records).order_by("pk"))
            files = public_files(register.form, now)
            publish(files - self._files[register])
            unpublish(self._files[register] - files)
            if now:
                register.bring_up_to_date(now)
            rollup.shift(register.slug, self._before[register], rollup.Tally(now))
        for register in sorted(self._records, key=lambda register: register.slug):
            revisions.raise_revision(register.slug)


def merged_into_hidden(model: type[Record], records: Iterable[Hideable]) -> set[int]:
    """The keys of those of these records that were merged into one that is hidden."""
    standing = Merge.objects.standing().filter(register=directory.of(model).slug)
    into = dict(standing.filter(dropped_id__in=[record.pk for record in records]).values_list("dropped_id", "kept_id"))
    hidden = model._base_manager.filter(pk__in=into.values(), hidden=True) if into else model._base_manager.none()
    kept = set(hidden.values_list("pk", flat=True))
    return {dropped for dropped, key in into.items() if key in kept}


def open_rows(part: type[PartForm], record: Record) -> list[Part]:
    """The rows of a part that are open to whoever reads the register."""
    return list(part._meta.model._default_manager.filter(closed_on=None, **{part._meta.model.parent: record}))


def _part_of(model: type[Part]) -> tuple[Register, str]:
    """The register that has rows of this model, and what it calls them."""
    return next(
        (register, name)
        for register in directory.all_registers()
        for name, part in register.form.parts.items()
        if part._meta.model is model
    )


def _files_of(model: type[Hideable], rows: Iterable[Any]) -> set[UUID]:
    names = _file_columns(model)
    return {getattr(row, name) for row in rows for name in names if names and getattr(row, name)}


def _file_columns(model: type[Hideable]) -> list[str]:
    return [
        field.attname
        for field in model._meta.concrete_fields
        if field.related_model is Attachment and field.name in model.audience.public
    ]
