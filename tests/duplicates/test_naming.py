"""Two records that no search has paired: a person who knows says so, and goes on as with any other pair."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from disperin.desk.refusals import NotNow, Refused
from disperin.duplicates import actions as duplicates
from disperin.history.models import Entry
from disperin.registers.models import ClosedReason, DuplicatePair, Merge
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.models import Kind
from industries.models import Establishment
from tests.factories import a_cluster, a_pair, a_zone, an_establishment

pytestmark = pytest.mark.thorough

NEW = "/usulan/kembar/baru/"
WHY = "Satu dapur, dua nama; dilihat di tempat."


@pytest.fixture
def register():
    return directory.get("establishments")


@pytest.fixture
def first(db):
    return an_establishment(name="Dodol Mawar")


@pytest.fixture
def second(first):
    return an_establishment(name="Wajik Bu Tini", regency="63.06")


def test_a_named_pair_stays_until_it_is_decided_and_is_named_once(
    first, second, verifier, second_verifier, administrator
):
    pair = duplicates.name_pair(second.number.lower(), f" {first.number} ", by=verifier, why=WHY)
    again = duplicates.name_pair(first.number, second.number, by=second_verifier, why="Lain")
    duplicates.search_now()

    again.refresh_from_db()
    assert DuplicatePair.objects.get() == pair == again
    assert (again.first_id, again.second_id, again.state, again.reasons) == (first.pk, second.pk, "open", ["named"])
    assert (again.named_by, again.named_why, again.regency_id, again.second_regency_id) == (
        verifier, WHY, "63.07", "63.06",
    )  # fmt: skip

    duplicates.dismiss(again, by=verifier, note="Dua dapur")
    duplicates.search_now()
    again.refresh_from_db()
    assert again.state == "dismissed"
    duplicates.name_pair(first.number, second.number, by=administrator, why="Dapur itu satu")
    again.refresh_from_db()
    assert (again.state, again.named_by, again.note, again.decided_by) == ("open", administrator, "", None)

    Establishment.objects.filter(pk=second.pk).update(closed_on=timezone.localdate(), closed_reason=ClosedReason.MOVED)
    duplicates.search_now()
    assert not DuplicatePair.objects.exists()


def test_what_the_search_finds_of_a_named_pair_is_added_to_what_was_said(first, verifier):
    like = an_establishment(name="Mawar Dodol", phone="08123456789")
    pair = a_pair(first, like)

    duplicates.name_pair(first.number, like.number, by=verifier, why=WHY)

    pair.refresh_from_db()
    assert (pair.named_by, pair.reasons[-1], len(pair.reasons) > 1) == (verifier, "named", True)
    assert "disebut" in pair.why


def test_what_cannot_be_paired_is_refused_at_its_field(register, first, second, verifier):
    closed, merged = (an_establishment(name=name) for name in ("Tutup", "Gabung"))
    Establishment.objects.filter(pk=closed.pk).update(closed_on=timezone.localdate(), closed_reason=ClosedReason.MOVED)
    duplicates.merge(register, second, merged, by=verifier)
    asked = {"first": first.number, "second": second.number, "why": WHY}

    for path, told, code in (
        ("second", "IKM-6307-999999", "unknown_number"),
        ("second", "wajik", "no_number"),
        ("first", "'; DROP", "no_number"),
        ("second", first.number, "same_record"),
        ("second", closed.number, "closed"),
        ("first", merged.number, "merged"),
        ("second", a_cluster().number, "other_register"),
        ("first", a_zone().number, "other_register"),
        ("why", " ", "required"),
        ("why", "Pemilik 6307014101900001", "personal_number"),
        ("why", "a\x00b", "invalid"),
    ):
        with pytest.raises(ValidationError) as refused:
            duplicates.name_pair(**asked | {path: told}, by=verifier)

        codes = {at: [one.code for one in errors] for at, errors in refused.value.error_dict.items()}
        assert codes == {path: [code]}, told
        assert not DuplicatePair.objects.filter(named_by__isnull=False).exists(), told


def test_only_those_who_decide_name_a_pair(first, second, officer, head, signed_in):
    for user in (officer, head):
        with pytest.raises(Refused):
            duplicates.name_pair(first.number, second.number, by=user, why=WHY)

        client, asked = signed_in(user), {"first": first.number, "second": second.number, "why": WHY}
        assert client.post(NEW, asked).status_code == 403, user
        assert NEW not in client.get(f"/industri/{first.number}/").content.decode(), user


def test_what_was_merged_and_reopened_is_merged_no_more_and_may_be_merged_anew(
    register, first, second, verifier, administrator
):
    before = duplicates.merge(register, first, second, by=verifier)

    actions.publish(register, {}, by=administrator, record=Establishment.objects.get(pk=second.pk), kind=Kind.REOPEN)

    told = [(one.verb, one.detail["record"]) for record in (first, second) for one in Entry.objects.about(record)[:1]]
    assert told == [("unmerge", second.number), ("unmerge", first.number)]
    with pytest.raises(NotNow):
        duplicates.unmerge(before, by=verifier)

    duplicates.name_pair(first.number, second.number, by=verifier, why=WHY)
    made = duplicates.merge(register, first, second, by=verifier)

    before.refresh_from_db()
    assert before.undone_by == administrator
    assert list(Merge.objects.standing()) == [made]


def test_of_two_records_merged_both_ways_neither_leads_back_to_the_other(
    register, first, second, verifier, administrator, client
):
    duplicates.merge(register, second, first, by=verifier)
    actions.publish(register, {}, by=administrator, record=Establishment.objects.get(pk=first.pk), kind=Kind.REOPEN)
    closing = {"closed_on": str(timezone.localdate()), "closed_reason": ClosedReason.MOVED}

    made = duplicates.merge(register, first, second, by=verifier)
    kept = Establishment.objects.get(pk=first.pk)
    actions.publish(register, closing, by=administrator, record=kept, kind=Kind.CLOSE)

    assert list(Merge.objects.standing()) == [made]
    assert client.get(f"/industri/{first.number}/").status_code == 200
    assert client.get(f"/industri/{second.number}/")["Location"] == f"/industri/{first.number}/"


@pytest.mark.parametrize("reason", [ClosedReason.MOVED, ClosedReason.DUPLICATE])
def test_a_merged_record_that_was_reopened_and_closed_again_leads_nowhere(
    reason, register, first, second, verifier, administrator, client
):
    duplicates.merge(register, second, first, by=verifier)
    actions.publish(register, {}, by=administrator, record=Establishment.objects.get(pk=first.pk), kind=Kind.REOPEN)
    closing = {"closed_on": str(timezone.localdate()), "closed_reason": reason}

    opened = Establishment.objects.get(pk=first.pk)
    actions.publish(register, closing, by=administrator, record=opened, kind=Kind.CLOSE)

    assert client.get(f"/industri/{first.number}/").status_code == 200
    assert client.get(f"/api/v1/establishments/{first.number}/").status_code == 200


def test_a_verifier_finds_the_other_record_by_its_name_and_goes_on_to_compare(first, second, verifier, signed_in):
    client = signed_in(verifier)
    address = f"{NEW}?data={first.number}"
    assert address in client.get(f"/industri/{first.number}/").content.decode()
    assert NEW in client.get("/usulan/kembar/").content.decode()
    assert client.get(address).context["form"]["first"].value() == first.number
    told = {"first": first.number, "second": "tini wajik", "why": WHY}
    an_establishment(name="Tahu ---")  # no index finds it by its signs

    found = client.post(NEW, told)
    nothing = client.post(NEW, told | {"second": "zz"})
    signs = client.post(NEW, told | {"second": "---"})
    unknown = client.post(NEW, told | {"first": "x", "second": "wajik"})
    null = client.post(NEW, told | {"second": "a\x00b"})
    empty = client.post(NEW, {})
    other = client.post(NEW, told | {"second": "tini", "searched": "tini wajik", "found": second.number})
    done = client.post(NEW, told | {"searched": "tini wajik", "found": second.number})

    assert [record for record, _url in found.context["matches"]] == [second]
    assert WHY in found.content.decode()  # what was typed stays
    assert [one.context["matches"] for one in (nothing, signs, unknown, null)] == [[], [], [], None]
    assert [one.status_code for one in (found, nothing, unknown, null, empty, other)] == [400] * 6
    pair = DuplicatePair.objects.get()
    assert done["Location"] == f"/usulan/kembar/{pair.pk}/?tetap={first.number}"
    page = client.get(done["Location"])
    assert (page.context["keep"], page.context["drop"]) == (first, second)
    assert WHY in page.content.decode()
