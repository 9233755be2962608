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
from disperin.planning.rules.layouts import Kind, Layout, years_numbered
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


def printed(layout: Layout, indicators: Any, year: int) -> Printed:
    """The table of a layout, of these indicators, for a year. As many queries as `standings`."""
    years = _years(layout.kind, year)
    last = max(years) if layout.kind in _OF_FIVE_YEARS else year
    some = list(_of_kind(indicators.filter(in_use(year, last)), layout.kind)[: MOST_ROWS + 1])
    by_indicator = standings(some[:MOST_ROWS], {*years, *range(rules.FIRST_YEAR, rules.LAST_YEAR + 1), year - 1, year})
    rows = [_cells(by_indicator[indicator.pk], indicator, year, years) for indicator in some[:MOST_ROWS]]
    if layout.kind in _OF_PROGRAMMES:
        rows = _by_programme(rows, [by_indicator[indicator.pk][year] for indicator in some[:MOST_ROWS]])
    if "tahun_akhir" not in layout.names:  # a layout of the office: the year stands with the target
        for row in rows:
            target, of_year = row["target_akhir"], row["tahun_akhir"]
            row["target_akhir"] = f"{number(target)} ({of_year})" if target is not None and of_year else None
    names = {f"tahun_{at}": str(numbered) for at, numbered in enumerate(years, start=1)} | {"tahun": str(year)}
    return Printed(
        layout.title_of(names),
        layout.headings_of(names),
        [[at if name == "no" else row.get(name) for name in layout.names] for at, row in enumerate(rows, start=1)],
        len(some) > MOST_ROWS,
        names,
    )


def _of_kind(indicators: Any, kind: str) -> Any:
    indicators = indicators.exclude(kind=rules.Kind.STRUCTURE).select_related("unit")
    if kind == Kind.AGREEMENT:
        indicators = indicators.filter(level__in=_OF_GOALS)
    if kind in _OF_PROGRAMMES:
        indicators = indicators.exclude(programme="").exclude(level__in=_OF_GOALS)
    if kind == Kind.ACHIEVEMENT:
        indicators = indicators.filter(kind=rules.Kind.MAIN)
    return indicators.order_by("programme_code", "goal", "objective", "code", "name", "id")


def _years(kind: str, year: int) -> list[int]:
    """The years that a table numbers: five from the one asked for, or in LKjIP the four before it."""
    first = year - years_numbered(kind) if kind == Kind.ACHIEVEMENT else year
    return list(range(first, first + years_numbered(kind)))


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
    cells["indikator"] = "; ".join(standing.indicator.name for standing in some)
    cells["anggaran"] = _funds(_newest_with_funds(standing.target for standing in some))
    cells["anggaran_pk"] = _funds(_newest_with_funds(standing.target_by(*_AGREEMENT) for standing in some))
    cells["realisasi_rp"] = max((standing.spent for standing in some if standing.spent is not None), default=None)
    cells["serapan"] = _absorbed(cells["anggaran"], cells["realisasi_rp"])
    return cells


def _cells(yearly: dict[int, Standing], indicator: Indicator, year: int, years: list[int]) -> dict[str, Cell]:
    now = yearly[year]
    is_of_goal = indicator.level in _OF_GOALS
    reasons = _newest_row(now)
    cells: dict[str, Cell] = {
        "indikator": indicator.name,
        "indikator_sasaran": indicator.name if is_of_goal else None,
        "indikator_program": None if is_of_goal else indicator.name,
        "satuan": indicator.measure,
        "kode": indicator.programme_code or indicator.code,
        "tujuan": indicator.goal,
        "sasaran": indicator.objective,
        "program": indicator.programme,
        "data_awal": indicator.baseline,
        "penanggung_jawab": indicator.unit.name if indicator.unit else None,
        "lokasi": indicator.place,
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
    cells |= dict(_of_renstra(yearly, indicator, year)) | dict(_of_quarters(now))
    for place, numbered in enumerate(years, start=1):
        standing = yearly.get(numbered)
        target = standing.target_by(*_RENSTRA) if standing else None
        cells[f"target_{place}"], cells[f"rp_{place}"] = _value(target), _funds(target)
        value = standing.value if standing else None
        cells[f"realisasi_{place}"] = _so_far(standing, value)
        cells[f"rasio_{place}"] = _so_far(standing, rules.achievement(indicator.direction, _value(target), value))
    return cells


def _of_renstra(yearly: dict[int, Standing], indicator: Indicator, year: int) -> Iterator[tuple[str, Cell]]:
    """The last target that the Renstra sets, and of which year; its money over the years, what was reached so far."""
    by_year = {at: set_ for at, standing in yearly.items() if (set_ := standing.target_by(*_RENSTRA))}
    last_year = max(by_year, default=None)
    last = by_year[last_year] if last_year else None
    money = [target.funds for target in by_year.values() if target.funds is not None]
    spent = [
        yearly[at].spent for at in sorted(yearly) if rules.FIRST_YEAR <= at <= year and yearly[at].spent is not None
    ]
    before = [
        yearly[at].spent for at in sorted(yearly) if rules.FIRST_YEAR <= at < year and yearly[at].spent is not None
    ]
    yield "tahun_akhir", str(last_year) if last_year else None
    yield "target_akhir", _value(last)
    yield "rp_akhir", sum(money) if money else None
    yield (
        "capaian_akhir",
        _so_far(yearly[year], rules.achievement(indicator.direction, _value(last), yearly[year].value)),
    )
    yield "realisasi_sebelumnya", _so_far(yearly[year - 1], yearly[year - 1].value)
    yield "rp_sebelumnya", sum(filter(None, before)) if before else None
    yield "rp_sampai_ini", sum(filter(None, spent)) if spent else None


def _of_quarters(now: Standing) -> Iterator[tuple[str, Cell]]:
    for name in rules.QUARTERS:
        figure = now.periods.get(name)
        yield f"realisasi_{name}", _of_quarter(figure) if figure else None
        yield f"rp_{name}", figure.spent if figure else None


def _of_quarter(figure: Told) -> Cell:
    """What was counted while the quarter runs is none of its figures: it says so, with its day."""
    return _marked(figure.value, figure if figure.so_far else None)


def _so_far(standing: Standing | None, value: Decimal | None) -> Cell:
    """The same of a figure of the year, and of what is reckoned with it."""
    return _marked(value, standing.running if standing else None)


def _marked(value: Decimal | None, running: Told | None) -> Cell:
    if running is None or value is None or running.day is None:
        return value
    return _("%(number)s (running, as of %(day)s)") % {"number": number(value), "day": day(running.day)}


def _newest_row(now: Standing) -> Any:
    rows = [figure.row for figure in now.periods.values() if figure.row]
    return max(
        rows, key=lambda row: (rules.last_day(row.year, row.period), row.period == rules.WHOLE_YEAR), default=None
    )


def _value(target: Any) -> Decimal | None:
    return target.value if target else None


def _funds(target: Any) -> int | None:
    return target.funds if target else None


def _newest_with_funds(targets: Iterable[Any]) -> Any:
    funded = [target for target in targets if target and target.funds is not None]
    return max(funded, key=lambda target: (target.document_on, target.pk), default=None)


def _absorbed(budget: Any, spent: Any) -> Decimal | None:
    """How much of a budget was spent, in percent."""
    return rules.achievement(rules.Direction.MORE, _decimal(budget), _decimal(spent))


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)
