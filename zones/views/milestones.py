"""Milestones: list, map and one page each. Who is responsible and what contracts cost stays inside."""

from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from disperin.history.views import timeline
from disperin.registers.caching import cached
from disperin.registers.facets import Facet
from disperin.registers.views import Listed, RecordDetail, RecordList, RecordMap
from disperin.submissions.models import Submission
from industries.views.establishments import regencies
from zones import rules
from zones.filters import MILESTONE_ORDERS, MilestoneDeskFilter, MilestoneFilter
from zones.models import Milestone

from .figures import Figure

_DAYS = ("planned_start", "planned_finish", "actual_start", "actual_finish")


class Milestones(Listed):
    """Which milestones the address asks for; whoever has an account may ask more."""

    model = Milestone
    filterset_class = MilestoneFilter

    def setup(self, request, *args, **kwargs):
        """Also: the filters that this person may use."""
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:
            self.filterset_class = MilestoneDeskFilter


@method_decorator(cached("milestones", "zones", "reference"), name="dispatch")
class MilestoneList(Milestones, RecordList):
    """`/tonggak/`: the milestones of all zones; `?zone=<slug>` narrows to one."""

    template_name = "zones/milestone_list.html"
    orders = MILESTONE_ORDERS
    facets = (Facet("regency", _("Regency/city"), "regency", regencies),)
    columns = ("number", "name", "zone__name", "regency__name", "percent", "progress_on", *_DAYS, "verified_at")

    def cards(self, rows):
        today = timezone.localdate()
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


@method_decorator(cached("milestones", "zones", "reference"), name="dispatch")
class MilestoneMap(Milestones, RecordMap):
    """`/tonggak/peta.json`: the same milestones, each where its zone lies."""

    point = ("zone__map_latitude", "zone__map_longitude")
    note = ("zone__name", "regency__name")


@method_decorator(cached("milestones", "zones", "reference"), name="dispatch")
class MilestoneDetail(RecordDetail):
    """`/tonggak/<number>/`: one milestone."""

    template_name = "zones/milestone_detail.html"
    queryset = Milestone.objects.select_related("zone", "regency", "photo", "evidence")

    def get_context_data(self, **kwargs):
        milestone = self.object
        photo = milestone.photo.photo_url(960) if milestone.photo else ""
        progress = Figure("", "", as_of=milestone.progress_on)
        context = super().get_context_data(photo_url=photo, progress=progress, **kwargs)
        if self.inside:
            submissions = Submission.objects.within_reach(self.request.user)
            context["waiting"] = submissions.waiting_for("milestones", milestone.pk).first()
            context["events"] = timeline(milestone)
            context["earlier_baselines"] = list(milestone.earlier_baselines())
        return context
