"""A disk without room: nothing half stays, what was typed is kept, and it is said in words. Strays go after a day."""

import errno
import os
import time

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import call_command

from disperin.attachments.storage import A_DAY
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.workbooks.models import Workbook
from tests.factories import establishment_values


class TooMuch(ContentFile):
    """What fills the disk with its second piece."""

    def chunks(self, chunk_size=None):
        yield b"the first"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.fixture
def full_disk(monkeypatch):
    """A disk that takes the first piece of each file and no more."""
    real = FileSystemStorage._save
    monkeypatch.setattr(FileSystemStorage, "_save", lambda self, name, _content: real(self, name, TooMuch(b"")))


def files_below(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def old(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    os.utime(path, (0, time.time() - A_DAY - 60))


def test_of_a_file_that_cannot_be_written_nothing_stays(own_media):
    with pytest.raises(OSError, match="space"):
        default_storage.save("workbooks/one", TooMuch(b""))
    assert files_below(own_media) == set()
    old(own_media / "workbooks/one.part")  # a process was killed over it

    assert default_storage.save("workbooks/one", ContentFile(b"whole")) == "workbooks/one"
    assert (own_media / "workbooks/one").read_bytes() == b"whole"
    assert files_below(own_media) == {"workbooks/one"}


def test_a_draft_keeps_what_was_typed_beside_a_photo_for_which_there_is_no_room(
    officer, signed_in, make_picture, as_upload, own_media, full_disk
):
    draft = actions.draft(directory.get("establishments"), establishment_values(name="Lama"), by=officer)
    posted = {"revision": 1, "name": "Baru", "products-TOTAL": 0, "photo-file": as_upload(make_picture())}

    page = signed_in(officer).post(f"/usulan/{draft.number}/ubah/", posted)

    draft.refresh_from_db()
    assert (page.status_code, "Penyimpanan server penuh" in page.content.decode()) == (507, True)
    assert (draft.values["name"], draft.values.get("photo")) == ("Baru", None)
    assert files_below(own_media) == set()


def test_pages_and_api_say_507_and_keep_nothing_half(
    officer, api, signed_in, make_picture, as_upload, own_media, full_disk
):
    client = signed_in(officer)
    client.raise_request_exception = False
    rows = {"daftar": "establishments", "file": ContentFile(b"nama\nTenun\n", "ikm.csv")}
    sent = {"file": as_upload(make_picture()), "kind": "photo"}

    page = client.post("/usulan/impor/", rows)
    answer = api(officer).post("/api/v1/attachments/", sent, format="multipart")

    assert (page.status_code, "<h1>" in page.content.decode()) == (507, True)
    assert (answer.status_code, answer.json()["code"]) == (507, "disk_full")
    assert (files_below(own_media), Workbook.objects.count()) == (set(), 0)


def test_files_without_a_row_go_after_a_day(photo, officer, own_media, capsys):
    kept = files_below(own_media)
    for name in kept:
        old(own_media / name)
    for name in ("attachments/ab/0/2048.webp", "attachments/ab/0/480.webp.part", "workbooks/ab", "exports/ab.xlsx"):
        old(own_media / name)
    (own_media / "workbooks/young").write_bytes(b"x")
    os.utime(own_media / "workbooks/young", (0, time.time()))  # the tests may have a clock of their own

    call_command("housekeeping")

    assert "4 files without a row removed." in capsys.readouterr().out
    assert files_below(own_media) == kept | {"workbooks/young"}
