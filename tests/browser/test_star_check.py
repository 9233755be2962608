"""Journey P1: a label is printed in the office, scanned in a shop, and tells the truth on every day."""

import base64
import io

import pytest
import zxingcpp
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from disperin.registers.record import directory
from disperin.submissions import actions
from ovop.actions import print_label
from ovop.models import Label
from tests.factories import an_administrator, an_award

WAYS = {
    "Indonesian on a desk": {"width": 1280},
    "English on a telephone": {"width": 360, "language": "en"},
    "Indonesian on a telephone without JavaScript": {"width": 360, "script": False},
    "Indonesian by keyboard alone": {"width": 1280, "keyboard": True},
}


@pytest.fixture
def portal(settings, live_server, banua):
    """The address that labels are printed with, and a key to sign them."""
    settings.PUBLIC_ORIGIN = live_server.url
    settings.OVOP_SIGNING_KEYS = f"uji={base64.b64encode(b'u' * 32).decode()}"
    return live_server.url


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_buyer_scans_a_label_and_learns_how_the_star_stands_today(portal, officer, hands, says, way):
    award, language = an_award(), way.get("language", "id")
    clerk, buyer = hands(**way), hands(**way)

    code = _scanned(_printed(clerk, officer, award))
    path = code.removeprefix(portal)
    assert buyer.open(path).status == 200
    _read(buyer, says("This star is valid", language), award.name)

    _revoke(award)
    buyer.open(path)
    _read(buyer, says("This star has been revoked", language), award.name)

    assert buyer.open(path[:-5] + "AAAA/").status == 400
    _read(buyer, says("This label was altered", language), says("Look for the product", language))
    assert Label.objects.get().scans == 2


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_visitor_goes_from_the_gallery_to_a_maker(portal, hands, way):
    award, other = an_award(), an_award(name="Anyaman purun", group="anyaman", regency="63.06")
    visitor = hands(**way)

    visitor.open("/")
    if way["width"] < 992:
        visitor.press("summary:has-text('Menu')")
    visitor.press(".masthead-nav a[href$='/ovop/']")
    visitor.arrive("/ovop/")
    expect(visitor.page.locator(".maker-card")).to_have_count(2)
    visitor.meets_no_barrier()

    visitor.open("/ovop/?group=batik&grade=permenperin_14_2021-2")
    expect(visitor.page.locator(".maker-card")).to_have_count(1)
    visitor.press(f"a[href$='/ovop/{award.number}/']")
    visitor.arrive(f"/ovop/{award.number}/")
    expect(visitor.page.locator("main")).not_to_contain_text(other.name)
    visitor.meets_no_barrier()

    visitor.press(f"main a[href$='/industri/{award.establishment.number}/']")
    visitor.arrive(f"/industri/{award.establishment.number}/")
    visitor.open("/ovop/statistik/")
    visitor.meets_no_barrier()


def _printed(clerk, officer, award):
    """Sign in, print the label as a picture; gives the file."""
    clerk.sign_in(officer)
    clerk.open(f"/ovop/{award.number}/")
    clerk.press("a[href$='/label/']")
    clerk.arrive(f"/ovop/{award.number}/label/")
    clerk.meets_no_barrier()
    clerk.tick("[name=form]", "png")
    with clerk.page.expect_download() as download:
        clerk.press("main form button[type=submit]")
    return download.value.path().read_bytes()


def _scanned(file):
    """What a QR reader finds in a picture."""
    with Image.open(io.BytesIO(file)) as picture:
        (found,) = zxingcpp.read_barcodes(picture.convert("L"))
    return found.text


def _read(hand, *texts):
    for text in texts:
        expect(hand.page.locator("main")).to_contain_text(text)
    expect(hand.page.locator("h1")).to_have_text(texts[0])
    hand.meets_no_barrier()


def _revoke(award):
    values = {"state": "dicabut", "state_on": "2025-06-16", "state_reason": "Mutu turun"}
    actions.publish(directory.get("awards"), values, by=an_administrator(), record=award)


def test_a_label_is_checked_without_a_connection_as_of_the_last_day_with_one(portal, visit, says):
    award, gone = an_award(), an_award(name="Anyaman purun", group="anyaman", regency="63.06")
    labels = [print_label(one, form="a7", by=an_administrator()) for one in (award, gone)]
    _revoke(gone)
    page = visit(width=360)
    page.goto(f"/v/{labels[0].token}/")
    expect(page.locator("[data-worker]")).to_be_visible()  # all of it is kept now

    page.context.set_offline(True)

    told = (says("This label is genuine by its signature"), says("This star has been revoked"))
    for label, heading in zip(labels, told, strict=True):
        page.goto(f"/v/{label.token}/")
        expect(page.locator("[data-verdict]:visible h2")).to_have_text(heading)
        expect(page.locator("[data-as-of]:visible")).to_contain_text(str(timezone.localdate().year))
        expect(page.locator("[data-claim-number]")).to_have_text(label.award.number)
    page.goto(f"/v/{labels[0].token[:-4]}AAAA/")
    expect(page.locator("[data-verdict]:visible h2")).to_have_text(says("This label was altered"))
    page.context.set_offline(False)
    assert page.goto(f"/v/{labels[1].token}/").status == 200
    expect(page.locator("h1")).to_have_text(says("This star has been revoked"))
