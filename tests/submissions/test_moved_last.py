"""What all verbs move (known words, counts, revisions) is written last, once and in one order, whatever is stored."""

import re
from collections import Counter
from itertools import groupby

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from disperin.duplicates import actions as duplicates
from disperin.registers.models import Counter as Number
from disperin.registers.models import FacetCount, KnownWord, Revision
from disperin.registers.record import directory, known_words, moved_last, revisions, rollup
from disperin.submissions import actions
from disperin.submissions.batches import actions as batches
from disperin.submissions.models import Submission
from industries.models import Cluster, HalalCount
from tests.factories import a_cluster, a_food_maker, a_halal_certificate, an_establishment, place
from tests.submissions.beside import beside
from tests.submissions.hiding import hide

IN_ORDER = [
    "registers_knownword", "industries_halalcount", "industries_halalmakercount", "industries_qualitycount",
    "registers_facetcount", "registers_groupsum", "registers_revision",
]  # fmt: skip


def makers():
    return directory.get("establishments")


def proposed(slug, values, record, *, by):
    return actions.submit(actions.draft(directory.get(slug), values, by=by, record=record), by=by, acknowledged=True)


def together(submissions, *, by):
    done = batches.verify_many(Submission.objects.filter(pk__in=[each.pk for each in submissions]), by=by, warned=True)
    assert (done.done, done.left) == (len(submissions), [])


def facets():
    return Counter(FacetCount.objects.exclude(number=0).values_list("register", "facet", "value", "number"))


@pytest.mark.django_db
def test_a_verb_writes_each_of_them_once_and_in_one_order(verifier, second_verifier, administrator):
    keep, drop = a_food_maker("Dapur Acil"), a_food_maker("Dapur Acil", regency="63.06")
    a_halal_certificate(establishment=drop)
    movers = [a_halal_certificate(establishment=a_food_maker(f"Usaha {at}")).establishment for at in range(2)]
    cluster = a_cluster()
    member = an_establishment(name="Anggota", cluster=cluster.number)
    moves = [proposed("establishments", place("63.06"), maker, by=verifier) for maker in movers]
    of_two = [
        proposed("establishments", {"phone": "08125000123"}, member, by=verifier),
        proposed("clusters", {"name": "Sentra Baru"}, cluster, by=verifier),
    ]
    made = []
    deeds = {
        "a merge across regencies": lambda: made.append(
            duplicates.merge(makers(), keep, drop, by=verifier, choices=["annual_sales"])
        ),
        "its undoing": lambda: duplicates.unmerge(made[0], by=verifier),
        "two moves at once": lambda: together(moves, by=second_verifier),
        "of two registers at once": lambda: together(of_two, by=second_verifier),
        "a cluster that is hidden": lambda: hide(cluster, "", by=administrator, slug="clusters"),
    }
    for deed, do in deeds.items():
        with CaptureQueriesContext(connection) as queries:
            do()
        written = [re.findall(r"INSERT INTO (\w+)", query["sql"]) for query in queries]
        (sent,) = [tables for tables in written if not {*IN_ORDER}.isdisjoint(tables)]
        tables = [table for table, _rows in groupby(sent)]
        assert tables[-1:] == ["registers_revision"], deed
        assert tables == [table for table in IN_ORDER if table in tables], deed
    kept = facets()
    for register in directory.all_registers():
        rollup.recount(register.slug, register.model)
    assert kept == facets()


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
def test_a_merge_that_waits_for_a_count_holds_no_count_that_comes_after_it(verifier):
    """Whoever stores a maker holds what is counted of products, and then waits for the facets."""
    keep = a_food_maker("Dapur Acil")
    drop = an_establishment(name="Dapur Acil", regency="63.06", annual_sales=10_000_000_000)

    beside(
        lambda: list(HalalCount.objects.select_for_update()),
        lambda: duplicates.merge(makers(), keep, drop, by=verifier, choices=["annual_sales"]),
        then=lambda: [
            list(FacetCount.objects.select_for_update(nowait=True)),
            list(Revision.objects.select_for_update(nowait=True)),
        ],
    )

    drop.refresh_from_db()
    assert drop.closed_reason == "duplicate"


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
def test_many_that_are_verified_at_once_hold_all_records_before_any_number_or_count(verifier, second_verifier):
    a_food_maker()  # so that products of this regency have a counter that can be held
    maker, cluster = an_establishment(), a_cluster()
    both = [
        proposed("establishments", {"products": [{"name": "Tas purun"}]}, maker, by=verifier),
        proposed("clusters", {"name": "Sentra Baru"}, cluster, by=verifier),
    ]

    beside(
        lambda: list(Cluster.objects.select_for_update().filter(pk=cluster.pk)),
        lambda: together(both, by=second_verifier),
        then=lambda: [list(rows.objects.select_for_update(nowait=True)) for rows in (Number, FacetCount, Revision)],
    )


@pytest.mark.django_db
def test_what_is_moved_within_is_written_with_the_outermost_and_not_where_it_fails():
    kept = revisions.revisions_of(["clusters", "halal"])

    @moved_last.moved_last()
    def fails():
        revisions.raise_revision("halal")
        raise ZeroDivisionError

    with transaction.atomic(), moved_last.moved_last():
        with pytest.raises(ZeroDivisionError):
            fails()
        with moved_last.moved_last():
            revisions.raise_revision("clusters")
        assert revisions.revisions_of(["clusters", "halal"]) == kept

    assert revisions.revisions_of(["clusters", "halal"]) == {**kept, "clusters": kept["clusters"] + 1}


@pytest.mark.django_db
def test_what_is_moved_goes_in_one_journey_and_in_one_order_whatever_was_moved_first():
    with CaptureQueriesContext(connection) as asked, moved_last.moved_last():
        revisions.raise_revision("clusters")
        known_words.remember("clusters", "sasirangan banjarmasin")
        assert not asked.captured_queries

    (sent,) = asked.captured_queries
    assert sent["sql"].index("registers_knownword") < sent["sql"].index("registers_revision")
    assert set(KnownWord.objects.filter(register="clusters").values_list("word", flat=True)) >= {
        "sasirangan",
        "banjarmasin",
    }
