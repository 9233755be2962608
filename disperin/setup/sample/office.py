"""What an office may lay down, as a sample: how long a submission may wait, and two thresholds of the head's alerts."""

from disperin.accounts.models import Role, User
from disperin.head import actions as head
from disperin.head.models import AlertRule, Measure
from disperin.submissions import actions as submissions
from disperin.submissions.models import ReviewPromise

PROMISED = 5  # working days, invented
THRESHOLDS = (("contoh_halal", "halal-duty", Measure.NUMBER, 100), ("contoh_isu", "issue-red", Measure.DAYS, 90))


def create(*, by: User) -> int:
    """Lay down what the office of the sample goes by, and see what is passed; gives how many alerts began."""
    submissions.promise(ReviewPromise(key="contoh", working_days=PROMISED), by=by)
    for key, subject, measure, threshold in THRESHOLDS:
        rule = AlertRule(key=key, subject=subject, measure=measure, threshold=threshold, role=Role.HEAD)
        head.lay_down(rule, by=by)
    return head.check_alerts()
