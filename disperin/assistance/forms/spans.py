"""The admin's form of a span: how many makers would be told of then."""

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disperin.assistance import rules
from disperin.assistance.models import Beneficiary, RepeatSpan
from disperin.registers.dated.previewing import Preview, PreviewedForm
from disperin.registers.dated.validity import first_day_of_change, in_force


class RepeatSpanForm(PreviewedForm):
    """As of PreviewedForm."""

    remark = gettext_lazy("The office's own number, not a regulation. It warns; it forbids nothing.")

    def preview_of(self, before: RepeatSpan | None, after: RepeatSpan) -> Preview:
        """As of PreviewedForm: the makers of whom a draft would tell by this row on that day. Two queries."""
        today = timezone.localdate()
        day = first_day_of_change(before, after, today)
        if day is None:
            return Preview(None, [])
        helped = Beneficiary.objects.promised().where_it_lies("establishment").with_day()
        helped = helped.filter(Q(day__gt=rules.years_before(day, after.years)))
        if after.kind:
            helped = helped.filter(assistance__kind=after.kind)
        else:  # what has a row of its own is told by that
            own = in_force(RepeatSpan.objects.exclude(kind="").exclude(pk=after.pk), day)
            helped = helped.exclude(assistance__kind__in=[span.kind for span in own])
        number = helped.aggregate(makers=Count("establishment", distinct=True))["makers"]
        return Preview(day, [(_("Makers of whom another of the same kind would be told"), number)])
