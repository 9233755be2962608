"""The work list of likely duplicates, the page of a pair, and the way back: for those who may, with nothing lost."""

import pytest
from django.utils import timezone

from disperin.duplicates import actions as duplicates
from disperin.duplicates.actions import pairing
from disperin.registers.models import DuplicatePair, DuplicateSearch, Merge
from disperin.registers.record import directory
from disperin.submissions import actions
from industries.models import Establishment
from tests.factories import a_pair, an_establishment

pytestmark = pytest.mark.thorough

LIST = "/usulan/kembar/"
NPWP = "013456789012345"


@pytest.fixture
def pair(db):
    first = an_establishment(name="Dodol Mawar", products=[{"name": "Dodol"}], legal_form="cv")
    products = [{"name": "Dodol"}, {"name": "Wajik"}]
    told = {"owner_name": "Siti Aisyah", "npwp": NPWP, "phone": "08123456789"}
    consent = {"contact_public": True, "contact_consented_on": "2026-01-05"}
    second = an_establishment(name="CV Mawar Dodol", legal_form="cv", products=products, **told, **consent)
    return a_pair(first, second)


def test_the_list_shows_what_lies_within_reach_the_likest_first(
    officer, officer_there, verifier, signed_in, django_assert_num_queries, django_assert_max_num_queries
):
    records = [an_establishment(name=f"Dodol {number}") for number in range(3)]
    away = an_establishment(name="Tahu", regency="63.06")
    a_pair(records[0], records[1], score=70)
    client, theirs = signed_in(verifier), signed_in(officer_there)
    with django_assert_max_num_queries(15) as one_row:
        client.get(LIST)
    a_pair(records[0], records[2], score=90)
    a_pair(records[0], away, score=60)
    a_pair(records[1], records[2], state="dismissed", decided_by=verifier, decided_at=timezone.now())

    with django_assert_num_queries(len(one_row)):
        page = client.get(LIST)

    shown = [(row["first_name"], row["second_name"]) for row in page.context["rows"]]
    assert shown == [("Dodol 0", "Dodol 2"), ("Dodol 0", "Dodol 1"), ("Dodol 0", "Tahu")]
    assert [len(client.get(LIST, query).context["rows"]) for query in ({"state": "dismissed"}, {"q": "tahu"})] == [1, 1]
    assert len(client.get(LIST, {"regency": "63.06"}).context["rows"]) == 1
    assert client.get(LIST, {"regency": "99"}).status_code == 400
    assert client.get(LIST, {"cursor": "x"}).status_code == 400
    assert "Tahu" not in signed_in(officer).get(LIST).content.decode()  # what it shares with one's own is inside
    assert theirs.get(LIST).context["total"] == 0


def test_a_pair_is_merged_as_it_was_chosen_and_made_two_again(pair, officer, verifier, signed_in, client):
    address, theirs = f"{LIST}{pair.pk}/", signed_in(verifier)
    seen = signed_in(officer).get(address).content.decode()
    page = theirs.get(address)
    wajik = Establishment.objects.get(pk=pair.second_id).products.get(name="Wajik")
    first_dodol, second_dodol = (
        str(Establishment.objects.get(pk=key).products.get(name="Dodol").key) for key in (pair.first_id, pair.second_id)
    )
    assert 'value="merge"' not in seen
    assert "Siti Aisyah" in seen
    assert NPWP not in seen + page.content.decode()  # masked
    chosen = {line.name for _title, lines in page.context["groups"] for line in lines if line.taken}
    assert chosen == {"owner_name", "npwp", "phone"}  # a consent is never taken over unseen
    assert {row.key: row.same_as for row in page.context["rows"]} == {second_dodol: first_dodol, str(wajik.key): ""}
    told = {
        "tetap": pair.first_number, "keep_version": 1, "drop_version": 1, "decision": "merge", "field:name": "mine",
        "field:owner_name": "theirs", "field:npwp": "theirs", f"row:{second_dodol}": first_dodol,
        f"row:{wajik.key}": "",
    }  # fmt: skip

    assert signed_in(officer).post(address, told).status_code == 403
    stale = theirs.post(address, told | {"keep_version": 7})
    unfit = theirs.post(address, told | {"row:x": "y"})
    done = theirs.post(address, told, follow=True)

    kept, made = Establishment.objects.get(pk=pair.first_id), Merge.objects.get()
    assert (stale.status_code, unfit.status_code, done.status_code) == (409, 400, 200)
    assert (kept.name, kept.owner_name, kept.npwp) == ("Dodol Mawar", "Siti Aisyah", NPWP)
    assert sorted(kept.products.values_list("name", flat=True)) == ["Dodol", "Wajik"]
    assert done.redirect_chain[-1][0] == f"{LIST}gabungan/{made.pk}/"
    assert client.get(f"/industri/{pair.second_number}/")["Location"] == f"/industri/{kept.number}/"
    assert theirs.post(address, told).status_code == 409
    assert theirs.get(f"/usulan/data/establishments/{pair.second_number}/riwayat/").status_code == 200
    assert theirs.get(f"/usulan/{made.kept_submission}/").status_code == 200

    back = f"{LIST}gabungan/{made.pk}/"
    assert signed_in(officer).post(back).status_code == 403
    assert theirs.post(back, follow=True).status_code == 200
    assert theirs.post(back).status_code == 409
    assert Establishment.objects.get(pk=pair.second_id).closed_on is None
    assert DuplicatePair.objects.get().state == "open"
    assert pair.second_number in theirs.get(LIST).content.decode()


def test_the_other_record_may_stand_and_a_pair_may_be_two(pair, verifier, administrator, signed_in):
    address, client = f"{LIST}{pair.pk}/", signed_in(administrator)

    turned = client.get(address, {"tetap": pair.second_number})
    silent = client.post(address, {"decision": "dismiss", "note": ""})
    personal = client.post(address, {"decision": "dismiss", "note": "6307014101900001"})
    senseless = client.post(address, {"decision": "jump"})
    dismissed = client.post(address, {"decision": "dismiss", "note": "Dua dapur"})

    assert turned.context["keep"].number == pair.second_number
    assert [one.status_code for one in (silent, personal, senseless, dismissed)] == [400, 400, 400, 302]
    pair.refresh_from_db()
    assert (pair.state, pair.note, pair.decided_by) == ("dismissed", "Dua dapur", administrator)


def test_a_search_says_how_far_it_is_and_goes_on_after_it_was_interrupted(
    pair, verifier, signed_in, django_capture_on_commit_callbacks
):
    client, steps = signed_in(verifier), pairing._steps()
    with django_capture_on_commit_callbacks():
        client.post(f"{LIST}cari/")
    search = DuplicateSearch.objects.get()

    assert pairing._one_step(search.pk)
    page = client.get(LIST)
    assert (page.context["searching"], page.context["searched"]) == (True, 1)
    assert client.post(f"{LIST}cari/").status_code == 409
    DuplicateSearch.objects.update(moved_at=timezone.now() - pairing.STALLED_AFTER)
    assert not client.get(LIST).context["searching"]
    duplicates.search_now()

    search.refresh_from_db()
    assert (sorted(search.done), DuplicateSearch.objects.count()) == (sorted(steps), 1)
    assert search.ended_at is not None


def test_while_it_is_typed_the_draft_says_what_it_may_be_the_same_as(officer, signed_in):
    known = an_establishment(name="Dodol Mawar", phone="08123456789")
    an_establishment(name="Dodol Mawar", regency="63.06")
    register, client = directory.get("establishments"), signed_in(officer)
    draft = actions.draft(register, {"name": "Tahu"}, by=officer)
    address = f"/usulan/{draft.number}/ubah/"
    posted = {
        "revision": 1,
        "products-TOTAL": 0,
        "documents-TOTAL": 0,
        "name": "CV Mawar Dodl",
        "phone": "0812 3456 789",
    }

    before = client.get(address).context["page"].rivals
    saved = client.post(address, posted, HTTP_HX_REQUEST="true")
    opened = client.get(address)

    assert before == []
    for answer in (saved, opened):
        assert [(one.number, url) for one, url in answer.context["page"].rivals] == [
            (known.number, f"/industri/{known.number}/")
        ]
        assert 'id="mirip"' in answer.content.decode()
    assert saved.context["page"].rivals[0][0].alike.reasons == ("like_name", "same_phone")
