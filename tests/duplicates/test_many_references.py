"""Where very much points to a record, a job merges it: whoever decides does not wait, and is told how it went."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from disperin.duplicates import actions as duplicates
from disperin.duplicates import jobs
from disperin.duplicates.actions import deciding
from disperin.duplicates.actions.references import is_pointed_to_by_many
from disperin.inquiries import actions as inquiries
from disperin.jobs.tasks import MOST_ATTEMPTS
from disperin.notices.models import Notice
from disperin.registers.models import Merge
from disperin.registers.record import directory
from disperin.ui import formats
from industries.models import Cluster, Establishment
from tests.factories import a_cluster, a_pair, an_establishment
from tests.submissions.test_words_of_many import fresh
from tests.working import died_just_then, work

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture
def _few_are_many(monkeypatch):
    monkeypatch.setattr(jobs, "MOST", 2)


@pytest.fixture
def clusters():
    """Two of one thing; three makers belong to the second."""
    keep, drop = a_cluster(name="Sentra Kecubung"), a_cluster(name="Sentra Kecubung Asih")
    return keep, drop, [an_establishment(name=f"Usaha {at}", cluster=drop.number) for at in range(3)]


def pressed(client, pair, keep, drop):
    versions = {"keep_version": keep.version, "drop_version": drop.version}
    address = reverse("duplicates:pair", args=[pair.pk])
    return client.post(address, {"decision": "merge", "tetap": keep.number, **versions})


def members(cluster):
    return Establishment.objects.filter(cluster=cluster).count()


@pytest.mark.usefixtures("_few_are_many")
def test_a_merge_that_turns_many_rows_is_left_to_a_job_and_can_be_taken_back_so(clusters, verifier, signed_in):
    keep, drop, _makers = clusters
    pair, client = a_pair(keep, drop), signed_in(verifier)

    answer = pressed(client, pair, keep, drop)

    address = reverse("duplicates:pair", args=[pair.pk])
    assert (answer.status_code, answer.url, members(drop)) == (302, address, 3)
    page = client.get(address).content.decode()
    assert ("sedang digabungkan" in page, 'value="merge"' in page) == (True, False)
    assert pressed(client, pair, keep, drop).status_code == 409
    assert DBTaskResult.objects.filter(task_path=jobs.carry_out.module_path).count() == 1

    work()
    made = Merge.objects.get()
    assert (members(keep), members(drop), fresh(drop).closed_reason) == (3, 0, "duplicate")
    assert Notice.objects.get(recipient=verifier).path == reverse("duplicates:merge", args=[made.pk])

    address = reverse("duplicates:merge", args=[made.pk])
    back = client.post(address)
    assert (back.status_code, members(keep)) == (302, 3)
    page = client.get(address).content.decode()
    assert ("sedang dibatalkan" in page, "Batalkan penggabungan" in page) == (True, False)
    assert client.post(address).status_code == 409
    work()
    assert client.post(address).status_code == 409  # and no job is ordered that would tell nothing
    assert not DBTaskResult.objects.filter(status="READY", task_path=jobs.take_back.module_path).exists()
    assert (members(keep), members(drop), Cluster.objects.get(pk=drop.pk).closed_on) == (0, 3, None)


@pytest.mark.usefixtures("_few_are_many")
def test_what_a_job_may_not_merge_any_more_stays_and_is_told(clusters, verifier, signed_in, api):
    keep, drop, _makers = clusters
    pair = a_pair(keep, drop)
    asked = {"keep": keep.number, "first_version": keep.version, "second_version": drop.version}

    answer = api(verifier).post(f"/api/v1/pairs/{pair.pk}/merge/", asked, format="json")
    assert (answer.status_code, answer.json()["steps"]) == (202, [])
    Cluster.objects.filter(pk=drop.pk).update(version=drop.version + 1)
    work()

    assert (members(drop), Merge.objects.count()) == (3, 0)
    told = Notice.objects.get(recipient=verifier)
    assert (told.path, "berubah" in told.body) == (reverse("duplicates:pair", args=[pair.pk]), True)


@pytest.mark.usefixtures("_few_are_many")
def test_an_order_that_is_done_twice_merges_once(clusters, verifier):
    keep, drop, _makers = clusters
    pair = a_pair(keep, drop)
    versions = (keep.version, drop.version)
    assert jobs.begin_merge(pair, directory.get("clusters"), keep, drop, by=verifier, versions=versions) is None
    jobs.carry_out.enqueue(pair.pk, "clusters", keep.pk, drop.pk, verifier.pk, [], {}, list(versions))

    work()

    assert (Merge.objects.count(), Notice.objects.filter(recipient=verifier).count(), members(keep)) == (1, 1, 3)


def test_whether_a_record_is_pointed_to_by_many_is_known_without_reading_all_that_name_it():
    record, register = an_establishment(name="Tenun Amandit"), directory.get("establishments")
    for at in range(3):
        inquiries.receive(kind="report", record=record, message=f"Nama keliru, kali {at}.")

    for most, is_more in ((0, True), (2, True), (3, False)):
        with CaptureQueriesContext(connection) as asked:
            assert is_pointed_to_by_many(register, record, most) is is_more
        assert [query["sql"] for query in asked if " LIMIT " not in query["sql"]] == []


def ordered(pair, keep, drop, by):
    versions = (keep.version, drop.version)
    assert jobs.begin_merge(pair, directory.get("clusters"), keep, drop, by=by, versions=versions) is None


@pytest.mark.usefixtures("_few_are_many")
@pytest.mark.parametrize("fault", ["workers die", "it breaks"])
def test_whoever_ordered_a_merge_that_a_fault_stops_is_told(fault, clusters, verifier, monkeypatch):
    keep, drop, _makers = clusters
    pair = a_pair(keep, drop)
    ordered(pair, keep, drop, verifier)
    if fault == "workers die":
        DBTaskResult.objects.update(status="RUNNING", worker_ids=["dead"] * (MOST_ATTEMPTS - 1))
    else:
        monkeypatch.setattr(jobs, "merge", lambda *_told, **_more: 1 / 0)

    work()

    assert DBTaskResult.objects.get(task_path=jobs.carry_out.module_path).status == "FAILED"
    told = Notice.objects.get(recipient=verifier)
    assert (told.path, told.title) == (
        reverse("duplicates:pair", args=[pair.pk]), f"Tidak digabungkan: {drop.number} dan {keep.number}."
    )  # fmt: skip
    assert "tidak ada yang berubah" in told.body


@pytest.mark.usefixtures("_few_are_many")
def test_whoever_ordered_a_merge_that_does_not_fit_reads_field_value_and_remedy(clusters, verifier):
    keep, drop, _makers = clusters
    day = timezone.localdate() + timedelta(days=40)
    Cluster.objects.filter(pk=drop.pk).update(status="sk_terbit", decree_number="", decree_on=day)
    pair, versions = a_pair(keep, drop), (keep.version, drop.version)
    chosen = ["status", "decree_on"]
    jobs.begin_merge(pair, directory.get("clusters"), keep, drop, by=verifier, versions=versions, choices=chosen)

    work()

    body = Notice.objects.get(recipient=verifier).body
    assert ("Nomor SK: Isi nomor SK." in body, f"Tanggal SK “{formats.day(day)}”: " in body, members(drop)) == (
        True, True, 3
    ), body  # fmt: skip


@pytest.mark.usefixtures("_few_are_many")
def test_nobody_dismisses_a_pair_while_a_job_merges_it(clusters, officer, verifier, second_verifier, signed_in, api):
    keep, drop, _makers = clusters
    pair = a_pair(keep, drop)
    ordered(pair, keep, drop, verifier)

    said = {"decision": "dismiss", "note": "Dua sentra."}
    assert signed_in(second_verifier).post(reverse("duplicates:pair", args=[pair.pk]), said).status_code == 409
    for by, status in ((second_verifier, 409), (officer, 403)):
        answer = api(by).post(f"/api/v1/pairs/{pair.pk}/dismiss/", {"note": "Dua sentra."}, format="json")
        assert answer.status_code == status


@pytest.mark.usefixtures("_few_are_many")
def test_whoever_ordered_a_merge_that_somebody_else_decided_meanwhile_is_told(clusters, verifier, second_verifier):
    keep, drop, _makers = clusters
    pair = a_pair(keep, drop)
    ordered(pair, keep, drop, verifier)
    duplicates.dismiss(pair, by=second_verifier, note="Dua sentra.")

    work()

    assert (members(drop), "diputuskan" in Notice.objects.get(recipient=verifier).body) == (3, True)


@pytest.mark.usefixtures("_few_are_many")
def test_a_merge_is_done_as_ordered_though_a_search_no_longer_lists_the_pair(clusters, verifier):
    keep, drop, _makers = clusters
    pair = a_pair(keep, drop)
    ordered(pair, keep, drop, verifier)
    pair.delete()

    work()

    assert (members(keep), Notice.objects.filter(recipient=verifier).count()) == (3, 1)


@pytest.mark.usefixtures("_few_are_many")
def test_such_a_merge_is_told_once_though_it_is_done_twice(clusters, verifier):
    keep, drop, _makers = clusters
    pair = a_pair(keep, drop)
    ordered(pair, keep, drop, verifier)
    versions = [keep.version, drop.version]
    jobs.carry_out.enqueue(pair.pk, "clusters", keep.pk, drop.pk, verifier.pk, [], {}, versions)
    pair.delete()

    work()

    told = Notice.objects.filter(recipient=verifier).values_list("path", flat=True)
    assert [*told] == [reverse("duplicates:merge", args=[Merge.objects.get().pk])]


@pytest.mark.usefixtures("_few_are_many")
@pytest.mark.parametrize("deaths", [1, MOST_ATTEMPTS])
def test_whoever_reads_that_nothing_was_merged_reads_it_once_though_the_teller_dies_just_then(
    deaths, clusters, verifier, second_verifier
):
    keep, drop, _makers = clusters
    pair = a_pair(keep, drop)
    ordered(pair, keep, drop, verifier)
    duplicates.dismiss(pair, by=second_verifier, note="Dua sentra.")
    if deaths > 1:
        died_just_then(deaths - 1)
    work()
    died_just_then(deaths)

    work()

    assert Notice.objects.filter(recipient=verifier).count() == 1
    pair.refresh_from_db()
    deciding.bring_back(pair, by=second_verifier)
    ordered(pair, keep, drop, verifier)
    duplicates.dismiss(pair, by=second_verifier, note="Dua sentra.")
    work()
    assert Notice.objects.filter(recipient=verifier).count() == 2  # another order is told by itself
