"""Many records of the old stock are said to be right as they stand: one batch, read by sample like any other."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Value
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.desk.refusals import NotNow
from disperin.regions.models import Regency
from disperin.registers.gate.in_bulk import Proposed, judge
from disperin.registers.lists.facets import ORIGIN
from disperin.registers.models import FacetCount, Hidden, Origin, RecordQuerySet
from disperin.registers.record import directory
from disperin.registers.record.directory import Register
from disperin.submissions import own_words
from disperin.submissions.actions.holding import hold_places
from disperin.submissions.actions.transitions import in_chunks
from disperin.submissions.batches.actions.proposing import (
    Left,
    begin_batch,
    first_text,
    held_to_fill,
    keep_drafts,
    submit_batch,
    tell_waiting,
)
from disperin.submissions.models import Batch, Submission
from disperin.submissions.workflow import WAITING

MOST = 1000  # records of one batch: what one person can answer for, and a page can wait for
MOST_JUDGED = 5 * MOST  # to find as many that would pass the form


def unchecked(register: Register, user: User) -> RecordQuerySet:
    """The open records of a register, within reach, that an older system brought and nobody has checked."""
    reachable = register.model.objects.within_reach(user).filter(closed_on=None)
    return reachable.filter(origin=Origin.OLDER_SYSTEM).order_by("pk")


def registers_with_unchecked() -> set[str]:
    """The slugs of the registers that hold such records. The kept counts say it, but for what is hidden.

    A record may be hidden without a Hidden of its own, with another one that it names.
    """
    counted = FacetCount.objects.filter(facet=ORIGIN.name, value=Origin.OLDER_SYSTEM, number__gt=0)
    hidden = Hidden.objects.live().values_list(Value(""))[:1]
    slugs = {slug for (slug,) in counted.values_list("register").union(hidden)}
    if "" in slugs:  # something is hidden
        slugs.remove("")
        unseen = {"hidden": True, "closed_on": None, "origin": Origin.OLDER_SYSTEM}
        slugs |= {
            register.slug for register in directory.all_registers() if register.model.objects.filter(**unseen).exists()
        }
    return slugs


def to_confirm(register: Register, user: User) -> RecordQuerySet:
    """Those of which no submission waits."""
    waiting = Submission.objects.filter(register=register.slug, status__in=WAITING, record_id=OuterRef("pk"))
    return unchecked(register, user).filter(~Exists(waiting))


@transaction.atomic
def confirm_many(
    register: Register, regency: Regency, records: RecordQuerySet, *, by: User
) -> tuple[Batch, list[Left]]:
    """Propose that each of these records (a queryset) of a regency is right as it stands, 1,000 of them at most.

    Gives `(Batch, [Left])`: left are those that would not pass the form as they are, and those of which a submission
    waits. Raises Refused (no right to propose there), NotNow when nothing can be proposed.
    """
    name = own_words.kept("old_stock", register=register)
    batch = held_to_fill(begin_batch(register, regency, by=by, name=name), by)
    there = unchecked(register, by).filter(regency=regency)
    keys = list(there.filter(pk__in=records.values("pk")).values_list("pk", flat=True)[:MOST_JUDGED])
    hold_places(register, keys)
    waiting = there.filter(pk__in=keys)
    done, left = 0, []
    for chunk in in_chunks([*enumerate(waiting, start=1)]):
        if done == MOST:
            break
        judged = judge(register, [Proposed({}, record, row) for row, record in chunk], by=by)
        tell_waiting(register, judged, by=by)
        left += [Left(entry.proposed.record, "bad", first_text(entry)) for entry in judged if entry.errors]
        done += keep_drafts(batch, [entry for entry in judged if not entry.errors][: MOST - done], by=by)
    if not done:
        reason = f"{left[0].what.number}: {left[0].text}" if left else ""
        raise NotNow(reason or _("None of these records waits to be checked any more."))
    submit_batch(batch, by=by, acknowledged=True)
    batch.refresh_from_db()
    return batch, left
