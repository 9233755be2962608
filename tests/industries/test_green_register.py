"""The register `green`: what its form takes and doubts, what the database keeps, who hears of it, and its figures."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.ui.formats import day
from industries import rules
from industries.models import Establishment, GreenCertification
from industries.views.green import finding_of
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def refused(**values):
    """The paths of the problems that these values meet."""
    with pytest.raises(ValidationError) as error:
        factories.published("green", factories.green_values(**values))
    return error.value.error_dict


def change(record, **values):
    return actions.publish(directory.get("green"), values, by=factories.an_administrator(), record=record)


def text_of(path, client=None):
    answer = (client or Client()).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_certificate_lies_where_its_establishment_lies():
    maker = factories.an_establishment(regency="63.06")
    factories.RegencyFactory(code="63.07")

    record = factories.published("green", factories.green_values(establishment=maker) | {"regency": "63.07"})

    assert record.regency_id == "63.06"
    assert record.number == "SIH-6306-000001"


def test_numbers_are_kept_as_they_are_printed():
    record = factories.a_green_certificate(standard_number="sih13134.1:2022", certificate_number="  LSIH  7/2025 ")

    assert (record.standard_number, record.certificate_number) == ("SIH 13134.1:2022", "LSIH 7/2025")


def test_an_officer_cannot_propose_for_an_establishment_elsewhere(officer):
    maker = factories.an_establishment(regency="63.06")

    with pytest.raises(ValidationError) as error:
        actions.draft(directory.get("green"), factories.green_values(establishment=maker), by=officer)

    assert error.value.error_dict["regency"][0].code == "out_of_reach"


def test_an_officer_proposes_and_a_verifier_decides(officer, verifier):
    submission = actions.draft(directory.get("green"), factories.green_values(), by=officer)

    submission = actions.submit(submission, by=officer)
    submission = actions.verify(submission, by=verifier, round=1)

    assert submission.record().certificate_number == "LSIH CONTOH/001"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"standard_number": "SNI 1"}, "standard_number"),
        ({"standard_number": "SIH 13134.1:2099"}, "standard_number"),
        ({"certificate_number": ""}, "certificate_number"),
        ({"valid_until": "2025-03-09"}, "valid_until"),
        ({"issued_on": "2099-01-01"}, "issued_on"),
        ({"stage": "tidak-ada"}, "stage"),
    ],
)
def test_what_does_not_fit_is_named_at_its_field(values, field):
    assert field in refused(**values)


def test_a_certificate_of_an_establishment_stands_on_one_record_only():
    first = factories.a_green_certificate()
    maker = first.establishment

    assert set(refused(establishment=maker)) == {"certificate_number"}
    values = {"closed_on": "2026-01-02", "closed_reason": "error"}
    actions.publish(directory.get("green"), values, by=factories.an_administrator(), record=first, kind="close")
    assert factories.a_green_certificate(establishment=maker).number == "SIH-6307-000002"


def test_two_places_of_one_company_may_hold_the_same_certificate():
    factories.a_green_certificate()

    assert factories.a_green_certificate(name="Pabrik Kedua").certificate_number == "LSIH CONTOH/001"


@pytest.mark.parametrize(
    ("values", "paths"),
    [
        ({}, set()),
        ({"standard_number": "SIH 23929.1:2022"}, {"standard_number"}),
        ({"standard_number": "SIH 131340.2:2020"}, {"standard_number"}),  # six digits, as some are printed
        ({"valid_until": None}, {"valid_until"}),
    ],
)
def test_what_looks_odd_is_asked_about(officer, values, paths):
    submission = actions.draft(directory.get("green"), factories.green_values(**values), by=officer)

    try:
        actions.submit(submission, by=officer)
        found = set()
    except ValidationError as error:
        found = set(error.error_dict)

    assert found == paths
    if paths:
        assert actions.submit(submission, by=officer, acknowledged=True).status == "submitted"


def test_the_database_refuses_what_must_never_be(trying):
    record = factories.a_green_certificate()

    for values in [
        {"standard_number": "SIH 1"},
        {"certificate_number": ""},
        {"issued_on": None},
        {"valid_until": datetime.date(2025, 3, 9)},
        {"revoked_on": datetime.date(2026, 1, 1)},
        {"revoked_on": datetime.date(2025, 1, 1), "revoked_reason": "Sebelum terbit"},
    ]:
        with trying(values), pytest.raises(IntegrityError), transaction.atomic():
            GreenCertification.objects.filter(pk=record.pk).update(**values)


def test_the_database_and_the_rule_agree_on_every_day():
    factories.a_green_certificate()
    factories.a_green_certificate(name="Tanpa Akhir", valid_until=None)
    factories.a_green_certificate(name="Dicabut", stage="dicabut")
    factories.a_green_certificate(name="Proses", stage="evaluasi")
    records = list(GreenCertification.objects.order_by("pk"))
    days = ["2025-03-09", "2025-03-10", "2026-01-04", "2026-01-05", "2029-03-09", "2029-03-10"]

    for on in map(datetime.date.fromisoformat, days):
        found = set(GreenCertification.objects.valid_on(on))
        assert found == {one for one in records if rules.is_green_on(one, on)}, on
        stands = {one: one.stands for one in GreenCertification.objects.with_state(on)}
        assert stands == {one: rules.green_state(one, on) for one in records}, on


def test_an_application_is_public_nowhere(officer, officer_there, api, signed_in):
    record = factories.a_green_certificate(stage="evaluasi")
    page, resource = f"/industri-hijau/{record.number}/", f"/api/v1/green/{record.number}/"

    assert Client().get(page).status_code == 404
    assert signed_in(officer_there).get(page).status_code == 404
    assert signed_in(officer).get(page).status_code == 200
    assert record.number not in text_of("/industri-hijau/")
    assert api().get(resource).status_code == api(officer_there).get(resource).status_code == 404
    assert api(officer).get(resource).json()["inside"]["stage"] == "evaluasi"
    assert api(officer).get(resource).json()["stands"] == "proses"
    assert api().get("/api/v1/green/").json()["results"] == []
    assert len(api(officer).get("/api/v1/green/").json()["results"]) == 1


def test_a_certificate_is_found_by_number_standard_and_maker():
    record = factories.a_green_certificate(name="Pabrik Ulin")

    for text in ("lsih contoh/001", "SIH 13134.1:2022", "13134", "ulin"):
        assert record.number in text_of(f"/industri-hijau/?q={text}"), text
    assert record.number not in text_of("/industri-hijau/?q=99999")


def test_list_and_api_are_narrowed_to_those_valid_on_a_day(api, trying):
    record = factories.a_green_certificate()

    for on, is_found in [("2029-03-09", True), ("2029-03-10", False)]:
        with trying(on, is_found):
            assert (record.number in text_of(f"/industri-hijau/?valid_on={on}")) is is_found
            assert bool(api().get(f"/api/v1/green/?valid_on={on}").json()["results"]) is is_found


def test_a_day_that_is_none_is_named(api, trying):
    record = factories.a_green_certificate()

    for wrong in ["2029-02-30", "10-13-2029", "besok", "%00"]:
        with trying(wrong):
            assert record.number in text_of(f"/industri-hijau/?valid_on={wrong}")
            answer = api().get(f"/api/v1/green/?valid_on={wrong}")
            assert answer.status_code == 400
            assert "valid_on" in answer.content.decode()


def test_the_page_of_the_maker_leads_to_its_valid_certificate(time_machine):
    record = factories.a_green_certificate()
    path = f"/industri/{record.establishment.number}/"

    assert f'href="/industri-hijau/{record.number}/"' in text_of(path)
    time_machine.move_to("2029-03-10T00:00+08:00")
    assert f'href="/industri-hijau/{record.number}/"' not in text_of(path)


def test_a_new_certificate_is_seen_at_its_maker_at_once():
    maker = factories.an_establishment()
    text_of(f"/industri/{maker.number}/")

    record = factories.a_green_certificate(establishment=maker)

    assert record.certificate_number in text_of(f"/industri/{maker.number}/")


# --- Figures ----------------------------------------------------------------------------------------------------------


def makers(number, *, regency="63.07", certified=0):
    for at in range(number):
        maker = factories.an_establishment(regency=regency, name=f"Usaha {regency} {at}")
        if at < certified:
            factories.a_green_certificate(establishment=maker)


def figures():
    """What the page says: `{place: (makers, certified, share)}`."""
    context = Client().get("/en/industri-hijau/angka/").context
    rows = {row["name"]: row for row in context["rows"]} | {"all": context["total"]}
    return {
        name: (row["makers"], row["certified"], row["share"] and round(row["share"], 2))
        for name, row in rows.items()
        if row["makers"]
    }


def test_the_share_is_of_all_open_establishments_of_a_regency():
    makers(8, certified=3)
    makers(6, regency="63.06", certified=3)

    assert figures() == {
        "Kabupaten 63.06": (6, 3, 50.0),
        "Kabupaten 63.07": (8, 3, 37.5),
        "all": (14, 6, 42.86),
    }


def test_what_is_public_by_name_is_counted_openly_down_to_one():
    """Certificates as well as stars: who has one stands in the lists, so that small numbers hide nothing."""
    makers(4, certified=1)
    makers(1, regency="63.06", certified=1)
    factories.an_award()

    assert figures() == {"Kabupaten 63.06": (1, 1, 100.0), "Kabupaten 63.07": (5, 1, 20.0), "all": (6, 2, 33.33)}
    stars = " ".join(Client().get("/en/ovop/statistik/").content.decode().split())
    assert "The register holds 1 award." in stars
    assert "100%" in stars.split("grade=permenperin_14_2021-2")[1].split("</tr>")[0]


def test_one_establishment_with_two_certificates_counts_once():
    makers(6, certified=3)
    first = GreenCertification.objects.first().establishment
    factories.a_green_certificate(establishment=first, certificate_number="LSIH CONTOH/002")

    assert figures()["all"] == (6, 3, 50.0)


def test_ended_revoked_applied_and_closed_ones_do_not_count():
    makers(6)
    for name, values in {
        "A": {"valid_until": "2026-01-01"}, "B": {"stage": "dicabut"}, "C": {"stage": "evaluasi"},
    }.items():  # fmt: skip
        factories.a_green_certificate(name=name, **values)

    assert figures()["all"] == (9, 0, 0)


def test_what_is_public_by_name_is_counted_however_small_and_every_number_opens_its_list():
    makers(8, certified=1)
    makers(2, regency="63.06", certified=2)

    assert figures() == {
        "Kabupaten 63.06": (2, 2, 100.0),
        "Kabupaten 63.07": (8, 1, 12.5),
        "all": (10, 3, 30.0),
    }
    text = text_of("/industri-hijau/angka/")
    assert text.count("/industri/?green_on=") == 3  # the two and the total


def test_a_number_leads_to_the_makers_it_counts_each_once_however_many_certificates_it_holds():
    makers(6, certified=3)
    first, second = Establishment.objects.filter(green_certifications__isnull=False)[:2]
    factories.a_green_certificate(establishment=first, certificate_number="LSIH CONTOH/002")
    Establishment.objects.filter(pk=second.pk).update(closed_on="2026-01-02")

    rows = Client().get("/en/industri-hijau/angka/").context
    for row in (next(row for row in rows["rows"] if row["code"] == "63.07"), rows["total"]):
        page = Client().get(row["url"])
        assert (row["certified"], page.context["counts"].total) == (2, 2)
        assert {record["name"] for record in page.context["records"]} == {"Usaha 63.07 0", "Usaha 63.07 2"}


def test_makers_and_their_api_are_narrowed_to_those_with_a_certificate_valid_on_a_day(api):
    makers(2, certified=1)
    factories.a_green_certificate(
        name="Sampai Januari", issued_on="2025-01-10", stage_on="2025-01-10", valid_until="2026-01-31"
    )

    for on, found in (("2026-01-15", 2), ("2026-02-01", 1)):
        assert Client().get("/industri/", {"green_on": on}).context["counts"].total == found
        assert len(api().get(f"/api/v1/establishments/?green_on={on}").json()["results"]) == found
    assert api().get("/api/v1/establishments/?green_on=kemarin").status_code == 400


def test_a_kept_list_of_makers_knows_a_certificate_that_came_since():
    makers(2, certified=1)
    path = f"/industri/?green_on={timezone.localdate().isoformat()}"
    assert Client().get(path).context["counts"].total == 1

    factories.a_green_certificate(establishment=Establishment.objects.get(name="Usaha 63.07 1"))

    assert "Usaha 63.07 1" in text_of(path)


def test_the_figures_say_what_they_find_and_are_a_file_too():
    makers(8, certified=3)
    makers(6, regency="63.06", certified=4)

    found = "7 of 14 makers (50%) hold a valid certificate. Most: Kabupaten 63.06, 4."
    assert found in text_of("/en/industri-hijau/angka/")
    lines = Client().get("/industri-hijau/angka.csv").content.decode("utf-8-sig").splitlines()
    assert lines[0] == "code,label,makers,certified,as_of"
    assert lines[1].startswith("63.06,Kabupaten 63.06,6,4,")
    assert lines[-1].split(",")[2:4] == ["14", "7"]


def test_the_figures_name_their_day_and_do_not_say_today_of_a_past_one():
    makers(1, certified=1)
    text = " ".join(text_of("/en/industri-hijau/angka/").split())

    assert f"valid on {day(timezone.localdate())}, and their share" in text
    assert "valid today" not in text


def test_few_certified_makers_among_many_are_not_told_as_none():
    told = {"makers": 300, "certified": 1, "share": 100 / 300}

    with override("en"):
        assert "1 of 300 makers (0.3%)" in finding_of([{"name": "Kota", "certified": 1}], told)


def test_the_figures_ask_as_often_for_many_as_for_few():
    makers(4, certified=3)
    with CaptureQueriesContext(connection) as few:
        Client().get("/industri-hijau/angka/")
    makers(4, regency="63.06", certified=4)
    with CaptureQueriesContext(connection) as many:
        Client().get("/industri-hijau/angka/")

    assert len(few) == len(many) == 4  # revision, certificates, kept counts, regencies


def test_without_any_record_the_figures_are_a_page_all_the_same():
    assert "<h1>" in text_of("/industri-hijau/angka/")
