"""Assistance of the sample: invented events of invented makers; the span and what counts are examples."""

import datetime
import random
from collections import defaultdict

from django.utils import timezone

from disperin.accounts.models import User
from disperin.assistance import actions as assistance
from disperin.assistance.models import Assistance, RepeatSpan
from disperin.registers.record import directory
from disperin.registers.values.terms import Values
from disperin.submissions import actions
from industries.models import Cluster, Establishment
from ovop import actions as ovop
from ovop.models import ClusterGate, ClusterWeight

MOST_REGENCIES = 4
MOST_CLUSTERS = 3
# kind, name, sub-activity, goods
EVENTS: tuple[tuple[str, str, str, list[Values]], ...] = (
    (
        "mesin_peralatan",
        "Contoh: bantuan mesin dan alat",
        "Contoh subkegiatan sarana",
        [{"item": "Mesin contoh", "specification": "Data contoh", "unit": "unit", "quantity": 4, "value": 18_000_000}],
    ),
    ("pelatihan", "Contoh: pelatihan kemasan", "Contoh subkegiatan pelatihan", []),
    ("sertifikasi_halal", "Contoh: pendampingan sertifikat halal", "Contoh subkegiatan pelatihan", []),
)
GATES = (("sk", 1), ("anggota", 5))
WEIGHTS = (("anggota_ber_nib", 3, 30), ("produk", 5, 30), ("produk_berbintang", 1, 25), ("sarana", 1, 15))


def create(chance: random.Random, records: list[Establishment], *, by: User) -> list[Assistance]:
    """Lay down an example of a span and of what counts of clusters, coach some clusters, publish some events."""
    assistance.keep_span(RepeatSpan(key="contoh_jarak", years=3, source="Data contoh"), by=by)
    for position, (fact, least) in enumerate(GATES):
        row = ClusterGate(key=f"contoh_{fact}", fact=fact, least=least, source="Data contoh", position=position)
        ovop.keep(row, by=by)
    for fact, least, weight in WEIGHTS:
        ovop.keep(ClusterWeight(key=f"contoh_{fact}", fact=fact, least=least, weight=weight), by=by)
    for cluster in Cluster.objects.current().order_by("pk")[:MOST_CLUSTERS]:
        _coach(cluster, by=by)
    by_regency: dict[str, list[Establishment]] = defaultdict(list)
    for maker in Establishment.objects.current().filter(pk__in=[record.pk for record in records]).order_by("pk"):
        by_regency[maker.regency_id].append(maker)
    register, made = directory.get("assistance"), []
    for regency, makers in sorted(by_regency.items())[:MOST_REGENCIES]:
        for at, event in enumerate(EVENTS):
            some = chance.sample(makers, min(len(makers), 6))
            made.append(actions.publish(register, _values(event, at, regency, some), by=by))
    return made


def _values(event: tuple[str, str, str, list[Values]], at: int, regency: str, makers: list[Establishment]) -> Values:
    kind, name, sub_activity, goods = event
    today = timezone.localdate()
    on = today - datetime.timedelta(days=240 * (at + 1))
    rows: list[Values] = [{"establishment": maker.number, "men": 1, "women": 2} for maker in makers]
    values: Values = {
        "regency": regency, "name": name, "kind": kind, "year": on.year, "funds": "apbd_kabupaten",
        "organiser": "Dinas contoh", "place": "Aula contoh", "starts_on": on.isoformat(), "ends_on": on.isoformat(),
        "programme": "Contoh program", "sub_activity_code": f"CONTOH.{at + 1}", "sub_activity": sub_activity,
        "planned_number": 10, "planned_value": 25_000_000, "beneficiaries": rows, "goods": goods,
    }  # fmt: skip
    given = {"state": "diserahkan", "handover_on": on.isoformat(), "spent": 22_500_000}
    if goods:
        given |= {
            "handover_number": f"CONTOH/BAST/{on.year}",
            "decree_number": "CONTOH/SK",
            "decree_on": on.isoformat(),
        }
    if at == len(EVENTS) - 1 and rows:
        seen = on + datetime.timedelta(days=190)
        rows[0] |= {"seen_6_on": seen.isoformat(), "used_6": "yes", "workers_6": 4}
        given["state"] = "dipantau"
    return values | given


def _coach(cluster: Cluster, *, by: User) -> None:
    year = timezone.localdate().year
    coaching = [
        {"year": year - 1, "kind": "sarana", "what": "Contoh: rumah produksi bersama", "funds": "dak_fisik",
         "value": 350_000_000, "result": "Data contoh"},
        {"year": year, "kind": "pengelolaan", "what": "Contoh: pendampingan pengurus", "funds": "apbd_kabupaten",
         "value": 15_000_000},
    ]  # fmt: skip
    actions.publish(directory.get("clusters"), {"coaching": coaching}, record=cluster, by=by)
