"""The rows of the printed tables: each indicator, or programme, as cells by the names that layouts use.

What was entered nowhere is None. Tables of programmes hold one row of each. The meaning of every name is in `_cells`;
nothing is reckoned that is not said there.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from disperin.planning.models.indicator import Indicator, in_use
from disperin.planning.models.standing import Standing, Told, standings
from disperin.planning.rules import indicators as rules
from disperin.planning.rules.layouts import Kind, Layout
from disperin.ui.formats import day, number

MOST_ROWS = 500  # indicators of one table
Cell = str | int | Decimal | None
_RENSTRA = (rules.Document.RENSTRA, rules.Document.RENSTRA_CHANGED)
_AGREEMENT = (rules.Document.AGREEMENT, rules.Document.AGREEMENT_CHANGED)
_OF_GOALS = (rules.Level.GOAL, rules.Level.OBJECTIVE)
_OF_FIVE_YEARS = (Kind.REVIEW, Kind.PLAN)
_OF_PROGRAMMES = (Kind.PROGRAMMES, Kind.BUDGET)


@dataclass(frozen=True)
class Printed:
    """A table as it is printed: headings, rows, and whether there are more indicators than one table holds."""

    title: str
    headings: list[str]
    rows: list[list[Cell]]
    is_cut: bool
    years: dict[str, str] = field(default_factory=dict)  # what stands for a year in headings and titles


def printed(layout: Layout, found: Any, year: int) -> Printed:
    """The table of a layout, of these indicators, for a year. As many queries as `standings`."""
    years = _years(layout.kind, year)
    last = max(years) if layout.kind in _OF_FIVE_YEARS else year
    some = list(_of_kind(found.filter(in_use(year, last)), layout.kind)[: MOST_ROWS + 1])
    told = standings(some[:MOST_ROWS], {*years, *range(rules.FIRST_YEAR, rules.LAST_YEAR + 1), year - 1, year})
    rows = [_cells(told[one.pk], one, year, years) for one in some[:MOST_ROWS]]
    if layout.kind in _OF_PROGRAMMES:
        rows = _by_programme(rows, [told[one.pk][year] for one in some[:MOST_ROWS]])
    if "tahun_akhir" not in layout.names:  # a layout of the office: the year stands with the target
        for row in rows:
            target, of_year = row["target_akhir"], row["tahun_akhir"]
            row["target_akhir"] = f"{number(target)} ({of_year})" if target is not None and of_year else None
    names = {f"tahun_{at}": str(one) for at, one in enumerate(years, start=1)} | {"tahun": str(year)}
    return Printed(
        layout.title_of(names),
        layout.headings_of(names),
        [[at if name == "no" else row.get(name) for name in layout.names] for at, row in enumerate(rows, start=1)],
        len(some) > MOST_ROWS,
        names,
    )


def _of_kind(found: Any, kind: str) -> Any:
    found = found.exclude(kind=rules.Kind.STRUCTURE).select_related("unit")
    if kind == Kind.AGREEMENT:
        found = found.filter(level__in=_OF_GOALS)
    if kind in _OF_PROGRAMMES:
        found = found.exclude(programme="").exclude(level__in=_OF_GOALS)
    if kind == Kind.ACHIEVEMENT:
        found = found.filter(kind=rules.Kind.MAIN)
    return found.order_by("programme_code", "goal", "objective", "code", "name", "id")


def _years(kind: str, year: int) -> list[int]:
    """The years that a table numbers: five from the one asked for, or in LKjIP the four before it."""
    return list(range(year - 4, year)) if kind == Kind.ACHIEVEMENT else list(range(year, year + 5))


def _by_programme(rows: list[dict[str, Cell]], standings: list[Standing]) -> list[dict[str, Cell]]:
    """One row for each programme: what its indicators say alike, all their names, and its money once.

    Where they name different budgets, that of the newest document counts; of amounts spent the largest.
    """
    groups: dict[tuple[str, str], list[tuple[dict[str, Cell], Standing]]] = defaultdict(list)
    for row, now in zip(rows, standings, strict=True):
        groups[now.indicator.programme_code, now.indicator.programme].append((row, now))
    return [_programme(*zip(*some, strict=True)) for some in groups.values()]


def _programme(rows: tuple[dict[str, Cell], ...], some: tuple[Standing, ...]) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for name in rows[0]:
        said = {row[name] for row in rows} - {None, ""}
        cells[name] = said.pop() if len(said) == 1 else None
    cells["indikator"] = "; ".join(one.indicator.name for one in some)
    cells["anggaran"] = _funds(_newest_with_funds(one.target for one in some))
    cells["anggaran_pk"] = _funds(_newest_with_funds(one.target_by(*_AGREEMENT) for one in some))
    cells["realisasi_rp"] = max((one.spent for one in some if one.spent is not None), default=None)
    cells["serapan"] = _absorbed(cells["anggaran"], cells["realisasi_rp"])
    return cells


def _cells(told: dict[int, Standing], one: Indicator, year: int, years: list[int]) -> dict[str, Cell]:
    now = told[year]
    is_of_goal = one.level in _OF_GOALS
    reasons = _newest_row(now)
    cells: dict[str, Cell] = {
        "indikator": one.name,
        "indikator_sasaran": one.name if is_of_goal else None,
        "indikator_program": None if is_of_goal else one.name,
        "satuan": one.measure,
        "kode": one.programme_code or one.code,
        "tujuan": one.goal,
        "sasaran": one.objective,
        "program": one.programme,
        "data_awal": one.baseline,
        "penanggung_jawab": one.unit.name if one.unit else None,
        "lokasi": one.place,
        "target_nspk": _value(now.target_by(rules.Document.STANDARD)),
        "target_ikk": _value(now.target_by(rules.Document.KEY)),
        "target_lain": _value(now.target_by(rules.Document.OTHER)),
        "target": _value(now.target),
        "realisasi": _so_far(now, now.value),
        "capaian": _so_far(now, now.percent),
        "target_pk": _value(now.target_by(*_AGREEMENT)),
        "anggaran_pk": _funds(now.target_by(*_AGREEMENT)),
        "anggaran": _funds(now.target),
        "realisasi_rp": now.spent,
        "pendukung": reasons and reasons.supporting,
        "penghambat": reasons and reasons.hindering,
        "tindak_lanjut": reasons and reasons.follow_up,
    }
    cells["serapan"] = _absorbed(cells["anggaran"], now.spent)
    cells |= dict(_of_renstra(told, one, year)) | dict(_of_quarters(now))
    for place, numbered in enumerate(years, start=1):
        standing = told.get(numbered)
        target = standing.target_by(*_RENSTRA) if standing else None
        cells[f"target_{place}"], cells[f"rp_{place}"] = _value(target), _funds(target)
        value = standing.value if standing else None
        cells[f"realisasi_{place}"] = _so_far(standing, value)
        cells[f"rasio_{place}"] = _so_far(standing, rules.achievement(one.direction, _value(target), value))
    return cells


def _of_renstra(told: dict[int, Standing], one: Indicator, year: int) -> Iterator[tuple[str, Cell]]:
    """The last target that the Renstra sets, and of which year; its money over the years, what was reached so far."""
    by_year = {at: set_ for at, standing in told.items() if (set_ := standing.target_by(*_RENSTRA))}
    last_year = max(by_year, default=None)
    last = by_year[last_year] if last_year else None
    money = [one.funds for one in by_year.values() if one.funds is not None]
    spent = [told[at].spent for at in sorted(told) if rules.FIRST_YEAR <= at <= year and told[at].spent is not None]
    before = [told[at].spent for at in sorted(told) if rules.FIRST_YEAR <= at < year and told[at].spent is not None]
    yield "tahun_akhir", str(last_year) if last_year else None
    yield "target_akhir", _value(last)
    yield "rp_akhir", sum(money) if money else None
    yield "capaian_akhir", _so_far(told[year], rules.achievement(one.direction, _value(last), told[year].value))
    yield "realisasi_sebelumnya", _so_far(told[year - 1], told[year - 1].value)
    yield "rp_sebelumnya", sum(filter(None, before)) if before else None
    yield "rp_sampai_ini", sum(filter(None, spent)) if spent else None


def _of_quarters(now: Standing) -> Iterator[tuple[str, Cell]]:
    for name in rules.QUARTERS:
        told = now.periods.get(name)
        yield f"realisasi_{name}", _of_quarter(told) if told else None
        yield f"rp_{name}", told.spent if told else None


def _of_quarter(told: Told) -> Cell:
    """What was counted while the quarter runs is none of its figures: it says so, with its day."""
    return _marked(told.value, told if told.so_far else None)


def _so_far(standing: Standing | None, value: Decimal | None) -> Cell:
    """The same of a figure of the year, and of what is reckoned with it."""
    return _marked(value, standing.running if standing else None)


def _marked(value: Decimal | None, running: Told | None) -> Cell:
    if running is None or value is None or running.day is None:
        return value
    return _("%(number)s (running, as of %(day)s)") % {"number": number(value), "day": day(running.day)}


def _newest_row(now: Standing) -> Any:
    rows = [one.row for one in now.periods.values() if one.row]
    return max(
        rows, key=lambda row: (rules.last_day(row.year, row.period), row.period == rules.WHOLE_YEAR), default=None
    )


def _value(target: Any) -> Decimal | None:
    return target.value if target else None


def _funds(target: Any) -> int | None:
    return target.funds if target else None


def _newest_with_funds(targets: Iterable[Any]) -> Any:
    found = [one for one in targets if one and one.funds is not None]
    return max(found, key=lambda one: (one.document_on, one.pk), default=None)


def _absorbed(budget: Any, spent: Any) -> Decimal | None:
    """How much of a budget was spent, in percent."""
    return rules.achievement(rules.Direction.MORE, _decimal(budget), _decimal(spent))


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)
