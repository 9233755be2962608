"""One driver: psycopg2. Django takes psycopg 3 by itself wherever it is installed, and would answer differently."""

from importlib.util import find_spec

from django.db.backends.postgresql.psycopg_any import is_psycopg3


def test_the_portal_speaks_through_psycopg2():
    assert not is_psycopg3
    assert find_spec("psycopg") is None
