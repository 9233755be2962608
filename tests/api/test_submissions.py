"""Submissions over the API: the whole path, and nothing masked in clear."""

from django.core.files.uploadedfile import SimpleUploadedFile

from disperin.attachments.actions import upload
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.batches.actions import begin_batch
from disperin.submissions.models import Submission
from industries.models import Establishment
from tests.api.steps import PLACE, begin, handed_in
from tests.attachments.conftest import PDF
from tests.factories import RECORDS, a_cluster, an_establishment, establishment_values

NPWP, MASK = "012345678012000", "0123•••••••2000"


def test_a_proposal_travels_from_draft_to_the_public_list(api, officer, verifier):
    here, there = api(officer), api(verifier)

    draft = begin(here, values=establishment_values(products=[{"name": "Kain"}]), message="Mohon diperiksa")
    address = draft["Location"]
    revised = here.patch(address, {"values": {"phone": "08125000123"}}, headers={"If-Match": draft["ETag"]})
    submitted = here.post(f"{address}submit/", {"acknowledge_warnings": True})
    returned = there.post(f"{address}return/", {"round": 1, "reasons": {"name": "Lengkapi."}})
    mended = here.patch(address, {"values": {"name": "Sasirangan Lengkap"}}, headers={"If-Match": returned["ETag"]})
    here.post(f"{address}submit/")
    claimed = there.post(f"{address}claim/")
    verified = there.post(f"{address}verify/", {"round": 2, "note": "Baik."})

    answers = (draft, revised, submitted, returned, mended, claimed, verified)
    assert [one.status_code for one in answers] == [201, 200, 200, 200, 200, 200, 200]
    assert len({one["ETag"] for one in answers}) == 7
    said = verified.json()
    assert (said["status"], said["record_number"], said["note"]) == ("verified", "IKM-6307-000001", "Baik.")
    assert [(one["round"], one["outcome"], one["reasons"]) for one in said["rounds"]] == [
        (1, "returned", {"name": "Lengkapi."}),
        (2, "verified", {}),
    ]
    public = api().get("/api/v1/establishments/").json()["results"]
    assert [(one["number"], one["name"]) for one in public] == [("IKM-6307-000001", "Sasirangan Lengkap")]


def test_an_answer_says_what_changes_what_hinders_and_which_steps_are_open(api, officer):
    record = an_establishment(products=[{"name": "Kain"}])
    key = str(record.products.get().key)

    values = {"name": "", "workers_male": "banyak", "products": [{"key": key, "name": "Kain Halus"}]}
    answer = begin(api(officer), record_id=record.number, values=values).json()

    assert answer["kind"] == "change"
    assert [(one["path"], one["old"], one["new"]) for one in answer["changes"]] == [
        ("name", "Sasirangan Barabai", ""),
        (f"products.{key}.name", "Kain", "Kain Halus"),
    ]
    assert answer["typed"] == {"workers_male": "banyak"}
    assert {path: some[0]["code"] for path, some in answer["errors"].items()} == {
        "name": "required",
        "workers_male": "invalid",
    }
    assert answer["steps"] == ["revise", "submit", "withdraw"]
    assert answer["base"]["name"] == "Sasirangan Barabai"


def test_warnings_are_told_and_must_be_acknowledged(api, officer):
    an_establishment(name="Sasirangan Barabai")
    client = api(officer)
    draft = begin(client, values=establishment_values(name="Sasirangan Barabay")).json()

    refused = client.post(f"{draft['url']}submit/", {})
    accepted = client.post(f"{draft['url']}submit/", {"acknowledge_warnings": True})

    assert [one["path"] for one in draft["warnings"]] == ["name"]
    assert (refused.status_code, refused.json()["errors"]["name"][0]["code"]) == (400, "warning")
    assert (accepted.status_code, accepted.json()["acknowledged"]) == (200, True)


def test_a_record_is_named_by_number_or_by_id(api, officer):
    record = an_establishment()
    client = api(officer)

    by_id = begin(client, record_id=record.pk, values={"phone": "08125000123"})
    unknown = [begin(client, record_id=name, values={}) for name in ("IKM-6307-000999", "0", "9" * 18, "x", "²")]

    assert (by_id.status_code, by_id.json()["record_number"]) == (201, record.number)
    assert [one.status_code for one in unknown] == [400] * 5
    assert all("record_id" in one.json()["errors"] for one in unknown)


def test_closing_needs_a_day_and_a_reason(api, officer):
    record = an_establishment()

    answer = begin(api(officer), record_id=record.number, kind="close", values={"closed_on": "2026-01-31"}).json()

    assert set(answer["errors"]) == {"closed_reason"}


# --- Masked values ---------------------------------------------------------------------------------------------------


def test_the_npwp_is_masked_wherever_a_submission_shows_it(api, officer, verifier, administrator):
    record = an_establishment(legal_form="pt", npwp="012345678013000")
    draft = begin(api(officer), record_id=record.number, values={"npwp": NPWP, "phone": "08125000123"})
    number = draft.json()["number"]
    submitted = api(officer).post(f"{PLACE}{number}/submit/", {"acknowledge_warnings": True})
    actions.publish(directory.get("establishments"), {"npwp": "012345678014000"}, by=administrator, record=record)
    conflicting = api(verifier).get(f"{PLACE}{number}/")
    refused = api(verifier).post(f"{PLACE}{number}/verify/", {"round": 1})
    listed = api(verifier).get(PLACE)

    said = conflicting.json()
    assert said["values"]["npwp"] == MASK
    assert (said["rounds"][0]["values"]["npwp"], said["conflicts"][0]["current"]) == (MASK, "0123•••••••4000")
    assert next(one for one in said["changes"] if one["path"] == "npwp")["new"] == MASK
    assert (refused.status_code, refused.json()["conflicts"][0]["proposed"]) == (409, MASK)
    for answer in (draft, submitted, conflicting, refused, listed):
        assert not any(f"01234567801{end}" in answer.content.decode() for end in ("2000", "3000", "4000"))


def test_values_that_come_back_masked_stay_as_they_are(api, officer):
    client = api(officer)
    draft = begin(client, values=establishment_values(legal_form="pt", npwp=NPWP))

    client.patch(draft["Location"], {"values": draft.json()["values"]}, headers={"If-Match": draft["ETag"]})

    assert Submission.objects.get().values["npwp"] == NPWP


def test_conflicts_are_listed_until_the_verifier_chooses(api, officer, verifier, administrator):
    record = an_establishment()
    number = begin(api(officer), record_id=record.number, values={"name": "Nama Petugas"}).json()["number"]
    api(officer).post(f"{PLACE}{number}/submit/", {"acknowledge_warnings": True})
    actions.publish(directory.get("establishments"), {"name": "Nama Admin"}, by=administrator, record=record)
    address = f"{PLACE}{number}/verify/"

    refused = api(verifier).post(address, {"round": 1}).json()
    settled = api(verifier).post(address, {"round": 1, "choices": {"name": "proposed"}})

    assert (refused["status"], refused["code"]) == (409, "conflicts")
    assert refused["conflicts"] == [
        {
            "path": "name",
            "label": refused["conflicts"][0]["label"],
            "base": "Sasirangan Barabai",
            "proposed": "Nama Petugas",
            "current": "Nama Admin",
        }
    ]
    assert (settled.status_code, Establishment.objects.get().name) == (200, "Nama Petugas")


def test_the_list_holds_what_lies_within_reach_and_is_narrowed(api, officer, officer_there, verifier):
    handed_in(api(officer), name="Satu")
    begin(api(officer), values=establishment_values(name="Dua"))
    begin(api(officer_there), values=establishment_values(regency="63.06", name="Tiga"))

    def titles(user, **query):
        return [row["title"] for row in api(user).get(PLACE, query).json()["results"]]

    assert titles(officer) == ["Dua", "Satu"]
    assert titles(verifier) == ["Tiga", "Dua", "Satu"]
    assert titles(verifier, status="submitted") == ["Satu"]
    assert titles(verifier, regency="63.06") == titles(officer_there, mine="proposed") == ["Tiga"]
    assert titles(verifier, status=["submitted", "draft"], order="id") == ["Satu", "Dua", "Tiga"]
    assert titles(verifier, order="-submitted_at") == ["Satu", "Tiga", "Dua"]


def test_a_query_that_makes_no_sense_is_a_400(api, officer):
    client = api(officer)
    queries = ["status=x", "values=1", "order=values", "regency=%00", "mine=yes", "cursor=x", "kind=a"]

    answers = {query: client.get(f"{PLACE}?{query}") for query in queries}

    found = {query: (answer.status_code, list(answer.json().get("errors", []))) for query, answer in answers.items()}
    assert found == {query: (400, [query.split("=")[0]]) for query in queries}


def test_the_cursor_loses_nothing_where_dates_are_missing(api, officer):
    client = api(officer)
    for at in range(5):
        (handed_in if at % 2 else begin)(client, **({"name": f"Nama {at}"} if at % 2 else {}))

    for order in ("-id", "id", "submitted_at", "-submitted_at", "-revised_at", "-decided_at"):
        whole = [row["number"] for row in client.get(PLACE, {"order": order}).json()["results"]]
        found, address = [], f"{PLACE}?order={order}&page_size=2"
        while address:
            answer = client.get(address).json()
            found += [row["number"] for row in answer["results"]]
            address = answer["next"]

        assert (order, found, len(found)) == (order, whole, 5)


def test_one_submission_and_three_cost_the_same_number_of_queries(api, officer, django_assert_num_queries):
    client = api(officer)
    for count in (1, 2):
        for _ in range(count):
            begin(client)
        with django_assert_num_queries(4):  # session, user, rows, the revision of the names beside them
            client.get(PLACE)


def test_clusters_go_the_same_way(api, officer, verifier):
    values = {"name": "Sentra Baru", "commodity": "sasirangan", "status": "potensi", "village": "63.07.01.2001"}
    a_cluster()
    number = begin(api(officer), register="clusters", values=values).json()["number"]
    api(officer).post(f"{PLACE}{number}/submit/", {"acknowledge_warnings": True})

    answer = api(verifier).post(f"{PLACE}{number}/verify/", {"round": 1})

    assert answer.json()["record_number"] == "SEN-6307-000002"
    assert api().get("/api/v1/clusters/SEN-6307-000002/").json()["members"] == 0


def test_whether_an_inside_record_exists_out_of_reach_is_not_told(api, officer_there):
    inside = [one for one in directory.all_registers() if not one.model.audience.is_public]
    for register in (one for one in inside if not one.model.of_province):  # which every office reads
        record = RECORDS[register.slug](regency="63.07")
        told = []
        for number in (record.number, f"{record.number[:-6]}999999", str(record.pk), "999999999"):
            answer = begin(api(officer_there), register.slug, record_id=number, values={})
            told.append((answer.status_code, answer.json()["detail"].replace(number, "")))

        assert told == [told[1]] * 4
        assert told[0][0] == 400


def test_whether_a_file_exists_out_of_reach_is_not_told_and_its_name_is_not_shown(
    api, officer, officer_there, verifier, signed_in
):
    theirs = upload(
        SimpleUploadedFile("rahasia.pdf", PDF, "application/pdf"),
        kind="document",
        regency=officer_there.regency,
        by=verifier,
    )
    told = []
    for key in (str(theirs.pk), "00000000-0000-4000-8000-000000000000"):
        number = begin(api(officer), values=establishment_values(documents=[{"kind": "nib", "file": key}])).json()[
            "number"
        ]
        page = signed_in(officer).get(f"/usulan/{number}/ubah/")
        assert (page.status_code, "rahasia" in page.content.decode()) == (200, False)
        answer = api(officer).post(f"{PLACE}{number}/submit/", {"acknowledge_warnings": True})
        (errors,) = answer.json()["errors"].values()
        told.append((answer.status_code, errors))

    assert told[0] == told[1]
    assert told[0][1][0]["code"] == "unknown"


def test_a_batch_or_register_number_that_is_none_is_named(api, officer, officer_there):
    elsewhere = begin_batch(directory.get("establishments"), officer_there.regency, by=officer_there)

    answers = {
        query: api(officer).get(f"{PLACE}?{query}")
        for query in ("batch=zz", f"batch={elsewhere.number}", "record=zz", "record=IKM-6307-000001")
    }

    assert [one.status_code for one in answers.values()] == [400, 400, 400, 200]
    for query, answer in list(answers.items())[:3]:
        name, _equals, value = query.partition("=")
        assert value in answer.json()["errors"][name][0]["message"]
