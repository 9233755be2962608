"""What search engines, feed readers and social networks find: only what everybody may read, in bounded pieces."""

import io
import json
import re
from xml.etree import ElementTree

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from disperin.front import pictures, sitemaps
from disperin.registers.lists.regency_names import slugs
from disperin.registers.models import Origin
from disperin.registers.record import directory
from disperin.submissions import actions
from industries.models import Establishment, Product
from tests import factories
from tests.submissions.test_consequences import a_photo

pytestmark = pytest.mark.django_db
HOST = "http://testserver"
SITEMAP, XHTML, ATOM = (
    f"{{{name}}}"
    for name in (
        "http://www.sitemaps.org/schemas/sitemap/0.9", "http://www.w3.org/1999/xhtml", "http://www.w3.org/2005/Atom",
    )
)  # fmt: skip


def read(path):
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return answer


def tree(path):
    return ElementTree.fromstring(read(path).content)  # noqa: S314 - our own answer


def places(path):
    return [one.text.removeprefix(HOST) for one in tree(path).iter(f"{SITEMAP}loc")]


@pytest.fixture
def makers():
    """A maker that the office has published, one that is hidden, one that is closed, one of an older system."""
    register = directory.get("establishments")
    names = ("Terverifikasi", "Disembunyikan", "Ditutup", "Sistem lama")
    products = [{"name": "Kain"}, {"name": "Syal"}]
    made = {name: factories.an_establishment(name=name, products=products) for name in names}
    actions.hide(register, made["Disembunyikan"], "", reason="Diminta.", by=factories.an_administrator())
    Establishment.objects.filter(pk=made["Ditutup"].pk).update(closed_on="2026-01-02")
    Establishment.objects.filter(pk=made["Sistem lama"].pk).update(origin=Origin.OLDER_SYSTEM)
    return made


def test_robots_are_led_to_the_sitemap_and_it_to_its_files(makers):
    assert f"Sitemap: {HOST}/sitemap.xml" in read("/robots.txt").content.decode()
    files = places("/sitemap.xml")

    assert files[0] == "/sitemap-halaman.xml"
    assert "/sitemap-establishments-1.xml" in files
    assert not any("nominations" in one or "milestone" in one for one in files)
    for path in files:
        assert places(path), path
    pages = places("/sitemap-halaman.xml")
    for path in ("/produk/", "/kabar/", "/daerah/6307/", "/en/statistik/", "/statistik/establishments/branch/"):
        assert path in pages, path
    assert "/statistik/zones/stage/" not in pages  # nothing is counted there yet
    for path in pages:
        assert Client().get(path).status_code == 200, path


def test_a_file_names_checked_public_records_alone_in_both_languages(makers):
    number = makers["Terverifikasi"].number
    urls = tree("/sitemap-establishments-1.xml").findall(f"{SITEMAP}url")

    assert places("/sitemap-establishments-1.xml") == [f"/industri/{number}/", f"/en/industri/{number}/"]
    for url in urls:
        named = {one.get("hreflang"): one.get("href") for one in url.iter(f"{XHTML}link")}
        here = f"{HOST}/industri/{number}/"
        assert named == {"id": here, "en": f"{HOST}/en/industri/{number}/", "x-default": here}
    for path in ("/sitemap-establishments-2.xml", "/sitemap-establishments-0.xml", "/sitemap-nominations-1.xml"):
        assert Client().get(path).status_code == 404


def test_a_product_is_listed_as_long_as_it_is_made_and_its_maker_is_checked_and_shown(makers):
    shown, removed = makers["Terverifikasi"].products.order_by("pk")
    Product.objects.filter(pk=removed.pk).update(closed_on="2026-01-02")
    number = shown.number

    assert places("/sitemap-products-1.xml") == [f"/produk/{number}/", f"/en/produk/{number}/"]
    assert "/sitemap-products-1.xml" in places("/sitemap.xml")


def test_a_range_of_keys_costs_the_same_wherever_it_lies(makers, monkeypatch):
    last = max(one.pk for one in makers.values())
    monkeypatch.setattr(sitemaps, "RANGE", 1)
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(f"/sitemap-establishments-{last}.xml").status_code == 200

    assert not any("OFFSET" in one["sql"] or "COUNT" in one["sql"] for one in queries)
    assert len(queries) <= 4


def test_feeds_tell_what_is_checked_under_names_that_stay(makers):
    award = factories.an_award()

    for path, language in (("/umpan/pembuat.atom", "id"), ("/en/umpan/pembuat.atom", "en")):
        feed = tree(path)
        titles = [one.find(f"{ATOM}title").text for one in feed.iter(f"{ATOM}entry")]
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
        assert any(title.startswith("Terverifikasi") for title in titles)
        assert not any(title.startswith(("Disembunyikan", "Ditutup", "Sistem lama")) for title in titles)
    assert read("/umpan/pembuat.atom")["Content-Type"].startswith("application/atom+xml")
    news = factories.some_news(name="Pameran dinas")
    assert f"{HOST}/en/kabar/{news.number}/" in {
        one.get("href") for one in tree("/en/umpan/kabar.atom").iter(f"{ATOM}link")
    }
    first, again = ([one.text for one in tree("/umpan/bintang.atom").iter(f"{ATOM}id")] for _time in range(2))
    links = [one.get("href") for one in tree("/umpan/bintang.atom").iter(f"{ATOM}link")]
    assert first == again
    assert all(one.startswith("urn:uuid:") for one in first)
    assert f"{HOST}/ovop/{award.number}/" in links
    assert 'type="application/atom+xml"' in read("/").content.decode()
    assert Client().get("/umpan/lain.atom").status_code == 404


def test_every_public_page_has_one_picture_that_is_drawn_to_be_shared(makers, officer):
    record, photo = makers["Terverifikasi"], str(a_photo(officer).pk)
    zone, award, news = factories.a_zone(), factories.an_award(), factories.some_news(photo=photo)
    product = factories.an_establishment(products=[{"name": "Selendang", "photo": photo}]).products.get()

    for path in (
        "/", "/industri/", "/produk/", f"/industri/{record.number}/", f"/kawasan/{zone.slug}/",
        f"/ovop/{award.number}/", f"/produk/{product.number}/", f"/en/produk/{product.number}/",
        f"/kabar/{news.number}/",
    ):  # fmt: skip
        told = re.findall(r'<meta property="og:image" content="([^"]+)">', read(path).content.decode())
        assert len(told) == 1, path
        answer = read(told[0].removeprefix(HOST))
        with Image.open(io.BytesIO(answer.content)) as picture:
            assert (answer["Content-Type"], picture.size, picture.format) == ("image/jpeg", (1200, 630), "JPEG")
        assert len(answer.content) < 200_000
    page = read(f"/industri/{record.number}/").content.decode()
    assert f"/gambar/establishments/{record.number}-v{record.version}.jpg" in page
    assert f"/gambar/produk/{product.number}-v1.jpg" in read(f"/produk/{product.number}/").content.decode()


def test_pictures_tell_nothing_of_what_is_hidden_and_nobody_draws_them_without_end(makers, settings):
    hidden, shown = makers["Disembunyikan"], makers["Terverifikasi"]
    gone = Client().get(f"/gambar/establishments/{hidden.number}-v1.jpg")
    old = Client().get(f"/gambar/establishments/{shown.number}-v99.jpg")

    applied = factories.a_halal_certificate(stage="draf")

    assert gone.status_code == 404
    assert Client().get(f"/gambar/halal/{applied.number}-v1.jpg").status_code == 404
    assert old["Location"] == f"/gambar/establishments/{shown.number}-v{shown.version}.jpg"
    for path in (f"/gambar/produk/{hidden.products.first().number}-v1.jpg", "/gambar/produk/PRD-6307-999999-v1.jpg"):
        assert Client().get(path).status_code == 404, path
    product = shown.products.first().number
    assert Client().get(f"/gambar/produk/{product}-v9.jpg")["Location"] == f"/gambar/produk/{product}-v1.jpg"
    rates = {**settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"], "pictures": "1/min"}
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": rates}
    caches["default"].clear()
    award, zone = factories.an_award(), factories.a_zone()
    paths = (
        "/gambar/portal.jpg", "/gambar/zones.jpg", f"/ovop/{award.number}/bagikan.jpg",
        f"/kawasan/{zone.slug}/profil.pdf", f"/daerah/{slugs()[zone.regency_id]}/profil.pdf", "/gambar/portal.jpg",
    )  # fmt: skip
    assert [Client().get(path).status_code for path in paths] == [200, 429, 429, 429, 429, 200]  # the last was kept


def test_search_engines_read_what_a_maker_and_a_cluster_are_and_the_way_to_them():
    cluster = factories.a_cluster()
    maker = factories.an_establishment(
        name="</script>Kain & Kawan", cluster=cluster.number, products=[{"name": "Kain"}], phone="08125110000",
        email="rahasia@contoh.example", latitude=-2.581234, longitude=115.381234, owner_name="Siti Rahasia",
    )  # fmt: skip

    def blocks(path):
        found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', read(path).content.decode())
        return {one["@type"]: one for one in map(json.loads, found)}

    said = blocks(f"/industri/{maker.number}/")
    assert said["LocalBusiness"]["name"] == "</script>Kain & Kawan"
    assert said["LocalBusiness"]["makesOffer"][0]["itemOffered"]["name"] == "Kain"
    assert said["LocalBusiness"]["address"]["addressRegion"] == maker.regency.name
    for secret in ("telephone", "email", "geo"):  # the owner has agreed to neither contact nor exact place
        assert secret not in said["LocalBusiness"]
    assert "Rahasia" not in str(said)
    way = [one["item"].removeprefix(HOST) for one in said["BreadcrumbList"]["itemListElement"]]
    assert way == ["/", "/industri/", f"/industri/{maker.number}/"]
    assert blocks(f"/sentra/{cluster.number}/")["Organization"]["identifier"] == cluster.number
    assert "BreadcrumbList" in blocks("/en/industri/")
    product = f"/produk/{maker.products.get().number}/"
    way = [one["item"].removeprefix(HOST) for one in blocks(product)["BreadcrumbList"]["itemListElement"]]
    assert way == ["/", "/produk/", product]
    assert "BreadcrumbList" in blocks("/produk/")


def test_a_figure_has_a_picture_of_its_own_to_share(db):
    factories.an_award()
    page = Client().get("/en/statistik/awards/regency/").content.decode()
    (picture,) = re.findall(r'property="og:image" content="http://testserver([^"]+)"', page)

    assert picture == "/en/gambar/angka-awards-regency.jpg"
    drawn, portal = Client().get(picture), Client().get("/en/gambar/portal.jpg")
    assert drawn["Content-Type"] == "image/jpeg"
    assert drawn.content != portal.content
    for nobody in ("angka-awards-tidak", "angka-nominations-regency", "angka-"):
        assert Client().get(f"/gambar/{nobody}.jpg").status_code == 404


def test_the_picture_of_a_figure_tells_how_many_nobody_has_checked_as_its_page_does(db, monkeypatch):
    actions.publish(
        directory.get("establishments"),
        factories.establishment_values(),
        by=factories.an_administrator(),
        origin=Origin.OLDER_SYSTEM,
    )
    cards = []
    monkeypatch.setattr(pictures, "share_picture", lambda card, *_rest, **_more: cards.append(card) or b"")

    for address in ("/en/gambar/angka-establishments-regency.jpg", "/en/gambar/angka-establishments-branch.jpg"):
        assert Client().get(address).status_code == 200
    told = "1 of all was brought from an older system and is not checked yet."
    assert [card.maker for card in cards] == [told, told]
    for page in ("statistik/establishments/regency/", "sematkan/establishments/"):
        assert told in Client().get(f"/en/{page}").content.decode()
