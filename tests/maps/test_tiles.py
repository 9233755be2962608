"""An office may have pictures behind its maps: their host, and no other, is asked; without an address none is."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings as portal_settings

from disperin.maps.tiles import hosts_of
from tests.factories import an_establishment

TILES = "https://tiles.example.org/{z}/{x}/{y}.png"
MAP = "/industri/?tampilan=peta"
ASKED = "import json; from django.conf import settings; print(json.dumps(settings.CONTENT_SECURITY_POLICY))"


@pytest.mark.parametrize(
    ("address", "hosts"),
    [
        ("", []),
        ("/petak/{z}/{x}/{y}.png", []),
        (TILES, ["https://tiles.example.org"]),
        ("https://Tiles.Example.org:8443/a/{z}/{x}/{y}{r}.png?key=1", ["https://tiles.example.org:8443"]),
        ("https://{s}.tile.example.org/{z}/{x}/{y}.png", [f"https://{one}.tile.example.org" for one in "abc"]),
    ],
)
def test_the_hosts_of_an_address_are_those_that_leaflet_asks(address, hosts):
    assert hosts_of(address) == hosts


@pytest.mark.parametrize(
    "address",
    [
        "http://tiles.example.org/{z}/{x}/{y}.png",
        "//tiles.example.org/{z}/{x}/{y}.png",
        "https:///{z}/{x}/{y}.png",
        "https://{z}/{x}/{y}.png",
        "https://tiles.example.org/{z}/{x}.png",
        "https://tiles.example.org; script-src */{z}/{x}/{y}.png",
        "https://*.example.org/{z}/{x}/{y}.png",
        "https://me:secret@example.org/{z}/{x}/{y}.png",
        'https://example.org/{z}/{x}/{y}.png" onload="',
        "tiles",
    ],
)
def test_what_would_not_work_or_let_in_more_is_refused(address):
    with pytest.raises(ValueError, match="is no address of map tiles"):
        hosts_of(address)


def started_with(tiles):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "disperin.settings", "MAP_TILES": tiles}
    command = [sys.executable, "-c", ASKED]
    return subprocess.run(command, env=environment, cwd=portal_settings.BASE_DIR, capture_output=True, text=True)


def test_the_portal_starts_with_the_policy_of_its_address_or_says_what_is_wrong():
    started, refused = started_with(f" {TILES} "), started_with("http://tiles.example.org/")

    directives = json.loads(started.stdout)["DIRECTIVES"]
    others = {source for name, sources in directives.items() if name != "img-src" for source in sources}
    assert directives["img-src"] == ["'self'", "data:", "https://tiles.example.org"]
    assert others <= {"'none'", "'self'"}
    assert refused.returncode != 0
    assert "MAP_TILES “http://tiles.example.org/” is no address" in refused.stderr


@pytest.mark.django_db
def test_a_page_with_a_map_names_address_and_credit_and_its_policy_the_host(client, settings):
    an_establishment()
    plain = client.get(MAP)
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    images = {"img-src": [*policy["img-src"], *hosts_of(TILES)]}
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": policy | images}
    settings.MAP_TILES, settings.MAP_TILES_CREDIT, settings.RELEASE = TILES, "© Kantor <Peta>", "petak"

    tiled = client.get(MAP)

    assert "data-tiles" not in plain.content.decode()
    assert "img-src 'self' data:;" in f"{plain['Content-Security-Policy']};"
    assert f'data-tiles="{TILES}" data-tiles-credit="© Kantor &lt;Peta&gt;"' in tiled.content.decode()
    assert "img-src 'self' data: https://tiles.example.org;" in f"{tiled['Content-Security-Policy']};"
