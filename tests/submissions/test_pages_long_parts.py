"""A part with many rows is edited by pages: rows that a page does not show stay, and nothing typed is lost."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.models import Submission
from tests.factories import UserFactory, a_zone, an_establishment
from tests.maps.test_shapes import square
from zones.models import Plot

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
PARTS = ("areas", "utilities", "tenants", "documents")


@pytest.fixture(scope="module")
def begun(once):
    """A change of a zone with more plots than a thousand, whose number is written with a thousands' sign."""
    return once(lambda: a_change_of_a_zone(1001))


def a_change_of_a_zone(plots, **values):
    zone = a_zone(plots=[{"code": "P-0", "hectares": 1, "state": "tersedia"}], **values)
    Plot.objects.bulk_create(
        Plot(zone=zone, code=f"P-{at}", hectares=1, state="tersedia", position=at) for at in range(1, plots)
    )
    officer = UserFactory(username="petugas.6307", full_name="Petugas HST")
    return actions.draft(directory.get("zones"), {}, by=officer, record=zone)


@pytest.fixture
def draft(begun, db):
    return Submission.objects.get(pk=begun.pk)


@pytest.fixture
def path(draft):
    return f"/usulan/{draft.number}/ubah/"


def posted(draft, first, **more):
    """What the page posts that shows fifty plots from `first` on; a name of more with __ stands for its hyphens."""
    rows = draft.values["plots"][first : first + 50]
    fields = {"revision": draft.revision, "districts": draft.values["districts"], "plots-TOTAL": "1001"}
    fields["plots-page"] = str(first // 50 + 1)
    fields |= {f"{name}-TOTAL": "0" for name in PARTS}
    for at, row in enumerate(rows, start=first):
        fields |= {f"plots-{at}-key": row["key"], f"plots-{at}-code": row["code"], f"plots-{at}-hectares": "1"}
        fields |= {f"plots-{at}-state": row["state"], f"plots-{at}-terms": row["terms"], f"plots-{at}-outline": ""}
    return {**fields, **{name.replace("__", "-"): value for name, value in more.items()}}


def shown_in(text):
    """The numbers of the plots that a page draws, and how many it says there are."""
    return [int(at) for at in re.findall(r'name="plots-(\d+)-code"', text)], re.search(
        r'name="plots-TOTAL" value="([^"]*)"', text
    )[1]


def test_a_page_draws_fifty_rows_and_keeps_those_that_it_does_not_show(draft, path, officer, signed_in):
    client = signed_in(officer)
    before = draft.values["plots"]

    shown, total = shown_in(client.get(f"{path}?plots-page=2").content.decode())
    changes = {"plots-53-code": "B-53", "plots-55-remove": "1", "plots-1001-code": "Baru", "plots-1001-key": ""}
    answer = client.post(path, posted(draft, 50, **changes, plots__TOTAL="1002", rows="plots:3"))

    assert (shown, total) == (list(range(50, 100)), "1001")
    assert (answer.status_code, answer["Location"]) == (302, f"{path}?plots-page=3#bagian-plots")
    rows = Submission.objects.get(pk=draft.pk).values["plots"]
    expected = [row["code"] for row in before[:53]] + ["B-53", "P-54"] + [row["code"] for row in before[56:]] + ["Baru"]
    assert [row["code"] for row in rows] == expected
    assert [row["key"] for row in rows[:53]] == [row["key"] for row in before[:53]]


def test_a_page_that_is_none_is_the_nearest_one(path, officer, signed_in):
    client, first, last = signed_in(officer), list(range(50)), [50]
    shorter = f"/usulan/{a_change_of_a_zone(51, name='Kawasan Pendek').number}/ubah/"
    nearest = {"0": first, "999": last, "x": first, "-1": first, "": first, "1" * 20: first, "%00": first}

    shown = {asked: shown_in(client.get(f"{shorter}?plots-page={asked}").content.decode())[0] for asked in nearest}

    assert shown == nearest
    assert shown_in(client.get(f"{path}?plots-page=999").content.decode())[0] == [1000]


def test_adding_a_row_leads_to_it_wherever_one_is(draft, path, officer, signed_in):
    client = signed_in(officer)

    answer = client.post(path, posted(draft, 100, add="plots"))
    shown, total = shown_in(client.get(answer["Location"].partition("#")[0]).content.decode())

    assert answer["Location"] == f"{path}?plots-page=3&tambah=plots#baris-plots-1001"
    assert (shown, total) == ([*range(100, 150), 1001], "1002")


def test_rows_to_be_mended_stand_on_every_page(draft, path, officer, signed_in):
    client = signed_in(officer)

    refused = client.post(path, posted(draft, 950, **{"plots-999-hectares": "banyak"}, check="1"))
    later, _total = shown_in(client.get(path).content.decode())

    assert refused.status_code == 400
    assert later == [*range(50), 999]
    assert 'value="banyak"' in client.get(path).content.decode()


def test_what_must_not_be_kept_is_shown_and_all_else_is_kept(draft, path, officer, signed_in):
    changes = {"plots-3-terms": "NIK 6307014506800001", "plots-4-code": "Diubah", "plots-5-remove": "1"}

    refused = signed_in(officer).post(path, posted(draft, 0, **changes))

    text = refused.content.decode()
    assert refused.status_code == 400
    assert 'value="Diubah"' in text
    assert "NIK 6307014506800001" in text
    kept = Submission.objects.get(pk=draft.pk).values["plots"]
    assert (len(kept), kept[3]["terms"], kept[4]["code"]) == (1000, draft.values["plots"][3]["terms"], "Diubah")
    assert draft.values["plots"][5]["key"] not in {row["key"] for row in kept}


def test_a_file_of_outlines_finds_the_rows_that_the_page_does_not_show(draft, path, officer, signed_in):
    features = [
        {"type": "Feature", "properties": {"kode": code}, "geometry": square(west=west, size=0.002)}
        for code, west in (("P-999", 115.38), ("Baru", 115.382))
    ]
    file = SimpleUploadedFile("petak.json", json.dumps({"type": "FeatureCollection", "features": features}).encode())

    signed_in(officer).post(path, posted(draft, 0, **{"plots-file": file}))

    rows = Submission.objects.get(pk=draft.pk).values["plots"]
    assert len(rows) == 1002
    assert rows[999]["key"] == draft.values["plots"][999]["key"]
    assert (rows[999]["outline"], rows[1001]["code"]) == (square(size=0.002), "Baru")


def test_an_autosave_answers_with_the_keys_of_what_it_kept(draft, path, officer, signed_in):
    changes = {"plots-1001-code": "Baru", "plots-1001-key": "", "plots-TOTAL": "1002"}

    answer = signed_in(officer).post(path, posted(draft, 50, **changes), headers={"HX-Request": "true"})

    key = Submission.objects.get(pk=draft.pk).values["plots"][1001]["key"]
    assert f'name="plots-1001-key" id="id_plots-1001-key" value="{key}"' in answer.content.decode()


def test_a_review_tells_the_rows_that_differ_and_counts_the_others(draft, officer, verifier, signed_in):
    rows = [{**row, "code": "B-7"} if row["code"] == "P-7" else row for row in draft.values["plots"]]
    actions.revise(draft, {"plots": rows}, by=officer)
    actions.submit(draft, by=officer, acknowledged=True)
    actions.claim(draft, by=verifier)

    text = signed_in(verifier).get(f"/usulan/{draft.number}/periksa/").content.decode()

    assert "B-7" in text
    assert "P-8" not in text
    assert "1.000 baris lain tidak berubah" in text


def test_a_reviewer_asks_for_a_row_that_does_not_differ_and_returns_it_with_a_reason(
    draft, officer, verifier, signed_in
):
    rows = [{**row, "code": "B-7"} if row["code"] == "P-7" else row for row in draft.values["plots"]]
    actions.revise(draft, {"plots": rows}, by=officer)
    actions.submit(draft, by=officer, acknowledged=True)
    actions.claim(draft, by=verifier)
    client, path, key = signed_in(verifier), f"/usulan/{draft.number}/periksa/", rows[1000]["key"]
    asking = {"round": "1", "note": "Sebentar", "look": "plots", "rows:plots": "p-1000"}

    text = client.post(path, asking).text
    many = client.post(path, asking | {"rows:plots": "P-"}).text
    client.post(path, {"round": "1", "decision": "return", f"reason:plots.{key}.hectares": "Ukur lagi."})

    assert set(re.findall(r'name="reason:plots\.([^".]+)"', text)) == {rows[7]["key"], key}
    assert "999 baris lain tidak berubah" in text
    assert ">Sebentar</textarea>" in text
    assert len(set(re.findall(r'name="reason:plots\.([^".]+)"', many))) == 51
    assert Submission.objects.get(pk=draft.pk).reasons == {f"plots.{key}.hectares": "Ukur lagi."}


def test_an_administrator_turns_pages_too_and_publishes_what_every_page_says(draft, administrator, signed_in):
    client, zone = signed_in(administrator), draft.record()
    path = f"/admin/zones/zone/{zone.pk}/change/"
    plain = {"version": zone.version}

    turned = client.post(path, {**posted(draft, 0, **{"plots-3-code": "B-3"}), **plain, "rows": "plots:2"})
    shown, total = shown_in(turned.content.decode())
    client.post(path, {**posted(draft, 0, **{"plots-3-code": "B-3"}), **plain, "_save": "1"})

    assert (shown, total) == ([*range(100)], "1001")  # what is not kept yet stays on the page
    codes = list(zone.plots.filter(closed_on=None).order_by("position").values_list("code", flat=True))
    assert codes == [*(f"P-{at}" for at in range(3)), "B-3", *(f"P-{at}" for at in range(4, 1001))]


def test_a_short_part_is_shown_whole_and_a_row_that_is_not_sent_is_closed(officer, signed_in):
    maker = an_establishment(products=[{"name": f"Kain {at}"} for at in range(50)])
    draft = actions.draft(directory.get("establishments"), {}, by=officer, record=maker)

    text = signed_in(officer).get(f"/usulan/{draft.number}/ubah/").content.decode()

    assert len(re.findall(r'name="products-\d+-name"', text)) == 50
    assert "products-page" not in text
