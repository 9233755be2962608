"""A browser asks the host of the tiles, and no other, for pictures behind the map, and says whose they are."""

from io import BytesIO
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import expect

from disperin.maps.tiles import hosts_of
from tests.factories import an_establishment

TILES = "https://tiles.example.org/{z}/{x}/{y}.png"
CREDIT = "© Kantor <b>Peta</b>"


def test_pictures_stand_behind_the_map_with_their_credit_as_text(db, live_server, new_context, settings):
    an_establishment(latitude=-2.58, longitude=115.38)
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    images = {"img-src": [*policy["img-src"], *hosts_of(TILES)]}
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": policy | images}
    settings.MAP_TILES, settings.MAP_TILES_CREDIT = TILES, CREDIT
    drawn = BytesIO()
    Image.new("RGB", (256, 256), "#8a8").save(drawn, "PNG")
    page, asked, complaints = new_context().new_page(), set(), []
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    page.route(f"{hosts_of(TILES)[0]}/**", lambda route: route.fulfill(body=drawn.getvalue(), content_type="image/png"))

    page.goto("/industri/?tampilan=peta")

    expect(page.locator("[data-map] .map-pin")).to_have_count(1)
    expect(page.locator("img.leaflet-tile-loaded")).not_to_have_count(0)
    expect(page.locator(".leaflet-control-attribution")).to_contain_text(CREDIT)
    assert asked - {urlsplit(live_server.url).netloc} == {"tiles.example.org"}
    assert complaints == []
