"""`/penutupan/`: the closes of quarters for everybody, as pages and files."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from disperin.closes.actions import why_not_close, why_not_correct
from disperin.closes.forms import CloseForm
from disperin.closes.jobs import is_being_closed
from disperin.closes.models import Close, CloseCorrection
from disperin.closes.paper import growth_in_words
from disperin.closes.reading import PUBLIC
from disperin.closes.tables import Row, Stored, growth
from disperin.figures.inside import attached
from disperin.figures.reported import ALL_REPORTS, REPORTED_BY, REPORTS
from disperin.figures.sums import UNITS, WHOLE, Measure
from disperin.maps.choropleth import choropleth
from disperin.registers.dated.quarters import NoSuchQuarter, Quarter
from disperin.ui.charts import Series, line_chart
from disperin.workbooks.exporting.copying import csv_of
from disperin.workbooks.files.delimited import quoted
from industries.rules.small_groups import LEAST

MOST_LISTED = 40  # closes of the page: ten years


def close_of(key: str) -> Close:
    """The close that an address names; raises Http404."""
    try:
        quarter = Quarter.named(key)
    except NoSuchQuarter as error:
        raise Http404(_("There is no such quarter.")) from error
    close = Close.objects.of(quarter).select_related("closed_by").first()
    if close is None:
        raise Http404(_("This quarter is not closed."))
    return close


def before(close: Close) -> Close | None:
    """The close before this one."""
    return Close.objects.filter(closed_at__lt=close.closed_at).last()


def corrections_of(close: Close, *, inside: bool) -> list[dict[str, Any]]:
    """What was corrected beside a close. Visitors read it of figures that they read; of sums not how they ought to be.

    The right sum may differ by one establishment, and would say what that one stated.
    """
    corrections = CloseCorrection.objects.filter(figure__close=close).select_related("figure", "by")
    if not inside:
        corrections = corrections.filter(figure__shown=True)
    rows = []
    for correction in corrections:
        correction.figure.close = close
        rows.append({"correction": correction, "tells_value": inside or correction.figure.measure == UNITS.name})
    return rows


class CloseList(TemplateView):
    """`/penutupan/`: every close, the newest first, and for verifiers the quarter that can be closed."""

    template_name = "closes/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, today = self.request.user, timezone.localdate()
        context = super().get_context_data(**kwargs)
        context["closes"] = closes = list(Close.objects.order_by("-year", "-quarter")[:MOST_LISTED])
        context["chart"] = _units_over_time(closes[::-1]) if len(closes) > 1 else None
        if user.is_authenticated and user.can_close:
            quarter = Quarter.last_over(today)
            context |= {
                "quarter": quarter,
                "why_not": why_not_close(user, quarter, today),
                "is_being_closed": is_being_closed(quarter),
                "form": kwargs.get("form") or CloseForm(),
            }
        return context


def _units_over_time(closes: list[Close]) -> Any:
    numbers = dict(
        Close.objects.filter(figures__dimension="all", figures__measure=UNITS.name).values_list("pk", "figures__value")
    )
    line = Series("actual", str(UNITS.label), [numbers[close.pk] for close in closes], has_dots=True)
    return line_chart([close.period.last_day for close in closes], [line])


class ClosePage(TemplateView):
    """`/penutupan/<year>-<quarter>/`: the tables of a close with its seal, its growth, and what was corrected."""

    template_name = "closes/close.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, close = self.request.user, close_of(self.kwargs["key"])
        inside = user.is_authenticated and user.sees_all and self.request.GET.get("lihat") == "dalam"
        stored, earlier = Stored.of(close, inside=inside), before(close)
        then = Stored.of(earlier, inside=inside) if earlier else None
        dimension = next((by for by in PUBLIC if by.name == self.request.GET.get("by", "regency")), None)
        if dimension is None:
            raise Http404(_("There is no such figure."))
        regencies = {row.code: row.values[UNITS.name] for row in stored.rows("regency")}
        return super().get_context_data(
            close=close,
            stored=stored,
            inside=inside,
            may_see_inside=user.is_authenticated and user.sees_all,
            may_correct=user.is_authenticated and not why_not_correct(user),
            measures=stored.open_measures,
            totals=[_total(measure, stored, then) for measure in stored.open_measures],
            earlier=earlier,
            dimension=dimension,
            dimensions=PUBLIC,
            rows=_with_bars(stored, stored.rows(dimension.name)),
            map=choropleth(regencies) if dimension.name == "regency" else None,
            reported=_reported(stored),
            corrections=corrections_of(close, inside=inside),
            **kwargs,
        )


def _reported(stored: Stored) -> dict[str, Any] | None:
    """The reports of the quarter in tables, how many makers were obliged, and how many of these had reported.

    None where the close holds no reports. Visitors read of the obliged only where it says of no one or two that they
    had reported or not, or reported without being obliged. Closes of before do not hold how many had (`of_obliged`).
    """
    measures = stored.reported_measures
    if not measures:
        return None
    (total,) = stored.reported_rows(ALL_REPORTS)
    told = stored.close.told["reports"]
    number, obliged, had = total.values[REPORTS.name], told["obliged"], told.get("of_obliged")
    is_told = obliged is not None and (
        stored.inside or (number is not None and not _tells_of_few(number, obliged, had))
    )
    return {
        "number": number,
        "obliged": obliged if is_told else None,
        "of_obliged": had if is_told else None,
        "was_laid_down": obliged is not None,
        "measures": measures,
        "tables": [
            (by, [_cells(row, measures) for row in [*stored.reported_rows(by.name), total]])
            for by in REPORTED_BY
            if by.is_public or stored.inside
        ],
    }


def _tells_of_few(number: int, obliged: int, had: int | None) -> bool:
    groups = (obliged - number,) if had is None else (had, obliged - had, number - had)
    return any(0 < group < LEAST for group in groups)


def _cells(row: Row, measures: list[Measure]) -> dict[str, Any]:
    return {"row": row, "cells": [(measure, row.values[measure.name]) for measure in measures]}


def told_publicly(stored: Stored) -> Iterator[tuple[str, Row, Measure]]:
    """Every figure of a close that file and API tell, hidden or not: (dimension, group, measure)."""
    groups = [(WHOLE, stored.total), *((by.name, row) for by in PUBLIC for row in stored.rows(by.name))]
    for dimension, row in groups:
        yield from ((dimension, row, measure) for measure in stored.open_measures)
    if not stored.reported_measures:
        return
    for dimension in (ALL_REPORTS, *(by.name for by in REPORTED_BY if by.is_public)):
        for row in stored.reported_rows(dimension):
            yield from ((dimension, row, measure) for measure in stored.reported_measures)


def _with_bars(stored: Stored, rows: list[Row]) -> list[dict[str, Any]]:
    most = max((row.values[UNITS.name] or 0 for row in rows), default=0) or 1
    return [
        {
            "row": row,
            "share": 100 * (row.values[UNITS.name] or 0) / most,
            "cells": [(measure, row.values[measure.name]) for measure in stored.open_measures],
        }
        for row in rows
    ]


def _total(measure: Measure, stored: Stored, then: Stored | None) -> dict[str, Any]:
    now = stored.total.values[measure.name]
    moved = growth(now, then.total.values[measure.name]) if then else None
    return {"measure": measure, "value": now, "growth": growth_in_words(moved) if moved else ""}


class CloseFile(View):
    """`/penutupan/<year>-<quarter>.csv`: what visitors read of a close; a hidden value is empty and says so."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        close = close_of(key)
        stored, at = Stored.of(close), timezone.localtime(close.closed_at).isoformat(timespec="seconds")
        rows: list[tuple[Any, ...]] = [
            ("period", "closed_at", "sha256", "dimension", "code", "label", "measure", "value", "hidden")
        ]
        for dimension, row, measure in told_publicly(stored):
            value = row.values[measure.name]
            shown = ("", "yes") if value is None else (value, "no")
            label = quoted(row.label)
            rows.append((close.period.key, at, close.seal, dimension, row.code, label, measure.name, *shown))
        name = f"penutupan-{close.period.key}.csv"
        return HttpResponse(csv_of(rows), content_type="text/csv; charset=utf-8", headers=attached(name))
