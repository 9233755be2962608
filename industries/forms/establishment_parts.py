"""What may be proposed about the products and the documents of an establishment."""

from functools import partial

from django.core.exceptions import ValidationError

from disperin.registers.gate.columns import of_column
from disperin.registers.gate.forms import PartForm
from disperin.registers.values.asking import AskedIf
from disperin.registers.values.fields import MarkedText
from disperin.registers.values.in_files import InFiles
from disperin.ui.said import gettext as _
from industries import rules
from industries.forms.kbli import KbliField
from industries.models import Document, KbliClass, Product


class ProductForm(PartForm):
    """One product."""

    photo_in = "photo"
    seldom = ("category", "description_id", "description_en", "hs_code", "domestic_share", "export_share", "permits")
    kbli = of_column(KbliField)
    photo = of_column(kind="photo")
    domestic_share = of_column(unit="%")
    export_share = of_column(unit="%")
    permits = of_column(limit=10, check=rules.normalise_permit)

    class Meta:
        model = Product
        fields = [
            "name", "brand", "category", "halal_category", "animal_origin", "goes_with_food", "risk_class",
            "forbidden_material", "forbidden_evidence", "photo", "description_id", "description_en", "unit",
            "yearly_capacity", "kbli", "hs_code", "domestic_share", "export_share", "permits", "active",
        ]  # fmt: skip
        field_classes = {"hs_code": MarkedText}

    asked_if = {
        "animal_origin": AskedIf("halal_category", values=(rules.HalalCategory.USED_GOODS,)),
        "goes_with_food": AskedIf("halal_category", values=(rules.HalalCategory.CHEMICAL,)),
        "risk_class": AskedIf("halal_category", values=(rules.HalalCategory.DEVICE,)),
        "forbidden_material": AskedIf("halal_category"),
        "forbidden_evidence": AskedIf("forbidden_material", needed=True),
        "description_en": AskedIf("description_id"),
        "hs_code": AskedIf("export_share"),
    }
    tidies = {"hs_code": partial(rules.check_hs_code, lengths=(8,)), "permits": rules.normalise_permit}
    in_files = InFiles(
        codes={"hs_code": 8},
        yearly=("yearly_capacity",),
        examples={
            "name": "Kerupuk ikan",
            "brand": "Aminah",
            "category": "Makanan ringan",
            "description_id": "Kerupuk ikan gabus, kemasan 250 gram.",
            "unit": "bungkus",
            "yearly_capacity": 12_000,
            "kbli": "10794",
            "hs_code": "19059090",
            "domestic_share": 100,
            "export_share": 0,
        },
        words={
            "name": ("produk", "jenis produk", "nama barang", "nama"),
            "brand": ("merk",),
            "halal_category": ("kategori produk halal",),
            "animal_origin": ("unsur hewan", "asal hewan", "mengandung hewan"),
            "risk_class": ("kelas alat kesehatan",),
            "forbidden_material": ("bahan tidak halal", "alasan tidak halal"),
            "forbidden_evidence": ("bukti tidak halal",),
            "yearly_capacity": ("kapasitas produksi", "kapasitas"),
            "hs_code": ("hs",),
            "export_share": ("pemasaran ekspor",),
            "permits": ("pirt", "bpom", "izin edar"),
        },
    )

    def clean_hs_code(self) -> str:
        return rules.check_hs_code(self.cleaned_data["hs_code"], lengths=(8,))

    def clean_kbli(self) -> KbliClass | None:
        """Goods are described by classes of manufacturing; what works for industry makes none."""
        kbli: KbliClass | None = self.cleaned_data["kbli"]
        if kbli and kbli.is_beyond_industry:
            text = _("%(kbli)s lies beyond section C: a product is described by what is manufactured.")
            raise ValidationError(text, "beyond_industry", {"kbli": kbli})
        return kbli


class DocumentForm(PartForm):
    """One licence, certificate or other paper, with its scan."""

    class Meta:
        model = Document
        fields = ["kind", "number", "issued_on", "valid_until", "file"]

    in_files = InFiles(
        examples={"number": "503/127/2024", "issued_on": "2024-01-15", "valid_until": "2029-01-14"},
    )
