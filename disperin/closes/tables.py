"""The figures of a close as tables: what visitors read of them, and what people with an account read; and growth."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from disperin.closes.models import Close, CloseFigure
from disperin.figures.reported import ALL_REPORTS, REPORTED_MEASURES
from disperin.figures.sums import MEASURES, SUMMED, UNITS, WHOLE, Measure, Sums


@dataclass(frozen=True)
class Growth:
    """From one close to a later one. `rate` is (n − (n−1)) / (n−1), as the indicator of KEP.26A has it; None from 0."""

    difference: int
    rate: Decimal | None


def growth(now: int | None, then: int | None) -> Growth | None:
    """Both ways of telling it; None where one of the two is not known."""
    if now is None or then is None:
        return None
    return Growth(now - then, Decimal(now - then) / Decimal(then) if then else None)


@dataclass(frozen=True)
class Row:
    """A group with its numbers by measure; None where one is hidden from whoever reads."""

    code: str
    label: str
    values: Mapping[str, int | None]


class Stored:
    """What a close holds, as far as somebody may read it: `inside` everything."""

    def __init__(self, close: Close, figures: Iterable[CloseFigure], *, inside: bool) -> None:
        self.close = close
        self.inside = inside
        self._figures = {(figure.dimension, figure.code, figure.measure): figure for figure in figures}

    @classmethod
    def of(cls, close: Close, *, inside: bool = False) -> "Stored":
        """One query."""
        return cls(close, close.figures.all(), inside=inside)

    def value(self, dimension: str, code: str, measure: str) -> int | None:
        """A figure; 0 of a group that had no establishment, None where it is hidden."""
        figure = self._figures.get((dimension, code, measure))
        if figure is None:
            return 0
        return figure.value if self.inside or figure.shown else None

    def figure(self, dimension: str, code: str, measure: str) -> CloseFigure | None:
        """The stored row, if there is one."""
        return self._figures.get((dimension, code, measure))

    def row(self, dimension: str, code: str) -> Row:
        """The numbers of a group."""
        label = self.close.label(dimension, code)
        return Row(code, label, {measure.name: self.value(dimension, code, measure.name) for measure in MEASURES})

    def rows(self, dimension: str) -> list[Row]:
        """The groups of a dimension in the order in which the close names them."""
        return [self.row(dimension, code) for code in self.close.told["labels"][dimension]]

    @property
    def open_measures(self) -> list[Measure]:
        """What visitors may read of it, unless it is hidden: what was measured when the quarter was closed."""
        return [measure for measure in (UNITS, *SUMMED) if measure.name in self.close.told["measures"]]

    @property
    def total(self) -> Row:
        """All of them."""
        return self.row(WHOLE, "")

    @property
    def reported_measures(self) -> list[Measure]:
        """What of the reports of the quarter was measured; nothing in a close that holds none."""
        reports = self.close.told.get("reports")
        return [measure for measure in REPORTED_MEASURES if reports and measure.name in reports["measures"]]

    def reported_rows(self, dimension: str) -> list[Row]:
        """The groups of the reports of the quarter; of `ALL_REPORTS` that of all."""
        codes = [""] if dimension == ALL_REPORTS else self.close.told["labels"][dimension]
        return [
            Row(
                code,
                self.close.label(dimension, code),
                {measure.name: self.value(dimension, code, measure.name) for measure in self.reported_measures},
            )
            for code in codes
        ]

    def sums(self, dimension: str) -> dict[str, Sums]:
        """Of somebody who reads everything: as today's sums are told."""
        by_code: dict[str, dict[str, CloseFigure]] = {}
        for (name, code, measure), figure in self._figures.items():
            if name == dimension:
                by_code.setdefault(code, {})[measure] = figure
        return {
            code: Sums(
                {name: figure.value for name, figure in some.items()},
                {name: figure.given for name, figure in some.items()},
            )
            for code, some in by_code.items()
        }
