"""The page that reads a draft back: every answer, how to change it, what is odd about it, and the button to submit."""

import re

from disperin.registers.record import directory
from disperin.submissions import actions
from tests.factories import an_establishment
from tests.submissions.drafts import ESTABLISHMENTS, check_url, drafted, edit_url, handed_in, posted

NPWP = "012345678012000"


def test_a_whole_draft_goes_on_to_a_page_that_reads_every_answer_back_with_a_link_to_change_it(officer, signed_in):
    client = signed_in(officer)
    draft = drafted(officer, legal_form="pt", npwp=NPWP, investment=12_000, products=[{"name": "Kain"}])

    answer = client.post(edit_url(draft), posted(draft, products=[{"name": "Kain"}], message="Dari survei", check="1"))
    page = client.get(check_url(draft)).text

    draft.refresh_from_db()
    assert (answer.status_code, answer["Location"], draft.status) == (302, check_url(draft), "draft")
    links = {*re.findall(rf'href="{edit_url(draft)}([^"]*)"', page)}
    assert {"#id_name", "#id_legal_form", "#id_investment", "#id_products-0-name", "#id_message"} <= links
    assert {"#id_nib", "#id_products-0-brand"} <= links  # not filled in, and could be
    assert not {"#id_contact_consented_on", "#id_products-0-hs_code"} & links  # no contact is shown, nothing exported
    assert all(text in page for text in (draft.values["name"], "Rp 12.000", "Kain", "Dari survei"))
    assert NPWP not in page
    assert handed_in(client, draft, acknowledged="1")["Location"] == f"/usulan/{draft.number}/"  # an odd NPWP
    draft.refresh_from_db()
    assert (draft.status, draft.message) == ("submitted", "Dari survei")


def test_a_change_is_read_back_as_what_differs_with_the_rest_folded(officer, signed_in):
    record = an_establishment(phone="08125111222", products=[{"name": "Kain"}, {"name": "Syal"}])
    key = str(record.products.first().key)
    given = {"phone": "08134999888", "products": [{"key": key, "name": "Kain katun"}]}
    draft = actions.draft(directory.get(ESTABLISHMENTS), given, by=officer, record=record)

    before, _fold, after = signed_in(officer).get(check_url(draft)).text.partition('<details class="fold"')

    assert all(text in before for text in ("+628125111222", "+628134999888", "Kain katun", "Syal"))
    assert record.name in after
    assert f'{edit_url(draft)}#id_products-0-name"' in before
    assert re.findall(r"<del>.*?</span>(.*?)</del>", before)[:2] == ["+628125111222", "Kain"]


def test_what_looks_odd_is_said_at_once_and_must_be_acknowledged(officer, signed_in):
    known = an_establishment(name="Tenun Mawar", phone="08125111222")
    draft, client = drafted(officer, name="Tenun Mawar", phone="08125111222"), signed_in(officer)

    page = client.get(check_url(draft)).text
    warned, answer = handed_in(client, draft), handed_in(client, draft, acknowledged="1")

    assert 'name="acknowledged"' in page
    assert page.count("autofocus") == warned.text.count("autofocus") == 1
    assert "Usulan ini belum diajukan" in warned.text  # and what is to be done, at the box that was left out
    assert "Usulan ini belum diajukan" not in page
    assert re.search(
        r'id="id_acknowledged"\s+aria-invalid="true" aria-describedby="id_acknowledged_error"', warned.text
    )
    assert "aria-invalid" not in page
    assert f'href="/industri/{known.number}/"' in page
    assert page.count("may be the same") + page.count("mungkin sama") >= 2  # on top, and at the answer
    draft.refresh_from_db()
    assert (warned.status_code, answer.status_code, draft.status) == (400, 302, "submitted")


def test_an_answer_that_does_not_matter_for_the_others_is_kept_and_said_to_be_so(officer, signed_in):
    products = [{"name": "Kain", "hs_code": "52085900"}, {"name": "Syal", "hs_code": "62142000", "export_share": 20}]
    draft, client = drafted(officer, story_en="Woven by hand.", products=products), signed_in(officer)

    page = client.get(check_url(draft)).text
    handed_in(client, draft)

    assert page.count("Hanya bila ini diisi: Diekspor. Kosongkan bila tidak berlaku.") == 1
    assert page.count("Hanya bila ini diisi: Cerita (") == 1
    draft.refresh_from_db()
    assert (draft.status, draft.values["story_en"]) == ("submitted", "Woven by hand.")
    assert [row["hs_code"] for row in draft.values["products"]] == ["52085900", "62142000"]


def test_nothing_is_handed_in_that_is_not_whole_or_was_not_read(officer, colleague, signed_in):
    client = signed_in(officer)
    begun = actions.draft(directory.get(ESTABLISHMENTS), {"name": "Baru"}, by=officer)
    draft = drafted(officer)

    page = client.get(check_url(begun)).text
    refused = handed_in(client, begun)
    read = draft.revision
    actions.revise(draft, {"name": "Ketikan Rekan"}, by=colleague)
    stale = client.post(check_url(draft), {"revision": read})

    assert 'name="submit"' not in page
    assert f'{edit_url(begun)}#id_kbli"' in page
    assert refused.status_code == 400
    assert (stale.status_code, "Ketikan Rekan" in stale.text) == (412, True)
    draft.refresh_from_db()
    assert draft.status == "draft"
    actions.submit(draft, by=officer)
    assert client.get(check_url(draft)).status_code == 409


def test_what_was_returned_is_read_back_with_what_was_asked_and_what_was_changed_since(officer, verifier, signed_in):
    draft = drafted(
        officer, name="Dapur Lama", phone="081250001111", legal_form="pt", npwp=NPWP, products=[{"name": "Amplang"}]
    )
    first = actions.submit(draft, by=officer, acknowledged=True)
    client = signed_in(officer)
    row = first.values["products"][0]["key"]
    asked = {"name": "Nama lengkap?", "npwp": "Bukan nomor usaha ini.", f"products.{row}.unit": "Satuannya?"}
    actions.send_back(actions.claim(first, by=verifier), by=verifier, round=1, reasons=asked, note="Mohon cepat.")
    first.refresh_from_db()
    products = [{**first.values["products"][0], "unit": "bungkus"}]
    again = actions.revise(first, {"name": "Dapur Murakata", "founded_year": 2012, "products": products}, by=officer)

    page = client.get(check_url(again)).text
    told = page.split('id="perubahan"')[1].split("</table>")[0]

    assert "Mohon cepat." in page
    for text in (*asked.values(), "<del>Dapur Lama</del>", "<ins>Dapur Murakata</ins>", "bungkus", "2012", "Ronde 1"):
        assert text in told, text
    assert told.count("Di sini tidak ada yang berbeda.") == 1  # the NPWP
    assert "081250001111" not in told
    assert NPWP not in page
    assert 'name="reveal"' not in page
    assert 'name="reason:' not in page
    assert 'id="perubahan"' not in client.get(check_url(drafted(officer))).text
