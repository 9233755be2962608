"""News of the sample: what it tells is invented, and each title says so."""

import datetime

from django.utils import timezone

from disperin.accounts.models import User
from disperin.news.models import News
from disperin.news.rules import Kind
from disperin.regions.models import Regency
from disperin.registers.record import directory
from disperin.submissions import actions

# kind, title and text in both languages, days since its day, days until its last day
_TOLD = (
    (
        Kind.CALL,
        "Contoh: pendaftaran pelatihan kemasan",
        "Example: enrol for a course on packaging",
        "Ajakan contoh. Dua puluh pembuat pangan belajar memilih kemasan dan menyusun label. Data ini tidak nyata.",
        "An example. Twenty makers of food learn to choose packaging and to set a label. None of this is real.",
        10,
        30,
    ),
    (
        Kind.NEWS,
        "Contoh: pameran buatan desa",
        "Example: a fair of what villages make",
        "Kabar contoh. Selama tiga hari para pembuat memperlihatkan anyaman, kain, dan penganan. Data ini tidak nyata.",
        "An example of news. For three days makers show weaving, cloth and food. None of this is real.",
        40,
        None,
    ),
)


def create(*, by: User) -> list[News]:
    """Publish the news."""
    register, today, regency = directory.get("news"), timezone.localdate(), Regency.objects.order_by("pk").first()
    made = []
    for kind, title_id, title_en, text_id, text_en, since, left in _TOLD:
        values = {
            "regency": regency.pk if regency else None,
            "kind": kind,
            "title_id": title_id,
            "title_en": title_en,
            "text_id": text_id,
            "text_en": text_en,
            "day": (today - datetime.timedelta(days=since)).isoformat(),
            "until": left and (today + datetime.timedelta(days=left)).isoformat(),
        }
        made.append(actions.publish(register, values, by=by))
    return made
