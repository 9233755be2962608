"""The plans of zones as `rules.progress` reads them: milestones with everything that was verified of them over time."""

from collections import defaultdict

from django.contrib.auth.models import AnonymousUser

from disperin.accounts.models import User
from disperin.regions.reach import reaches
from zones.models.progress import Milestone, MilestoneQuerySet
from zones.rules import progress

PLANNED = ("number", "name", "weight", "planned_start", "planned_finish", "responsible", "zone", "regency")


def plans_of(milestones: MilestoneQuerySet, user: User | AnonymousUser) -> dict[int, list[progress.Milestone]]:
    """`{key of a zone: [progress.Milestone]}` of these milestones, the first planned first. Two queries.

    What was reported comes from the verified versions. Who is responsible is told only where `user` sees inside. What
    is done counts from the day on which it was finished, anything else from the day of the report.
    """
    rows = list(milestones.order_by("planned_start", "id").only(*PLANNED))
    versions = defaultdict(list)
    kept = Milestone.pgh_event_models["update"].objects.filter(pgh_obj__in=[one.pk for one in rows])
    told = kept.order_by("pgh_id").values_list("pgh_obj", "progress_on", "actual_finish", "percent")
    for key, progress_on, actual_finish, percent in told:
        versions[key].append((actual_finish or progress_on, percent))
    plans: dict[int, list[progress.Milestone]] = defaultdict(list)
    for one in rows:
        plans[one.zone_id].append(
            progress.Milestone(
                title=one.name,
                weight=one.weight,
                planned_start=one.planned_start,
                planned_finish=one.planned_finish,
                responsible=one.responsible if reaches(user, one) else "",
                reports=progress.reports_of(versions[one.pk]),
                number=one.number,
            )
        )
    return dict(plans)
