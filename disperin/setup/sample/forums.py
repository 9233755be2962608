"""Forums of the sample, what was promised there, and a letter: invented, and each says so."""

import datetime

from django.utils import timezone

from disperin.accounts.models import User
from disperin.commitments.models import Commitment, Forum
from disperin.commitments.rules import ForumKind, State, Support
from disperin.letters import actions as letters
from disperin.regions.models import Regency
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.units import actions as units
from disperin.units.models import Unit

AGO = 200  # days since the first forum
# what, days from the first forum to its due day (None: none was agreed), state
_PROMISED = (
    ("Contoh: mengusulkan dua sentra IKM dengan keputusan bupati atau wali kota.", 150, State.OPEN),
    ("Contoh: memutakhirkan data seratus unit usaha.", 180, State.KEPT),
    ("Contoh: mendampingi lima pembuat pangan sampai sertifikat halal terbit.", 260, State.RUNNING),
    ("Contoh: menyampaikan data potensi industri setiap triwulan.", None, State.RUNNING),
    ("Contoh: menyiapkan lahan bersama untuk pengolahan limbah.", 190, State.DROPPED),
)


def create(*, by: User) -> list[Commitment]:
    """Lay down offices of three regencies; publish two forums, and a commitment of each regency at the first."""
    regencies = list(Regency.objects.order_by("pk"))
    offices = {regency.pk: _office(regency, by=by) for regency in regencies[:3]}
    first, _second = (_forum(regencies[0], name, since, by=by) for name, since in _NAMES)
    made = []
    for item, regency in enumerate(regencies, start=1):
        what, due, state = _PROMISED[item % len(_PROMISED)]
        values = {
            "regency": regency.pk,
            "forum": first.number,
            "item": item,
            "name": what,
            "unit": offices.get(regency.pk),
            "responsible": "Bidang perindustrian (contoh)",
            "due_on": due and _day(due - AGO),
            "state": state.value,
        }
        if state in (State.KEPT, State.DROPPED):
            values |= {"report": "Contoh laporan: tidak nyata.", "settled_on": _day(-20)}
        if item % 4 == 0:
            values |= {"support_from": Support.PROVINCE.value, "support_asked": "Contoh: pelatihan petugas data."}
        made.append(actions.publish(directory.get("commitments"), values, by=by))
    return made


def write_letters(*, by: User) -> int:
    """Ask three regencies for data; gives the number of letters."""
    values = {
        "number": "",
        "written_on": timezone.localdate() - datetime.timedelta(days=20),
        "nature": "",
        "enclosures": "",
        "subject": "Contoh: permintaan data sentra IKM",
        "basis": "Undang-Undang Nomor 3 Tahun 2014 tentang Perindustrian",
        "variables": "Nama sentra; teks\nJumlah unit usaha; bilangan bulat\nKomoditas; sesuai daftar di templat",
        "period": "Tahun berjalan",
        "due_on": timezone.localdate() + datetime.timedelta(days=10),
        "contact": "",
        "register": "clusters",
    }
    return len(letters.write(Regency.objects.order_by("pk")[:3], values, by=by))


def _office(regency: Regency, *, by: User) -> str:
    """Lay down the office of a regency that takes its letters; gives its key."""
    key = f"contoh_{regency.pk.replace('.', '')}"
    name = f"Dinas Contoh {regency.name}"
    units.keep_unit(Unit(key=key, name=name, regency=regency, place=regency.capital, takes_letters=True), by=by)
    return key


_NAMES = (("Contoh: Forum Perangkat Daerah", -AGO), ("Contoh: Rapat Koordinasi Teknis", 30))


def _forum(regency: Regency, name: str, since: int, *, by: User) -> Forum:
    values = {
        "regency": regency.pk,
        "kind": (ForumKind.OFFICES if since < 0 else ForumKind.COORDINATION).value,
        "name": name,
        "day": _day(since),
        "place": "Tempat contoh",
    }
    forum: Forum = actions.publish(directory.get("forums"), values, by=by)
    return forum


def _day(days: int) -> str:
    return (timezone.localdate() + datetime.timedelta(days=days)).isoformat()
