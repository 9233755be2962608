"""What waits here: inquiries that nobody has taken, and those that are to be answered by a day."""

from disperin.accounts.models import User
from disperin.desk import agenda
from disperin.inquiries.models import Inquiry
from disperin.inquiries.workflow import State


def _untaken(user: User) -> agenda.Found:
    return Inquiry.objects.within_reach(user).open().filter(state=State.RECEIVED)


agenda.add_badge("inquiries:list", _untaken)
