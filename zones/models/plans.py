"""The plans of zones as `rules.progress` reads them: milestones with everything that was verified of them over time."""

from collections import defaultdict

from django.contrib.auth.models import AnonymousUser

from disperin.accounts.models import User
from disperin.regions.reach import reaches
from zones.models.milestones import Milestone, MilestoneQuerySet
from zones.rules import progress

PLANNED = ("number", "name", "weight", "planned_start", "planned_finish", "responsible", "zone", "regency")


def plans_of(milestones: MilestoneQuerySet, user: User | AnonymousUser) -> dict[int, list[progress.Milestone]]:
    """`{key of a zone: [progress.Milestone]}` of these milestones, the first planned first. Two queries.

    What was reported comes from the verified versions. Who is responsible is told only where `user` sees inside. What
    is done counts from the day on which it was finished, anything else from the day of the report.
    """
    rows = list(milestones.order_by("planned_start", "id").only(*PLANNED))
    versions = defaultdict(list)
    kept = Milestone.pgh_event_models["update"].objects.filter(pgh_obj__in=[milestone.pk for milestone in rows])
    reported = kept.order_by("pgh_id").values_list("pgh_obj", "progress_on", "actual_finish", "percent")
    for key, progress_on, actual_finish, percent in reported:
        versions[key].append((actual_finish or progress_on, percent))
    plans: dict[int, list[progress.Milestone]] = defaultdict(list)
    for milestone in rows:
        plans[milestone.zone_id].append(
            progress.Milestone(
                title=milestone.name,
                weight=milestone.weight,
                planned_start=milestone.planned_start,
                planned_finish=milestone.planned_finish,
                responsible=milestone.responsible if reaches(user, milestone) else "",
                reports=progress.reports_of(versions[milestone.pk]),
                number=milestone.number,
            )
        )
    return dict(plans)
