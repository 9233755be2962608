"""The admin: registers through the same door, submissions to read, no way around the form."""

import pytest
from django.urls import reverse

from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.models import Submission
from industries.models import Establishment
from tests.factories import a_cluster, an_establishment, establishment_values

pytestmark = pytest.mark.thorough

ADD = "/admin/industries/establishment/add/"
NPWP = "012345678012000"


def posted(values, **changes):
    """What the browser sends from the page of a record."""
    body = {name: value for name, value in values.items() if isinstance(value, str | int) and value is not False}
    return {"products-TOTAL": 0, "documents-TOTAL": 0, "version": 0, "_save": "1", **body, **changes}


def change_url(record):
    return f"/admin/industries/{record._meta.model_name}/{record.pk}/change/"


def test_only_administrators_enter(officer, verifier, head, client, signed_in, db):
    assert client.get(ADD).status_code == 302
    for user in (officer, verifier, head):
        assert signed_in(user).get(ADD).status_code in (302, 403)


def test_a_record_is_published_directly_and_marked_for_ever(administrator, signed_in):
    body = posted(establishment_values(), **{"products-TOTAL": 1, "products-0-name": "Kain", "products-0-active": "on"})

    answer = signed_in(administrator).post(ADD, body)

    record, submission = Establishment.objects.get(), Submission.objects.get()
    assert answer.status_code == 302
    assert [one.name for one in record.products.all()] == ["Kain"]
    assert (submission.direct, submission.status, submission.record_number) == (True, "verified", record.number)


def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(administrator, signed_in):
    body = posted(establishment_values(), nib="12", address="Jalan Baru")

    answer = signed_in(administrator).post(ADD, body)

    assert answer.status_code == 400
    assert 'href="#id_nib"' in answer.content.decode()
    assert 'value="Jalan Baru"' in answer.content.decode()
    assert not Establishment.objects.exists()


def test_adding_and_removing_rows_publishes_nothing(administrator, signed_in):
    body = posted(establishment_values(), **{"products-TOTAL": 2, "products-0-name": "Kain", "products-1-name": "Syal"})
    del body["_save"]

    answer = signed_in(administrator).post(ADD, body | {"products-1-remove": "1", "add": "documents"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="Kain"' in page
    assert 'value="Syal"' not in page
    assert 'name="documents-TOTAL" value="1"' in page
    assert not Establishment.objects.exists()


def test_a_page_that_was_opened_before_another_change_is_refused(administrator, signed_in):
    record = an_establishment()
    values, _typed = directory.get("establishments").form(instance=record).entered()
    actions.publish(directory.get("establishments"), {"name": "Lain"}, by=administrator, record=record)

    answer = signed_in(administrator).post(change_url(record), posted(values, version=1, name="Milik Saya"))
    saved = signed_in(administrator).post(change_url(record), posted(values, version=2, name="Milik Saya"))

    assert (answer.status_code, saved.status_code) == (409, 302)
    assert 'value="Milik Saya"' in answer.content.decode()
    assert Establishment.objects.get().name == "Milik Saya"


def test_masked_values_are_masked_and_their_mask_leaves_them(administrator, signed_in):
    record = an_establishment(legal_form="pt", npwp=NPWP)
    values, _typed = directory.get("establishments").form(instance=record).entered()
    client = signed_in(administrator)

    page = client.get(change_url(record)).content.decode()
    client.post(change_url(record), posted(values, npwp="0123•••••••2000", version=1, name="Baru"))
    read = client.get(f"/admin/submissions/submission/{Submission.objects.latest('id').pk}/change/").content.decode()

    record.refresh_from_db()
    assert (record.name, record.npwp) == ("Baru", NPWP)
    assert NPWP not in page + read
    assert "0123•••••••2000" in read


def test_nothing_that_can_be_sent_breaks_the_page(administrator, signed_in):
    client = signed_in(administrator)
    for changes in ({"name": "a\x00"}, {"regency": "\x00"}, {"version": "x"}, {"products-TOTAL": "x"}, {"photo": "x"}):
        assert client.post(ADD, posted(establishment_values(), **changes)).status_code in (200, 302, 400)
    record = a_cluster()
    assert client.post(change_url(record), posted({}, version="x")).status_code == 409
    assert client.get("/admin/industries/establishment/999999/change/").status_code == 404


def test_submissions_history_and_regions_are_read_only_and_nothing_is_deleted(administrator, signed_in):
    record, client = an_establishment(), signed_in(administrator)
    submission = Submission.objects.get()

    assert client.get("/admin/submissions/submission/add/").status_code == 403
    assert client.post(f"/admin/submissions/submission/{submission.pk}/change/", {"title": "x"}).status_code == 403
    assert client.get(f"/admin/industries/establishment/{record.pk}/delete/").status_code == 403
    assert client.get("/admin/history/entry/add/").status_code == 403
    assert client.get("/admin/regions/regency/add/").status_code == 403
    for path in (
        "submissions/submission", "history/entry", "regions/regency", "regions/district", "regions/village",
        "industries/establishment", "industries/cluster", "industries/kbliclass", "industries/commodity",
    ):  # fmt: skip
        assert client.get(f"/admin/{path}/").status_code == 200
        assert client.get(f"/admin/{path}/?q=a").status_code == 200
    assert reverse("admin:index") == "/admin/"


def test_the_history_tells_in_words_what_was_done_to_what(administrator, signed_in):
    an_establishment(name="Dapur Amplang")
    client = signed_in(administrator)

    told = client.get("/admin/history/entry/", {"verb": "publish", "target_type": "submissions.submission"}).text
    nothing_known = client.get("/admin/history/entry/", {"verb": "\x00", "target_type": "a"})

    assert '<td class="field-deed">Diterbitkan langsung oleh administrator</td>' in told
    assert '<td class="field-about">Usulan</td>' in told
    assert 'field-deed">Masuk ke daftar' not in told
    assert nothing_known.status_code == 200
