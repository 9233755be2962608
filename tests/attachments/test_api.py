"""Files over the API."""

import pytest
from rest_framework.test import APIClient

from disperin.attachments.models import Attachment

PLACE = "/api/v1/attachments/"


@pytest.fixture
def program():
    def of(user=None):
        client = APIClient()
        if user:
            client.force_authenticate(user)
        return client

    return of


def test_an_officer_sends_a_photo_and_gets_its_id(program, officer, make_picture, as_upload):
    answer = program(officer).post(PLACE, {"file": as_upload(make_picture()), "kind": "photo"}, format="multipart")

    attachment = Attachment.objects.get()
    assert answer.status_code == 201
    assert answer["Location"] == f"http://testserver/berkas/{attachment.pk}/"
    assert answer.json() == {
        "id": str(attachment.pk),
        "url": f"http://testserver/berkas/{attachment.pk}/",
        "kind": "photo",
        "name": "IMG_0001.webp",
        "content_type": "image/webp",
        "size": attachment.size,
        "width": 1200,
        "height": 800,
        "regency": "63.07",
        "uploaded_at": answer.json()["uploaded_at"],
        "is_public": False,
    }


def test_a_verifier_names_the_regency(program, verifier, here, make_picture, as_upload):
    client = program(verifier)

    refused = client.post(PLACE, {"file": as_upload(make_picture()), "kind": "photo"}, format="multipart")
    accepted = client.post(
        PLACE, {"file": as_upload(make_picture()), "kind": "photo", "regency": "63.07"}, format="multipart"
    )

    assert (refused.status_code, accepted.status_code) == (400, 201)
    assert "regency" in str(refused.json())


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "film"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"kind": "pho\x00to"}, "kind"),
        ({"regency": "63.05"}, "regency"),
        ({"regency": "99.99"}, "regency"),
        ({"regency": "\x00"}, "regency"),
        ({"regency": "9" * 5000}, "regency"),
        ({"file": "no file"}, "file"),
    ],
)
def test_what_is_wrong_is_named_by_field(program, officer, there, make_picture, as_upload, change, field):
    values = {"file": as_upload(make_picture()), "kind": "photo", **change}

    answer = program(officer).post(PLACE, values, format="multipart")

    assert answer.status_code == 400
    assert field in str(answer.json())
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("content", [b"", b"no picture", b"%PDF-1.7 %%EOF"])
def test_a_file_that_is_no_photo_is_refused_with_its_field(program, officer, as_upload, content):
    answer = program(officer).post(PLACE, {"file": as_upload(content), "kind": "photo"}, format="multipart")

    assert answer.status_code == 400
    assert "file" in str(answer.json())


def test_only_a_form_with_a_file_is_understood(program, officer):
    assert program(officer).post(PLACE, {"kind": "photo"}, format="json").status_code == 415
    broken = program(officer).post(PLACE, b"--x\r\nno", content_type="multipart/form-data; boundary=x")
    assert broken.status_code == 400


def test_a_form_without_its_boundary_is_told_what_to_send(program, officer):
    for language, said in {"id": "Biarkan program", "en": "Let the program"}.items():
        client = program(officer)
        answer = client.post(PLACE, b"--x", content_type="multipart/form-data", headers={"accept-language": language})
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
        assert said in answer.json()["detail"]
        assert "form parse error" not in answer.json()["detail"]


def test_a_request_larger_than_any_file_is_refused_unread(settings, program, officer, as_upload):
    settings.ATTACHMENT_LIMIT = 10

    answer = program(officer).post(PLACE, {"file": as_upload(b"x" * 70_000), "kind": "photo"}, format="multipart")

    assert answer.status_code == 413


def test_visitors_are_asked_to_sign_in_and_the_head_sends_nothing(program, head):
    assert program().post(PLACE, {}, format="multipart").status_code == 401
    assert program(head).post(PLACE, {}, format="multipart").status_code == 403


def test_what_a_file_is_is_told_within_reach_only(program, photo, officer, stranger, verifier, head):
    address = f"{PLACE}{photo.pk}/"

    answers = [program(user).get(address).status_code for user in (None, stranger, officer, verifier, head)]

    assert answers == [401, 404, 200, 200, 200]


@pytest.mark.parametrize("key", ["af37c48a-f403-4895-9124-62fe28ba8e8e", "x", "%00", "1"])
def test_an_unknown_id_is_404(program, officer, key):
    assert program(officer).get(f"{PLACE}{key}/").status_code == 404


def test_a_file_is_neither_changed_nor_deleted_nor_listed(program, photo, officer):
    client = program(officer)

    answers = [client.put, client.patch, client.delete]

    assert [ask(f"{PLACE}{photo.pk}/").status_code for ask in answers] == [405, 405, 405]
    assert client.get(PLACE).status_code == 405


def test_a_member_that_nobody_knows_or_that_was_sent_twice_is_refused(program, officer, make_picture, as_upload):
    body = {"file": as_upload(make_picture()), "kind": ["photo", "document"], "colour": "red"}

    answer = program(officer).post(PLACE, body, format="multipart")

    told = {path: [one["code"] for one in some] for path, some in answer.json()["errors"].items()}
    assert (answer.status_code, told) == (400, {"kind": ["repeated"], "colour": ["unknown"]})
