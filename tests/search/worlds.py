"""A published world with the names of the sample data, written past the verbs, and what is right for a search in it."""

import csv
import json
from collections import Counter
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from disperin.registers.lists.addresses import record_address
from disperin.registers.lists.regency_names import regency_address
from disperin.registers.record import directory, known_words, rollup
from disperin.setup import reference
from industries.models import Cluster, Commodity, Establishment, GreenCertification, HalalCertification, Product
from ovop.models import Award, AwardRound
from ovop.rules import grade_of
from zones.models import Zone

FOLDER = Path(__file__).parent
REGISTERS = ("clusters", "establishments", "zones", "awards", "halal", "green")


def rows(name):
    """The rows of one file of the world."""
    with (FOLDER / "world" / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def searches():
    """`[(text, language, right answers as text)]`."""
    with (FOLDER / "searches.csv").open(newline="") as file:
        return [(row["search"], row["language"], row["right"]) for row in csv.DictReader(file)]


def publish():
    """Everything of the world, as it would stand after the verbs."""
    reference.load_all(Path(settings.REFERENCE_DATA), settings.PROVINCE.folder)
    clusters = {one.number: one for one in _clusters()}
    Cluster.objects.bulk_create(clusters.values())
    makers, products = _makers(clusters)
    Establishment.objects.bulk_create(makers.values())
    Product.objects.bulk_create(one for some in products.values() for one in some)
    Zone.objects.bulk_create(_zones())
    Award.objects.bulk_create(_awards(makers, products))
    HalalCertification.objects.bulk_create(
        _certificates(HalalCertification, "halal", makers, scheme="self_declare", stage="terbit_sh")
    )
    GreenCertification.objects.bulk_create(_certificates(GreenCertification, "green", makers, stage="terbit"))
    for slug in REGISTERS:
        model = directory.get(slug).model
        rollup.recount(slug, model)
        if hasattr(model, "search_text"):
            known_words.remember_all(slug, model)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # nobody else will: no other transaction sees these rows


def _clusters():
    for row in rows("clusters"):
        where = _place(row["village"])
        cluster = Cluster(number=row["number"], name=row["name"], commodity_id=row["commodity"], status="potensi")
        cluster.regency_id, cluster.village_id = where["regency_id"], where["village_id"]
        cluster.gather({})
        yield _verified(cluster)


def _makers(clusters):
    makers, products, given = {}, {}, count(1)
    for row in rows("makers"):
        maker = Establishment(number=row["number"], name=row["name"], **_place(row["village"]), legal_form="perorangan")
        maker.kbli_id, maker.branch = row["kbli"], "pangan"
        maker.commodities = row["commodities"].split("|") if row["commodities"] else []
        maker.cluster = clusters.get(row["cluster"])
        made = [
            Product(establishment=maker, name=name, number=f"PRD-9999-{next(given):06}")
            for name in row["products"].split("|")
        ]
        maker.gather({"products": made})
        maker.derive()
        makers[maker.number], products[maker.number] = _verified(maker), made
    return makers, products


def _zones():
    known = json.loads((settings.PROVINCE.folder / "zones.json").read_text())
    given = Counter()
    for row in known:
        given[row["regency"]] += 1
        number = f"KWS-{row['regency'].replace('.', '')}-{given[row['regency']]:06}"
        zone = Zone(number=number, regency_id=row["regency"])
        for name in ("name", "also_known_as", "kind", "stage", "districts", "focus_industries", "manager"):
            setattr(zone, name, row.get(name, getattr(zone, name)))
        zone.slug = row["name"].lower().replace(" ", "-")
        zone.gather({"utilities": [], "plots": []})
        yield _verified(zone)


def _awards(makers, products):
    schemes = dict(AwardRound.objects.values_list("pk", "scheme"))
    for row in rows("awards"):
        maker, stars = makers[row["establishment"]], int(row["stars"])
        product = next(one for one in products[maker.number] if one.name == row["product"])
        award = Award(number=row["number"], establishment=maker, product=product, regency_id=maker.regency_id)
        award.group_id, award.round_id, award.stars = row["group"], row["round"], stars
        award.grade_id, award.decree_number = grade_of(schemes[row["round"]], stars), "CONTOH"
        award.decree_on = f"{row['round']}-11-20"
        yield _verified(award)


def _certificates(model, name, makers, **same):
    for row in rows(name):
        maker = makers[row.pop("establishment")]
        days = {"stage_on": "2025-03-01", "issued_on": "2025-03-01"}
        yield _verified(model(establishment=maker, regency_id=maker.regency_id, **days, **row, **same))


def _place(village):
    return {"regency_id": village[:5], "district_id": village[:8], "village_id": village}


def _verified(record):
    record.version, record.verified_at = 1, timezone.now()
    return record


def right_addresses(text):
    """The addresses that answer a search rightly: `establishments regency=63.71 / commodity sasirangan / page a:b`."""
    return {address for answer in text.split(" / ") for address in _addresses(*answer.split(" "))}


def _addresses(kind, *rest):
    makers = reverse("industries:establishment-list")
    if kind == "page":
        return [reverse(rest[0])]
    if kind == "commodity":
        assert Commodity.objects.filter(pk=rest[0]).exists(), rest
        return [f"{makers}?{urlencode({'commodity': rest[0]})}"]
    if kind == "place":
        code = rest[0]
        if len(code) == 5:
            return [regency_address(code)]
        return [f"{makers}?{urlencode({'regency': code[:5], 'district': code})}"]
    register = directory.get(kind)
    asked = dict(one.split("=") for one in rest)
    asked = {name: [value] if name.endswith("__contains") else value for name, value in asked.items()}
    found = register.model.objects.current().filter(**asked)
    named = found.values_list(register.model.named_by, flat=True)
    made = Product.objects.filter(establishment__in=found) if kind == "establishments" else Product.objects.none()
    return [
        *(record_address(register, name) for name in named),
        *(reverse("industries:product-detail", args=[number]) for number in made.values_list("number", flat=True)),
    ]
