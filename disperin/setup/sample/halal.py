"""Halal certifications of the sample: certified, under way, ended, revoked and to be renewed, by dice."""

import datetime
import random

from django.utils import timezone

from disperin.accounts.models import User
from disperin.registers.record import directory
from disperin.submissions import actions
from industries.actions import assign
from industries.models import Establishment, HalalCertification, HalalSpan, Product, halal_statuses
from industries.rules import STAGES, STAGES_IN_PROCESS, BusinessScale, HalalScheme, HalalStage, HalalState

SHARE_CERTIFIED, SHARE_IN_PROCESS = 0.35, 0.2
TASKS = 12
CHECKED_BY = "Dinas contoh"


def create(chance: random.Random, records: list[Establishment], *, by: User) -> list[HalalCertification]:
    """Publish certifications for about half of the makers with products that fall under a duty."""
    register = directory.get("halal")
    makers = Establishment.objects.current().filter(pk__in=[record.pk for record in records]).order_by("pk")
    offered = Product.objects.filter(establishment__in=makers, closed_on=None).select_related("establishment")
    statuses = halal_statuses(offered, timezone.localdate())
    made: list[HalalCertification] = []
    for maker in makers.prefetch_related("products"):
        products = [
            product for product in maker.products.all() if product.pk in statuses and statuses[product.pk].has_duty
        ]
        dice = chance.random()
        if not products or dice > SHARE_CERTIFIED + SHARE_IN_PROCESS:
            continue
        certified = dice <= SHARE_CERTIFIED
        covered = chance.sample(products, chance.randint(1, len(products)))
        values = _values(chance, maker, len(made) + 1, certified=certified)
        values["covered"] = [{"product": str(product.key)} for product in covered]
        made.append(actions.publish(register, values, by=by))
    return made


def hand_out(chance: random.Random, *, by: User) -> int:
    """Assign a few overdue products to the officers of their regencies; gives how many."""
    today = timezone.localdate()
    overdue = HalalSpan.objects.judged(today).filter(state=HalalState.OVERDUE).order_by("product")
    chosen = list(overdue[: TASKS * 4])
    given = 0
    for span in chance.sample(chosen, min(TASKS, len(chosen))):
        officer = User.objects.filter(regency=span.regency_id).order_by("pk").first()
        if officer:
            due_on = today + datetime.timedelta(days=chance.randint(7, 45))
            assign(Product.objects.filter(pk=span.product_id), to=officer, due_on=due_on, by=by, note="Tugas contoh")
            given += 1
    return given


def _values(chance: random.Random, maker: Establishment, number: int, *, certified: bool) -> dict[str, object]:
    today = timezone.localdate()
    small = maker.business_scale not in (BusinessScale.MEDIUM, BusinessScale.LARGE)
    scheme = HalalScheme.SELF_DECLARE if small else HalalScheme.REGULAR
    begun = today - datetime.timedelta(days=chance.randint(5, 60))
    values: dict[str, object] = {
        "establishment": maker.number,
        "scheme": scheme,
        "sehati": small and chance.random() < 0.6,
        "stage": chance.choice([stage for stage in STAGES[scheme] if stage in STAGES_IN_PROCESS]),
        "stage_on": begun.isoformat(),
    }
    if not certified:
        return values
    issued = today - datetime.timedelta(days=chance.randint(20, 700))
    values |= {
        "stage": HalalStage.ISSUED,
        "stage_on": issued.isoformat(),
        "certificate_number": f"ID{number:017}",  # begins with zeros: invented, and looks it
        "issued_on": issued.isoformat(),
    }
    if chance.random() < 0.4:
        day = issued + datetime.timedelta(days=chance.randint(1, 19))
        values |= {"checked_on": day.isoformat(), "checked_by_office": CHECKED_BY}
    fate = chance.random()
    if fate < 0.05:
        values |= {
            "stage": HalalStage.REVOKED,
            "stage_on": today.isoformat(),
            "revoked_on": today.isoformat(),
            "revoked_reason": "Pencabutan contoh",
        }
    elif fate < 0.12:
        values |= {"stage": HalalStage.RENEWAL, "stage_on": today.isoformat(), "recomposed_on": today.isoformat()}
    elif fate < 0.2:
        values["valid_until"] = (issued + datetime.timedelta(days=4 * 365)).isoformat()
    return values
