"""The database that all migrations made, kept from run to run as the template of the databases of tests."""

import hashlib
import os
from itertools import chain

import django
from django.conf import settings
from django.db import connection

NAME = "disperin_migrated_"
OF_TESTS = "disperin_tests_"  # and the number of the process whose tests work in it


def template():
    """Return the name of the template; what there is of older migrations is dropped, what is missing is made."""
    wanted = NAME + _fingerprint()
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [NAME])  # another worker may be making it
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [NAME])
        known = {name for (name,) in cursor.fetchall()}
        drop_left(cursor)
        for name in known - {wanted}:
            cursor.execute(f'DROP DATABASE "{name}"')
        if wanted not in known:
            _make(f"{NAME}unfinished")
            cursor.execute(f'ALTER DATABASE "{NAME}unfinished" RENAME TO "{wanted}"')
    return wanted


def of_this_process():
    """The name of the database in which the tests of this process work: runs side by side have one each."""
    return f"{OF_TESTS}{os.getpid()}"


def drop_left(cursor):
    """Drop the databases of processes that were killed."""
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [OF_TESTS])
    for (name,) in cursor.fetchall():
        if not _runs(int(name.removeprefix(OF_TESTS).partition("_")[0])):
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _runs(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # it is another's
    return True


def _make(name):
    ours = connection.settings_dict
    kept = ours["NAME"], ours["TEST"]["NAME"]
    ours["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    ours["NAME"], ours["TEST"]["NAME"] = kept


def _fingerprint():
    """Changes with any migration, ours or of a package, and with nothing else: ours import none of our modules."""
    ours = chain.from_iterable(settings.BASE_DIR.glob(f"{depth}/migrations/*.py") for depth in ("*", "*/*"))
    read = [settings.BASE_DIR / "requirements.txt", *sorted(ours)]
    return hashlib.sha256(b"".join(path.read_bytes() for path in read)).hexdigest()[:16]


if __name__ == "__main__":
    django.setup()
    template()
