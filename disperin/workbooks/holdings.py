"""What somebody has in hand here: files of rows that are not submitted, or of which something waits still."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from disperin.accounts import holdings
from disperin.accounts.models import User
from disperin.submissions.models import Submission
from disperin.submissions.workflow import OPEN
from disperin.workbooks import actions
from disperin.workbooks.models import State, Workbook, half_done


def _workbooks(user: User) -> QuerySet[Workbook]:
    of_it = Q(batch=OuterRef("batch")) | Q(batch__earlier_in=OuterRef("pk"))
    waits = Exists(Submission.objects.filter(of_it, status__in=OPEN))
    return Workbook.objects.filter(half_done() | Q(waits, state=State.SUBMITTED), sent_by=user)


holdings.add(_("Files of rows"), of=_workbooks, url=Workbook.get_absolute_url, hand_on=actions.hand_on_workbooks)
