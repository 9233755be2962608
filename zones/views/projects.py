"""`/psn/`: national strategic projects that are no zone: their list and map, one page each with plan and progress."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from disperin.regions.models import District
from disperin.registers.lists.apart import ApartList, way_to_apart
from disperin.registers.lists.facets import Facet, regencies
from disperin.registers.record import past
from disperin.submissions.views.record_page import RecordPage
from zones import rules
from zones.filters import ProjectFilter
from zones.models import Milestone, Zone, plans_of
from zones.rules import progress

from .figures import Notes, manager_of, project_of, stage_of
from .progress import ZoneProgress


class ProjectList(ApartList):
    """`/psn/`: the projects. They are records of the register of zones, and in none of its lists."""

    filterset_class = ProjectFilter
    template_name = "zones/project_list.html"
    reads = ("zones", "milestones", "reference")
    facets = (Facet("regency", gettext_lazy("Regency/city"), "regency", regencies),)
    columns = (
        "number", "name", "slug", "kind", "stage", "stage_on", "project_stage", "regency__name", "verified_at",
        "regency_id", "map_latitude", "map_longitude",
    )  # fmt: skip

    def cards(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The rows for the template, each with how it stands to its plan; on a past day nobody knows that."""
        standings = {} if past.day() else self._standings(row["id"] for row in rows)
        return [
            {
                **row,
                "url": reverse("zones:project-detail", args=[row["slug"]]),
                "stage": rules.ZoneStage(row["stage"]).label,
                "project_stage": dict(rules.ProjectStage.choices).get(row["project_stage"], ""),
                "regency": row["regency__name"],
                "standing": standings.get(row["id"]),
            }
            for row in rows
        ]

    def _standings(self, keys: Iterable[int]) -> dict[int, progress.Standing | None]:
        plans = plans_of(Milestone.objects.current().filter(zone__in=list(keys)), self.request.user)
        today = past.today()
        return {key: progress.standing(plan, today) for key, plan in plans.items()}


class ProjectDetail(RecordPage):
    """`/psn/<slug>/`: one project. The number leads here too."""

    reads = ("zones", "milestones", "reference")
    template_name = "zones/project_detail.html"
    queryset = Zone.objects.apart().select_related("regency", "photo")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        project, notes = self.object, Notes()
        known = [notes.numbered(figure) for figure in (project_of(project), stage_of(project), manager_of(project))]
        milestones = project.milestones.current()
        context = super().get_context_data(
            standing_facts=[figure for figure in known if figure.text or figure.note],
            notes=notes,
            has_notes=any(figure.note_number for figure in known),
            districts=list(District.objects.filter(pk__in=project.districts).values_list("name", flat=True)),
            milestone_count=milestones.count(),
            **kwargs,
        )
        if not past.day():  # it is read from versions, and has a time of its own
            today = past.today()
            plan = plans_of(milestones, self.request.user).get(project.pk, [])
            context |= {"today": today, "standing": progress.standing(plan, today)}
        if project.is_public:
            context["trail"] = way_to_apart(self.request, Zone.apart, project)
        if self.inside:
            still_open = project.issues.current().exclude(state=rules.IssueState.SETTLED)
            context["issues"] = still_open.order_by("opened_on", "id")
        return context


class ProjectProgress(ZoneProgress):
    """`/psn/<slug>/kemajuan/`: plan and verified progress, as of a zone."""

    template_name = "zones/project_progress.html"
    queryset = Zone.objects.apart().select_related("regency")
