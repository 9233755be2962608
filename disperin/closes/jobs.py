"""A close reads every establishment, so a job does it; it is ordered by a person and done once."""

from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import TaskContext, task

from disperin.accounts.models import User
from disperin.closes.actions import close_quarter, refuse_closing
from disperin.desk.refusals import NotNow, Refused
from disperin.jobs.locks import take_turns
from disperin.jobs.tasks import subjects_of, told_if_given_up
from disperin.notices.actions import tell_given_up, tell_once
from disperin.registers.dated.quarters import Quarter


@transaction.atomic
def order_close(quarter: Quarter, *, by: User, note: str = "") -> None:
    """Let a job close a quarter; where one is to do so already, nothing more. Raises as `refuse_closing`."""
    refuse_closing(by, quarter, note)
    take_turns("order close")
    if not is_being_closed(quarter):
        carry_out.enqueue(quarter.key, by.pk, note)


def is_being_closed(quarter: Quarter) -> bool:
    """Whether a job is to close this quarter, or is doing so."""
    return quarter.key in subjects_of(carry_out)


@task(takes_context=True)
def carry_out(context: TaskContext, key: str, by_id: int, note: str) -> None:
    """Close a quarter as it was ordered; where that came to nothing, whoever ordered it is told why."""
    by, quarter = User.objects.get(pk=by_id), Quarter.named(key)
    with override(by.language):
        title, page = _("%(quarter)s was not closed") % {"quarter": quarter.title}, reverse("closes:list")
        with told_if_given_up(context, partial(tell_given_up, context, by, title=title, path=page)):
            try:
                close_quarter(quarter, by=by, note=note)
            except (NotNow, Refused) as refused:
                tell_once(context, by, title=title, body=str(refused), path=page)
