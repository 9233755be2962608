"""Pictures of a ZIP come to the rows that name them, through the gate of all attachments; what is left is named."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from disperin.attachments.models import Attachment
from disperin.desk.refusals import NotNow, Refused
from disperin.workbooks import actions
from disperin.workbooks.importing import photos
from disperin.workbooks.models import WorkbookPhoto
from industries.models import Establishment
from tests.submissions.drafts import a_photo
from tests.workbooks.made_files import an_endless_zip
from tests.workbooks.rows import HEADINGS, a_row, counts, verified

pytestmark = pytest.mark.thorough


def a_picture(at=0):
    """A small picture of a colour of its own."""
    picture = io.BytesIO()
    Image.new("RGB", (640, 480), (at * 40, 90, 120)).save(picture, "JPEG")
    return picture.getvalue()


def a_zip(*entries):
    """A ZIP of `(name, content)`, as a file; content None is a small picture of a colour of its own."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for at, (name, content) in enumerate(entries):
            file.writestr(name, a_picture(at) if content is None else content)
    return ContentFile(made.getvalue(), "foto.zip")


@pytest.fixture
def pictured(send, done, officer):
    """Sends rows that name pictures, and the pictures after them."""

    def send_both(names, *entries):
        rows = [[*a_row(f"Usaha {'abcdef'[at] * 7}"), name] for at, name in enumerate(names)]
        workbook = send(officer, [[*HEADINGS, "Foto"], *rows])
        return done(actions.add_photos, workbook, a_zip(*entries), by=officer) if entries else workbook

    return send_both


def told(workbook):
    return {one.name: one.problem.get("message", "") for one in workbook.photos.all()}


def test_a_zip_of_endless_names_is_told_and_never_read(send, officer, done, tmp_path, monkeypatch):
    workbook = send(officer, [[*HEADINGS, "Foto"], [*a_row("Ayu"), "kain.jpg"]])
    monkeypatch.setattr(photos, "ZipFile", None)

    zipped = ContentFile(an_endless_zip(tmp_path / "foto.zip").read_bytes(), "foto.zip")
    workbook = done(actions.add_photos, workbook, zipped, by=officer)

    assert "lebih dari 5000 berkas" in told(workbook)["ZIP"]
    assert workbook.counts == counts(read=1, new=1)


def test_pictures_come_to_the_rows_that_name_them_and_are_public_once_verified(
    pictured, officer, verifier, done, send, signed_in
):
    workbook = pictured(
        ["Kain.JPG", "ikm/tas.png", None], ("foto/kain.jpg", None), ("TAS.png", None), ("lain.jpg", None)
    )

    assert workbook.counts == counts(read=3, new=3)
    assert told(workbook) == {
        "kain.jpg": "", "tas.png": "", "lain.jpg": "Tidak ada baris yang menyebut gambar ini, jadi tidak diambil.",
    }  # fmt: skip
    assert (Attachment.objects.count(), workbook.photos_path) == (2, "")
    assert "lain.jpg" in signed_in(officer).get(workbook.get_absolute_url()).text
    workbook = done(actions.submit, workbook, by=officer)
    verified(workbook.batch, verifier)
    photos = {one.name[6]: one.photo for one in Establishment.objects.all()}
    assert [photos["a"].is_photo, photos["b"].is_photo, photos["c"]] == [True, True, None]
    assert photos["a"].published_at

    again = send(officer, [[*HEADINGS, "Foto"], *([*row.cells, None][:8] for row in workbook.rows.all())])
    again = done(actions.add_photos, again, a_zip(("kain.jpg", None), ("tas.png", None)), by=officer)
    assert again.counts == counts(read=3, unchanged=3)


def test_what_cannot_be_used_is_named_and_its_row_goes_on_with_a_note(pictured, settings):
    settings.ATTACHMENT_LIMIT = 20_000
    names = ["dua.jpg", "besar.jpg", "teks.jpg", "hilang.jpg", "6307015708900001.jpg"]
    workbook = pictured(
        names,
        ("a/dua.jpg", None), ("b/dua.jpg", None), ("besar.jpg", b"x" * 30_000), ("teks.jpg", b"bukan gambar"),
        ("6307015708900001.jpg", None), ("__MACOSX/._dua.jpg", b""), ("folder/", b""),
    )  # fmt: skip

    found = told(workbook)
    assert found["dua.jpg"] == "ZIP ini berisi beberapa gambar bernama sama, jadi tidak ada yang diambil."
    assert found["besar.jpg"].startswith("Gambar ini lebih besar dari")
    assert found["teks.jpg"].startswith("Foto harus berupa")
    assert "6307015708900001" not in str(found) + str([*WorkbookPhoto.objects.values()])
    assert not Attachment.objects.exists()
    noted = {row.number: [one["code"] for one in row.warnings] for row in workbook.rows.exclude(outcome="bad")}
    assert noted == {2: ["no_photo"], 3: ["no_photo"], 4: ["no_photo"], 5: ["no_photo"]}


def test_a_zip_that_is_none_is_refused_and_nothing_of_it_is_kept(pictured, officer, done):
    workbook = pictured(["kain.jpg"])

    with pytest.raises(ValidationError):
        actions.add_photos(workbook, ContentFile(b"bukan", "foto.zip"), by=officer)
    workbook = done(actions.add_photos, workbook, ContentFile(b"PK rusak", "foto.zip"), by=officer)

    assert told(workbook) == {"ZIP": "ZIP ini tidak dapat dibaca. Buat lagi tanpa kata sandi, lalu kirim lagi."}
    assert (workbook.state, workbook.counts) == ("checked", counts(read=1, new=1))
    assert default_storage.listdir("workbooks") == ([], [])


def test_pictures_are_sent_by_the_proposing_side_for_a_file_that_names_some(
    pictured, send, officer, officer_there, head
):
    with pytest.raises(NotNow):
        actions.add_photos(send(officer, [HEADINGS, a_row("Ayu")]), a_zip(("a.jpg", None)), by=officer)
    workbook = pictured(["kain.jpg"])
    for other in (officer_there, head):
        with pytest.raises(Refused):
            actions.add_photos(workbook, a_zip(("kain.jpg", None)), by=other)
    assert default_storage.listdir("workbooks") == ([], [])


def test_the_page_and_the_api_take_them(pictured, officer, signed_in, api, django_capture_on_commit_callbacks):
    workbook = pictured(["kain.jpg"])
    page, path = signed_in(officer), f"/api/v1/workbooks/{workbook.pk}/photos/"

    refused = page.post(f"{workbook.get_absolute_url()}foto/", {"file": a_photo()})
    nothing = page.post(f"{workbook.get_absolute_url()}foto/", {})
    with django_capture_on_commit_callbacks(execute=True):
        sent = api(officer).post(path, {"file": a_zip(("kain.jpg", None))}, format="multipart")
    told = api(officer).get(f"/api/v1/workbooks/{workbook.pk}/").json()["photos"]

    assert [one.status_code for one in (refused, nothing, sent)] == [400, 400, 200]
    assert "ZIP" in refused.text
    assert [(one["name"], one["problem"], bool(one["attachment"])) for one in told] == [("kain.jpg", "", True)]


def test_pictures_may_be_left_out_and_who_sends_none_is_told(pictured, officer, signed_in):
    workbook, client = pictured(["kain.jpg"]), signed_in(officer)

    section = client.get(workbook.get_absolute_url()).text.partition('id="foto"')[2].partition("</section>")[0]
    nothing = client.post(f"{workbook.get_absolute_url()}foto/")

    assert "ZIP foto" in section
    assert "(wajib)" not in section
    assert nothing.status_code == 400
    assert "error-summary" in nothing.text


def test_a_zip_that_is_packed_or_named_as_no_program_does_hinders_nothing_else(pictured, officer, done):
    workbook = pictured(["kain.jpg", "tas.jpg"])
    odd, named = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(odd, "w") as file:
        file.writestr("kain.jpg", b"x" * 99, zipfile.ZIP_LZMA)
        file.writestr("../../tas.jpg", a_picture())
    with zipfile.ZipFile(named, "w") as file:
        file.writestr("é.jpg", b"x")

    workbook = done(actions.add_photos, workbook, ContentFile(odd.getvalue(), "foto.zip"), by=officer)
    assert told(workbook) == {"kain.jpg": "Gambar ini tidak dapat dibaca dalam ZIP.", "tas.jpg": ""}
    no_words = named.getvalue().replace("é".encode(), b"\xff\xff")
    workbook = done(actions.add_photos, workbook, ContentFile(no_words, "foto.zip"), by=officer)
    assert told(workbook)["ZIP"].startswith("ZIP ini tidak dapat dibaca")
    assert workbook.state == "checked"


def test_a_zip_of_too_many_files_says_where_it_was_left(pictured, monkeypatch):
    monkeypatch.setattr("disperin.workbooks.importing.photos.MOST_ENTRIES", 1)

    workbook = pictured(["kain.jpg", "tas.jpg"], ("kain.jpg", None), ("tas.jpg", None))

    text = "Hanya 1 berkas pertama dalam ZIP ini yang dilihat. Kirim lainnya dalam ZIP lain."
    assert told(workbook) == {"ZIP": text, "kain.jpg": ""}
