"""The accreditation self-check: items that administrators enter, answers per zone, and who may give and read them."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from disperin.attachments.actions import upload
from disperin.desk.refusals import Refused, Stale
from disperin.history.models import Entry
from tests.attachments.conftest import PDF
from tests.factories import a_zone
from zones import actions
from zones.models import AccreditationItem, SelfCheckAnswer

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
ADD = "/admin/zones/accreditationitem/add/"


def an_item(key, aspect, **values):
    """An item of one aspect; its name says that it is made up."""
    name = f"Contoh {key}"
    return AccreditationItem.objects.create(key=key, aspect=aspect, name_id=name, name_en=name, **values)


@pytest.fixture
def items():
    return [an_item("jalan", "infrastruktur"), an_item("ipal", "lingkungan"), an_item("sop", "manajemen_layanan")]


@pytest.fixture
def zone():
    return a_zone()


@pytest.fixture
def path(zone):
    return f"/kawasan/{zone.slug}/akreditasi/"


def given(points, note="", document=None):
    return {"points": points, "note": note, "document": document}


def posted(seen="", **values):
    """What the page sends for the three items."""
    plain = {f"{name}-{key}": "" for key in ("jalan", "ipal", "sop") for name in ("points", "note", "document")}
    return {"seen": seen, **plain, **{name.replace("__", "-"): value for name, value in values.items()}}


def test_without_items_the_page_says_what_is_to_be_entered_and_where(path, officer, administrator, signed_in):
    told = signed_in(officer).get(path).content.decode()

    assert "Portal tidak menyertakan butir" in told
    assert ADD not in told
    assert f'href="{ADD}"' in signed_in(administrator).get(path).content.decode()


def test_the_number_of_a_zone_leads_to_its_self_check(path, zone, officer, signed_in):
    answer = signed_in(officer).get(f"/kawasan/{zone.number.lower()}/akreditasi/")

    assert (answer.status_code, answer["Location"]) == (301, path)


def test_answers_are_kept_with_their_evidence_and_come_to_a_total(path, zone, items, officer, signed_in):
    client = signed_in(officer)
    paper = SimpleUploadedFile("bukti.pdf", PDF, "application/pdf")
    values = posted(points__jalan="2", note__jalan="Aspal 12 m", points__ipal="1", points__sop="1")

    partly = client.post(path, {**values, "points-sop": ""})
    open_check = client.get(path).context["check"]
    seen = client.get(path).context["seen"]
    answer = client.post(path, {**values, "seen": seen, "document-jalan-file": paper})

    assert (partly.status_code, answer.status_code) == (302, 302)
    assert (str(open_check.least), str(open_check.most), open_check.total) == ("150.00", "200.00", None)
    shown = client.get(path)
    assert (str(shown.context["check"].total), shown.context["check"].verdict) == ("150.00", "tercapai")
    stored = zone.self_check_answers.get(item="jalan")
    assert (stored.points, stored.note, stored.answered_by) == (2, "Aspal 12 m", officer)
    assert (stored.document.name, stored.document.published_at) == ("bukti.pdf", None)
    assert "Aspal 12 m" in shown.content.decode()
    kept = Entry.objects.filter(verb="self_check", target_id=zone.pk).values_list("detail__items", flat=True)
    assert list(kept) == [["jalan", "sop"], ["ipal", "jalan"]]


def test_an_answer_that_is_taken_back_is_open_again_and_stays_in_the_versions(zone, items, officer):
    actions.answer_self_check(zone, {"jalan": given(3)}, by=officer)
    actions.answer_self_check(zone, {"jalan": given(None)}, by=officer, seen=actions.last_answered(zone))

    versions = SelfCheckAnswer.pgh_event_models["update"].objects.order_by("pgh_id")
    assert list(versions.values_list("points", flat=True)) == [3, None]


def test_what_somebody_else_answered_meanwhile_is_shown_and_not_overwritten(
    path, zone, items, officer, verifier, signed_in
):
    actions.answer_self_check(zone, {"jalan": given(1, "Rusak")}, by=verifier)

    refused = signed_in(officer).post(path, posted(points__jalan="3", note__jalan="Baik"))
    again = signed_in(officer).post(path, posted(refused.context["seen"], points__jalan="3", note__jalan="Baik"))

    assert refused.status_code == 409
    assert "Rusak" in refused.content.decode()
    assert "Baik" in refused.content.decode()
    assert again.status_code == 302
    assert zone.self_check_answers.get().note == "Baik"
    with pytest.raises(Stale):
        actions.answer_self_check(zone, {"jalan": given(2)}, by=verifier, seen=None)


def test_only_who_proposes_for_the_regency_answers(path, zone, items, officer_there, head, signed_in):
    assert signed_in(head).get(path).status_code == 200
    assert signed_in(head).post(path, posted(points__jalan="3")).status_code == 403
    assert signed_in(officer_there).post(path, posted(points__jalan="3")).status_code == 404
    for other in (head, officer_there):
        with pytest.raises(Refused):
            actions.answer_self_check(zone, {"jalan": given(3)}, by=other)
    assert not SelfCheckAnswer.objects.exists()


def test_what_makes_no_sense_is_told_at_its_field_and_nothing_typed_is_lost(path, items, officer, signed_in, trying):
    client = signed_in(officer)

    for values, field in [
        ({"points-jalan": "4"}, "points-jalan"),
        ({"points-jalan": "dua"}, "points-jalan"),
        ({"note-jalan": "x" * 501}, "note-jalan"),
        ({"note-jalan": "NIK 6307014506800001"}, "note-jalan"),
        ({"note-jalan": "a\x00b"}, "note-jalan"),
        ({"document-jalan": "bukan-berkas"}, "document-jalan"),
        ({"document-jalan-file": SimpleUploadedFile("a.exe", b"MZ")}, "document-jalan"),
    ]:
        with trying(values, field):
            answer = client.post(path, {**posted(note__sop="Tetap di sini"), **values})

            assert answer.status_code == 400
            assert list(answer.context["form"].errors) == [field]
            assert "Tetap di sini" in answer.content.decode()
            assert not SelfCheckAnswer.objects.exists()


def test_a_file_of_another_regency_is_not_taken(zone, items, officer, officer_there, verifier):
    file = SimpleUploadedFile("rahasia.pdf", PDF, "application/pdf")
    theirs = upload(file, kind="document", regency=officer_there.regency, by=verifier)

    with pytest.raises(ValidationError) as refused:
        actions.answer_self_check(zone, {"jalan": given(3, "", theirs)}, by=officer)

    assert refused.value.error_dict["document-jalan"][0].code == "not_yours"


def test_an_item_counts_from_its_first_to_its_last_day(path, zone, items, officer, signed_in, time_machine):
    actions.answer_self_check(zone, {"jalan": given(3), "ipal": given(3), "sop": given(3)}, by=officer)
    AccreditationItem.objects.filter(pk="jalan").update(valid_to=datetime.date(2026, 1, 31))
    an_item("jalan_2026", "infrastruktur", valid_from=datetime.date(2026, 2, 1))

    time_machine.move_to("2026-01-31 12:00:00+08:00", tick=False)
    before = signed_in(officer).get(path).context["check"]
    time_machine.move_to("2026-02-01 12:00:00+08:00", tick=False)
    after = signed_in(officer).get(path).context["check"]

    assert str(before.total) == "300.00"
    assert (after.total, str(after.least)) == (None, "200.00")


def test_an_item_is_stored_when_what_it_moves_was_shown_and_confirmed(zone, items, officer, administrator, signed_in):
    actions.answer_self_check(zone, {"jalan": given(2), "ipal": given(1), "sop": given(1)}, by=officer)
    client = signed_in(administrator)
    row = {"key": "air", "aspect": "infrastruktur", "name_id": "Contoh air", "name_en": "Sample water", "weight": "1",
           "position": "0", "meaning": "", "source": "", "valid_from": "", "valid_to": ""}  # fmt: skip

    shown = client.post(ADD, row).context["adminform"].form
    assert [number for _label, number in shown.preview.lines] == [1, 1, 1]  # 150 becomes 125 to 175: open again
    stored = client.post(ADD, {**row, "confirmed": shown["confirmed"].value()})

    assert stored.status_code == 302
    assert AccreditationItem.objects.get(pk="air").weight == 1
    assert Entry.objects.filter(verb="keep_reference", actor=administrator).exists()
    assert client.get("/admin/zones/accreditationitem/air/delete/").status_code == 403
    assert list(client.post(ADD, {**row, "key": "a b", "weight": "0"}).context["adminform"].form.errors) == [
        "key",
        "weight",
    ]
