"""Gates, weights, criteria and papers: how many products or nominations a change would move."""

import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disperin.registers.dated.previewing import Preview, PreviewedForm
from disperin.registers.dated.validity import counted, first_day_of_change
from disperin.ui.texts import Text
from ovop import rules
from ovop.models import ChecklistItem, Criterion, Nomination, moved, moved_clusters, standards_on
from ovop.models.standards import ClusterFactRow, FactRow


class StandardForm(PreviewedForm):
    """The admin's form of a gate, weight or criterion."""

    remark = gettext_lazy("The office's own count, not a regulation.")

    def preview_of(self, before: FactRow | None, after: FactRow) -> Preview:
        """As of PreviewedForm. Products are counted in one query."""
        day = first_day_of_change(before, after, timezone.localdate())
        if isinstance(after, Criterion):
            return Preview(day, _nominations(before, after))
        return Preview(day, _products(after, day) if day else [])


class ChecklistForm(PreviewedForm):
    """The admin's form of a paper of the checklist: of how many nominations it is asked."""

    remark = gettext_lazy("A paper that the ministry's portal asks for: write it as it stands there.")

    def preview_of(self, before: ChecklistItem | None, after: ChecklistItem) -> Preview:
        """As of PreviewedForm; of what is in selection already no paper is asked any more."""
        day = first_day_of_change(before, after, timezone.localdate())
        if day is None:
            return Preview(None, [])
        then = _asked_for(after, day)
        held = then.filter(papers__item=after.pk, papers__closed_on=None).distinct()
        lines = [
            (_("Proposed nominations that are asked for it so far"), _asked_for(before, day).count()),
            (_("Proposed nominations that are asked for it then"), then.count()),
            (_("Of these, with the paper already"), held.count()),
        ]
        return Preview(day, lines)


def _asked_for(row: ChecklistItem | None, on: datetime.date) -> QuerySet[Nomination]:
    """The nominations of which a paper is asked on a day."""
    proposed = Nomination.objects.current().filter(stage=rules.Stage.PROPOSED)
    if row is None or counted(row, on) is None:
        return proposed.none()
    return proposed.filter(group__is_food=True) if row.of_food else proposed


class ClusterStandardForm(PreviewedForm):
    """The admin's form of a gate or weight of clusters."""

    remark = StandardForm.remark

    def preview_of(self, before: ClusterFactRow | None, after: ClusterFactRow) -> Preview:
        """As of PreviewedForm."""
        day = first_day_of_change(before, after, timezone.localdate())
        if day is None:
            return Preview(None, [])
        counts = moved_clusters(after, day)
        return Preview(day, [(label, counts[name]) for name, label in _CLUSTERS.items()])


_CLUSTERS = {
    "opened": gettext_lazy("Clusters for which the gates open"),
    "shut": gettext_lazy("Clusters for which the gates shut"),
    "up": gettext_lazy("Clusters whose readiness rises"),
    "down": gettext_lazy("Clusters whose readiness falls"),
    "clusters": gettext_lazy("Clusters that are judged in all"),
}
_PRODUCTS = {
    "opened": gettext_lazy("Products for which the gates open"),
    "shut": gettext_lazy("Products for which the gates shut"),
    "up": gettext_lazy("Products whose readiness rises"),
    "down": gettext_lazy("Products whose readiness falls"),
    "products": gettext_lazy("Products that are judged in all"),
}


def _products(after: FactRow, day: datetime.date) -> list[tuple[Text, int]]:
    counts = moved(standards_on(day), standards_on(day, instead=after), day)
    return [(label, counts[name]) for name, label in _PRODUCTS.items()]


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
