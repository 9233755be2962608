"""Regency, district and village in a form: only what lies in the chosen regency is offered."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext as _

from disperin.regions.models import Village
from disperin.registers.gate.forms import Reading
from disperin.registers.values.context import ONE, Context
from disperin.registers.values.terms import Values
from industries.rules.addresses import Place, names_a_place, place_named


def narrow_places(
    fields: Mapping[str, Any], regency: str | None, *, district: str | None = None, options_url: str = ""
) -> None:
    """Narrow the fields `regency`, `district` and `village` of a form, as many of them as there are.

    Villages stand in groups by district, so that the list can be read without JavaScript; with it, the select of
    districts fetches the villages of the chosen one from `options_url`.
    """
    village = fields["village"]
    villages = village.queryset.filter(regency=regency) if regency else village.queryset.none()
    if district:
        villages = villages.filter(district=district)
    offered = villages.order_by("district", "name").values_list("pk", "name", "district__name")  # not whole rows
    by_district = groupby(offered, key=itemgetter(2))
    village.choices = [
        ("", village.empty_label),
        *((name, [(key, village_name) for key, village_name, _district in group]) for name, group in by_district),
    ]
    if "district" in fields:
        districts = fields["district"].queryset
        fields["district"].queryset = districts.filter(regency=regency) if regency else districts.none()
        if options_url:
            fields["district"].widget.attrs |= {
                "hx-get": f"{options_url}?field=village",
                "hx-target": "#id_village",
                "hx-include": "#id_village",  # so that the chosen one stays chosen if it lies there
                "hx-swap": "outerHTML",
                "hx-trigger": "change",
                "hx-sync": "this:queue last",
                "hx-disabled-elt": "#id_village",  # a village chosen before the answer comes would be lost
            }


@dataclass(frozen=True)
class PlacesOf:
    """Asks for the villages of a regency (its code), each with its district: the same question for every address."""

    regency: str

    def __call__(self) -> list[Place]:
        rows = Village.objects.filter(regency=self.regency)
        return [Place(*row) for row in rows.values_list("pk", "name", "district", "district__name")]


def read_address(values: Values, context: Context = ONE) -> Reading | None:
    """The village and district that the address of these values names, if it is not what they hold already."""
    address, regency = values.get("address"), values.get("regency")
    if not isinstance(address, str) or not isinstance(regency, str) or not names_a_place(address) or "\x00" in regency:
        return None
    places = context.once(PlacesOf(regency))
    village, district = place_named(address, places, district=str(values.get("district") or ""))
    codes = {"district": district, "village": village} if village else {"district": district} if district else {}
    if all(values.get(name) == code for name, code in codes.items()):
        return None
    place = next(place for place in places if village in ("", place.village) and place.district == district)
    names = [place.district_name, *([place.village_name] if village else [])]
    return Reading(codes, _("The address names: %(places)s.") % {"places": ", ".join(names)})
