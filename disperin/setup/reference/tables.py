"""What the lines of each file of reference data become: the rows of its table."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from django.conf import settings

from disperin.regions.models import District, Regency, RetiredCode, Village
from disperin.registers.models import SearchWord
from disperin.registers.record.search_words import key_of as search_word_key
from industries.models import Commodity, HalalDuty, KbliChange, KbliClass, KbliWord, LeadingIndustry, QualityRule
from industries.models.kbli_word import key_of
from ovop.models import AwardRound, ChecklistItem, CommodityGroup, Gate, Grade, Scheme
from ovop.rules import grade_of

from .files import WrongFile, checked, day, lines, number, several

SECTION = re.compile(r"[A-V]")  # KBLI sections; they are no rows of ours, so that divisions have nothing above them
LEVELS = (2, 3, 4, 5)


def regencies(folder: Path) -> Iterator[Regency]:
    for place, row in lines(folder / "regencies.csv", "code name type capital area_km2 population lat lon"):
        if not row["code"].startswith(f"{settings.PROVINCE.code}."):
            text = f"{place}: {row['code']!r} is no regency of province {settings.PROVINCE.code}."
            raise WrongFile(f"{text} Its code begins with {settings.PROVINCE.code} and a full stop.")
        yield Regency(
            code=row["code"],
            name=row["name"],
            kind=row["type"],
            capital=row["capital"],
            area_km2=number(row["area_km2"], place),
            population=int(number(row["population"], place)),
            latitude=number(row["lat"], place),
            longitude=number(row["lon"], place),
        )


def _points(path: Path) -> dict[str, dict[str, Decimal]]:
    """A point by code; a province may do without the file."""
    if not path.exists():
        return {}
    return {
        row["code"]: {"latitude": number(row["lat"], place), "longitude": number(row["lon"], place)}
        for place, row in lines(path, "code lat lon")
    }


def districts(folder: Path) -> Iterator[District]:
    points = _points(folder / "kecamatan_centroids.csv")
    for _place, row in lines(folder / "regions.csv", "code name type parent_code"):
        if row["type"] == "kecamatan":
            point = points.get(row["code"], {})
            yield District(code=row["code"], name=row["name"], regency_id=row["parent_code"], **point)


def villages(folder: Path) -> Iterator[Village]:
    points = _points(folder / "village_centroids.csv")
    for _place, row in lines(folder / "regions.csv", "code name type parent_code"):
        if row["type"] in Village.Kind.values:
            yield Village(
                code=row["code"],
                name=row["name"],
                kind=row["type"],
                district_id=row["parent_code"],
                regency_id=row["parent_code"][:5],
                **points.get(row["code"], {}),
            )


def retired(folder: Path) -> Iterator[RetiredCode]:
    """Codes that are no more; a province may do without the file."""
    path = folder / "regions_changes.csv"
    for _place, row in lines(path, "change old_code new_code name source_note") if path.exists() else ():
        if row["change"] == "code_changed":
            yield RetiredCode(
                code=row["old_code"], successor=row["new_code"], name=row["name"], note=row["source_note"]
            )


def commodities(folder: Path, national: Path) -> Iterator[Commodity]:
    """A commodity gets the class of the next KBLI only where number and title stayed: nothing is carried over else.

    A province may do without the file.
    """
    kept = {change.code for change in kbli_changes(national) if change.state == KbliChange.State.SAME_TITLE}
    columns, path = "id name_id name_en scale hs2022 kbli2020 regency_codes note", folder / "commodities.csv"
    for _place, row in lines(path, columns) if path.exists() else ():
        yield Commodity(
            key=row["id"],
            name_id=row["name_id"],
            name_en=row["name_en"],
            kbli_codes=[
                *(f"2020-{code}" for code in several(row["kbli2020"])),
                *(f"2025-{code}" for code in several(row["kbli2020"]) if code in kept),
            ],
            hs_codes=[code.replace(".", "") for code in several(row["hs2022"])],
            regency_codes=several(row["regency_codes"]),
            scale=row["scale"],
            note=row["note"],
        )


def leading_industries(folder: Path) -> Iterator[LeadingIndustry]:
    """What the regencies lead in, by a named source; a province may do without the file."""
    columns, path = "regency_code name_id name_en source source_on source_url", folder / "leading_industries.csv"
    for place, row in lines(path, columns) if path.exists() else ():
        code, source_on = row.pop("regency_code"), day(row.pop("source_on"), place)
        if source_on is None:
            raise WrongFile(f"{place}: source_on is empty. Write the day of the source as 2026-10-17.")
        yield checked(LeadingIndustry(regency_id=code, source_on=source_on, **row), place)


def schemes(folder: Path) -> Iterator[Scheme]:
    columns = "key name_id name_en short_id short_en legal_basis max_stars first_year last_year"
    for place, row in lines(folder / "ovop_schemes.csv", columns):
        years = {name: int(number(row.pop(name), place)) for name in ("max_stars", "first_year")}
        last = row.pop("last_year")
        yield checked(Scheme(**row, **years, last_year=int(number(last, place)) if last else None), place)


def grades() -> Iterator[Grade]:
    for scheme in Scheme.objects.all():
        for stars in range(1, scheme.max_stars + 1):
            yield Grade(key=grade_of(scheme.pk, stars), scheme=scheme, stars=stars)


def groups(folder: Path) -> Iterator[CommodityGroup]:
    for place, row in lines(folder / "ovop_groups.csv", "key name_id name_en is_food position"):
        position, is_food = int(number(row.pop("position"), place)), row.pop("is_food") == "yes"
        yield checked(CommodityGroup(**row, position=position, is_food=is_food), place)


def rounds(folder: Path) -> Iterator[AwardRound]:
    for place, row in lines(folder / "ovop_rounds.csv", "key year scheme"):
        year = int(number(row["year"], place))
        yield checked(AwardRound(key=row["key"], year=year, scheme_id=row["scheme"]), place)


def gates(folder: Path) -> Iterator[Gate]:
    for place, row in lines(folder / "ovop_gates.csv", "key fact least source position"):
        numbers = {name: int(number(row.pop(name), place)) for name in ("least", "position")}
        yield checked(Gate(**row, **numbers), place)


def checklist(folder: Path) -> Iterator[ChecklistItem]:
    for place, row in lines(folder / "ovop_checklist.csv", "key name_id name_en of_food position"):
        position, of_food = int(number(row.pop("position"), place)), row.pop("of_food") == "yes"
        yield checked(ChecklistItem(**row, position=position, of_food=of_food), place)


def halal_duties(folder: Path) -> Iterator[HalalDuty]:
    columns = "key category answer scales deadline citation valid_from valid_to"
    for place, row in lines(folder / "halal_duties.csv", columns):
        days = {name: day(row[name], place) for name in ("deadline", "valid_from", "valid_to")}
        if days["deadline"] is None:
            raise WrongFile(f"{place}: the deadline is missing.")
        texts = {name: row[name] for name in ("key", "category", "answer", "citation")}
        yield checked(HalalDuty(**texts, scales=several(row["scales"]), **days), place)


def quality_rules(folder: Path) -> Iterator[QualityRule]:
    for place, row in lines(folder / "quality_rules.csv", "key fact weight months"):
        months = int(number(row["months"], place)) if row["months"] else None
        weight = int(number(row["weight"], place))
        yield checked(QualityRule(key=row["key"], fact=row["fact"], weight=weight, months=months), place)


def kbli_changes(folder: Path) -> Iterator[KbliChange]:
    for place, row in lines(folder / "kbli_2020_2025.csv", "code state"):
        yield checked(KbliChange(key=f"2025-{row['code']}", version=2025, **row), place)


def kbli_words(folder: Path, version: int) -> Iterator[KbliWord]:
    """Everyday names of goods, by class; a province may do without names of its own."""
    path, known = (
        folder / "kbli_words.csv",
        {kbli_class.code for kbli_class in KbliClass.objects.classes().filter(version=version)},
    )
    for place, row in lines(path, "code words") if path.exists() else ():
        if row["code"] not in known:
            raise WrongFile(f"{place}: {row['code']!r} is no five-digit code of KBLI {version}.")
        for phrase in several(row["words"]):
            phrase, key = phrase.lower(), f"{version}-{row['code']}"
            yield checked(KbliWord(key=key_of(key, phrase), phrase=phrase, kbli_id=key), place)


def search_words(folder: Path) -> Iterator[SearchWord]:
    """What words of this province mean to whoever searches; a province may do without the file."""
    path = folder / "search_words.csv"
    for place, row in lines(path, "word means language") if path.exists() else ():
        yield checked(SearchWord(key=search_word_key(row["word"], row["means"]), **row), place)


def kbli(path: Path, version: int) -> Iterator[KbliClass]:
    rows = list(lines(path, "code title_id title_en level parent"))
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
        kbli_class = KbliClass(
            key=f"{version}-{code}",
            version=version,
            code=code,
            title_id=row["title_id"],
            title_en=row["title_en"],
            level=len(code),
            parent_id=f"{version}-{above}" if above in known else None,
        )
        yield checked(kbli_class, place)
