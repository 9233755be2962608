"""What may be proposed about the rows of a report."""

from disperin.registers.gate.columns import OfColumn, of_column
from disperin.registers.gate.forms import PartForm
from disperin.registers.values.asking import AskedIf
from disperin.registers.values.in_files import InFiles
from disperin.reports import rules
from disperin.reports.models import Facility, Machine, Material, ReportedProduct, Supply
from disperin.ui.forms import YEAR_BOX


def _rupiah() -> OfColumn:
    return of_column(prefix="Rp")


def _share() -> OfColumn:
    return of_column(unit="%")


class ReportedProductForm(PartForm):
    """One product."""

    production_value, sales_value = _rupiah(), _rupiah()
    domestic_share, export_share = _share(), _share()

    class Meta:
        model = ReportedProduct
        fields = [
            "name", "unit", "capacity", "installed_capacity", "produced", "production_value", "sold", "sales_value",
            "hs_code", "domestic_share", "export_share",
        ]  # fmt: skip

    seldom = ("hs_code", "domestic_share", "export_share")
    in_files = InFiles(
        words={
            "name": ("nama produk", "jenis produk", "produk"),
            "unit": ("satuan", "satuan produksi"),
            "capacity": ("kapasitas", "kapasitas produksi"),
            "produced": ("produksi", "jumlah produksi", "volume produksi"),
            "production_value": ("nilai produk triwulan", "nilai produk", "nilai produksi rp"),
            "sold": ("penjualan", "jumlah penjualan"),
            "sales_value": ("nilai penjualan rp",),
        },
        examples={"name": "Kain tenun", "unit": "lembar", "produced": 120, "production_value": 18_000_000},
    )


class MaterialForm(PartForm):
    """One material."""

    value = _rupiah()
    domestic_share = _share()

    class Meta:
        model = Material
        fields = ["kind", "name", "unit", "quantity", "value", "hs_code", "domestic_share", "country"]

    seldom = ("hs_code", "domestic_share", "country")
    in_files = InFiles(
        words={
            "name": ("nama bahan baku", "bahan baku", "nama bahan", "bahan"),
            "quantity": ("jumlah", "jumlah bahan baku", "volume"),
            "value": ("nilai rp", "nilai bahan baku"),
        },
        examples={"name": "Kain katun", "unit": "meter", "quantity": 300, "value": 6_000_000},
    )


class SupplyForm(PartForm):
    """Water, fuel or electricity."""

    cost = _rupiah()

    class Meta:
        model = Supply
        fields = ["kind", "source", "unit", "quantity", "cost"]

    in_files = InFiles(
        words={
            "source": ("sumber air", "bahan bakar", "sumber", "tipe kwh"),
            "cost": ("biaya", "biaya listrik", "nilai rp"),
        },
        examples={"kind": "listrik", "source": "PLN 1300 VA", "unit": "kWh", "quantity": 450, "cost": 650_000},
    )


class MachineForm(PartForm):
    """Machines of one sort."""

    year = of_column(widget=YEAR_BOX, example=2021)
    value = _rupiah()

    class Meta:
        model = Machine
        fields = ["name", "number", "year", "origin", "value"]

    in_files = InFiles(
        words={
            "name": ("nama mesin", "mesin", "mesin dan peralatan"),
            "number": ("jumlah mesin", "jumlah"),
            "year": ("tahun pembuatan",),
            "origin": ("negara asal", "asal mesin"),
            "value": ("nilai mesin",),
        },
        examples={"name": "Mesin jahit", "number": 4, "year": 2021, "origin": "Indonesia", "value": 12_000_000},
    )


class FacilityForm(PartForm):
    """One facility of a shipyard."""

    class Meta:
        model = Facility
        fields = ["kind", "name", "unit", "capacity"]

    in_files = InFiles(
        words={"name": ("nama fasilitas", "fasilitas")},
        examples={"kind": "reparasi", "name": "Slipway", "unit": "GT", "capacity": 500},
    )


OF_SHIPYARDS = AskedIf("group", values=(rules.Group.SHIPYARD,))
