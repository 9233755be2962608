"""What search engines read of a zone: schema.org in JSON-LD."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from disperin.ui.json_ld import linked_block
from zones.models import MapPoint, Zone


def linked_data(request: HttpRequest, zone: Zone) -> SafeString:
    """The zone as a place; its point only where it is its own and not that of its district."""
    said = {
        "@type": "Place",
        "name": zone.name,
        "url": request.build_absolute_uri(reverse("zones:zone-detail", args=[zone.slug])),
        "address": {"@type": "PostalAddress", "addressRegion": zone.regency.name, "addressCountry": "ID"},
    }
    if zone.also_known_as:
        said["alternateName"] = zone.also_known_as
    if zone.summary:
        said["description"] = zone.summary
    if zone.map_point in (MapPoint.LOCATION, MapPoint.OUTLINE):
        place = {"latitude": float(zone.map_latitude or 0), "longitude": float(zone.map_longitude or 0)}
        said["geo"] = {"@type": "GeoCoordinates", **place}
    return linked_block(said)
