"""Who gets which file, and with which headers."""

import uuid
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from disperin.attachments import actions


class Visitor(Client):
    """A browser that reads every file it is given to the end, into `body`."""

    def request(self, **request):
        response = super().request(**request)
        response.body = b"".join(response.streaming_content) if response.streaming else response.content
        return response


@pytest.fixture
def visit():
    def as_user(user=None):
        client = Visitor()
        if user:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_user


def test_a_private_file_is_for_those_whose_reach_includes_it(visit, photo, officer, stranger, verifier, head):
    address = photo.get_absolute_url()

    answers = {
        name: visit(user).get(address).status_code
        for name, user in {
            "visitor": None,
            "stranger": stranger,
            "officer": officer,
            "verifier": verifier,
            "head": head,
        }.items()
    }

    assert answers == {"visitor": 404, "stranger": 404, "officer": 200, "verifier": 200, "head": 200}


def test_a_private_file_is_stored_by_no_cache_and_runs_nothing(visit, photo, officer):
    answer = visit(officer).get(photo.get_absolute_url())

    assert Image.open(BytesIO(answer.body)).size == (1200, 800)
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == 'inline; filename="IMG_0001.webp"'
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_document_is_a_download_in_a_sandbox(visit, document, officer):
    answer = visit(officer).get(document.get_absolute_url())

    assert answer.body.startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="NIB usaha.pdf"'
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_a_smaller_width_can_be_asked_for(visit, photo, officer):
    client = visit(officer)

    sizes = [
        Image.open(BytesIO(client.get(photo.get_absolute_url(), {"width": width}).body)).width
        for width in (480, 960, 2048)
    ]

    assert sizes == [480, 960, 1200]


def test_any_other_width_does_not_exist(visit, photo, officer):
    client = visit(officer)
    widths = ["0", "481", "-480", "x", "", "1e3", "9" * 5000, "٤٨٠", "\x00", "../480"]

    found = {width: client.get(photo.get_absolute_url(), {"width": width}).status_code for width in widths}

    assert found == dict.fromkeys(widths, 404)


def test_only_reading_is_possible(visit, photo, officer):
    assert visit(officer).post(photo.get_absolute_url()).status_code == 405
    assert visit(officer).head(photo.get_absolute_url()).status_code == 200


def test_what_does_not_exist_and_what_was_lost_are_404(visit, photo, officer):
    client = visit(officer)
    assert client.get(f"/berkas/{uuid.uuid4()}/").status_code == 404
    assert client.get("/berkas/keine-uuid/").status_code == 404

    default_storage.delete(photo.file.name)

    assert client.get(photo.get_absolute_url()).status_code == 404


def test_a_private_photo_has_no_public_address(visit, photo, officer):
    assert photo.photo_url() == ""
    for client in (visit(), visit(officer)):
        assert client.get(f"/foto/{photo.short_hash}/{photo.pk}-2048.webp").status_code == 404


def test_a_published_photo_is_kept_by_its_readers_and_handed_on_by_no_proxy(visit, photo, django_assert_num_queries):
    actions.publish([photo])
    photo.refresh_from_db()

    with django_assert_num_queries(1):
        answer = visit().get(photo.photo_url(480))

    assert Image.open(BytesIO(answer.body)).width == 480
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert "Cookie" not in answer.get("Vary", "")
    assert visit().get(photo.get_absolute_url()).status_code == 200


def test_taken_back_it_is_private_again(visit, photo):
    actions.publish([photo])
    photo.refresh_from_db()
    address = photo.photo_url()
    actions.unpublish([photo])

    assert visit().get(address).status_code == 404
    assert visit().get(photo.get_absolute_url()).status_code == 404


def test_a_public_address_that_was_tampered_with_does_not_exist(visit, photo):
    actions.publish([photo])
    photo.refresh_from_db()
    changes = [
        ("480", "481"), ("480", "0"), ("480", "9" * 400), (".webp", ".jpg"), (photo.short_hash, "0" * 16),
    ]  # fmt: skip

    found = {change: visit().get(photo.photo_url(480).replace(*change)).status_code for change in changes}

    assert found == dict.fromkeys(changes, 404)


def test_a_published_document_has_no_address_of_a_photo(visit, document):
    actions.publish([document])
    document.refresh_from_db()

    assert document.photo_url() == ""
    assert visit().get(f"/foto/{document.short_hash}/{document.pk}-2048.webp").status_code == 404


def test_files_have_no_other_way_out(visit, photo, officer):
    assert visit(officer).get(f"/{photo.file.name}").status_code == 404
    assert visit(officer).get(f"/media/{photo.file.name}").status_code == 404
