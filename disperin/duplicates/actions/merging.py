"""Two records of a register become one, and can become two again. Both ways lead through the door of every change.

The record that is closed keeps its number, its page leads to the other one. Nothing is published that was not verified
before: a choice is between two verified values, which is why one person decides (docs/decisions, 0013).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.desk.refusals import NotNow, Refused
from disperin.duplicates.actions.deciding import bring_back, decide_pair, why_not_decide
from disperin.duplicates.actions.references import Turn, carry, hold, kept_of_none_apart, references_to, turns
from disperin.history.models import record_many
from disperin.registers.gate.forms import RecordForm
from disperin.registers.models import ClosedReason, DuplicatePair, Hidden, Merge, Origin, Record
from disperin.registers.pairing.pairs import PairQuerySet, PairState
from disperin.registers.record import directory, numbers
from disperin.registers.record.directory import Register
from disperin.registers.record.models import Part
from disperin.registers.record.moved_last import moved_last
from disperin.registers.record.names import kept_name
from disperin.registers.values.changes import differences
from disperin.registers.values.changes import merge as brought_together
from disperin.registers.values.context import Context
from disperin.registers.values.terms import RowKey, Values
from disperin.submissions import own_words
from disperin.submissions.actions.applying import apply
from disperin.submissions.actions.gathering import hold_lenders
from disperin.submissions.actions.publishing import direct_submission
from disperin.submissions.closing import closing_form
from disperin.submissions.models import Kind, Submission
from disperin.submissions.workflow import WAITING

RowsOfParts = dict[type[Part], tuple[list[Part], list[Part]]]  # of the record that stays, and of the other


class Rows(Context):
    """A context in which records have these rows, by (model, key of the record), whatever the database says."""

    def __init__(self, rows: Mapping[tuple[type[Part], int], list[Part]]) -> None:
        self._rows = rows

    def rows_of(self, model: type[Part], record: Record) -> list[Part]:
        return self._rows.get((model, record.pk), [])


@transaction.atomic
@moved_last()
def merge(
    register: Register,
    keep: Record,
    drop: Record,
    *,
    by: User,
    choices: Collection[str] = (),
    same_rows: Mapping[RowKey, RowKey] | None = None,
    versions: Sequence[int] | None = None,
) -> Merge:
    """Close `drop` as a duplicate of `keep` and carry over whatever points to it; gives the Merge.

    `choices` names the fields whose value is taken from `drop`; its rows are taken over, but for those that
    `same_rows` says `keep` has already (`{key of drop's row: key of keep's}`). `versions` are those that were looked at
    (of keep, of drop). Raises Refused, NotNow (a submission of either waits: it is named; changed or closed meanwhile;
    what points to them would contradict itself, or is of none that stands apart), ValidationError by path if the
    outcome is not valid.
    """
    if reason := why_not_decide(by):
        raise Refused(reason)
    if {*choices} & {*register.model.words_of}:
        hold_lenders(register, [({}, register.form.recorded(drop))])
    keep, drop = _held(register, keep.pk, drop.pk)
    _refuse_closed(keep, drop)
    _refuse_hidden(register, keep, drop)
    _refuse_waiting(register, keep, drop)
    if versions is not None and tuple(versions) != (keep.version, drop.version):
        raise NotNow(_("One of the two records was changed meanwhile. Open the page again."))
    message = own_words.kept("merged", dropped=drop.number, kept=keep.number)
    base, theirs = register.form.recorded(keep), register.form.recorded(drop)
    rows = _rows_of_parts(register, keep, drop)
    same = _same_rows(rows, same_rows or {})
    taken = {
        model: [row for row in others if row.closed_on is None and row.pk not in same[model]]
        for model, (_mine, others) in rows.items()
    }
    wanted = turns(register, drop, keep, same)
    hold(wanted, keep, drop)
    kept_number, dropped_number = _numbers(keep, drop)
    closed = {"closed_on": str(timezone.localdate()), "closed_reason": ClosedReason.DUPLICATE}
    closing = closing_form(register)(closed, instance=drop)
    _store(register, closing, Kind.CLOSE, dropped_number, by=by, message=message)
    carried = carry(wanted, keep, came_from=drop.regency_id, by=by, submission=kept_number)
    form = register.form(
        _joined(register.form, base, theirs, choices, taken),
        instance=keep,
        context=Rows({(model, keep.pk): [*mine, *taken[model]] for model, (mine, _others) in rows.items()}),
    )
    _store(register, form, Kind.CHANGE, kept_number, by=by, message=message, base=base)
    _refuse_of_none_apart(keep, drop, wanted)
    carried.bring_up_to_date()
    moved = [
        Turn(model, row.pk, f"{model.parent}_id", drop.pk, keep.pk) for model, some in taken.items() for row in some
    ]
    made = Merge.objects.create(
        register=register.slug,
        regency_id=keep.regency_id,
        kept_id=keep.pk,
        kept_number=keep.number,
        dropped_id=drop.pk,
        dropped_number=drop.number,
        kept_submission=kept_number,
        choices=sorted(choices),
        same_rows=dict(same_rows or {}),
        moved=[turn.as_kept() for turn in (*moved, *carried.turned)],
        merged_by=by,
    )
    _decide_pairs(register, keep, drop, by)
    record_many([("merge", keep, {"record": drop.number}), ("merge_away", drop, {"record": keep.number})], by=by)
    return made


@transaction.atomic
@moved_last()
def unmerge(made: Merge, *, by: User) -> Merge:
    """Make two records of one again; gives the Merge, whose `left` says what was changed since and stays as it is.

    The kept record gets back what it held before, where nobody changed it since; what was carried over goes back to
    the other, which is opened again. Raises Refused, NotNow, ValidationError by path, as `merge`.
    """
    if reason := why_not_decide(by):
        raise Refused(reason)
    register = directory.get(made.register)
    if {*made.choices} & {*register.model.words_of}:
        hold_lenders(register, [({}, Submission.objects.get(number=made.kept_submission).base)])
    keep, drop = _held(register, made.kept_id, made.dropped_id)
    made.refresh_from_db()  # only whoever holds the closed record ends its merge
    if made.undone_at:
        raise NotNow(_("This merge was undone already."))
    if keep.closed_on:
        raise NotNow(_("%(number)s is closed. Reopen it first, or undo its own merge.") % {"number": keep.number})
    _refuse_hidden(register, keep, drop)
    _refuse_waiting(register, keep, drop)
    message = own_words.kept("unmerged", dropped=drop.number, kept=keep.number)
    back = [Turn.of_kept(kept_turn, back=True) for kept_turn in made.moved]
    rows = _rows_of_parts(register, keep, drop)
    returning: dict[type[Part], list[Part]] = {
        model: [row for row in mine if row.closed_on is None and any(turn.is_of(row) for turn in back)]
        for model, (mine, _others) in rows.items()
    }
    keys = {str(row.key) for some in returning.values() for row in some}
    plain = [turn for turn in back if not any(turn.is_of(row) for some in returning.values() for row in some)]
    plain += _since(register, keep, drop, returning, plain)
    hold(plain, drop, keep)
    kept_number, dropped_number = _numbers(keep, drop)
    base = register.form.recorded(keep)
    values, left = _restored(register.form, base, made, keys)
    carried = carry(plain, drop, came_from=keep.regency_id, by=by, submission=dropped_number)
    form = register.form(values, instance=keep)  # closes the rows that go; the other record opens them again
    _store(register, form, Kind.CHANGE, kept_number, by=by, message=message, base=base)
    context = Rows({(model, drop.pk): [*others, *returning[model]] for model, (_mine, others) in rows.items()})
    drop.closed_on, drop.closed_reason = None, ""
    form = register.form(register.form.recorded(drop, context=context), instance=drop, context=context)
    _store(register, form, Kind.REOPEN, dropped_number, by=by, message=message)  # which ends the merge
    carried.bring_up_to_date()
    made.refresh_from_db()
    made.left = left + [f"{turn.model._meta.label_lower}:{turn.pk}" for turn in carried.missed]
    made.save(update_fields=["left"])
    for pair in _pairs(register, keep, drop).filter(state=PairState.MERGED):
        bring_back(pair, by=by)
    return made


def _held(register: Register, keep: int, drop: int) -> tuple[Record, Record]:
    """Both records as they are now, held until the transaction ends; always in one order."""
    if keep == drop:
        raise NotNow(_("A record cannot be merged with itself."))
    held = register.model.objects.select_for_update(of=["self"], no_key=True).order_by("pk")
    records = {record.pk: record for record in held.filter(pk__in=[keep, drop])}
    return records[keep], records[drop]


def _refuse_closed(*records: Record) -> None:
    for record in records:
        if record.closed_on is not None:
            raise NotNow(_("%(number)s is closed already.") % {"number": record.number})


def _refuse_hidden(register: Register, *records: Record) -> None:
    """What is hidden of one must not come to light as a value of the other."""
    hidden = Hidden.objects.live().filter(register=register.slug, record_id__in=[record.pk for record in records])
    hidden_numbers = sorted(
        {*hidden.values_list("record_number", flat=True), *(record.number for record in records if record.hidden)}
    )
    if hidden_numbers:
        text = _("Not possible while something of these is hidden from the public: %(numbers)s. Show it first.")
        raise NotNow(text % {"numbers": ", ".join(hidden_numbers)})


def _refuse_waiting(register: Register, *records: Record) -> None:
    """A decision on either would be made on what is not there any more: it comes first."""
    waiting = Submission.objects.filter(
        register=register.slug, record_id__in=[record.pk for record in records], status__in=WAITING
    )
    if waiting_numbers := ", ".join(waiting.order_by("pk").values_list("number", flat=True)):
        raise NotNow(
            _("Not possible while a submission waits: %(numbers)s. Decide it first.") % {"numbers": waiting_numbers}
        )


def _refuse_of_none_apart(keep: Record, drop: Record, wanted: Collection[Turn]) -> None:
    """What stands apart takes over nothing that is proposed of none such; what it had itself stays."""
    if keep.stands_apart and not drop.stands_apart and (carried_numbers := kept_of_none_apart(wanted)):
        text = _(
            "Kept as %(what)s, %(number)s cannot take over these of %(dropped)s: %(numbers)s. Keep %(dropped)s "
            "instead, choose from it what makes the difference, or correct one of the two first."
        )
        numbers_told = ", ".join(carried_numbers)
        words = {"what": keep.label_of_one, "number": keep.number, "dropped": drop.number, "numbers": numbers_told}
        raise NotNow(text % words)


def _rows_of_parts(register: Register, keep: Record, drop: Record) -> RowsOfParts:
    """`{model of a part: (rows of the one, rows of the other)}`, closed ones too."""
    models = [part._meta.model for part in register.form.parts.values()]
    return {model: (_rows_of(model, keep), _rows_of(model, drop)) for model in models}


def _rows_of(model: type[Part], record: Record) -> list[Part]:
    return list(model._default_manager.filter(**{model.parent: record}))


def _same_rows(rows: RowsOfParts, said: Mapping[RowKey, RowKey]) -> dict[type[Part], dict[int, int]]:
    """`{model: {pk: pk}}` of `{key: key}`; raises ValidationError for a key that no such row has."""
    same: dict[type[Part], dict[int, int]] = {model: {} for model in rows}
    for theirs, mine in said.items():
        for model, (kept, dropped) in rows.items():
            ours = {str(row.key): row.pk for row in kept if row.closed_on is None}
            others = {str(row.key): row.pk for row in dropped}
            if theirs in others and mine in ours:
                same[model][others[theirs]] = ours[mine]
                break
        else:
            raise ValidationError({"__all__": ValidationError(_("These records have no such rows."), "unknown_row")})
    return same


def _joined(
    form_class: type[RecordForm],
    mine: Values,
    theirs: Values,
    choices: Collection[str],
    taken: Mapping[type[Part], Sequence[Part]],
) -> Values:
    """The values of one record, with the fields of the other that were chosen and the rows that are taken over."""
    if unknown := [name for name in choices if name not in form_class.base_fields]:
        raise ValidationError({str(unknown[0])[:80]: ValidationError(_("There is no such field."), "unknown_field")})
    keys = {str(row.key) for some in taken.values() for row in some}
    rows = {name: [*mine[name], *(row for row in theirs[name] if row["key"] in keys)] for name in form_class.parts}
    return {**mine, **{name: theirs[name] for name in choices}, **rows}


def _numbers(keep: Record, drop: Record) -> tuple[str, str]:
    """A submission's number for each of the two, the regencies in order: other verbs take theirs so too."""
    taken = {}
    for either in sorted((keep, drop), key=lambda record: (record.regency_id, record.pk)):
        (taken[either.pk],) = numbers.take(Submission.prefix, either.regency_id)
    return taken[keep.pk], taken[drop.pk]


def _store(
    register: Register, form: RecordForm, kind: Kind, number: str, *, by: User, message: str, base: Values | None = None
) -> None:
    """Apply a form through the door, with a submission that says so for ever."""
    if not form.is_valid():
        raise ValidationError(form.problems)
    record = form.instance
    submission = direct_submission(register, kind, by=by, record=record)
    submission.number, submission.message, submission.regency_id = number, message, record.regency_id
    form_class = submission.form_class
    entered, _typed = form.entered()
    submission.base = base or {}
    known = {*form_class.base_fields, *form_class.parts}
    submission.values = {name: value for name, value in entered.items() if name in known}
    changes = differences(submission.base, submission.values, form_class.parts)
    submission.fields_changed = [change.path for change in changes][:500]
    apply(form, submission, by=by, origin=Origin(record.origin))  # merging brings together, it checks nothing
    submission.title = kept_name(record)
    submission.save()


def _restored(form_class: type[RecordForm], current: Values, made: Merge, gone: set[str]) -> tuple[Values, list[str]]:
    """What the kept record is to hold again, without the rows that are gone; and what was changed since and stays."""
    done = Submission.objects.get(number=made.kept_submission)
    base, proposed, now = (_without(state, gone, form_class) for state in (done.values, done.base, current))
    outcome = brought_together(base, proposed, now, form_class.parts)
    return outcome.values, [conflict.path for conflict in outcome.conflicts]


def _without(state: Values, keys: Collection[RowKey], form_class: type[RecordForm]) -> Values:
    """A state without these rows."""
    return {
        name: [row for row in value if row["key"] not in keys] if name in form_class.parts else value
        for name, value in state.items()
    }


def _since(
    register: Register,
    keep: Record,
    drop: Record,
    returning: Mapping[type[Part], Sequence[Part]],
    known: Collection[Turn],
) -> Iterator[Turn]:
    """Turns for what came to the returning rows since the merge, such as a new star of a product."""
    turned = {(turn.model, turn.pk) for turn in known}
    for model, rows in returning.items():
        for other, _column, pointing in references_to(model, [row.pk for row in rows]):
            for field in other._meta.concrete_fields:
                if field.is_relation and field.related_model is register.model:
                    wanted = other._base_manager.filter(pk__in=[pk for pk, _key in pointing], **{field.name: keep.pk})
                    for pk in wanted.order_by("pk").values_list("pk", flat=True):
                        if (other, pk) not in turned:
                            yield Turn(other, pk, field.attname, keep.pk, drop.pk)


def _pairs(register: Register, *records: Record) -> PairQuerySet:
    keys = sorted(record.pk for record in records)
    return DuplicatePair.objects.filter(register=register.slug, first_id=keys[0], second_id=keys[1])


def _decide_pairs(register: Register, keep: Record, drop: Record, by: User) -> None:
    """The pair is decided; others of the closed record are none any more."""
    for pair in _pairs(register, keep, drop).select_for_update(of=["self"]):
        decide_pair(pair, PairState.MERGED, by=by)
    rest = DuplicatePair.objects.filter(register=register.slug, state=PairState.OPEN)
    rest.filter(first_id=drop.pk).delete()
    rest.filter(second_id=drop.pk).delete()
