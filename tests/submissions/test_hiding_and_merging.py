"""What is hidden stays so when records are merged, and moves with them."""

import pytest

from disperin.desk.refusals import NotNow
from disperin.duplicates import actions as duplicates
from disperin.registers.record import directory
from disperin.submissions import actions
from tests.factories import an_award, an_establishment
from tests.submissions.hiding import SLUG, fresh, hide

pytestmark = pytest.mark.thorough


def test_a_merged_record_stays_hidden_with_the_one_it_became_whatever_an_administrator_stores(administrator, verifier):
    register = directory.get(SLUG)
    keep, drop = an_establishment(), an_establishment(name="Kembar")
    duplicates.merge(register, keep, drop, by=verifier)
    hide(keep, by=administrator)

    for values in ({}, {"phone": "08125000123"}):
        actions.publish(register, values, by=administrator, record=fresh(drop))
        assert fresh(drop).hidden
    actions.publish(register, {}, by=administrator, record=fresh(drop), kind="reopen")
    assert not fresh(drop).hidden


def test_a_merged_record_is_hidden_while_it_or_the_one_it_became_is(administrator, verifier):
    keep, drop = an_establishment(), an_establishment(name="Kembar")
    duplicates.merge(directory.get(SLUG), keep, drop, by=verifier)
    own, of_kept = hide(drop, by=administrator), hide(keep, by=administrator)

    actions.lift(of_kept, reason="Sudah.", by=administrator)
    assert (fresh(keep).hidden, fresh(drop).hidden) == (False, True)

    of_kept = hide(keep, by=administrator)
    actions.lift(own, reason="Sudah.", by=administrator)
    assert fresh(drop).hidden

    actions.lift(of_kept, reason="Sudah.", by=administrator)
    assert not fresh(drop).hidden


def test_what_is_hidden_of_a_star_moves_with_the_merge_of_its_maker(administrator, verifier):
    keep = an_establishment()
    there = an_establishment(name="Kembar", regency="63.06", products=[{"name": "Kain"}])
    award = an_award(establishment=there)
    made = hide(award, by=administrator, slug="awards")

    duplicates.merge(directory.get(SLUG), keep, there, by=verifier)

    assert (fresh(award).regency_id, fresh(made).regency_id) == ("63.07", "63.07")


def test_what_is_hidden_is_not_merged_away(administrator, verifier):
    keep, drop = an_establishment(), an_establishment(name="Kembar", story_id="Rahasia")
    hide(drop, "story_id", by=administrator)

    with pytest.raises(NotNow):
        duplicates.merge(directory.get(SLUG), keep, drop, by=verifier)
