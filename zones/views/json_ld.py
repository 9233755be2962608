"""What search engines read of a zone: schema.org in JSON-LD."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from disperin.ui.json_ld import coordinates, linked_block, postal_address
from zones.models import MapPoint, Zone


def linked_data(request: HttpRequest, zone: Zone) -> SafeString:
    """The zone as a place; its point only where it is its own and not that of its district."""
    said = {
        "@type": "Place",
        "name": zone.name,
        "url": request.build_absolute_uri(reverse("zones:zone-detail", args=[zone.slug])),
        "address": postal_address(zone.regency.name),
    }
    if zone.also_known_as:
        said["alternateName"] = zone.also_known_as
    if zone.summary:
        said["description"] = zone.summary
    if zone.map_point in (MapPoint.LOCATION, MapPoint.OUTLINE):
        said["geo"] = coordinates(zone.map_latitude, zone.map_longitude)
    return linked_block(said)
