"""The search that finds likely duplicates, regency by regency, and keeps them as pairs.

Its job stands here and not among the others: those that wait are kept by the path of its function.
"""

import datetime
from collections.abc import Iterable, Mapping
from functools import partial

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import TaskContext, task

from disperin.accounts.models import User
from disperin.desk.refusals import NotNow, Refused
from disperin.duplicates.actions.deciding import why_not_decide
from disperin.jobs.tasks import told_if_given_up
from disperin.notices.actions import tell_once
from disperin.regions.models import Regency
from disperin.registers.models import DuplicatePair, DuplicateSearch, Record
from disperin.registers.pairing.blocks import Pair
from disperin.registers.pairing.pairs import PairQuerySet, PairState
from disperin.registers.pairing.search import pairs_between, pairs_within
from disperin.registers.record import directory
from disperin.registers.record.directory import Register
from disperin.registers.record.likeness import Likeness, Reason

STALLED_AFTER = datetime.timedelta(minutes=10)  # a search that has not moved for so long may be taken up again
BETWEEN = ""  # in the place of a regency: pairs whose records lie in two


@transaction.atomic
def begin_search(*, by: User) -> DuplicateSearch:
    """Let a job search all registers for likely duplicates; gives the DuplicateSearch. One that stalled goes on.

    Raises Refused for whoever does not decide about pairs, NotNow while a search is at it.
    """
    if reason := why_not_decide(by):
        raise Refused(reason)
    search = _taken_up(by=by)
    go_on.enqueue(search.pk)
    return search


def search_now() -> int:
    """Search at once, as the nightly work does; gives how many likely pairs are open then. Leaves a running search."""
    try:
        with transaction.atomic():
            search = _taken_up(by=None)
    except NotNow:
        return _open_pairs().count()
    while _one_step(search.pk):
        pass
    return _open_pairs().count()


def is_searching(search: DuplicateSearch | None) -> bool:
    """Is a job at this search (which may be None)?"""
    return bool(search and search.ended_at is None and search.moved_at > timezone.now() - STALLED_AFTER)


@task(takes_context=True)
def go_on(context: TaskContext, search_id: int) -> None:
    """Do what is left of a search, each regency of a register in a transaction of its own."""
    with told_if_given_up(context, partial(_tell_stopped, context, search_id)):
        while _one_step(search_id):
            pass


def _tell_stopped(context: TaskContext, search_id: int) -> None:
    """Whoever began it, or took it up, may search again at once: no job is at it any more."""
    DuplicateSearch.objects.filter(pk=search_id, ended_at=None).update(moved_at=timezone.now() - STALLED_AFTER)
    search = DuplicateSearch.objects.select_related("begun_by").filter(pk=search_id, ended_at=None).first()
    if search and (person := search.begun_by):
        with override(person.language):
            title = _("The search for likely duplicates stopped")
            body = _("A fault of the portal stopped it. What was found stays. Search again, or tell the administrator.")
            tell_once(context, person, title=title, body=body, path=reverse("duplicates:pairs"))


def _open_pairs() -> PairQuerySet:
    return DuplicatePair.objects.filter(state=PairState.OPEN)


def _taken_up(*, by: User | None) -> DuplicateSearch:
    """The search to be done: a stalled one, or else a new one. Raises NotNow while one is running."""
    last = DuplicateSearch.objects.select_for_update().first()
    if is_searching(last):
        raise NotNow(_("A search is running already. This page says how far it is."))
    if last is None or last.ended_at is not None:
        return DuplicateSearch.objects.create(begun_by=by, total=len(_steps()))
    last.begun_by = by or last.begun_by  # it is theirs now: they are told of it
    last.save(update_fields=["begun_by", "moved_at"])
    return last


def _steps() -> list[str]:
    regencies = [*Regency.objects.order_by("pk").values_list("pk", flat=True), BETWEEN]
    likened = [register.slug for register in directory.all_registers() if register.model.likened_by]
    return [f"{slug} {regency}" for slug in likened for regency in regencies]


@transaction.atomic
def _one_step(search_id: int) -> bool:
    """Do the next step of a search, unless another worker is at it; says whether to go on."""
    search = DuplicateSearch.objects.select_for_update(skip_locked=True).filter(pk=search_id, ended_at=None).first()
    if search is None:
        return False
    left = [step for step in _steps() if step not in search.done]
    if left:
        slug, _blank, regency = left[0].partition(" ")
        register = directory.get(slug)
        likenesses = pairs_between(register.model) if regency == BETWEEN else pairs_within(register.model, regency)
        _keep(register, regency, likenesses)
        search.done.append(left[0])
    if len(left) <= 1:
        search.ended_at = timezone.now()
    search.save()
    return len(left) > 1


def _keep(register: Register, regency: str, likenesses: Mapping[Pair, Likeness]) -> None:
    """Make the kept pairs of one place those that were found; what was decided returns for a new reason only."""
    kept = DuplicatePair.objects.filter(register=register.slug)
    here = {"regency": regency, "second_regency": regency}
    kept = kept.filter(**here) if regency else kept.exclude(regency=F("second_regency"))
    held = {(row.first_id, row.second_id): row for row in kept.select_for_update(of=["self"]).order_by("pk")}
    gone = {row.pk for key, row in held.items() if key not in likenesses and row.state == PairState.OPEN}
    gone -= _still_named(register, held.values())
    DuplicatePair.objects.filter(pk__in=gone).delete()
    records = register.model.objects.in_bulk({key for pair in likenesses for key in pair})
    fresh = []
    for pair, alike in sorted(likenesses.items()):
        old = held.get(pair)
        if old and old.state != PairState.OPEN and set(alike.reasons) <= set(old.reasons):
            continue
        first, second = (records[key] for key in pair)
        row = described(old or DuplicatePair(register=register.slug), first, second, alike)
        fresh.append(row) if row.pk is None else row.save()
    DuplicatePair.objects.bulk_create(fresh, batch_size=500, ignore_conflicts=True)  # somebody may have just named it


def _still_named(register: Register, pairs: Iterable[DuplicatePair]) -> set[int]:
    """The keys of those among these pairs that a person has named and whose records are both open."""
    named = [pair for pair in pairs if pair.named_by_id]
    keys = {key for pair in named for key in (pair.first_id, pair.second_id)}
    still = set(register.model.objects.unclosed().filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    return {pair.pk for pair in named if {pair.first_id, pair.second_id} <= still}


def described(pair: DuplicatePair, first: Record, second: Record, alike: Likeness) -> DuplicatePair:
    """The pair as it stands now, open; `first` is the older record."""
    pair.first_id, pair.first_number, pair.first_name = first.pk, first.number, str(first)[:200]
    pair.second_id, pair.second_number, pair.second_name = second.pk, second.number, str(second)[:200]
    pair.regency_id, pair.second_regency_id = first.regency_id, second.regency_id
    pair.score, pair.reasons = alike.score, [str(reason) for reason in alike.reasons]
    pair.reasons += [Reason.NAMED] if pair.named_by_id else []
    pair.state, pair.note, pair.decided_by, pair.decided_at = PairState.OPEN, "", None, None
    return pair
