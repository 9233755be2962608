"""A public record is corrected in a second round, later closed: everybody reads the old version until then."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from disperin.submissions.models import Kind, Submission
from disperin.submissions.workflow import Status
from disperin.ui import formats
from tests.factories import an_establishment

OLD, WRONG, RIGHT = "Dapur Ulin", "Dapur Ulin Barabay", "Dapur Ulin Barabai"
REASON = "Barabai ditulis dengan i."
WAYS = {"on a telephone": {"width": 360}, "by keyboard alone": {"keyboard": True}}  # the province works the other way


@pytest.mark.parametrize("at_the_clerks", WAYS, ids=WAYS)
def test_everybody_reads_what_is_verified_while_a_telephone_and_a_desk_change_it(
    banua, officer, verifier, hands, at_the_clerks
):
    maker = an_establishment(name=OLD)
    at_the_province = next(way for way in WAYS if way != at_the_clerks)
    clerk, province = hands(**WAYS[at_the_clerks]), hands(**WAYS[at_the_province])
    visitor = hands(width=360, script=False)
    clerk.sign_in(officer)
    province.sign_in(verifier)

    number = _proposes(clerk, maker, WRONG)
    _reads(visitor, maker, OLD)
    _returns(province, number)
    _mends(clerk, number)
    _reads(visitor, maker, OLD)
    _verifies(province, number, REASON, WRONG, RIGHT)
    _reads(visitor, maker, RIGHT)

    today = timezone.localdate()
    number = _closes(clerk, maker, today)
    _reads(visitor, maker, RIGHT)
    assert visitor.page.locator(".notice-warning").count() == 0
    _verifies(province, number, formats.day(today))
    _reads(visitor, maker, RIGHT)
    expect(visitor.see(".notice-warning")).to_contain_text(formats.day(today))
    clerk.open(f"/usulan/data/establishments/{maker.number}/riwayat/")
    expect(clerk.see("main")).to_contain_text("Usaha tutup")
    clerk.meets_no_barrier()
    told = Submission.objects.exclude(kind=Kind.CREATE).order_by("pk").values_list("kind", "status")
    assert list(told) == [(Kind.CHANGE, Status.VERIFIED), (Kind.CLOSE, Status.VERIFIED)]


def _reads(visitor, maker, name):
    visitor.open(f"/industri/{maker.number}/")
    expect(visitor.see("h1")).to_have_text(name)


def _begins(clerk, maker, button):
    """Press one of the buttons on the maker's page; returns the number of the draft."""
    clerk.open(f"/industri/{maker.number}/")
    clerk.press(button)
    clerk.press("main form button[type=submit]")
    clerk.page.wait_for_url("**/ubah/")
    clerk.meets_no_barrier()
    return clerk.page.url.rstrip("/").split("/")[-2]


def _hand_in(clerk, number):
    clerk.press("button[name=check]")
    clerk.arrive(f"/usulan/{number}/isian/")
    clerk.press("button[name=submit]")
    clerk.arrive(f"/usulan/{number}/")


def _proposes(clerk, maker, name):
    number = _begins(clerk, maker, f"main a[href$='data={maker.number}']")
    clerk.unfold("who")
    clerk.fill("[name=name]", name)
    _hand_in(clerk, number)
    return number


def _returns(province, number):
    province.open("/usulan/")
    province.press(f"form[action$='/{number}/ambil/'] button")
    expect(province.see("#review")).to_contain_text(WRONG)
    province.press("details:has([name='reason:name']) summary")
    province.fill("[name='reason:name']", REASON)
    province.press("button[name=decision][value=return]")
    province.arrive("/usulan/")


def _mends(clerk, number):
    """From the first page, where what came back waits."""
    clerk.open("/ringkasan/")
    clerk.press(".task-button[href*='status=returned']")
    clerk.press(f"main a[href$='/usulan/{number}/']")
    clerk.press(f"main a[href$='/{number}/ubah/']")
    expect(clerk.see(".field-box:has([name=name]) .field-reason")).to_contain_text(REASON)
    clerk.fill("[name=name]", RIGHT)
    _hand_in(clerk, number)


def _verifies(province, number, *told):
    province.open("/usulan/")
    province.press(f"form[action$='/{number}/ambil/'] button")
    for words in told:
        expect(province.see("#review")).to_contain_text(words)
    province.meets_no_barrier()
    province.press("button[name=decision][value=verify]")
    province.arrive("/usulan/")


def _closes(clerk, maker, day):
    number = _begins(clerk, maker, "main a[href$='jenis=close']")
    clerk.choose("[name=closed_reason]", "ended")
    clerk.fill("[name=closed_on]", f"{day:%d/%m/%Y}")
    _hand_in(clerk, number)
    return number
