"""Two at the same time, with real connections: nothing is lost, nothing is doubled."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Barrier

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction
from django.http import QueryDict
from django_tasks_db.models import DBTaskResult

from disperin.desk.refusals import NotNow, Stale
from disperin.duplicates import actions as duplicates
from disperin.registers.models import DuplicatePair, FacetCount
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.batches import actions as batches
from disperin.submissions.models import Kind, Submission
from disperin.workbooks.actions import exporting
from disperin.workbooks.exporting.selection import Wanted
from disperin.workbooks.models import Export
from industries.models import Establishment
from tests.clock import PATIENCE
from tests.factories import a_pair, an_establishment, establishment_values
from tests.submissions.batches.test_proposing import a_batch, a_submitted_batch, judged, makers

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds):
    """Run the deeds at the same moment, each on a connection of its own; give results and refusals in order."""
    barrier = Barrier(len(deeds))

    def run(deed):
        try:
            barrier.wait(PATIENCE)
            return deed()
        except (NotNow, Stale) as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def drafted(by, **values):
    return actions.draft(directory.get("establishments"), establishment_values(**values), by=by)


def test_of_two_verifiers_one_verifies_and_the_other_is_told(officer, verifier, second_verifier):
    submission = actions.submit(drafted(officer), by=officer)

    outcomes = at_once(
        *[lambda by=by: actions.verify(submission, by=by, round=1) for by in (verifier, second_verifier)]
    )

    assert sorted(type(one).__name__ for one in outcomes) == ["NotNow", "Submission"]
    assert Establishment.objects.count() == 1


def test_of_two_verifiers_one_gets_the_claim(officer, verifier, second_verifier):
    submission = actions.submit(drafted(officer), by=officer)

    outcomes = at_once(*[lambda by=by: actions.claim(submission, by=by) for by in (verifier, second_verifier)])

    assert sorted(type(one).__name__ for one in outcomes) == ["NotNow", "Submission"]


def test_of_two_edits_from_the_same_revision_one_is_kept_and_the_other_refused(officer, colleague):
    draft = drafted(officer)

    outcomes = at_once(
        lambda: actions.revise(draft, {"name": "Satu"}, by=officer, revision=1),
        lambda: actions.revise(draft, {"name": "Dua"}, by=colleague, revision=1),
    )

    assert sorted(type(one).__name__ for one in outcomes) == ["Stale", "Submission"]
    assert Submission.objects.get().revision == 2


def test_twenty_proposals_at_once_get_twenty_numbers_without_gap(officer):
    values = establishment_values()

    at_once(*[
        lambda n=n: actions.draft(directory.get("establishments"), {**values, "name": f"IKM {n}"}, by=officer)
        for n in range(20)
    ])  # fmt: skip

    numbers = sorted(Submission.objects.values_list("number", flat=True))
    assert numbers == [f"AJU-6307-{n:06d}" for n in range(1, 21)]


def test_records_verified_at_once_are_numbered_and_counted_without_gap(officer, verifier):
    waiting = [actions.submit(drafted(officer, name=f"Usaha {letter * 9}"), by=officer) for letter in "abcdefgh"]

    at_once(*[lambda one=one: actions.verify(one, by=verifier, round=1) for one in waiting])

    numbers = sorted(Establishment.objects.values_list("number", flat=True))
    assert numbers == [f"IKM-6307-{n:06d}" for n in range(1, 9)]
    assert FacetCount.objects.get(register="establishments", facet="all").number == 8


def test_a_refused_verification_leaves_no_gap_in_the_numbers(officer, verifier):
    twins = [actions.submit(drafted(officer, name=name, nib="1234567890123"), by=officer) for name in ("Awal", "Nanti")]

    outcomes = at_once(*[lambda one=one: _verify_or_refusal(one, verifier) for one in twins])

    assert sorted(outcomes) == ["refused", "verified"]
    assert list(Establishment.objects.values_list("number", flat=True)) == ["IKM-6307-000001"]


def _verify_or_refusal(submission, by):
    try:
        actions.verify(submission, by=by, round=1)
    except (ValidationError, NotNow):
        return "refused"
    return "verified"


def test_two_verifiers_of_one_batch_verify_each_row_once(officer, verifier, second_verifier):
    batch = a_submitted_batch(officer, *makers(40))
    for by in (verifier, second_verifier):
        for one in batches.draw_sample(batch, by=by).drawn.all():
            batches.note_opened(one.submission, by=by)

    outcomes = at_once(*[lambda by=by: batches.verify_batch(batch, by=by) for by in (verifier, second_verifier)])

    assert sum(one.done for one in outcomes if not isinstance(one, NotNow)) == 40
    numbers = sorted(Establishment.objects.values_list("number", flat=True))
    assert numbers == [f"IKM-6307-{n:06d}" for n in range(1, 41)]
    assert FacetCount.objects.get(register="establishments", facet="all").number == 40


def test_many_verified_at_once_beside_one_by_one_are_counted_without_gap(officer, verifier, second_verifier):
    batch = a_submitted_batch(officer, *makers(20))
    alone = [actions.submit(drafted(officer, name=f"Sendiri {letter * 9}"), by=officer) for letter in "abcd"]

    at_once(
        lambda: batches.verify_many(batch.submissions.all(), by=verifier, warned=True),
        *[lambda one=one: actions.verify(one, by=second_verifier, round=1) for one in alone],
    )

    assert Establishment.objects.count() == 24
    assert FacetCount.objects.get(register="establishments", facet="all").number == 24


def test_a_number_taken_while_a_chunk_is_verified_leaves_only_its_row(officer, verifier, administrator):
    rows = [*makers(6), establishment_values(name="Nomor Kembar", nib="1234567890123")]
    batch = a_submitted_batch(officer, *rows)
    rival = establishment_values(name="Pemilik Nomor", nib="1234567890123")

    def publish():
        with suppress(ValidationError):  # it may also come after the chunk: then it is the one that is refused
            actions.publish(directory.get("establishments"), rival, by=administrator)

    at_once(lambda: batches.verify_many(batch.submissions.all(), by=verifier, warned=True), publish)

    assert Establishment.objects.filter(nib="1234567890123").count() == 1
    assert Establishment.objects.exclude(nib="1234567890123").count() == 6


def test_the_same_rows_proposed_by_two_jobs_are_kept_once(officer):
    batch, rows = a_batch(officer), makers(30)

    at_once(*[lambda: batches.propose_many(batch, judged(officer, *rows), by=officer) for _job in range(2)])

    assert sorted(batch.submissions.values_list("batch_row", flat=True)) == list(range(2, 32))


def test_of_two_merges_of_one_pair_one_is_made(verifier, second_verifier):
    register = directory.get("establishments")
    one, other = an_establishment(name="Dodol Mawar"), an_establishment(name="Dodol Melati")

    outcomes = at_once(
        lambda: duplicates.merge(register, one, other, by=verifier),
        lambda: duplicates.merge(register, other, one, by=second_verifier),
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Merge", "NotNow"]
    assert Establishment.objects.current().count() == 1


def test_a_merge_ends_once_though_it_is_undone_while_its_closed_record_is_reopened(verifier, administrator):
    register = directory.get("establishments")
    keep, drop = an_establishment(name="Dodol Mawar"), an_establishment(name="Dodol Melati")
    made = duplicates.merge(register, keep, drop, by=verifier)
    drop.refresh_from_db()

    undone, reopened = at_once(
        lambda: duplicates.unmerge(made, by=verifier),
        lambda: actions.publish(register, {}, by=administrator, record=drop, kind=Kind.REOPEN, version=drop.version),
    )

    made.refresh_from_db()
    assert made.undone_by == (administrator if isinstance(undone, NotNow) else verifier)
    assert isinstance(undone, NotNow) is not isinstance(reopened, NotNow)
    assert Establishment.objects.current().count() == 2


def test_a_pair_that_is_found_and_named_at_once_stands_once_and_stays_named(verifier, second_verifier):
    first, second = (an_establishment(name="Dodol Mawar", phone="08123456789") for _at in range(2))

    outcomes = at_once(
        *[
            lambda by=by: duplicates.name_pair(first.number, second.number, by=by, why="Satu dapur")
            for by in (verifier, second_verifier)
        ],
        duplicates.search_now,
    )

    pair = DuplicatePair.objects.get()
    assert [pair, pair] == outcomes[:2]
    assert (pair.state, pair.reasons[-1], pair.named_by in (verifier, second_verifier)) == ("open", "named", True)


def test_a_pair_is_named_though_a_search_removes_it_at_that_moment(verifier):
    first, second = (an_establishment(name=name) for name in ("Dodol Mawar", "Wajik Bu Tini"))
    pair = a_pair(first, second)
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"

    def name():
        try:
            return duplicates.name_pair(first.number, second.number, by=verifier, why="Satu dapur")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic(), connection.cursor() as cursor:
            DuplicatePair.objects.select_for_update().get(pk=pair.pk)
            naming = pool.submit(name)
            while not naming.done():
                cursor.execute(waiting)
                if cursor.fetchone()[0]:
                    break
            DuplicatePair.objects.filter(pk=pair.pk).delete()
        named = naming.result()

    assert (DuplicatePair.objects.get(), named.named_by) == (named, verifier)


def test_of_two_visitors_who_ask_at_once_both_get_the_same_file_and_few_are_ordered(monkeypatch):
    monkeypatch.setattr(exporting, "MOST_AT_ONCE", 0)
    monkeypatch.setattr(exporting, "MOST_WAITING", 1)
    an_establishment()

    def ask(kind, asker):
        wanted = Wanted(directory.get("establishments"), QueryDict(), by=AnonymousUser())
        try:
            return exporting.export(wanted, kind, asker=asker).pk
        except exporting.Busy as refused:
            return refused.status

    with monkeypatch.context() as nobody_works:
        nobody_works.setattr("tests.working.do", lambda _key: None)
        same = at_once(*[partial(ask, "csv", asker) for asker in "abcd"])
        others = at_once(*[partial(ask, "xlsx", asker) for asker in "efgh"])

    assert (len(set(same)), others) == (1, [503] * 4)
    assert (Export.objects.count(), DBTaskResult.objects.count()) == (1, 1)
