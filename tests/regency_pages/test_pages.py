"""The page of a regency and its sheet: each number opens exactly the list that it counts, and nothing is said twice."""

import datetime
import io
import re
from html import unescape

import pytest
from django.test import Client
from pypdf import PdfReader

from disperin.regions.models import Regency
from disperin.registers.lists.regency_names import slugs
from disperin.registers.record import directory, reference
from disperin.setup.reference import load_quality_rules
from disperin.submissions import actions
from industries.models import ChainStep, LeadingIndustry
from ovop.models import Award
from tests.factories import (
    CommodityFactory,
    KbliClassFactory,
    RegencyFactory,
    UserFactory,
    a_cluster,
    a_halal_certificate,
    a_zone,
    an_award,
    an_establishment,
    establishment_values,
)

PAGE = "/daerah/hulu-sungai-tengah/"


@pytest.fixture
def regency(db):
    """A regency with something of everything, and makers of another one beside it."""
    here = RegencyFactory(code="63.07", name="Kabupaten Hulu Sungai Tengah")
    RegencyFactory(code="63.71", name="Kota Banjarmasin")
    KbliClassFactory(code="22111", title_id="Ban")
    reference.forget()
    cloth = CommodityFactory().pk
    an_establishment(name="Satu", branch="pangan", commodities=[cloth], owner_name="Ibu Rahasia", phone="08125000123")
    an_establishment(name="Dua", branch="sandang_kulit")
    an_establishment(name="Tiga", branch="pangan", regency="63.71")
    a_cluster(name="Sentra Uji")
    a_halal_certificate()
    an_award()
    a_zone(name="Kawasan Uji")
    common = {"commodity": "karet", "stage": 1, "stage_id": "Bahan", "source": "RPIP", "source_on": "2026-01-01"}
    ChainStep.objects.create(product_id="Kain", kbli=["2020-13134"], **common)
    ChainStep.objects.create(product_id="Ban luar", kbli=["2020-22111"], **common)
    day = datetime.date(2023, 9, 21)
    LeadingIndustry.objects.create(regency=here, name_id="Pangan", source="Berita Uji", source_on=day)
    return here


def counted(page):
    """`{address of a list: the number that links to it}` of a page."""
    tiles = re.findall(r'tile-number">([\d.]+)</p>\s*<p class="tile-label"><a[^>]*href="([^"]+)"', page)
    bars = [(number, url) for url, number in re.findall(r'<a href="([^"]+\?[^"]+)">([\d.]+)<span', page)]
    choices = [(number, url) for url, number in re.findall(r'class="choice" href="([^"]+)">.*?count">([\d.]+)<', page)]
    return {unescape(url): int(number.replace(".", "")) for number, url in (*tiles, *bars, *choices)}


def test_every_number_opens_the_list_that_it_counts(regency):
    page = Client().get(PAGE).content.decode()
    found = counted(page)

    assert len(found) >= 9
    assert "/industri/?regency=63.07&branch=pangan" in found
    for address, number in found.items():
        assert "63.07" in address
        assert Client().get(address).context["counts"].total == number, address
    assert "Tiga" not in page
    assert "Sentra Uji" in page
    assert "Kawasan Uji" in page


def test_it_tells_what_is_made_here_what_nobody_makes_and_what_others_call_leading(regency):
    page = Client().get(PAGE).content.decode()
    english = Client().get(f"/en{PAGE}").content.decode()

    assert re.search(r"Belum ada pembuat terdaftar di sini:\s+Ban luar", page)
    assert re.search(r"Pangan</strong>.*?Berita Uji\s*,\s*21 September 2023", page, re.DOTALL)
    assert '<strong lang="id">Pangan</strong>' in english
    assert "Ibu Rahasia" not in page + english
    assert "5000123" not in page + english


def test_a_regency_is_named_without_its_kind_unless_two_share_the_name(db):
    for code, name in (("63.03", "Kabupaten Banjar"), ("63.71", "Kota Banjar"), ("63.05", "Kabupaten Tapin")):
        RegencyFactory(code=code, name=name)
    reference.forget()

    assert slugs() == {"63.03": "kabupaten-banjar", "63.71": "kota-banjar", "63.05": "tapin"}


@pytest.mark.parametrize("rest", ["", "profil.pdf"])
def test_its_code_and_other_letters_lead_to_its_name(regency, rest):
    for named in ("63.07", "6307", "Hulu-Sungai-Tengah"):
        answer = Client().get(f"/en/daerah/{named}/{rest}")
        assert (answer.status_code, answer.url) == (301, f"/en{PAGE}{rest}")
    for nobody in ("63.99", "banua", "a" * 300, "%00"):
        assert Client().get(f"/daerah/{nobody}/{rest}").status_code == 404


def test_the_sheet_is_one_page_of_a4_in_the_language_of_the_address(regency):
    award = Award.objects.get()
    gaps = ("Belum ada pembuat terdaftar di sini: Ban luar", "No registered maker here: Ban luar")
    for prefix, language, said, gap in (
        ("", "id", "Pembuat menurut cabang", gaps[0]), ("/en", "en", "Makers by branch", gaps[1]),
    ):  # fmt: skip
        answer = Client().get(f"{prefix}{PAGE}profil.pdf")
        pdf = PdfReader(io.BytesIO(answer.content))
        text = " ".join(pdf.pages[0].extract_text().split())

        assert (len(pdf.pages), round(pdf.pages[0].mediabox.width), pdf.trailer["/Root"]["/Lang"]) == (1, 595, language)
        named = (award.name, award.establishment.name, "Sentra Uji", "Kawasan Uji")
        for words in (said, "Kabupaten Hulu Sungai Tengah", "Berita Uji", gap, PAGE, *named):
            assert words in text, words
        assert "Rahasia" not in text


def test_awards_are_counted_by_their_own_name_for_a_product_may_have_several(regency):
    """Listed are those that stand; the number above counts every award of the register."""
    for _more in range(5):
        an_award(regency="63.07")
    sheet = PdfReader(io.BytesIO(Client().get(f"/en{PAGE}profil.pdf").content))
    text = " ".join(sheet.pages[0].extract_text().split())

    assert re.search(r"OVOP awards that stand .{0,800}? and 2 more", text)
    page = Client().get(f"/en{PAGE}").content.decode()
    assert "<h2>OVOP awards that stand</h2>" in page
    for words in (text, page):
        assert "with stars" not in words
        assert "made here most" not in words  # what is counted are makers, not pieces
    assert "Counted are registered makers." in text
    assert re.search(r'Kain\b.{0,80}<span class="facet-count">\s*\d+ makers?\s*</span>', page, re.DOTALL)


def test_it_shows_the_quality_of_its_data_and_a_picture_to_share(regency, settings):
    load_quality_rules(settings.BASE_DIR / "data" / "reference")
    few = Client().get(f"/en{PAGE}").content.decode()
    for number in range(10):
        an_establishment(name=f"Pembuat {number}")
    page = Client().get(f"/en{PAGE}").content.decode()
    sheet = PdfReader(io.BytesIO(Client().get(f"/en{PAGE}profil.pdf").content))
    text = " ".join(sheet.pages[0].extract_text().split())

    assert "Not ranked" in few
    assert re.search(r"Rank 1 of 1 with \d+ of 100 points", page)
    assert re.search(r"Rank 1 of 1 with \d+ of 100 points", text)
    assert len(sheet.pages) == 1
    assert "no outside count yet" in page
    (picture,) = re.findall(r'property="og:image" content="http://testserver([^"]+)"', page)
    assert picture == "/en/gambar/daerah-hulu-sungai-tengah.jpg"
    assert Client().get(picture)["Content-Type"] == "image/jpeg"
    assert Client().get("/gambar/daerah-nirwana.jpg").status_code == 404


def test_the_office_sees_what_waits_there_and_each_number_opens_its_list(
    regency, settings, signed_in, officer, verifier
):
    load_quality_rules(settings.BASE_DIR / "data" / "reference")
    an_establishment(name="Satu Lagi")
    there = UserFactory(regency=Regency.objects.get(code="63.71"))
    sent = actions.draft(directory.get("establishments"), establishment_values(name="Baru"), by=officer)
    actions.submit(sent, by=officer, acknowledged=True)

    for client in (Client(), signed_in(there)):
        assert "Inside the office" not in client.get(f"/en{PAGE}").content.decode()
    for person in (officer, verifier):
        client = signed_in(person)
        page = client.get(f"/en{PAGE}").content.decode()
        panel = page[page.index("Inside the office") : page.index("All makers as a table")]
        lines = re.findall(r'<li><a href="([^"]+)">([^<]+)</a>\s*<span class="facet-count">([\d,]+)', panel)
        assert {label for _url, label, _number in lines} >= {
            "Submissions that wait for their decision", "Makers whose data can be better",
        }  # fmt: skip
        for url, _label, number in lines:
            answer = client.get(unescape(url).split("#")[0])
            assert answer.status_code == 200, url
            assert re.search(rf"\b{number}\b", answer.content.decode()), url


def test_a_page_costs_as_much_for_many_makers_as_for_one(regency, django_assert_max_num_queries):
    visitor = Client(headers={"Cache-Control": "no-cache"})
    numbers = []
    for name in ("Empat", "Lima", "Enam"):
        with django_assert_max_num_queries(60) as asked:
            assert visitor.get(PAGE).status_code == 200
        numbers.append(len(asked))
        an_establishment(name=name)

    assert len(set(numbers[1:])) == 1
    assert Client().get("/daerah/").status_code == 200
