"""What templates draw of the province without a script."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _

from disperin.maps.choropleth import Choropleth
from disperin.maps.sketch import frame

register = template.Library()


@register.inclusion_tag("maps/place_map.html")
def place_map(
    lat: float | Decimal | None = None, lon: float | Decimal | None = None, regency: str = "", label: Any = ""
) -> dict[str, Any]:
    """The province with a regency marked and a pin in it; without a label it is decoration beside words."""
    at = {} if lat is None or lon is None else {"lat": str(lat), "lon": str(lon)}  # as text: never localised
    return {"frame": " ".join(map(str, frame())), "regency": regency, "label": label, **at}


@register.inclusion_tag("maps/choropleth.html")
def shaded_map(shown: Choropleth, label: Any, untold: Any = "") -> dict[str, Any]:
    """The regencies coloured by a number; `label` says what of, and that a table beside it says the same.

    `untold` says what a dash stands for, where it may be something else than a hidden number.
    """
    return {"map": shown, "label": label, "untold": untold or _("hidden")}
