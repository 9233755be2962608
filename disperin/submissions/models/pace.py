"""How many rounds of proposals were decided on a day, by regency: counted by the verbs, read by figures."""

import datetime
from collections import Counter
from collections.abc import Iterable

from django.db import connection, models
from django.utils import timezone

from disperin.regions.reach import HasRegency, ReachQuerySet
from disperin.submissions.models.submission import Submission
from disperin.submissions.workflow import Status

_SHIFT = """
    INSERT INTO submissions_decisioncount (regency_id, day, decided, returned, days) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (regency_id, day) DO UPDATE SET
        decided = submissions_decisioncount.decided + EXCLUDED.decided,
        returned = submissions_decisioncount.returned + EXCLUDED.returned,
        days = submissions_decisioncount.days + EXCLUDED.days
"""


class DecisionCount(HasRegency):
    """The rounds of a regency that were decided on a day: verified, returned or rejected. Withdrawn ones are none."""

    day = models.DateField()
    decided = models.IntegerField(default=0)
    returned = models.IntegerField(default=0)
    days = models.IntegerField(default=0)  # from the day of handing in to that of the decision, all together

    objects = ReachQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_decision_count_a_day", fields=["regency", "day"])]
        indexes = [models.Index(fields=["day"], name="decision_count_by_day")]

    def __str__(self) -> str:
        return f"{self.regency_id} {self.day}: {self.decided}"


def count_decided(submissions: Iterable[Submission]) -> None:
    """Count these, each just decided in the round that was handed in; rows always in one order."""
    moved: Counter[tuple[str, datetime.date, int]] = Counter()
    for submission in submissions:
        if submission.submitted_at is None or submission.decided_at is None:
            continue
        day, handed_in = timezone.localdate(submission.decided_at), timezone.localdate(submission.submitted_at)
        for at, number in enumerate((1, int(submission.status == Status.RETURNED), (day - handed_in).days)):
            moved[submission.regency_id, day, at] += number
    places = sorted({(regency, day) for regency, day, _at in moved})
    if places:
        with connection.cursor() as cursor:
            cursor.executemany(_SHIFT, [(*place, *(moved[(*place, at)] for at in range(3))) for place in places])
