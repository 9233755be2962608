"""What lies where another record lies moves with it: the stars of a maker who moves, in the same transaction."""

from collections.abc import Collection, Iterable, Mapping

from disperin.accounts.models import User
from disperin.registers.models import Record
from disperin.registers.record import directory, revisions, rollup
from disperin.registers.record.rollup import Tally
from disperin.submissions.actions.moving_what_waits import hold_open, move_begun, move_what_waits, take_hidings_along

Moved = tuple[str, Tally, Tally]  # a register, and what a record counted under before and now


def move_followers(left: Mapping[Record, str], *, by: User, but: Collection[int] = ()) -> list[Moved]:
    """Give every record that follows one of these its regency, as its next version; gives what `count_followers` needs.

    `left` says which regency (its code) each of these stored records of one register left. Which ones follow stands on
    their models: `regency_from`, or `regency_or_from`, names the foreign key. Lists, rights and earlier days read the
    column only, so it must never lag behind. What is hidden of them is told where they lie, and what waits for people
    about any of them goes along (`move_what_waits`, also for `but`). Numbers stay as they were given.
    """
    moved = []
    for record, place in left.items():
        take_hidings_along(directory.of(type(record)), [record], record.regency_id)
        moved += _follow(record, place, by)
        move_what_waits(directory.of(type(record)), {record: place}, by=by, but=but)
    return moved


def _follow(record: Record, place: str, by: User) -> list[Moved]:
    moved = []
    for register in directory.all_registers():
        name = _leader(register.model, type(record))
        if not name:
            continue
        move_begun(register, name, record, by=by)
        followers = register.model.objects.filter(**{name: record}).exclude(regency=record.regency_id)
        if keys := list(followers.values_list("pk", flat=True)):
            hold_open({register: keys})
        behind = list(followers.select_for_update(of=["self"]).order_by("pk"))
        for follower in behind:
            before = Tally([follower])
            follower.regency_id = record.regency_id
            follower.version += 1
            follower.save(update_fields=["regency", "version", "updated_at"])
            moved.append((register.slug, before, Tally([follower])))
        take_hidings_along(register, behind, record.regency_id)
        move_what_waits(register, dict.fromkeys(behind, place), by=by)
    return moved


def _leader(model: type[Record], of: type[Record]) -> str:
    """The foreign key by which a record of `model` follows one of `of`; "" for none."""
    names = (name for name in (model.regency_from, model.regency_or_from) if name)
    return next((name for name in names if model._meta.get_field(name).related_model is of), "")


def count_followers(moved: Iterable[Moved]) -> None:
    """Move the counts of the records that followed. After the saves: pghistory cannot take many rows in one call."""
    for slug, before, after in moved:
        rollup.shift(slug, before, after)
        revisions.raise_revision(slug, less=False)
