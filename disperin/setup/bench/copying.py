"""A copy of the generated rows: measuring writes to it, and the next run finds the rows as they were."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from django.db import connections

COPY = "measured"


@contextmanager
def on_a_copy() -> Iterator[str]:
    """Within it this process, and what it starts, know the copy as their database; gives its address."""
    before, settings = os.environ["DATABASE_URL"], connections["default"].settings_dict
    name, parts = settings["NAME"], urlsplit(before)
    connections.close_all()
    _command(before, f'DROP DATABASE IF EXISTS "{COPY}"')
    _command(before, f'CREATE DATABASE "{COPY}" TEMPLATE "{name}" STRATEGY FILE_COPY')
    settings["NAME"] = COPY
    os.environ["DATABASE_URL"] = urlunsplit(parts._replace(path=f"/{COPY}"))
    try:
        yield os.environ["DATABASE_URL"]
    finally:
        connections.close_all()
        settings["NAME"], os.environ["DATABASE_URL"] = name, before
        _command(before, f'DROP DATABASE IF EXISTS "{COPY}" WITH (FORCE)')


def _command(address: str, command: str) -> None:
    """A command that no database may be in use for, nor a transaction begun."""
    link = psycopg2.connect(urlunsplit(urlsplit(address)._replace(path="/postgres")))
    try:
        link.autocommit = True
        with link.cursor() as cursor:
            cursor.execute(command)
    finally:
        link.close()
