"""What is not whole, not ours, or not for this key is refused, and said so. No database: archives alone."""

import gzip
import io
import json
import os
import tarfile

import pytest
from pyrage import x25519

from disperin.backups import archive
from disperin.backups.archive import Archive
from disperin.backups.encryption import keys_in, recipients_of
from disperin.backups.errors import BackupError

pytestmark = pytest.mark.thorough

ROWS = bytes(range(256)) * 1000  # more than one chunk of age


def written(recipients=(), rows=ROWS, **facts):
    """The bytes of an archive of one table and one file."""
    file = io.BytesIO()
    with archive.writing(file, recipients) as parts:
        parts.add("rows/accounts_user/000000", io.BytesIO(rows), len(rows))
        parts.add("files/exports/uji.xlsx", io.BytesIO(b"PK"), 2)
        parts.end(facts)
    return file.getvalue()


def why_refused(content, keys=()):
    with pytest.raises(BackupError) as refused:
        Archive(io.BytesIO(content), "portal.tar.gz", keys).check()
    return str(refused.value)


@pytest.fixture(params=["plain", "encrypted"])
def pair(request):
    """Recipients to write for, keys to read with."""
    secret = x25519.Identity.generate()
    return ([secret.to_public()], [secret]) if request.param == "encrypted" else ([], [])


def test_an_archive_gives_back_what_was_put_into_it_as_often_as_it_is_read(pair):
    recipients, keys = pair
    whole = Archive(io.BytesIO(written(recipients, release="1.0.0")), "portal.tar.gz", keys)

    for _time in range(2):
        facts = whole.check()
        with whole.parts() as parts:
            found = {name: file.read() for name, file in parts}

        assert facts["release"] == "1.0.0"
        assert (found["rows/accounts_user/000000"], found["files/exports/uji.xlsx"]) == (ROWS, b"PK")
        assert list(found)[-1] == "manifest.json"


def test_of_an_encrypted_archive_nothing_can_be_read_without_its_key():
    assert b"PK" * 1000 in gzip.decompress(written(rows=b"PK" * 1000))

    assert b"PK" * 10 not in written([x25519.Identity.generate().to_public()], rows=b"PK" * 1000)


def test_an_archive_that_was_cut_off_anywhere_is_refused(pair):
    recipients, keys = pair
    content = written(recipients)
    places = {*range(20, len(content), len(content) // 40), *(len(content) - less for less in (1, 8, 16, 100))}

    for place in places:
        assert why_refused(content[:place], keys).startswith(("portal.tar.gz is", "The key does not open"))


def test_an_archive_of_which_one_byte_was_changed_is_refused(pair):
    recipients, keys = pair
    content = written(recipients)

    for place in {*range(40, len(content), len(content) // 40), len(content) - 1, len(content) - 5}:
        changed = bytearray(content)
        changed[place] ^= 0x55
        assert why_refused(bytes(changed), keys).startswith(("portal.tar.gz is", "The key does not open"))


def test_something_behind_the_end_is_refused(pair):
    recipients, keys = pair

    assert "damaged" in why_refused(written(recipients) + b"more", keys)


def rebuilt(change):
    """An archive whose members, as `{name: bytes}`, somebody has changed."""
    with tarfile.open(fileobj=io.BytesIO(written())) as tar:
        members = {one.name: tar.extractfile(one).read() for one in tar}
    change(members)
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return file.getvalue()


def test_what_is_missing_or_more_or_other_than_its_list_says_is_refused():
    def other_format(members):
        members["manifest.json"] = json.dumps({"format": 2, "release": "9.0"}).encode()

    changes = {
        lambda members: members.pop("manifest.json"): "its end is missing",
        lambda members: members.pop("files/exports/uji.xlsx"): "does not hold what it should",
        lambda members: members.update({"files/more": b""}): "does not hold what it should",
        lambda members: members.update({"files/exports/uji.xlsx": b"KP"}): "does not hold what it should",
        lambda members: members.update({"manifest.json": b"{"}): "damaged or not complete",
        other_format: "written by another release (9.0)",
    }
    for change, reason in changes.items():
        assert reason in why_refused(rebuilt(change))


def test_the_wrong_key_no_key_and_a_needless_key_are_told_apart():
    right, wrong = x25519.Identity.generate(), x25519.Identity.generate()
    encrypted = written([right.to_public()])

    assert "The key does not open portal.tar.gz" in why_refused(encrypted, [wrong])
    assert "--key FILE" in why_refused(encrypted)
    assert "leave --key out" in why_refused(written(), [right])
    assert Archive(io.BytesIO(encrypted), "portal.tar.gz", [wrong, right]).check()["parts"]


def test_what_is_no_archive_is_called_so():
    for content in (b"", b"PK\x03\x04 a workbook", b"PGDMP" * 100):
        assert "is no backup of the portal" in why_refused(content)


def test_several_people_may_each_have_a_key():
    secrets = [x25519.Identity.generate() for _person in range(2)]
    public = recipients_of(" , ".join(str(one.to_public()) for one in secrets))

    for secret in secrets:
        assert Archive(io.BytesIO(written(public)), "portal.tar.gz", [secret]).check()


def test_keys_that_are_none_are_named_and_never_repeated(tmp_path):
    secret = str(x25519.Identity.generate())
    with pytest.raises(BackupError, match="BACKUP_RECIPIENTS") as refused:
        recipients_of(secret)
    assert secret not in str(refused.value)

    with pytest.raises(BackupError, match="cannot be read: No such file"):
        keys_in(tmp_path / "nothing")
    for content in ("", "# only a remark\n", "age1xyz\n", "\x00\xff"):
        (tmp_path / "key").write_bytes(content.encode("latin-1"))
        with pytest.raises(BackupError, match="holds no secret key"):
            keys_in(tmp_path / "key")


def test_a_disk_that_is_full_ends_the_writing_with_its_reason(pair):
    recipients, _keys = pair

    class Full(io.BytesIO):
        def write(self, content):
            if self.tell() > 5000:
                raise OSError(28, "No space left on device")
            return super().write(content)

    noise = os.urandom(10**6)  # cannot be compressed
    with pytest.raises((OSError, BackupError), match="No space left"), archive.writing(Full(), recipients) as parts:
        parts.add("rows/accounts_user/000000", io.BytesIO(noise), len(noise))
