"""From an empty database to the public pages of province 99; `test_another_province.py` runs it."""

import io
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from PIL import Image

from disperin import province
from disperin.accounts.mail import send_email_changed, send_invitation, send_password_link, send_password_set
from disperin.accounts.models import User
from disperin.closes.actions import close_quarter
from disperin.front import pictures
from disperin.front.errors import failed
from disperin.head import text as monday
from disperin.inquiries import actions as inquiries
from disperin.inquiries.jobs import tell_sender
from disperin.inquiries.models import Inquiry, Kind
from disperin.papers.share import share_picture
from disperin.registers.dated.quarters import Quarter
from disperin.registers.record import directory
from disperin.submissions import actions
from ovop.papers import labels
from tests.factories.industries import a_class_beyond_industry
from tests.province import walk
from tests.province.words import named_in
from zones.models import Zone

FIRST = province.read(settings.BASE_DIR / "data" / "province" / "63")
VILLAGE = "99.01.01.2001"


def test_nothing_of_the_first_province_is_left(db, api, rf, settings, monkeypatch):
    settings.DEMO = True
    said = io.StringIO()
    call_command("load_reference", stdout=said)
    call_command("load_sample", stdout=said)
    assert "tests/province/99 has no sample.toml: the registers stay empty" in said.getvalue()
    assert "2 regency" in said.getvalue()

    maker = proposed_and_verified(api)
    records = [maker, *published_beside(maker)]

    drawn = words_of_pictures(monkeypatch)
    pages, reached = walk.all_open_to_visitors(*typed_in(records))
    missed = sorted(walk.OPEN_TO_ALL - reached)
    assert not missed, missed
    pages |= mails_of(maker) | drawn_files() | {f"picture {at}": str(card) for at, card in enumerate(drawn)}
    with override("id"):
        pages["failure"] = failed(rf.get("/")).content.decode()
    named = {address: named_in(text, FIRST) for address, text in pages.items()}
    assert {address: words for address, words in named.items() if words} == {}
    assert len(pages) > 500
    assert {card.language for card in drawn} == {"id", "en"}
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
    zone = publish(
        "zones", name="Kawasan Uji", kind="ki", stage="usulan", regency="99.01", districts=["99.01.01"],
        plots=[{"code": "A-1", "hectares": 2, "state": "tersedia"}],
    )  # fmt: skip
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
        publish(
            "establishments", name="Bengkel Karang", legal_form="perorangan", branch="logam_elektronika",
            kbli=a_class_beyond_industry().pk, regency="99.71", district="99.71.01", village="99.71.01.1001",
        ),
        publish(
            "zones", name="Bendungan Angin", kind="proyek", stage="konstruksi", project_basis="Perpres 1/2016",
            regency="99.01", districts=["99.01.01"],
        ),
        publish(
            "news", regency="99.01", kind="berita", title_id="Pelatihan anyaman", text_id="Dinas melatih dua pembuat.",
            day="2026-01-15",
        ),
    ]  # fmt: skip


def address_of(record):
    """Its public page."""
    name = f"{record._meta.app_label}:{record._meta.model_name}-detail"
    return reverse(name, args=[getattr(record, "slug", record.number)])


def typed_in(records):
    """What no page links to, or only with what a person types: addresses of the records, pieces, files and errors."""
    maker, zone = records[:2]
    inquiry = inquiries.receive(
        kind=Kind.REPORT, record=maker, message="Nama keliru.", email="tamu@example.org", consented=True
    )
    product, plot, project = maker.products.get(), zone.plots.get(), Zone.objects.get(kind="proyek")
    today = timezone.localdate()
    close_quarter(Quarter.last_over(today), by=User.objects.get(username="verifikator1"))
    slugs = [(directory.of(type(record)).slug, record) for record in records]
    pages = [address_of(record) for record in records]
    return [
        *pages,
        *(f"/en{page}" for page in pages),
        *(f"/api/v1/{slug}/{record.number}/" for slug, record in slugs),
        *(f"/unduh/{slug}.{kind}" for slug, _record in slugs for kind in ("csv", "xlsx", "geojson")),
        reverse("product-halal-status", args=[product.key]),
        reverse("plot-detail", args=[plot.key]),
        f"{reverse('register-changes', args=['establishments'])}?from={today}&until={today}",
        reverse("register-export", args=["establishments", "csv"]),
        reverse("sitemap-records", args=["establishments", 1]),
        reverse("front:embed-figure", args=["establishments"]),
        reverse("zones:zone-shapes", args=[zone.slug]),
        reverse("zones:zone-picture", args=[zone.slug]),
        reverse("zones:project-progress", args=[project.slug]),
        "/lapor/?tentang=" + maker.number,
        "/lacak/?nomor=x",
        f"/lacak/{inquiry.number}/",
        f"/api/v1/inquiries/{inquiry.number}/",
        "/cari/?q=tikar",
        "/api/v1/search/?q=tikar",
        reverse("village-detail", args=[VILLAGE]),
        *(
            reverse("service-detail", args=[record.number])
            for record in records
            if getattr(record, "sector", "") == "jasa"
        ),
        "/industri/?in_box=x",
        "/none/",
        "/en/none/",
    ]


def words_of_pictures(monkeypatch):
    """What stands on each picture that is drawn for shared links: a list that grows."""
    cards = []

    def heard(card, *args, **options):
        cards.append(card)
        return share_picture(card, *args, **options)

    for module in (pictures, labels):
        monkeypatch.setattr(module, "share_picture", heard)
    return cards


def mails_of(maker):
    """What the mails of accounts, of an inquiry and of the Monday say, in both languages."""
    officer = User.objects.get(username="petugas.9901")
    for language in ("id", "en"):
        officer.language = language
        send_password_link(officer)
        send_password_set(officer, 1)
        send_email_changed(officer, "lama@example.go.id")
        send_invitation(officer)
        Inquiry.objects.update(language=language, told_state="")
        tell_sender.func(Inquiry.objects.get().pk, "received")
    texts = {f"mail {at}": f"{one.subject}\n{one.from_email}\n{one.body}" for at, one in enumerate(mail.outbox)}
    for at, signature in ((0, "Dinas Perindag Pulau Rekaan"), (5, "Trade and Industry Office of Invented Island")):
        assert f"-- \n{signature}\n" in texts[f"mail {at}"]
    for language in ("id", "en"):
        with override(language):
            report = monday.report_of(timezone.localdate())
            texts[f"monday {language}"] = f"{monday.title_of(report)}\n{monday.text_of(report)}"
    assert len(texts) == 12
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
    assert "Disperindag Rekaan" in next(text for address, text in pages.items() if address.endswith("uji/profil.pdf"))
    assert "--brand: #7a1f1f;" in pages["colours.css"]
    assert "#f2b8a8" in pages["band.svg"]
    assert "Portal Industri Pulau Rekaan" in pages["failure"]
