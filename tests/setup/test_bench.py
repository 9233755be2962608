"""Measuring: rows that the register's own pages can read, never among real ones, and a client that counts right."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from disperin.registers.record import rollup
from disperin.setup.bench import bare, halal, load, pages_asked, rows
from disperin.setup.bench.reads import all_reads
from industries.models import Cluster, Establishment, Product
from tests.factories import an_establishment

pytestmark = pytest.mark.thorough

MANY = 1500


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = b"x" * 70_000 if self.path == "/long" else b"short"
        self.send_response(404 if self.path == "/none" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Nothing on the screen."""


@pytest.fixture
def port():
    """A server that answers anything."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@pytest.mark.django_db(transaction=True)
def test_generated_rows_are_whole_counted_and_readable():
    call_command("load_reference", verbosity=0)

    rows.fill(MANY, lambda text: None)

    assert (Establishment.objects.count(), Product.objects.count()) == (MANY, MANY * rows.PRODUCTS)
    assert rollup.counts_of("establishments")["all"] == {"": MANY}
    assert Cluster.objects.filter(establishments__isnull=False).exists()
    assert len(set(Establishment.objects.values_list("number", flat=True))) == MANY
    reads = all_reads()
    client = Client(SERVER_NAME="127.0.0.1")
    answers = [client.get(read.paths[0]) for read in reads]
    assert {answer.status_code for answer in answers} == {200}
    for answer in answers:  # some are files
        answer.close()
    twins = {path.partition("?")[0] for read in reads for path in read.twin}
    assert twins == set(bare.QUERIES)


@pytest.mark.django_db(transaction=True)
def test_real_records_are_never_mixed_with_generated_ones():
    record = an_establishment()

    with pytest.raises(CommandError, match="were not generated"):
        call_command("bench", "--establishments", "1000")

    assert list(Establishment.objects.all()) == [record]


@pytest.mark.parametrize("number", ["999", "2000001"])
def test_a_number_out_of_bounds_is_named(number):
    with pytest.raises(CommandError, match=f"{number}: name a number"):
        call_command("bench", "--establishments", number)


def test_each_path_is_asked_for_once_and_long_answers_are_read_to_their_end(port):
    measured = load.ask(port, ["/long", "/short"] * 20, connections=4, seconds=30, once=True)

    assert (len(measured.times), measured.refused) == (40, 0)


def test_answers_other_than_200_are_counted_as_refused(port):
    measured = load.ask(port, ["/none", "/short"], connections=1, seconds=30, once=True)

    assert measured.refused == 1


@pytest.mark.parametrize(("share", "milliseconds"), [(0.5, 50.5), (0.95, 95.05)])
def test_percentiles_are_those_of_all_answers(share, milliseconds):
    measured = load.Measured(1.0, [number / 1000 for number in range(1, 101)], 0)

    assert measured.percentile(share) == pytest.approx(milliseconds)
    assert measured.per_second == 100


@pytest.mark.django_db(transaction=True)
def test_the_halal_duty_is_measured_on_rows_that_the_rule_agrees_with(monkeypatch):
    monkeypatch.setattr(pages_asked, "TIMES", 2)
    call_command("load_reference", verbosity=0)
    rows.fill(MANY, lambda text: None)
    told = []

    halal.measure(told.append)

    assert "as the rule function on 3000 products of 10000 drawn" in told
    assert len([line for line in told if line.startswith(("/halal/", "/ovop/"))]) == 15
