"""The pages of batches: list, one batch with its sample, and the verbs on all of its rows, without JavaScript."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disperin.submissions.batches import actions as batches
from disperin.submissions.batches import jobs
from disperin.submissions.models import Batch, SampledSubmission, Work
from tests.factories import RegencyFactory
from tests.submissions.batches.test_proposing import a_batch, a_submitted_batch, makers
from tests.working import work

pytestmark = pytest.mark.thorough


@pytest.fixture
def batch(officer):
    return a_submitted_batch(officer, *makers(6))


@pytest.fixture
def post(signed_in, django_capture_on_commit_callbacks):
    """Posts to a page of a batch and lets the jobs run that it begins."""

    def send(by, batch, step, **data):
        with django_capture_on_commit_callbacks(execute=True):
            return signed_in(by).post(f"/usulan/berkas/{batch.number}/{step}/", data)

    return send


def text_of(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def test_a_verifier_reads_the_sample_and_verifies_the_batch(batch, verifier, signed_in, post):
    client, address = signed_in(verifier), f"/usulan/berkas/{batch.number}/"
    assert "/contoh/" in text_of(client.get(address))

    assert post(verifier, batch, "contoh").status_code == 302
    page = text_of(client.get(address))
    drawn = list(SampledSubmission.objects.values_list("submission__number", flat=True))
    assert (len(drawn), all(number in page for number in drawn), "/verifikasi/" in page) == (5, True, False)
    for number in drawn:
        client.post(f"/usulan/{number}/ambil/")
        text_of(client.get(f"/usulan/{number}/periksa/"))
    assert "/verifikasi/" in text_of(client.get(address))
    assert post(verifier, batch, "verifikasi").status_code == 302

    assert batch.submissions.filter(status="verified").count() == 6


def test_the_page_of_a_batch_follows_its_job_by_itself(batch, verifier, signed_in):
    client, address, htmx = signed_in(verifier), f"/usulan/berkas/{batch.number}/", {"HX-Request": "true"}
    jobs.begin_work(batch, Work.DRAW, by=verifier)

    working = client.get(address, headers=htmx)
    work()
    done = client.get(address, headers=htmx)

    assert ('hx-trigger="every 2s"' in text_of(working), "HX-Refresh" in working) == (True, False)
    assert "<noscript>" in text_of(working)
    assert ('hx-trigger="every 2s"' in text_of(done), done["HX-Refresh"]) == (False, "true")
    assert "HX-Refresh" not in client.get(address)


def test_a_review_page_that_only_offers_to_take_it_does_not_count_as_read(batch, verifier, signed_in, post):
    post(verifier, batch, "contoh")
    one = SampledSubmission.objects.first()

    text_of(signed_in(verifier).get(f"/usulan/{one.submission.number}/periksa/"))

    one.refresh_from_db()
    assert one.opened_at is None


def test_a_page_read_by_another_verifier_does_not_count(batch, verifier, second_verifier, signed_in, post):
    post(verifier, batch, "contoh")
    one, client = SampledSubmission.objects.first(), signed_in(second_verifier)

    client.post(f"/usulan/{one.submission.number}/ambil/")
    text_of(client.get(f"/usulan/{one.submission.number}/periksa/"))

    one.refresh_from_db()
    assert one.opened_at is None


def test_before_the_sample_is_read_verifying_is_a_409(batch, verifier, post):
    assert post(verifier, batch, "verifikasi").status_code == 409
    post(verifier, batch, "contoh")

    assert post(verifier, batch, "verifikasi").status_code == 409
    assert not batch.submissions.filter(status="verified").exists()


def test_all_rows_are_returned_for_one_reason(batch, verifier, post):
    assert post(verifier, batch, "kembalikan", note="Lengkapi alamat.").status_code == 302

    assert set(batch.submissions.values_list("status", "note")) == {("returned", "Lengkapi alamat.")}


def test_a_return_without_a_fit_reason_shows_the_page_again_with_what_was_typed(batch, verifier, post):
    for note in ("", "NIK 6307014101900001", "x" * 1001):
        page = text_of(post(verifier, batch, "kembalikan", note=note), 400)

        assert ("error-summary" in page, note in page) == (True, True), note
        assert batch.submissions.filter(status="submitted").count() == 6, note


def test_the_proposer_takes_the_batch_back(batch, officer, signed_in):
    client, address = signed_in(officer), f"/usulan/berkas/{batch.number}/tarik/"
    text_of(client.get(address))

    assert client.post(address, {"note": "Berkas keliru."}).status_code == 302

    assert batch.submissions.filter(status="withdrawn").count() == 6
    assert client.get(address).status_code == 409


def test_the_list_shows_the_province_what_waits_and_an_officer_what_is_theirs(
    batch, officer, officer_there, verifier, signed_in
):
    prepared = a_batch(officer, *makers(1))

    of_province, of_officer = (text_of(signed_in(by).get("/usulan/berkas/")) for by in (verifier, officer))

    assert (batch.number in of_province, prepared.number in of_province) == (True, False)
    assert (batch.number in of_officer, prepared.number in of_officer) == (True, True)
    assert batch.number not in text_of(signed_in(officer_there).get("/usulan/berkas/"))


def test_the_list_is_narrowed(batch, verifier, signed_in):
    client = signed_in(verifier)
    RegencyFactory(code="63.06")
    listed = dict.fromkeys(("register=establishments", "regency=63.07", "state=waiting", "q=ikm"), True)
    listed |= dict.fromkeys(("register=clusters", "regency=63.06", "state=returned", "q=lain"), False)

    found = {query: batch.number in text_of(client.get(f"/usulan/berkas/?{query}")) for query in listed}

    assert found == listed


def test_a_filter_that_makes_no_sense_is_told(batch, verifier, signed_in):
    client, queries = signed_in(verifier), ("register=x", "regency=99", "state=x", "q=%00")

    answers = {query: client.get(f"/usulan/berkas/?{query}").status_code for query in queries}

    assert answers == dict.fromkeys(queries, 400)


def test_the_inbox_is_narrowed_to_a_batch(batch, officer, verifier, signed_in):
    other = a_submitted_batch(officer, *makers(1))

    page = text_of(signed_in(verifier).get(f"/usulan/?batch={batch.number}"))

    assert [one.number in page for one in batch.submissions.all()] == [True] * 6
    assert other.submissions.get().number not in page


def test_list_and_page_ask_as_often_for_three_as_for_one(officer, verifier, signed_in):
    client = signed_in(verifier)

    def asked(path):
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        return len(queries)

    small = a_submitted_batch(officer, *makers(1))
    one = asked("/usulan/berkas/"), asked(f"/usulan/berkas/{small.number}/")
    large = a_submitted_batch(officer, *makers(3))
    a_submitted_batch(officer, *makers(2))

    assert Batch.objects.count() == 3
    assert (asked("/usulan/berkas/"), asked(f"/usulan/berkas/{large.number}/")) == one


def test_the_page_of_a_drawn_sample_asks_as_often_for_five_rows_as_for_one(officer, verifier, signed_in):
    client, counts = signed_in(verifier), []
    for number in (1, 5):
        batch = a_submitted_batch(officer, *makers(number))
        batches.draw_sample(batch, by=verifier)
        client.get(f"/usulan/berkas/{batch.number}/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/usulan/berkas/{batch.number}/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_in_the_queue_a_file_is_one_line_and_its_rows_are_found_by_asking(batch, officer, verifier, signed_in):
    client, rows = signed_in(verifier), [one.number for one in batch.submissions.all()]

    queue = text_of(client.get("/usulan/"))
    asked = text_of(client.get("/usulan/", {"batch": batch.number}))

    assert queue.count(f">{batch.number}<") == 1
    assert "Berkas unit usaha: 6 baris menunggu" in queue
    assert not any(number in queue for number in rows)
    assert all(number in asked for number in rows)
    assert queue.count("Berkas unit usaha") == text_of(client.get("/usulan/", {"order": "submitted_at"})).count(
        "Berkas unit usaha"
    )
    assert rows[0] in text_of(signed_in(officer).get("/usulan/"))


def test_more_files_in_the_queue_ask_the_database_no_more(batch, officer, verifier, signed_in):
    client = signed_in(verifier)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            text_of(client.get("/usulan/"))
        return len(queries)

    asked()
    one = asked()
    for _more in range(2):
        a_submitted_batch(officer, *makers(1))
    assert asked() == one
