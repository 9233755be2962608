"""What may be proposed about a zone, its areas, utilities, plots, tenants and documents."""

from collections.abc import Hashable, Iterator
from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from disperin.maps.shape_files import read_shapes
from disperin.maps.shapes import area_differs, check_plots, check_shape, hectares_of
from disperin.regions.models import District
from disperin.registers.gate.columns import OfColumn, of_column
from disperin.registers.gate.forms import PartForm, RecordForm
from disperin.registers.values.asking import AskedIf
from disperin.registers.values.code_input import CodeInput
from disperin.registers.values.fields import Codes, Degrees, MarkedText, length_problem
from disperin.registers.values.in_files import InFiles
from disperin.registers.values.terms import Path, Row, Values
from disperin.ui.forms import choice_field
from disperin.ui.said import figure
from disperin.ui.said import gettext as _
from industries.forms.kbli import KbliField, suggested_classes
from industries.models import Commodity, Establishment
from zones import rules
from zones.models import Plot, Tenant, Utility, Zone, ZoneArea, ZoneDocument

MAKERS_LIST = "tenants-list"  # the establishments that the input suggests from
MOST_SUGGESTED = 300
MOST_PLOTS = 2_000
OF_ZONES = AskedIf("kind", values=tuple(kind for kind, _label in rules.KINDS_OF_ZONES))  # not of a project


def _hectares(*, decimals: int = 2) -> OfColumn:
    return of_column(unit="ha", min_value=10**-decimals)


def _check_name(text: str) -> None:
    if problem := length_problem(text, 120):
        raise ValidationError(problem, "too_long")


class ZoneAreaForm(PartForm):
    """One area, by one source."""

    hectares = _hectares()

    class Meta:
        model = ZoneArea
        fields = ["basis", "hectares", "note", "note_en", "source", "source_date"]

    in_files = InFiles(examples={"hectares": 350, "source": "Keputusan Bupati 127/2024", "source_date": "2024-01-15"})


class UtilityForm(PartForm):
    """One utility, or one way to the zone."""

    distance_km = of_column(unit="km")

    class Meta:
        model = Utility
        fields = [
            "kind", "name", "status", "capacity", "free_capacity", "unit", "distance_km", "note", "note_en", "source",
            "as_of",
        ]  # fmt: skip

    in_files = InFiles(
        examples={"name": "Gardu induk", "distance_km": 4.5, "source": "Rencana induk kawasan", "as_of": "2026-01-15"}
    )


class PlotForm(PartForm):
    """One plot. Many at once come from a file, whose outlines are named by the codes of the plots."""

    named_by = "code"
    file_help = gettext_lazy(
        "GeoJSON, KML or KMZ, in degrees (WGS 84). Each outline goes to the plot of the same code (property “code” or "
        "“kode”, or the name); others become new plots."
    )

    hectares = _hectares(decimals=4)

    class Meta:
        model = Plot
        fields = ["code", "hectares", "state", "terms", "outline"]

    in_files = InFiles(examples={"code": "A-01", "hectares": 2.5})

    @classmethod
    def rows_of_file(cls, file: Any) -> list[Row]:
        """The plots of a file: code and outline. Raises ValidationError for a file that is none."""
        return [{"code": feature.name[:40], "outline": feature.shape} for feature in read_shapes(file)]


class TenantForm(PartForm):
    """One tenant."""

    establishment = of_column(
        widget=CodeInput(MAKERS_LIST),
        help_text=format_lazy(
            gettext_lazy("Its register number, such as {number}, where it is registered."),
            number=settings.PROVINCE.example.number,
        ),
    )
    kbli = of_column(KbliField)
    hectares = _hectares()

    class Meta:
        model = Tenant
        fields = ["name", "establishment", "kbli", "other_code", "other_title", "hectares", "since"]
        field_classes = {"other_code": MarkedText}

    in_files = InFiles(examples={"name": "PT Olahan Jaya", "hectares": 3.2, "since": "2024-01-15"})

    tidies = {"other_code": rules.read_class_code}

    def clean_other_code(self) -> str:
        return rules.read_class_code(self.cleaned_data["other_code"])


class ZoneDocumentForm(PartForm):
    """One permit, legal basis or paper."""

    class Meta:
        model = ZoneDocument
        fields = ["kind", "title", "number", "issued_on", "valid_until", "source", "file"]

    in_files = InFiles(examples={"title": "Izin lokasi", "number": "503/127/2024", "issued_on": "2024-01-15"})


class ZoneForm(RecordForm):
    """The form of the register `zones`."""

    most_rows = MOST_PLOTS

    districts = of_column(Codes)
    commodities = of_column(Codes)
    also_known_as = of_column(limit=10, check=_check_name)
    focus_industries = of_column(limit=20, check=_check_name)
    focus_industries_en = of_column(limit=20, check=_check_name)
    latitude = of_column(Degrees, min_value=-90, max_value=90)
    longitude = of_column(Degrees, min_value=-180, max_value=180)
    photo = of_column(kind="photo")
    contact_website = of_column(forms.URLField, assume_scheme="https")

    class Meta:
        model = Zone
        fields = [
            "name", "also_known_as", "kind", "manager", "manager_source", "stage", "stage_on", "stage_note",
            "stage_note_en", "stage_source", "project_stage", "project_basis", "project_basis_en", "accreditation",
            "commodities", "focus_industries", "focus_industries_en", "summary_id", "summary_en", "photo", "regency",
            "districts", "latitude", "longitude", "outline", "outline_as_of", "outline_source", "plots_as_of",
            "plots_source", "tenants_as_of", "tenants_source", "contact_office", "contact_phone", "contact_email",
            "contact_website",
        ]  # fmt: skip
        field_classes = {"contact_phone": MarkedText}
        error_messages = {
            "contact_phone": {
                "invalid": gettext_lazy("Enter one telephone number with digits only, for example 0812 3456 7890.")
            }
        }

    parts = {
        "areas": ZoneAreaForm,
        "utilities": UtilityForm,
        "plots": PlotForm,
        "tenants": TenantForm,
        "documents": ZoneDocumentForm,
    }
    asked_if = dict.fromkeys(
        (
            "accreditation", "commodities", "focus_industries", "focus_industries_en", "plots_as_of", "plots_source",
            "tenants_as_of", "tenants_source",
        ),
        OF_ZONES,
    )  # fmt: skip
    parts_asked_if = dict.fromkeys(parts, OF_ZONES)
    sections = (
        ("what", ("name", "also_known_as", "kind", "manager", "manager_source", "accreditation")),
        ("stage", (
            "stage", "stage_on", "stage_note", "stage_note_en", "stage_source", "project_stage", "project_basis",
            "project_basis_en",
        )),
        ("use", ("commodities", "focus_industries", "focus_industries_en", "summary_id", "summary_en", "photo")),
        ("place", (
            "regency", "districts", "latitude", "longitude", "outline", "outline_as_of", "outline_source",
        )),
        ("dates", ("plots_as_of", "plots_source", "tenants_as_of", "tenants_source")),
        ("contact", ("contact_office", "contact_phone", "contact_email", "contact_website")),
    )  # fmt: skip
    section_titles = {
        "what": gettext_lazy("The zone"),
        "stage": gettext_lazy("How far it is"),
        "use": gettext_lazy("What it is for"),
        "place": gettext_lazy("Where it lies"),
        "dates": gettext_lazy("Whose plots and tenants these are"),
        "contact": gettext_lazy("Whom to ask"),
    }
    regency_shown: str | None = None  # whose establishments are suggested on a page

    def __init__(self, values: Values | None = None, **options: Any) -> None:
        super().__init__(values, **options)
        # asked for only where they are shown or checked, and then once
        choice_field(self, "commodities").choices = cache(
            lambda: [(commodity.pk, commodity.name) for commodity in Commodity.objects.all()]
        )
        choice_field(self, "districts").choices = cache(lambda: list(District.objects.values_list("pk", "name")))

    def narrow(self, regency: str | None, *, district: str | None = None, options_url: str = "") -> None:
        """The districts of the regency."""
        self.regency_shown = regency
        districts = District.objects.filter(regency=regency) if regency else District.objects.none()
        choice_field(self, "districts").choices = list(districts.values_list("pk", "name"))

    def suggestions(self) -> dict[str, Any]:
        """The classes of KBLI in force, and the establishments of the regency."""
        makers = Establishment.objects.unclosed().filter(regency=self.regency_shown).order_by("name", "id")
        return {
            **suggested_classes(),
            MAKERS_LIST: list(makers.values_list("number", "name")[:MOST_SUGGESTED]),
        }

    tidies = {"contact_phone": rules.tidy_phone}
    in_files = InFiles(
        examples={
            "name": "Kawasan Industri Melati",
            "also_known_as": "KI Melati",
            "manager": "PT Kawasan Melati",
            "focus_industries": "pengolahan kayu; makanan",
            "focus_industries_en": "wood processing; food",
            "summary_id": "Kawasan di tepi jalan negara, 12 km dari pelabuhan.",
            "contact_office": "Dinas Perindustrian",
            "contact_phone": "0511123456",
        }
    )

    def clean_contact_phone(self) -> str:
        return rules.tidy_phone(self.cleaned_data["contact_phone"])

    def clean(self) -> dict[str, Any]:
        """Also: the plots have a code each, lie within the outline, and share no ground."""
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("kind") == rules.ZoneKind.PROJECT and any(self.rows.values()):
            text = _("A project that is no zone has milestones and issues alone: take out what else is entered below.")
            self.add_error("kind", ValidationError(text, "parts_of_a_project"))
        seen: set[str] = set()
        places: dict[Hashable, Any] = {}  # by the key of a row
        for row in self.rows["plots"]:
            if not row.is_valid():
                continue
            code = row.cleaned_data["code"].lower()
            if code in seen:
                params = {"code": row.cleaned_data["code"]}
                row.add_error("code", ValidationError(_("There are two plots %(code)s."), "twice", params))
            seen.add(code)
            if row.cleaned_data["outline"]:
                places[row.key] = check_shape(row.cleaned_data["outline"])
        outline = cleaned.get("outline")
        rows: dict[Hashable, PartForm] = {row.key: row for row in self.rows["plots"]}
        codes = {key: rows[key].cleaned_data["code"] for key in places}
        for key, problem in check_plots(places, codes, outline and check_shape(outline)).items():
            rows[key].add_error("outline", problem)
        return cleaned

    def warnings(self) -> list[tuple[Path, str]]:
        """Outlines whose area differs from the stated one by more than five percent; figures without their day."""
        return [*self._zone_area_warning(), *self._plot_area_warnings(), *self._undated()]

    def _zone_area_warning(self) -> Iterator[tuple[Path, str]]:
        stated = [float(row.cleaned_data["hectares"]) for row in self.rows["areas"]]
        if not self.instance.outline or not stated:
            return
        measured = hectares_of(self.instance.outline)
        if all(area_differs(measured, hectares) for hectares in stated):
            values = {"measured": figure(round(measured, 2))}
            yield "outline", _("This outline has %(measured)s ha, which fits none of the stated areas.") % values

    def _plot_area_warnings(self) -> Iterator[tuple[Path, str]]:
        for row in self.rows["plots"]:
            if not {"outline", "hectares"} & {*row.changed_data}:
                continue  # it was looked at when it was verified
            outline, stated = row.cleaned_data["outline"], row.cleaned_data["hectares"]
            measured = hectares_of(outline) if outline else 0
            if outline and area_differs(measured, float(stated)):
                values = {"measured": figure(round(measured, 4)), "stated": figure(stated)}
                path = f"plots.{row.key}.hectares"
                yield path, _("The outline has %(measured)s ha, but %(stated)s ha are stated.") % values

    def _undated(self) -> Iterator[tuple[Path, str]]:
        for part, day in (("plots", "plots_as_of"), ("tenants", "tenants_as_of"), ("outline", "outline_as_of")):
            there = self.instance.outline if part == "outline" else self.rows[part]
            if there and getattr(self.instance, day) is None:
                yield day, _("Say of which day these are: what has no day is shown as undated.")
