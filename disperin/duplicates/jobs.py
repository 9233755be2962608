"""What takes longer than a page may: where very much points to a record, a job merges it, or takes its merge back."""

from collections.abc import Callable, Collection, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django_tasks import task

from disperin.accounts.models import User
from disperin.desk.refusals import NotNow, Refused
from disperin.duplicates.actions.merging import merge, unmerge
from disperin.duplicates.actions.pairing import refuse_decided, why_not_decide
from disperin.duplicates.actions.references import is_pointed_to_by_many
from disperin.jobs.locks import alone
from disperin.jobs.tasks import order_later, subjects_of
from disperin.notices.actions import tell
from disperin.registers.models import DuplicatePair, Merge, Record
from disperin.registers.pairing.pairs import PairState
from disperin.registers.record import directory
from disperin.registers.record.directory import Register
from disperin.registers.values.terms import RowKey
from disperin.ui.texts import Text

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
        refuse_decided(pair)
        return merge(register, keep, drop, by=by, choices=choices, same_rows=same_rows, versions=versions)
    if reason := why_not_decide(by):
        raise Refused(reason)
    pair = DuplicatePair.objects.select_for_update(of=["self"]).get(pk=pair.pk)
    refuse_decided(pair)
    if is_at_work(pair):
        raise NotNow(_("These two are being merged just now. You will be told how it went."))
    carry_out.enqueue(pair.pk, keep.pk, drop.pk, by.pk, sorted(choices), dict(same_rows or {}), list(versions))
    return None


@transaction.atomic
def begin_unmerge(made: Merge, *, by: User) -> Merge | None:
    """As `unmerge`; None where so much was carried over that a job takes it back, and tells `by` how it went."""
    if len(made.moved) <= MOST:
        return unmerge(made, by=by)
    if reason := why_not_decide(by):
        raise Refused(reason)
    made = Merge.objects.select_for_update(of=["self"]).get(pk=made.pk)
    if made.pk in subjects_of(take_back):
        raise NotNow(_("This merge is being undone just now. You will be told how it went."))
    take_back.enqueue(made.pk, by.pk)
    return None


def is_at_work(pair: DuplicatePair) -> bool:
    """Is a job merging this pair, or about to?"""
    return pair.pk in subjects_of(carry_out)


@task()
def carry_out(
    key: int,
    keep: int,
    drop: int,
    by: int,
    choices: list[str],
    same_rows: dict[RowKey, RowKey],
    versions: list[int],
) -> None:
    """Merge a pair, by its key, as was ordered; one that is decided already is left."""
    with alone("pair", key) as mine:
        if not mine:
            order_later(carry_out, key, keep, drop, by, choices, same_rows, versions)
            return
        pair = DuplicatePair.objects.get(pk=key)
        if pair.state == PairState.OPEN:
            register, person = directory.get(pair.register), User.objects.get(pk=by)
            of = register.model.objects.in_bulk([keep, drop])

            def do() -> tuple[str, str]:
                made = merge(
                    register, of[keep], of[drop], by=person, choices=choices, same_rows=same_rows, versions=versions
                )
                return _("Merged: %(number)s leads to %(kept)s now."), reverse("duplicates:merge", args=[made.pk])

            values = {"number": of[drop].number, "kept": of[keep].number}
            _try(
                do,
                person,
                values,
                gettext_lazy("Not merged: %(number)s and %(kept)s."),
                reverse("duplicates:pair", args=[key]),
            )


@task()
def take_back(key: int, by: int) -> None:
    """Undo a merge, by its key, as was ordered; one that is undone already is left."""
    with alone("merge", key) as mine:
        if not mine:
            order_later(take_back, key, by)
            return
        made, person = Merge.objects.get(pk=key), User.objects.get(pk=by)
        if made.undone_at is None:
            page = reverse("duplicates:merge", args=[key])

            def do() -> tuple[str, str]:
                unmerge(made, by=person)
                return _("Undone: %(number)s and %(kept)s are two again."), page

            values = {"number": made.dropped_number, "kept": made.kept_number}
            _try(do, person, values, gettext_lazy("Not undone: %(number)s and %(kept)s."), page)


def _try(do: Callable[[], tuple[str, str]], person: User, values: Mapping[str, str], refused: Text, page: str) -> None:
    """Do it as a whole, and tell the person, in their language, that it is done or why not."""
    with override(person.language):
        try:
            with transaction.atomic():
                title, path = do()
                tell(person, title=title % values, body=title % values, path=path)
        except (NotNow, Refused, ValidationError) as why:
            reason = " ".join(why.messages) if isinstance(why, ValidationError) else str(why)
            tell(person, title=str(refused) % values, body=reason, path=page)
