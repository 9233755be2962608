"""The one place where a register is written: records, their rows, numbers, files, counts and history."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.attachments.actions import publish, unpublish
from disperin.desk.refusals import NotNow
from disperin.history.models import Deed
from disperin.history.models import record_many as write_history
from disperin.registers.gate.forms import RecordForm
from disperin.registers.hiding.hidden import Place
from disperin.registers.models import ClosedReason, Hidden, Merge, Origin
from disperin.registers.record import directory, known_words, numbers, revisions, rollup, storing
from disperin.registers.record.directory import Register
from disperin.registers.record.models import Record
from disperin.registers.record.moved_last import moved_last
from disperin.registers.record.withholding import names_of, veil
from disperin.registers.values.terms import Path
from disperin.submissions.actions.gathering import gather_anew, holders_of, with_words_of
from disperin.submissions.actions.moving_followers import count_followers, move_followers
from disperin.submissions.actions.spreading import Spread, merged_into_hidden, parts_with_files, public_files
from disperin.submissions.models import Kind, Submission

Shown = tuple[Record, Submission, list[Path]]  # a stored record, what changed it, and what is hidden no longer


def locked_records(model: type[Record], submissions: Iterable[Submission]) -> dict[int, Record]:
    """`{pk: record}` of the records of one register that these submissions change, held until the transaction ends.

    Their keys never change, so that rows which merely point to them need not wait. By whose names they are newly to be
    found is held before the submissions (`hold_lenders`).
    """
    keys = {submission.record_id for submission in submissions} - {None}
    locked = model.objects.select_for_update(of=["self"], no_key=True)
    return {record.pk: record for record in locked.filter(pk__in=keys).order_by("pk")} if keys else {}


def apply(
    form: RecordForm, submission: Submission, *, by: User, origin: Origin | None = None, deeds: list[Deed] | None = None
) -> Record:
    """As `apply_many`, of one; gives the record."""
    apply_many([(form, submission)], by=by, origin=origin, deeds=deeds)
    return form.instance


@moved_last()
def apply_many(
    pairs: Sequence[tuple[RecordForm, Submission]],
    *,
    by: User,
    origin: Origin | None = None,
    deeds: list[Deed] | None = None,
) -> None:
    """Store what each valid form of `[(form, submission)]` holds, as the next version of its record.

    All are of one register, each of another record, held by the caller. Locks in one order (records, numbers, what is
    kept beside them, and last what is `moved_last`) so that two verifiers never wait for each other. Raises NotNow if
    one contradicts what was stored a moment ago; nothing is stored then. The number of queries does not depend on how
    many there are. `origin` is what these versions say of where they come from; without it they are verified. Closing
    and reopening alone say nothing of what a record holds: one that nobody checked stays unchecked. What the history is
    to remember is added to `deeds`, for a caller who writes it with what follows; without them it is written here.
    """
    register = directory.of(pairs[0][0]._meta.model)
    records = [form.instance for form, _submission in pairs]
    known = [record.pk for record in records if record.pk]
    stored = register.model.objects.in_bulk(known) if known else {}
    before = rollup.Tally(stored.values())
    parts = parts_with_files(register.form, [form for form, _submission in pairs])
    files_before = public_files(register.form, stored.values(), parts)
    for record, (_form, submission) in zip(records, pairs, strict=True):
        record.version += 1
        if origin or record.is_verified or submission.is_about_content:
            record.verified_at, record.origin = timezone.now(), origin or Origin.VERIFIED
    _name_what_is_new(register, [form for form, _submission in pairs])
    _keep_hidden(register, pairs)
    try:
        with transaction.atomic(savepoint=False):  # what fails here ends the whole transaction of the verb
            shown, less = _store(pairs, stored, by)
            left = {record: stored[record.pk].regency_id for record in records if record.pk in stored}
            left = {record: place for record, place in left.items() if place != record.regency_id}
            moved = move_followers(left, by=by, but=[submission.pk for _form, submission in pairs if submission.pk])
    except IntegrityError as error:  # somebody stored a rival between our check and now
        raise NotNow(_("A record that contradicts this one was stored a moment ago. Open the review again.")) from error
    files = public_files(register.form, records, parts)
    publish(files - files_before)
    unpublish(files_before - files)
    done: list[Deed] = [
        *(
            (
                "change" if form.instance.pk in stored else "create",
                form.instance,
                {
                    "submission": submission.number,
                    "version": form.instance.version,
                    "fields": submission.fields_changed,
                },
            )
            for form, submission in pairs
        ),
        *_end_merges(register, stored, records, by),
        *_end_hiding(register, shown, by),
    ]
    if deeds is None:
        write_history(done, by=by)
    else:
        deeds += done
    known_words.remember(register.slug, " ".join(getattr(record, "search_text", "") for record in records))
    register.bring_up_to_date(records, are_new=not known)
    words_moved = _words_moved(register, stored, records, by)
    count_followers(moved)
    rollup.shift(register.slug, before, rollup.Tally(records))
    less = less or any(_holds_less(record, stored.get(record.pk)) for record in records)
    for slug in sorted({register.slug, *words_moved}):
        revisions.raise_revision(slug, less=less if slug == register.slug else True)
    _show_whole(register, shown, by)


def _name_what_is_new(register: Register, forms: Sequence[RecordForm]) -> None:
    """Give new records, and the new rows of all, the keys by which they are stored and the numbers they have for good.

    Two queries. A row's number is of the regency of its record; records come first, then part by part.
    """
    fresh = [form.instance for form in forms if not form.instance.number]
    rows = [
        (row.instance, form.instance)
        for name in register.form.parts
        for form in forms
        for row in form.rows.get(name, ())  # closing has none
        if row.instance.pk is None
    ]
    storing.give_keys([*(record for record in fresh if record.pk is None), *(row for row, _record in rows)])
    numbers.give_each(
        [
            *((register.model.prefix, record.regency_id, record) for record in fresh),
            *((row.prefix, record.regency_id, row) for row, record in rows if row.prefix),
        ]
    )


def _words_moved(register: Register, stored: Mapping[int, Record], records: Sequence[Record], by: User) -> set[str]:
    """Let whoever is found by the names of these records be found by their new ones; gives the registers' slugs."""
    if not holders_of(register.model):
        return set()
    called = [record.pk for record in records if record.pk in stored and _name(stored[record.pk]) != _name(record)]
    slugs = set()
    for other, holding in with_words_of(register.model, called, by=by):
        gather_anew(other, holding, {"submission": "", "user": by.pk})
        slugs.add(other.slug)
    return slugs


def _name(record: Any) -> str:
    return str(record.name)


def _store(
    pairs: Sequence[tuple[RecordForm, Submission]], stored: Mapping[int, Record], by: User
) -> tuple[list[Shown], bool]:
    """The records with their rows, each under a context that names its submission; `stored` are they as they were.

    Gives `[(record, submission, paths)]` of what was hidden and is not any more, because just that was changed,
    and whether rows hold less than before.
    """
    for form, _submission in pairs:
        veil(form)
        form.complete()
    shown, groups, less = [], [], False
    for form, submission in pairs:
        rows = list(form.rows_to_store())
        less = less or any(not row._state.adding and row.closed_on for row in rows) or _empties_rows(form)
        if form.uncovered:
            shown.append((form.instance, submission, form.uncovered))
        groups.append(({"submission": submission.number, "user": by.pk}, [form.instance, *rows]))
    storing.write(groups)
    return shown, less


def _holds_less(record: Record, before: Record | None) -> bool:
    """Has a stored record closed, left its list for another, or lost a value: a telephone number, a consent?"""
    if before is None:
        return False
    columns = [field.attname for field in record._meta.concrete_fields]
    leaves = (record.closed_on and not before.closed_on) or record.stands_apart != before.stands_apart
    return bool(leaves) or any(_loses(getattr(before, column), getattr(record, column)) for column in columns)


def _loses(before: Any, now: Any) -> bool:
    """Is a value gone, or something that a list or object held?"""
    if isinstance(before, list) and isinstance(now, list):
        return any(item not in now for item in before)
    if isinstance(before, dict) and isinstance(now, dict):
        return any(_loses(value, now.get(name)) for name, value in before.items())
    return bool(before) and not now


def _empties_rows(form: RecordForm) -> bool:
    """Does a stored row lose a value?"""
    return any(
        _loses(row.initial.get(name), row.cleaned_data.get(name))
        for rows in form.rows.values()
        for row in rows
        if not row.instance._state.adding
        for name in row.changed_data
    )


def _keep_hidden(register: Register, pairs: Sequence[tuple[RecordForm, Submission]]) -> None:
    """A record stays hidden while it is so by itself; what it names, or became, is asked anew at each storing."""
    kinds = {form.instance: submission.kind for form, submission in pairs if form.instance.hidden}
    hidden = list(kinds)
    if hidden:
        live = Hidden.objects.live().filter(
            register=register.slug, record_id__in=[record.pk for record in hidden], path=""
        )
        still = set(live.values_list("record_id", flat=True))
        became = merged_into_hidden(register.model, hidden)
        for record in hidden:
            record.hidden = record.pk in still
            is_merged = record.closed_reason == ClosedReason.DUPLICATE and kinds[record] != Kind.REOPEN
            record.became_hidden = is_merged and record.pk in became
            for name in names_of(register.model):
                getattr(record, name)  # so that `veil` knows it


def _end_hiding(register: Register, shown: Sequence[Shown], by: User) -> list[tuple[str, Record, dict[str, Any]]]:
    """What was hidden and has been changed is public: end what says that it is hidden; gives the deeds."""
    deeds = []
    for record, submission, paths in shown:
        touched = Q(path__in=paths)
        for path in paths:
            touched |= Q(path__startswith=f"{path}.")
        live = Hidden.objects.live().of_record(register.slug, record.pk).filter(touched)
        live.update(ended_by=by, ended_at=timezone.now(), ended_with=submission.number)
        deeds.append(("show_changed", record, {"submission": submission.number, "fields": paths}))
    return deeds


def _show_whole(register: Register, shown: Sequence[Shown], by: User) -> None:
    """What names a record or row that is not hidden any more is shown with it, and so are the rows of the record."""
    for record, _submission, paths in shown:
        for path in sorted(path for path in paths if path.count(".") != 2 and (not path or "." in path)):
            name, _dot, key = path.partition(".")
            row = register.form.parts[name]._meta.model.objects.get(key=key) if path else record
            Spread(by).from_place(register, record, Place(path, "", row))


def _end_merges(
    register: Register, stored: Mapping[int, Record], records: Sequence[Record], by: User
) -> list[tuple[str, Record, dict[str, Any]]]:
    """End the merges of those that are no duplicates any more, reopened or closed for another reason; gives the deeds.

    So a merge stands exactly as long as its closed record is a duplicate.
    """
    freed = {
        record.pk: record
        for record in records
        if record.pk in stored and stored[record.pk].closed_reason == ClosedReason.DUPLICATE != record.closed_reason
    }
    if not freed:
        return []
    standing = Merge.objects.standing().filter(register=register.slug, dropped_id__in=freed)
    ended = list(standing)
    standing.update(undone_by=by, undone_at=timezone.now())
    kept = register.model.objects.in_bulk({merge.kept_id for merge in ended})
    return [
        ("unmerge", record, {"record": number})
        for merge in ended
        for record, number in (
            (kept[merge.kept_id], merge.dropped_number),
            (freed[merge.dropped_id], merge.kept_number),
        )
    ]
