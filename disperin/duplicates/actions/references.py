"""What points to one record is turned to another: stars, certificates, tasks, inquiries, whatever register or app.

Found by asking the models themselves for their foreign keys, so that no app is named here. What goes with its record
(`CASCADE`) is kept beside it by `keep_up` and is not carried.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.desk.refusals import NotNow
from disperin.inquiries.models import Inquiry
from disperin.regions.reach import HasRegency
from disperin.registers.gate.placed_by import FollowingForm
from disperin.registers.models import Part, Record
from disperin.registers.record import directory, revisions, rollup, storing
from disperin.registers.record.directory import Register
from disperin.registers.record.withholding import Hideable
from disperin.registers.values.columns import column
from disperin.submissions.actions.gathering import MOST, gather_anew, holders_of, leave_to_job
from disperin.submissions.actions.moving_what_waits import hold_open, move_what_waits, take_hidings_along
from disperin.submissions.models import Submission

MOST_NAMED = 5  # records of a register that a refusal names


@dataclass(frozen=True)
class Turn:
    """One reference: the column of a row, the value that it has, the one it is to get."""

    model: type[models.Model]
    pk: int
    column: str
    old: object
    new: object

    def is_of(self, row: Model) -> bool:
        """Is it about this row?"""
        return isinstance(row, self.model) and row.pk == self.pk

    def as_kept(self) -> list[Any]:
        """As JSON keeps it."""
        return [self.model._meta.label_lower, self.pk, self.column, self.old, self.new]

    @classmethod
    def of_kept(cls, kept: Sequence[Any], *, back: bool = False) -> "Turn":
        """The Turn that was kept, or the one that takes it back."""
        label, pk, column, old, new = kept
        return cls(apps.get_model(label), pk, column, *((new, old) if back else (old, new)))


@dataclass
class Carried:
    """What was turned, and the records that it made another version of."""

    home: Record  # what all points to now
    came_from: str  # the regency of what it pointed to
    by: User
    turned: list[Turn] = field(default_factory=list)
    missed: list[Turn] = field(default_factory=list)  # rows that are gone, or were turned elsewhere meanwhile
    _records: dict = field(default_factory=lambda: defaultdict(list))  # Register -> records
    _before: dict = field(default_factory=dict)  # slug -> rollup.Tally

    def bring_up_to_date(self) -> None:
        """Bring up to date what is kept beside the records; call it last, as `apply` does.

        What waits for people came with what pointed to the other record: see `move_what_waits`.
        """
        if self.came_from != self.home.regency_id:
            move_what_waits(directory.of(type(self.home)), {self.home: self.came_from}, by=self.by)
        for register, records in sorted(self._records.items(), key=lambda pair: pair[0].slug):
            register.bring_up_to_date(records)
            rollup.shift(register.slug, self._before[register.slug], rollup.Tally(records))
            revisions.raise_revision(register.slug)


def references_to(
    model: type[Hideable], keys: Sequence[int]
) -> Iterator[tuple[type[Model], str, list[tuple[int, int]]]]:
    """`(model, column, [(pk, key)])` of every foreign key to rows of `model` with these keys that protects them."""
    for other, name in _pointing_to(model):
        rows = other._base_manager.filter(**{f"{name}__in": keys}).order_by("pk")
        yield other, f"{name}_id", list(rows.values_list("pk", f"{name}_id"))


def _pointing_to(model: type[Hideable]) -> Iterator[tuple[type[Model], str]]:
    """`(model, name)` of every foreign key to `model` that protects its rows."""
    for other in apps.get_models():
        for model_field in other._meta.concrete_fields:
            if (
                isinstance(model_field, models.ForeignKey)
                and model_field.related_model is model
                and model_field.remote_field.on_delete is models.PROTECT
            ):
                yield other, model_field.name


def is_pointed_to_by_many(register: Register, drop: Record, most: int) -> bool:
    """Whether more rows than `most` would be turned with this record; looks at no more than it needs."""
    parts = [part._meta.model for part in register.form.parts.values()]
    wanted = [(register.model, {"pk": drop.pk}), *((part, {part.parent: drop}) for part in parts)]
    left = most
    for model, of in wanted:
        for other, name in _pointing_to(model):
            pointing = other._base_manager.filter(**{f"{name}__{column}": value for column, value in of.items()})
            left -= len(pointing.values_list("pk")[: left + 1])
            if left < 0:
                return True
    for _other, rows in _naming(register, drop):
        left -= len(rows.values_list("pk")[: left + 1])
        if left < 0:
            return True
    return False


def turns(
    register: Register, drop: Record, keep: Record, same_rows: Mapping[type[Part], Mapping[int, int]]
) -> list[Turn]:
    """The Turns that bring all that points to `drop` to `keep`, but for the rows that the form of `keep` takes over.

    `same_rows` says by model of a part which row of `keep` stands for which of `drop`, as `{pk: pk}`.
    """
    wanted, parts = [], {part._meta.model for part in register.form.parts.values()}
    for model in parts:
        same = same_rows.get(model, {})
        rest = model._base_manager.filter(**{model.parent: drop}).exclude(pk__in=same).order_by("pk")
        if drop.regency_id != keep.regency_id:  # what lies where they lie moves with them
            same = {**same, **{pk: pk for pk in rest.values_list("pk", flat=True)}}
        for other, name, rows in references_to(model, list(same)):
            wanted += [Turn(other, pk, name, key, same[key]) for pk, key in rows]
        closed = rest.exclude(closed_on=None).values_list("pk", flat=True)
        wanted += [Turn(model, pk, f"{model.parent}_id", drop.pk, keep.pk) for pk in closed]
    for other, name, rows in references_to(register.model, [drop.pk]):
        if other not in parts:
            wanted += [Turn(other, pk, name, drop.pk, keep.pk) for pk, _key in rows]
    for other, named in _naming(register, drop):
        keys = named.values_list("pk", flat=True)
        wanted += [Turn(other, pk, "record_number", drop.number, keep.number) for pk in keys]
    return wanted


def kept_of_none_apart(wanted: Iterable[Turn]) -> list[str]:
    """The numbers of the open records among these that are proposed of nothing that stands apart; some of many."""
    keys = defaultdict(list)
    for turn in wanted:
        if issubclass(turn.model, Record):
            form = directory.of(turn.model).form
            if issubclass(form, FollowingForm) and turn.column.removesuffix("_id") in form.never_apart:
                keys[turn.model].append(turn.pk)
    some = (model.objects.unclosed().filter(pk__in=pks).order_by("number") for model, pks in keys.items())
    return [number for records in some for number in records.values_list("number", flat=True)[:MOST_NAMED]]


def hold(wanted: Sequence[Turn], home: Record, other: Record) -> None:
    """Hold the rows of these Turns, and before them what is proposed of those that are to lie elsewhere then.

    After them what is kept beside all that will be stored: `home`, to which they are turned, the `other`, and theirs.
    To be called before numbers are taken: whoever begins a draft of such a row holds it, and then takes a number.
    """
    if other.regency_id != home.regency_id:
        models = sorted({turn.model for turn in wanted if issubclass(turn.model, Record)}, key=str)
        hold_open({directory.of(model): [turn.pk for turn in wanted if turn.model is model] for model in models})
    stored = defaultdict(list, {directory.of(type(home)): [home, other]})
    for row in _held(wanted).values():
        if isinstance(row, Record):
            stored[directory.of(type(row))].append(row)
    directory.hold_beside(stored)


def carry(wanted: Sequence[Turn], home: Record, *, came_from: str, by: User, submission: str) -> Carried:
    """Do these Turns; gives what was Carried. Rows that lie where their record lies come to the regency of `home`.

    `came_from` is the regency (its code) of the record that all this pointed to.
    Each record that is concerned gets its next version, in whose history `submission` (a number) stands. Raises NotNow
    where two rows would contradict each other then; nothing is turned.
    """
    rows, carried = _held(wanted), Carried(home, came_from, by)
    by_row = defaultdict(list)
    for turn in wanted:
        row = rows.get((turn.model, turn.pk))
        if row is None or getattr(row, turn.column) != turn.old:
            carried.missed.append(turn)
        else:
            carried.turned.append(turn)
            by_row[row].append(turn)
    records, plain = _concerned(by_row, home)
    for record in records:
        slug = directory.of(type(record)).slug
        carried._before.setdefault(slug, rollup.Tally()).add([record])
        carried._records[directory.of(type(record))].append(record)
    left: defaultdict[Register, dict[Record, str]] = defaultdict(dict)
    for row, done in by_row.items():
        for turn in done:
            setattr(row, turn.column, turn.new)
        if isinstance(row, HasRegency) and (not isinstance(row, Record) or _follows(row, done)):
            if isinstance(row, Record) and row.regency_id != home.regency_id:
                left[directory.of(type(row))][row] = row.regency_id
                take_hidings_along(directory.of(type(row)), [row], home.regency_id)
            row.regency_id = home.regency_id
    context = {"submission": submission, "user": by.pk}
    groups = [(context, [*some]) for some in _versions(records, by_row)]
    try:
        with transaction.atomic():
            storing.write([*groups, (context, plain)])
    except IntegrityError as error:
        raise NotNow(_in_words(error)) from error
    for register, followed in left.items():
        move_what_waits(register, followed, by=by)
    for register, some in carried._records.items():  # words that a search looks through may name what they pointed to
        lent = [name for other, name in holders_of(type(home)) if other is register.model]
        if len(some) > MOST and lent:
            leave_to_job(register, lent[0], home.pk, by=by)
        else:
            gather_anew(register, some, context)
    return carried


def _naming(register: Register, record: Record) -> Iterator[tuple[type[Model], QuerySet[Any]]]:
    """`(model, its rows)` that name a record by register and number, not by key: inquiries; history keeps its own."""
    for other in apps.get_models():
        columns = {model_field.name for model_field in other._meta.concrete_fields}
        if {"register", "record_number"} <= columns and other is not Submission:
            named = other._base_manager.filter(register=register.slug, record_number=record.number)
            yield other, named.order_by("pk")


def _held(wanted: Iterable[Turn]) -> dict[tuple[type[Model], int], Any]:
    """`{(model, pk): row}` of the rows to be turned, held until the end of the transaction."""
    keys = defaultdict(set)
    for turn in wanted:
        keys[turn.model].add(turn.pk)
    return {
        (model, row.pk): row
        for model, some in sorted(keys.items(), key=lambda pair: pair[0]._meta.label)
        for row in model._base_manager.select_for_update(of=["self"], no_key=True).filter(pk__in=some).order_by("pk")
    }


def _concerned(rows: Mapping[Any, Sequence[Turn]], home: Record) -> tuple[list[Record], list[Inquiry]]:
    """The records that get another version by these rows, and the rows that belong to none, or to `home` itself."""
    records, plain = {}, []
    for row in rows:
        if isinstance(row, Record):
            records[type(row), row.pk] = row
        elif not isinstance(row, Part) or _parent_of(row)[0] is type(home):
            plain.append(row)  # a row of `home` goes over with its record, which is stored anew anyway
    for model, pk in sorted({_parent_of(row) for row in rows if isinstance(row, Part)} - {*records}, key=str):
        if model is not type(home):
            records[model, pk] = model._base_manager.select_for_update(of=["self"], no_key=True).get(pk=pk)
    return list(records.values()), plain


def _versions(records: Sequence[Record], rows: Mapping[Any, Sequence[Turn]]) -> Iterator[list[Any]]:
    """Each record with its rows that were turned, as its next version."""
    for record in records:
        record.version += 1
        mine = (row for row in rows if isinstance(row, Part) and _parent_of(row) == (type(record), record.pk))
        yield [record, *mine]


def _parent_of(row: Part) -> tuple[type[Record], int]:
    """The model and the key of the record that a row of a part belongs to."""
    parent = column(row, row.parent)
    return cast("type[Record]", parent.related_model), getattr(row, parent.attname)


def _follows(record: Record, done: Sequence[Turn]) -> bool:
    leaders = {f"{name}_id" for name in (record.regency_from, record.regency_or_from) if name}
    return any(turn.column in leaders for turn in done)


def _in_words(error: IntegrityError) -> str:
    """Which rule two rows would break, in the words of the model that has it."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                values = {"what": model._meta.verbose_name_plural, "why": constraint.get_violation_error_message()}
                return _("Not possible yet, because of the %(what)s: %(why)s Settle that first.") % values
    return _("Not possible yet: two rows would contradict each other. Settle that first.")
