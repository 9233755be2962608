"""The administrators' form of a threshold."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disperin.desk import agenda
from disperin.desk.agenda import Figure
from disperin.desk.lists import COUNTED
from disperin.head import late
from disperin.head.models import AlertRule, Measure
from disperin.ui.admin import EndedRowForm


class AlertRuleForm(EndedRowForm):
    """What is measured is chosen from what can be late; what is counted in rows is counted up to a thousand."""

    subject = forms.ChoiceField(label=gettext_lazy("Of what"), choices=lambda: list(late.subjects().items()))

    class Meta:
        model = AlertRule
        fields = ["key", "subject", "measure", "regency", "threshold", "role", "person", "valid_from", "valid_to"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("measure") == Measure.DAYS and cleaned.get("regency"):
            self.add_error("regency", _("The age of the oldest is known of the whole province. Leave this empty."))
        if cleaned.get("measure") == Measure.NUMBER and cleaned.get("threshold", 0) >= COUNTED:
            figures = {waiting.key for waiting in agenda.waiting() if isinstance(waiting.of(late.OFFICE), Figure)}
            if cleaned.get("subject") not in figures:
                self.add_error("threshold", _("These are counted up to 1,000: write a smaller number."))
        return cleaned
