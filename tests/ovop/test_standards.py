"""The rows that readiness and assessors go by: shown what they move, then confirmed; dated, and kept in versions."""

import datetime

import pytest
from django.utils import timezone

from ovop.models import ChecklistItem, Criterion, Gate, Nomination, standards_on
from tests.factories import a_nomination, an_establishment, ovop_reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin_client(administrator, signed_in):
    return signed_in(administrator)


def gate_form(**values):
    plain = {
        "key": "foto",
        "fact": "foto",
        "least": "1",
        "source": "",
        "position": "5",
        "valid_from": "",
        "valid_to": "",
    }
    return {**plain, **values}


ADD_GATE = "/admin/ovop/gate/add/"


def confirmed_in(answer):
    return answer.context["adminform"].form["confirmed"].value()


def test_a_row_is_stored_only_when_what_it_moves_was_shown_and_confirmed(admin_client):
    an_establishment(products=[{"name": "Kain"}])

    shown = admin_client.post(ADD_GATE, gate_form())

    assert not Gate.objects.filter(pk="foto").exists()
    preview = shown.context["adminform"].form.preview
    assert dict(preview.lines)["Produk yang menjadi tidak memenuhi syarat"] == 1
    assert "Hitungan kantor, bukan ketentuan." in shown.content.decode()
    stored = admin_client.post(ADD_GATE, gate_form(confirmed=confirmed_in(shown)))
    assert stored.status_code == 302
    assert Gate.objects.get(pk="foto").least == 1


def test_another_change_than_the_one_that_was_shown_is_shown_anew(admin_client):
    shown = admin_client.post(ADD_GATE, gate_form())

    again = admin_client.post(ADD_GATE, gate_form(least="2", confirmed=confirmed_in(shown)))

    assert again.status_code == 200
    assert confirmed_in(again) != confirmed_in(shown)
    assert not Gate.objects.filter(pk="foto").exists()


def test_a_change_of_a_row_is_previewed_too_and_keeps_its_versions(admin_client):
    ovop_reference()
    path = "/admin/ovop/gate/sentra/change/"
    form = {"fact": "sentra", "least": "6", "source": "", "position": "1", "valid_from": "", "valid_to": ""}

    shown = admin_client.post(path, form)
    admin_client.post(path, {**form, "confirmed": confirmed_in(shown)})

    assert Gate.objects.get(pk="sentra").least == 6
    assert list(Gate.pgh_event_models["update"].objects.order_by("pgh_id").values_list("least", flat=True))[-1] == 6


def test_a_row_that_makes_no_sense_is_told_at_its_field(admin_client, trying):
    ovop_reference()

    for values, field in [
        ({"least": "3"}, "least"),
        ({"least": "0"}, "least"),
        ({"least": "x"}, "least"),
        ({"fact": "nib", "least": "2"}, "least"),
        ({"fact": "tidak-ada"}, "fact"),
        ({"valid_from": "1 Februari 2026", "valid_to": "1/1/2026"}, "__all__"),
        ({"fact": "nib"}, "valid_from"),
        ({"key": "A B"}, "key"),
    ]:
        with trying(values, field):
            answer = admin_client.post(ADD_GATE, gate_form(**values))

            assert field in answer.context["adminform"].form.errors


def test_a_rule_that_ended_may_be_followed_by_another(admin_client):
    ovop_reference()
    Gate.objects.filter(pk="nib").update(valid_to=datetime.date(2026, 1, 31))

    answer = admin_client.post(ADD_GATE, gate_form(key="nib_2026", fact="nib", valid_from="2026-02-01"))

    assert list(answer.context["adminform"].form.errors) == ["__all__"]  # the preview


def a_criterion(**values):
    plain = {"key": "mutu", "name_id": "Mutu (contoh)", "name_en": "Quality (sample)", "weight": 10, "points": 5}
    return Criterion.objects.create(**{**plain, **values})


def criterion_form(**values):
    plain = {
        "key": "mutu", "name_id": "Mutu", "name_en": "Quality", "group": "", "weight": "20", "points": "5",
        "position": "1", "valid_from": "", "valid_to": "",
    }  # fmt: skip
    return {**plain, **values}


def test_a_criterion_shows_how_many_nominations_it_concerns(admin_client, trying):
    a_nomination()
    chosen = a_nomination(name="Selendang")
    Nomination.objects.filter(pk=chosen.pk).update(stage="seleksi", stage_on=timezone.localdate())

    for group, valid_from, numbers in [
        ("", "", [1, 1]),
        ("batik", "", [1, 1]),
        ("tenun", "", [0, 0]),
        ("", "2099-01-01", [0, 1]),
    ]:
        with trying(group, valid_from, numbers):
            answer = admin_client.post("/admin/ovop/criterion/add/", criterion_form(group=group, valid_from=valid_from))

            assert [number for _label, number in answer.context["adminform"].form.preview.lines] == numbers


def test_only_administrators_enter_standards(verifier, signed_in):
    assert signed_in(verifier).get(ADD_GATE).status_code in (302, 403)


def test_reference_data_brings_gates_and_papers_but_no_weight_and_no_criterion():
    ovop_reference()

    gates, weights = standards_on(timezone.localdate())

    assert {gate.fact for gate in gates} == {"sentra", "nib", "halal", "izin_edar"}
    assert all(gate.source for gate in gates)
    assert (weights, Criterion.objects.count()) == ([], 0)


def test_a_paper_of_the_checklist_is_stored_once_it_was_shown_of_how_many_nominations_it_is_asked(admin_client):
    a_nomination()
    path = "/admin/ovop/checklistitem/add/"
    form = {"key": "surat", "name_id": "Surat", "name_en": "Letter", "position": "9", "valid_from": "", "valid_to": ""}

    shown = admin_client.post(path, form)

    assert [number for _label, number in shown.context["adminform"].form.preview.lines] == [0, 1, 0]
    assert not ChecklistItem.objects.filter(pk="surat").exists()
    assert admin_client.post(path, {**form, "confirmed": confirmed_in(shown)}).status_code == 302
    assert ChecklistItem.objects.filter(pk="surat").exists()
