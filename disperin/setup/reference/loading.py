"""Reference data from files to tables: regions, KBLI, commodities, duties. Loading it again changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from pathlib import Path

from django.db import models, transaction

from disperin.regions.models import District, Regency, RetiredCode, Village
from disperin.registers.models import SearchWord
from disperin.registers.record import revisions
from industries.actions import order_judging
from industries.models import (
    Commodity,
    HalalDuty,
    KbliChange,
    KbliClass,
    KbliVersion,
    KbliWord,
    LeadingIndustry,
    QualityRule,
)
from ovop.models import AwardRound, ChecklistItem, CommodityGroup, Gate, Grade, Scheme

from . import tables

REGULATIONS = {2020: "Peraturan BPS 2/2020", 2025: "Peraturan BPS 7/2025"}  # of the versions of KBLI


@dataclass(frozen=True)
class Loaded:
    """How many rows a table has after loading, and how many of them are new or different now."""

    model: type[models.Model]
    rows: int
    changed: int


@transaction.atomic
def load_all(national: Path, province: Path) -> list[Loaded]:
    """Load every file of the folders of the country and of the province. Raises WrongFile; then nothing is loaded.

    A new portal begins with KBLI 2025 in force; in one that runs, an administrator moves the mark.
    """
    is_new = not KbliVersion.objects.exists()
    return _remembered(
        [
            _upsert(Regency, tables.regencies(province)),
            _upsert(District, tables.districts(province)),
            _upsert(Village, tables.villages(province)),
            _upsert(RetiredCode, tables.retired(province)),
            *_load_kbli(national / "kbli.csv", 2020, in_force=False),
            *_load_kbli(national / "kbli_2025.csv", 2025, in_force=is_new),
            _upsert(KbliChange, tables.kbli_changes(national)),
            _add_missing(KbliWord, _once(tables.kbli_words(national, 2025), tables.kbli_words(province, 2025))),
            _upsert(Commodity, tables.commodities(province, national)),
            _begin_with(LeadingIndustry, tables.leading_industries(province)),
            _add_missing(SearchWord, tables.search_words(province)),
            _add_missing(HalalDuty, tables.halal_duties(national)),
            *load_stars(national),
            load_quality_rules(national),
        ]
    )


@transaction.atomic
def load_kbli(path: Path, version: int) -> list[Loaded]:
    """Load one file of KBLI classes (columns of `kbli.csv`) as a version of its own, beside those that are there."""
    return _remembered(_load_kbli(path, version, in_force=not KbliVersion.objects.exists()))


@transaction.atomic
def load_halal_duties(folder: Path) -> list[Loaded]:
    """Load the deadlines of the halal duty that are not there yet."""
    return _remembered([_add_missing(HalalDuty, tables.halal_duties(folder))])


def load_quality_rules(folder: Path) -> Loaded:
    """Begin with the office's own count of data quality where nobody has laid one down; it is judged by at once."""
    loaded = _begin_with(QualityRule, tables.quality_rules(folder))
    if loaded.changed:
        order_judging()
    return loaded


def load_stars(folder: Path) -> list[Loaded]:
    """Load the schemes, grades, groups, rounds, gates and checklist of OVOP that are not there yet."""
    return [
        _add_missing(Scheme, tables.schemes(folder)),
        _add_missing(Grade, tables.grades()),
        _add_missing(CommodityGroup, tables.groups(folder)),
        _add_missing(AwardRound, tables.rounds(folder)),
        _add_missing(Gate, tables.gates(folder)),
        _add_missing(ChecklistItem, tables.checklist(folder)),
    ]


def _remembered(loaded: list[Loaded]) -> list[Loaded]:
    if any(outcome.changed for outcome in loaded):
        revisions.raise_revision(revisions.REFERENCE)
    return loaded


def _load_kbli(path: Path, version: int, *, in_force: bool) -> list[Loaded]:
    """Divisions first, so that every class finds the one above it."""
    classes = list(tables.kbli(path, version))
    row = KbliVersion(version=version, regulation=REGULATIONS.get(version, ""), in_force=in_force)
    _add_missing(KbliVersion, [row])
    by_level = [
        _upsert(KbliClass, [kbli_class for kbli_class in classes if kbli_class.level == level])
        for level in tables.LEVELS
    ]
    return [Loaded(KbliClass, sum(outcome.rows for outcome in by_level), sum(outcome.changed for outcome in by_level))]


def _upsert(model: type[models.Model], rows: Iterable[models.Model]) -> Loaded:
    """Write those rows that are new or differ from what is stored; the others are not touched."""
    rows = list(rows)
    fields = [field.attname for field in model._meta.concrete_fields]
    stored = {values[0]: values for values in model._base_manager.values_list("pk", *fields)}
    different = [row for row in rows if stored.get(row.pk) != (row.pk, *(_stored(row, name) for name in fields))]
    model._base_manager.bulk_create(
        different,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=[model._meta.pk.attname],
        update_fields=[name for name in fields if name != model._meta.pk.attname],
    )
    return Loaded(model, len(rows), len(different))


def _add_missing(model: type[models.Model], rows: Iterable[models.Model]) -> Loaded:
    """Write those rows whose key is not there yet: what administrators have changed since stays as they left it."""
    rows = list(rows)
    stored = set(model._base_manager.values_list("pk", flat=True))
    new = [row for row in rows if row.pk not in stored]
    model._base_manager.bulk_create(new)
    return Loaded(model, len(rows), len(new))


def _begin_with(model: type[models.Model], rows: Iterable[models.Model]) -> Loaded:
    """Write the rows where the table is empty: from then on it is the administrators' own."""
    rows = list(rows)
    new = [] if model._base_manager.exists() else rows
    model._base_manager.bulk_create(new)
    return Loaded(model, len(rows), len(new))


def _once(*files: Iterable[KbliWord]) -> Iterable[KbliWord]:
    """The rows of several files, those that stand in two of them once."""
    return {row.pk: row for row in chain.from_iterable(files)}.values()


def _stored(row: models.Model, name: str) -> object:
    """The value as the database gives it back, decimals with as many digits as their column."""
    value = getattr(row, name)
    places = getattr(row._meta.get_field(name), "decimal_places", None)
    return round(value, places) if isinstance(value, Decimal) else value
