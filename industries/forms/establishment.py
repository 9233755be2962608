"""What may be proposed about an establishment."""

from collections.abc import Iterator
from functools import cache, partial
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from disperin.maps.boundary import kilometres_outside
from disperin.registers.gate.columns import of_column
from disperin.registers.gate.forms import Reading, RecordForm
from disperin.registers.values.asking import AskedIf
from disperin.registers.values.columns import column
from disperin.registers.values.context import ONE, Context
from disperin.registers.values.fields import Codes, Degrees, MarkedText, Reference
from disperin.registers.values.in_files import InFiles
from disperin.registers.values.normal_spelling import normalise_web_address
from disperin.registers.values.terms import Path, Values
from disperin.registers.values.wanted_fields import Wanted
from disperin.ui.forms import YEAR_BOX
from disperin.ui.said import figure
from disperin.ui.said import gettext as _
from disperin.ui.texts import Text
from industries import rules
from industries.forms.establishment_parts import DocumentForm, ProductForm
from industries.forms.kbli import KBLI_HELP, KbliField, KbliList, suggested_classes
from industries.forms.places import narrow_places, read_address
from industries.models import Cluster, Establishment
from industries.models.codes import all_commodities
from industries.rules.quality import TOO_FAR

EATEN = (rules.HalalCategory.FOOD, rules.HalalCategory.DRINK)  # of which the office asks for a PIRT or BPOM number


class EstablishmentForm(RecordForm):
    """The form of the register `establishments`."""

    kbli = of_column(KbliField, help_text=KBLI_HELP)
    other_kbli = of_column(
        KbliList, help_text=gettext_lazy("Five digits each, or what is made; one a line, or separated by commas.")
    )
    commodities = of_column(Codes)
    cluster = of_column(queryset=Cluster.objects.unclosed())
    photo = of_column(kind="photo")
    founded_year = of_column(example=2012, widget=YEAR_BOX)
    latitude = of_column(Degrees, min_value=-90, max_value=90)
    longitude = of_column(Degrees, min_value=-180, max_value=180)
    website = of_column(forms.URLField, assume_scheme="https")
    marketplaces = of_column(check=URLValidator(["https", "http"]))
    workers_male = of_column(unit=gettext_lazy("people"))
    workers_female = of_column(unit=gettext_lazy("people"))
    investment = of_column(prefix="Rp")
    land_building_value = of_column(prefix="Rp")
    capital = of_column(prefix="Rp")
    annual_sales = of_column(prefix="Rp")

    class Meta:
        model = Establishment
        fields = [
            "name", "legal_form", "branch", "nib", "npwp", "owner_name", "siinas_account", "kbli", "other_kbli",
            "commodities", "cluster", "founded_year", "active_since", "activity", "regency", "district", "village",
            "address", "postal_code", "latitude", "longitude", "show_on_map", "map_consented_on", "phone", "email",
            "website", "marketplaces", "contact_public", "contact_consented_on", "workers_male", "workers_female",
            "investment", "land_building_value", "capital", "annual_sales", "as_of", "photo", "story_id", "story_en",
        ]  # fmt: skip
        field_classes = dict.fromkeys(("nib", "npwp", "postal_code", "phone"), MarkedText)

    parts = {"products": ProductForm, "documents": DocumentForm}
    asked_if = {
        "npwp": AskedIf("legal_form", values=rules.COMPANIES),
        "show_on_map": AskedIf("latitude", "longitude"),
        "map_consented_on": AskedIf("show_on_map", needed=True),
        "contact_public": AskedIf("phone", "email", "website", "marketplaces"),
        "contact_consented_on": AskedIf("contact_public", needed=True),
        "as_of": AskedIf(
            "workers_male", "workers_female", "investment", "land_building_value", "capital", "annual_sales"
        ),
        "story_en": AskedIf("story_id"),
    }
    tidies = {
        "nib": rules.check_nib,
        "npwp": partial(rules.check_npwp, legal_form=rules.LegalForm.PT),  # whose tax number it may be is said later
        "postal_code": rules.check_postal_code,
        "phone": rules.normalise_phone,
        "marketplaces": normalise_web_address,
    }
    in_files = InFiles(
        same_by=("nib",),
        codes={"nib": 13, "npwp": 15, "postal_code": 5},
        words={
            "name": ("nama", "nama usaha", "nama perusahaan", "nama ikm", "unit usaha", "nama industri", "perusahaan"),
            "owner_name": ("pemilik", "pimpinan", "penanggung jawab", "nama pengusaha"),
            "nib": ("nomor induk berusaha",),
            "legal_form": ("badan usaha", "badan hukum"),
            "branch": ("cabang", "jenis industri"),
            "kbli": ("kode kbli", "kbli utama"),
            "regency": ("kabupaten", "kota"),
            "village": ("desa", "kelurahan"),
            "address": (
                "alamat lengkap",
                "alamat usaha",
                "alamat pabrik",
                "jalan",
                "jalan rt",
                "jalan rt rw",
                "alamat rt rw",
            ),
            "postal_code": ("kodepos",),
            "commodities": ("komoditi",),
            "phone": ("telepon", "nomor telepon", "whatsapp", "nomor kontak", "handphone", "telepon handphone"),
            "email": ("surel",),
            "marketplaces": ("lokapasar", "marketplace", "toko daring", "shopee", "tokopedia", "bukalapak", "blibli"),
            "workers_male": ("tenaga kerja pria", "tenaga kerja laki", "pria"),
            "workers_female": ("tenaga kerja wanita", "wanita"),
            "investment": ("nilai investasi", "investasi"),
            "annual_sales": ("omzet", "omset", "nilai penjualan", "penjualan per tahun"),
            "founded_year": ("tahun berdiri", "berdiri"),
            "cluster": ("sentra",),
            "latitude": ("lat",),
            "longitude": ("long", "lng", "bujur"),
        },
        beside={"address": ("rt rw", "rt", "rw", "gang", "blok", "dusun")},
        yearly=("annual_sales",),
        examples={
            "name": "Dapur Ibu Aminah",
            "legal_form": "perorangan",
            "branch": "pangan",
            "nib": "1203000123456",
            "owner_name": "Aminah",
            "kbli": "10794",
            "founded_year": 2012,
            "active_since": "2012-03-12",
            "activity": "aktif",
            "address": "Jalan Pasar Lama No. 5 RT 02",
            "phone": "081234567890",
            "email": "dapur.aminah@example.com",
            "workers_male": 2,
            "workers_female": 5,
            "investment": 85_000_000,
            "land_building_value": 60_000_000,
            "capital": 15_000_000,
            "annual_sales": 120_000_000,
            "as_of": "2025-12-31",
        },
        phones=("phone",),
        in_cell={"products": "name"},
        choices={
            "legal_form": {
                "perorangan": (
                    "perseorangan",
                    "usaha perorangan",
                    "perusahaan perorangan",
                    "pribadi",
                    "op",
                    "po perorangan",
                ),
                "ud": ("usaha dagang",),
                "cv": ("persekutuan komanditer",),
                "firma": ("fa",),
                "pt": ("perseroan terbatas",),
                "pt_perorangan": ("pt perseorangan", "perseroan perorangan", "perseroan perseorangan"),
                "bumdes": ("badan usaha milik desa",),
                "kub": ("kelompok usaha",),
            },
            "branch": {
                "pangan": ("makanan", "makanan dan minuman"),
                "sandang_kulit": ("sandang",),
                "logam_elektronika": ("logam",),
                "kerajinan_aneka": ("kerajinan",),
            },
            "activity": {"aktif": ("masih aktif", "beroperasi", "berjalan"), "tutup": ("sudah tutup", "bangkrut")},
        },
    )
    sections = (
        ("who", ("name", "legal_form", "owner_name", "nib", "npwp", "siinas_account")),
        ("what", (
            "branch", "kbli", "other_kbli", "commodities", "cluster", "activity", "founded_year", "active_since",
        )),
        ("place", (
            "regency", "district", "village", "address", "postal_code", "latitude", "longitude", "show_on_map",
            "map_consented_on",
        )),
        ("contact", ("phone", "email", "website", "marketplaces", "contact_public", "contact_consented_on")),
        ("size", (
            "workers_male", "workers_female", "investment", "land_building_value", "capital", "annual_sales", "as_of",
        )),
        ("face", ("photo", "story_id", "story_en")),
    )  # fmt: skip
    read_from = ("address",)
    section_titles = {
        "who": gettext_lazy("The business"),
        "what": gettext_lazy("What it makes"),
        "place": gettext_lazy("Where it works"),
        "contact": gettext_lazy("Contact"),
        "size": gettext_lazy("Workers and money"),
        "face": gettext_lazy("Photograph and story"),
    }

    wanted = {
        "nib": Wanted(),
        "siinas_account": Wanted(),
        "phone": Wanted(),
        "latitude": Wanted(gettext_lazy("Point on the map")),
        "photo": Wanted(),
        "products": Wanted(),
        "products.brand": Wanted(gettext_lazy("Brand of a product")),
        "products.permits": Wanted(gettext_lazy("PIRT or BPOM permit of a food product"), Q(halal_category__in=EATEN)),
        "products.halal_category": Wanted(gettext_lazy("Halal category of a product")),
        "products.photo": Wanted(gettext_lazy("Photograph of a product")),
    }

    @classmethod
    def fresh_fields(cls, context: Context) -> dict[str, forms.Field]:
        """As of RecordForm, with the commodities to choose from: asked for only where they are shown or checked."""
        fields = super().fresh_fields(context)
        cast(Codes, fields["commodities"]).choices = cache(
            lambda: [(commodity.pk, commodity.name) for commodity in context.once(all_commodities).values()]
        )
        return fields

    def narrow(self, regency: str | None, *, district: str | None = None, options_url: str = "") -> None:
        """Districts, villages (by district) and clusters of the regency."""
        narrow_places(self.fields, regency, district=district, options_url=options_url)
        cluster = cast(Reference, self.fields["cluster"])
        cluster.queryset = cluster.queryset.filter(regency=regency) if regency else cluster.queryset.none()

    def suggestions(self) -> dict[str, Any]:
        """The classes of KBLI in force."""
        return suggested_classes()

    @classmethod
    def reading(cls, name: str, values: Values, context: Context = ONE) -> Reading | None:
        """Village and district that the address names."""
        return read_address(values, context)

    @classmethod
    def unfit_value(cls, name: str, value: Any) -> str:
        """As of every form; and no NPWP that could be a person's NIK is kept, not even in a draft (PMK 112/2022)."""
        if name == "npwp" and isinstance(value, str):
            try:
                rules.check_npwp(value, rules.LegalForm.PT)
            except ValidationError as error:
                return error.messages[0] if error.code == "personal_number" else ""
            return ""
        return super().unfit_value(name, value)

    def clean(self) -> dict[str, Any]:
        """Also: an industry service makes no goods and belongs to no cluster of makers."""
        super().clean()
        kbli = self.cleaned_data.get("kbli")
        if kbli and kbli.is_beyond_industry:
            params = {"kbli": kbli}
            if self.rows["products"]:
                text = _(
                    "%(kbli)s makes this an industry service, which has no products. Take the products out, or choose "
                    "the class of what is made and write this one under other KBLI."
                )
                self.add_error("kbli", ValidationError(text, "products_of_a_service", params))
            if self.cleaned_data.get("cluster"):
                text = _("%(kbli)s makes this an industry service: production centres are of makers. Leave it empty.")
                self.add_error("cluster", ValidationError(text, "cluster_of_a_service", params))
        return self.cleaned_data

    def clean_nib(self) -> str:
        return rules.check_nib(self.cleaned_data["nib"])

    def clean_npwp(self) -> str:
        return rules.check_npwp(self.cleaned_data["npwp"], self.cleaned_data.get("legal_form", ""))

    def clean_postal_code(self) -> str:
        return rules.check_postal_code(self.cleaned_data["postal_code"])

    def clean_phone(self) -> str:
        return rules.normalise_phone(self.cleaned_data["phone"])

    def warnings(self) -> list[tuple[Path, str]]:
        """As of every register, and a point beyond the boundary, a wrong check digit, a business said to be closed."""
        record = self.instance
        own = (*self._place_warnings(record), *self._npwp_warnings(record), *self._closed_warnings(record))
        return [*super().warnings(), *own]

    def follows(self) -> list[tuple[Text, Any, Text]]:
        """The three scales, each with the rule that gave it."""
        return [
            (
                capfirst(column(Establishment, name).verbose_name),
                getattr(self.instance, f"get_{name}_display")() or _("cannot be classified"),
                rules.explain(getattr(self.instance, f"{name}_reason")),
            )
            for name in ("industry_scale", "business_scale", "statistical_scale")
        ]

    def _place_warnings(self, record: Establishment) -> Iterator[tuple[Path, str]]:
        if record.latitude is None or record.longitude is None:
            return
        distance = kilometres_outside(record.regency_id, record.latitude, record.longitude)
        if distance > TOO_FAR:
            values = {"distance": figure(round(distance, 1))}
            yield "latitude", _("This point lies %(distance)s km outside the boundary of the regency.") % values

    def _closed_warnings(self, record: Establishment) -> Iterator[tuple[Path, str]]:
        if record.activity == rules.Activity.CLOSED and "activity" in self.changed_data:
            text = _(
                "With this it stays in the lists. If the business has closed for good, choose “Propose to close” on "
                "the page of the record instead: it then leaves them, and its page says since when."
            )
            yield "activity", text

    def _npwp_warnings(self, record: Establishment) -> Iterator[tuple[Path, str]]:
        text = rules.npwp_warning(record.npwp) if record.npwp else ""
        if text:
            yield "npwp", text
