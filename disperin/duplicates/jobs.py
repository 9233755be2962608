"""What takes longer than a page may: where very much points to a record, a job merges it, or takes its merge back."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import TaskContext, task

from disperin.accounts.models import User
from disperin.desk.refusals import NotNow, Refused
from disperin.duplicates.actions import deciding
from disperin.duplicates.actions.deciding import refuse_decided, why_not_decide
from disperin.duplicates.actions.merging import merge, unmerge
from disperin.duplicates.actions.references import is_pointed_to_by_many
from disperin.jobs.locks import alone
from disperin.jobs.tasks import order_later, subjects_of, told_if_given_up
from disperin.notices.actions import tell, tell_given_up, tell_once
from disperin.registers.models import DuplicatePair, Merge, Record
from disperin.registers.pairing.pairs import PairState
from disperin.registers.record import directory
from disperin.registers.record.directory import Register
from disperin.registers.values.terms import RowKey
from disperin.submissions.presentation.problems import in_words

MOST = 500  # rows that are turned while somebody waits


@transaction.atomic
def begin_merge(
    pair: DuplicatePair,
    register: Register,
    keep: Record,
    drop: Record,
    *,
    by: User,
    versions: Sequence[int],
    choices: Collection[str] = (),
    same_rows: Mapping[RowKey, RowKey] | None = None,
) -> Merge | None:
    """As `merge`, of an open pair; None where so much points to `drop` that a job does it, and tells `by` how it went.

    Raises as `merge`; NotNow while a job is at it, and for a pair that is decided. What a job meets is told to `by`.
    """
    if not is_pointed_to_by_many(register, drop, MOST):
        _refuse_taken(pair)
        return merge(register, keep, drop, by=by, choices=choices, same_rows=same_rows, versions=versions)
    if reason := why_not_decide(by):
        raise Refused(reason)
    _refuse_taken(DuplicatePair.objects.select_for_update(of=["self"]).get(pk=pair.pk))
    rows = dict(same_rows or {})
    carry_out.enqueue(pair.pk, register.slug, keep.pk, drop.pk, by.pk, sorted(choices), rows, list(versions))
    return None


@transaction.atomic
def dismiss(pair: DuplicatePair, *, by: User, note: str) -> DuplicatePair:
    """As the verb of this name; NotNow while a job merges them, too."""
    if reason := why_not_decide(by):
        raise Refused(reason)
    _refuse_taken(DuplicatePair.objects.select_for_update(of=["self"]).get(pk=pair.pk))
    return deciding.dismiss(pair, by=by, note=note)


@transaction.atomic
def begin_unmerge(made: Merge, *, by: User) -> Merge | None:
    """As `unmerge`; None where so much was carried over that a job takes it back, and tells `by` how it went."""
    made = Merge.objects.select_for_update(of=["self"]).get(pk=made.pk) if len(made.moved) > MOST else made
    if is_being_undone(made):
        raise NotNow(_("This merge is being undone just now. Whoever ordered it is told how it went."))
    if len(made.moved) <= MOST or made.undone_at:
        return unmerge(made, by=by)
    if reason := why_not_decide(by):
        raise Refused(reason)
    take_back.enqueue(made.pk, by.pk)
    return None


def is_at_work(pair: DuplicatePair) -> bool:
    """Is a job merging this pair, or about to?"""
    return pair.state == PairState.OPEN and pair.pk in subjects_of(carry_out)


def is_being_undone(made: Merge) -> bool:
    """Is a job undoing this merge, or about to?"""
    return made.undone_at is None and made.pk in subjects_of(take_back)


@task(takes_context=True)
def carry_out(
    context: TaskContext,
    key: int,
    slug: str,
    keep: int,
    drop: int,
    by: int,
    choices: list[str],
    same_rows: dict[RowKey, RowKey],
    versions: list[int],
) -> None:
    """Merge a pair, by its key, as was ordered, and tell whoever ordered it; once, however often it is done."""
    with alone("pair", key) as mine:
        if not mine:
            order_later(carry_out, key, slug, keep, drop, by, choices, same_rows, versions)
            return
        register, person = directory.get(slug), User.objects.get(pk=by)
        pair = DuplicatePair.objects.filter(pk=key).first()  # none if a search finds them likely no more
        live = Merge.objects.filter(register=slug, kept_id=keep, dropped_id=drop, merged_by=by, undone_at=None)
        if pair.decided_by_id == by if pair else live.exists():
            return  # done already, or otherwise by the same person meanwhile
        of = register.model.objects.in_bulk([keep, drop])
        values = {"number": of[drop].number, "kept": of[keep].number}

        def do() -> tuple[str, str]:
            if pair:
                refuse_decided(pair)
            made = merge(
                register, of[keep], of[drop], by=person, choices=choices, same_rows=same_rows, versions=versions
            )
            return _("Merged: %(number)s leads to %(kept)s now.") % values, reverse("duplicates:merge", args=[made.pk])

        def why(refused: ValidationError) -> str:
            kept, theirs = (register.form.recorded(of[pk]) for pk in (keep, drop))
            rows = {name: [*kept[name], *theirs[name]] for name in register.form.parts}
            joined = {**kept, **{name: theirs[name] for name in choices if name in theirs}, **rows}
            return in_words(register.form(instance=of[keep]), refused, joined, reader=person)

        with override(person.language):
            page = reverse("duplicates:pair", args=[key]) if pair else reverse("duplicates:pairs")
            _answered(do, context, person, _("Not merged: %(number)s and %(kept)s.") % values, page, why)


@task(takes_context=True)
def take_back(context: TaskContext, key: int, by: int) -> None:
    """Undo a merge, by its key, as was ordered, and tell whoever ordered it; once, however often it is done."""
    with alone("merge", key) as mine:
        if not mine:
            order_later(take_back, key, by)
            return
        made, person = Merge.objects.get(pk=key), User.objects.get(pk=by)
        if made.undone_by_id == by:
            return  # done already
        values = {"number": made.dropped_number, "kept": made.kept_number}

        with override(person.language):
            page = reverse("duplicates:merge", args=[key])

            def do() -> tuple[str, str]:
                unmerge(made, by=person)
                return _("Undone: %(number)s and %(kept)s are two again.") % values, page

            def why(refused: ValidationError) -> str:
                register = directory.get(made.register)
                kept = register.model.objects.get(pk=made.kept_id)
                return in_words(register.form(instance=kept), refused, register.form.recorded(kept), reader=person)

            _answered(do, context, person, _("Not undone: %(number)s and %(kept)s.") % values, page, why)


def _answered(
    do: Callable[[], tuple[str, str]],
    context: TaskContext,
    person: User,
    failed: str,
    page: str,
    why: Callable[[ValidationError], str],
) -> None:
    """Do it as a whole, and tell the person what `do` gives (title, path); or that it `failed`, and why.

    `why` says in words what does not fit.
    """
    with told_if_given_up(context, partial(tell_given_up, context, person, title=failed, path=page)):
        try:
            with transaction.atomic():
                title, path = do()
                tell(person, title=title, body=title, path=path)
        except (NotNow, Refused, ValidationError) as refused:
            reason = why(refused) if isinstance(refused, ValidationError) else str(refused)
            tell_once(context, person, title=failed, body=reason, path=page)


def _refuse_taken(pair: DuplicatePair) -> None:
    """Raises NotNow for a pair that is decided, or that a job is merging."""
    refuse_decided(pair)
    if is_at_work(pair):
        raise NotNow(_("These two are being merged just now. Whoever ordered it is told how it went."))
