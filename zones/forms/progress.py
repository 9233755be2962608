"""What may be proposed about milestones and issues of a zone. The regency is never chosen: it follows the zone."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy

from disperin.registers.gate.columns import of_column
from disperin.registers.gate.placed_by import FollowingForm
from disperin.registers.values.fields import Reference
from disperin.registers.values.in_files import InFiles
from disperin.registers.values.terms import Path, Values
from disperin.ui.said import figure
from disperin.ui.said import gettext as _
from zones import rules
from zones.models import Milestone, ZoneIssue
from zones.rules import issues


class OfZoneForm(FollowingForm):
    """What the records of a zone share."""

    def narrow(self, regency: str | None, *, district: str | None = None, options_url: str = "") -> None:
        """The open zones of the regency, and the one that is chosen."""
        zone = cast(Reference, self.fields["zone"])
        zones = zone.queryset
        chosen = zones.filter(number=str(self["zone"].value() or ""))
        zone.queryset = (zones.filter(regency=regency, closed_on=None) | chosen).order_by("name")


class MilestoneForm(OfZoneForm):
    """The form of the register `milestones`. Officers report progress; the baseline stays as it was verified."""

    weight = of_column(unit="%", min_value=0.01)
    percent = of_column(unit="%")
    photo = of_column(kind="photo")
    contract_value = of_column(prefix="Rp")

    class Meta:
        model = Milestone
        fields = [
            "regency", "zone", "name", "responsible", "weight", "planned_start", "planned_finish", "baseline_reason",
            "percent", "progress_on", "actual_start", "actual_finish", "photo", "evidence", "progress_note",
            "contract_number", "contract_value",
        ]  # fmt: skip

    in_files = InFiles(
        examples={
            "name": "Jalan masuk kawasan selesai",
            "responsible": "Dinas Pekerjaan Umum",
            "weight": 20,
            "planned_start": "2026-01-15",
            "planned_finish": "2026-12-15",
            "percent": 40,
            "progress_on": "2026-06-30",
            "actual_start": "2026-02-02",
        }
    )
    sections = (
        ("", ("regency", "zone", "name", "responsible")),
        ("progress", ("percent", "progress_on", "actual_start", "actual_finish", "photo", "evidence", "progress_note")),
        ("baseline", ("weight", "planned_start", "planned_finish", "baseline_reason")),
        ("contract", ("contract_number", "contract_value")),
    )
    section_titles = {
        "": gettext_lazy("The milestone"),
        "progress": gettext_lazy("Progress"),
        "baseline": gettext_lazy("Baseline"),
        "contract": gettext_lazy("Contract (inside)"),
    }
    refrozen = False  # do these values freeze the baseline anew?

    def __init__(self, values: Values | None = None, **options: Any) -> None:
        super().__init__(values, **options)
        if self.instance.pk and not self._may_refreeze():
            for name in (*rules.BASELINE, "baseline_reason"):
                self.fields[name].widget.attrs["readonly"] = True

    def _may_refreeze(self) -> bool:
        """Whoever decides binds the form in nobody's name: whether the proposer may was asked when it was submitted."""
        return self.by is None or self.by.sees_all

    def clean(self) -> dict[str, Any]:
        """Also: the baseline of a verified milestone changes only by the province, and with a reason."""
        cleaned = super().clean()
        stored = self.instance
        changed = [name for name in rules.BASELINE if name in cleaned and cleaned[name] != getattr(stored, name)]
        try:
            rules.check_baseline(
                changed=changed if stored.pk else [],
                may_refreeze=self._may_refreeze(),
                reason=cleaned.get("baseline_reason", ""),
                stored_reason=stored.baseline_reason,
            )
        except ValidationError as refused:
            self.add_error(None, refused)
        self.refrozen = bool(stored.pk and changed)
        return cleaned

    def warnings(self) -> list[tuple[Path, str]]:
        """Progress without a new photograph, and weights that make more than the whole."""
        return [*self._evidence_warning(), *self._weight_warning()]

    def _evidence_warning(self) -> Iterator[tuple[Path, str]]:
        if "percent" in self.changed_data and self.instance.percent and "photo" not in self.changed_data:
            yield "photo", _("There is no new photograph. Progress is verified by what can be seen.")

    def _weight_warning(self) -> Iterator[tuple[Path, str]]:
        weights = self.context.ask(_weights_in, self.instance.zone_id) or {}
        total = sum((weights | {self.instance.pk: self.instance.weight}).values())
        if total > rules.WHOLE:
            values = {"total": figure(total)}
            yield "weight", _("The weights of this zone add up to %(total)s percent, more than the whole.") % values

    def complete(self) -> None:
        """Also counts a baseline that was frozen anew."""
        super().complete()
        if self.refrozen:
            self.instance.freeze_anew()


def _weights_in(zones: list[int]) -> dict[int, dict[int, Decimal]]:
    """`{zone: {milestone: percent of the zone}}`."""
    weights: dict[int, dict[int, Decimal]] = {zone: {} for zone in zones}
    for zone, milestone, weight in (
        Milestone.objects.current().filter(zone__in=zones).values_list("zone", "pk", "weight")
    ):
        weights[zone][milestone] = weight
    return weights


class ZoneIssueForm(OfZoneForm):
    """The form of the register `issues`."""

    class Meta:
        model = ZoneIssue
        fields = [
            "regency", "zone", "kind", "description", "agency", "opened_on", "due_on", "light", "state", "resolution",
            "settled_on",
        ]  # fmt: skip

    in_files = InFiles(
        examples={
            "description": "Jalan masuk belum dapat dilalui truk saat hujan.",
            "agency": "Dinas Pekerjaan Umum",
            "opened_on": "2026-01-15",
            "due_on": "2026-12-15",
        }
    )
    sections = (
        ("", ("regency", "zone", "kind", "description", "agency", "opened_on", "due_on")),
        ("state", ("light", "state", "resolution", "settled_on")),
    )
    section_titles = {"": gettext_lazy("The issue"), "state": gettext_lazy("How it stands")}

    def warnings(self) -> list[tuple[Path, str]]:
        """A light that is kinder than what the days alone would say."""
        by_days, kindest_first = issues.light_on(self.instance, timezone.localdate()), list(rules.Light)
        if kindest_first.index(self.instance.light) >= kindest_first.index(by_days):
            return []
        return [("light", _("By its days alone this light would be “%(light)s”.") % {"light": by_days.label})]
