"""What is kept is given at the door, and nobody can tell: the same headers, log and figures, and nothing old."""

import gzip

import pytest
import structlog
from django.core.cache import caches
from django.db import OperationalError, connection
from django.test import Client
from prometheus_client import REGISTRY

from disperin.front import door
from disperin.registers.lists import memory
from tests.factories import a_cluster, an_establishment

pytestmark = pytest.mark.django_db
PAGES = (
    "/industri/",
    "/en/industri/?q=Haruyan",
    "/",
    "/api/v1/establishments/",
    "/industri/peta.json",
    "/cari/?q=Tenun",
)


@pytest.fixture(scope="module")
def record(once):
    return once(lambda: an_establishment(name="Tenun Haruyan"))


@pytest.fixture
def given(monkeypatch, record):
    """The number of answers that were given at the door."""
    count = []
    given = door.Door._given
    monkeypatch.setattr(door.Door, "_given", lambda *of: count.append(1) or given(*of))
    return lambda: len(count)


def get(path, **headers):
    return Client().get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})


def test_a_kept_answer_has_every_header_of_the_first(given):
    kinds = ({}, {"Accept_Encoding": "gzip"}, {"HX_Request": "true"})
    asked = [(path, headers) for path in PAGES for headers in kinds]
    differ = {}
    for path, headers in asked:
        first, again = get(path, **headers), get(path, **headers)
        if (first.content, dict(first.items())) != (again.content, dict(again.items())) or first.status_code != 200:
            differ[path, *headers] = (dict(first.items()), dict(again.items()))

    assert differ == {}
    assert given() == len(asked)
    page = get("/industri/")
    assert "default-src 'none'" in page["Content-Security-Policy"]
    assert {"Permissions-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy"} <= {*page.headers}


def test_what_is_known_already_is_answered_with_the_headers_of_the_first_such_answer(given):
    for path in PAGES:
        first = get(path)
        etag = first["ETag"]
        caches["pages"].clear()
        further_in = get(path, If_None_Match=etag)
        get(path)
        before = given()
        at_the_door = get(path, If_None_Match=f'"other", {etag}')

        assert (further_in.status_code, at_the_door.status_code, given() - before) == (304, 304, 1), path
        # as of the answer itself; further in nobody asks whether it would have been compressed
        assert dict(at_the_door.items()) == {**dict(further_in.items()), "Vary": first["Vary"]}, path
        assert at_the_door.content == b""


def test_compressed_answers_go_to_whoever_takes_them(given):
    for encoding in ("gzip, deflate, br", "identity", "gzip"):
        first, again = (get("/industri/", Accept_Encoding=encoding) for _ in range(2))
        is_gzip = "gzip" in encoding
        for answer in (first, again):
            assert answer.get("Content-Encoding", "") == ("gzip" if is_gzip else "")
            assert b"Tenun Haruyan" in (gzip.decompress(answer.content) if is_gzip else answer.content)
            assert {"Accept-Encoding", "Cookie", "Authorization"} <= {*answer["Vary"].split(", ")}
    assert given() == 4


def test_a_head_is_answered_from_what_a_get_was(given):
    got = get("/industri/")
    asked = Client().head("/industri/")

    assert (asked.status_code, asked.content, asked["Content-Length"]) == (200, b"", got["Content-Length"])
    assert given() == 1


def test_the_log_tells_of_a_kept_answer_as_of_any_other(given):
    told = []
    for _ in range(2):
        with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
            get("/industri/", User_Agent="Peramban")
        told.append([{name: value for name, value in line.items() if name != "request_id"} for line in lines])
        assert len({line["request_id"] for line in lines}) == 1

    assert given() == 1
    assert told[0] == told[1]
    assert [line["event"] for line in told[1]] == ["request_started", "request_finished"]
    assert structlog.contextvars.get_contextvars() == {}


def test_the_figures_of_operation_count_a_kept_answer_as_any_other(given):
    """All but which templates were drawn, and of course how long it took."""

    def counted():
        samples = (sample for metric in REGISTRY.collect() for sample in metric.samples)
        return {
            (one.name, *sorted(one.labels.items())): one.value
            for one in samples
            if one.name.startswith("django_http") and one.name.endswith(("_total", "_count", "bytes_sum"))
        }

    grown = []
    for _ in range(2):
        before = counted()
        get("/industri/")
        grown.append({name: value - before.get(name, 0) for name, value in counted().items()})
    changes = [{name for name, value in one.items() if value and "templatename" not in name[0]} for one in grown]

    assert given() == 1
    assert changes[0] == changes[1]
    view = ("django_http_responses_total_by_status_view_method_total", ("method", "GET"), ("status", "200"))
    assert grown[1][*view, ("view", "industries:establishment-list")] == 1


def test_whoever_is_known_and_whoever_has_a_message_passes_by(given, signed_in, verifier, record):
    address = f"/industri/{record.number}/"
    get(address)

    seen = signed_in(verifier).get(address)
    assert seen["Cache-Control"] == "private, no-store"
    for cookie in ("sessionid", "messages"):
        client = Client()
        client.cookies[cookie] = "nonsense"
        client.get(address)
    get("/api/v1/establishments/")
    assert get("/api/v1/establishments/", Authorization="Token nonsense").status_code == 401
    assert Client().post("/industri/").status_code == 405
    assert get(address, Host="evil.example").status_code == 400
    assert given() == 0


def test_what_one_may_not_see_or_is_led_away_from_is_not_kept(given, record):
    for path in (
        "/tidak-ada/",
        "/industri/IKM-6307-999999/",
        f"/industri/{record.number.lower()}/",
        "/usulan/",
        "/masuk/",
    ):
        assert {get(path).status_code for _ in range(2)} != {200} or path == "/masuk/"
    assert given() == 0


def test_each_language_of_the_api_has_its_own_answer(given):
    told = [get("/api/v1/registers/establishments/", Accept_Language=one).content for one in ("id", "en", "id", "en")]

    assert told[0] != told[1]
    assert (told[2], told[3], given()) == (told[0], told[1], 2)


def test_a_change_elsewhere_is_seen_with_the_next_read(given):
    assert b"Sentra Anyaman" not in get("/sentra/").content
    get("/industri/")
    with connection.cursor() as cursor:  # as another worker's transaction leaves it
        a_cluster(name="Sentra Anyaman")
        cursor.execute("SELECT number FROM registers_revision WHERE register = 'clusters'")

    assert b"Sentra Anyaman" in get("/sentra/").content


def test_where_the_database_is_away_nothing_is_given(given, monkeypatch):
    get("/industri/")

    def away(_registers):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(door, "revisions_of", away)
    monkeypatch.setattr(connection, "close", lambda: None)  # the world of this test stands on it
    assert get("/industri/").status_code == 200
    assert given() == 0


def test_kept_answers_of_the_api_count_for_the_limit(given, settings, time_machine):
    time_machine.move_to("2026-11-22T08:00:15+08:00", tick=False)
    rates = {"DEFAULT_THROTTLE_RATES": {"anon": "3/min", "user": "5/min"}}
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, **rates}
    for address in ("/api/v1/establishments/", "/api/v1/registers/"):
        time_machine.shift(60)
        answers = [get(address) for _ in range(4)]

        assert [one.status_code for one in answers] == [200, 200, 200, 429], address
        assert answers[3]["Retry-After"] == "45"
    assert given() == 4


def test_memory_holds_so_many_bytes_and_forgets_what_was_read_longest_ago(monkeypatch):
    monkeypatch.setattr(memory, "MOST", 3_000)
    held = memory.BoundMemory("test", {"OPTIONS": {"MAX_ENTRIES": 100}})
    for name in "abc":
        held.set(name, b"x" * 900)
    assert held.get("a")
    for name in "de":
        held.set(name, b"x" * 900)

    assert [name for name in "abcde" if held.get(name)] == ["a", "d", "e"]
    held.set("whale", b"x" * 4_000)
    assert held.get("whale") is None
