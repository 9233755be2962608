"""Starting and stopping the embedded PostgreSQL, after good and bad ends."""

import os
import signal
import subprocess
import sys
import time

import dj_database_url
import psycopg2
import pytest

from disperin.embedded import Cluster, EmbeddedError, places
from disperin.embedded.places import LONGEST
from tests.clock import PATIENCE

pytestmark = pytest.mark.thorough  # servers are started and stopped


def _answer(cluster, question="SELECT 1"):
    settings = dj_database_url.parse(cluster.url)
    connection = psycopg2.connect(dbname=settings["NAME"], user=settings["USER"], **settings["OPTIONS"])
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone()[0]
    finally:
        connection.close()


def test_a_second_start_finds_the_server_running(cluster):
    cluster.start()
    first = cluster.pid()

    cluster.start()

    assert cluster.pid() == first
    assert _answer(cluster, "SELECT current_database()") == "disperin"


def test_variables_of_another_postgresql_lead_nobody_astray(cluster, monkeypatch):
    foreign = {
        "PGHOST": "192.0.2.1", "PGHOSTADDR": "192.0.2.1", "PGPORT": "6543", "PGUSER": "orang", "PGDATABASE": "lain",
        "PGSERVICE": "lain", "PGOPTIONS": "-c nonsense=1", "PGTARGETSESSIONATTRS": "standby", "PGCLIENTENCODING": "X",
    }  # fmt: skip
    for name, value in foreign.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PG_BIN", "")

    cluster.start()

    assert _answer(cluster, "SELECT current_user || '@' || current_database()") == "postgres@disperin"
    assert (foreign.keys() & os.environ.keys(), "PG_BIN" in os.environ) == (set(), True)
    asking = "import os, psycopg2; psycopg2.connect(os.environ['DATABASE_URL']).close(); print('well')"
    environment = {**os.environ, "DATABASE_URL": cluster.url}
    said = subprocess.run(
        [sys.executable, "-c", asking], env=environment, capture_output=True, text=True, timeout=PATIENCE
    )
    assert (said.stdout, said.stderr) == ("well\n", "")


def test_a_second_stop_finds_nothing_to_do(cluster):
    cluster.start()

    cluster.stop()
    cluster.stop()

    assert cluster.pid() is None


def test_the_server_never_runs_as_root_and_its_socket_folder_is_closed(cluster):
    cluster.start()

    owner = os.stat(f"/proc/{cluster.pid()}").st_uid
    socket = cluster.places.socket().stat()
    assert owner != 0
    assert (socket.st_uid, socket.st_mode & 0o777) == (owner, 0o700)


def test_nothing_listens_on_the_network(cluster):
    cluster.start()

    assert _answer(cluster, "SHOW listen_addresses") == ""


def test_text_sorts_the_same_on_every_machine(cluster):
    cluster.start()

    encoding = _answer(cluster, "SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = 'disperin'")
    assert encoding == "UTF8"
    assert (
        _answer(cluster, "SELECT string_agg(word, '' ORDER BY word) FROM (VALUES ('é'), ('a'), ('Z')) w(word)") == "Zaé"
    )
    assert _answer(cluster, "SELECT lower('É')") == "é"


def test_it_starts_after_being_killed(cluster):
    cluster.start()
    os.kill(cluster.pid(), signal.SIGKILL)
    while cluster.pid():
        time.sleep(0.01)

    cluster.start()

    assert _answer(cluster) == 1


def test_a_number_left_by_a_dead_server_is_no_server(cluster):
    cluster.start()
    cluster.stop()
    data = cluster.places.data
    made = data.stat().st_ino
    somebody = subprocess.Popen(["sleep", "600"], user=data.stat().st_uid)
    for lock in (data / "postmaster.pid", cluster.places.socket() / ".s.PGSQL.5432.lock"):
        lock.write_text(f"{somebody.pid}\n{data}\n")

    try:
        assert cluster.pid() is None
        cluster.start()
    finally:
        somebody.kill()
        somebody.wait()

    assert (_answer(cluster), data.stat().st_ino) == (1, made)  # not one that was made anew


@pytest.fixture
def a_user(cluster, monkeypatch):
    """Makes users of the cluster that all tests share, without the watch that each starts.

    It outlives them, and would stop the server of a later test; the tests with processes of their own have one.
    """
    monkeypatch.setattr(Cluster, "_set_watch", lambda _user: None)
    return lambda: Cluster(cluster.purpose, cluster.places.notes.parent)


def test_the_last_of_its_users_stops_it(cluster, a_user):
    ours, theirs = a_user(), a_user()
    for user in (ours, theirs):
        user.hold()
        user.start()

    ours.release()
    after_the_first = cluster.pid()
    theirs.release()

    assert after_the_first is not None
    assert cluster.pid() is None


def test_what_is_in_use_is_not_removed(cluster, a_user):
    user = a_user()
    user.hold()
    user.start()

    with pytest.raises(EmbeddedError, match="is in use. End what uses it first."):
        cluster.reset()

    assert cluster.pid() is not None
    user.release()


def test_a_server_started_by_hand_outlives_its_users(cluster, a_user):
    user = a_user()
    user.hold()
    user.start()
    cluster.places.keep.touch()

    user.release()

    assert cluster.pid() is not None
    cluster.places.keep.unlink()


def test_a_process_that_ends_leaves_no_server_behind(open_folder):
    environment = {**os.environ, "VAR_DIR": str(open_folder / "var")}
    asking = (
        "from disperin.embedded import Cluster, database_url\n"
        "database_url(purpose='tests')\n"
        "print(Cluster('tests').pid())"
    )

    said = subprocess.run([sys.executable, "-c", asking], env=environment, capture_output=True, text=True, check=True)

    cluster = Cluster("tests", open_folder / "var")
    assert int(said.stdout.split()[-1]) > 0
    assert cluster.pid() is None
    cluster.reset()


def test_a_process_that_is_killed_leaves_no_server_behind(open_folder):
    environment = {**os.environ, "VAR_DIR": str(open_folder / "var")}
    asking = (
        "from disperin.embedded import database_url; database_url(purpose='tests'); print('up', flush=True); input()"
    )
    user = subprocess.Popen(
        [sys.executable, "-c", asking], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with user:
        user.stdout.readline()
        cluster = Cluster("tests", open_folder / "var")
        running = cluster.pid()

        user.kill()

    deadline = time.monotonic() + 60
    while cluster.pid() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert (running is not None, cluster.pid()) == (True, None)
    cluster.stop_when_unused()  # waits until the watch itself has ended
    cluster.reset()


def test_a_path_too_long_for_a_socket_gets_a_short_one(open_folder, monkeypatch):
    long = open_folder / ("a long folder, " * 6)
    long.mkdir()
    monkeypatch.setattr(places, "ELSEWHERE", long)
    cluster = Cluster("tests", long / "var")

    cluster.start()

    short = cluster.places.socket()
    assert len(os.fsencode(short)) <= LONGEST
    assert short.stat().st_mode & 0o777 == 0o700
    assert _answer(cluster) == 1
    cluster.stop()
    assert not short.exists()


def test_files_of_the_server_leave_a_folder_that_its_account_cannot_enter(closed_folder, capsys):
    cluster = Cluster("tests", closed_folder / "var")

    cluster.start()

    elsewhere = cluster.places.elsewhere()
    # only root lends the server another account; a plain user's server enters where its user does
    assert (elsewhere is not None) == (os.geteuid() == 0)
    assert cluster.places.folder.stat().st_mode & 0o777 == 0o700
    assert (str(elsewhere) in capsys.readouterr().out) == (elsewhere is not None)
    assert _answer(cluster) == 1
    cluster.reset()
    assert not cluster.places.folder.exists()
    assert elsewhere is None or not elsewhere.exists()


def test_a_project_that_moves_where_its_server_cannot_enter_keeps_its_rows(open_folder):
    cluster = Cluster("tests", open_folder / "var")
    cluster.start()
    before = _answer(cluster, "SELECT system_identifier FROM pg_control_system()")
    cluster.stop()
    open_folder.chmod(0o700)

    cluster.start()

    assert _answer(cluster, "SELECT system_identifier FROM pg_control_system()") == before
    cluster.reset()


def test_data_of_another_release_is_not_touched(open_folder):
    cluster = Cluster("demo", open_folder / "var")
    cluster.places.data.mkdir(parents=True)
    (cluster.places.data / "PG_VERSION").write_text("9.6\n")

    with pytest.raises(EmbeddedError, match="was written by PostgreSQL 9, .* has 1[5-9]"):
        cluster.start()


def test_an_unknown_purpose_is_refused(open_folder):
    with pytest.raises(EmbeddedError, match="There is no cluster for 'production'"):
        Cluster("production", open_folder / "var")


def test_the_tests_cluster_is_made_anew_when_a_crash_broke_it(open_folder):
    cluster = Cluster("tests", open_folder / "var")
    cluster.start()
    cluster.stop()
    (cluster.places.data / "global" / "pg_control").write_bytes(b"")

    cluster.start()

    assert _answer(cluster) == 1
    cluster.stop()


def test_the_demos_cluster_keeps_its_rows(open_folder):
    cluster = Cluster("demo", open_folder / "var")
    cluster.start()

    safe = [_answer(cluster, f"SHOW {name}") for name in ("fsync", "full_page_writes", "synchronous_commit")]

    assert safe == ["on", "on", "on"]
    cluster.stop()
