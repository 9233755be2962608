"""The page of one record, with what waits to be decided about it and what happened to it for those within reach."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern

from disperin.accounts.requests import user_of
from disperin.history.views import timeline
from disperin.notices.actions import mark_read_about
from disperin.registers.lists.addresses import list_address, record_address
from disperin.registers.lists.plain import filter_of
from disperin.registers.lists.routes import pages_of
from disperin.registers.lists.views import RecordDetail, RecordList
from disperin.registers.record import directory, past
from disperin.submissions.models import Submission
from disperin.submissions.presentation.shown import Shown


class RecordPage(RecordDetail):
    """As RecordDetail; inside also the submission that is waiting, and the history."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not self.inside:
            return super().get_context_data(**kwargs)
        record = self.object
        if asked := past.day():  # nothing waits, or is to be done, on a past day
            return super().get_context_data(events=timeline(record, until=past.end_of(asked)), **kwargs)
        register = directory.of(type(record))
        # what is told about a record names its page by its register, wherever it is read
        mark_read_about(user_of(self.request), record_address(register, getattr(record, record.named_by)))
        waiting = Submission.objects.within_reach(self.request.user).waiting_for(register.slug, record.pk)
        return super().get_context_data(waiting=waiting.first(), events=timeline(record), **kwargs)


class PlainPage(RecordPage):
    """The page of a record whose register has none of its own: what its form asks, as its audience may read it."""

    template_name = "registers/plain_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        register = directory.of(type(self.object))
        return super().get_context_data(
            shown=Shown(register, self.object, reader=self.request.user, inside=self.inside),
            list_url=list_address(register),
            api_name=f"{register.model._meta.model_name}-detail",
            **kwargs,
        )


def plain_pages_of(place: str, model: Any) -> Iterator[URLPattern]:
    """The routes of a register that has no pages of its own; as `pages_of`."""
    listed = type(f"{model.__name__}List", (RecordList,), {"filterset_class": filter_of(model)})
    named = [field.name for field in model._meta.concrete_fields if field.is_relation and field.name != "regency"]
    page = type(f"{model.__name__}Page", (PlainPage,), {"queryset": model.objects.select_related(*named)})
    return pages_of(place, listed, page)
