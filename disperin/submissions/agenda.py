"""What waits here: proposals to be mended, to be gone on with, and to be decided."""

from disperin.accounts.models import User
from disperin.desk import agenda
from disperin.submissions.models import Submission
from disperin.submissions.workflow import Status


def _to_do(user: User) -> agenda.Found:
    """What this person has to do now: the queue for the province, what came back for a regency."""
    reachable = Submission.objects.within_reach(user)
    return reachable.waiting() if user.sees_all else reachable.filter(status=Status.RETURNED)


agenda.add_badge("submissions:inbox", _to_do)
