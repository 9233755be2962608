"""The small forms of the pages of readiness and selection."""

from collections.abc import Iterable
from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disperin.registers.values.fields import Day, WholeNumber
from disperin.registers.values.kept_texts import KeptText
from industries.forms.work import PlaceAndDayForm
from ovop import rules
from ovop.models import Criterion

TEXT = {"rows": 3}


class ClusterReadinessForm(PlaceAndDayForm):
    """Which clusters the page of their readiness shows, and on which day they are judged."""

    field_order: tuple[str, ...] = ("q", "regency", "district", "gates", "order", "on")

    q = forms.CharField(required=False, max_length=100, label=gettext_lazy("Name"))
    gates = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Gates"),
        choices=[("", gettext_lazy("All")), ("open", gettext_lazy("All open")), ("shut", gettext_lazy("Some shut"))],
    )
    order = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Sort by"),
        choices=[("", gettext_lazy("Most ready first")), ("name", gettext_lazy("Name A–Z"))],
    )


class ReadinessForm(ClusterReadinessForm):
    """Which products the page of readiness shows, and on which day they are judged."""

    field_order = ("q", "regency", "district", "food", "gates", "order", "on")

    q = forms.CharField(required=False, max_length=100, label=gettext_lazy("Product"))
    food = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Kind"),
        choices=[("", gettext_lazy("All")), ("yes", gettext_lazy("Food and drink")), ("no", gettext_lazy("Other"))],
    )
    order = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Sort by"),
        choices=[
            ("", gettext_lazy("Most ready first within one regency, else by name")),
            ("-score", gettext_lazy("Most ready first (within one regency)")),
            ("name", gettext_lazy("Name A–Z")),
        ],
    )

    def clean_order(self) -> str:
        order = self.cleaned_data["order"]
        if order == "-score" and not self.regency_code:
            raise ValidationError(_("Choose a regency to sort by readiness."), "regency")
        return order or ("-score" if self.regency_code else "name")


class AssessmentForm(forms.Form):
    """Points for every criterion; the field of a criterion is named `points-<key>`."""

    comment = KeptText(
        required=False, max_length=1000, label=gettext_lazy("Comment (optional)"), widget=forms.Textarea(TEXT)
    )

    def __init__(self, data: QueryDict | None = None, *, criteria: Iterable[Criterion]) -> None:
        super().__init__(data)
        self.criteria = criteria
        for criterion in criteria:
            values = {"most": criterion.points, "weight": criterion.weight}
            self.fields[f"points-{criterion.pk}"] = WholeNumber(
                min_value=0,
                max_value=criterion.points,
                label=criterion.name,
                help_text=_("0 to %(most)d points; weight %(weight)d.") % values,
                example=criterion.points,
                widget=forms.NumberInput({"inputmode": "numeric"}),
            )
        self.order_fields([*(f"points-{criterion.pk}" for criterion in criteria), "comment"])

    @property
    def points(self) -> dict[str, int | None]:
        """What was given, by the key of the criterion."""
        return {criterion.pk: self.cleaned_data[f"points-{criterion.pk}"] for criterion in self.criteria}


class ResultForm(forms.Form):
    """What the ministry decided about a nomination."""

    result = forms.ChoiceField(label=gettext_lazy("Result"), choices=rules.Result.choices, widget=forms.RadioSelect)
    stars = WholeNumber(
        required=False,
        min_value=1,
        example=3,
        label=gettext_lazy("Stars"),
        help_text=gettext_lazy("As the decree says."),
        widget=forms.NumberInput,
    )
    decree_number = KeptText(required=False, max_length=120, label=gettext_lazy("Decree number"))
    decree_on = Day(required=False, label=gettext_lazy("Decree date"))

    def __init__(self, data: QueryDict | None = None, *, most: int) -> None:
        super().__init__(data)
        cast(WholeNumber, self.fields["stars"]).max_value = most
        self.fields["stars"].widget.attrs["max"] = most


class GapForm(forms.Form):
    """Why two assessments lie far apart."""

    note = KeptText(max_length=1000, label=gettext_lazy("Why they lie so far apart"), widget=forms.Textarea(TEXT))
