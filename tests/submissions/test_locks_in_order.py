"""Whoever holds several rows takes them in one order, so that two never wait for each other."""

import pytest
from django.db import transaction
from django.utils import timezone

from disperin.desk.refusals import NotNow, Refused
from disperin.duplicates import actions as duplicates
from disperin.registers.gate.in_bulk import Proposed, judge
from disperin.registers.models import Counter, Origin
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.actions import gathering, spreading
from disperin.submissions.batches import actions as batches
from disperin.submissions.models import Batch, Submission
from disperin.submissions.models.stock import Stock
from disperin.submissions.workflow import Status
from industries.models import Cluster, Establishment, HalalCertification
from tests.factories import (
    a_cluster,
    a_halal_certificate,
    a_milestone,
    a_zone,
    an_establishment,
    establishment_values,
    halal_values,
    milestone_values,
    place,
)
from tests.submissions.beside import beside
from tests.submissions.hiding import hide
from zones.models import Zone

pytestmark = [pytest.mark.thorough, pytest.mark.django_db(transaction=True)]


def held(model, row):
    """Holds a stored row, which nobody else holds."""
    return list(model.objects.select_for_update(of=["self"], nowait=True).filter(pk=row.pk))


def test_names_that_are_newly_borrowed_are_held_in_the_order_of_their_keys():
    first, second = a_cluster(regency="63.07"), a_cluster(regency="63.06")
    assert (first.pk < second.pk, first.number < second.number) == (True, False)
    wanted = [({}, {"cluster": one.number}) for one in (second, first)]

    def borrow():
        with transaction.atomic():
            gathering.hold_lenders(directory.get("establishments"), wanted)

    beside(lambda: held(Cluster, first), borrow, then=lambda: held(Cluster, second))


@pytest.mark.parametrize("path", ["name", ""])
def test_what_is_written_of_many_at_once_is_held_in_the_order_of_its_keys(path, monkeypatch, administrator):
    monkeypatch.setattr(gathering, "MOST", 1)
    monkeypatch.setattr(spreading, "MOST", 1)
    cluster = a_cluster()
    first, second = (an_establishment(name=f"Usaha {at}", cluster=cluster.number) for at in range(2))
    Establishment.objects.filter(pk=first.pk).update(address="Jl. Baru")  # it lies behind the other from now on

    beside(
        lambda: held(Establishment, first),
        lambda: hide(cluster, path, by=administrator, slug="clusters"),
        then=lambda: held(Establishment, second),
    )

    assert path or not Establishment.objects.exclude(cluster=None).exists()


def test_whoever_verifies_a_move_holds_what_goes_along_as_whoever_publishes_one_does(
    officer, verifier, second_verifier
):
    maker = an_establishment()
    register = directory.get("establishments")
    draft = actions.draft(register, {"phone": "08125000123"}, by=officer, record=maker)
    move = actions.draft(register, place("63.06"), by=verifier, record=maker)
    move = actions.submit(move, by=verifier)

    beside(
        lambda: held(Submission, draft),
        lambda: actions.verify(move, by=second_verifier, round=1),
        then=lambda: held(Submission, move),
    )

    assert Submission.objects.get(pk=move.pk).status == Status.VERIFIED
    assert Submission.objects.get(pk=draft.pk).regency_id == "63.06"


def test_a_batch_of_moves_holds_what_goes_along_as_whoever_publishes_one_does(officer, verifier, second_verifier):
    maker = an_establishment()
    register = directory.get("establishments")
    draft = actions.draft(register, {"phone": "08125000123"}, by=officer, record=maker)
    move = actions.submit(actions.draft(register, place("63.06"), by=verifier, record=maker), by=verifier)

    done = beside(
        lambda: held(Submission, draft),
        lambda: batches.verify_many(Submission.objects.filter(pk=move.pk), by=second_verifier, warned=True),
        then=lambda: held(Submission, move),
    )

    assert (done.done, done.left) == (1, [])
    assert Submission.objects.get(pk=draft.pk).regency_id == "63.06"


def test_whoever_begins_a_draft_while_its_record_moves_begins_it_where_the_record_lies(
    officer, verifier, second_verifier
):
    maker = an_establishment()
    register = directory.get("establishments")
    move = actions.submit(actions.draft(register, place("63.06"), by=verifier, record=maker), by=verifier)

    def begin():
        try:
            actions.draft(register, {"phone": "08125000123"}, by=officer, record=maker)
        except Refused:
            refused.append(True)
        given = {"establishment": maker.number}
        return [
            actions.draft(register, {"phone": "08125000123"}, by=second_verifier, record=maker),
            actions.draft(directory.get("halal"), given, by=second_verifier),
        ]

    refused = []
    begun = beside(lambda: actions.verify(move, by=second_verifier, round=1), begin)

    assert (refused, [one.regency_id for one in begun]) == ([True], ["63.06", "63.06"])
    assert begun[0].values["regency"] == begun[0].base["regency"] == begun[1].values["regency"] == "63.06"


@pytest.mark.parametrize("among", ["one", "many"])
def test_a_milestone_that_is_verified_while_its_zone_moves_lies_where_the_zone_lies(
    among, verifier, second_verifier, administrator
):
    """Whoever moves a zone holds it, and then what is begun of those that follow it."""
    zone = a_zone()
    new = actions.draft(directory.get("milestones"), milestone_values(zone=zone), by=verifier)
    new = actions.submit(new, by=verifier, acknowledged=True)
    zones, moved = directory.get("zones"), {"regency": "63.06", "districts": [place("63.06")["district"]]}

    beside(
        lambda: held(Zone, zone),
        lambda: decided(new, among, by=second_verifier),
        then=lambda: actions.publish(zones, moved, by=administrator, record=zone),
    )

    assert Submission.objects.get(pk=new.pk).record().regency_id == "63.06"


@pytest.mark.parametrize("among", ["one", "many"])
def test_whoever_verifies_what_newly_names_a_record_by_whose_name_it_is_found_holds_that_first(
    among, verifier, second_verifier
):
    first, second, cluster = a_zone(), a_zone(name="Kawasan Baru"), a_cluster()
    milestone, maker = a_milestone(zone=first), an_establishment()
    for slug, record, named in (
        ("milestones", milestone, {"zone": second}),
        ("establishments", maker, {"cluster": cluster}),
    ):
        given = {name: row.number for name, row in named.items()}
        change = actions.draft(directory.get(slug), given, by=verifier, record=record)
        change = actions.submit(change, by=verifier, acknowledged=True)
        (lender,) = named.values()

        beside(
            lambda lender=lender: held(type(lender), lender),
            lambda change=change: decided(change, among, by=second_verifier),
            then=lambda change=change: held(Submission, change),
        )

        assert Submission.objects.get(pk=change.pk).status == Status.VERIFIED


def test_rows_of_an_older_system_hold_by_whose_names_they_are_found_before_their_batch(administrator):
    zone, register = a_zone(), directory.get("milestones")
    stock = Stock("SIKI lama", timezone.localdate())
    batch = batches.begin_batch(register, zone.regency, by=administrator, stock=stock)
    judged = judge(register, [Proposed(milestone_values(zone=zone), row=2)], by=administrator)

    brought = beside(
        lambda: held(Zone, zone),
        lambda: batches.bring_in(batch, judged, by=administrator),
        then=lambda: held(Batch, batch),
    )

    assert brought == 1


def decided(submission, among, *, by):
    """Verifies it, by itself or as one of many."""
    if among == "one":
        return actions.verify(submission, by=by, round=1)
    return batches.verify_many(Submission.objects.filter(pk=submission.pk), by=by, warned=True)


def test_whoever_revises_what_follows_a_record_does_not_hold_it_before_they_wait_for_who_moves_it(verifier):
    """Whoever moves a record holds it, and then what is begun of those that follow it."""
    maker = an_establishment()
    begun = actions.draft(directory.get("halal"), {"establishment": maker.number}, by=verifier)

    beside(
        lambda: held(Establishment, maker),
        lambda: actions.revise(begun, {"establishment": maker.number, "scheme": "regular"}, by=verifier),
        then=lambda: held(Submission, begun),
    )


def test_a_draft_that_newly_names_what_moves_lies_where_that_lies(verifier, second_verifier):
    maker, other = an_establishment(), an_establishment(name="Lain")
    register, halal = directory.get("establishments"), directory.get("halal")
    move = actions.submit(actions.draft(register, place("63.06"), by=verifier, record=maker), by=verifier)
    begun = actions.draft(halal, {"establishment": other.number}, by=verifier)

    revised = beside(
        lambda: actions.verify(move, by=second_verifier, round=1),
        lambda: actions.revise(begun, {"establishment": maker.number}, by=verifier),
    )

    assert (revised.regency_id, revised.values["regency"]) == ("63.06", "63.06")


def test_rows_of_a_file_that_would_lie_where_their_record_does_not_any_more_are_left(verifier, second_verifier):
    """Of a record that moves while they are kept, and of a new one that follows it."""
    maker = an_establishment(products=[{"name": "Kain"}])
    register, halal = directory.get("establishments"), directory.get("halal")
    move = actions.submit(actions.draft(register, place("63.06"), by=verifier, record=maker), by=verifier)
    changed = judge(register, [Proposed({"phone": "08125000123"}, maker, 2)], by=second_verifier)
    given = halal_values(establishment=maker)
    new = judge(halal, [Proposed(given, row=2)], by=second_verifier)
    kept = [batches.begin_batch(one, maker.regency, by=second_verifier) for one in (register, halal)]
    assert (changed[0].outcome, new[0].outcome) == ("changed", "new"), new[0].errors

    done = beside(
        lambda: actions.verify(move, by=second_verifier, round=1),
        lambda: [
            batches.propose_many(batch, rows, by=second_verifier)
            for batch, rows in zip(kept, (changed, new), strict=True)
        ],
    )

    assert [(one.done, [left.code for left in one.left]) for one in done] == [(0, ["moved"]), (0, ["moved"])]
    new = judge(halal, [Proposed(given, row=2)], by=second_verifier)
    assert batches.propose_many(kept[1], new, by=second_verifier).done == 1
    assert Submission.objects.get(batch=kept[1]).regency_id == "63.06"


def test_what_moves_while_it_is_confirmed_is_not_confirmed_where_it_was(verifier, administrator):
    register = directory.get("establishments")
    maker = actions.publish(register, establishment_values(), by=administrator, origin=Origin.OLDER_SYSTEM)

    def confirm():
        with pytest.raises(NotNow):
            batches.confirm_many(register, maker.regency, Establishment.objects.all(), by=verifier)

    beside(lambda: actions.publish(register, place("63.06"), by=administrator, record=maker), confirm)

    assert not Submission.objects.filter(kind="confirm").exists()


def test_a_merge_holds_what_points_to_its_records_before_it_takes_a_number(officer, verifier):
    """Whoever begins a draft holds its record, and takes its number then."""
    certificate = a_halal_certificate()
    keep = an_establishment(name="Kembar")
    actions.draft(directory.get("establishments"), {"phone": "08125000123"}, by=officer, record=keep)
    numbers_of_drafts = Counter.objects.filter(prefix=Submission.prefix, regency="63.07")

    beside(
        lambda: held(HalalCertification, certificate),
        lambda: duplicates.merge(directory.get("establishments"), keep, certificate.establishment, by=verifier),
        then=lambda: list(numbers_of_drafts.select_for_update(nowait=True)),
    )


def test_a_merge_holds_what_is_proposed_of_followers_before_them_as_whoever_verifies_it_does(officer, verifier):
    certificate = a_halal_certificate()
    keep = an_establishment(name="Kembar", regency="63.06")
    register, given = directory.get("halal"), {"revoked_reason": "Keliru"}
    draft = actions.draft(register, given, by=officer, record=certificate)

    beside(
        lambda: held(Submission, draft),
        lambda: duplicates.merge(directory.get("establishments"), keep, certificate.establishment, by=verifier),
        then=lambda: held(HalalCertification, certificate),
    )

    assert Submission.objects.get(pk=draft.pk).regency_id == "63.06"
