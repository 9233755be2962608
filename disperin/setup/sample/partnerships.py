"""Partnerships of the sample: invented ones between invented makers, and with the tenant of the invented zone."""

import datetime
import random

from django.utils import timezone

from disperin.accounts.models import User
from disperin.registers.record import directory
from disperin.submissions import actions
from industries.models import Establishment
from zones.models import Partnership, Zone

MOST = 12


def create(chance: random.Random, records: list[Establishment], zone: Zone, *, by: User) -> list[Partnership]:
    """Publish a few: each supplier once, the first for the tenant of the zone, some that have ended."""
    register = directory.get("partnerships")
    makers = list(Establishment.objects.current().filter(pk__in=[record.pk for record in records]).order_by("pk"))
    suppliers = [maker for maker in makers if maker.commodities][:MOST]
    tenant = zone.tenants.filter(closed_on=None).get()
    made: list[Partnership] = []
    for supplier in suppliers:
        others = [maker for maker in makers if maker != supplier]
        to = {"buyer": chance.choice(others).number} if made and others else {"buyer_tenant": str(tenant.key)}
        made.append(actions.publish(register, {**_values(chance, supplier), **to}, by=by))
    return made


def _values(chance: random.Random, supplier: Establishment) -> dict[str, object]:
    today = timezone.localdate()
    since = today - datetime.timedelta(days=chance.randint(200, 2000))
    values: dict[str, object] = {
        "supplier": supplier.number,
        "commodity": supplier.commodities[0],
        "since": since.isoformat(),
        "volume": chance.randint(2, 400),
        "volume_unit": "ton (contoh)",
    }
    if chance.random() < 0.2:
        values["until"] = (today - datetime.timedelta(days=chance.randint(1, 150))).isoformat()
    return values
