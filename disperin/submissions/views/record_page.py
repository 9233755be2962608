"""The page of one record, with what waits to be decided about it and what happened to it for those within reach."""

from disperin.history.views import timeline
from disperin.registers.lists.views import RecordDetail
from disperin.registers.record import directory
from disperin.submissions.models import Submission


class RecordPage(RecordDetail):
    """As RecordDetail; inside also the submission that is waiting, and the history."""

    def get_context_data(self, **kwargs):
        if not self.inside:
            return super().get_context_data(**kwargs)
        record = self.object
        waiting = Submission.objects.within_reach(self.request.user).waiting_for(
            directory.of(type(record)).slug, record.pk
        )
        return super().get_context_data(waiting=waiting.first(), events=timeline(record), **kwargs)
