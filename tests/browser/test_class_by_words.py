"""Whoever does not know a class of KBLI writes what is made, and picks one of those that may be meant."""

import re

import pytest
from playwright.sync_api import expect

from disperin.registers.record import directory
from disperin.registers.record.revisions import REFERENCE, raise_revision
from disperin.submissions import actions
from disperin.submissions.models import Submission
from industries.models import KbliWord
from tests.factories import establishment_values, two_versions_of_kbli

CHIPS, BATIK = "2025-10794", "2025-13133"
# does all that is offered lie above the bar that stays at the lower edge?
IN_SIGHT = """() => document.getElementById("id_kbli_choices").getBoundingClientRect().bottom
  <= document.querySelector(".sticky-bar").getBoundingClientRect().top"""


@pytest.fixture
def draft(transactional_db, officer):
    two_versions_of_kbli()
    for key, phrase in ((CHIPS, "keripik singkong"), (BATIK, "kain sasirangan")):
        KbliWord.objects.create(kbli_id=key, phrase=phrase)
    raise_revision(REFERENCE)
    values = establishment_values(name="Dapur Banua", kbli=None, products=[{"name": "Kain sasirangan"}])
    return actions.draft(directory.get("establishments"), values, by=officer)


def values_of(draft):
    values = Submission.objects.get(pk=draft.pk).values
    return values["kbli"], values["products"][0]["kbli"]


@pytest.mark.parametrize("width", [1280, 360])
def test_classes_are_offered_while_somebody_types_and_for_the_name_of_a_product(draft, officer, hands, says, width):
    clerk = hands(officer, width=width)
    clerk.open(f"/usulan/{draft.number}/ubah/")
    saved = clerk.page.locator("[data-saved-state]")

    clerk.fill("[name=kbli]", "kripik singkong")
    expect(clerk.see(f"[name=kbli-pick][value='{CHIPS}']")).to_be_visible()
    clerk.page.wait_for_function(IN_SIGHT)
    clerk.press(f"[name=kbli-pick][value='{CHIPS}']")
    clerk.press("[name=products-0-kbli]")
    clerk.press(f"[name=products-0-kbli-pick][value='{BATIK}']")
    clerk.meets_no_barrier()
    expect(saved).to_have_text(re.compile(rf"^{says('Saved')} "))
    clerk.press("button[name=check]")

    clerk.arrive(f"/usulan/{draft.number}/isian/")
    assert values_of(draft) == (CHIPS, BATIK)


def test_without_javascript_the_page_comes_back_with_the_classes(draft, officer, hands):
    clerk = hands(officer, width=360, script=False)
    clerk.open(f"/usulan/{draft.number}/ubah/")

    clerk.fill("[name=kbli]", "keripik singkong")
    clerk.press("button[name=check]")
    expect(clerk.see("[name=kbli]")).to_have_value("keripik singkong")
    clerk.press(f"[name=kbli-pick][value='{CHIPS}']")
    clerk.press("button[name=check]")

    clerk.arrive(f"/usulan/{draft.number}/isian/")
    assert values_of(draft)[0] == CHIPS
