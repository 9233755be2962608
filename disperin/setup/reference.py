"""Reference data from files to tables: regions, KBLI, commodities, duties. Loading it again changes nothing."""

import csv
import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction

from disperin.regions.models import District, Regency, RetiredCode, Village
from disperin.registers import revisions
from industries.models import Commodity, HalalDuty, KbliClass, KbliVersion
from ovop.models import AwardRound, ChecklistItem, CommodityGroup, Gate, Grade, Scheme
from ovop.rules import grade_of

SECTION = re.compile(r"[A-V]")  # KBLI sections; they are no rows of ours, so that divisions have nothing above them
REGULATIONS = {2020: "Peraturan BPS 2/2020", 2025: "Peraturan BPS 7/2025"}  # of the versions of KBLI
LEVELS = (2, 3, 4, 5)

Row = TypeVar("Row", bound=models.Model)


class WrongFile(ValueError):
    """A file that is not what it should be. The text names the file, the line, and what to mend."""


@dataclass(frozen=True)
class Loaded:
    """How many rows a table has after loading, and how many of them are new or different now."""

    model: type[models.Model]
    rows: int
    changed: int


@transaction.atomic
def load_all(folder: Path) -> list[Loaded]:
    """Load every file of the folder of reference data. Raises WrongFile; then nothing is loaded."""
    return _remembered(
        [
            _upsert(Regency, _regencies(folder)),
            _upsert(District, _districts(folder)),
            _upsert(Village, _villages(folder)),
            _upsert(RetiredCode, _retired(folder)),
            *_load_kbli(folder / "kbli.csv", 2020),
            _upsert(Commodity, _commodities(folder)),
            _add_missing(HalalDuty, _halal_duties(folder)),
            *load_stars(folder),
        ]
    )


@transaction.atomic
def load_kbli(path: Path, version: int) -> list[Loaded]:
    """Load one file of KBLI classes (columns of `kbli.csv`) as a version of its own, beside those that are there."""
    return _remembered(_load_kbli(path, version))


@transaction.atomic
def load_halal_duties(folder: Path) -> list[Loaded]:
    """Load the deadlines of the halal duty that are not there yet."""
    return _remembered([_add_missing(HalalDuty, _halal_duties(folder))])


def load_stars(folder: Path) -> list[Loaded]:
    """Load the schemes, grades, groups, rounds, gates and checklist of OVOP that are not there yet."""
    return [
        _add_missing(Scheme, _schemes(folder)),
        _add_missing(Grade, _grades()),
        _add_missing(CommodityGroup, _groups(folder)),
        _add_missing(AwardRound, _rounds(folder)),
        _add_missing(Gate, _gates(folder)),
        _add_missing(ChecklistItem, _checklist(folder)),
    ]


def _remembered(loaded: list[Loaded]) -> list[Loaded]:
    if any(one.changed for one in loaded):
        revisions.raise_revision(revisions.REFERENCE)
    return loaded


def _load_kbli(path: Path, version: int) -> list[Loaded]:
    """Divisions first, so that every class finds the one above it."""
    classes = list(_kbli(path, version))
    first = not KbliVersion.objects.exists()
    _add_missing(KbliVersion, [KbliVersion(version=version, regulation=REGULATIONS.get(version, ""), in_force=first)])
    by_level = [_upsert(KbliClass, [one for one in classes if one.level == level]) for level in LEVELS]
    return [Loaded(KbliClass, sum(one.rows for one in by_level), sum(one.changed for one in by_level))]


def _upsert(model: type[models.Model], rows: Iterable[models.Model]) -> Loaded:
    """Write those rows that are new or differ from what is stored; the others are not touched."""
    rows = list(rows)
    fields = [field.attname for field in model._meta.concrete_fields]
    stored = {one[0]: one for one in model._base_manager.values_list("pk", *fields)}
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


def _stored(row: models.Model, name: str) -> object:
    """The value as the database gives it back, decimals with as many digits as their column."""
    value = getattr(row, name)
    places = getattr(row._meta.get_field(name), "decimal_places", None)
    return round(value, places) if isinstance(value, Decimal) else value


# --- The files --------------------------------------------------------------------------------------------------------


def _regencies(folder: Path) -> Iterator[Regency]:
    for place, row in _rows(folder / "regencies.csv", "code name type capital area_km2 population lat lon"):
        yield Regency(
            code=row["code"],
            name=row["name"],
            kind=row["type"],
            capital=row["capital"],
            area_km2=_number(row["area_km2"], place),
            population=int(_number(row["population"], place)),
            latitude=_number(row["lat"], place),
            longitude=_number(row["lon"], place),
        )


def _points(path: Path) -> dict[str, dict[str, Decimal]]:
    return {
        row["code"]: {"latitude": _number(row["lat"], place), "longitude": _number(row["lon"], place)}
        for place, row in _rows(path, "code lat lon")
    }


def _districts(folder: Path) -> Iterator[District]:
    points = _points(folder / "kecamatan_centroids.csv")
    for _place, row in _rows(folder / "regions.csv", "code name type parent_code"):
        if row["type"] == "kecamatan":
            point = points.get(row["code"], {})
            yield District(code=row["code"], name=row["name"], regency_id=row["parent_code"], **point)


def _villages(folder: Path) -> Iterator[Village]:
    points = _points(folder / "village_centroids.csv")
    for _place, row in _rows(folder / "regions.csv", "code name type parent_code"):
        if row["type"] in Village.Kind.values:
            yield Village(
                code=row["code"],
                name=row["name"],
                kind=row["type"],
                district_id=row["parent_code"],
                regency_id=row["parent_code"][:5],
                **points.get(row["code"], {}),
            )


def _retired(folder: Path) -> Iterator[RetiredCode]:
    for _place, row in _rows(folder / "regions_changes.csv", "change old_code new_code name source_note"):
        if row["change"] == "code_changed":
            yield RetiredCode(
                code=row["old_code"], successor=row["new_code"], name=row["name"], note=row["source_note"]
            )


def _commodities(folder: Path) -> Iterator[Commodity]:
    columns = "id name_id name_en scale hs2022 kbli2020 regency_codes note"
    for _place, row in _rows(folder / "commodities.csv", columns):
        yield Commodity(
            key=row["id"],
            name_id=row["name_id"],
            name_en=row["name_en"],
            kbli_codes=_several(row["kbli2020"]),
            hs_codes=[code.replace(".", "") for code in _several(row["hs2022"])],
            regency_codes=_several(row["regency_codes"]),
            scale=row["scale"],
            note=row["note"],
        )


def _schemes(folder: Path) -> Iterator[Scheme]:
    columns = "key name_id name_en short_id short_en legal_basis max_stars first_year last_year"
    for place, row in _rows(folder / "ovop_schemes.csv", columns):
        years = {name: int(_number(row.pop(name), place)) for name in ("max_stars", "first_year")}
        last = row.pop("last_year")
        yield _checked(Scheme(**row, **years, last_year=int(_number(last, place)) if last else None), place)


def _grades() -> Iterator[Grade]:
    for scheme in Scheme.objects.all():
        for stars in range(1, scheme.max_stars + 1):
            yield Grade(key=grade_of(scheme.pk, stars), scheme=scheme, stars=stars)


def _groups(folder: Path) -> Iterator[CommodityGroup]:
    for place, row in _rows(folder / "ovop_groups.csv", "key name_id name_en is_food position"):
        position, is_food = int(_number(row.pop("position"), place)), row.pop("is_food") == "yes"
        yield _checked(CommodityGroup(**row, position=position, is_food=is_food), place)


def _rounds(folder: Path) -> Iterator[AwardRound]:
    for place, row in _rows(folder / "ovop_rounds.csv", "key year scheme"):
        year = int(_number(row["year"], place))
        yield _checked(AwardRound(key=row["key"], year=year, scheme_id=row["scheme"]), place)


def _gates(folder: Path) -> Iterator[Gate]:
    for place, row in _rows(folder / "ovop_gates.csv", "key fact least source position"):
        numbers = {name: int(_number(row.pop(name), place)) for name in ("least", "position")}
        yield _checked(Gate(**row, **numbers), place)


def _checklist(folder: Path) -> Iterator[ChecklistItem]:
    for place, row in _rows(folder / "ovop_checklist.csv", "key name_id name_en of_food position"):
        position, of_food = int(_number(row.pop("position"), place)), row.pop("of_food") == "yes"
        yield _checked(ChecklistItem(**row, position=position, of_food=of_food), place)


def _halal_duties(folder: Path) -> Iterator[HalalDuty]:
    columns = "key category scales deadline citation valid_from valid_to"
    for place, row in _rows(folder / "halal_duties.csv", columns):
        days = {name: _day(row[name], place) for name in ("deadline", "valid_from", "valid_to")}
        if days["deadline"] is None:
            raise WrongFile(f"{place}: the deadline is missing.")
        texts = {name: row[name] for name in ("key", "category", "citation")}
        yield _checked(HalalDuty(**texts, scales=_several(row["scales"]), **days), place)


def _kbli(path: Path, version: int) -> Iterator[KbliClass]:
    rows = list(_rows(path, "code title_id title_en level parent"))
    known: set[str] = set()
    for place, row in rows:
        code = row["code"]
        if not re.fullmatch(r"\d{2,5}", code, re.ASCII):
            raise WrongFile(f"{place}: {code!r} is no KBLI code. It has two to five digits; write it as text.")
        if code in known:
            raise WrongFile(f"{place}: the code {code} stands twice. Remove one of the two lines.")
        if not row["title_id"]:
            raise WrongFile(f"{place}: the code {code} has no title (title_id).")
        known.add(code)
    for place, row in rows:
        code, above = row["code"], row["parent"]
        if len(code) == LEVELS[0]:
            wrong = above and not SECTION.fullmatch(above)
        else:
            wrong = above != code[:-1] or above not in known
        if wrong:
            raise WrongFile(
                f"{place}: {above!r} cannot stand above {code}. Name {code} without its last digit, and add that line."
            )
        if row["level"] != str(len(code)):
            raise WrongFile(f"{place}: level {row['level']!r} does not fit {code}, which has {len(code)} digits.")
        found = KbliClass(
            key=f"{version}-{code}",
            version=version,
            code=code,
            title_id=row["title_id"],
            title_en=row["title_en"],
            level=len(code),
            parent_id=f"{version}-{above}" if above in known else None,
        )
        yield _checked(found, place)


def _rows(path: Path, columns: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Each line as (place for messages, values by column). Raises WrongFile for what is no such file."""
    wanted = set(columns.split())
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise WrongFile(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise WrongFile(f"{path} is no text in UTF-8. Save it as “CSV UTF-8”.") from error
    try:
        reader = csv.DictReader(text.splitlines(), strict=True)
        missing = wanted - set(reader.fieldnames or [])
        if missing:
            raise WrongFile(
                f"{path} lacks the columns {', '.join(sorted(missing))}; "
                f"its first line must hold {', '.join(columns.split())}, separated by commas."
            )
        for row in reader:
            place = f"{path}, line {reader.line_num}"
            if None in row or None in row.values():
                raise WrongFile(f"{place}: it has another number of columns than the first line.")
            yield place, {name: value.strip() for name, value in row.items() if name in wanted}
    except csv.Error as error:
        raise WrongFile(f"{path} is no CSV file: {error}.") from error


def _checked(row: Row, place: str) -> Row:
    """The row, if its texts fit their columns."""
    try:
        row.clean_fields(exclude=[field.name for field in row._meta.fields if field.is_relation])
    except ValidationError as error:
        raise WrongFile(f"{place}: {'; '.join(error.messages)}") from error
    return row


def _number(text: str, place: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise WrongFile(f"{place}: {text!r} is no number.") from None


def _day(text: str, place: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        raise WrongFile(f"{place}: {text!r} is no day. Write it as 2026-10-17.") from None


def _several(text: str) -> list[str]:
    return [one.strip() for one in text.split(";") if one.strip()]
