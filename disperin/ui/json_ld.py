"""What search engines read of a page: schema.org in JSON-LD, a data block that no browser runs."""

import json
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from disperin.ui.texts import Text

_ESCAPED = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}  # so that no text can end the block


def linked_block(said: dict[str, Any]) -> SafeString:
    """A thing in the words of schema.org as a `<script type="application/ld+json">`."""
    block = json.dumps({"@context": "https://schema.org", **said}, ensure_ascii=False).translate(_ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{block}</script>')  # noqa: S308 -- escaped just above


def postal_address(region: str, locality: str = "") -> dict[str, str]:
    """Where something is: its regency, and its village where that is known."""
    within = {"addressLocality": locality} if locality else {}
    return {"@type": "PostalAddress", **within, "addressRegion": region, "addressCountry": "ID"}


def coordinates(latitude: Any, longitude: Any) -> dict[str, Any]:
    """A point that the public may know exactly, in degrees."""
    return {"@type": "GeoCoordinates", "latitude": float(latitude), "longitude": float(longitude)}


def trail(request: HttpRequest, steps: Iterable[tuple[Text, str]]) -> SafeString:
    """The way to a page, as its breadcrumbs have it: `(name, address)` of each step from the first page on."""
    items = [
        {"@type": "ListItem", "position": at, "name": str(name), "item": request.build_absolute_uri(address)}
        for at, (name, address) in enumerate(steps, start=1)
    ]
    return linked_block({"@type": "BreadcrumbList", "itemListElement": items})
