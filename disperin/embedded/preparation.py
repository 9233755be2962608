"""What must be done before the portal can be shown, and what need not be done twice."""

import hashlib
import json
import secrets
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import psycopg2

from disperin.embedded.errors import EmbeddedError
from disperin.embedded.places import PROJECT, var_folder


def _fingerprint(paths: Iterable[str], identity: str) -> str:
    """A short text that changes when a file below one of the paths does, or `identity` does."""
    digest = hashlib.sha256(identity.encode())
    for name in paths:
        top = PROJECT / name
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and path.suffix not in {".pyc", ".mo"}:
                status = path.stat()
                digest.update(f"{path}{status.st_size}{status.st_mtime_ns}".encode())
    return digest.hexdigest()


def _asked(database: str, question: str) -> str:
    """The one answer of a query, as text."""
    connection = psycopg2.connect(database)
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            return str(cursor.fetchone()[0])
    finally:
        connection.close()


def _identity(database: str) -> str:
    """What tells this database from one made anew at the same address; never the same where it may not be asked."""
    try:
        return _asked(
            database,
            "SELECT system_identifier || '/' || oid FROM pg_control_system(), pg_database "
            "WHERE datname = current_database()",
        )
    except psycopg2.Error:
        return secrets.token_hex()


class Preparation:
    """The steps before serving; one whose inputs are as they were at its last success is not run again."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.notes = var_folder() / "prepared.json"
        try:
            self.done = json.loads(self.notes.read_text())
        except (OSError, ValueError):
            self.done = {}

    def run(self, title: str, *command: str) -> None:
        """Run one command of the project; EmbeddedError when it fails (it has said why)."""
        print(f"  {title} …", flush=True)
        self._ran(*command)

    def said(self, *command: str) -> str:
        """What a command of the project has to say; EmbeddedError when it fails."""
        return str(self._ran(*command, stdout=subprocess.PIPE, text=True).stdout)

    def _ran(self, *command: str, **options: Any) -> subprocess.CompletedProcess:
        ran = subprocess.run([sys.executable, *command], env=self.environment, cwd=PROJECT, **options)  # noqa: S603 - ours
        if ran.returncode:
            failure = f"`{' '.join(command)}` failed (exit code {ran.returncode})"
            raise EmbeddedError(f"{failure}; what it said stands above.")
        return ran

    def once(self, title: str, *command: str, inputs: Iterable[str], identity: str) -> None:
        """Run it unless it ran before on the same inputs for the same `identity`."""
        fingerprint = _fingerprint(inputs, identity)
        if self.done.get(title) == fingerprint:
            return
        self.run(title, *command)
        self.done[title] = fingerprint
        self.notes.write_text(json.dumps(self.done, indent=1))

    def sample(self) -> None:
        """Load the sample data into a database without establishments."""
        database = self.environment["DATABASE_URL"]
        if _asked(database, "SELECT NOT EXISTS (SELECT FROM industries_establishment)") == "True":
            self.run("sample data", "manage.py", "load_sample")

    def all(self) -> None:
        """Do everything that must be done before the portal can be shown, sample data excepted."""
        database = self.environment["DATABASE_URL"]
        self.once("translations", "-m", "disperin.ui.translations", "compile", inputs=["locale"], identity="")
        cluster = _identity(database)
        elsewhere = self.environment.get("PROVINCE_DIR", "")
        province = f"{self.environment.get('PROVINCE', '')} {elsewhere}"
        code = ["disperin", "industries", "ovop", "zones", "requirements.txt"]
        migrate = ["manage.py", "migrate", "--no-input", "--verbosity", "0"]
        self.once("database tables", *migrate, inputs=code, identity=cluster)
        tables = ["manage.py", "disperin/settings.py"]
        self.once(
            "table of the cache", "manage.py", "createcachetable", "--verbosity", "0", inputs=tables, identity=cluster
        )
        known = ["data", "disperin/province.py", *filter(None, [elsewhere])]
        loaded = [*known, "disperin/setup"]
        self.once("reference data", "manage.py", "load_reference", inputs=loaded, identity=f"{cluster} {province}")
        counted = ["disperin/registers/record/rollup.py", "industries/actions", "industries/rules"]
        self.once("counts", "manage.py", "recount", inputs=counted, identity=cluster)
        served = ["static", "package-lock.json", "requirements.txt", "disperin/settings.py", "disperin/ui", *known]
        collect = ["manage.py", "collectstatic", "--no-input", "--clear", "--verbosity", "0"]
        static = self.environment.get("STATIC_ROOT") or str(var_folder() / "static")
        if not Path(static).is_dir():
            self.done.pop("style and scripts", None)
        self.once("style and scripts", *collect, inputs=served, identity=f"{static} {province}")
