"""A dated row is stored on the second "save": the first shows how many products or nominations would move."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ovop import rules
from ovop.models import Criterion, Nomination, moved, standards_on


@dataclass(frozen=True)
class Preview:
    """What a change would do: the day that is looked at (None: nothing counts otherwise), and `(label, number)`."""

    day: object
    lines: list


class StandardForm(forms.ModelForm):
    """The admin's form of a gate, weight or criterion. `confirmed` carries which change was previewed."""

    confirmed = forms.CharField(widget=forms.HiddenInput, required=False)
    preview: Preview | None = None

    def _post_clean(self):
        """After the row itself was checked: valid only if exactly this change was previewed."""
        super()._post_clean()
        if self.errors:
            return
        before = type(self.instance).objects.filter(pk=self.instance.pk).first()
        said = [str(getattr(self.instance, field.attname)) for field in self.instance._meta.concrete_fields]
        seen = salted_hmac("ovop.preview", repr(said)).hexdigest()
        if constant_time_compare(self.cleaned_data.get("confirmed") or "", seen):
            return
        self.preview = preview_of(before, self.instance)
        self.data = self.data.copy()
        self.data[self.add_prefix("confirmed")] = seen
        text = _("Nothing has been stored yet. Read what the change would do, then save again to confirm it.")
        self.add_error(None, ValidationError(text, "preview"))


def preview_of(before, after):
    """The `Preview` of a changed row; `before` is None for a new one. Products are counted in one query."""
    day = rules.first_day_of_change(before, after, timezone.localdate())
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


def _products(after, day):
    found = moved(standards_on(day), standards_on(day, instead=after), day)
    return [(label, found[name]) for name, label in _PRODUCTS.items()]


def _nominations(before, after):
    """Nominations without any assessment yet: they are assessed by what was in force when their selection began."""
    waiting = Nomination.objects.current().filter(assessments=None)
    groups = {row.group_id for row in (before, after) if row is not None}
    if None not in groups:
        waiting = waiting.filter(group__in=groups)
    begun = waiting.filter(stage=rules.Stage.SELECTION).values_list("stage_on", flat=True)
    return [
        (
            _("Nominations in selection that would be assessed by other criteria"),
            sum(1 for day in begun if rules.counted(before, day) != rules.counted(after, day)),
        ),
        (
            _("Nominations still proposed, to be assessed by what is in force when their selection begins"),
            waiting.filter(stage=rules.Stage.PROPOSED).count(),
        ),
    ]
