"""The page of a draft: what an officer types is mended and submitted, with and without JavaScript."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from disperin.registers.record import directory
from disperin.submissions import actions
from tests.factories import DistrictFactory, VillageFactory, an_establishment, place
from tests.submissions.drafts import ESTABLISHMENTS, a_photo, drafted, edit_url, handed_in, posted

NIK = "6307014101900001"


def test_visitors_sign_in_first_and_the_head_only_reads(officer, head, client, signed_in):
    draft = drafted(officer)

    assert client.get(edit_url(draft))["Location"].startswith(reverse("account_login"))
    assert signed_in(head).get(edit_url(draft)).status_code == 403
    assert signed_in(head).get(reverse("submissions:start")).status_code == 403


def test_a_draft_of_another_regency_is_not_there(officer_there, officer, signed_in):
    draft = drafted(officer)

    assert signed_in(officer_there).get(edit_url(draft)).status_code == 404


def test_an_address_that_cannot_be_is_not_found(officer, signed_in):
    client = signed_in(officer)

    assert client.get("/usulan/AJU-6307-999999/").status_code == 404
    assert client.get("/usulan/%00/").status_code == 404


def test_three_products_and_a_photo_are_kept_without_javascript(officer, signed_in):
    draft, client = drafted(officer), signed_in(officer)
    rows = [{"name": "Kain"}, {"name": "Kemeja"}, {"name": "Syal"}]

    answer = client.post(edit_url(draft), {**posted(draft, products=rows), "products-1-photo-file": a_photo()})

    draft.refresh_from_db()
    assert answer["Location"] == edit_url(draft)
    assert [row["name"] for row in draft.values["products"]] == ["Kain", "Kemeja", "Syal"]
    assert [bool(row["photo"]) for row in draft.values["products"]] == [False, True, False]


def test_the_page_shows_the_photographs_of_all_rows_so_that_none_is_lost_by_the_next_save(officer, signed_in):
    draft, client = drafted(officer), signed_in(officer)
    rows = [{"name": "Kain"}, {"name": "Syal"}]
    files = {"products-0-photo-file": a_photo(), "products-1-photo-file": a_photo()}

    client.post(edit_url(draft), {**posted(draft, products=rows), **files})
    draft.refresh_from_db()
    page = client.get(edit_url(draft)).text

    shown = re.findall(r'name="products-\d-photo" value="([^"]+)"', page)
    assert shown == [row["photo"] for row in draft.values["products"]]


def test_each_of_several_photographs_begins_a_product_and_one_that_is_none_is_named(officer, signed_in):
    for htmx in ({}, {"HTTP_HX_REQUEST": "true"}):
        draft, client = drafted(officer), signed_in(officer)
        photos = [a_photo("kain.jpg"), SimpleUploadedFile("catatan.txt", b"bukan foto"), a_photo("syal.jpg")]

        body = posted(draft, products=[{"name": "Tas"}], **{"products-photos": photos})
        answer = client.post(edit_url(draft), body, **htmx)
        page = client.get(edit_url(draft)).text

        draft.refresh_from_db()
        rows = draft.values["products"]
        assert answer["HX-Redirect" if htmx else "Location"] == edit_url(draft)
        assert [(row["name"], bool(row["photo"]), row["active"]) for row in rows] == [
            ("Tas", False, True), ("", True, True), ("", True, True),
        ]  # fmt: skip
        assert "catatan.txt: Foto harus" in page
        assert page.count('width="120" loading="lazy"') == 2
        assert 'name="products-photos" accept="image/jpeg,image/png,image/webp"' in " ".join(page.split())


def test_a_button_adds_a_row_and_another_removes_one(officer, signed_in):
    draft, client = drafted(officer), signed_in(officer)

    added = client.post(edit_url(draft), {**posted(draft, products=[{"name": "Kain"}]), "add": "products"})
    page = client.get(added["Location"]).content.decode()
    draft.refresh_from_db()
    key = draft.values["products"][0]["key"]
    removed = client.post(edit_url(draft), {**posted(draft, products=[{"key": key, "name": "Kain", "remove": "1"}])})

    draft.refresh_from_db()
    assert added["Location"].startswith(f"{edit_url(draft)}?tambah=products")
    assert f'name="products-0-key" id="id_products-0-key" value="{key}"' in page
    assert 'name="products-1-name"' in page
    assert 'name="products-TOTAL" value="2"' in page
    assert removed.status_code == 302
    assert draft.values["products"] == []


def test_a_row_is_not_added_beside_an_empty_one_without_a_word(officer, signed_in):
    draft, client = drafted(officer), signed_in(officer)
    said = "Baris baru masih kosong"

    first = client.post(edit_url(draft), posted(draft, add="products"), follow=True).text
    again = client.post(edit_url(draft), posted(draft, products=[{"name": ""}], add="products"), follow=True).text
    filled = client.post(edit_url(draft), posted(draft, products=[{"name": "Kain"}], add="products"), follow=True).text

    assert (said in first, said in again, said in filled) == (False, True, False)


def test_submitting_an_incomplete_draft_lists_what_is_missing_at_its_fields(officer, signed_in):
    draft = actions.draft(directory.get(ESTABLISHMENTS), {"name": "Baru"}, by=officer)

    answer = signed_in(officer).post(edit_url(draft), {**posted(draft), "check": "1"})

    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'href="#id_kbli"' in page
    assert 'id="id_kbli_error"' in page


def another_village():
    chain = place()
    village = VillageFactory(code=f"{chain['district']}.2002", district=DistrictFactory())
    return {"village": village.pk}


def test_the_page_shows_the_npwp_masked_and_the_mask_comes_back_as_the_value(officer, signed_in):
    draft, client = drafted(officer, legal_form="pt", npwp="012345678012000"), signed_in(officer)

    page = client.get(edit_url(draft)).content.decode()
    client.post(edit_url(draft), posted(draft, npwp="0123•••••••2000"))

    draft.refresh_from_db()
    assert "012345678012000" not in page
    assert 'value="0123•••••••2000"' in page
    assert draft.values["npwp"] == "012345678012000"


def test_a_masked_value_that_is_wrong_is_seen_by_who_has_to_mend_it(officer, signed_in):
    draft, client = drafted(officer), signed_in(officer)

    client.post(edit_url(draft), posted(draft, npwp="12345", check="1"))

    assert 'value="12345"' in client.get(edit_url(draft)).content.decode()


def test_the_title_of_a_kbli_class_stands_below_its_code(officer, signed_in):
    draft = drafted(officer)

    page = signed_in(officer).get(edit_url(draft)).content.decode()

    assert 'value="2020-13134"' in page
    assert "13134 Industri 13134" in page
    assert page.count('<datalist id="kbli-list">') == 1


def test_villages_follow_the_district_and_lie_in_groups(officer, signed_in):
    draft, client = drafted(officer), signed_in(officer)
    village = another_village()["village"]
    place("63.06")

    page = client.get(edit_url(draft)).content.decode()
    options = client.get(
        reverse("submissions:options", args=[draft.number]), {"field": "village", "district": "63.07.01"}
    )

    assert f'<option value="{village}">' in page
    assert "63.06.01.2001" not in page
    assert '<optgroup label="Kecamatan 63.07.01">' in page
    assert f'<option value="{village}">' in options.content.decode()


def test_what_an_address_names_is_offered_and_taken_over_only_by_a_person(officer, signed_in):
    village = VillageFactory(code="63.07.06.2002", name="Sungai Tabuk", district=DistrictFactory(code="63.07.06"))
    draft, client = drafted(officer), signed_in(officer)
    typed = posted(draft, address="Jl. Melati, Desa Sungai Tabuk RT 3")

    kept = client.post(edit_url(draft), typed, HTTP_HX_REQUEST="true").text
    draft.refresh_from_db()
    before = draft.values["village"]
    client.post(edit_url(draft), {**typed, "revision": draft.revision, "take": "address"})

    draft.refresh_from_db()
    assert 'id="reading_id_address"' in kept
    assert "Alamat menyebut: Kecamatan 63.07.06, Sungai Tabuk." in kept
    assert before == place()["village"]
    assert (draft.values["village"], draft.values["district"]) == (village.pk, "63.07.06")
    assert 'name="take"' not in client.get(edit_url(draft)).text


def test_the_village_chosen_on_the_page_stays_chosen_where_it_is_offered(officer, signed_in):
    draft, client = drafted(officer), signed_in(officer)
    village = another_village()["village"]

    def options(district, chosen):
        asked = {"field": "village", "district": district, "village": chosen}
        return client.get(reverse("submissions:options", args=[draft.number]), asked).content.decode()

    assert f'<option value="{village}" selected>' in options("63.07.01", village)
    assert "selected" not in options("63.07.99", village)
    assert options("63.07.01", "\x00")


def test_numbers_typed_in_one_language_are_shown_right_in_the_other(officer, signed_in):
    draft, client = drafted(officer), signed_in(officer)

    client.post(edit_url(draft), posted(draft, investment="12.000", domestic_share="1"))
    draft.refresh_from_db()
    english = client.get(f"/en{edit_url(draft)}").content.decode()

    assert draft.values["investment"] == 12_000
    assert 'value="12,000"' in english


def test_a_section_is_ticked_only_when_all_that_stands_in_it_is_understood(officer, signed_in):
    draft, client = drafted(officer), signed_in(officer)

    def state(typed):
        client.post(edit_url(draft), posted(draft, investment=typed))
        page = client.get(edit_url(draft)).content.decode()
        return re.search(r'class="step step-(\w+)">\s*<a href="#bagian-size"', page)[1]

    assert [state(typed) for typed in ("", "12000", "sekian")] == ["todo", "done", "begun"]


def test_a_section_counts_only_what_is_asked_for_the_answers_given(officer, signed_in):
    client = signed_in(officer)

    def noted(**values):
        page = client.get(edit_url(drafted(officer, **values))).text
        return [re.search(rf'id="note-bagian-{one}">([^<]*)<', page)[1] for one in ("who", "contact")]

    assert noted(legal_form="perorangan") == ["2 dari 5 terisi", "0 dari 4 terisi"]
    assert noted(legal_form="pt", phone="08125111222") == ["2 dari 6 terisi", "1 dari 5 terisi"]


def test_what_is_to_be_filled_in_stands_open_and_what_may_stay_empty_is_folded(officer, signed_in):
    client, register = signed_in(officer), directory.get(ESTABLISHMENTS)

    def opened(draft):
        page = client.get(edit_url(draft)).text
        folds = re.findall(r'<details class="form-fold"( open)?>.*?id="bagian-(\w+)"', page, re.DOTALL)
        return {section for is_open, section in folds if is_open}

    begun = actions.draft(register, {"regency": officer.regency_id}, by=officer)
    typed = actions.draft(register, {"regency": officer.regency_id, "investment": 5}, by=officer)
    changed = actions.draft(register, {"phone": "08125111222"}, by=officer, record=an_establishment())

    assert opened(begun) == {"who", "what", "place", "products", "documents"}
    assert opened(typed) - opened(begun) == {"size"}
    assert opened(changed) == {"contact", "products", "documents"}
    steps = re.findall(r'step-(\w+)">\s*<a href="#bagian-(\w+)"', client.get(edit_url(begun)).text)
    assert {state for state, _section in steps} == {"todo"}  # what a new form begins with is no answer


def test_a_year_is_not_grouped(officer, signed_in):
    draft = drafted(officer, founded_year=2015)

    assert 'name="founded_year" value="2015"' in signed_in(officer).get(edit_url(draft)).content.decode()


def test_a_submitted_proposal_cannot_be_edited_and_the_page_says_why(officer, signed_in):
    draft = actions.submit(drafted(officer), by=officer)

    answer = signed_in(officer).get(edit_url(draft))

    assert answer.status_code == 409
    assert draft.number in answer.content.decode()


def test_a_second_submission_of_a_record_is_refused_and_the_first_is_named(officer, colleague, signed_in):
    record = an_establishment()
    first = actions.draft(directory.get(ESTABLISHMENTS), {"phone": "08125000123"}, by=colleague, record=record)
    actions.submit(first, by=colleague)
    second = actions.draft(directory.get(ESTABLISHMENTS), {"address": "Jalan"}, by=officer, record=record)

    answer = handed_in(signed_in(officer), second)

    assert answer.status_code == 409
    assert first.number in answer.content.decode()


def test_withdrawing_asks_first(officer, signed_in):
    draft, client = drafted(officer), signed_in(officer)
    url = reverse("submissions:withdraw", args=[draft.number])

    assert client.get(url).status_code == 200
    refused = client.post(url, {"note": f"NIK {NIK}"})
    client.post(url, {"note": "Salah"})

    draft.refresh_from_db()
    assert refused.status_code == 400
    assert (draft.status, draft.note) == ("withdrawn", "Salah")
    assert client.post(url, {}).status_code == 409
