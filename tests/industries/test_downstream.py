"""Downstream chains: rows with their source, makers counted by class, gaps in sight, nothing that nobody entered."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from disperin.registers.record import directory
from disperin.registers.record.revisions import raise_revision
from disperin.setup.sample import chains, sample_file
from disperin.submissions import actions
from industries.models import ChainStep
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 22)


def a_step(**values):
    """A step of the rubber chain, made by KBLI 22123."""
    for code in ("22123", "22111"):
        factories.KbliClassFactory(code=code)
    plain = {
        "commodity": "karet", "stage": 2, "stage_id": "Setengah jadi", "product_id": "Karet remah", "kbli": ["22123"],
        "source": "Contoh 1/2026", "source_on": datetime.date(2026, 1, 1),
    }  # fmt: skip
    step = ChainStep(**{**plain, **values})
    step.full_clean()
    step.save()
    raise_revision("reference")
    return step


def refused(**values):
    with pytest.raises(ValidationError) as error:
        a_step(**values)
    return {field: [one.code for one in errors] for field, errors in error.value.error_dict.items()}


def makers(number, code="22123"):
    factories.KbliClassFactory(code=code)
    return [factories.an_establishment(name=f"Pabrik {code} {at}", kbli=f"2020-{code}") for at in range(number)]


def page(path="/hilirisasi/"):
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer


def chain_of(commodity):
    return next(one for one in page().context["chains"] if one["key"] == commodity)


def test_no_step_comes_with_the_portal_and_the_page_says_what_the_office_must_enter():
    text = page("/en/hilirisasi/").content.decode()

    assert not ChainStep.objects.exists()
    assert text.count("The office has not entered the stages of this chain.") == 5
    for name in ("Rubber", "Palm oil", "Pond fishery", "Coal", "Iron ore"):
        assert f"<h2>{name}</h2>" in text


def test_makers_are_counted_by_class_and_each_number_opens_its_list():
    a_step(kbli=["22123", "22111"])
    makers(2)
    makers(1, code="22111")

    (product,) = chain_of("karet")["products"]
    listed = [Client().get(one["url"]).context["counts"].total for one in product["classes"]]

    assert [one["number"] for one in product["classes"]] == listed == [2, 1]
    assert (product["makers"], product["is_gap"]) == (3, False)
    assert 'href="/industri/?kbli=2020-22123"' in page().content.decode()


def test_closed_establishments_and_other_classes_do_not_count():
    a_step()
    (closed,) = makers(1)
    factories.KbliClassFactory(code="22111")
    factories.an_establishment(name="Toko Ban", other_kbli=["2020-22123"])
    values = {"closed_on": "2026-01-02", "closed_reason": "error"}
    by = factories.an_administrator()
    actions.publish(directory.get("establishments"), values, by=by, record=closed, kind="close")

    assert chain_of("karet")["products"][0]["is_gap"]


def test_a_gap_stands_in_table_picture_and_head():
    a_step()

    text = page("/en/hilirisasi/").content.decode()

    assert "Gap</span>" in text
    assert "gap: 0 makers</text>" in text
    assert "flow-gap" in text
    assert re.search(r"1 gap\s*<", text)


def test_a_product_without_a_class_is_no_gap_but_says_so():
    a_step(kbli=[])

    text = page("/en/hilirisasi/").content.decode()

    assert not chain_of("karet")["products"][0]["is_gap"]
    assert "No class of industry is entered." in text
    assert "Gap</span>" not in text


def test_a_box_opens_the_list_of_its_class_or_the_row_of_several():
    one = a_step()
    several = a_step(product_id="Karet lain", kbli=["22123", "22111"])

    (stage,) = chain_of("karet")["picture"].stages

    assert [box.box.url for box in stage.boxes] == [f"#produk-{several.pk}", "/industri/?kbli=2020-22123"]
    assert f'id="produk-{one.pk}"' in page().content.decode()


def test_stages_follow_their_number():
    a_step(stage=3, stage_id="Jadi", product_id="Ban")
    a_step(stage=1, stage_id="Bahan baku", product_id="Bokar", kbli=[])
    a_step()

    assert [one.name for one in chain_of("karet")["picture"].stages] == ["Bahan baku", "Setengah jadi", "Jadi"]


def test_every_row_tells_its_source_with_its_date():
    a_step(source="Perda contoh 19/2018", source_on=datetime.date(2018, 12, 31))

    assert "Perda contoh 19/2018, 31 Desember 2018" in page().content.decode()


def test_names_are_told_in_the_language_of_the_reader_and_else_in_indonesian():
    a_step(product_en="Crumb rubber")

    english, indonesian = page("/en/hilirisasi/").content.decode(), page().content.decode()

    assert "Crumb rubber" in english
    assert "Setengah jadi" in english
    assert "Crumb rubber" not in indonesian


def test_a_step_holds_from_its_first_day_through_its_last(trying):
    a_step(valid_from=datetime.date(2026, 6, 1), valid_to=datetime.date(2026, 6, 30))

    for on, is_there in [("2026-05-31", False), ("2026-06-01", True), ("2026-06-30", True), ("2026-07-01", False)]:
        with trying(on, is_there):
            assert ChainStep.objects.in_force(datetime.date.fromisoformat(on)).exists() is is_there


def test_five_digits_are_kept_as_the_key_of_the_version_in_force():
    assert a_step(kbli=["22123", "2020-22111", "22123"]).kbli == ["2020-22123", "2020-22111"]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"kbli": ["99999"]}, {"kbli": ["unknown"]}),
        ({"kbli": ["221"]}, {"kbli": ["unknown"]}),
        ({"commodity": "emas"}, {"commodity": ["invalid_choice"]}),
        ({"stage": 0}, {"stage": ["min_value"]}),
        ({"source": ""}, {"source": ["blank"]}),
        ({"source_on": None}, {"source_on": ["null"]}),
    ],
)
def test_a_step_that_makes_no_sense_is_refused(values, found):
    assert refused(**values) == found


def test_a_stage_has_one_name_and_each_product_once_at_a_time(trying):
    a_step(valid_to=datetime.date(2026, 6, 30))

    for values, found in [
        ({"stage_id": "Lain", "product_id": "Ban"}, {"stage_id": ["other_name"]}),
        ({}, {"product_id": ["twice"]}),
    ]:
        with trying(values, found):
            assert refused(**values, valid_from=datetime.date(2026, 6, 30)) == found
            assert a_step(**values, valid_from=datetime.date(2026, 7, 1)).pk


def test_the_database_refuses_a_step_that_ends_before_it_begins():
    step = a_step(valid_from=datetime.date(2026, 6, 1))

    with pytest.raises(IntegrityError), transaction.atomic():
        ChainStep.objects.filter(pk=step.pk).update(valid_to=datetime.date(2026, 5, 31))


def test_only_an_administrator_enters_a_step_and_it_is_seen_at_once(officer, administrator, signed_in):
    a_step()
    page()
    path, values = "/admin/industries/chainstep/add/", {
        "commodity": "karet", "stage": "3", "stage_id": "Jadi", "stage_en": "", "product_id": "Ban luar",
        "product_en": "", "kbli": "22111, 22123", "source": "Contoh 2/2026", "source_on": "2026-02-01",
        "valid_from": "", "valid_to": "",
    }  # fmt: skip

    signed_in(officer).post(path, values)
    assert not ChainStep.objects.filter(product_id="Ban luar").exists()
    shown = signed_in(administrator).post(path, values)
    form = shown.context["adminform"].form
    assert [number for _label, number in form.preview.lines] == [1, 1, 2, 2, 0]
    assert not ChainStep.objects.filter(product_id="Ban luar").exists()
    values["confirmed"] = form["confirmed"].value()
    assert signed_in(administrator).post(path, values).status_code == 302
    assert ChainStep.objects.get(product_id="Ban luar").kbli == ["2020-22111", "2020-22123"]
    assert "Ban luar" in page().content.decode()


def test_versions_of_a_step_are_kept():
    step = a_step()
    step.product_id = "Karet remah SIR 20"
    step.save()

    kept = ChainStep.pgh_event_models["update"].objects.filter(pgh_obj=step.pk)
    assert list(kept.order_by("pgh_id").values_list("product_id", flat=True)) == ["Karet remah", "Karet remah SIR 20"]


def test_the_page_asks_as_often_for_many_steps_as_for_one():
    def asked():
        with CaptureQueriesContext(connection) as queries:
            page()
        return len(queries)

    a_step()
    few = asked()
    for commodity in ("karet", "sawit", "batu_bara"):
        a_step(commodity=commodity, stage=1, stage_id="Bahan baku", product_id=f"Bahan {commodity}", kbli=["22111"])
    makers(3)

    assert asked() == few == 5  # revisions, steps, classes, kept counts, partnerships


def test_an_unchanged_page_costs_one_query():
    a_step()
    page()

    with CaptureQueriesContext(connection) as queries:
        page()

    assert len(queries) == 1


def test_a_new_maker_closes_the_gap_at_once():
    a_step()
    assert chain_of("karet")["gaps"] == 1

    makers(1)

    assert chain_of("karet")["gaps"] == 0


@pytest.mark.parametrize("path", ["/hilirisasi/?x=1", "/hilirisasi/?kbli=%00"])
def test_what_is_asked_besides_changes_nothing(path):
    assert "<h1>" in page(path).content.decode()


def test_the_sample_says_of_every_step_that_it_is_one():
    for code in (code for one in sample_file.read().chains for code in one.kbli):
        factories.KbliClassFactory(code=code)

    made = chains.create()

    assert len(made) == 13
    assert {one.source for one in made} == {"Contoh untuk demo, bukan data resmi"}
