"""The register `halal`: what its form takes, refuses and warns of, what the database keeps, and who hears of it."""

import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import Client

from disperin.registers.record import directory
from disperin.setup import reference
from disperin.submissions import actions
from industries.models import HalalCertification, HalalCover, HalalDuty
from tests import factories

pytestmark = pytest.mark.django_db
NUMBER = "ID12345678901234567"


def refused(**values):
    """The paths of the problems that these values meet."""
    with pytest.raises(ValidationError) as error:
        factories.published("halal", factories.halal_values(**values))
    return error.value.error_dict


def change(record, **values):
    return actions.publish(directory.get("halal"), values, by=factories.an_administrator(), record=record)


def test_a_certificate_covers_the_products_of_its_establishment():
    maker = factories.an_establishment(products=[{"name": "Dodol"}, {"name": "Amplang"}])

    record = factories.a_halal_certificate(establishment=maker, certificate_number=" id12345678901234567 ")

    assert record.number == "HAL-6307-000001"
    assert record.certificate_number == NUMBER
    assert [cover.product.name for cover in record.covers.all()] == ["Dodol", "Amplang"]


def test_the_regency_follows_the_establishment():
    maker = factories.an_establishment(regency="63.06", products=[{"name": "Dodol"}])
    factories.RegencyFactory(code="63.07")

    record = factories.published("halal", factories.halal_values(establishment=maker) | {"regency": "63.07"})

    assert record.regency_id == "63.06"


def test_an_officer_cannot_propose_for_an_establishment_elsewhere(officer):
    maker = factories.an_establishment(regency="63.06", products=[{"name": "Dodol"}])

    with pytest.raises(ValidationError) as error:
        actions.draft(directory.get("halal"), factories.halal_values(establishment=maker), by=officer)

    assert error.value.error_dict["regency"][0].code == "out_of_reach"


def test_an_officer_proposes_and_a_verifier_decides(officer, verifier):
    maker = factories.an_establishment(products=[{"name": "Dodol"}])
    submission = actions.draft(directory.get("halal"), factories.halal_values(establishment=maker), by=officer)

    submission = actions.submit(submission, by=officer)
    submission = actions.verify(submission, by=verifier, round=1)

    assert submission.record().covers.get().product.name == "Dodol"
    assert submission.title.startswith(maker.name)


def test_a_product_of_another_establishment_is_refused():
    maker = factories.an_establishment(products=[{"name": "Dodol"}])
    other = factories.an_establishment(name="Lain", products=[{"name": "Amplang"}])
    values = factories.halal_values(establishment=maker)
    values["covered"] = [{"product": str(other.products.get().key)}]
    with pytest.raises(ValidationError) as error:
        factories.published("halal", values)

    (path,) = error.value.error_dict
    assert path.startswith("covered.")
    assert path.endswith(".product")
    assert error.value.error_dict[path][0].code == "not_theirs"


def test_one_product_cannot_be_covered_twice():
    maker = factories.an_establishment(products=[{"name": "Dodol"}])
    values = factories.halal_values(establishment=maker)
    values["covered"] *= 2

    with pytest.raises(ValidationError) as error:
        factories.published("halal", values)

    assert [errors[0].code for errors in error.value.error_dict.values()] == ["twice"]


def test_the_database_refuses_a_product_covered_twice():
    record = factories.a_halal_certificate()

    with pytest.raises(IntegrityError), transaction.atomic():
        HalalCover.objects.create(certification=record, product=record.covers.get().product)


def test_a_certificate_without_products_is_refused():
    assert refused(covered=[])["__all__"][0].code == "no_product"


def test_a_number_stands_on_one_record_only():
    factories.a_halal_certificate(certificate_number=NUMBER)

    assert set(refused(certificate_number=NUMBER, name="Lain")) == {"certificate_number"}


def test_a_closed_record_frees_its_number():
    first = factories.a_halal_certificate(certificate_number=NUMBER)
    values = {"closed_on": "2026-01-02", "closed_reason": "error"}
    actions.publish(directory.get("halal"), values, by=factories.an_administrator(), record=first, kind="close")

    assert factories.a_halal_certificate(certificate_number=NUMBER, name="Lain").certificate_number == NUMBER


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"certificate_number": "KH123"}, "certificate_number"),
        ({"certificate_number": ""}, "certificate_number"),
        ({"stage": "pemeriksaan_lph", "certificate_number": NUMBER, "issued_on": "2025-03-10"}, "stage"),
        ({"scheme": "reguler", "sehati": True}, "sehati"),
        ({"valid_until": "2025-03-09"}, "valid_until"),
        ({"issued_on": "2099-01-01"}, "issued_on"),
        ({"checked_on": "2026-01-05"}, "checked_by_office"),
        ({"checked_by_office": "Disperin"}, "checked_on"),
        ({"checked_on": "2099-01-05", "checked_by_office": "Disperin"}, "checked_on"),
        ({"stage": "perlu_pembaruan"}, "recomposed_on"),
    ],
)
def test_what_does_not_fit_is_named_at_its_field(values, field):
    if values.get("stage") == "perlu_pembaruan":
        values |= {"certificate_number": NUMBER, "issued_on": "2025-03-10"}

    assert field in refused(**values)


def test_a_changed_composition_leads_to_renewal():
    record = factories.a_halal_certificate()
    with pytest.raises(ValidationError) as error:
        change(record, recomposed_on="2026-02-01")

    record = change(record, recomposed_on="2026-02-01", stage="perlu_pembaruan", stage_on="2026-02-01")

    assert error.value.error_dict["stage"][0].code == "renewal"
    assert not record.is_running_today


def test_a_second_certificate_for_a_product_is_warned_of(officer):
    maker = factories.an_establishment(products=[{"name": "Dodol"}])
    factories.a_halal_certificate(establishment=maker, certificate_number=NUMBER)
    submission = actions.draft(directory.get("halal"), factories.halal_values(establishment=maker), by=officer)

    with pytest.raises(ValidationError) as error:
        actions.submit(submission, by=officer)

    (path,) = error.value.error_dict
    assert NUMBER in error.value.error_dict[path][0].messages[0]
    assert actions.submit(submission, by=officer, acknowledged=True).status == "submitted"


def test_the_database_refuses_what_must_never_be(trying):
    record = factories.a_halal_certificate()

    for values in [
        {"certificate_number": "ID123"},
        {"certificate_number": ""},
        {"revoked_on": datetime.date(2026, 1, 1)},
        {"valid_until": datetime.date(2025, 3, 9)},
        {"issued_on": None},
    ]:
        with trying(values), pytest.raises(IntegrityError), transaction.atomic():
            HalalCertification.objects.filter(pk=record.pk).update(**values)


def test_a_covered_product_cannot_be_deleted():
    record = factories.a_halal_certificate()

    with pytest.raises(ProtectedError):
        record.covers.get().product.delete()


def test_versions_of_record_and_covered_products_are_kept():
    record = factories.a_halal_certificate()

    change(record, sehati=True)

    versions = HalalCertification.pgh_event_models["update"].objects.filter(pgh_obj=record.pk)
    assert list(versions.order_by("pgh_id").values_list("version", "sehati")) == [(1, False), (2, True)]
    assert HalalCover.pgh_event_models["insert"].objects.count() == 1


# --- An application is nobody else's business -------------------------------------------------------------------------


def test_an_application_is_public_nowhere(officer, officer_there, api, signed_in):
    record = factories.a_halal_certificate(stage="sidang_fatwa")
    page, resource = f"/halal/cek/{record.number}/", f"/api/v1/halal/{record.number}/"

    assert Client().get(page).status_code == 404
    assert signed_in(officer_there).get(page).status_code == 404
    assert signed_in(officer).get(page).status_code == 200
    assert record.number not in Client().get("/halal/cek/").content.decode()
    assert api().get(resource).status_code == api(officer_there).get(resource).status_code == 404
    assert api(officer).get(resource).json()["inside"]["stage"] == "sidang_fatwa"
    assert api().get("/api/v1/halal/").json()["results"] == []
    assert len(api(officer).get("/api/v1/halal/").json()["results"]) == 1


def test_a_certificate_is_found_by_number_maker_and_product():
    record = factories.a_halal_certificate(certificate_number=NUMBER, name="Dapur Ulin")

    for text in (NUMBER, "id 12345678901234567", "12345678901234567", "dapur", "sasirangan"):
        assert record.number in Client().get("/halal/cek/", {"q": text}).content.decode(), text
    assert record.number not in Client().get("/halal/cek/", {"q": "ID99999999999999999"}).content.decode()


def test_the_page_says_who_checked_it_and_links_to_bpjph():
    values = {"checked_on": "2026-07-05", "checked_by_office": "Disperdagin contoh"}
    record = factories.a_halal_certificate(**values)

    text = Client().get(f"/en/halal/cek/{record.number}/").content.decode()

    assert "Checked by hand on 5 July 2026 by Disperdagin contoh" in text
    assert 'href="https://bpjph.halal.go.id"' in text


def test_the_office_chooses_where_certificates_are_checked(settings, trying):
    settings.BPJPH_URL = ""
    record = factories.a_halal_certificate()

    for path in ["/en/halal/cek/", "/en/halal/cek/{}/"]:
        with trying(path):
            assert "Open BPJPH" not in Client().get(path.format(record.number)).content.decode()


def test_a_products_certificate_stands_with_its_maker():
    maker = factories.an_establishment(products=[{"name": "Dodol"}, {"name": "Amplang"}])
    record = factories.a_halal_certificate(establishment=maker, covered=[{}])

    text = Client().get(f"/en/industri/{maker.number}/").content.decode()

    assert record.certificate_number in text
    assert "10 March 2025" in text
    assert text.count("No halal certificate on record") == 1


# --- Duties -----------------------------------------------------------------------------------------------------------


def test_loading_the_duties_again_keeps_what_administrators_changed(settings):
    first, second = factories.halal_duties(), factories.halal_duties()
    HalalDuty.objects.filter(key="kosmetik").update(deadline=datetime.date(2027, 1, 1))

    third = factories.halal_duties()

    assert [one[0].changed for one in (first, second, third)] == [21, 0, 0]
    assert HalalDuty.objects.get(key="kosmetik").deadline == datetime.date(2027, 1, 1)


HEADINGS = "key,category,answer,scales,deadline,citation,valid_from,valid_to"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a,makanan,,mikro,17-10-2026,PP,,", "'17-10-2026' is no day"),
        ("a,makanan,,mikro,,PP,,", "deadline is missing"),
        ("a,roti,,mikro,2026-10-17,PP,,", "line 2"),
        ("a,makanan,yes,mikro,2026-10-17,PP,,", "line 2"),  # food asks nothing
        ("a,barang_gunaan,A,mikro,2026-10-17,PP,,", "line 2"),
        ("a,makanan,,raksasa,2026-10-17,PP,,", "line 2"),
    ],
)
def test_a_wrong_file_of_duties_is_refused_with_its_line(tmp_path, line, said):
    (tmp_path / "halal_duties.csv").write_text(f"{HEADINGS}\n{line}\n")

    with pytest.raises(reference.WrongFile) as wrong:
        reference.load_halal_duties(tmp_path)

    assert said in str(wrong.value)


def test_two_rows_in_force_at_once_are_refused():
    factories.halal_duties()
    second = HalalDuty(
        key="kedua", category="kosmetik", scales=["mikro"], deadline=datetime.date(2027, 1, 1), citation="Contoh"
    )

    with pytest.raises(ValidationError) as error:
        second.full_clean()

    assert set(error.value.error_dict) == {"valid_from"}


def test_rows_for_different_answers_stand_side_by_side():
    factories.halal_duties()
    row = {
        "category": "barang_gunaan",
        "scales": ["mikro"],
        "deadline": datetime.date(2027, 1, 1),
        "citation": "Contoh",
    }

    HalalDuty(key="tanpa-hewan", answer="no", **row).full_clean()
    for answer in ("yes", ""):  # one row for yes is there already, and one for every answer would count beside it
        with pytest.raises(ValidationError) as error:
            HalalDuty(key="kedua", answer=answer, **row).full_clean()
        assert set(error.value.error_dict) == {"valid_from"}, answer


def test_goods_and_chemicals_that_are_there_are_asked_once_the_portal_is_renewed():
    factories.halal_duties()
    HalalDuty.objects.update(answer="")

    import_module("industries.migrations.0009_questions_of_the_halal_duty").ask_of_goods_and_chemicals(apps, None)

    assert set(HalalDuty.objects.filter(answer="yes").values_list("pk", flat=True)) == {"barang-gunaan", "kimiawi"}


def test_only_an_administrator_moves_a_deadline_and_sees_first_what_would_move(
    officer, administrator, signed_in, time_machine
):
    time_machine.move_to("2026-11-02T09:00:00+08:00", tick=False)
    factories.halal_duties()
    path = "/admin/industries/halalduty/kosmetik/change/"
    values = {
        "category": "kosmetik",
        "scales": ["mikro", "kecil"],
        "deadline": "2027-10-17",
        "citation": "Contoh",
        "valid_from": "",
        "valid_to": "",
    }

    assert signed_in(officer).post(path, values).status_code == 302
    assert HalalDuty.objects.get(key="kosmetik").deadline == datetime.date(2026, 10, 17)
    desk = signed_in(administrator)
    factories.a_food_maker(products=[{"name": "Bedak dingin", "halal_category": "kosmetik"}])
    asked = desk.post(path, values)
    page = asked.content.decode()
    assert HalalDuty.objects.get(key="kosmetik").deadline == datetime.date(2026, 10, 17)
    assert 'type="checkbox" name="scales" value="mikro"' in page
    assert "Produk: “Terlambat” menjadi “Belum wajib”" in page
    assert ("Pembuat produk itu", 1) in [(str(label), number) for label, number in preview_in(asked).lines]
    confirmed = {"confirmed": asked.context["adminform"].form.data["confirmed"]}
    assert desk.post(path, values | confirmed).status_code == 302
    assert HalalDuty.objects.get(key="kosmetik").deadline == datetime.date(2027, 10, 17)


def preview_in(answer):
    return answer.context["adminform"].form.preview
