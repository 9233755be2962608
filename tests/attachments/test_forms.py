"""A file in a form: the id in the values, the input on the page, the file that was posted."""

import uuid

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from disperin.attachments.forms import AttachmentField, load_attachments, stored_from_post
from disperin.attachments.models import Attachment


class PhotoForm(forms.Form):
    photo = AttachmentField(kind="photo", required=False)
    paper = AttachmentField(kind="document", required=False)


def test_an_id_is_cleaned_to_its_attachment_with_one_query(photo, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert AttachmentField(kind="photo").clean(str(photo.pk)) == photo


@pytest.mark.parametrize("empty", ["", None])
def test_no_file_is_none(db, empty):
    assert AttachmentField(kind="photo", required=False).clean(empty) is None
    with pytest.raises(ValidationError):
        AttachmentField(kind="photo").clean(empty)


@pytest.mark.parametrize(
    "value", ["x", "1", "\x00" * 36, "0" * 32, "{" + "0" * 34 + "}", 7, ["a"], {"id": 1}, True, "🙂" * 36]
)
def test_what_is_no_id_is_a_field_error(db, value):
    with pytest.raises(ValidationError) as refused:
        AttachmentField(kind="photo").clean(value)

    assert refused.value.code == "invalid"


def test_an_unknown_id_or_a_file_of_another_kind_is_a_field_error(document):
    field = AttachmentField(kind="photo")

    with pytest.raises(ValidationError) as unknown:
        field.clean(str(uuid.uuid4()))
    with pytest.raises(ValidationError) as other:
        field.clean(str(document.pk))

    assert (unknown.value.code, other.value.code) == ("unknown", "kind")


def test_many_forms_look_their_files_up_with_one_query(photo, document, django_assert_num_queries):
    rows = [PhotoForm({"photo": str(photo.pk), "paper": str(document.pk)}) for _n in range(5)]
    rows.append(PhotoForm({"photo": "no id", "paper": str(uuid.uuid4())}))

    with django_assert_num_queries(1):
        load_attachments(*rows)
        valid = [form.is_valid() for form in rows]
        _pages = [form.as_div() for form in rows]

    assert valid == [True] * 5 + [False]
    assert rows[0].cleaned_data == {"photo": photo, "paper": document}
    assert PhotoForm.base_fields["photo"].known is None


def test_the_same_file_is_no_change(photo):
    values = {"instance": photo, "id": photo.pk, "text": str(photo.pk)}

    same = {kind: PhotoForm({"photo": str(photo.pk)}, initial={"photo": value}) for kind, value in values.items()}
    other = {kind: PhotoForm({"photo": ""}, initial={"photo": value}) for kind, value in values.items()}

    assert {kind: form.changed_data for kind, form in same.items()} == dict.fromkeys(values, [])
    assert {kind: form.changed_data for kind, form in other.items()} == dict.fromkeys(values, ["photo"])


def test_the_page_shows_the_present_file_with_a_box_to_remove_it(photo):
    page = str(PhotoForm(initial={"photo": photo.pk})["photo"])

    assert f'<input type="hidden" name="photo" value="{photo.pk}">' in page
    assert f'src="/berkas/{photo.pk}/?width=480"' in page
    assert 'name="photo-clear"' in page
    assert 'name="photo-file"' in page
    assert 'id="id_photo"' in page
    assert PhotoForm().is_multipart()


@pytest.mark.parametrize("value", ["no id", "0" * 36, "\x00", None, ""])
def test_a_value_that_is_no_file_shows_an_empty_input(db, value):
    page = str(PhotoForm({"photo": value})["photo"])

    assert '<input type="hidden" name="photo" value="">' in page
    assert "photo-clear" not in page


def test_what_the_page_posts_is_the_id_or_nothing(photo):
    kept = PhotoForm({"photo": str(photo.pk)})
    cleared = PhotoForm({"photo": str(photo.pk), "photo-clear": "1"})

    assert kept.is_valid()
    assert cleared.is_valid()
    assert (kept.cleaned_data["photo"], cleared.cleaned_data["photo"]) == (photo, None)


def post(officer, here, post=None, file=None):
    files = MultiValueDict({"products-0-photo-file": [file]} if file else {})
    return stored_from_post(post or {}, files, "products-0-photo", kind="photo", regency=here, by=officer)


def test_a_posted_file_is_taken_in_and_its_id_returned(officer, here, make_picture, as_upload):
    value, error = post(officer, here, {"products-0-photo": ""}, as_upload(make_picture()))

    assert error is None
    assert Attachment.objects.get(pk=value).uploaded_by == officer


def test_a_new_file_wins_over_the_box_that_removes_the_old_one(officer, here, photo, make_picture, as_upload):
    present = {"products-0-photo": str(photo.pk), "products-0-photo-clear": "1"}

    value, error = post(officer, here, present, as_upload(make_picture()))

    assert error is None
    assert value not in {"", str(photo.pk)}


def test_without_a_file_the_present_one_stays_or_goes(officer, here, photo):
    assert post(officer, here, {"products-0-photo": str(photo.pk)}) == (str(photo.pk), None)
    assert post(officer, here, {"products-0-photo": str(photo.pk), "products-0-photo-clear": "1"}) == ("", None)
    assert post(officer, here) == ("", None)


def test_a_refused_file_says_why_and_keeps_the_present_one(officer, here, head, photo, as_upload):
    present = {"products-0-photo": str(photo.pk)}

    for by in (officer, head):
        value, error = post(by, here, present, as_upload(b"no picture at all"))

        assert value == str(photo.pk)
        assert error
