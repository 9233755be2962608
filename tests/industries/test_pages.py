"""The pages of establishments and clusters: what everyone sees, and what only those within reach see."""

import re
from contextlib import closing
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from disperin.attachments import actions as attachments
from disperin.history.models import Entry
from disperin.registers.record import directory
from disperin.submissions import actions
from tests import factories

pytestmark = pytest.mark.django_db

NPWP = "013579246801000"
PRODUCTS = [
    {"name": "Kain sasirangan", "brand": "Banua", "description_id": "Pewarna alam.", "description_en": "Natural dyes."},
    {"name": "Selendang", "permits": ["P-IRT 2066307010123-28"]},
]


def page(record, client=None, prefix=""):
    """The text of a record's page."""
    path = "sentra" if record.number.startswith("SEN") else "industri"
    answer = (client or Client()).get(f"{prefix}/{path}/{record.number}/")
    assert answer.status_code == 200
    return answer.content.decode()


def firm(**values):
    """An establishment with a tax number, an owner and a place."""
    return factories.an_establishment(
        legal_form="cv", npwp=NPWP, owner_name="Norhayati", latitude="-2.587654", longitude="115.387654", **values
    )


def test_the_page_shows_products_with_permits():
    text = page(factories.an_establishment(products=PRODUCTS))

    for part in ("Kain sasirangan", "Selendang", "Pewarna alam.", "P-IRT"):
        assert part in text


def test_the_english_page_takes_english_words_where_there_are_any():
    record = factories.an_establishment(products=PRODUCTS, story_id="Cerita kami.", story_en="")

    text = page(record, prefix="/en")

    assert "Natural dyes." in text
    assert "Pewarna alam." not in text
    assert re.search(r'lang="id">\s*<h2>', text)
    assert "Cerita kami." in text


def test_without_consent_the_page_knows_only_the_rounded_place_and_no_contact():
    text = page(firm(phone="081298765432"))

    assert 'data-lat="-2.590000"' in text
    assert 'data-lon="115.390000"' in text
    assert "+6281298765432" not in text
    assert "contact-list" not in text


def test_with_consent_the_page_shows_the_place_and_the_contact():
    consents = {
        "show_on_map": True,
        "map_consented_on": "2026-01-05",
        "contact_public": True,
        "contact_consented_on": "2026-01-05",
    }

    text = page(firm(phone="081298765432", website="https://sasirangan.example.com", **consents))

    assert 'data-lat="-2.587654"' in text
    assert 'href="tel:+6281298765432"' in text
    assert 'href="https://sasirangan.example.com"' in text


def test_the_map_holds_public_places_only():
    firm()

    points = Client().get("/industri/peta.json").json()["features"]

    assert [point["geometry"]["coordinates"] for point in points] == [[115.39, -2.59]]
    assert set(points[0]["properties"]) == {"name", "note", "url"}


def test_without_a_script_the_map_is_a_drawing_of_the_same_public_places():
    firm(name="Satu"), firm(name="Dua")

    page = Client().get("/industri/?tampilan=peta&q=satu").content.decode()
    drawn = Client().get("/industri/peta.svg?q=satu")

    assert '<noscript><img class="map-picture" src="/industri/peta.svg?q=satu"' in page
    assert drawn["Content-Type"] == "image/svg+xml"
    assert drawn.content.decode().count("h0") == 1
    assert b"Satu" not in drawn.content


def test_the_map_says_when_it_shows_only_a_part(monkeypatch):
    monkeypatch.setattr("disperin.registers.lists.views.MOST_POINTS", 1)
    firm(name="Satu"), firm(name="Dua")

    answer = Client().get("/industri/peta.json").json()

    assert (len(answer["features"]), answer["capped"]) == (1, True)
    assert "<li>" in Client().get("/industri/?tampilan=peta").content.decode().split("plain-list")[1]


def picture(by):
    """An uploaded photograph."""
    written = BytesIO()
    Image.new("RGB", (1200, 800), "green").save(written, "PNG")
    file = SimpleUploadedFile("kain.png", written.getvalue(), "image/png")
    return attachments.upload(file, kind="photo", regency=factories.RegencyFactory(), by=by)


def test_the_photograph_of_a_maker_stands_on_list_and_page():
    photo = picture(factories.an_administrator())
    record = factories.an_establishment(photo=str(photo.pk))
    small, middle = (f"/foto/{photo.short_hash}/{photo.pk}-{width}.webp" for width in (480, 960))

    assert small in Client().get("/industri/").content.decode()
    assert f'src="{middle}"' in page(record)
    (shared,) = re.findall(r'property="og:image" content="http://testserver([^"]+)"', page(record))
    with Image.open(BytesIO(Client().get(shared).content)) as drawn:
        _red, green, blue = drawn.getpixel((1100, 300))
    assert green > 100 > blue  # of the photograph, not of a cloth
    with closing(Client().get(small)) as answer:
        assert answer.status_code == 200


def test_a_maker_without_a_photograph_shows_that_of_a_product():
    photo = picture(factories.an_administrator())
    record = factories.an_establishment(products=[{"name": "Kain", "photo": str(photo.pk)}])

    for text in (Client().get("/industri/").content.decode(), page(record)):
        assert f"{photo.pk}-480.webp" in text


def test_the_photograph_goes_with_the_record_that_is_closed():
    photo = picture(factories.an_administrator())
    record = factories.an_establishment(photo=str(photo.pk))
    values = {"closed_on": "2026-01-02", "closed_reason": "moved"}
    register = directory.get("establishments")
    actions.publish(register, values, by=factories.an_administrator(), record=record, kind="close")

    assert str(photo.pk) not in page(record)


def test_a_closed_product_is_not_shown():
    record = factories.an_establishment(products=PRODUCTS)
    register, admin = directory.get("establishments"), factories.an_administrator()
    kept = [row for row in register.form(instance=record).entered()[0]["products"] if row["name"] == "Selendang"]
    actions.publish(register, {"products": kept}, by=admin, record=record)

    text = page(record)

    assert "Selendang" in text
    assert "Kain sasirangan" not in text
    assert "Kain sasirangan" not in Client().get("/industri/").content.decode()


def test_an_officer_sees_the_inside_of_the_own_regency_only(officer, officer_there, signed_in):
    record = firm()

    here, there = page(record, signed_in(officer)), page(record, signed_in(officer_there))

    assert "Norhayati" in here
    assert "Norhayati" not in there
    assert "inside-panel" in here
    assert "inside-panel" not in there


def test_the_head_sees_inside_but_is_offered_no_proposal(head, officer, signed_in):
    record = firm()

    assert "daftar=establishments" in page(record, signed_in(officer))
    assert "Norhayati" in page(record, signed_in(head))
    assert "daftar=establishments" not in page(record, signed_in(head))


def test_an_inside_page_is_kept_nowhere(officer, signed_in):
    record = firm()

    answer = signed_in(officer).get(f"/industri/{record.number}/")

    assert answer["Cache-Control"] == "private, no-store"
    assert "Norhayati" not in page(record)


def test_the_tax_number_is_masked_until_somebody_asks_and_that_is_remembered(officer, signed_in):
    record, client = firm(), signed_in(officer)
    before = page(record, client)

    answer = client.post(f"/industri/{record.number}/npwp/")

    assert NPWP not in before
    assert "0135•••••••1000" in before
    assert NPWP in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    entry = Entry.objects.about(record).get(verb="reveal")
    assert (entry.actor, NPWP in str(entry.detail)) == (officer, False)


def test_nobody_outside_can_ask_for_the_tax_number(officer_there, signed_in):
    record = firm()
    path = f"/industri/{record.number}/npwp/"

    assert signed_in(officer_there).post(path).status_code == 404
    assert Client().post(path).status_code == 401
    assert Client().get(path)["Location"] == f"/industri/{record.number}/"
    assert not Entry.objects.filter(verb="reveal").exists()


def test_asking_for_the_tax_number_needs_a_form_of_ours(officer):
    record = firm()
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")

    assert client.post(f"/industri/{record.number}/npwp/").status_code == 403


def test_a_waiting_change_is_named_inside_and_unseen_outside(officer, signed_in):
    record = firm()
    register = directory.get("establishments")
    draft = actions.draft(register, {"name": "Nama Baru"}, by=officer, record=record)
    submission = actions.submit(draft, by=officer, acknowledged=True)

    assert submission.number in page(record, signed_in(officer))
    assert submission.number not in page(record)
    assert "Nama Baru" not in page(record)


def test_the_page_of_a_record_asks_as_often_for_three_products_as_for_one():
    one = factories.an_establishment(name="Satu", products=PRODUCTS[:1])
    three = factories.an_establishment(name="Tiga", products=[*PRODUCTS, {"name": "Syal"}])

    def asked(record):
        with CaptureQueriesContext(connection) as queries:
            page(record)
        return len(queries)

    assert asked(one) == asked(three) <= 7
    assert asked(three) == 1


def test_a_cluster_shows_its_open_members():
    cluster = factories.a_cluster()
    member = factories.an_establishment(name="Anggota", cluster=cluster.number)
    gone = factories.an_establishment(name="Yang Tutup", cluster=cluster.number)
    factories.an_establishment(name="Orang Luar")
    register = directory.get("establishments")
    values = {"closed_on": "2026-01-02", "closed_reason": "moved"}
    actions.publish(register, values, by=factories.an_administrator(), record=gone, kind="close")

    text = page(cluster)

    assert member.number in text
    assert "Yang Tutup" not in text
    assert "Orang Luar" not in text


def test_the_members_of_a_cluster_come_in_pages(monkeypatch):
    monkeypatch.setattr("disperin.registers.lists.listing.page_of.__defaults__", ("", 2))
    cluster = factories.a_cluster()
    for name in ("Satu", "Dua", "Tiga"):
        factories.an_establishment(name=name, cluster=cluster.number)

    first = page(cluster)
    address = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    second = Client().get(address.replace("&amp;", "&")).content.decode()

    assert [name in first for name in ("Dua", "Satu", "Tiga")] == [True, True, False]
    assert [name in second for name in ("Dua", "Satu", "Tiga", 'rel="prev"')] == [False, False, True, True]


def test_a_makers_page_leads_to_its_cluster_and_back():
    cluster = factories.a_cluster()
    record = factories.an_establishment(cluster=cluster.number)

    assert f"/sentra/{cluster.number}/" in page(record)
    assert f"/industri/{record.number}/" in page(cluster)


def test_a_list_of_makers_can_be_narrowed_by_every_public_filter():
    cluster = factories.a_cluster()
    wanted = factories.an_establishment(
        name="Dicari", branch="pangan", commodities=["sasirangan"], cluster=cluster.number
    )
    factories.an_establishment(name="Lain", regency="63.06")
    queries = ["regency=63.07", "district=63.07.01", "village=63.07.01.2001", "branch=pangan", "commodity=sasirangan"]
    queries += [
        f"cluster={cluster.number}",
        "q=dicari",
        "q=DICARI+desa",
        "regency=63.07&branch=pangan&industry_scale=belum",
    ]

    for query in queries:
        text = Client().get(f"/industri/?{query}").content.decode()
        assert (wanted.number in text, ">Lain<" in text) == (True, False), query
        assert text.count('class="chip"') == query.count("=")


def test_digits_of_a_group_mark_the_same_choice_as_its_key():
    record = factories.an_establishment()

    for value in ("131", "2020-131"):
        text = Client().get(f"/industri/?kbli_group={value}").content.decode()
        assert record.number in text
        assert "facet-active" in text


def test_a_maker_of_no_known_scale_has_no_empty_label_on_its_card(client):
    factories.an_establishment()

    page = client.get("/industri/").content.decode()

    assert '<span class="pill pill-brand"></span>' in page  # without a blank in it, which would make it seen
