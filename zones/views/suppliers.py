"""Who could supply a zone: makers around it, and the downstream chains that its commodities belong to."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from disperin.maps.boundary import KILOMETRES_PER_DEGREE
from disperin.registers.record import rollup
from industries.models import ChainStep, Commodity, Establishment, KbliClass
from industries.rules import Branch
from industries.views.chains import product_of
from zones.models import MapPoint, Zone

WITHIN = 25  # kilometres
MOST_LOOKED_AT = 1_000  # makers; more are not counted
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

    One query, answered by the index of public points.
    """
    if zone.map_latitude is None or zone.map_longitude is None:
        return None
    latitude, longitude = float(zone.map_latitude), float(zone.map_longitude)
    high = WITHIN / KILOMETRES_PER_DEGREE
    wide = high / cos(radians(latitude))
    found = Establishment.objects.current().filter(
        public_latitude__range=(latitude - high, latitude + high),
        public_longitude__range=(longitude - wide, longitude + wide),
    )
    columns = ("number", "name", "branch", "regency__name", "public_latitude", "public_longitude")
    rows = [
        (_kilometres(latitude, longitude, float(row[4]), float(row[5])), row)
        for row in found.values_list(*columns)[:MOST_LOOKED_AT]
    ]
    near = sorted((away, row[0], row) for away, row in rows if away <= WITHIN)
    return Makers(
        nearest=[
            Maker(number, name, str(Branch(branch).label), regency, max(1, round(away)))
            for away, _number, (number, name, branch, regency, *_point) in near[:SHOWN]
        ],
        count=len(near),
        url=f"{reverse('industries:establishment-list')}?in_box="
        f"{longitude - wide:.4f},{latitude - high:.4f},{longitude + wide:.4f},{latitude + high:.4f}",
        is_from_district=zone.map_point == MapPoint.DISTRICT,
    )


def chains_of(zone: Zone) -> list[dict[str, Any]]:
    """The downstream chains in which classes of its commodities stand: `[{name, url, products}]`."""
    commodities = Commodity.objects.filter(pk__in=zone.commodities)
    classes = {code for one in commodities for code in one.kbli_codes}
    if not classes:
        return []
    steps = list(ChainStep.objects.in_force(timezone.localdate()))
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


def _kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Along the great circle (haversine)."""
    north, east = radians(other_latitude - latitude), radians(other_longitude - longitude)
    half = sin(north / 2) ** 2 + cos(radians(latitude)) * cos(radians(other_latitude)) * sin(east / 2) ** 2
    return KILOMETRES_PER_DEGREE / radians(1) * 2 * asin(sqrt(half))
