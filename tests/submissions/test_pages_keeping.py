"""What an officer types into a draft is kept, also while typing, beside an older page, or beside what must not be."""

import json
import re
from itertools import product

import pytest

from disperin.submissions import actions
from industries.forms import EstablishmentForm
from tests.submissions.drafts import check_url, drafted, edit_url, posted

NIK = "6307014101900001"


def test_autosave_gives_the_new_revision_and_the_keys_of_new_rows(officer, signed_in):
    draft, client = drafted(officer), signed_in(officer)

    answer = client.post(
        edit_url(draft), posted(draft, products=[{"name": "Kain"}], name="Nama Baru"), HTTP_HX_REQUEST="true"
    )

    draft.refresh_from_db()
    page = answer.content.decode()
    assert (answer.status_code, draft.values["name"], draft.revision) == (200, "Nama Baru", 2)
    assert 'id="id_revision" value="2"' in page
    assert answer["Portal-Revision"] == "2"
    assert f'id="id_products-0-key" value="{draft.values["products"][0]["key"]}"' in page
    assert re.match(r"Tersimpan|Saved", json.loads(answer["HX-Trigger"])["portal:saved"]["text"])


def test_a_figure_in_words_is_kept_as_read_and_the_page_says_how_with_and_without_scripts(officer, signed_in):
    draft, client = drafted(officer), signed_in(officer)
    products = [{"name": "Kain", "kbli": "2020-13134", "yearly_capacity": "12 ribu", "unit": "lembar"}]
    body = posted(draft, products=products, investment="15 jt", workers_male="±3 orang", workers_female="3 atau 4")

    told = client.post(edit_url(draft), body, HTTP_HX_REQUEST="true").text
    draft.refresh_from_db()
    kept = [draft.values["investment"], draft.values["workers_male"], draft.values["products"][0]["yearly_capacity"]]
    assert kept == [15_000_000, 3, 12_000]
    assert draft.typed == {"workers_female": "3 atau 4"}
    for target, text in (
        ("id_investment", "“15 jt” dibaca sebagai 15.000.000."),
        ("id_workers_male", "“±3 orang” dibaca sebagai 3."),
        ("id_products-0-yearly_capacity", "“12 ribu” dibaca sebagai 12.000."),
    ):
        place = told.split(f'id="told_{target}"')[1].split("</div>")[0]
        assert text in place, place
        assert "field-error" not in place

    body = posted(draft, investment="15 jt", workers_female="4", check="1")
    read_back = client.post(edit_url(draft), body, follow=True)
    assert read_back.redirect_chain == [(check_url(draft), 302)]
    assert "Nilai investasi: “15 jt” dibaca sebagai 15.000.000." in read_back.text
    saved = client.post(edit_url(draft), posted(draft, investment="Rp 25 juta"), follow=True).text
    assert "Nilai investasi: “Rp 25 juta” dibaca sebagai 25.000.000." in saved


def test_autosave_tells_a_page_that_lists_what_is_wrong_what_still_is(officer, signed_in):
    draft, client = drafted(officer), signed_in(officer)
    body = posted(draft, name="", branch="", products=[{"brand": "Purun"}])

    plain = client.post(edit_url(draft), body, HTTP_HX_REQUEST="true")
    draft.refresh_from_db()
    key = draft.values["products"][0]["key"]
    body |= {"name": "Rumah", "revision": draft.revision, "products-0-key": key, "listed": "1"}
    told = client.post(edit_url(draft), body, HTTP_HX_REQUEST="true").content.decode()

    assert "draft-open" not in plain.content.decode()
    assert set(re.findall(r'data-path="([^"]+)"', told)) == {"branch", f"products.{key}.name"}


def test_an_open_page_calls_its_rows_by_its_own_numbers_also_once_one_of_them_is_gone(officer, signed_in):
    draft, client = drafted(officer, products=[{"name": one} for one in ("Kain", "Syal", "Tas")]), signed_in(officer)
    keys = [row["key"] for row in draft.values["products"]]
    rows = [{"key": key, "name": "Kain", "kbli": "2020-13134"} for key in keys]
    gone = posted(draft, products=rows, **{"products-1-remove": "1", "products-2-brand": "NIK 6307014101900001"})

    told = client.post(edit_url(draft), gone, HTTP_HX_REQUEST="true").text
    back = posted(draft, products=[rows[0], {**rows[1], "key": ""}, rows[2]])
    again = client.post(edit_url(draft), back, HTTP_HX_REQUEST="true").text

    draft.refresh_from_db()
    assert 'id="told_id_products-2-brand"' in told
    assert re.findall(r'id="hint_id_products-(\d)-kbli"', told) == ["0", "2"]
    assert [row["key"] == key for row, key in zip(draft.values["products"], keys, strict=True)] == [True, False, True]
    assert f'id="id_products-1-key" value="{draft.values["products"][1]["key"]}"' in again


def test_a_part_whose_rows_lack_what_they_must_have_is_not_ticked(officer, signed_in):
    draft, client = drafted(officer), signed_in(officer)
    states = {}
    for name, products in (("none", []), ("empty", [{"brand": "Purun"}]), ("whole", [{"name": "Tikar"}])):
        actions.revise(draft, {"products": products}, by=officer)
        steps = client.get(edit_url(draft)).content.decode().split('class="step step-')
        states[name] = next(one.split('"')[0] for one in steps if "#bagian-products" in one)

    assert states == {"none": "todo", "empty": "begun", "whole": "done"}


def test_autosave_of_an_old_page_is_refused_and_shows_both_texts(officer, colleague, signed_in):
    draft = drafted(officer)
    mine = posted(draft, name="Ketikan Saya")
    actions.revise(draft, {"name": "Ketikan Rekan"}, by=colleague)

    answer = signed_in(officer).post(edit_url(draft), mine, HTTP_HX_REQUEST="true")

    draft.refresh_from_db()
    assert answer.status_code == 412
    assert "Ketikan Rekan" in answer.content.decode()
    assert "Ketikan Saya" in answer.content.decode()
    assert draft.values["name"] == "Ketikan Rekan"


def test_an_old_page_that_is_saved_comes_back_whole_and_can_then_be_saved(officer, colleague, signed_in):
    draft, client = drafted(officer), signed_in(officer)
    mine = posted(draft, products=[{"name": "Kain Saya"}], name="Ketikan Saya")
    actions.revise(draft, {"name": "Ketikan Rekan"}, by=colleague)

    answer = client.post(edit_url(draft), mine)
    page = answer.content.decode()
    saved = client.post(edit_url(draft), {**mine, "revision": 2})

    draft.refresh_from_db()
    assert (answer.status_code, saved.status_code) == (412, 302)
    assert 'value="Ketikan Saya"' in page
    assert "Ketikan Rekan" in page
    assert 'value="Kain Saya"' in page
    assert 'name="revision" id="id_revision" value="2"' in page
    assert draft.values["name"] == "Ketikan Saya"


def test_a_page_that_says_the_same_as_what_is_kept_is_not_stale(officer, colleague, signed_in):
    draft = drafted(officer)
    mine = posted(draft, name="Sama")
    actions.revise(draft, {"name": "Sama"}, by=colleague)

    assert signed_in(officer).post(edit_url(draft), mine).status_code == 302


def test_a_text_that_must_not_be_kept_is_told_at_its_field_and_all_others_are_kept(officer, signed_in):
    for bad in (NIK, "Si\x00ti", "Si\u202eti", "Si\x07ti"):
        draft, client = drafted(officer), signed_in(officer)
        products = [{"name": "Kain", "brand": bad, "unit": "lembar"}]
        body = posted(draft, products=products, owner_name=f"Siti {bad}", address="Jalan Baru", message=f"Hai {bad}")

        by_itself = client.post(edit_url(draft), body, HTTP_HX_REQUEST="true")
        draft.refresh_from_db()
        answer = client.post(
            edit_url(draft), body | {"revision": 2, "products-0-key": draft.values["products"][0]["key"]}
        )

        draft.refresh_from_db()
        page, [product_kept] = answer.content.decode(), draft.values["products"]
        assert (by_itself.status_code, by_itself["Portal-Revision"], by_itself["Portal-Partly"]) == (200, "2", "yes")
        assert "kecuali yang ditandai" in json.loads(by_itself["HX-Trigger"])["portal:saved"]["text"]
        assert f'id="id_products-0-key" value="{product_kept["key"]}"' in by_itself.content.decode()
        for shown in ("id_owner_name", "id_products-0-brand", "id_message"):
            assert f'id="told_{shown}"' in by_itself.content.decode()
            assert f'href="#{shown}"' in page
        assert NIK not in by_itself.content.decode()
        assert (answer.status_code, draft.values["address"], draft.values["owner_name"]) == (400, "Jalan Baru", "")
        assert (product_kept["name"], product_kept["unit"], product_kept["brand"]) == ("Kain", "lembar", "")
        assert draft.message == ""
        assert f'name="products-0-key" id="id_products-0-key" value="{product_kept["key"]}"' in page
        assert "saved-state-failed" in page  # it does not say beside the buttons that all is saved
        assert "kecuali yang ditandai" in page
        if bad == NIK:  # what was typed is seen, to be mended
            assert f'value="Siti {NIK}"' in page


def test_rows_that_are_too_many_leave_the_rest_of_the_draft_to_be_kept(officer, signed_in, monkeypatch):
    assert EstablishmentForm.most_rows == 200
    monkeypatch.setattr(EstablishmentForm, "most_rows", 20)  # a page of all those takes seconds
    draft, client = drafted(officer, products=[{"name": "Kain"}]), signed_in(officer)
    body = posted(draft, products=[{"name": f"Kain {at}"} for at in range(21)], address="Jalan Baru")

    answers = [
        client.post(edit_url(draft), body | {"revision": at + 1}, **htmx)
        for at, htmx in enumerate(({}, {"HTTP_HX_REQUEST": "true"}))
    ]

    draft.refresh_from_db()
    assert [one.status_code for one in answers] == [400, 200]
    assert "Kain 20" in answers[0].content.decode()
    assert (draft.values["address"], [one["name"] for one in draft.values["products"]]) == ("Jalan Baru", ["Kain"])


def test_what_nobody_sees_is_left_out_and_the_page_says_so(officer, signed_in):
    draft, client = drafted(officer), signed_in(officer)
    body = posted(draft, products=[{"name": "Kain\u200b"}], name="Rumah  Tenun", address="Jalan Baru ")

    by_itself = client.post(edit_url(draft), body, HTTP_HX_REQUEST="true")
    page = client.post(edit_url(draft), body | {"revision": 2}, follow=True).content.decode()

    draft.refresh_from_db()
    said = "Disimpan tanpa spasi ganda dan karakter yang tidak terlihat: Nama usaha, Nama produk."
    assert said in json.loads(by_itself["HX-Trigger"])["portal:saved"]["text"]
    assert said in page
    assert draft.values["name"] == "Rumah Tenun"


@pytest.mark.thorough
def test_nothing_that_can_be_sent_breaks_the_page(officer, signed_in, trying):
    draft, client = drafted(officer), signed_in(officer)
    plain = posted(draft)
    sent = [
        {"name": "a\x00b"},
        {"revision": "banyak"},
        {"revision": ""},
        {"products-TOTAL": "-1"},
        {"products-TOTAL": "99999999999"},
        {"products-TOTAL": "1", "products-0-key": "bukan-kunci", "products-0-name": "x"},
        {"regency": "63.99"},
        {"regency": "x" * 30_000},
        {"kbli": "\x00"},
        {"photo": "bukan-uuid"},
        {"latitude": "NaN", "longitude": "1e999"},
        {"founded_year": "9" * 400},
        {"investment": "9" * 400},
        {"as_of": "0000-99-99"},
        {"commodities": ["x", "y\x00"]},
        {"district": "x", "village": "y", "cluster": "z"},
    ]

    for changes, htmx in product(sent, ({}, {"HTTP_HX_REQUEST": "true"})):
        with trying(changes, htmx):
            answer = client.post(edit_url(draft), plain | changes, **htmx)

            assert answer.status_code in (200, 302, 400, 412)
            assert client.get(edit_url(draft)).status_code == 200
