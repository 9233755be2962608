"""Green-industry certifications of the sample: valid, ended, revoked and under way; standards and numbers invented."""

import datetime
import random

from django.utils import timezone

from disperin.accounts.models import User
from disperin.registers.record import directory
from disperin.submissions import actions
from industries.models import Establishment, GreenCertification
from industries.rules import GREEN_STAGES_IN_PROCESS, GreenStage

ONE_IN = 6  # makers that have anything to do with it
YEARS = 4  # that an invented certificate lasts


def create(chance: random.Random, records: list[Establishment], *, by: User) -> list[GreenCertification]:
    """Publish certifications for some of the makers."""
    register = directory.get("green")
    makers = Establishment.objects.current().filter(pk__in=[record.pk for record in records]).order_by("pk")
    chosen = [maker for maker in makers if chance.random() * ONE_IN < 1]
    values = [_values(chance, maker, number) for number, maker in enumerate(chosen, start=1)]
    return [actions.publish(register, certification, by=by) for certification in values]


def _values(chance: random.Random, maker: Establishment, number: int) -> dict[str, object]:
    today = timezone.localdate()
    values: dict[str, object] = {
        "establishment": maker.number,
        "standard_number": f"SIH {maker.kbli_id[-5:]}.1:{today.year - 4}",
    }
    fate = chance.random()
    if fate < 0.25:
        begun = today - datetime.timedelta(days=chance.randint(5, 90))
        return values | {"stage": chance.choice(GREEN_STAGES_IN_PROCESS), "stage_on": begun.isoformat()}
    age = chance.randint(1500, 1700) if fate < 0.35 else chance.randint(30, 1300)  # some have ended
    issued = today - datetime.timedelta(days=age)
    values |= {
        "stage": GreenStage.ISSUED,
        "stage_on": issued.isoformat(),
        "certificate_number": f"CONTOH/SIH/{number:03}",
        "issued_on": issued.isoformat(),
        "valid_until": (issued + datetime.timedelta(days=YEARS * 365)).isoformat(),
    }
    if fate > 0.95:
        values |= {
            "stage": GreenStage.REVOKED,
            "stage_on": today.isoformat(),
            "revoked_on": today.isoformat(),
            "revoked_reason": "Pencabutan contoh",
        }
    return values
