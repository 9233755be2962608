"""An establishment (unit usaha industri): one place of production, with what follows from what is entered."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.attachments.models import Attachment
from disperin.history.versions import versioned
from disperin.maps.boundary import in_box, rounded
from disperin.regions.models import District, Village
from disperin.registers.models import Record
from disperin.registers.record.apart import Apart
from disperin.registers.record.indexes import search_index, word_index
from disperin.registers.record.likeness import LikenedBy
from disperin.registers.record.summed import Summed
from disperin.registers.values.audience import Audience
from disperin.registers.values.beside import Beside
from disperin.registers.values.money import rupiah
from disperin.registers.values.point import Point
from disperin.ui.texts import Text
from industries import rules
from industries.models.cluster import Cluster
from industries.models.codes import KbliClass, all_commodities

_WEB_ADDRESS = URLValidator(["https", "http"])


_OPEN = Q(closed_on__isnull=True)
_SERVICE = Q(sector=rules.Sector.SERVICE)  # few beside the makers


def _lacking(**wanted: Q) -> list[models.Index]:
    """An index of the records that lack each of these: what few lack is found, and counted, without reading all."""
    return [
        models.Index(fields=["regency", "id"], name=f"establishment_no_{name}"[:30], condition=_OPEN & lacks)
        for name, lacks in wanted.items()
    ]


def _listed_by(*columns: Any) -> list[models.Index]:
    """An index per column that lists are narrowed by, in the order filter, sort, id."""
    return [
        models.Index(column, Lower("name"), "id", name=f"establishment_by_{column}"[:30], condition=_OPEN)
        for column in columns
    ]


def _people(label: Text) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(label, null=True, blank=True, validators=[MaxValueValidator(100_000)])


@versioned()
class Establishment(Record):
    """One place of production, described as verified last. Scales and public values follow from the others."""

    prefix = "IKM"
    audience = Audience(
        public=(
            "id", "number", "version", "origin",
            "name", "legal_form", "branch", "sector", "kbli", "kbli_group", "other_kbli", "regency",
            "district", "village", "founded_year", "active_since", "activity", "industry_scale", "cluster",
            "commodities", "photo", "story_id", "story_en", "public_point", "public_latitude", "public_longitude",
            "public_contact", "verified_at", "updated_at", "closed_on", "search_text",
        ),
        inside=(
            "nib", "owner_name", "address", "postal_code", "latitude", "longitude", "show_on_map",
            "map_consented_on", "phone", "email", "website", "marketplaces", "contact_public", "contact_consented_on",
            "workers_male", "workers_female", "investment", "land_building_value", "capital", "annual_sales", "as_of",
            "industry_scale_rules", "industry_scale_reason", "business_scale", "business_scale_rules",
            "business_scale_reason", "statistical_scale", "statistical_scale_rules", "statistical_scale_reason",
            "siinas_account", "created_at", "closed_reason",
        ),
        masked=("npwp",),
        steady=("kbli_group", "sector"),
        together=(("public_latitude", "public_longitude", "public_point"),),
        personal=(
            ("owner_name",),
            ("phone", "email", "website", "marketplaces", "contact_public", "contact_consented_on", "public_contact"),
            ("address", "postal_code"),
            (
                "latitude", "longitude", "show_on_map", "map_consented_on", "public_latitude", "public_longitude",
                "public_point",
            ),
            ("nib",),
            ("npwp",),
            ("siinas_account",),
            ("name",),
            ("photo",),
            ("story_id", "story_en"),
        ),
    )  # fmt: skip
    beside_inside = {"quality": Beside("quality__score", _("Data quality"))}
    begins_with = ("active_since", "founded_year")
    ended_in_words = _("The business closed on %(day)s.")
    facets = {
        "regency": "regency_id",
        "district": "district_id",
        "branch": "branch",
        "kbli": "kbli_id",
        "kbli_group": "kbli_group_id",
        "industry_scale": "industry_scale",
        "commodities": "commodities",
        "origin": "origin",
    }
    apart = Apart(
        "sector",
        rules.Sector.SERVICE.value,
        slug="services",
        label=_("Industry services"),
        label_of_one=_("industry service"),
        list_page="industries:service-list",
        page="industries:establishment-detail",
        follows=("kbli", rules.BEYOND_INDUSTRY),
    )
    crossed = tuple(("regency", facet) for facet in ("branch", "industry_scale", "kbli", "commodities", "origin"))
    summed = Summed(
        by=(
            "regency_id", "branch", "kbli_group_id", "industry_scale", "business_scale", "statistical_scale",
            "commodities",
        ),
        figures=(
            "workers_male", "workers_female", "investment", "land_building_value", "capital", "annual_sales",
        ),
        lacking=("nib",),
    )  # fmt: skip
    field_of_constraint = {"nib_twice_in_village": "nib"}
    left_out = ("cluster",)
    words_of = ("cluster",)
    point = Point("public_latitude", "public_longitude", "public_point", note=("village__name", "regency__name"))
    likened_by = LikenedBy(
        code="nib", phone="phone", person="owner_name", village="village_id", point=("latitude", "longitude")
    )
    found_by = ("nib", "phone")

    # Who
    name = models.CharField(_("name of the business"), max_length=150)
    legal_form = models.CharField(_("legal form"), max_length=16, choices=rules.LegalForm)
    branch = models.CharField(_("branch of industry"), max_length=20, choices=rules.Branch)
    nib = models.CharField(
        _("NIB"), max_length=13, blank=True, help_text=_("13 digits. Leave it empty where there is none yet.")
    )
    npwp = models.CharField(
        _("NPWP"), max_length=16, blank=True, help_text=_("Only of legal entities: 15 or 16 digits.")
    )
    owner_name = models.CharField(_("name of the owner"), max_length=120, blank=True)
    siinas_account = models.CharField(_("SIINas account"), max_length=80, blank=True)
    # What
    kbli = models.ForeignKey(KbliClass, models.PROTECT, verbose_name=_("KBLI"), related_name="+")
    sector = models.CharField(
        _("sector"),
        max_length=8,
        choices=rules.Sector,
        default=rules.Sector.INDUSTRY,
        db_default=rules.Sector.INDUSTRY,
        editable=False,
    )
    kbli_group = models.ForeignKey(
        KbliClass, models.PROTECT, verbose_name=_("KBLI group"), related_name="+", null=True, editable=False
    )
    other_kbli = ArrayField(models.CharField(max_length=12), verbose_name=_("other KBLI"), default=list, blank=True)
    commodities = ArrayField(models.CharField(max_length=40), verbose_name=_("commodities"), default=list, blank=True)
    cluster = models.ForeignKey(
        Cluster, models.PROTECT, null=True, blank=True, related_name="establishments", verbose_name=_("cluster")
    )
    founded_year = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    active_since = models.DateField(_("active since"), null=True, blank=True)
    activity = models.CharField(_("activity"), max_length=20, choices=rules.Activity, default=rules.Activity.ACTIVE)
    # Where
    district = models.ForeignKey(District, models.PROTECT, verbose_name=_("district"), related_name="+")
    village = models.ForeignKey(Village, models.PROTECT, verbose_name=_("village"), related_name="+")
    address = models.CharField(_("address"), max_length=250, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=5, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    show_on_map = models.BooleanField(
        _("the owner agrees that the exact place is shown"),
        default=False,
        help_text=_("Without consent the public map shows the place rounded to about one kilometre."),
    )
    map_consented_on = models.DateField(_("consent to the map given on"), null=True, blank=True)
    public_point = models.CharField(
        _("how exact the public place is"), max_length=8, choices=rules.PublicPoint, blank=True, editable=False
    )
    public_latitude = models.DecimalField(
        _("place on the map"), max_digits=9, decimal_places=6, null=True, editable=False
    )
    public_longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, editable=False)
    # Contact
    phone = models.CharField(_("telephone or WhatsApp"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.CharField(_("website"), max_length=200, blank=True, validators=[_WEB_ADDRESS])
    marketplaces = ArrayField(
        models.CharField(max_length=200, validators=[_WEB_ADDRESS]),
        verbose_name=_("marketplace addresses"),
        default=list,
        blank=True,
    )
    contact_public = models.BooleanField(
        _("the owner agrees that the business contact is public"),
        default=False,
        help_text=_("Telephone, e-mail, website and marketplaces are then shown to everyone."),
    )
    contact_consented_on = models.DateField(_("consent to the contact given on"), null=True, blank=True)
    public_contact = models.JSONField(_("public contact"), null=True, editable=False)
    # How big
    workers_male = _people(_("male workers"))
    workers_female = _people(_("female workers"))
    investment = rupiah(_("investment"), help_text=_("Without land and building."))
    land_building_value = rupiah(_("value of land and building"))
    capital = rupiah(_("business capital"), help_text=_("Without land and building (PP 7/2021)."))
    annual_sales = rupiah(_("annual sales"))
    as_of = models.DateField(_("figures as of"), null=True, blank=True)
    industry_scale = models.CharField(
        _("scale of the industry"), max_length=10, choices=rules.IndustryScale, default="belum", editable=False
    )
    industry_scale_rules = models.CharField(max_length=40, default="", editable=False)
    industry_scale_reason = models.CharField(max_length=60, default="", editable=False)
    business_scale = models.CharField(
        _("scale of the business"), max_length=10, choices=rules.BusinessScale, default="belum", editable=False
    )
    business_scale_rules = models.CharField(max_length=40, default="", editable=False)
    business_scale_reason = models.CharField(max_length=60, default="", editable=False)
    statistical_scale = models.CharField(
        _("scale in statistics"), max_length=10, choices=rules.StatisticalScale, default="belum", editable=False
    )
    statistical_scale_rules = models.CharField(max_length=40, default="", editable=False)
    statistical_scale_reason = models.CharField(max_length=60, default="", editable=False)
    # Its face
    photo = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("photograph")
    )
    story_id = models.TextField(_("story (Indonesian)"), max_length=2000, blank=True)
    story_en = models.TextField(_("story (English)"), max_length=2000, blank=True)
    search_text = models.TextField(editable=False, default="")  # public words only, lower case

    class Meta:
        verbose_name = _("establishment")
        verbose_name_plural = _("establishments")
        constraints = [
            models.UniqueConstraint(
                name="one_nib_per_village",
                fields=["nib", "village"],
                condition=~Q(nib="") & Q(closed_on__isnull=True),
                violation_error_code="nib_twice_in_village",
                violation_error_message=_("Another establishment of this village stands under this NIB already."),
            ),
            models.CheckConstraint(
                name="map_consent_has_its_date",
                condition=Q(show_on_map=True, map_consented_on__isnull=False)
                | Q(show_on_map=False, map_consented_on__isnull=True),
            ),
            models.CheckConstraint(
                name="contact_consent_has_its_date",
                condition=Q(contact_public=True, contact_consented_on__isnull=False)
                | Q(contact_public=False, contact_consented_on__isnull=True),
            ),
            models.CheckConstraint(
                name="a_point_has_both_coordinates",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
            ),
        ]
        indexes = [
            *_listed_by("regency", "district", "branch", "kbli", "kbli_group", "industry_scale", "cluster"),
            models.Index(Lower("name"), "id", name="establishment_by_name", condition=_OPEN),
            models.Index(Lower("name"), "id", name="establishment_services", condition=_OPEN & _SERVICE),
            models.Index(F("verified_at").desc(), F("id").desc(), name="establishment_newest", condition=_OPEN),
            models.Index("nib", name="establishment_by_nib", condition=~Q(nib="")),
            models.Index("phone", name="establishment_by_phone", condition=~Q(phone="")),
            models.Index("npwp", name="establishment_by_npwp", condition=~Q(npwp="")),
            models.Index("public_latitude", "public_longitude", name="establishment_by_place", condition=_OPEN),
            *_lacking(nib=Q(nib=""), siinas_account=Q(siinas_account=""), phone=Q(phone="")),
            *_lacking(latitude=Q(latitude__isnull=True), photo=Q(photo__isnull=True)),
            models.Index("id", name="establishment_withholding", condition=~Q(withheld={})),
            GinIndex("commodities", name="establishment_by_commodity"),
            search_index("search_text", name="establishment_search"),
            search_index("name", name="establishment_name_likeness"),
            word_index("search_text", name="establishment_words"),
            word_index("name", name="establishment_name_words"),
            search_index(Lower("owner_name"), name="establishment_owner_search"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Checks what concerns several fields, and derives what follows from them."""
        problems: dict[str, Any] = {}
        today = timezone.localdate()
        self._check_place(problems)
        for given, on in (("show_on_map", "map_consented_on"), ("contact_public", "contact_consented_on")):
            try:
                rules.check_consent(given=getattr(self, given), consented_on=getattr(self, on), today=today)
            except ValidationError as error:
                problems[on] = error
        for name in ("active_since", "as_of"):
            try:
                rules.check_day(getattr(self, name), today)
            except ValidationError as error:
                problems[name] = error
        try:
            rules.check_founded_year(self.founded_year, today=today)
        except ValidationError as error:
            problems["founded_year"] = error
        if problems:
            raise ValidationError(problems)
        self.derive()

    def _check_place(self, problems: dict[str, Any]) -> None:
        if self.village_id and self.district_id and self.village.district_id != self.district_id:
            problems["village"] = ValidationError(_("This village does not lie in the chosen district."), "chain")
        if self.district_id and self.regency_id and self.district.regency_id != self.regency_id:
            problems["district"] = ValidationError(_("This district does not lie in the chosen regency."), "chain")
        if (self.latitude is None) != (self.longitude is None):
            missing = "latitude" if self.latitude is None else "longitude"
            problems[missing] = ValidationError(_("A place on the map needs both latitude and longitude."), "both")
        elif (
            self.latitude is not None
            and self.longitude is not None
            and self.regency_id
            and not in_box(self.regency_id, self.latitude, self.longitude)
        ):
            problems["latitude"] = ValidationError(
                _("This point lies outside the chosen regency. Check that latitude and longitude are not swapped."),
                "outside",
            )

    def gather(self, rows: Mapping[str, Sequence[Any]]) -> None:
        """Sets the words that the search looks through, also of its products, commodities, cluster and village."""
        known = self.context.once(all_commodities) if self.commodities else {}
        commodities = [known[key] for key in self.commodities]
        words = [
            self.name,
            *(getattr(row, name) for row in rows["products"] for name in ("name", "brand", "category")),
            *(name for commodity in commodities for name in (commodity.name_id, commodity.name_en)),
            self.kbli.title_id,
            self.cluster.name if self.cluster else "",
            self.village.name,
        ]
        self.search_text = " ".join(filter(None, words)).lower()

    def derive(self) -> None:
        """Sets what is never typed: scales with rule set and reason, public place and contact, sector, KBLI group."""
        scales = {
            "industry_scale": rules.industry_scale(
                workers_male=self.workers_male,
                workers_female=self.workers_female,
                investment=self.investment,
                land_building_value=self.land_building_value,
                limits=rules.industry_rules_on(timezone.localdate()),
            ),
            "business_scale": rules.business_scale(capital=self.capital, annual_sales=self.annual_sales),
            "statistical_scale": rules.statistical_scale(self.workers_male, self.workers_female),
        }
        for name, scale in scales.items():
            setattr(self, name, scale.value)
            setattr(self, f"{name}_rules", scale.rule_set)
            setattr(self, f"{name}_reason", scale.reason)
        self.sector = rules.sector_of(self.kbli_id) if self.kbli_id else rules.Sector.INDUSTRY
        is_industry = self.sector == rules.Sector.INDUSTRY
        self.kbli_group_id = self.kbli_id[:8] if self.kbli_id and is_industry else None
        self.public_latitude, self.public_longitude = self._public_point()
        exactness = rules.PublicPoint.EXACT if self.show_on_map else rules.PublicPoint.ROUNDED
        self.public_point = "" if self.public_latitude is None else exactness
        self.public_contact = self._public_contact()

    def _public_point(self) -> tuple[Decimal | None, Decimal | None]:
        if self.latitude is None or self.longitude is None:
            return None, None
        return (self.latitude, self.longitude) if self.show_on_map else rounded(self.latitude, self.longitude)

    def _public_contact(self) -> dict[str, str] | None:
        if not self.contact_public:
            return None
        contact = {name: getattr(self, name) for name in ("phone", "email", "website", "marketplaces")}
        return {name: value for name, value in contact.items() if value}
