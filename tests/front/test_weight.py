"""The first view of a public page is light: all that it loads without photographs, packed as it travels."""

import gzip
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db
MOST = 150_000  # bytes
LINKED = r'<(?:link rel="(?:stylesheet|icon|manifest)"|script|img)[^>]*?(?:href|src)="(/[^"]+)"[^>]*>'
LOADED = re.compile(rf'{LINKED}|<use href="(/[^"#]+)|data-(?:boundaries|districts|points)="(/[^"?]+)')
SCRIPTS = re.compile(r'data-scripts="([^"]+)"')  # which a map fetches once it comes near
IMPORTED = re.compile(r"""(?:\bfrom\s+|\bimport\s+|\bimport\()["'](\.[^"']+)["']""")


def packed(content):
    return len(gzip.compress(content, 6))


def content_of(path):
    if path.startswith("/static/"):
        with open(finders.find(path.removeprefix("/static/")), "rb") as file:
            return file.read()
    return Client().get(path).content


def loaded_by(text):
    """The addresses that a page loads at once; pictures further down wait until somebody comes there."""
    found = {address for some in SCRIPTS.findall(text) for address in some.split()}
    for match in LOADED.finditer(text):
        address = match[1] or match[2] or match[3]
        if 'loading="lazy"' not in match[0] and not address.startswith("/foto/"):
            found.add(address.partition("?")[0])
    return found


def with_imports(paths):
    """The same with what their modules import."""
    found, left = set(), list(paths)
    while left:
        path = left.pop()
        if path in found:
            continue
        found.add(path)
        if path.endswith(".js") and path.startswith("/static/js/"):
            folder = path.rsplit("/", 1)[0]
            imported = IMPORTED.findall(content_of(path).decode())
            left += [f"{folder}/{one.removeprefix('./')}" for one in imported]
    return found


def test_the_first_view_of_every_public_page_is_light():
    maker, award = factories.an_establishment(latitude=-2.58, longitude=115.38), factories.an_award()
    cluster, zone = factories.a_cluster(), factories.a_zone()
    paths = [
        "/", "/industri/", "/industri/?tampilan=peta", f"/industri/{maker.number}/", "/sentra/", "/ovop/",
        f"/sentra/{cluster.number}/", f"/ovop/{award.number}/", "/ovop/statistik/", "/halal/cek/", "/halal/angka/",
        "/industri-hijau/", "/hilirisasi/", "/kemitraan/", "/kawasan/", f"/kawasan/{zone.slug}/", "/data-terbuka/",
        "/kawasan/portofolio/", "/tentang/", "/privasi/", "/aksesibilitas/", "/bantuan/", "/lapor/", "/lacak/",
        "/masuk/", "/v/luring/", f"/sematkan/establishments/{maker.number}/", "/sematkan/establishments/",
    ]  # fmt: skip

    weights = {}
    for path in paths:
        answer = Client().get(path)
        assert answer.status_code == 200, path
        resources = with_imports(loaded_by(answer.content.decode()))
        assert any(one.endswith(".css") for one in resources), path
        weights[path] = packed(answer.content) + sum(packed(content_of(one)) for one in resources)

    assert {path: weight for path, weight in weights.items() if weight >= MOST} == {}
    assert min(weights.values()) > 1_000
