"""The one whole path: proposed by a regency, returned, mended, verified by the province, found by the public."""

import pytest
from playwright.sync_api import expect

from disperin.submissions.models import Submission
from disperin.submissions.workflow import Status
from industries.models import Establishment

WAYS = {
    "Indonesian on a desk": {"width": 1280},
    "English on a telephone": {"width": 360, "language": "en"},
    "Indonesian on a telephone without JavaScript": {"width": 360, "script": False},
    "Indonesian by keyboard alone": {"width": 1280, "keyboard": True},
}
NAME = "Sasirangan Murakata"
REASON = "Nomor ini milik orang lain, mohon dicek."
PRODUCTS = ("Kain sasirangan katun", "Selendang sasirangan", "Syal gradasi")


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_business_goes_from_the_officers_proposal_to_the_public_page(
    banua, officer, verifier, hands, photo_file, says, way
):
    clerk, province, visitor = hands(**way), hands(**way), hands(**way)
    language = way.get("language", "id")

    number = _propose(clerk, officer, photo_file)
    _return(province, verifier, number)
    _mend(clerk, number, says("Returned:", language))
    _verify(province, number)

    assert Submission.objects.get(number=number).status == Status.VERIFIED
    record = Establishment.objects.get(name=NAME)
    _find(visitor, record)
    _read_by_machine(visitor.page.request, record)


def _propose(clerk, officer, photo_file):
    """Sign in, fill in the draft with three products and a photo, submit; returns the number."""
    clerk.sign_in(officer)
    clerk.press("main a[href$='/usulan/baru/']")
    clerk.tick("[name=daftar]", "establishments")
    clerk.press("main form button[type=submit]")
    expect(clerk.see("#draft")).to_be_visible()
    number = clerk.page.url.rstrip("/").split("/")[-2]

    clerk.fill("[name=name]", NAME)
    clerk.choose("[name=legal_form]", "perorangan")
    clerk.choose("[name=branch]", "sandang_kulit")
    clerk.fill("[name=kbli]", "2020-13134")
    clerk.choose("[name=district]", "63.07.06")
    clerk.choose("[name=village]", "63.07.06.1001")
    clerk.unfold("contact")
    clerk.fill("[name=phone]", "0812 5111 2222")
    clerk.unfold("size")
    clerk.fill("[name=workers_male]", "4")
    clerk.fill("[name=workers_female]", "15")
    clerk.fill("[name=investment]", "250000000")
    clerk.unfold("face")
    clerk.attach("[name=photo-file]", photo_file)
    for at, product in enumerate(PRODUCTS):
        clerk.press("button[name=add][value=products]")
        clerk.fill(f"[name=products-{at}-name]", product)
    _hand_in(clerk, number)
    return number


def _hand_in(clerk, number):
    """Read all answers back, submit."""
    clerk.press("button[name=check]")
    clerk.arrive(f"/usulan/{number}/isian/")
    expect(clerk.see("#hand-in")).to_contain_text(PRODUCTS[2])
    clerk.meets_no_barrier()
    clerk.press("button[name=submit]")
    clerk.arrive(f"/usulan/{number}/")


def _return(province, verifier, number):
    """Take it from the queue and send it back with a reason on the telephone number."""
    province.sign_in(verifier)
    province.press(".task-button[href*='status=unclaimed']")
    province.press(f"form[action$='/{number}/ambil/'] button")
    expect(province.see("#review")).to_contain_text(PRODUCTS[2])
    province.see(".evidence-list").scroll_into_view_if_needed()
    expect(province.see("img.evidence-photo")).to_be_visible()
    province.press("details:has([name='reason:phone']) summary")
    province.fill("[name='reason:phone']", REASON)
    province.press("button[name=decision][value=return]")
    province.arrive("/usulan/")  # nothing else waits


def _mend(clerk, number, returned):
    """Read the reason at its field, correct that field, submit again."""
    clerk.open("/usulan/")
    clerk.press(f"main a[href$='/usulan/{number}/']")
    clerk.press(f"main a[href$='/{number}/ubah/']")
    at_the_field = clerk.see(".field-box:has([name=phone]) .field-reason")
    expect(at_the_field).to_contain_text(f"{returned} {REASON}")
    expect(clerk.see("[name=products-2-name]")).to_have_value(PRODUCTS[2])
    clerk.fill("[name=phone]", "0813 4999 8888")
    _hand_in(clerk, number)


def _verify(province, number):
    """Take it again, see what is proposed now, verify."""
    province.open("/usulan/")
    province.press(f"form[action$='/{number}/ambil/'] button")
    expect(province.see("#review")).to_contain_text(REASON)
    expect(province.see("#review")).to_contain_text("+6281349998888")
    province.press("button[name=decision][value=verify]")
    province.arrive("/usulan/")


def _find(visitor, record):
    """Search, open the page, see the photograph and the products."""
    visitor.open("/industri/")
    visitor.fill("#id_q", "murakata")
    visitor.press("form.list-search button")
    visitor.press(f"main a[href$='/industri/{record.number}/']")
    expect(visitor.see("h1")).to_have_text(NAME)
    for product in PRODUCTS:
        expect(visitor.see(".product-list")).to_contain_text(product)
    photo = visitor.see(".record-photo img")
    expect(photo).to_be_visible()
    answer = visitor.page.request.get(photo.get_attribute("src"))
    assert answer.ok
    assert answer.headers["content-type"] == "image/webp"


def _read_by_machine(request, record):
    """The same record by API."""
    answer = request.get(f"/api/v1/establishments/{record.number}/")
    assert answer.ok
    assert answer.json()["name"] == NAME
    assert [one["name"] for one in answer.json()["products"]] == list(PRODUCTS)
