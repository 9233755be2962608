"""The verbs on files."""

import hashlib
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import connection, models
from django.utils import timezone

from disperin.attachments import actions
from disperin.attachments.models import Attachment
from disperin.history.models import Entry

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"


def stored_files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_photo_lies_under_its_id_in_three_widths_and_is_private(photo, own_media):
    assert stored_files(own_media) == [
        f"attachments/{photo.id.hex[:2]}/{photo.id}/{width}.webp" for width in (2048, 480, 960)
    ]
    assert (photo.name, photo.content_type, photo.width, photo.height) == ("IMG_0001.webp", "image/webp", 1200, 800)
    assert photo.published_at is None
    with default_storage.open(photo.file.name) as file:
        kept = file.read()
    assert (photo.size, photo.content_hash) == (len(kept), hashlib.sha256(kept).hexdigest())


def test_a_document_is_kept_as_it_came(document, own_media):
    assert stored_files(own_media) == [f"attachments/{document.id.hex[:2]}/{document.id}/document.pdf"]
    assert (document.name, document.content_type, document.width) == ("NIB usaha.pdf", "application/pdf", None)


def test_a_photographed_document_is_made_anew_like_any_photo(officer, here, make_picture, as_upload):
    paper = actions.upload(as_upload(make_picture(with_place=True)), kind="document", regency=here, by=officer)

    assert (paper.kind, paper.content_type, paper.is_photo) == ("document", "image/webp", True)


def test_an_upload_is_remembered(officer, photo):
    entry = Entry.objects.about(photo).get()

    assert (entry.verb, entry.actor, entry.detail) == ("upload", officer, {"kind": "photo", "regency": "63.07"})


def test_a_verifier_sends_files_for_any_regency(verifier, there, make_picture, as_upload):
    assert actions.upload(as_upload(make_picture()), kind="photo", regency=there, by=verifier).regency == there


def test_an_officer_sends_none_for_another_regency(officer, there, make_picture, as_upload, own_media):
    with pytest.raises(ValidationError) as refused:
        actions.upload(as_upload(make_picture()), kind="photo", regency=there, by=officer)

    assert list(refused.value.message_dict) == ["regency"]
    assert stored_files(own_media) == []


def test_who_does_not_propose_sends_no_files(head, here, make_picture, as_upload):
    for by in (head, AnonymousUser()):
        with pytest.raises(PermissionDenied):
            actions.upload(as_upload(make_picture()), kind="photo", regency=here, by=by)


@pytest.mark.parametrize(
    ("kind", "content", "code"),
    [
        ("photo", PDF, "type"),
        ("photo", b"GIF89a" + b"\x00" * 40, "type"),
        ("photo", b"<svg onload='alert(1)'/>", "type"),
        ("photo", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40, "type"),
        ("photo", b"\xff\xd8\xff but no picture", "broken"),
        ("photo", b"", "empty"),
        ("document", b"PK\x03\x04" + b"\x00" * 40, "type"),
        ("document", b"<html>%PDF-1.4 %%EOF</html>", "type"),
        ("document", b"%PDF-1.7 cut off", "incomplete"),
    ],
)
def test_what_is_not_accepted_says_why_and_leaves_nothing(officer, here, as_upload, own_media, kind, content, code):
    with pytest.raises(ValidationError) as refused:
        actions.upload(as_upload(content, "foto.jpg"), kind=kind, regency=here, by=officer)

    assert [error.code for error in refused.value.error_dict["file"]] == [code]
    assert stored_files(own_media) == []
    assert not Attachment.objects.exists()


def test_a_kind_that_does_not_exist_is_refused(officer, here, make_picture, as_upload):
    with pytest.raises(ValidationError) as refused:
        actions.upload(as_upload(make_picture()), kind="film", regency=here, by=officer)

    assert list(refused.value.message_dict) == ["kind"]


def test_the_limit_is_that_of_the_settings(settings, officer, here, as_upload):
    settings.ATTACHMENT_LIMIT = len(PDF)
    actions.upload(as_upload(PDF), kind="document", regency=here, by=officer)

    settings.ATTACHMENT_LIMIT = len(PDF) - 1
    with pytest.raises(ValidationError) as refused:
        actions.upload(as_upload(PDF), kind="document", regency=here, by=officer)

    assert [error.code for error in refused.value.error_dict["file"]] == ["too_large"]


def test_when_the_row_cannot_be_written_the_files_go_too(officer, here, as_upload, make_picture, own_media):
    name = "x" * 119
    unsaveable = as_upload(make_picture(), name)
    officer.pk = 10**15  # nobody: the foreign key refuses at the end of the transaction

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(Exception, match="uploaded_by"):
        actions.upload(unsaveable, kind="photo", regency=here, by=officer)

    assert stored_files(own_media) == []


def test_publishing_and_taking_back_work_on_sets(photo, document, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert actions.publish([photo, document.pk]) == 2
    first = Attachment.objects.get(pk=photo.pk).published_at
    assert actions.publish([photo]) == 0
    assert Attachment.objects.get(pk=photo.pk).published_at == first

    with django_assert_num_queries(1):
        assert actions.unpublish([photo]) == 1
    assert set(Attachment.objects.filter(published_at=None)) == {photo}


def test_unreferenced_files_go_after_thirty_days(photo, document, own_media, django_capture_on_commit_callbacks):
    with time_machine.travel(timezone.now() + timedelta(days=29, hours=23)):
        assert actions.remove_unreferenced(kept=set()) == 0
    with (
        time_machine.travel(timezone.now() + timedelta(days=30, minutes=1)),
        django_capture_on_commit_callbacks(execute=True),
    ):
        assert actions.remove_unreferenced(kept={document.pk}) == 1

    assert list(Attachment.objects.all()) == [document]
    assert stored_files(own_media) == [document.file.name]
    assert Entry.objects.about(photo).first().verb == "remove_unreferenced"


@pytest.fixture
def album(db):
    """A table of its own that refers to attachments by a hidden foreign key, as versions of records do."""

    class Album(models.Model):  # noqa: DJ008 (nobody reads it)
        photo = models.ForeignKey(Attachment, models.DO_NOTHING, null=True, related_name="+", db_constraint=False)

        class Meta:
            app_label = "attachments"
            db_table = "test_album"

    with connection.schema_editor() as editor:
        editor.create_model(Album)
    yield Album
    del apps.all_models["attachments"]["album"]
    apps.clear_cache()


def test_what_a_record_or_an_earlier_version_shows_stays(album, photo, document):
    album.objects.create(photo=photo)

    with time_machine.travel(timezone.now() + timedelta(days=31)):
        removed = actions.remove_unreferenced()

    assert removed == 1
    assert list(Attachment.objects.all()) == [photo]


def test_ids_in_open_submissions_may_be_of_files_long_gone(photo):
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert actions.remove_unreferenced(kept={photo.pk, uuid.uuid4()}) == 0
