"""The admin's forms of what the law or the office lays down: choices instead of keys, and what a change would move."""

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disperin.regions.models import Regency
from disperin.registers.dated.previewing import Preview, PreviewedForm
from disperin.registers.dated.validity import first_day_of_change, in_force
from disperin.registers.record import rollup
from disperin.ui.texts import Text
from industries import rules
from industries.models import (
    ChainStep,
    Commodity,
    HalalDuty,
    HalalSpan,
    KbliClass,
    KbliVersion,
    QualityCount,
    QualityRule,
)
from industries.models.codes import CLASS_DIGITS
from industries.models.halal_span import CLASS, judged_classes, of_classes
from industries.models.quality import Formula, facts
from industries.rules.quality import PARTS, Part, part_of

A_DAY = datetime.timedelta(days=1)


class HalalDutyForm(PreviewedForm):
    """A deadline of the law, with the scales to tick; saving first says which products it would judge otherwise."""

    remark = gettext_lazy("A deadline of the law: write it as its regulation says it, and name that.")
    scales = forms.MultipleChoiceField(
        label=gettext_lazy("Business scales"),
        choices=[(scale.value, scale.label) for scale in rules.SCALES],
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = HalalDuty
        fields = ["key", "category", "scales", "answer", "deadline", "citation", "valid_from", "valid_to"]

    def preview_of(self, before: HalalDuty | None, after: HalalDuty) -> Preview:
        """As of PreviewedForm: of the first day from today on that judges anything otherwise."""
        others = list(HalalDuty.objects.exclude(pk=after.pk))
        then, now = [*others, *([before] if before else [])], [*others, after]
        for day in _days([duty for duty in (before, after) if duty]):
            states_then, tells = judged_classes(day, then), judged_classes(day, now)
            if moved := {
                of: (states_then[of][0], tells[of][0]) for of in states_then if states_then[of][0] != tells[of][0]
            }:
                return Preview(day, list(_moved(day, moved)))
        return Preview(None, [])


class ChainStepForm(PreviewedForm):
    """A step of a downstream chain; saving first says what becomes of its chain."""

    remark = gettext_lazy("The chain as a document has it: name that, with its date.")

    def preview_of(self, before: ChainStep | None, after: ChainStep) -> Preview:
        """As of PreviewedForm: the products of the chain and its gaps, until then and then."""
        day = first_day_of_change(before, after, timezone.localdate())
        if day is None:
            return Preview(None, [])
        makers = rollup.counts_of("establishments").get("kbli", {})
        others = list(ChainStep.objects.filter(commodity=after.commodity).exclude(pk=after.pk))
        lines: list[tuple[Text, int]] = []
        for row, labels in ((before, _UNTIL_THEN), (after, _THEN)):
            steps = in_force([*others, *([row] if row else [])], day)
            gaps = [step for step in steps if step.kbli and not any(makers.get(key) for key in step.kbli)]
            lines += zip(labels, (len(steps), len(gaps)), strict=True)
        return Preview(day, [*lines, (_("Makers of this step"), sum(makers.get(key, 0) for key in after.kbli))])


_UNTIL_THEN = (gettext_lazy("Products of the chain so far"), gettext_lazy("Products that nobody makes, so far"))
_THEN = (gettext_lazy("Products of the chain then"), gettext_lazy("Products that nobody makes, then"))


def _days(rows: list[HalalDuty]) -> list[datetime.date]:
    """The days from today on at which one of these rows begins to tell something else."""
    today = timezone.localdate()
    ends = [day for row in rows for day in (row.deadline, row.valid_to) if day and day < datetime.date.max]
    days = {today, *(day + A_DAY for day in ends), *(row.valid_from for row in rows if row.valid_from)}
    return sorted(day for day in days if day >= today)


def _moved(day: datetime.date, moved: dict[tuple[str, str, str], tuple[Any, Any]]) -> Iterator[tuple[Text, int]]:
    """How many products go from which state to which, and of how many makers they are."""
    classes: dict[str, list[tuple[str, str]]] = {}
    for cover, *pair in moved:
        classes.setdefault(cover, []).append((pair[0], pair[1]))
    spans = HalalSpan.objects.on(day).filter(_any(Q(cover=cover) & of_classes(some) for cover, some in classes.items()))
    numbers: Counter[tuple[Any, Any]] = Counter()
    for *of, number in spans.order_by().values_list(*CLASS).annotate(Count("pk")):
        numbers[moved[of[0], of[1], of[2]]] += number
    for (old, new), number in sorted(numbers.items(), key=str):
        values = {"old": rules.HalalState(old).label, "new": rules.HalalState(new).label}
        yield _("Products: “%(old)s” becomes “%(new)s”") % values, number
    yield _("Makers of these products"), spans.order_by().aggregate(of=Count("establishment", distinct=True))["of"]


def _any(conditions: Iterator[Q]) -> Q:
    joined = Q(pk__in=[])
    for condition in conditions:
        joined |= condition
    return joined


class BeyondIndustryForm(forms.ModelForm):
    """A class of KBLI beyond section C: nobody ships its title, so it is typed as its source has it."""

    version = forms.TypedChoiceField(label=gettext_lazy("Version"), coerce=int)

    class Meta:
        model = KbliClass
        fields = ["version", "code", "title_id", "title_en", "source"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("version", "code"):
            if self.instance.pk:  # other records name it by these
                self.fields.pop(name, None)
        if "version" in self.fields:
            known = [(version, f"KBLI {version}") for version in KbliVersion.loaded()]
            cast(forms.TypedChoiceField, self.fields["version"]).choices = known
        if "source" in self.fields:
            self.fields["source"].required = True

    def clean_code(self) -> str:
        """Five digits of a division beyond section C. Raises ValidationError, with what to do instead."""
        code = "".join(self.cleaned_data["code"].split())
        if not (len(code) == CLASS_DIGITS and code.isascii() and code.isdecimal()):
            text = _("“%(value)s” is no class of KBLI. Write its five digits.")
            raise forms.ValidationError(text, "invalid", {"value": code[:20]})
        if not rules.is_beyond_industry(code):
            text = _("%(value)s lies in section C, of which every class is loaded from its table. Choose it there.")
            raise forms.ValidationError(text, "of_industry", {"value": code})
        return code

    def clean(self) -> dict[str, Any]:
        """Each once in a version; the key says both."""
        cleaned = super().clean() or self.cleaned_data
        if not self.instance.pk and {"version", "code"} <= cleaned.keys():
            key = f"{cleaned['version']}-{cleaned['code']}"
            if KbliClass.objects.filter(pk=key).exists():
                self.add_error("code", forms.ValidationError(_("%(key)s is there already."), "twice", {"key": key}))
            self.instance.key, self.instance.level = key, CLASS_DIGITS
        return cleaned


class QualityRuleForm(PreviewedForm):
    """A row of the count of data quality; saving first says how much of a whole score hangs on it."""

    remark = gettext_lazy("The office's own count, not a regulation.")
    fact = forms.ChoiceField(label=gettext_lazy("What counts"))

    class Meta:
        model = QualityRule
        fields = ["key", "fact", "weight", "months", "valid_from", "valid_to"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        groups: dict[str, list[tuple[str, Text]]] = {part: [] for part in Part.values}
        for fact, label in facts().items():
            groups[part_of(fact)].append((fact, label))
        choices = [("", [("", "—")]), *((Part(part).label, some) for part, some in groups.items())]
        cast(forms.ChoiceField, self.fields["fact"]).choices = choices

    def preview_of(self, before: QualityRule | None, after: QualityRule) -> Preview:
        """As of PreviewedForm: the weights of a record until then and then, and how many records are judged anew."""
        day = first_day_of_change(before, after, timezone.localdate())
        if day is None:
            return Preview(None, [])
        others = list(QualityRule.objects.exclude(pk=after.pk))
        lines: list[tuple[Text, int]] = [
            (label, sum(row.weight for row in Formula([*others, *rows]).on(day) if row.part in PARTS))
            for label, rows in (
                (_("All weights so far"), [before] if before else []),
                (_("All weights then"), [after]),
            )
        ]
        records = QualityCount.objects.aggregate(of=Sum("records"))["of"] or 0
        return Preview(day, [*lines, (_("Records that are judged anew"), records)])


class CommodityForm(forms.ModelForm):
    """A commodity, with the regencies to tick that are known for it."""

    regency_codes = forms.MultipleChoiceField(
        label=gettext_lazy("Regencies/cities"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Commodity
        fields = ["key", "name_id", "name_en", "kbli_codes", "hs_codes", "regency_codes", "scale", "note"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        regencies = cast(forms.MultipleChoiceField, self.fields["regency_codes"])
        regencies.choices = [(regency.code, str(regency)) for regency in Regency.objects.all()]
