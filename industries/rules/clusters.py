"""What a cluster of small industries (sentra IKM) must show for the status it claims."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from disperin.ui.said import gettext
from industries.rules.choices import ClusterStatus

MINIMUM_CLUSTER_MEMBERS = 5  # PP 29/2018 Ps 1: a cluster is at least five business units in one place


def check_cluster(*, status: str, members: int, decree_number: str, decree_on: date | None, today: date) -> None:
    """A formed cluster has five members (PP 29/2018 Ps 1); one with a decree names its number and date.

    `members` are the verified establishments of the cluster, counted by the caller. A decree's number and date stand
    together or not at all, whatever the status. Raises ValidationError by field, with codes `too_few_members`,
    `decree_missing`, `decree_date`.
    """
    errors: dict[str, ValidationError] = {}
    if status == ClusterStatus.FORMED and members < MINIMUM_CLUSTER_MEMBERS:
        errors["status"] = ValidationError(
            _(
                "A formed cluster needs at least %(least)s establishments; this one has %(count)s. "
                "Choose “Potential cluster” until the others are registered."
            ),
            code="too_few_members",
            params={"least": MINIMUM_CLUSTER_MEMBERS, "count": members},
        )
    number_given, date_given = bool(decree_number.strip()), decree_on is not None
    decreed = status == ClusterStatus.DECREED
    if not number_given and (decreed or date_given):
        errors["decree_number"] = ValidationError(_("Enter the number of the decree."), code="decree_missing")
    if not date_given and (decreed or number_given):
        errors["decree_on"] = ValidationError(_("Enter the date of the decree."), code="decree_missing")
    if decree_on is not None and decree_on > today:
        errors["decree_on"] = ValidationError(
            _("The date of the decree lies in the future. Enter today or an earlier day."), code="decree_date"
        )
    if errors:
        raise ValidationError(errors)


def cluster_warning(*, status: str, members: int) -> str:
    """A warning for a decreed or working cluster of which fewer than five members are registered, else "".

    It only warns: the decree stands even while the register has not caught up.
    """
    if status not in (ClusterStatus.DECREED, ClusterStatus.ACTIVE) or members >= MINIMUM_CLUSTER_MEMBERS:
        return ""
    return gettext(
        "Only %(count)s of at least %(least)s members of this cluster are registered. Register the others too."
    ) % {"count": members, "least": MINIMUM_CLUSTER_MEMBERS}
