"""Nominations of the sample: an invented round with invented weights and criteria, a few products at every stage."""

import datetime
import random

from django.db import models
from django.utils import timezone

from disperin.accounts.models import User
from disperin.registers.record import directory
from disperin.setup.sample import sample_file
from disperin.submissions.actions import publish
from industries.models import Product
from ovop import actions
from ovop.models import AwardRound, Criterion, Gate, Nomination, ReadinessWeight, Scheme
from ovop.rules import Fact, Result

ROUND = "contoh-2026"
GATES = ((Fact.PHOTOS, 1), (Fact.CAPACITY, 1))
WEIGHTS = (
    (Fact.CLUSTER, 5, 20), (Fact.NIB, 1, 15), (Fact.HALAL, 1, 15), (Fact.PERMIT, 1, 10), (Fact.PHOTOS, 2, 10),
    (Fact.CONTINUITY, 2, 10), (Fact.BRAND, 1, 10), (Fact.ENGLISH, 1, 5), (Fact.EXPORT, 1, 5),
)  # fmt: skip
CRITERIA = (
    ("bahan", "Bahan baku lokal (contoh)", "Local raw material (sample)", 30),
    ("mutu", "Mutu dan kerapian (contoh)", "Quality and finish (sample)", 40),
    ("pasar", "Pasar dan kelangsungan (contoh)", "Market and continuity (sample)", 30),
)
POINTS = 5
# how far each nomination is taken, and the points of the two assessors for every criterion
FATES: tuple[tuple[str, int, int], ...] = (
    ("proposed", 0, 0), ("selected", 0, 0), ("one", 4, 0), ("gap", 5, 3), ("awarded", 4, 4), ("not_awarded", 2, 2),
)  # fmt: skip


def create(chance: random.Random, cast: dict[str, User]) -> int:
    """Enter the round with its standards, publish nominations and take each to its stage; gives how many."""
    admin, today = cast["admin"], timezone.localdate()
    _standards(admin, today)
    register, made, groups = directory.get("nominations"), 0, sample_file.read().groups
    crafted = Product.objects.made().filter(establishment__commodities__overlap=list(groups)).order_by("pk")
    products = [
        product for product in crafted.select_related("establishment") if product.establishment.commodities[0] in groups
    ]
    for product, (fate, first, second) in zip(chance.sample(products, min(len(products), 6)), FATES, strict=False):
        values = {
            "establishment": product.establishment.number,
            "product": str(product.key),
            "group": groups[product.establishment.commodities[0]],
            "round": ROUND,
            "uniqueness": "Dibuat dengan tangan menurut cara setempat (data contoh).",
            "materials": "Bahan dari kabupaten sendiri (data contoh).",
            "continuity": "Dijual di pasar dan toko oleh-oleh (data contoh).",
            "papers": [{"item": "nib", "number": "contoh"}, {"item": "sk_sentra", "number": "contoh"}],
        }
        _take(publish(register, values, by=admin), fate, (first, second), cast)
        made += 1
    return made


def _standards(admin: User, today: datetime.date) -> None:
    """A round that takes proposals today, and rows for whoever has to look at something: none of it is official."""
    scheme = Scheme.objects.get(pk="permenperin_14_2021")
    opens, closes = today - datetime.timedelta(days=60), today + datetime.timedelta(days=60)
    rows: list[models.Model] = [AwardRound(key=ROUND, year=today.year, scheme=scheme, opens_on=opens, closes_on=closes)]
    rows += [
        Gate(key=f"contoh_{fact}", fact=fact, least=least, source="Data contoh", position=9) for fact, least in GATES
    ]
    rows += [
        ReadinessWeight(key=f"contoh_{fact}", fact=fact, least=least, weight=weight) for fact, least, weight in WEIGHTS
    ]
    rows += [
        Criterion(key=f"contoh_{key}", name_id=name, name_en=english, weight=weight, points=POINTS, position=at)
        for at, (key, name, english, weight) in enumerate(CRITERIA)
    ]
    for row in rows:
        actions.keep(row, by=admin)


def _take(nomination: Nomination, fate: str, given: tuple[int, int], cast: dict[str, User]) -> None:
    verifiers = (cast["verifikator1"], cast["verifikator2"])
    if fate == "proposed":
        return
    actions.select(nomination, by=verifiers[0])
    for assessor, points in zip(verifiers, given, strict=True):
        if points:
            marks = {f"contoh_{key}": points for key, *_rest in CRITERIA}
            actions.assess(nomination, points=marks, by=assessor, comment="Penilaian contoh")
    if fate not in ("awarded", "not_awarded"):
        return
    actions.determine(nomination, by=verifiers[0])
    today = timezone.localdate()
    said: dict = {"result": Result.NOT_AWARDED}
    if fate == "awarded":
        said = {"result": Result.AWARDED, "stars": 2, "decree_number": f"CONTOH/901/{today.year}", "decree_on": today}
    actions.enter_result(nomination, by=verifiers[1], **said)
