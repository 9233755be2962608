"""How a visitor reaches a maker: what its owner agreed to show, as links that ask nobody before they are pressed."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from disperin.ui.formats import telephone
from industries import rules
from industries.models import Establishment

MOBILE = "+628"  # telephones that WhatsApp may know
SHOPS = {"tokopedia.com": "Tokopedia", "shopee.co.id": "Shopee", "bukalapak.com": "Bukalapak", "blibli.com": "Blibli"}
SHOPS |= {"lazada.co.id": "Lazada", "tiktok.com": "TikTok", "instagram.com": "Instagram", "facebook.com": "Facebook"}


@dataclass(frozen=True)
class Way:
    """A link: its icon, what it says, where it leads."""

    icon: str
    label: str
    url: str

    @property
    def is_elsewhere(self) -> bool:
        """Does it lead to another site?"""
        return self.url.startswith("http")


def ways_to(maker: Establishment, about: str, page: str) -> list[Way]:
    """The public ways to a maker, for somebody who read of `about` (a product, or "") at the address `page`."""
    return [*_contacts(maker, about, page), *_directions(maker)]


def ways_to_share(title: str, page: str) -> list[Way]:
    """Links that pass on a page, for whoever has no button of the browser's own."""
    return [
        Way("whatsapp", "WhatsApp", f"https://wa.me/?{urlencode({'text': f'{title} {page}'})}"),
        Way("envelope", _("E-mail"), f"mailto:?{urlencode({'subject': title, 'body': page}, quote_via=quote)}"),
    ]


def whole_address(request: HttpRequest) -> str:
    """The address of the page itself, without what was asked of it."""
    return request.build_absolute_uri(request.path)


def _contacts(maker: Establishment, about: str, page: str) -> Iterator[Way]:
    contact = maker.public_contact or {}
    if phone := contact.get("phone"):
        if phone.startswith(MOBILE):
            text = urlencode({"text": _greeting(maker, about, page)}, quote_via=quote)
            yield Way("whatsapp", _("Write by WhatsApp"), f"https://wa.me/{phone.removeprefix('+')}?{text}")
        yield Way("telephone", telephone(phone), f"tel:{phone}")
    if email := contact.get("email"):
        yield Way("envelope", email, f"mailto:{email}")
    for address in contact.get("marketplaces", ()):
        host = _host(address)
        name = next((name for shop, name in SHOPS.items() if host == shop or host.endswith(f".{shop}")), host)
        yield Way("shop", _("Buy at %(shop)s") % {"shop": name}, address)
    if website := contact.get("website"):
        yield Way("globe", _host(website), website)


def _greeting(maker: Establishment, about: str, page: str) -> str:
    values = {"maker": maker.name, "product": about or maker.name, "portal": settings.PROVINCE.portal, "page": page}
    return _("Hello %(maker)s, I found %(product)s on %(portal)s: %(page)s") % values


def _directions(maker: Establishment) -> Iterator[Way]:
    """Only to a place that is exact: a rounded one would lead to somebody else's door."""
    if maker.public_point == rules.PublicPoint.EXACT:
        place = f"{maker.public_latitude:f},{maker.public_longitude:f}"
        yield Way("geo-alt", _("In a map app"), f"geo:{place}?q={place}({quote(maker.name)})")
        yield Way("map", _("Directions"), f"https://www.openstreetmap.org/directions?to={place}")


def _host(address: str) -> str:
    return (urlsplit(address).hostname or address).removeprefix("www.")
