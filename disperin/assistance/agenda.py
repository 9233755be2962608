"""What has a day here, and what waits: results after 6 and 12 months, and reports of hand-overs without their file."""

from functools import partial

from django.db.models import DateField, Func
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.assistance import rules
from disperin.assistance.models import Assistance
from disperin.desk import agenda
from disperin.desk.agenda import Dated, Group, Waiting


class _MonthsLater(Func):
    """The same day so many months later; the last of a month that has no such day."""

    template = "(%(expressions)s + interval '%(months)s months')::date"
    output_field = DateField()


def _awaiting(months: int, user: User) -> agenda.Found:
    return Assistance.objects.within_reach(user).awaiting_result(months)


def _page(number: str) -> str:
    return reverse("assistance:assistance-detail", args=[number])


_SAID = {
    6: (_("Results of assistance after 6 months"), _("Result of assistance after 6 months")),
    12: (_("Results of assistance after 12 months"), _("Result of assistance after 12 months")),
}

agenda.add(
    *(
        Dated(
            f"assistance-{months}",
            _SAID[months][0],
            Group.WORK,
            of_one=_SAID[months][1],
            of=partial(_awaiting, months),
            day=_MonthsLater("handover_on", months=months),
            name="name",
            note="kind",
            notes=dict(rules.Kind.choices),
            who="organiser",
            icon="people",
            url=_page,
        )
        for months in rules.AFTER_MONTHS
    ),
    Waiting(
        "assistance-report",
        _("Hand-overs of goods without the file of their report"),
        of_one=_("Hand-over of goods without the file of its report"),
        of=lambda user: Assistance.objects.within_reach(user).without_report(),
        url=lambda _user: agenda.address("assistance:assistance-list", awaits="report"),
        action=_("See the assistance"),
        since="handover_on",
        icon="file-earmark-text",
    ),
)
