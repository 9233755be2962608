"""What waits here: notices that were not opened yet."""

from disperin.desk import agenda
from disperin.notices.models import Notice

agenda.add_badge("notices:list", lambda user: Notice.objects.of(user).unread())
