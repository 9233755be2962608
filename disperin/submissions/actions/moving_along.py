"""What lies where another record lies moves with it: the stars of a maker who moves, in the same transaction."""

from collections.abc import Iterable, Sequence

from disperin.registers.models import Hidden, Record
from disperin.registers.record import directory, revisions, rollup
from disperin.registers.record.directory import Register
from disperin.registers.record.rollup import FacetValue

Moved = tuple[str, list[FacetValue], list[FacetValue]]  # a register, and what a record counted under before and now


def follow(record: Record) -> list[Moved]:
    """Give every record that follows this one its regency, as its next version; gives what `count_followers` needs.

    Which ones follow stands on their models: `regency_from`, or `regency_or_from`, names the foreign key. Lists, rights
    and earlier days read the column only, so it must never lag behind. What is hidden of them is told where they lie.
    Numbers stay as they were given.
    """
    moved = []
    take_hidings_along(directory.of(type(record)), [record], record.regency_id)
    for register in directory.all_registers():
        name = _leader(register.model, type(record))
        if not name:
            continue
        found = register.model.objects.filter(**{name: record}).exclude(regency=record.regency_id)
        behind = list(found.select_for_update(of=["self"]).order_by("pk"))
        for one in behind:
            before = rollup.facets_of(one)
            one.regency_id = record.regency_id
            one.version += 1
            one.save(update_fields=["regency", "version", "updated_at"])
            moved.append((register.slug, before, rollup.facets_of(one)))
        take_hidings_along(register, behind, record.regency_id)
    return moved


def _leader(model: type[Record], of: type[Record]) -> str:
    """The foreign key by which a record of `model` follows one of `of`; "" for none."""
    names = (name for name in (model.regency_from, model.regency_or_from) if name)
    return next((name for name in names if model._meta.get_field(name).related_model is of), "")


def take_hidings_along(register: Register, records: Sequence[Record], regency: str) -> None:
    """What is hidden of these records is told where they lie now."""
    hidings = Hidden.objects.filter(register=register.slug, record_id__in=[one.pk for one in records])
    hidings.update(regency=regency)


def count_followers(moved: Iterable[Moved]) -> None:
    """Move the counts of the records that followed. After the saves: pghistory cannot take many rows in one call."""
    for slug, before, after in moved:
        rollup.shift(slug, before, after)
        revisions.raise_revision(slug, less=False)
