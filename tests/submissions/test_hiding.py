"""What an administrator hides is nowhere to be seen at once, and is kept inside until it is shown again."""

import csv
import io
import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from disperin.attachments.models import Attachment
from disperin.desk.refusals import NotNow, Refused
from disperin.history.models import Entry
from disperin.notices.models import Notice
from disperin.registers.models import Hidden
from disperin.registers.record import directory
from disperin.registers.record.withholding import hideable_fields, is_empty
from disperin.submissions import actions
from ovop.actions import print_label
from tests.factories import (
    RECORDS,
    a_halal_certificate,
    an_award,
    an_establishment,
)
from tests.ovop.conftest import KEYS
from tests.submissions.hiding import (
    SLUG,
    WHY,
    counts,
    emptied,
    fresh,
    hide,
    holding,
    public_answers,
    recounted,
    status_of,
    text_of,
)
from tests.submissions.test_consequences import a_photo, drafted, verified

pytestmark = pytest.mark.thorough


def test_a_hidden_field_is_in_no_public_answer_and_search_and_still_inside(administrator, officer, signed_in):
    record = an_establishment(
        name="Usaha Tersembunyi",
        story_id="Kisah yang dirahasiakan",
        products=[{"name": "Kain", "brand": "Merek Gelap"}],
    )
    key = record.products.get().key
    assert len(holding(public_answers(record), "Usaha Tersembunyi")) > 5

    for path in ("name", "story_id", f"products.{key}.brand"):
        hide(record, path, by=administrator)

    found = public_answers(record)
    for text in ("Usaha Tersembunyi", "usaha tersembunyi", "dirahasiakan", "Merek Gelap"):
        assert holding(found, text) == []
    assert record.number in found[reverse("industries:establishment-list")]
    assert fresh(record).search_text.split()[0] == record.number.lower()

    page = signed_in(officer).get(reverse("industries:establishment-detail", args=[record.number])).content.decode()
    for text in ("Disembunyikan dari publik", "Usaha Tersembunyi", "dirahasiakan", "Merek Gelap", WHY):
        assert text in page


def test_a_hidden_photograph_is_private_at_once_in_every_size_and_public_again_when_lifted(
    administrator, officer, verifier
):
    photo, of_product = a_photo(officer), a_photo(officer)
    products = [{"name": "Kain", "photo": str(of_product.pk)}]
    record = verified(drafted(officer, photo=str(photo.pk), products=products), by=verifier).record()
    addresses = [Attachment.objects.get(pk=photo.pk).photo_url(width) for width in (480, 960, 2048)]
    assert [status_of(address) for address in addresses] == [200, 200, 200]

    made = hide(record, "photo", by=administrator)
    assert [status_of(address) for address in addresses] == [404, 404, 404]
    assert status_of(photo.get_absolute_url()) == 404
    assert Attachment.objects.get(pk=of_product.pk).published_at
    hide(record, f"products.{record.products.get().key}.photo", by=administrator)
    assert Attachment.objects.get(pk=of_product.pk).published_at is None

    actions.lift(made, reason="Sudah jelas.", by=administrator)
    assert [status_of(address) for address in addresses] == [200, 200, 200]


def test_a_hidden_row_leaves_its_record_and_comes_back_changed_or_lifted(administrator, officer, verifier):
    record = an_establishment(products=[{"name": "Kain Rahasia"}, {"name": "Syal"}])
    row = record.products.get(name="Kain Rahasia")
    award = an_award(establishment=record, product=str(row.key))
    made = hide(record, f"products.{row.key}", by=administrator)
    assert holding(public_answers(record), "Kain Rahasia") == []
    assert Client().get(reverse("product-detail", args=[row.key])).status_code == 404
    assert fresh(award).hidden

    verified(drafted(officer, record=fresh(record), story_id="Kisah"), by=verifier)
    assert (fresh(row).hidden, fresh(row).closed_on is None) == (True, False)

    actions.lift(made, reason="Sudah jelas.", by=administrator)
    assert (fresh(row).hidden, fresh(row).closed_on, fresh(award).hidden) == (False, None, False)
    assert "kain rahasia" in fresh(record).search_text

    hide(record, f"products.{row.key}", by=administrator)
    kept = [{"key": str(row.key), "name": "Kain Terbuka"}, {"key": str(record.products.get(name="Syal").key)}]
    verified(drafted(officer, record=fresh(record), products=kept), by=verifier)
    assert (fresh(row).hidden, fresh(row).closed_on, fresh(row).name) == (False, None, "Kain Terbuka")


def test_a_hidden_row_that_the_office_removes_is_gone(administrator, officer, verifier):
    record = an_establishment(products=[{"name": "Kain"}, {"name": "Syal"}])
    row = record.products.get(name="Kain")
    hide(record, f"products.{row.key}", by=administrator)

    kept = [{"key": str(record.products.get(name="Syal").key)}]
    verified(emptied(drafted(officer, record=fresh(record)), products=kept), by=verifier)

    assert (fresh(row).hidden, fresh(row).withheld, fresh(row).closed_on is None) == (False, {}, False)
    assert not Hidden.objects.live().exists()


def test_a_label_of_a_hidden_star_tells_no_name_but_still_says_that_one_was_revoked(administrator, officer, settings):
    settings.OVOP_SIGNING_KEYS = f"satu={KEYS[1]}"
    record = an_establishment(name="Usaha Tersembunyi", products=[{"name": "Dodol Rahasia"}])
    award = an_award(establishment=record)
    label = print_label(award, form="svg", by=administrator)
    page, told = reverse("ovop:check", args=[label.token]), reverse("verify", args=[label.token])
    hide(record, by=administrator)

    answer, said = Client().get(page).content.decode(), Client().get(told).json()
    assert "Usaha Tersembunyi" not in answer
    assert "Dodol Rahasia" not in answer
    assert (said["verdict"], said["award"]) == ("withheld", None)

    type(award).objects.filter(pk=award.pk).update(state="dicabut", state_on="2026-02-01")
    assert Client().get(told).json()["verdict"] == "revoked"
    assert "Usaha Tersembunyi" not in Client().get(page).content.decode()
    with pytest.raises(NotNow):
        print_label(award, form="svg", by=administrator)


def test_files_for_programs_leave_it_empty(administrator):
    record = an_establishment(story_id="Kisah rahasia")
    hide(record, "story_id", by=administrator)

    text = text_of(Client().get(reverse("downloads:list", kwargs={"slug": SLUG, "kind": "csv"})))
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    features = json.loads(text_of(Client().get(reverse("downloads:list", kwargs={"slug": SLUG, "kind": "geojson"}))))
    by_api = Client().get(f"/api/v1/establishments/{record.number}/").json()

    assert [row["story_id"] for row in rows] == [""]
    assert [one["properties"]["story_id"] for one in features["features"]] == [by_api["story_id"]] == [""]


def test_a_kept_answer_is_old_at_once(administrator):
    record, visitor = an_establishment(name="Usaha Tersembunyi"), Client()
    page = reverse("industries:establishment-list")
    first = visitor.get(page)
    assert "Usaha Tersembunyi" in first.content.decode()

    hide(record, "name", by=administrator)

    again = visitor.get(page, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, "Usaha Tersembunyi" in again.content.decode()) == (200, False)


def test_what_tells_of_records_is_kept_on_its_way_to_readers_for_a_minute_at_most(client, db):
    record = an_establishment(name="Sasirangan Galuh")
    here = {"slug": SLUG, "number": record.number}
    paths = [
        reverse("industries:establishment-list"), f"/industri/{record.number}/", "/api/v1/establishments/",
        f"/api/v1/establishments/{record.number}/", reverse("front:feed", args=["bintang"]), reverse("sitemap"),
        reverse("sitemap-records", args=[SLUG, 1]), reverse("front:embed-record", kwargs=here),
        reverse("front:record-picture", kwargs={**here, "version": record.version}),
    ]  # fmt: skip
    for path in paths:
        answer = client.get(path)
        seconds = re.findall(r"max-age=(\d+)", answer.get("Cache-Control", ""))
        assert (answer.status_code, [each for each in seconds if int(each) > 60]) == (200, []), path


def test_the_history_and_the_officers_are_told_why_and_never_what(administrator, officer, officer_there):
    record = an_establishment(name="Usaha Tersembunyi")
    hide(record, "name", by=administrator)

    entry = Entry.objects.about(record).get(verb="hide")
    assert (entry.actor, entry.detail) == (administrator, {"fields": ["name"], "why": WHY})
    notice = Notice.objects.get()
    assert notice.recipient == officer
    assert WHY in notice.body
    assert "Tersembunyi" not in notice.body + notice.title


def test_only_an_administrator_hides_and_lifts_and_says_why(administrator, officer, verifier, head, trying):
    record = an_establishment(story_id="Kisah")
    made = hide(record, "story_id", by=administrator)
    for user in (officer, verifier, head):
        with pytest.raises(Refused):
            hide(record, "name", by=user)
        with pytest.raises(Refused):
            actions.lift(made, reason="Sudah.", by=user)
    for reason in ("", "  ", "NIK 6307014508900001"):
        with pytest.raises(ValidationError) as refused:
            actions.hide(directory.get(SLUG), record, "name", reason=reason, by=administrator)
        assert set(refused.value.message_dict) == {"reason"}
    with pytest.raises(NotNow):
        hide(record, "story_id", by=administrator)
    actions.lift(made, reason="Sudah.", by=administrator)
    with pytest.raises(NotNow):
        actions.lift(made, reason="Sudah.", by=administrator)


def test_what_is_not_public_or_needed_by_the_rest_cannot_be_hidden_by_itself(administrator):
    record = an_establishment(owner_name="Aluh", products=[{"name": "Kain"}])
    key = record.products.get().key
    halal = a_halal_certificate(establishment=record)

    for slug, of, path in (
        (SLUG, record, "owner_name"), (SLUG, record, "kbli"), (SLUG, record, "regency"), (SLUG, record, "nothing"),
        (SLUG, record, "search_text"), (SLUG, record, f"products.{key}.name"), (SLUG, record, "photo"),
        (SLUG, record, "closed_on"), ("halal", halal, "revoked_on"), ("halal", halal, "certificate_number"),
    ):  # fmt: skip
        with pytest.raises(ValidationError) as refused:
            hide(of, path, by=administrator, slug=slug)
        assert set(refused.value.message_dict) == {"path"}


@pytest.mark.parametrize("slug", [one.slug for one in directory.all_registers() if one.model.audience.is_public])
def test_every_register_can_be_hidden_whole_and_field_by_field_and_comes_back_as_it_was(slug, administrator, trying):
    register, record = directory.get(slug), RECORDS[slug]()
    values = register.form.recorded(fresh(record))
    columns = {one.attname: getattr(fresh(record), one.attname) for one in record._meta.concrete_fields}

    for path in ("", *hideable_fields(register.model)):
        with trying(path):
            if path and is_empty(fresh(record), path):
                with pytest.raises(ValidationError):
                    hide(fresh(record), path, by=administrator, slug=slug)
                continue
            made = hide(fresh(record), path, by=administrator, slug=slug)
            assert register.form.recorded(fresh(record)) == values
            assert counts() == recounted()
            actions.lift(made, reason="Sudah.", by=administrator)
            back = {one.attname: getattr(fresh(record), one.attname) for one in record._meta.concrete_fields}
            assert {name for name in back if back[name] != columns[name]} <= {"updated_at", "search_text"}


def test_an_administrator_hides_and_shows_on_one_page_without_a_script(administrator, officer, signed_in):
    record = an_establishment(name="Usaha Tersembunyi", story_id="Kisah rahasia")
    page, detail = (
        reverse("submissions:hide", args=[SLUG, record.number]),
        reverse("industries:establishment-detail", args=[record.number]),
    )
    client = signed_in(administrator)
    assert page in client.get(detail).content.decode()
    assert page not in signed_in(officer).get(detail).content.decode()
    assert "Kisah rahasia" in client.get(page).content.decode()
    assert "hanya anggota sentra tersembunyi yang tetap tampil" in " ".join(client.get(page).content.decode().split())

    assert '<option value="-" selected>' in client.get(page).content.decode()  # nothing is chosen beforehand
    for unchosen in ({"path": "-"}, {}):
        assert client.post(page, {**unchosen, "reason": WHY}).status_code == 400
    assert client.post(page, {"path": "story_id", "reason": ""}).status_code == 400
    assert client.post(page, {"path": "owner_name", "reason": WHY}).status_code == 400
    assert client.post(page, {"path": "story_id", "reason": WHY}).status_code == 302
    assert "Kisah rahasia" not in Client().get(detail).content.decode()
    made = Hidden.objects.get()
    told = signed_in(officer).get(reverse("submissions:hidden")).content.decode()
    for text in (record.number, WHY, "Cerita (Indonesia)"):
        assert text in told

    assert client.post(page, {"lift": made.pk, "reason": ""}).status_code == 400
    assert client.post(page, {"lift": made.pk, "reason": "Sudah jelas."}).status_code == 302
    assert "Kisah rahasia" in Client().get(detail).content.decode()


def test_the_same_over_the_api(administrator, officer, api):
    record = an_establishment(story_id="Kisah rahasia")
    asked = {"record": record.number, "path": "story_id", "reason": WHY}

    assert api().post("/api/v1/hidden/", asked).status_code == 401
    assert api(officer).post("/api/v1/hidden/", asked).status_code == 403
    made = api(administrator).post("/api/v1/hidden/", asked)
    assert (made.status_code, made.json()["path"]) == (201, "story_id")
    assert api(administrator).post("/api/v1/hidden/", asked).status_code == 409
    assert [one["id"] for one in api(officer).get("/api/v1/hidden/").json()["results"]] == [made.json()["id"]]
    lifted = api(administrator).post(f"/api/v1/hidden/{made.json()['id']}/lift/", {"reason": "Sudah."})
    assert (lifted.status_code, fresh(record).story_id) == (200, "Kisah rahasia")
