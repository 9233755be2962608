"""Zones: where industry is to go, with every figure dated and sourced."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from disperin.attachments.models import Attachment
from disperin.history.versions import versioned
from disperin.maps.boundary import in_box
from disperin.maps.shapes import check_shape, check_within_regency, point_in
from disperin.regions.models import District
from disperin.registers.models import Record, RecordQuerySet
from disperin.registers.record.apart import Apart
from disperin.registers.values.audience import Audience
from disperin.registers.values.point import Point
from disperin.ui.entered import Entered, either
from disperin.ui.texts import Text
from industries.models import Commodity
from zones import rules

if TYPE_CHECKING:
    from zones.models.parts import Tenant, Utility, ZoneArea, ZoneDocument

_OPEN = Q(closed_on__isnull=True)
SOURCE_LENGTH = 300


class MapPoint(models.TextChoices):
    """What the pin of a zone on a map stands at."""

    LOCATION = "location", _("Location as entered")
    OUTLINE = "outline", _("Inside the outline")
    DISTRICT = "district", _("Reference point of the district")


def _names(label: Text, **options: Any) -> ArrayField:
    return ArrayField(models.CharField(max_length=120), verbose_name=label, default=list, blank=True, **options)


def _source(label: Text) -> models.CharField:
    return models.CharField(label, max_length=SOURCE_LENGTH, blank=True)


def _day(label: Text) -> models.DateField:
    return models.DateField(label, null=True, blank=True)


@versioned()
class Zone(Record):
    """One industrial zone, planned or at work. `slug` is made from its first name and never changes.

    A national strategic project that is no zone is kept here too, apart: it stands in no list of zones, but in its own.
    """

    open_areas: list["ZoneArea"]  # where a page has fetched them: zones/views/figures.py
    open_utilities: list["Utility"]
    open_tenants: list["Tenant"]
    open_documents: list["ZoneDocument"]

    prefix = "KWS"
    offers_land = True
    named_by = "slug"
    audience = Audience(
        public=(
            "id", "number", "version", "origin",
            "name", "slug", "also_known_as", "kind", "regency", "districts", "manager",
            "manager_source", "stage", "stage_on", "stage_note", "stage_note_en", "stage_source", "project_stage",
            "project_basis", "project_basis_en", "accreditation", "commodities", "focus_industries",
            "focus_industries_en", "summary_id", "summary_en", "photo", "latitude",
            "longitude", "outline", "outline_as_of", "outline_source", "plots_as_of", "plots_source", "tenants_as_of",
            "tenants_source", "contact_office", "contact_phone", "contact_email", "contact_website", "map_latitude",
            "map_longitude", "map_point", "free_land_ha", "free_power_mw", "port_distance_km", "search_text",
            "verified_at", "updated_at", "closed_on",
        ),
        inside=("created_at", "closed_reason"),
        steady=("name", "free_land_ha", "free_power_mw", "port_distance_km"),
        together=(("latitude", "longitude", "map_latitude", "map_longitude", "map_point"),),
        personal=(("photo",), ("contact_office", "contact_phone", "contact_email", "contact_website"),),
    )  # fmt: skip
    apart = Apart(
        "kind",
        rules.ZoneKind.PROJECT.value,
        slug="projects",
        label=_("National strategic projects"),
        label_of_one=_("national strategic project"),
        list_page="zones:project-list",
        page="zones:project-detail",
    )
    point = Point("map_latitude", "map_longitude", "map_point", note=("regency__name",))
    facets = {
        "regency": "regency_id", "kind": "kind", "stage": "stage", "commodities": "commodities", "origin": "origin",
    }  # fmt: skip
    field_of_constraint = {"slug_taken": "name"}

    # What it is
    name = models.CharField(_("name of the zone"), max_length=150)
    slug = models.CharField(_("name in addresses"), max_length=rules.LONGEST_SLUG, editable=False)
    also_known_as = _names(_("also known as"), help_text=_("Other names and spellings; the search finds them too."))
    kind = models.CharField(_("kind of zone"), max_length=12, choices=rules.ZoneKind)
    manager = models.CharField(_("manager"), max_length=200, blank=True)
    manager_source = _source(_("source of the manager"))
    stage = models.CharField(_("stage"), max_length=20, choices=rules.ZoneStage)
    stage_on = _day(_("at this stage since"))
    stage_note = models.CharField(_("what is known of the stage"), max_length=300, blank=True)
    stage_note_en = models.CharField(_("what is known of the stage (English)"), max_length=300, blank=True, default="")
    stage_source = _source(_("source of the stage"))
    project_stage = models.CharField(
        _("national strategic project"),
        max_length=20,
        choices=rules.ProjectStage,
        blank=True,
        help_text=_("Leave it empty while it is not confirmed."),
    )
    project_basis = models.CharField(_("legal basis of the project status"), max_length=300, blank=True)
    project_basis_en = models.CharField(
        _("legal basis of the project status (English)"), max_length=300, blank=True, default=""
    )
    accreditation = models.CharField(
        _("accreditation (Permenperin 26/2025)"), max_length=20, choices=rules.Accreditation, blank=True
    )
    # What for
    commodities = ArrayField(models.CharField(max_length=40), verbose_name=_("commodities"), default=list, blank=True)
    focus_industries = _names(_("focus industries"))
    focus_industries_en = _names(
        _("focus industries (English)"), help_text=_("In the same order; readers of English see these instead.")
    )
    summary_id = models.TextField(_("summary (Indonesian)"), max_length=2000, blank=True)
    summary_en = models.TextField(_("summary (English)"), max_length=2000, blank=True)
    photo = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("photograph")
    )
    # Where
    districts = ArrayField(models.CharField(max_length=8), verbose_name=_("districts"))
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    outline = models.JSONField(_("outline"), null=True, blank=True)
    outline_as_of = _day(_("outline as of"))
    outline_source = _source(_("source of the outline"))
    plots_as_of = _day(_("plots as of"))
    plots_source = _source(_("source of the plots"))
    tenants_as_of = _day(_("tenants as of"))
    tenants_source = _source(_("source of the tenants"))
    # Whom to ask; of the office or the company, never of a person
    contact_office = models.CharField(_("office to ask"), max_length=150, blank=True)
    contact_phone = models.CharField(
        _("telephone of the office"), max_length=20, blank=True, validators=[RegexValidator(r"^\+?[0-9 ()-]{6,19}$")]
    )
    contact_email = models.EmailField(_("e-mail of the office"), blank=True)
    contact_website = models.CharField(
        _("website"), max_length=200, blank=True, validators=[URLValidator(["https", "http"])]
    )
    # What follows from the others
    map_latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, editable=False)
    map_longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, editable=False)
    map_point = models.CharField(max_length=10, choices=MapPoint, default="", editable=False)
    free_land_ha = models.DecimalField(_("free land"), max_digits=12, decimal_places=4, null=True, editable=False)
    free_power_mw = models.DecimalField(_("free power"), max_digits=14, decimal_places=2, null=True, editable=False)
    port_distance_km = models.DecimalField(_("nearest port"), max_digits=7, decimal_places=1, null=True, editable=False)
    search_text = models.TextField(editable=False, default="")  # public words only, lower case

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("industrial zone")
        verbose_name_plural = _("industrial zones")
        constraints = [
            models.UniqueConstraint(
                name="one_zone_per_slug",
                fields=["slug"],
                violation_error_code="slug_taken",
                violation_error_message=_("Another zone was given this name a moment ago. Save again."),
            ),
            models.CheckConstraint(name="a_zone_lies_in_a_district", condition=Q(districts__len__gte=1)),
            models.CheckConstraint(
                name="the_place_of_a_zone_has_both_coordinates",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
            ),
        ]
        indexes = [
            models.Index(Lower("name"), "id", name="zone_by_name", condition=_OPEN),
            models.Index(F("verified_at").desc(), F("id").desc(), name="zone_newest", condition=_OPEN),
            models.Index("regency", Lower("name"), "id", name="zone_of_regency", condition=_OPEN),
            GinIndex("districts", name="zone_by_district"),
            GinIndex("commodities", name="zone_by_commodity"),
        ]
        triggers = [pgtrigger.ReadOnly(name="slug_never_changes", fields=["slug"])]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Checks places and days, names the zone for addresses, and derives where its pin stands."""
        problems: dict[str, Any] = {}
        for check in (self._check_place, self._check_outline, self._check_days, self._check_project):
            try:
                check()
            except ValidationError as error:
                problems |= error.error_dict
        if problems:
            raise ValidationError(problems)
        if not self.slug:
            taken = self.context.once(_taken_slugs)
            self.slug = next(slug for slug in rules.slugs_for(self.name) if slug not in taken)
        self.derive()

    def _check_place(self) -> None:
        strangers = [code for code in self.districts or [] if not code.startswith(f"{self.regency_id}.")]
        if strangers:
            text = _("This district does not lie in the chosen regency: %(code)s.")
            raise ValidationError({"districts": ValidationError(text, "chain", {"code": strangers[0]})})
        if (self.latitude is None) != (self.longitude is None):
            missing = "latitude" if self.latitude is None else "longitude"
            text = _("A place on the map needs both latitude and longitude.")
            raise ValidationError({missing: ValidationError(text, "both")})
        if (
            self.latitude is not None
            and self.longitude is not None
            and self.regency_id
            and not in_box(self.regency_id, self.latitude, self.longitude)
        ):
            text = _("This point lies outside the chosen regency. Check that latitude and longitude are not swapped.")
            raise ValidationError({"latitude": ValidationError(text, "outside")})

    def _check_outline(self) -> None:
        if self.outline and self.regency_id:
            try:
                check_within_regency(check_shape(self.outline), self.regency_id)
            except ValidationError as error:
                raise ValidationError({"outline": error}) from error

    def _check_days(self) -> None:
        problems: dict[str, Any] = {}
        for name in ("stage_on", "outline_as_of", "plots_as_of", "tenants_as_of"):
            try:
                rules.check_day(getattr(self, name), timezone.localdate())
            except ValidationError as error:
                problems[name] = error
        if problems:
            raise ValidationError(problems)

    def _check_project(self) -> None:
        rules.check_project(kind=self.kind, project_stage=self.project_stage, project_basis=self.project_basis)

    def gather(self, rows: Mapping[str, Sequence[Any]]) -> None:
        """Sets the words that the search looks through, and what filters ask for of utilities and plots."""
        utilities = rows["utilities"]
        self.free_land_ha = rules.free_land([(plot.state, plot.hectares) for plot in rows["plots"]])
        self.free_power_mw = rules.free_power(
            [(utility.kind, utility.unit, utility.free_capacity) for utility in utilities]
        )
        self.port_distance_km = rules.nearest_port([(utility.kind, utility.distance_km) for utility in utilities])
        commodities = Commodity.objects.filter(pk__in=self.commodities)
        words = [
            self.name,
            *self.also_known_as,
            *self.focus_industries,
            *self.focus_industries_en,
            *(name for commodity in commodities for name in (commodity.name_id, commodity.name_en)),
            *District.objects.filter(pk__in=self.districts).values_list("name", flat=True),
            self.regency.name,
            self.manager,
        ]
        self.search_text = " ".join(filter(None, words)).lower()

    def derive(self) -> None:
        """Sets where the pin stands: at the location, else in the outline, else at the first district's own point."""
        places: tuple[tuple[str, Any], ...] = (
            (MapPoint.LOCATION, self.latitude is not None and (self.latitude, self.longitude)),
            (MapPoint.OUTLINE, self.outline and point_in(self.outline)),
            (MapPoint.DISTRICT, self.districts and self.context.ask(_place_of, tuple(sorted(self.districts)))),
        )
        self.map_point, place = next(((kind, place) for kind, place in places if place), ("", (None, None)))
        self.map_latitude, self.map_longitude = (
            coordinate if coordinate is None else round(coordinate, 6) for coordinate in place
        )

    def plot_named(self, typed: str) -> str:
        """The code of an open plot of it."""
        if "\x00" in typed:  # no text of the database
            return ""
        plots = self.plots.filter(closed_on=None, code__iexact=" ".join(typed.split()))
        return plots.values_list("code", flat=True).first() or ""

    @property
    def summary(self) -> Entered:
        """The summary in the language of the reader, or else in the other one."""
        return either(self.summary_id, self.summary_en)

    @property
    def focus(self) -> list[Entered]:
        """The focus industries in the language of the reader, or else in the other one."""
        lists = [
            list(map(Entered, self.focus_industries)),
            [Entered(industry, "en") for industry in self.focus_industries_en],
        ]
        return (lists[1] or lists[0]) if get_language() == "en" else (lists[0] or lists[1])


def _taken_slugs() -> set[str]:
    return set(Zone.objects.values_list("slug", flat=True))


def _place_of(districts: Iterable[tuple[Any, ...]]) -> dict[Any, Any]:
    """`{codes of districts in their order: (latitude, longitude) of the first that has a point}`."""
    codes = {code for some in districts for code in some}
    rows = District.objects.filter(pk__in=codes, latitude__isnull=False).values_list("pk", "latitude", "longitude")
    places = {code: place for code, *place in rows}
    return {some: next((tuple(places[code]) for code in some if code in places), None) for some in districts}
