"""A number, a day or an address that is refused is named, with the limit; what was typed is shown as it was typed."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from disperin.registers.gate.in_bulk import Proposed, judge
from disperin.registers.record import directory
from disperin.registers.values.fields import Day
from disperin.submissions import actions
from disperin.submissions.batches import actions as batches
from disperin.submissions.models import Stock
from disperin.workbooks.forms import SendForm
from disperin.workbooks.tables.figures import number_in
from industries.models import Establishment
from tests.factories import an_establishment, establishment_values

ESTABLISHMENTS = directory.get("establishments")
NINES = "9" * 60
MANY = {"id": "999.999.999.999", "en": "999,999,999,999"}
LARGEST = {"id": "100.000", "en": "100,000"}


def told(**values):
    """What the form says of values, `{field: text}`, in Indonesian and in English."""
    said = {}
    for language in ("id", "en"):
        with override(language):
            form = ESTABLISHMENTS.form(ESTABLISHMENTS.form.empty() | values)
            said[language] = {name: " ".join(form.errors.get(name, [])) for name in values}
    return said


def test_a_number_that_is_too_large_or_too_small_is_named_with_its_limit(db):
    for language, said in told(workers_male=3_000_000_000, workers_female=-1).items():
        with override(language):
            assert LARGEST[language] in said["workers_male"]
            assert "3.000.000.000".replace(".", "." if language == "id" else ",") in said["workers_male"]
            assert "-1" in said["workers_female"]
    for language, said in told(workers_male=NINES, latitude="91", longitude="-181.5").items():
        assert MANY[language] in said["workers_male"]
        assert "91" in said["latitude"]
        assert "90" in said["latitude"]
        assert "-180" in said["longitude"]


def test_the_page_the_api_and_files_say_so_alike(officer, api, client):
    for number in (int(NINES), NINES):
        body = {"register": "establishments", "values": establishment_values(workers_male=number)}
        answer = api(officer).post("/api/v1/submissions/", body, headers={"Accept-Language": "id"}).json()
        (error,) = answer["errors"]["workers_male"]
        assert (error["code"], MANY["id"] in error["message"]) in {("max_value", True), ("invalid", True)}
        assert "9.999.999.999.999.999.999" in error["message"]

    assert number_in(ESTABLISHMENTS.form.base_fields["workers_male"], NINES) == (int(NINES), [])
    values = establishment_values(workers_male=int(NINES), regency=officer.regency_id)
    (judged,) = judge(ESTABLISHMENTS, [Proposed(values, None, 1)], by=officer)
    assert [one.code for one in judged.errors["workers_male"]] == ["unfit"]

    draft = actions.draft(ESTABLISHMENTS, establishment_values(), by=officer)
    client.force_login(officer)
    typed = {"revision": 1, "workers_male": NINES, "check": "1", "products-TOTAL": 0}
    page = client.post(f"/usulan/{draft.number}/ubah/", typed)
    assert "bukan bilangan bulat" not in page.text
    assert MANY["id"] in page.context["page"].problems["workers_male"][0]


def test_what_a_person_typed_is_shown_back_as_typed(officer, client):
    draft = actions.draft(ESTABLISHMENTS, establishment_values(), by=officer)
    client.force_login(officer)
    typed = {
        "latitude": "12,5,5", "longitude": "115,38", "workers_male": "12.50", "kbli": "10 130", "capital": "1.250.000",
        "owner_name": "a\u202eb",
    }  # fmt: skip

    page = client.post(f"/usulan/{draft.number}/ubah/", {"revision": 1, "products-TOTAL": 0, **typed})

    form = page.context["page"].form
    shown = {name: form.fields[name].widget.format_value(form[name].value()) for name in typed}
    assert shown | {"kbli": str(shown["kbli"])} == typed


def test_a_day_that_nobody_can_mean_is_refused_in_every_field(administrator):
    forms = [form for one in directory.all_registers() for form in (one.form, *one.form.parts.values())]
    days = [field for form in (*forms, SendForm) for field in form.base_fields.values() if isinstance(field, Day)]
    assert len(days) > 10
    for field in days:
        for day in ("0001-01-01", "1899-12-31"):
            with pytest.raises(ValidationError) as refused:
                field.clean(day)
            assert refused.value.code == "too_early"
            assert day in refused.value.messages[0]
        assert field.clean("1900-01-01") == datetime.date(1900, 1, 1)
    with pytest.raises(ValidationError) as refused:
        batches.check_stock(Stock("Lama", datetime.date(1, 1, 1)), by=administrator)
    assert "1900-01-01" in refused.value.message_dict["extracted_on"][0]


def test_an_address_that_is_none_is_named(db):
    for website in ("http://", "http://[", "bukan situs"):
        for said in told(website=website, email="bukan surel").values():
            assert website in said["website"]
            assert "bukan surel" in said["email"]
            assert "%(" not in said["website"] + said["email"]


def test_a_filter_names_the_number_that_it_does_not_take(api, db):
    for asked, named in (("abc", "abc"), ("99999999999", "99.999.999.999"), ("-5", "-5")):
        answer = api().get(f"/api/v1/zones/?free_land={asked}", headers={"Accept-Language": "id"})
        assert answer.status_code == 400
        assert named in answer.json()["errors"]["free_land"][0]["message"]


def test_an_early_day_that_stands_in_a_record_hinders_no_other_change(officer):
    record = an_establishment()
    Establishment.objects.filter(pk=record.pk).update(active_since="1898-05-01")
    record.refresh_from_db()
    register = directory.get("establishments")

    other = register.form({**register.form.recorded(record), "phone": "08125000123"}, instance=record)
    earlier = register.form({**register.form.recorded(record), "active_since": "1897-05-01"}, instance=record)

    assert other.is_valid()
    assert other.instance.active_since == datetime.date(1898, 5, 1)
    assert [one.code for one in earlier.problems["active_since"]] == ["too_early"]
