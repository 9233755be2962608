"""`make` installs what the lock says and nothing else, on whatever day it runs."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from django.conf import settings
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
PYTHONS = ("3.11", "3.12", "3.13")
LOCKS = {
    "requirements.txt": PROJECT["project"]["dependencies"],
    "requirements-dev.txt": PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["dev"],
}
# what `alpha 1.0` asks for leaves room for every newer release, as real packages do
OFFERED = {
    "alpha": ["beta[more]>=1"],
    "beta": ['gamma>=1; extra == "more"'],
    "gamma": [],
}


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """A package index with a release 1.0 and a newer 2.0 of everything; gives its address and the hashes of 1.0."""
    folder, hashes = tmp_path_factory.mktemp("index"), {}
    for name, needed in OFFERED.items():
        page = folder / "simple" / name
        page.mkdir(parents=True)
        wheels = [_wheel(page, name, version, needed) for version in ("1.0", "2.0")]
        page.joinpath("index.html").write_text("".join(f'<a href="{one.name}">{one.name}</a>' for one in wheels))
        hashes[name] = hashlib.sha256(wheels[0].read_bytes()).hexdigest()
    return f"file://{folder}/simple", hashes


def _wheel(folder, name, version, needed):
    path, notes = folder / f"{name}-{version}-py3-none-any.whl", f"{name}-{version}.dist-info"
    about = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", "Provides-Extra: more"]
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(f"{name}.py", "")
        wheel.writestr(f"{notes}/METADATA", "\n".join([*about, *(f"Requires-Dist: {one}" for one in needed)]))
        wheel.writestr(f"{notes}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{notes}/RECORD", "")
    return path


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A folder with the portal's Makefile and a virtual environment of its own, whose pip is a copy of ours."""
    folder = tmp_path_factory.mktemp("clone")
    shutil.copy(settings.BASE_DIR / "Makefile", folder)
    base = os.path.join(sys.base_prefix, "bin", f"python{sys.version_info[0]}.{sys.version_info[1]}")
    subprocess.run([base, "-m", "venv", "--without-pip", folder / ".venv"], check=True)
    ours, (theirs,) = Path(sysconfig.get_path("purelib")), folder.glob(".venv/lib/*/site-packages")
    for part in (ours / "pip", *ours.glob("pip-*.dist-info")):
        shutil.copytree(part, theirs / part.name)
    return folder


def _make(clone, index, lock, *, locked):
    address, hashes = index
    told = "".join(f"{name}==1.0 --hash=sha256:{hashes[name]}\n" for name in locked)
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-node.txt"):
        (clone / name).write_text(told)
    installed = clone / ".venv" / lock
    installed.unlink(missing_ok=True)
    # the machine's own indexes and settings of pip stay out of it; without npm, node is installed as a wheel
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "MAKE"))}
    environment |= {"PIP_INDEX_URL": address, "PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1"}
    command = ["make", f".venv/{lock}", "NPM=", f"PYTHON={sys.executable}"]  # which Python is newest is not asked
    return subprocess.run(command, cwd=clone, env=environment, capture_output=True, text=True)


def _installed(clone):
    return {note.name.removesuffix(".dist-info") for note in _notes(clone)}


def _notes(clone):
    return [note for name in OFFERED for note in clone.glob(f".venv/lib/*/site-packages/{name}-*.dist-info")]


def _remove(clone):
    for note in _notes(clone):
        shutil.rmtree(note)


@pytest.mark.thorough
def test_an_index_with_newer_releases_changes_nothing(clone, index):
    for lock in ("runtime", "tools", "node"):
        _remove(clone)

        said = _make(clone, index, lock, locked=OFFERED)

        assert (said.returncode, said.stderr) == (0, ""), lock
        assert _installed(clone) == {"alpha-1.0", "beta-1.0", "gamma-1.0"}, lock


@pytest.mark.thorough
def test_what_the_lock_forgot_is_named_and_not_fetched(clone, index):
    for lock in ("runtime", "tools"):
        _remove(clone)

        said = _make(clone, index, lock, locked=["alpha"])

        assert said.returncode != 0, lock
        assert "alpha 1.0 requires beta, which is not installed." in said.stderr
        assert _installed(clone) == {"alpha-1.0"}, lock
        assert not (clone / ".venv" / lock).exists()


def test_every_way_to_install_takes_the_lock_alone():
    ways = {
        (name, line.strip())
        for name in ("Makefile", "Dockerfile", *_how_tos())
        for line in (settings.BASE_DIR / name).read_text().splitlines()
        if re.search(r"(pip|\(PIP\)) install", line)
    }

    assert len(ways) >= 3
    assert {way for way in ways if not {"--no-deps", "--require-hashes"} <= set(way[1].split())} == set()


def test_npm_is_that_of_the_machine_where_its_node_can_run_the_tests_of_scripts():
    (asked,) = re.findall(r"^NPM := .*node -e '([^']+)'", (settings.BASE_DIR / "Makefile").read_text(), re.MULTILINE)
    path = os.pathsep.join([str(settings.BASE_DIR / ".venv" / "bin"), os.environ["PATH"]])
    ends = {"18.19.1": 1, "20.0.0": 0, "22.11.0": 0}

    for version, code in ends.items():
        of_that = f'Object.defineProperty(process, "versions", {{value: {{node: "{version}"}}}}); {asked}'
        ran = subprocess.run(["node", "-e", of_that], env={**os.environ, "PATH": path}, capture_output=True, text=True)
        assert (ran.returncode, ran.stderr) == (code, ""), version


def _how_tos():
    return [str(path.relative_to(settings.BASE_DIR)) for path in (settings.BASE_DIR / "docs").rglob("*.md")]


def _locked(lock, environment):
    lines = (settings.BASE_DIR / lock).read_text().splitlines()
    entries = [Requirement(line.rstrip("\\ ")) for line in lines if line[:1].isalnum()]
    return {canonicalize_name(one.name): one for one in entries if not one.marker or one.marker.evaluate(environment)}


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_holds_all_that_is_needed_extras_included(lock):
    """`pip check` asks for no extras. What is installed here tells what it needs on each Python."""
    missing = set()
    for python in PYTHONS:
        environment = {**default_environment(), "python_version": python, "python_full_version": f"{python}.0"}
        locked, seen, waiting = _locked(lock, environment), set(), [Requirement(one) for one in LOCKS[lock]]
        while waiting:
            wanted = waiting.pop()
            name = canonicalize_name(wanted.name)
            if name not in locked or not wanted.specifier.contains(_version(locked[name]), prereleases=True):
                missing.add((python, str(wanted)))
            for extra in {"", *wanted.extras} - {extra for known, extra in seen if known == name}:
                seen.add((name, extra))
                waiting += [
                    one
                    for one in map(Requirement, _needs(name))
                    if not one.marker or one.marker.evaluate({**environment, "extra": extra})
                ]

    assert missing == set()


def _version(entry):
    return next(iter(entry.specifier)).version


def _needs(name):
    try:
        return requires(name) or []
    except PackageNotFoundError:  # needed on another Python or system only
        return []
