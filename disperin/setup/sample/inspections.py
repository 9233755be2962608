"""Inspections of the sample: invented, and each says so."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from disperin.accounts.models import User
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.supervision.models import Inspection
from industries.models import Establishment
from zones.models import Zone

_LOOKED_AT = (
    {"kind": "nib", "answer": "ada", "number": "CONTOH"},
    {"kind": "persetujuan_lingkungan", "answer": "tidak"},
    {"kind": "tkdn", "answer": "tidak_wajib"},
)


def create(records: Sequence[Establishment], zone: Zone, *, by: User) -> list[Inspection]:
    """Publish a visit with a late follow-up, one with a follow-up that is done, a planned one, and one of a zone."""
    first, second, third = records[:3]
    late = {"found": "Contoh: limbah cair belum diolah.", "follow_up": "Contoh: memasang bak.", "due_on": _day(-15)}
    done = {
        "found": "Contoh: label belum memuat berat bersih.",
        "follow_up": "Contoh: mengganti label.",
        "due_on": _day(-30),
        "state": "selesai",
        "done_on": _day(-35),
        "note": "Contoh: label baru sudah dipakai.",
    }
    visits: tuple[dict[str, Any], ...] = (
        {"establishment": first.number, **_visit(-60), "findings": [late]},
        {"establishment": second.number, **_visit(-90), "findings": [done]},
        {"establishment": third.number, "planned_on": _day(12)},
        {"zone": zone.number, "planned_on": _day(-4)},
    )
    return [actions.publish(directory.get("inspections"), visit, by=by) for visit in visits]


def _visit(days: int) -> dict[str, Any]:
    return {
        "planned_on": _day(days),
        "visited_on": _day(days + 1),
        "inspectors": "Tim pengawas (contoh)",
        "summary": "Kunjungan contoh. Tidak ada yang nyata dalam uraian ini.",
        "documents": [dict(document) for document in _LOOKED_AT],
    }


def _day(days: int) -> str:
    return (timezone.localdate() + datetime.timedelta(days=days)).isoformat()
