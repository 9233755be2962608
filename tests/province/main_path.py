"""From an empty database to the public pages of province 99; `test_another_province.py` runs it."""

import io
import zipfile
from pathlib import Path

import pypdf
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from PIL import Image

from disperin import province
from disperin.accounts.mail import send_invitation
from disperin.accounts.models import User
from disperin.front.errors import failed
from disperin.registers.record import directory
from disperin.submissions import actions
from tests.province.words import named_in

FIRST = province.read(settings.BASE_DIR / "data" / "province" / "63")
VILLAGE = "99.01.01.2001"


def test_nothing_of_the_first_province_is_left(db, api, rf, settings):
    settings.DEMO = True
    said = io.StringIO()
    call_command("load_reference", stdout=said)
    call_command("load_sample", stdout=said)
    assert "tests/province/99 has no sample.toml: the registers stay empty" in said.getvalue()
    assert "2 regency" in said.getvalue()

    maker = proposed_and_verified(api)
    records = [maker, *published_beside(maker)]

    pages = dict(public_pages(records))
    assert len(pages) > 100
    pages |= files_of(records) | mails_of(maker) | drawn_files()
    pages["failure"] = failed(rf.get("/")).content.decode()
    found = {address: named_in(text, FIRST) for address, text in pages.items()}
    assert {address: words for address, words in found.items() if words} == {}
    own_words_stand_there(pages, maker)


def proposed_and_verified(api):
    """An establishment that an officer proposed by the API and a verifier verified."""
    officer, verifier = (api(User.objects.get(username=name)) for name in ("petugas.9901", "verifikator1"))
    drawn = io.BytesIO()
    Image.new("RGB", (900, 600), "#7a1f1f").save(drawn, "JPEG")
    photo = SimpleUploadedFile("tikar.jpg", drawn.getvalue(), content_type="image/jpeg")
    file = officer.post("/api/v1/attachments/", {"file": photo, "kind": "photo"}, format="multipart").json()
    values = {
        "name": "Anyaman Angin", "legal_form": "perorangan", "branch": "kerajinan_aneka", "kbli": "2020-16292",
        "regency": "99.01", "district": "99.01.01", "village": VILLAGE, "latitude": "-7.25", "longitude": "131.5",
        "photo": file["id"], "products": [{"name": "Tikar"}],
    }  # fmt: skip
    draft = officer.post("/api/v1/submissions/", {"register": "establishments", "values": values})
    submitted = officer.post(f"{draft['Location']}submit/")
    assert submitted.status_code == 200, submitted.json()
    assert verifier.post(f"{draft['Location']}claim/").status_code == 200
    verified = verifier.post(f"{draft['Location']}verify/", {"round": 1})
    assert verified.status_code == 200, verified.json()
    return directory.get("establishments").model.objects.get(number=verified.json()["record_number"])


def published_beside(maker):
    """A record of every other public register, about this maker and a zone."""
    by = User.objects.get(username="admin")

    def publish(slug, **values):
        return actions.publish(directory.get(slug), values, by=by)

    product = str(maker.products.get().key)
    zone = publish("zones", name="Kawasan Uji", kind="ki", stage="usulan", regency="99.01", districts=["99.01.01"])
    other = publish(
        "establishments", name="Toko Ombak", legal_form="perorangan", branch="pangan", kbli="2020-10794",
        regency="99.71", district="99.71.01", village="99.71.01.1001",
    )  # fmt: skip
    return [
        zone,
        other,
        publish("clusters", name="Sentra Tikar", commodity="sagu", status="potensi", regency="99.01", village=VILLAGE),
        publish(
            "awards", establishment=maker.number, product=product, group="anyaman", round="2024", stars=2,
            decree_number="SK CONTOH/1/2024", decree_on="2024-11-20",
        ),
        publish(
            "halal", establishment=maker.number, scheme="self_declare", stage="terbit_sh", stage_on="2026-01-10",
            certificate_number="ID99110000000010126", issued_on="2026-01-10", covered=[{"product": product}],
        ),
        publish(
            "green", establishment=maker.number, standard_number="SIH 16292.1:2022", stage="terbit",
            stage_on="2026-01-10", certificate_number="SIH/1", issued_on="2026-01-10", valid_until="2030-01-10",
        ),
        publish(
            "milestones", zone=zone.number, name="Jalan", weight=25, planned_start="2027-01-01",
            planned_finish="2027-06-30",
        ),
        publish("partnerships", supplier=maker.number, buyer=other.number, commodity="sagu", since="2025-03-10"),
    ]  # fmt: skip


def address_of(record):
    """Its public page."""
    name = f"{record._meta.app_label}:{record._meta.model_name}-detail"
    return reverse(name, args=[getattr(record, "slug", record.number)])


def public_pages(records):
    """(address, text) of all that answers a visitor without having to be told more, in both languages."""
    visitor = Client()
    addresses = {address_of(record) for record in records} | set(plain_addresses(get_resolver()))
    addresses |= {f"/en{address}" for address in addresses if not address.startswith(("/api/", "/admin/"))}
    addresses |= {f"/api/v1/{directory.of(type(record)).slug}/{record.number}/" for record in records}
    addresses |= {
        "/lapor/?tentang=" + records[0].number,
        "/lacak/?nomor=x",
        "/industri/?in_box=x",
        "/none/",
        "/en/none/",
    }
    for address in sorted(addresses):
        answer = visitor.get(address)
        kind = answer.headers.get("Content-Type", "")
        if answer.status_code in (200, 400, 404) and kind.startswith(("text/", "application/", "image/svg")):
            content = answer.getvalue()
            if not content.startswith((b"PK", b"%PDF")):
                yield address, content.decode()


def plain_addresses(resolver, before="/"):
    """Every address that has no part to be filled in, but for those of the administration."""
    for one in resolver.url_patterns:
        part = str(one.pattern)
        if isinstance(one, URLPattern):
            address = before + part.replace("^", "").replace("$", "").replace("\\Z", "")
            if not set("<(?\\*+") & set(address):
                yield address
        elif part != "admin/" and "<" not in part:
            yield from plain_addresses(one, before + part)


def files_of(records):
    """The texts of the files of every register, of the profile of the zone, and of the pictures."""
    visitor, texts = Client(), {}
    for record in records:
        slug = directory.of(type(record)).slug
        for kind in ("csv", "xlsx", "geojson"):
            answer = visitor.get(f"/unduh/{slug}.{kind}")
            texts[f"{slug}.{kind}"] = in_a_package(answer.getvalue()) if kind == "xlsx" else answer.getvalue().decode()
    zone, award = (next(one for one in records if directory.of(type(one)).slug == slug) for slug in ("zones", "awards"))
    pdf = pypdf.PdfReader(io.BytesIO(visitor.get(f"{address_of(zone)}profil.pdf").getvalue()))
    texts["profil.pdf"] = "\n".join(page.extract_text() for page in pdf.pages) + str(pdf.metadata)
    assert "Disperindag Rekaan" in texts["profil.pdf"]
    assert visitor.get(f"{address_of(award)}bagikan.jpg").status_code == 200
    return texts


def in_a_package(content):
    """The parts of an .xlsx file, one after the other."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "\n".join(package.read(name).decode(errors="replace") for name in package.namelist())


def mails_of(maker):
    """What an invitation says, in both languages."""
    officer = User.objects.get(username="petugas.9901")
    for officer.language in ("id", "en"):
        send_invitation(officer)
    texts = {f"mail {at}": f"{one.subject}\n{one.from_email}\n{one.body}" for at, one in enumerate(mail.outbox)}
    assert "-- \nDinas Perindag Pulau Rekaan\n" in texts[f"mail {len(texts) - 2}"]
    assert "-- \nTrade and Industry Office of Invented Island\n" in texts[f"mail {len(texts) - 1}"]
    return texts


def drawn_files():
    """The files in the colours of the province."""
    names = ("colours.css", "admin.css", "band.svg", "mark.svg", "favicon.svg")
    return {name: Path(finders.find(f"province/{name}")).read_text() for name in names}


def own_words_stand_there(pages, maker):
    home, english = pages["/"], pages["/en/"]
    assert "<h1>Dari tangan Rekaan</h1>" in home
    assert "Portal Industri Pulau Rekaan</title>" in home
    assert "Industry portal of Invented Island</title>" in english
    assert '<meta name="theme-color" content="#7a1f1f">' in home
    assert "Dinas Perindustrian dan Perdagangan Pulau Rekaan" in home
    assert 'data-bounds="-8.0,131.0,-6.0,133.0"' in pages[address_of(maker)]
    assert "--brand: #7a1f1f;" in pages["colours.css"]
    assert "#f2b8a8" in pages["band.svg"]
    assert "Portal Industri Pulau Rekaan" in pages["failure"]
