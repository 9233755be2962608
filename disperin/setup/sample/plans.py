"""Plans of the sample: invented indicators, targets and documents, and each says so; no target of the office."""

from django.utils import timezone

from disperin.accounts.models import User
from disperin.planning import actions as planning
from disperin.planning.models import Indicator, LightRule
from disperin.regions.models import Regency
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.units import actions as units
from disperin.units.models import Unit

_DOCUMENT = {"document": "renstra", "document_name": "Contoh: Renstra tidak nyata", "document_on": "2025-09-01"}
_PLAIN = {"frequency": "triwulanan", "direction": "naik", "over_year": "terakhir", "kind": "iku", "level": "sasaran"}
_SAID = "Contoh: angka tidak nyata"


def create(*, by: User) -> list[Indicator]:
    """Lay down a unit and thresholds; publish four indicators: counted, typed, less is better, of the economy."""
    units.keep_unit(Unit(key="contoh_bidang", name="Bidang Contoh"), by=by)
    planning.keep_light(LightRule(key="contoh_ambang", green_from=90, yellow_from=75, source="Data contoh"), by=by)
    year, seat = timezone.localdate().year, str(Regency.objects.order_by("pk").values_list("pk", flat=True).last())
    indicators = [
        {
            **_PLAIN,
            "name": "Contoh: jumlah IKM pangan yang terdata",
            "measure": "unit",
            "counts": "/industri/?branch=pangan",
            "unit": "contoh_bidang",
            "rpip": "Contoh",
            "goal": "Contoh: industri yang terdata",
            "targets": _targets(40, 20),
        },
        {
            **_PLAIN,
            "name": "Contoh: IKM yang mengikuti pelatihan",
            "measure": "orang",
            "over_year": "jumlah",
            "level": "output_kegiatan",
            "programme_code": "0.00.00",
            "programme": "Contoh: program tidak nyata",
            "unit": "contoh_bidang",
            "targets": _targets(200, 25, funds=500_000_000),
            "realisations": [_row(year - 1, f"tw{at}", 55, spent=110_000_000) for at in range(1, 5)],
        },
        {
            **_PLAIN,
            "name": "Contoh: lama penanganan pengaduan",
            "measure": "hari",
            "direction": "turun",
            "targets": _targets(10, 0),
            "realisations": [_row(year - 1, "tahun", 14)],
        },
        {
            **_PLAIN,
            "name": "Contoh: porsi industri pengolahan dalam PDRB",
            "kind": "struktur_ekonomi",
            "level": "gambaran",
            "frequency": "tahunan",
            "measure": "%",
            "realisations": [
                _row(at, "tahun", str(value), told_on=f"{at + 1}-01-01")
                for at, value in zip(range(year - 4, year), (11.5, 12, 11.8, 12.4), strict=True)
            ],
        },
    ]
    register = directory.get("indicators")
    return [actions.publish(register, {**values, "regency": seat}, by=by) for values in indicators]


def _targets(first: int, more: int, **values: int) -> list[dict[str, object]]:
    return [
        {**_DOCUMENT, **values, "year": year, "value": first + more * at} for at, year in enumerate(range(2025, 2031))
    ]


def _row(year: int, period: str, value: float | str, **values: object) -> dict[str, object]:
    return {"year": year, "period": period, "value": value, "certainty": "final", "source": _SAID, **values}
