"""`/statistik/`: the figures of all public registers, one page for each, as a file too; how good their data is."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from disperin.figures.changes import LONGEST, TOO_LONG, Between, days_asked
from disperin.figures.cuts import MOST_BARS, Cut, NoSuchCut, cut_named, cuts, figure_of, figures_of
from disperin.figures.inside import attached
from disperin.figures.league import FILE_COLUMNS, MONTHS_COLUMNS, League
from disperin.maps.choropleth import choropleth
from disperin.registers.api.throttling import VisitorThrottle
from disperin.registers.lists.addresses import list_address
from disperin.registers.lists.caching import Kept, KeptOfAll
from disperin.registers.lists.one_moment import TookTooLong, one_moment
from disperin.registers.record import directory, past
from disperin.ui.listing import kept_parameters, with_query
from disperin.ui.views import too_many
from disperin.workbooks.exporting.copying import csv_of
from disperin.workbooks.files.delimited import quoted

FROM, UNTIL, AFTER = "dari", "sampai", "setelah"  # two days, and where the next page begins
HEAD_OF_CARD, ROW_OF_CARD = 280, 26  # pixels of the card of a figure on other sites
FIRST = 3  # rows of a figure among others; its own page has all


class Statistics(KeptOfAll, TemplateView):
    """`/statistik/`: every figure with its finding, by register."""

    template_name = "figures/statistics.html"
    knows_as_of = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        registers: dict[str, list[Cut]] = {}
        for cut in cuts():
            if cut.register.model.is_in_statistics:
                registers.setdefault(cut.register.slug, []).append(cut)
        figures = [figures_of(some) for some in registers.values()]
        return super().get_context_data(
            registers=[some for some in figures if some[0].whole],
            first=f":{FIRST}",
            day=past.today(),
            **kwargs,
        )


class OfCut(KeptOfAll):
    """What shows the cut that its address names; 404 for others."""

    @property
    def cut(self) -> Cut:
        """The cut."""
        try:
            return cut_named(self.kwargs["register"], self.kwargs["facet"])
        except NoSuchCut as error:
            raise Http404(_("There is no such figure.")) from error


class FigurePage(OfCut, TemplateView):
    """`/statistik/<register>/<facet>/`: one figure with all its rows, on a map where it is by regency."""

    template_name = "figures/figure.html"
    knows_as_of = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        figure = figure_of(self.cut)
        numbers = {row.code: row.number for row in figure.rows} if self.cut.is_by_regency else {}
        return super().get_context_data(
            figure=figure,
            map=choropleth(numbers),
            height=HEAD_OF_CARD + ROW_OF_CARD * min(len(figure.rows), MOST_BARS),
            day=past.today(),
            **kwargs,
        )


class FigureFile(OfCut, View):
    """`/statistik/<register>/<facet>.csv`: the same rows as CSV, its header first."""

    knows_as_of = True

    def get(self, request: HttpRequest, register: str, facet: str) -> HttpResponse:
        figure, day = figure_of(self.cut), past.today().isoformat()
        rows = [(row.code, quoted(str(row.label)), row.number, row.whole, day) for row in figure.rows]
        return _csv_file(f"{register}-{facet}-{day}.csv", [("code", "label", "number", "whole", "as_of"), *rows])


class OfLeague(Kept):
    """What shows the league of the regencies by the quality of their data."""

    reads = ("establishments", "reference")


class Quality(OfLeague, TemplateView):
    """`/statistik/mutu/`: how the regencies stand by the quality of their data, and how that is counted."""

    template_name = "figures/quality.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(league=League(timezone.localdate()), **kwargs)


class QualityFile(OfLeague, View):
    """`/statistik/mutu.csv`: the same rows as CSV, its header first. What is not told is empty."""

    def get(self, request: HttpRequest) -> HttpResponse:
        league = League(timezone.localdate())
        rows = [tuple(quoted(cell) if isinstance(cell, str) else cell for cell in row) for row in league.file_rows()]
        return _csv_file(f"mutu-data-{league.day.isoformat()}.csv", [FILE_COLUMNS, *rows])


class QualityMonthsFile(OfLeague, View):
    """`/statistik/mutu-bulanan.csv`: every regency in each month that was marked, as CSV. What is not told is empty."""

    def get(self, request: HttpRequest) -> HttpResponse:
        today = timezone.localdate()
        lines = (row.values() for row in League(today).month_rows())
        rows = (["" if cell is None else quoted(str(cell)) for cell in row] for row in lines)
        return _csv_file(f"mutu-data-bulanan-{today.isoformat()}.csv", [MONTHS_COLUMNS, *rows])


class WhyChanged(KeptOfAll, TemplateView):
    """`/statistik/<register>/perubahan/?dari=&sampai=&…`: the records that came into a list between two days, and left.

    Narrowed by the filters of that list. A register of the inside answers people with an account, within their reach.
    """

    template_name = "figures/changes.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        register = directory.find(kwargs["register"])
        if register is None:
            raise Http404(_("There is no such figure."))
        self.register = register
        if register.model.audience.is_public:
            return super().dispatch(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As of the page; 429 for visitors who ask too often, 503 where it takes too long."""
        throttle = VisitorThrottle()
        if not throttle.allow_request(request, self):
            return too_many(request, throttle.wait())
        context = self.get_context_data(**kwargs)
        return self.render_to_response(context, status=503 if context["gave_up"] else 200)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query, between, problems = self.request.GET, {}, {}
        try:
            days = days_asked(query, FROM, UNTIL)
        except ValidationError as refused:
            days, problems = None, {name: some[0] for name, some in refused.message_dict.items()}
        if days:
            with suppress(TookTooLong), one_moment(LONGEST):
                between = self._between(Between(self.register, self.request, *days))
        return super().get_context_data(
            record_register=self.register,
            list_url=list_address(self.register),
            asked={name: query.get(name, "")[:40] for name in (FROM, UNTIL)},
            refused=problems,
            gave_up=bool(days) and not between,
            too_long=TOO_LONG,
            kept=kept_parameters(self.request, FROM, UNTIL, AFTER),
            **between,
            **kwargs,
        )

    def _between(self, between: Between) -> dict[str, Any]:
        after = self.request.GET.get(AFTER, "")
        after = after if after.isascii() and after.isdecimal() and len(after) < 19 else ""
        changes, following = between.changes(int(after or 0))
        (before, now), (came, left) = between.counts, between.moved
        return {
            "between": between,
            "before": before,
            "after": now,
            "came": came,
            "left": left,
            "changes": changes,
            "problems": between.problems,
            "narrowed": between.filters_in_words,
            "list_then": between.list_url(between.first),
            "list_now": between.list_url(between.last),
            "first_url": with_query(self.request, **{AFTER: None}) if after else "",
            "next_url": with_query(self.request, **{AFTER: following}) if following else "",
        }


def _csv_file(name: str, rows: Iterable[Iterable[Any]]) -> HttpResponse:
    return HttpResponse(csv_of(rows), content_type="text/csv; charset=utf-8", headers=attached(name))
