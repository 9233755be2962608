"""Journey P6: a product is ready, is nominated, verified, judged by two who do not see each other, and awarded."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from disperin.submissions.models import Submission
from ovop import actions
from ovop.models import Award, AwardRound, Criterion, Nomination, ReadinessWeight, Scheme
from tests import factories

WAYS = {
    "Indonesian by keyboard alone": {"width": 1280, "keyboard": True},
    "English on a telephone": {"width": 360, "language": "en"},
    "Indonesian on a telephone without JavaScript": {"width": 360, "script": False},
}
DRAFT = re.compile(r"/usulan/(AJU-\d{4}-\d+)/ubah/")
GAP = "Contoh produk yang dinilai berbeda."
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def this_year(banua):
    """A round that takes proposals today, weights of readiness and criteria: the office's own, as an administrator
    enters them."""
    office, today = factories.an_administrator(), timezone.localdate()
    scheme = Scheme.objects.get(pk="permenperin_14_2021")
    rows = [AwardRound(key=str(today.year), year=today.year, scheme=scheme, opens_on=today)]
    rows += [ReadinessWeight(key=fact, fact=fact, weight=10) for fact in ("nib", "merek", "foto", "kapasitas")]
    names = {"name_id": "Mutu", "name_en": "Quality"}
    rows += [Criterion(key=key, points=10, weight=50, **names) for key in ("mutu", "pasar")]
    for row in rows:
        actions.keep(row, by=office)
    return today


@pytest.fixture
def paper(tmp_path):
    """A scanned decree."""
    path = tmp_path / "sk.pdf"
    path.write_bytes(PDF)
    return path


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_product_goes_from_readiness_to_its_star(this_year, officer, verifier, second_verifier, hands, paper, way):
    maker = factories.an_establishment(products=[{"name": "Tas purun", "brand": "Banua"}])
    product = maker.products.get()
    clerk, first, second = hands(**way), hands(**way), hands(**way)

    clerk.sign_in(officer)
    _nominate(clerk, product, paper)
    first.sign_in(verifier)
    _verify(first)
    nomination = Nomination.objects.get()
    page = f"/ovop/usulan/{nomination.number}/"

    first.open(page)
    first.press("button[value=select]")
    _assess(first, page, 10)
    second.sign_in(second_verifier)
    second.open(page)
    expect(second.see("main")).not_to_contain_text(verifier.full_name + ":")
    _assess(second, page, 8)
    first.open(page)
    expect(first.see("main")).to_contain_text(f"{second_verifier.full_name}:")
    assert first.page.locator("button[value=determine]").count() == 0
    first.fill("[name=note]", GAP)
    first.press("button[value=explain]")
    expect(first.see("button[value=determine]")).to_be_visible()
    first.meets_no_barrier()
    first.press("button[value=determine]")
    _enter_result(first, page, this_year)

    clerk.open(page)
    clerk.press("button[value=award]")
    _hand_in(clerk)
    _verify(first)
    visitor = hands(**way)
    visitor.open(f"/industri/{maker.number}/")
    visitor.press(f"a[href$='/ovop/{Award.objects.get().number}/']")
    expect(visitor.see("main")).to_contain_text("2 " + ("of" if way.get("language") else "dari") + " 3")
    assert visitor.page.goto(f"{visitor.prefix}{page}").url.endswith(f"?next={visitor.prefix}{page}")


def _nominate(clerk, product, paper):
    """From the list to the product, from there to a draft that knows it; a paper, then hand it in."""
    clerk.open("/ovop/kesiapan/")
    clerk.meets_no_barrier()
    clerk.press(f"a[href$='/ovop/kesiapan/{product.key}/']")
    expect(clerk.see("main ol")).to_be_visible()
    clerk.meets_no_barrier()
    clerk.press("main form button[type=submit]")
    expect(clerk.see("[name=product]")).to_have_value(str(product.key))
    clerk.choose("[name=group]", "anyaman")
    clerk.unfold("reasons")
    clerk.fill("[name=uniqueness]", "Purun dari rawa sendiri.")
    clerk.press("button[name=add][value=papers]")
    clerk.choose("[name=papers-0-item]", "sk_sentra")
    clerk.attach("[name=papers-0-file-file]", paper)
    _hand_in(clerk)


def _hand_in(clerk):
    """Submit; what the form warns of was seen."""
    expect(clerk.page).to_have_url(DRAFT)
    number = DRAFT.search(clerk.page.url).group(1)
    clerk.press("button[name=check]")
    clerk.press("[name=acknowledged]")
    clerk.press("button[name=submit]")
    clerk.arrive(f"/usulan/{number}/")


def _verify(province):
    """Take the one submission that waits and verify it."""
    number = Submission.objects.waiting().get().number
    province.open(f"/usulan/{number}/periksa/")
    province.press("form[action$='/ambil/'] button")
    province.press("button[name=decision][value=verify]")
    province.arrive("/usulan/")  # nothing else waits


def _assess(verifier, page, points):
    """The same points for every criterion."""
    verifier.press(f"a[href$='{page}nilai/']")
    verifier.arrive(f"{page}nilai/")
    verifier.meets_no_barrier()
    for key in ("mutu", "pasar"):
        verifier.fill(f"[name=points-{key}]", str(points))
    verifier.press("main form button[type=submit]")
    verifier.arrive(page)


def _enter_result(verifier, page, day):
    """Two stars, by decree of today."""
    verifier.press(f"a[href$='{page}hasil/']")
    verifier.arrive(f"{page}hasil/")
    verifier.meets_no_barrier()
    verifier.tick("[name=result]", "ditetapkan")
    verifier.fill("[name=stars]", "2")
    verifier.fill("[name=decree_number]", "SK CONTOH/7")
    verifier.fill("[name=decree_on]", day.isoformat())
    verifier.press("main form button[type=submit]")
    verifier.arrive(page)
