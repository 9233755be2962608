"""Who could supply a zone: makers around it, and the downstream chains that its commodities belong to."""

from dataclasses import dataclass
from math import cos, radians, sqrt
from typing import Any

from django.conf import settings
from django.db.models import FloatField
from django.db.models.functions import Cast
from django.urls import reverse

from disperin.maps.boundary import KILOMETRES_PER_DEGREE
from disperin.registers.record import past, rollup
from industries.models import ChainStep, Commodity, Establishment, KbliClass
from industries.rules import Branch
from industries.views.chains import product_of
from zones.models import MapPoint, Zone

WITHIN = 25  # kilometres
MOST_COUNTED = 1_000  # makers; of more the page says so
SHOWN = 8


@dataclass(frozen=True)
class Maker:
    """A maker near a zone, as everybody may know it."""

    number: str
    name: str
    branch: str
    regency: str
    kilometres: int  # public points are rounded to about one kilometre


@dataclass(frozen=True)
class Makers:
    """Those around a zone: the nearest, how many there are, and the list that shows all of them."""

    nearest: list[Maker]
    count: int
    url: str
    is_from_district: bool  # measured from the reference point of the district, not from the zone itself


def makers_around(zone: Zone) -> Makers | None:
    """Makers whose public point lies within WITHIN kilometres; None where nobody knows where the zone lies.

    Two queries, answered by the index of public points.
    """
    if zone.map_latitude is None or zone.map_longitude is None:
        return None
    latitude, longitude = float(zone.map_latitude), float(zone.map_longitude)
    high, squeeze = WITHIN / KILOMETRES_PER_DEGREE, cos(radians(latitude))
    west, south, east, north = longitude - high / squeeze, latitude - high, longitude + high / squeeze, latitude + high
    up = Cast("public_latitude", FloatField()) - latitude
    across = (Cast("public_longitude", FloatField()) - longitude) * squeeze
    in_box = Establishment.objects.current().filter(
        public_latitude__range=(south, north), public_longitude__range=(west, east)
    )
    around = in_box.alias(away=up * up + across * across).filter(away__lte=high**2)  # degrees, on a plane
    nearest = around.annotate(degrees=up * up + across * across).order_by("degrees", "id")
    columns = ("number", "name", "branch", "regency__name", "degrees")
    return Makers(
        nearest=[
            Maker(number, name, str(Branch(branch).label), regency, max(1, round(sqrt(away) * KILOMETRES_PER_DEGREE)))
            for number, name, branch, regency, away in nearest.values_list(*columns)[:SHOWN]
        ],
        count=around[: MOST_COUNTED + 1].count(),
        url=f"{reverse('industries:establishment-list')}?in_box={west:.4f},{south:.4f},{east:.4f},{north:.4f}",
        is_from_district=zone.map_point == MapPoint.DISTRICT,
    )


def chains_of(zone: Zone) -> list[dict[str, Any]]:
    """The downstream chains in which classes of its commodities stand: `[{name, url, products}]`."""
    commodities = Commodity.objects.filter(pk__in=zone.commodities)
    classes = {code for commodity in commodities for code in commodity.kbli_codes}
    if not classes:
        return []
    steps = list(ChainStep.objects.in_force(past.today()))
    touched = {step.commodity for step in steps if classes & set(step.kbli)}
    steps = [step for step in steps if step.commodity in touched]
    known = KbliClass.objects.in_bulk({key for step in steps for key in step.kbli})
    counted = rollup.counts_of("establishments").get("kbli", {})
    return [
        {
            "name": str(name),
            "url": f"{reverse('industries:downstream')}#{key}",
            "products": [product_of(step, known, counted) for step in steps if step.commodity == key],
        }
        for key, name in settings.PROVINCE.downstream.items()
        if key in touched
    ]
