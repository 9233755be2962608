"""Clusters in folders of their own, gone after the test."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from disperin.embedded import Cluster, places


@pytest.fixture(autouse=True)
def _no_database_named(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("PG_BIN", raising=False)


@pytest.fixture(scope="session", autouse=True)
def elsewhere():
    """Where files go that the server's account cannot reach, instead of the machine's /var/tmp."""
    path = _open_folder()
    kept, places.ELSEWHERE = places.ELSEWHERE, path
    yield path
    places.ELSEWHERE = kept
    shutil.rmtree(path)


def _open_folder():
    path = Path(tempfile.mkdtemp(prefix="pg-"))
    path.chmod(0o755)
    return path


@pytest.fixture
def open_folder():
    """A folder that every account can enter (pytest's own cannot be entered by others)."""
    path = _open_folder()
    yield path
    shutil.rmtree(path)


@pytest.fixture(scope="module")
def cluster():
    """One cluster for the tests of a module; each starts it or stops it as it needs."""
    path = _open_folder()
    cluster = Cluster("tests", path / "var")
    yield cluster
    cluster.reset()
    shutil.rmtree(path)


@pytest.fixture
def closed_folder(open_folder):
    """A folder that only we can enter."""
    home = open_folder / "home"
    home.mkdir(mode=0o700)
    assert os.stat(home).st_mode & 0o077 == 0
    return home
