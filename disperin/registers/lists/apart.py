"""The list of what a register keeps apart from its own records (`Record.apart`), such as industry services."""

from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from disperin.registers.lists.addresses import ASKS_APART
from disperin.registers.lists.facets import Counts, count, names_of
from disperin.registers.lists.views import RecordList
from disperin.registers.record.apart import Apart
from disperin.registers.record.models import Record, RecordQuerySet
from disperin.ui.json_ld import trail


class ApartList(RecordList):
    """A list of records that stand apart. They are in no list, count, feed or card of their register."""

    @property
    def apart(self) -> Apart:
        """What its records are."""
        declared = self.model.apart
        if declared is None:
            raise TypeError(f"nothing of {self.model} stands apart")
        return declared

    def records(self) -> RecordQuerySet:
        """As of Listed, of those that stand apart."""
        return self.model.objects.seen_by(self.request.user).apart().shown()

    def counts(self) -> Counts:
        """Counted each time: the kept counts of the register are of its own records, and these are few."""
        return count(None, self.model, self.matches, self.active, self.offered)

    def names(self) -> dict[str, dict[str, str]]:
        """As of every list; what the register's own list keeps under its name has other facets."""
        return names_of(self.offered, self.active)

    def pages_below(self, list_path: str) -> str:
        """As of every list; the page of what stands apart may be that of every record of its register."""
        return reverse(self.apart.page, args=["-"]).removesuffix("-/")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        query = "&".join(filter(None, [f"{ASKS_APART}=true", context["download_query"]]))
        # feeds, changes and cards of the register are of its own records
        own = {"register_slug": "", "download_query": query, "trail": way_to_apart(self.request, self.apart)}
        return context | own


def way_to_apart(request: Any, apart: Apart, record: Record | None = None) -> SafeString:
    """As `way_to` of a register: to the list of what stands apart, or on to one record of it."""
    steps = [(_("Home"), reverse("front:home")), (str(apart.label), reverse(apart.list_page))]
    if record is not None:
        steps.append((str(record), request.path))
    return trail(request, steps)
