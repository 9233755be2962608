"""Whatever is done to makers, in whatever order: the counts that the verbs keep are those of counting all anew."""

import datetime

import time_machine
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from disperin.registers.record import rollup
from disperin.registers.record.models import FacetCount, GroupSum
from industries.actions import count_halal_makers
from industries.models import Establishment, HalalMakerCount
from tests.budget import examples
from tests.registers.walk import DEEDS, Walk

STEPS = st.lists(st.sampled_from(DEEDS), min_size=3, max_size=9)


def facets():
    return sorted(FacetCount.objects.exclude(number=0).values_list("register", "facet", "value", "number"))


def halal():
    columns = [one.attname for one in HalalMakerCount._meta.concrete_fields if one.name != "id"]
    return sorted(map(str, HalalMakerCount.objects.values_list(*columns)))


def sums():
    columns = ("register", "column", "regency", "code", "measure", "total", "given")
    return sorted(GroupSum.objects.exclude(total=0, given=0).values_list(*columns))


def assert_as_counted_anew(day):
    kept = facets(), sums(), halal()
    rollup.recount("establishments", Establishment)
    count_halal_makers(day)
    assert kept == (facets(), sums(), halal())


@settings(
    max_examples=examples(5, 200), suppress_health_check=[HealthCheck.function_scoped_fixture], phases=[Phase.generate]
)
@given(steps=STEPS, seed=st.integers(0, 1_000))
def test_what_the_verbs_keep_is_what_is_counted_anew(officer, verifier, steps, seed):
    """What cannot be done just then is refused, and must leave what is kept as it was."""
    day = datetime.datetime(2026, 1, 5, 9, tzinfo=datetime.UTC)
    with transaction.atomic():
        with time_machine.travel(day, tick=False):
            walk = Walk(seed, officer, verifier)
            count_halal_makers(day.date())
            for at, deed in enumerate(("make", "make", *steps)):
                walk.step(deed, at)
                assert_as_counted_anew(day.date())
        transaction.set_rollback(True)


def test_every_deed_of_the_walk_can_be_done(officer, verifier):
    walk = Walk(1, officer, verifier)
    for at in range(20):
        walk.step("make", at)
    for deed in ("change", "verify", "restore", "close", "reopen", "merge", "undo", "hide", "lift", "batch", "load"):
        done_by(walk, deed)
    for at in range(20):  # until what is hidden first is of the officer's regency
        done_by(walk, "hide")
        walk.step("uncover", 90 + at)
        if walk.done["uncover"]:
            break
        done_by(walk, "lift")

    assert {*DEEDS} - {name for name, times in walk.done.items() if times} == set(), walk.done


def done_by(walk, deed):
    """One of some attempts, each with another maker, is not refused."""
    before = walk.done[deed]
    for at in range(20):
        walk.step(deed, 40 + at)
        if walk.done[deed] > before:
            break
