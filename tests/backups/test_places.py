"""A folder and a bucket alike: an archive is there whole or not at all, and nobody else may read it."""

import os
import time

import pytest

from disperin.backups.errors import BackupError
from disperin.backups.places import A_DAY, place_of

NAME = "portal-20261129T030000Z.tar.gz"


@pytest.fixture(params=["folder", "s3"])
def place(request, folder, s3):
    """Each kind of place."""
    return place_of(str(folder) if request.param == "folder" else "s3://safe/some/portal")


def test_what_was_written_is_listed_read_and_removed(place):
    large = os.urandom(1024) * 20 * 1024  # two pieces, as S3 takes them
    for name, content in (("portal-1", b"first"), ("portal-2", large)):
        with place.writing(name) as file:
            file.write(content)

    assert place.names() == ["portal-1", "portal-2"]
    with place.reading("portal-2") as file:
        assert file.read() == large
    place.remove("portal-1")
    assert place.names() == ["portal-2"]


def test_a_writing_that_is_cut_off_leaves_nothing(place):
    def cut_off():
        with place.writing(NAME) as file:
            file.write(b"half")
            assert NAME not in place.names()
            raise KeyError

    with pytest.raises(KeyError):
        cut_off()

    assert place.names() == []


def test_what_is_not_there_is_told_with_its_place(place):
    with pytest.raises(BackupError, match="portal.*(No such file|404)"), place.reading(NAME):
        pass


def test_an_archive_in_a_folder_is_for_its_owner_alone_while_and_after_it_is_written(folder):
    with place_of(str(folder)).writing(NAME) as file:
        file.write(b"x")
        assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}

    assert {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()} == {NAME: 0o600}


def test_an_archive_that_is_there_already_is_not_written_over(folder):
    (folder / NAME).write_bytes(b"whole")

    with pytest.raises(BackupError, match="is there already"), place_of(str(folder)).writing(NAME):
        pass

    assert (folder / NAME).read_bytes() == b"whole"


def test_what_a_killed_backup_left_goes_after_a_day(folder):
    old, young = folder / f"{NAME}.part", folder / "portal-20261129T040000Z.tar.gz.part"
    old.write_bytes(b"half")
    young.write_bytes(b"half")
    os.utime(old, (0, time.time() - A_DAY - 60))
    os.utime(young, (0, time.time()))  # the tests may have a clock of their own

    with place_of(str(folder)).writing("portal-1"):
        pass

    assert {path.name for path in folder.iterdir()} == {young.name, "portal-1"}


def test_a_folder_that_is_not_there_is_not_made(tmp_path):
    with pytest.raises(BackupError, match="whether its disk is mounted"):
        place_of(str(tmp_path / "disk"))


def test_a_piece_that_s3_refuses_ends_the_whole_upload(s3):
    s3.broken = lambda method, asked: asked.get("partNumber") == "2"

    with pytest.raises(BackupError, match="403"), place_of("s3://safe").writing(NAME) as file:
        file.write(os.urandom(1024) * 20 * 1024)

    assert (s3.objects, s3.uploads) == ({}, {})


def test_without_the_right_key_s3_gives_and_takes_nothing_and_the_key_is_not_told(s3, monkeypatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a-wrong-secret")

    with pytest.raises(BackupError, match="SignatureDoesNotMatch") as refused, place_of("s3://safe").writing(NAME):
        pass

    assert "a-wrong-secret" not in str(refused.value)
    assert s3.objects == {}
