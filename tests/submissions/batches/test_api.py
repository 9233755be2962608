"""Batches over the API: the same verbs as the pages, the same refusals, in JSON."""

import pytest

from disperin.submissions.batches import actions as batches
from disperin.submissions.models import Batch, SampledSubmission
from tests.factories import UserFactory
from tests.submissions.batches.test_proposing import a_submitted_batch, makers

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def published(once):
    """A batch of six new makers, handed in by an officer of "here"."""
    return once(lambda: a_submitted_batch(UserFactory(username="petugas.6307"), *makers(6)))


@pytest.fixture
def batch(published, db):
    return Batch.objects.get(pk=published.pk)


@pytest.fixture
def post(api, django_capture_on_commit_callbacks):
    def send(by, batch, step, body=None):
        with django_capture_on_commit_callbacks(execute=True):
            return api(by).post(f"/api/v1/batches/{batch.number}/{step}/", body or {}, format="json")

    return send


def test_a_batch_says_how_far_it_is(batch, officer, api):
    answer = api(officer).get(f"/api/v1/batches/{batch.number}/")

    said = answer.json()
    assert (said["number"], said["register"], said["state"], said["work"]) == (
        batch.number,
        "establishments",
        "waiting",
        None,
    )
    assert said["counts"] == {
        "draft": 0, "submitted": 6, "returned": 0, "verified": 0, "brought_in": 0, "rejected": 0, "withdrawn": 0,
    }  # fmt: skip
    assert (said["sample"], answer["Cache-Control"]) == (None, "private, no-store")


def test_batches_and_their_submissions_are_listed(batch, officer, officer_there, api):
    listed = api(officer).get("/api/v1/batches/?register=establishments").json()
    rows = api(officer).get(f"/api/v1/submissions/?batch={batch.number}").json()

    assert [one["number"] for one in listed["results"]] == [batch.number]
    assert len(rows["results"]) == 6
    assert api(officer_there).get("/api/v1/batches/").json()["results"] == []
    assert api(officer_there).get(f"/api/v1/batches/{batch.number}/").status_code == 404


def test_a_sample_is_drawn_read_and_the_batch_verified(batch, verifier, api, post):
    early = post(verifier, batch, "verify")
    drawn = post(verifier, batch, "sample")
    sample = api(verifier).get(f"/api/v1/batches/{batch.number}/").json()["sample"]
    for one in SampledSubmission.objects.all():
        batches.note_opened(one.submission, by=verifier)
    done = post(verifier, batch, "verify", {"note": "Sesuai."})

    assert (early.status_code, early.json()["code"]) == (409, "not_now")
    assert (drawn.status_code, sample["clean"], [one["opened_at"] for one in sample["drawn"]]) == (202, 6, [None] * 5)
    assert (done.status_code, batch.counts()["verified"]) == (202, 6)


def test_all_are_returned_for_one_reason(batch, verifier, post):
    empty = post(verifier, batch, "return", {"reason": " "})
    done = post(verifier, batch, "return", {"reason": "Lengkapi."})

    assert (empty.status_code, empty.json()["errors"].keys()) == (400, {"note"})
    assert (done.status_code, batch.counts()["returned"]) == (202, 6)


def test_the_proposing_side_takes_it_back(batch, officer, verifier, post):
    refused = post(verifier, batch, "withdraw")
    done = post(officer, batch, "withdraw", {"note": "Keliru."})
    again = post(officer, batch, "withdraw")

    assert (refused.status_code, done.status_code, again.status_code) == (403, 200, 409)
    assert done.json()["counts"]["withdrawn"] == 6


def test_a_senseless_body_is_a_400_by_field(batch, officer, verifier, post):
    post(verifier, batch, "sample")
    for one in SampledSubmission.objects.all():
        batches.note_opened(one.submission, by=verifier)
    bodies = [
        ("verify", {"colour": "red"}),
        ("verify", {"note": ["x"]}),
        ("verify", {"note": "NIK 6307014101900001"}),
        ("return", {}),
        ("return", {"reason": "x" * 1001}),
        ("sample", {"size": 1}),
        ("withdraw", {"note": "\x00"}),
    ]

    found = []
    for step, body in bodies:
        answer = post(officer if step == "withdraw" else verifier, batch, step, body)
        found.append((step, body, answer.status_code, answer["Content-Type"], batch.counts()["submitted"]))

    assert found == [(step, body, 400, "application/problem+json", 6) for step, body in bodies]


def test_an_unknown_batch_is_a_404(verifier, api):
    numbers = ["x", "BKS-6307-999999", "AJU-6307-000001", "%00"]

    found = {number: api(verifier).get(f"/api/v1/batches/{number}/").status_code for number in numbers}

    assert found == dict.fromkeys(numbers, 404)
