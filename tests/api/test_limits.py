"""The limits of requests hold over all workers, though a worker tells the database of several at once."""

import multiprocessing

import pytest
from django.db import connection
from django.test import RequestFactory

from disperin.registers.api import throttling
from disperin.registers.models import RequestCount

pytestmark = pytest.mark.django_db(transaction=True)
LIMIT, BATCH = 120, 6


@pytest.fixture(autouse=True)
def _limited(settings, monkeypatch, time_machine):
    time_machine.move_to("2026-11-22T08:00:15+08:00", tick=False)
    rates = {"DEFAULT_THROTTLE_RATES": {"anon": f"{LIMIT}/min", "exports": "12/min"}}
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, **rates}
    monkeypatch.setattr(throttling._PerWindow, "counts", throttling.Counts())


class Exports(throttling.AddressThrottle):
    scope = "exports"


def passed(number, throttle=throttling.AddressThrottle, address="192.0.2.1"):
    """How many of so many requests of one address this process lets through."""
    request = RequestFactory().get("/", REMOTE_ADDR=address)
    return sum(throttle().allow_request(request, None) for _ in range(number))


def _in_a_process(number, throttle, told):
    """As a worker: a memory of its own, and a connection of its own to the same database."""
    inherited, connection.connection = connection.connection, None  # kept, so that nobody closes the parent's
    told.put(passed(number, throttle))
    connection.close()
    del inherited


def in_two_processes(number, throttle):
    """What two processes let through that ask so many times each, at the same time."""
    fork = multiprocessing.get_context("fork")
    told = fork.Queue()
    processes = [fork.Process(target=_in_a_process, args=(number, throttle, told)) for _ in range(2)]
    for one in processes:
        one.start()
    counts = [told.get() for _ in processes]
    for one in processes:
        one.join()
    return counts


def test_two_processes_hold_one_limit_but_for_what_each_has_yet_to_tell():
    counts = in_two_processes(100, throttling.AddressThrottle)

    assert LIMIT <= sum(counts) <= LIMIT + 2 * (BATCH - 1)
    assert max(counts) < LIMIT


def test_a_narrow_limit_is_held_to_the_request():
    assert sum(in_two_processes(10, Exports)) == 12


def test_nobody_is_refused_before_the_limit_nor_allowed_more_by_one_worker(django_assert_num_queries):
    with django_assert_num_queries(LIMIT // BATCH):
        assert passed(LIMIT) == LIMIT
    assert passed(1_000) == 0
    with django_assert_num_queries(0):
        assert passed(BATCH - 1, address="192.0.2.2") == BATCH - 1


def test_whose_count_finds_no_room_in_memory_is_counted_by_the_database(monkeypatch):
    monkeypatch.setattr(throttling, "MOST_REMEMBERED", 2)
    for end in range(3, 6):
        passed(1, address=f"192.0.2.{end}")

    assert passed(LIMIT + 5) == LIMIT
    assert sorted(RequestCount.objects.values_list("number", flat=True)) == [1, LIMIT + 5]


def test_a_window_that_is_over_is_forgotten(time_machine):
    assert passed(LIMIT + BATCH) == LIMIT
    time_machine.shift(60)

    assert passed(LIMIT + BATCH) == LIMIT
    assert len(throttling._PerWindow.counts.windows) == 1
