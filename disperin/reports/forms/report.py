"""What may be proposed about a quarterly report. Which of the three forms it is follows from the maker."""

from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from disperin.regions.reach import reaches
from disperin.registers.dated.quarters import Quarter
from disperin.registers.dated.validity import in_force
from disperin.registers.gate.columns import OfColumn, of_column
from disperin.registers.values.asking import AskedIf
from disperin.registers.values.context import Unanswered
from disperin.registers.values.in_files import InFiles
from disperin.registers.values.terms import Path, TypedTexts, Values
from disperin.reports import rules
from disperin.reports.forms.marks import marks
from disperin.reports.forms.parts import (
    OF_SHIPYARDS,
    FacilityForm,
    MachineForm,
    MaterialForm,
    ReportedProductForm,
    SupplyForm,
)
from disperin.reports.models import QuarterlyReport, ShipyardClass
from disperin.reports.models.earlier import Earlier, Maker, day_of, earlier_reports, figures_of, makers_then
from disperin.reports.models.report import FIRST_YEAR, LAST_YEAR, SCHOOLING, SHARES, WORKERS
from disperin.reports.rules import Cell
from disperin.ui import formats
from disperin.ui.forms import YEAR_BOX
from disperin.ui.said import gettext as _
from disperin.ui.texts import Text
from industries.forms.maker import MakerForm
from industries.models import Establishment

MOST_TOLD = 5  # jumps that one message names
_LARGER = AskedIf("group", values=rules.LARGER_FORMS)


def _people() -> OfColumn:
    return of_column(unit=gettext_lazy("people"))


class QuarterlyReportForm(MakerForm):
    """The form of the register `reports`."""

    year = of_column(example=2026, widget=YEAR_BOX)
    group = of_column(
        help_text=gettext_lazy("Leave it empty: it follows from the scale and KBLI of the maker in that quarter."),
    )
    share_central, share_regional = of_column(unit="%"), of_column(unit="%")
    share_private, share_foreign = of_column(unit="%"), of_column(unit="%")
    investment, land_building_value = of_column(prefix="Rp"), of_column(prefix="Rp")
    expenditure = of_column(prefix="Rp")
    land_area = of_column(unit="m²")
    permanent_men, permanent_women = _people(), _people()
    temporary_men, temporary_women = _people(), _people()
    other_men, other_women = _people(), _people()
    school_sd, school_smp, school_sma, school_d1_d3 = _people(), _people(), _people(), _people()
    school_s1_d4, school_s2, school_s3 = _people(), _people(), _people()

    class Meta:
        model = QuarterlyReport
        fields = [
            "regency", "establishment", "year", "quarter", "stage", "group", "signer", "signer_post",
            "parent_company", *SHARES, "foreign_country", "investment", "land_building_value", "land_area", *WORKERS,
            *SCHOOLING, "expenditure", "distribution_plan", "waste_treatment", "indi", "jump_reason",
        ]  # fmt: skip
        widgets = {
            "distribution_plan": forms.Textarea({"rows": 3}),
            "waste_treatment": forms.Textarea({"rows": 3}),
            "jump_reason": forms.Textarea({"rows": 2}),
        }

    parts = {
        "products": ReportedProductForm,
        "materials": MaterialForm,
        "supplies": SupplyForm,
        "machines": MachineForm,
        "facilities": FacilityForm,
    }
    asked_if = {
        **dict.fromkeys(
            (*SHARES, "parent_company", "expenditure", "distribution_plan", "waste_treatment", "indi"), _LARGER
        ),
        "foreign_country": AskedIf("share_foreign"),
        "land_area": AskedIf("stage", values=(rules.Stage.BUILDING,)),
    }
    parts_asked_if = {"facilities": OF_SHIPYARDS}
    sections = (
        ("", ("regency", "establishment", "year", "quarter", "stage", "group")),
        ("head", ("signer", "signer_post", "parent_company", *SHARES, "foreign_country")),
        ("investment", ("investment", "land_building_value", "land_area")),
        ("workers", (*WORKERS, *SCHOOLING)),
        ("larger", ("expenditure", "distribution_plan", "waste_treatment", "indi")),
        ("jumps", ("jump_reason",)),
    )
    section_titles = {
        "": gettext_lazy("The report"),
        "head": gettext_lazy("Who signs, and owners"),
        "investment": gettext_lazy("Investment"),
        "workers": gettext_lazy("Workers"),
        "larger": gettext_lazy("Expenditure, plans, waste, INDI 4.0"),
        "jumps": gettext_lazy("Changes since the report before"),
    }
    in_files = InFiles(  # the words of forms that offices use, among them those of SIPPINDA
        words={
            "establishment": ("nomor register ikm", "nama ikm", "perusahaan", "nama perusahaan", "nib"),
            "year": ("tahun",),
            "quarter": ("triwulan", "tw", "periode"),
            "stage": ("jenis pelaporan", "tahap"),
            "group": ("kelompok", "jenis kuesioner"),
            "signer": ("penanda tangan laporan", "penandatangan"),
            "signer_post": ("jabatan",),
            "parent_company": ("perusahaan induk",),
            "share_central": ("porsi pemerintah pusat",),
            "share_regional": ("porsi pemerintah daerah",),
            "share_private": ("porsi swasta nasional",),
            "share_foreign": ("porsi asing",),
            "investment": ("investasi tanpa t&b", "nilai investasi"),
            "permanent_men": ("produksi tetap l", "tk laki-laki", "tenaga kerja l"),
            "permanent_women": ("produksi tetap p", "tk perempuan", "tenaga kerja p"),
            "temporary_men": ("produksi tidak tetap l",),
            "temporary_women": ("produksi tidak tetap p",),
            "other_men": ("lainnya l",),
            "other_women": ("lainnya p",),
        },
        examples={"year": 2026, "quarter": "TW3", "permanent_men": 4, "permanent_women": 6, "investment": 85_000_000},
        choices={
            "quarter": {
                f"TW{number}": (f"TW {roman}", f"Triwulan {roman}", f"TW {number}", roman, str(number))
                for number, roman in enumerate(("I", "II", "III", "IV"), start=1)
            },
            "stage": {
                "pembangunan": ("Tahap Konstruksi", "Konstruksi", "Tahap Pembangunan"),
                "produksi": ("Tahap Produksi",),
            },
        },
    )

    def entered(self) -> tuple[Values, TypedTexts]:
        """As of MakerForm; the form that follows from the maker is filled in where none was chosen."""
        values, typed = super().entered()
        if self.is_bound and not values["group"] and "group" not in typed and values["establishment"]:
            maker: Any = self.fields["establishment"].to_python(values["establishment"])
            quarter = _quarter_of(values["year"], values["quarter"])
            with suppress(Unanswered):  # a chunk has asked for every form that may be stored
                values["group"] = self._group_of(maker, quarter) if quarter else ""
        return values, typed

    def clean(self) -> dict[str, Any]:
        """As of MakerForm; also the right one of the three forms, and a reason for jumps."""
        cleaned = super().clean()
        maker, quarter = cleaned.get("establishment"), _quarter_of(cleaned.get("year"), cleaned.get("quarter"))
        if maker is None or quarter is None:
            return cleaned
        self._check_group(cleaned, self._group_of(maker, quarter))
        self._check_jumps(cleaned, maker, quarter)
        return cleaned

    def _group_of(self, maker: Establishment, quarter: Quarter) -> str:
        """The form that follows from the maker as it was in that quarter; "" where its scale is not known."""
        known = self.context.ask(makers_then, (maker.pk, quarter)) or Maker(maker.industry_scale, maker.kbli_id)
        shipyards = in_force(self.context.once(_shipyards), day_of(quarter, timezone.localdate()))
        return rules.group_of(
            scale=known.scale, is_shipyard=any(shipyard.kbli_id == known.kbli for shipyard in shipyards)
        )

    def _check_group(self, cleaned: dict[str, Any], right: str) -> None:
        if "group" in self.errors:
            return
        given = cleaned.get("group") or ""
        if not given and not right:
            text = _(
                "The scale of this maker is not known, so neither is its form. Enter its workers and investment in its "
                "record first, or choose the form here."
            )
            self.add_error("group", ValidationError(text, "needed"))
        elif not given:
            cleaned["group"] = right
        elif right and given != right and given != self._stored_group():
            text = _("By the scale and KBLI that it had in this quarter, this maker fills in: %(form)s.")
            self.add_error("group", ValidationError(text, "other_form", {"form": rules.Group(right).label}))

    def _stored_group(self) -> str:
        """What stands in the register is not refused because the maker was corrected since."""
        return str(self.initial.get("group") or "") if self.instance.pk else ""

    def _check_jumps(self, cleaned: dict[str, Any], maker: Establishment, quarter: Quarter) -> None:
        before = self._before(maker, quarter)
        if before is None or cleaned.get("jump_reason"):
            return
        now = figures_of(cleaned, {name: [row.cleaned_data for row in rows] for name, rows in self._clean_rows()})
        if jumps := rules.jumps(before.figures, now):
            figures = "; ".join(self._in_words(cell, before.figures[cell], now[cell]) for cell in jumps[:MOST_TOLD])
            text = _(
                "More than ten times the figure of %(quarter)s, or less than a tenth of it: %(figures)s. "
                "Correct it, or give the reason here."
            )
            said = {"quarter": before.quarter.title, "figures": figures}
            self.add_error("jump_reason", ValidationError(text, "jump", said))

    def _before(self, maker: Establishment, quarter: Quarter) -> Earlier | None:
        """The report before; None for a maker out of reach, whose figures are told to nobody who names it."""
        if self.by is not None and not reaches(self.by, maker):
            return None
        return self.context.ask(earlier_reports, (maker.pk, quarter))

    def _clean_rows(self) -> list[tuple[str, list[Any]]]:
        return [(name, [row for row in rows if row.is_valid()]) for name, rows in self.rows.items()]

    @classmethod
    def _in_words(cls, cell: Cell, before: Any, now: Any) -> str:
        figures = f"{formats.number(before)} → {formats.number(now)}"
        return f"{cls.name_of(cell)} {figures}"

    @classmethod
    def name_of(cls, cell: Cell) -> str:
        """A figure in words."""
        if not cell.part:
            label: Text = _("Workers") if cell.column == "workers" else cls.base_fields[cell.column].label or ""
            return str(capfirst(label))
        return f"{cell.row}, {cls.parts[cell.part].base_fields[cell.column].label}"

    def warnings(self) -> list[tuple[Path, str]]:
        """Schooling that counts other people than the workers; what no small industry reports."""
        return [*super().warnings(), *self._odd()]

    def _odd(self) -> list[tuple[Path, str]]:
        own = self.instance
        remarks: list[tuple[Path, str]] = []
        schooled = [number for name in SCHOOLING if (number := getattr(own, name)) is not None]
        if schooled and own.workers is not None and sum(schooled) != own.workers:
            text = _("By schooling there are %(schooled)s workers, by kind %(workers)s.")
            remarks.append((SCHOOLING[0], text % {"schooled": sum(schooled), "workers": own.workers}))
        if own.stage == rules.Stage.PRODUCING and not self.rows["products"]:
            remarks.append(("stage", _("No product is entered, though the maker produces.")))
        return remarks

    def earlier(self) -> dict[Path, str] | None:
        """As of RecordForm: against the newest earlier report of the maker, rows by their names."""
        values, _typed = self.entered()
        quarter = _quarter_of(values["year"], values["quarter"])
        maker: Any = (
            self.fields["establishment"].to_python(values["establishment"]) if values["establishment"] else None
        )
        before = self._before(maker, quarter) if maker and quarter else None
        if before is None:
            return None
        recorded = self.recorded(QuarterlyReport.objects.select_related("establishment").get(pk=before.key))
        return marks(type(self), recorded, values, before.quarter.title)

    def follows(self) -> list[tuple[Text, Any, Text]]:
        """For who decides: each figure that differs from the report before."""
        own = self.instance
        before = self._before(own.establishment, own.period)
        if before is None:
            return []
        now = figures_of(
            self.cleaned_data, {name: [row.cleaned_data for row in rows] for name, rows in self._clean_rows()}
        )
        why = _("%(quarter)s, %(number)s") % {"quarter": before.quarter.title, "number": before.number}
        changed = [cell for cell in {**before.figures, **now} if before.figures.get(cell) != now.get(cell)]
        return [
            (self.name_of(cell), f"{_said(before.figures.get(cell))} → {_said(now.get(cell))}", why) for cell in changed
        ]


def _said(figure: Any) -> str:
    return "–" if figure is None else formats.number(figure)


def _quarter_of(year: Any, period: Any) -> Quarter | None:
    is_one = isinstance(year, int) and FIRST_YEAR <= year <= LAST_YEAR and period in rules.Period.values
    return rules.quarter_of(year, period) if is_one else None


def _shipyards() -> list[ShipyardClass]:
    return list(ShipyardClass.objects.all())
