"""Who lacks what: from the number to its list, from the list to a person with a day, from the person to the repair."""

import pytest
from playwright.sync_api import expect

from disperin.mydata.models import LackTask
from tests.factories import an_establishment

WAYS = {
    "Indonesian by keyboard alone": {"width": 1280, "keyboard": True},
    "English on a telephone": {"width": 360, "language": "en"},
    "Indonesian on a telephone without JavaScript": {"width": 360, "script": False},
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_what_is_missing_is_handed_to_a_colleague_who_finds_it_among_what_is_due(banua, officer, colleague, hands, way):
    record = an_establishment(name="Anyaman Barabai")
    an_establishment(name="Batik Barabai", nib="8120001234567")
    clerk, other = hands(officer, **way), hands(colleague, **way)

    clerk.open("/data/establishments/belum-ada/")
    clerk.press("a.lack-number[href$='lack=nib']")
    clerk.arrive("/data/establishments/?lack=nib")
    expect(clerk.page.locator(".results")).not_to_contain_text("Batik Barabai")
    clerk.press(f"[name=records][value='{record.pk}']")
    clerk.choose("[name=to]", str(colleague.pk))
    clerk.fill("[name=due_on]", "31/12/2099")
    clerk.fill("[name=note]", "Tanyakan lewat kelurahan.")
    clerk.meets_no_barrier()
    clerk.press("[name=assign]")
    expect(clerk.see(".notice-success")).to_contain_text(colleague.full_name)
    expect(clerk.page.locator(".results tbody")).to_contain_text("Tanyakan lewat kelurahan.")
    clerk.meets_no_barrier()

    task = LackTask.objects.get()
    assert (task.record_number, task.lack, task.assigned_to) == (record.number, "nib", colleague)
    other.open("/tenggat/")
    expect(other.page.locator("main")).to_contain_text("Anyaman Barabai")
    other.meets_no_barrier()
