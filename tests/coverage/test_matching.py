"""What lines of other offices' lists are about: by number, by tax number, by name, by a person; and what is counted."""

import datetime

import pytest
from django.utils import timezone

from disperin.coverage import actions
from disperin.coverage.actions.comparing import Judge, _is_same_place
from disperin.coverage.models import OutsideTask
from disperin.coverage.rules import Said, identity
from disperin.duplicates import actions as duplicates
from disperin.registers.record import directory
from disperin.tasks import actions as tasks
from industries.models import Establishment, HalalCertification, OutsideCount
from tests.coverage.conftest import NIBS
from tests.factories import RegencyFactory, VillageFactory, a_line_of_a_list, an_establishment

pytestmark = pytest.mark.django_db

VILLAGES = ("63.07.01.2001", "63.07.01.2002")


@pytest.fixture
def elsewhere():
    return RegencyFactory(code="63.06")


def judged(line, outside_list=None):
    """A line as it stands after it was judged."""
    Judge(outside_list or line.outside_list).judge([line])
    line.refresh_from_db()
    return line.outcome, line.matched_by, line.record_number


def test_a_list_of_one_regency_counts_nothing_of_another_and_nothing_that_has_ended(officer, administrator, elsewhere):
    first = a_line_of_a_list(officer)
    found = first.outside_list
    for at, told in enumerate(
        [{"regency": elsewhere}, {"says_ended": True}, {"outcome": "unread"}, {"outcome": "found"}], start=3
    ):
        found.lines.create(**{"regency": officer.regency, "position": at, "number": at, "outcome": "new", **told})

    actions.count_for_league(found, only_industry=True, by=administrator)

    assert list(OutsideCount.objects.values_list("regency", "number")) == [("63.07", 2)]
    assert found.left_out() == 2  # the one of another regency, and the one that cannot be compared


def test_the_nib_is_asked_before_the_tax_number(officer):
    parent, branch = an_establishment(name="PT Induk"), an_establishment(name="PT Cabang", nib=NIBS.ayu)
    line = a_line_of_a_list(officer, name="PT Cabang", nib=NIBS.ayu, record_id=parent.pk, matched_by="npwp")

    assert judged(line) == ("found", "nib", branch.number)


def test_none_of_them_stays_said_until_its_number_is_found(officer):
    an_establishment(name="Ayu Sasirangan")
    line = a_line_of_a_list(officer, name="Ayu Sasirangann", nib=NIBS.ayu, outcome="", matched_by="person")

    assert judged(line) == ("new", "person", "")

    there = an_establishment(name="Ayu Sasirangan Dua", nib=NIBS.ayu)
    assert judged(line)[1:] == ("nib", there.number)


def test_what_a_person_said_follows_the_record_into_which_it_was_merged(officer, verifier):
    keep, drop = an_establishment(name="Budi Mebel"), an_establishment(name="Budi Meubel")
    line = a_line_of_a_list(officer, name="Budi Mebel", outcome="", matched_by="person", record_id=drop.pk)
    duplicates.merge(directory.get("establishments"), keep, drop, by=verifier)

    assert judged(line) == ("found", "person", keep.number)


def test_two_places_of_one_nib_are_not_both_the_one_place_that_is_here(officer):
    district = VillageFactory(code=VILLAGES[0]).district
    VillageFactory(code=VILLAGES[1], district=district)
    here = an_establishment(name="Ayu Sasirangan", nib=NIBS.ayu, village=VILLAGES[1])
    told = {"name": "Ayu Sasirangan", "nib": NIBS.ayu, "outcome": ""}
    first = a_line_of_a_list(officer, **told, village_id=VILLAGES[0])
    told |= {"regency": officer.regency, "says_regency": "63.07"}
    second = first.outside_list.lines.create(**told, position=3, number=3, village_id=VILLAGES[1])

    assert judged(first) == ("doubtful", "", "")
    assert [one["number"] for one in first.rivals] == [here.number]
    assert judged(second) == ("found", "nib", here.number)


def test_a_name_without_a_place_cannot_be_compared(officer):
    line = a_line_of_a_list(officer, regency=None, outcome="", name="Entah Di Mana")

    assert judged(line)[0] == "unread"
    assert line.problem


def test_a_name_without_a_village_repeats_no_other(db):
    first, second = Said(name="Ayu", regency="63.07"), Said(name="Ayu", regency="63.07", village=VILLAGES[0])

    assert identity("census", first) != identity("census", first)
    assert identity("census", second) == identity("census", second)
    assert identity("census", Said()) == ""


def test_certificates_are_likened_to_nothing(officer):
    assert _is_same_place(HalalCertification, a_line_of_a_list(officer), HalalCertification()) is False


def test_no_rival_is_missing_and_a_missing_line_says_what_its_record_says_now(
    officer, officer_there, bring, again, elsewhere
):
    rivals = [an_establishment(name=name) for name in ("Citra Anyaman", "Citra Anyaman")]
    lacking = an_establishment(name="Dewi Kerupuk")
    brought = bring(officer, [[1, "Citra Anyamann", None, "q", "63.07", None, None]])
    (line,) = brought.lines.filter(position__isnull=False)
    assert {one["number"] for one in line.rivals} == {one.number for one in rivals}
    (missing,) = brought.lines.filter(outcome="missing")

    Establishment.objects.filter(pk=lacking.pk).update(name="Dewi Amplang", nib=NIBS.there)
    again(brought, by=officer)

    missing.refresh_from_db()
    assert (missing.record_number, missing.name, missing.nib) == (lacking.number, "Dewi Amplang", NIBS.there)


def test_a_task_follows_its_line_or_ends_where_its_person_reaches_it_no_more(
    officer, verifier, bring, again, elsewhere
):
    maker = an_establishment(name="Kilang Tepian", nib=NIBS.there)
    row = [1, "Kilang Tepi", NIBS.there, "c", None, None, None]
    brought = bring(verifier, [row, [2, "Bukan Ini", NIBS.ayu, "d", None, None, None]], regency=None)
    line = brought.lines.get(record_number=maker.number, position__isnull=False)
    due = timezone.localdate() + datetime.timedelta(days=7)
    (held,) = tasks.assign([OutsideTask(line=line, regency_id=line.regency_id)], to=officer, due_on=due, by=verifier)

    Establishment.objects.filter(pk=maker.pk).update(regency="63.06", name="Lain Sekali")
    again(brought, by=verifier)

    line.refresh_from_db()
    held.refresh_from_db()
    assert (line.regency_id, held.regency_id, held.ended_on is None) == ("63.06", "63.06", False)
