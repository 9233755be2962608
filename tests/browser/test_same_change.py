"""An officer finds who has no telephone, ticks some, and proposes the same number for all; by keyboard alone, too."""

import pytest
from playwright.sync_api import expect

from disperin.submissions.models import Batch
from disperin.submissions.workflow import Status
from tests.factories import an_establishment

WAYS = {
    "by keyboard on a desk": {"width": 1280, "keyboard": True},
    "without JavaScript": {"width": 360, "script": False},
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_who_has_no_telephone_gets_one_by_the_same_change(banua, officer, hands, way):
    ticked = an_establishment(name="Anyaman Barabai")
    an_establishment(name="Batik Barabai", phone="081250009999")
    clerk = hands(officer, **way)

    clerk.open("/data/establishments/belum-ada/")
    clerk.meets_no_barrier()
    clerk.press("a.lack-number[href$='lack=phone']")
    clerk.arrive("/data/establishments/?lack=phone")
    expect(clerk.see("#daftar-data")).to_contain_text("1")
    clerk.meets_no_barrier()
    clerk.press(f"[name=records][value='{ticked.pk}']")
    clerk.press("[name=change]")
    clerk.fill("[name=phone]", "0812 5000 1122")
    clerk.meets_no_barrier()
    clerk.press("main form button[type=submit]")
    expect(clerk.see("main table")).to_contain_text("Anyaman Barabai")
    clerk.meets_no_barrier()
    clerk.press("[name=submit]")

    expect(clerk.see("h1")).to_contain_text("Telepon")
    clerk.page.wait_for_url("**/usulan/berkas/**")
    (proposed,) = Batch.objects.get().submissions.filter(status=Status.SUBMITTED)
    assert (proposed.record_id, proposed.values["phone"]) == (ticked.pk, "+6281250001122")
