"""Gates, weights and criteria: how many products or nominations a change would move."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disperin.registers.dated.previewing import Preview, PreviewedForm
from disperin.registers.dated.validity import counted, first_day_of_change
from disperin.ui.texts import Text
from ovop import rules
from ovop.models import Criterion, Nomination, moved, standards_on
from ovop.models.standards import FactRow


class StandardForm(PreviewedForm):
    """The admin's form of a gate, weight or criterion."""

    remark = gettext_lazy("The office's own count, not a regulation.")

    def preview_of(self, before: FactRow | None, after: FactRow) -> Preview:
        """As of PreviewedForm. Products are counted in one query."""
        day = first_day_of_change(before, after, timezone.localdate())
        if isinstance(after, Criterion):
            return Preview(day, _nominations(before, after))
        return Preview(day, _products(after, day) if day else [])


_PRODUCTS = {
    "opened": gettext_lazy("Products for which the gates open"),
    "shut": gettext_lazy("Products for which the gates shut"),
    "up": gettext_lazy("Products whose readiness rises"),
    "down": gettext_lazy("Products whose readiness falls"),
    "products": gettext_lazy("Products that are judged in all"),
}


def _products(after: FactRow, day: datetime.date) -> list[tuple[Text, int]]:
    found = moved(standards_on(day), standards_on(day, instead=after), day)
    return [(label, found[name]) for name, label in _PRODUCTS.items()]


def _nominations(before: Criterion | None, after: Criterion) -> list[tuple[Text, int]]:
    """Nominations without any assessment yet: they are assessed by what was in force when their selection began."""
    waiting = Nomination.objects.current().filter(assessments=None)
    groups = {row.group_id for row in (before, after) if row is not None}
    if None not in groups:
        waiting = waiting.filter(group__in=groups)
    begun = waiting.filter(stage=rules.Stage.SELECTION).values_list("stage_on", flat=True)
    return [
        (
            _("Nominations in selection that would be assessed by other criteria"),
            sum(1 for day in begun if counted(before, day) != counted(after, day)),
        ),
        (
            _("Nominations still proposed, to be assessed by what is in force when their selection begins"),
            waiting.filter(stage=rules.Stage.PROPOSED).count(),
        ),
    ]
