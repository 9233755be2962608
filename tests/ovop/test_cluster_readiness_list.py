"""The list of clusters by their readiness: whose, in which order, and where each next step is done."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ovop.models import ClusterGate, ClusterWeight, cluster_standards_on, judged_clusters, readiness_of_cluster
from tests.factories import a_cluster, an_establishment

pytestmark = pytest.mark.django_db
TODAY = datetime.date.today()
LIST = "ovop:cluster-readiness"


def names(answer):
    return [row["name"] for row in answer.context["rows"]]


@pytest.fixture
def standards():
    ClusterGate.objects.create(key="sk", fact="sk", least=1)
    ClusterWeight.objects.create(key="sk", fact="sk", least=1, weight=10)
    ClusterWeight.objects.create(key="nib", fact="anggota_ber_nib", least=2, weight=20)


@pytest.fixture
def clusters(standards):
    """One without anything, one with a decree, one whose two members have a NIB, one with all."""
    bare = a_cluster(name="Anyaman")
    decreed = a_cluster(name="Batu Aji", decree_number="188/1", decree_on="2025-01-02")
    numbered = a_cluster(name="Candi")
    whole = a_cluster(name="Dodol", decree_number="188/2", decree_on="2025-01-02")
    for at, cluster in enumerate((numbered, numbered, whole, whole)):
        an_establishment(name=f"Anggota {at}", cluster=cluster.number, nib=f"912030485726{at}")
    return bare, decreed, numbered, whole


def test_the_list_is_narrowed_and_sorted_in_the_database(clusters, officer, signed_in, trying):
    client = signed_in(officer)

    for query, expected in [
        ({}, ["Dodol", "Candi", "Batu Aji", "Anyaman"]),
        ({"order": "name"}, ["Anyaman", "Batu Aji", "Candi", "Dodol"]),
        ({"q": "dod"}, ["Dodol"]),
        ({"gates": "open"}, ["Dodol", "Batu Aji"]),
        ({"gates": "shut"}, ["Candi", "Anyaman"]),
        ({"on": "2024-12-31", "gates": "open"}, []),
    ]:
        with trying(query, expected):
            assert names(client.get(reverse(LIST), query)) == expected


def test_a_verifier_narrows_to_a_regency_or_city(clusters, verifier, signed_in):
    a_cluster(name="Getah", regency="63.06")

    assert names(signed_in(verifier).get(reverse(LIST), {"regency": "63.06"})) == ["Getah"]


def test_the_database_judges_as_the_rule_does(clusters):
    ClusterWeight.objects.create(key="tiga", fact="anggota", least=1, weight=3)
    standards = cluster_standards_on(TODAY)

    for cluster in clusters:
        row = judged_clusters(type(cluster).objects.filter(pk=cluster.pk), TODAY, standards=standards).get()
        expected = readiness_of_cluster(cluster, TODAY)
        assert (row.ready_passes, row.ready_score) == (expected.passes, expected.score)


def test_without_standards_nothing_is_shut_and_the_list_stands_by_name(officer, signed_in):
    for name in ("Purun", "Bambu"):
        a_cluster(name=name)

    assert names(signed_in(officer).get(reverse(LIST), {"gates": "open"})) == ["Bambu", "Purun"]
    assert names(signed_in(officer).get(reverse(LIST), {"gates": "shut"})) == []


def test_each_step_leads_to_where_it_is_done_on_the_list_and_on_the_clusters_page(clusters, officer, head, signed_in):
    bare = clusters[0]
    begin = f'<a href="/usulan/baru/?daftar=clusters&amp;data={bare.number}">'
    members = f'<a href="/data/establishments/?cluster={bare.number}">'
    listed = signed_in(officer).get(reverse(LIST), {"q": "any"}).content.decode()
    page = signed_in(officer).get(f"/sentra/{bare.number}/").content.decode()

    assert begin in listed
    assert begin in page
    assert members in page
    assert [
        row.number
        for row in signed_in(officer).get(f"/data/establishments/?cluster={clusters[2].number}").context["rows"]
    ] == [maker.number for maker in clusters[2].establishments.order_by("name")]
    assert begin not in signed_in(head).get(reverse(LIST), {"q": "any"}).content.decode()


def test_a_filter_that_makes_no_sense_is_told(officer, signed_in, trying):
    client = signed_in(officer)

    for query in ["on=2026-02-30", "gates=x", "order=x", "q=%00"]:
        with trying(query):
            assert client.get(f"{reverse(LIST)}?{query}").status_code == 400


def test_following_pages_lose_and_double_nothing(standards, officer, signed_in):
    for at in range(30):
        a_cluster(name=f"Sentra {at:02}", **({"decree_number": "1", "decree_on": "2025-01-02"} if at % 3 else {}))
    client = signed_in(officer)

    first = client.get(reverse(LIST))
    second = client.get(first.context["next_url"])

    shown = [*names(first), *names(second)]
    assert len(shown) == len(set(shown)) == 30
    assert second.context["rows"][-1]["readiness"].score == 0


def test_the_list_asks_as_often_for_three_clusters_as_for_one(standards, officer, signed_in):
    client = signed_in(officer)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(LIST), {"gates": "shut"})
        return len(queries)

    a_cluster(name="Satu")
    with_one = asked()
    for name in ("Dua", "Tiga"):
        a_cluster(name=name)

    assert asked() == with_one
