"""A name that very many records are found by changes in a job; what is hidden finds nobody from the first moment."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from disperin.duplicates import actions as duplicates
from disperin.history.models import Entry
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.actions import gathering, spreading
from industries.models import Establishment
from tests.factories import a_cluster, an_administrator, an_establishment, establishment_values
from tests.registers.days import put_back
from tests.submissions.beside import beside
from tests.submissions.hiding import fresh, hide, text_of
from tests.submissions.test_words_of_others import NAME, YESTERDAY, changed, found_by
from tests.working import work

pytestmark = pytest.mark.thorough


@pytest.fixture
def _few_are_many(monkeypatch):
    """More than two are left to a job, two at a time."""
    monkeypatch.setattr(gathering, "MOST", 2)
    monkeypatch.setattr(spreading, "MOST", 2)
    monkeypatch.setattr(gathering, "_AT_ONCE", 2)


def of(cluster, number=3):
    """So many makers of a cluster; the first has a word of the cluster's name in its own."""
    return [
        an_establishment(name=f"{NAME} {at}", cluster=cluster.number, products=[{"name": "Kain kecubung"}] * (at == 0))
        for at in range(number)
    ]


def words(makers):
    return [fresh(one).search_text for one in makers]


@pytest.mark.usefixtures("_few_are_many")
def test_many_makers_are_found_by_the_new_name_of_their_cluster_once_the_job_is_done(db):
    cluster = a_cluster(name="Sentra Kecubung")
    makers = of(cluster)
    before = words(makers)

    changed("clusters", cluster, name="Sentra Melati")
    assert words(makers) == before

    work()
    assert words(makers) == [one.replace("sentra kecubung", "sentra melati") for one in before]


@pytest.mark.usefixtures("_few_are_many")
@pytest.mark.parametrize("path", ["name", ""])
def test_a_name_that_is_hidden_finds_none_of_many_from_the_first_moment(path, administrator):
    cluster = a_cluster(name="Sentra Melati")
    makers = of(cluster)
    put_back(3)
    changed("clusters", cluster, name="Sentra Kecubung Ungu")  # still left to its job when the name is hidden
    assert (len(found_by("melati")), len(found_by("melati", YESTERDAY))) == (4, 3)

    made = hide(fresh(cluster), path, by=administrator, slug="clusters")

    for asked in ("melati", "ungu"):
        assert found_by(asked) + found_by(asked, YESTERDAY) == [], asked
    assert [one.cluster_id for one in map(fresh, makers)] == [cluster.pk if path else None] * 3
    page = text_of(Client().get(reverse("industries:establishment-detail", args=[makers[1].number])))
    assert "Ungu" not in page
    versions = [one.version for one in map(fresh, makers)]

    work()
    assert found_by("melati") + found_by("ungu") + found_by("ungu", YESTERDAY) == []
    assert ["kain kecubung" in one for one in words(makers)] == [True, False, False]

    actions.lift(made, reason="Sudah.", by=administrator)
    assert [one.cluster_id for one in map(fresh, makers)] == [cluster.pk] * 3
    work()
    assert len(found_by("ungu")) == 4
    assert [one.version for one in map(fresh, makers)] == versions
    assert [one.withheld for one in map(fresh, makers)] == [{}] * 3


@pytest.mark.usefixtures("_few_are_many")
def test_a_maker_whose_cluster_was_hidden_by_itself_keeps_it_so_among_many(administrator):
    cluster = a_cluster(name="Sentra Kecubung")
    makers = of(cluster, 4)
    hide(makers[0], "cluster", by=administrator)

    made = hide(fresh(cluster), by=administrator, slug="clusters")
    actions.lift(made, reason="Sudah.", by=administrator)

    assert [one.cluster_id for one in map(fresh, makers)] == [None, *[cluster.pk] * 3]


@pytest.mark.usefixtures("_few_are_many")
def test_many_makers_of_a_cluster_that_was_merged_are_found_by_the_other_once_the_job_is_done(verifier):
    keep, drop = a_cluster(name="Sentra Melati"), a_cluster(name="Sentra Kecubung")
    makers = of(drop)
    before = words(makers)

    duplicates.merge(directory.get("clusters"), keep, drop, by=verifier)
    assert [one.cluster_id for one in map(fresh, makers)] == [keep.pk] * 3

    work()
    assert words(makers) == [one.replace("sentra kecubung", "sentra melati") for one in before]
    assert Entry.objects.about(keep).filter(verb="merge").exists()


@pytest.mark.usefixtures("_few_are_many")
def test_what_workers_have_died_over_is_ordered_again_by_the_daily_work(db):
    cluster = a_cluster(name="Sentra Kecubung")
    makers = of(cluster)
    changed("clusters", cluster, name="Sentra Melati")
    DBTaskResult.objects.get(task_path__endswith="gather_words").set_failed(RuntimeError("Sudah lima kali."))

    call_command("housekeeping", stdout=StringIO())
    work()

    assert ["sentra melati" in one for one in words(makers)] == [True] * 3


@pytest.mark.usefixtures("_few_are_many")
def test_two_jobs_of_one_cluster_never_work_at_the_same_time(db):
    cluster = a_cluster(name="Sentra Kecubung")
    makers = of(cluster)
    changed("clusters", cluster, name="Sentra Melati")
    changed("clusters", cluster, name="Sentra Anggrek")

    work()

    assert ["sentra anggrek" in one for one in words(makers)] == [True] * 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["renamed", "hidden"])
@pytest.mark.parametrize("joins_first", [True, False])
@pytest.mark.parametrize("by", ["verified", "published"])
def test_a_maker_that_joins_a_cluster_while_it_is_called_otherwise_is_not_found_by_the_old_name(
    by, joins_first, how, officer, verifier
):
    cluster, administrator = a_cluster(name="Sentra Kecubung"), an_administrator()
    register = directory.get("establishments")
    given = establishment_values(name=NAME, cluster=cluster.number)
    submission = actions.submit(actions.draft(register, given, by=officer), by=officer)

    def join():
        if by == "verified":
            actions.verify(submission, by=verifier, round=1)
        else:
            actions.publish(register, given, by=administrator)

    def rename():
        if how == "renamed":
            actions.publish(
                directory.get("clusters"), {"name": "Sentra Melati"}, by=administrator, record=fresh(cluster)
            )
        else:
            hide(fresh(cluster), by=administrator, slug="clusters")

    beside(*((join, rename) if joins_first else (rename, join)))

    maker = Establishment.objects.get(name=NAME)
    assert "kecubung" not in maker.search_text
    assert ("melati" in maker.search_text) == (how == "renamed")
    assert maker.cluster_id == (cluster.pk if how == "renamed" else None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["merged", "parted", "shown"])
def test_a_maker_that_gets_its_cluster_from_elsewhere_while_that_is_renamed_is_found_by_the_new_name(
    how, officer, verifier
):
    cluster, administrator = a_cluster(name="Sentra Kecubung"), an_administrator()
    makers = directory.get("establishments")
    one, other = an_establishment(cluster=cluster.number), an_establishment(name="Kembar")
    keep, drop = (other, one) if how == "merged" else (one, other)
    renaming = actions.draft(directory.get("clusters"), {"name": "Sentra Melati"}, by=officer, record=cluster)
    renaming = actions.submit(renaming, by=officer)

    def rename():
        actions.verify(renaming, by=verifier, round=1)

    def merge():
        return duplicates.merge(makers, fresh(keep), fresh(drop), by=verifier, choices=["cluster"])

    made = {"parted": merge, "shown": lambda: hide(fresh(keep), "cluster", by=administrator)}.get(how, lambda: None)()
    joins = {
        "merged": merge,
        "parted": lambda: duplicates.unmerge(made, by=verifier),
        "shown": lambda: actions.lift(made, reason="Sudah.", by=administrator),
    }
    beside(joins[how], rename)

    assert (fresh(keep).cluster_id, "melati" in fresh(keep).search_text) == (cluster.pk, True)
    assert "kecubung" not in fresh(keep).search_text


@pytest.mark.django_db
def test_naming_nobody_new_holds_nobody(django_assert_num_queries):
    cluster = a_cluster()
    register = directory.get("establishments")
    held = {"cluster": cluster.number}
    with transaction.atomic(), django_assert_num_queries(0):
        gathering.hold_lenders(register, [(held, held), ({}, {})])
