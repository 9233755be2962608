"""Take a list of another office away: a short one at once, a long one in a job that tells how it went."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import TaskContext, task

from disperin.accounts.models import User
from disperin.coverage.actions import remove
from disperin.coverage.actions.bringing import held
from disperin.coverage.models import OutsideList
from disperin.desk.refusals import NotNow, Refused
from disperin.jobs.locks import alone
from disperin.jobs.tasks import order_later, subjects_of, told_if_given_up
from disperin.notices.actions import tell, tell_given_up, tell_once

MOST = 500  # lines, or rows of its file, that are taken away while somebody waits


@transaction.atomic
def begin_removal(outside_list: OutsideList, *, by: User) -> bool:
    """Take it away, and give True; False where it is so long that a job does it, and tells `by` how it went.

    Raises Refused, NotNow while a job works on it or removes it.
    """
    current = held(outside_list, by=by, even_unread=True)
    refuse_going(current)
    rows: tuple[Any, ...] = (current.lines.order_by("pk"), current.workbook.rows.order_by("pk"))
    if not any(some[MOST : MOST + 1].exists() for some in rows):
        remove(current, by=by)
        return True
    take_away.enqueue(current.pk, by.pk)
    return False


def is_going(outside_list: OutsideList) -> bool:
    """Is a job taking this list away, or about to?"""
    return outside_list.pk in subjects_of(take_away)


def refuse_going(outside_list: OutsideList) -> None:
    """Raises NotNow for a list that a job is taking away."""
    refuse_any_going([outside_list])


def refuse_any_going(outside_lists: Iterable[OutsideList]) -> None:
    """Raises NotNow where a job is taking one of these lists away."""
    if {each.pk for each in outside_lists} & subjects_of(take_away):
        raise NotNow(_("This list is being removed just now. Whoever ordered it is told how it went."))


@task(takes_context=True)
def take_away(context: TaskContext, key: int, by: int) -> None:
    """Remove a list, by its key, as was ordered, and tell whoever ordered it; once, however often it is done."""
    with alone("outside list", key) as mine:
        if not mine:
            order_later(take_away, key, by)
            return
        outside_list, person = OutsideList.objects.filter(pk=key).first(), User.objects.get(pk=by)
        if outside_list is None:
            return  # done already
        with override(person.language):
            values = {"list": str(outside_list)}
            page, failed = outside_list.get_absolute_url(), _("The list was not removed: %(list)s") % values
            done = _("The list is removed: %(list)s") % values
            with told_if_given_up(context, partial(tell_given_up, context, person, title=failed, path=page)):
                try:
                    with transaction.atomic():
                        remove(outside_list, by=person)
                        tell(person, title=done, body=done, path=reverse("coverage:lists"))
                except (NotNow, Refused) as refused:
                    tell_once(context, person, title=failed, body=str(refused), path=page)
