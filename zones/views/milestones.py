"""Milestones: list, map and one page each. Who is responsible and what contracts cost stays inside."""

from collections import Counter
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disperin.regions.reach import reaches_regency
from disperin.registers.lists.facets import MOST_COUNTED, Facet, regencies, shown_facet
from disperin.registers.lists.views import RecordList
from disperin.registers.record import past
from disperin.submissions.views.record_page import RecordPage
from zones import rules
from zones.filters import NOBODY, MilestoneDeskFilter, MilestoneFilter
from zones.models import Milestone

from .figures import Figure

MOST_PEOPLE = 12  # in the facet of who is responsible: those of the most milestones
_DAYS = ("planned_start", "planned_finish", "actual_start", "actual_finish")


class MilestoneList(RecordList):
    """`/tonggak/`: the milestones of all zones; `?zone=<slug>` narrows to one. Whoever has an account may ask more."""

    filterset_class = MilestoneFilter
    template_name = "zones/milestone_list.html"
    facets = (Facet("regency", _("Regency/city"), "regency", regencies),)
    state_facet = Facet("state", _("State"), "state")
    responsible_facet = Facet("responsible", _("Responsible"), "responsible", by_count=True)
    columns = ("number", "name", "zone__name", "regency__name", "percent", "progress_on", *_DAYS, "verified_at")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Also: the filters that this person may use."""
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:
            self.filterset_class = MilestoneDeskFilter

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Also the facets of what is counted anew each day: how they stand, and within one's reach by whom."""
        context = super().get_context_data(**kwargs)
        user, columns = self.request.user, ("stands", "regency", "responsible")
        rows = self.matches.with_state(past.today()).order_by().values_list(*columns)[: MOST_COUNTED + 1]
        states: Counter[str] = Counter()
        people: Counter[str] = Counter()
        for state, regency, responsible in rows:
            states[state] += 1
            if reaches_regency(user, regency):
                people[responsible or NOBODY] += 1
        exact = states.total() <= MOST_COUNTED
        context["facets"] += shown_facet(
            self.request, self.state_facet, dict(rules.MilestoneState.choices), states, self.active, exact=exact
        )
        shown = [*dict(people.most_common(MOST_PEOPLE)), *filter(people.get, [self.active.get("responsible", "")])]
        names = {who: _("Not said") if who == NOBODY else who for who in shown}
        context["facets"] += shown_facet(self.request, self.responsible_facet, names, people, self.active, exact=exact)
        return context

    def cards(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        today = past.today()
        return [
            {
                **row,
                "url": reverse("zones:milestone-detail", args=[row["number"]]),
                "zone": row["zone__name"],
                "regency": row["regency__name"],
                "state": rules.milestone_state(**{name: row[name] for name in _DAYS}, today=today),
            }
            for row in rows
        ]


class MilestoneDetail(RecordPage):
    """`/tonggak/<number>/`: one milestone."""

    template_name = "zones/milestone_detail.html"
    queryset = Milestone.objects.select_related("zone", "regency", "photo", "evidence")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        milestone = self.object
        photo = milestone.photo.photo_url(960) if milestone.photo else ""
        progress = Figure("", "", as_of=milestone.progress_on)
        context = super().get_context_data(photo_url=photo, progress=progress, **kwargs)
        if self.inside:
            context["earlier_baselines"] = list(milestone.earlier_baselines())
        return context
