"""What people of the office see more on the page of a regency: what waits there, each number with its list."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.desk.counting import Count, answers
from disperin.regions.models import Regency
from disperin.regions.reach import reaches_regency
from disperin.submissions.models import Submission
from disperin.submissions.workflow import Status
from disperin.ui.texts import Text
from industries.models import Quality, QualityCount, past_the_deadline


@dataclass(frozen=True)
class Waiting:
    """How many of something wait in a regency (counted up to a thousand and one), and their list."""

    label: Text
    number: int
    url: str


@dataclass(frozen=True)
class Inside:
    """What waits in a regency, and the mean score of its makers, however few; None where none is judged."""

    waiting: Sequence[Waiting]
    mean: int | None
    table_url: str


def inside_of(regency: Regency, user: Any, today: datetime.date) -> Inside | None:
    """What this user sees more; None for those whose reach does not include the regency. Four queries."""
    if not reaches_regency(user, regency.code):
        return None
    submissions = Submission.objects.within_reach(user).filter(regency=regency)
    waiting = (
        (_("Submissions that wait for their decision"), submissions.filter(status=Status.SUBMITTED)),
        (_("Submissions returned to be mended"), submissions.filter(status=Status.RETURNED)),
        (_("Makers whose data can be better"), Quality.objects.within_reach(user).to_do().filter(regency=regency)),
    )
    numbers = answers([Count(rows) for _label, rows in waiting])
    here = _address(user, regency.code)
    urls = (
        here("submissions:inbox", status=Status.SUBMITTED.value),
        here("submissions:inbox", status=Status.RETURNED.value),
        here("industries:quality-work"),
    )
    lines = [Waiting(label, number, url) for (label, _rows), number, url in zip(waiting, numbers, urls, strict=True)]
    late = Waiting(
        _("Products past their halal deadline"),
        _past_deadline(regency.code, user, today),
        here("industries:halal-work", past="on") + "#produk",
    )
    counted = QualityCount.objects.filter(regency=regency, score_of__gt=0).first()
    mean = round(counted.score / counted.score_of) if counted else None
    return Inside(
        [line for line in (*lines, late) if line.number], mean, here("mydata:table", register="establishments")
    )


def _address(user: User, code: str) -> Any:
    """A function that gives the address of a list narrowed to the regency; officers have no other one."""

    def of_list(view: str, *, register: str = "", **asked: str) -> str:
        narrowed = {**({"regency": code} if user.sees_all else {}), **asked}
        path = reverse(view, args=[register] if register else [])
        return f"{path}?{urlencode(narrowed)}" if narrowed else path

    return of_list


def _past_deadline(code: str, user: User, today: datetime.date) -> int:
    places, _longest = past_the_deadline(today, user=user, regency=code)
    return places.total()
