"""The whole path by programs alone: file, draft, return, mend, verify, read."""

from tests.factories import establishment_values

PRODUCTS = ["Kain sasirangan", "Selendang", "Syal"]


def test_a_proposal_made_by_a_program_reaches_the_public(api, officer, verifier, photo):
    here, there, anybody = api(officer), api(verifier), api()

    file = here.post("/api/v1/attachments/", {"file": photo, "kind": "photo"}, format="multipart").json()
    values = establishment_values(photo=file["id"], products=[{"name": name} for name in PRODUCTS])
    draft = here.post("/api/v1/submissions/", {"register": "establishments", "values": values})
    address = draft["Location"]
    here.post(f"{address}submit/")
    assert anybody.get("/api/v1/establishments/").json()["results"] == []
    there.post(f"{address}claim/")
    returned = there.post(f"{address}return/", {"round": 1, "reasons": {"phone": "Mohon diisi."}})
    assert here.get(address).json()["reasons"] == {"phone": "Mohon diisi."}
    mended = here.patch(address, {"values": {"phone": "08134999888"}}, headers={"If-Match": returned["ETag"]})
    here.post(f"{address}submit/")
    there.post(f"{address}claim/")
    stale = there.post(f"{address}verify/", {"round": 1})
    verified = there.post(f"{address}verify/", {"round": 2})

    assert (mended.status_code, stale.status_code, verified.status_code) == (200, 409, 200)
    record = anybody.get(f"/api/v1/establishments/{verified.json()['record_number']}/").json()
    assert record["name"] == values["name"]
    assert [one["name"] for one in record["products"]] == PRODUCTS
    found = anybody.get("/api/v1/establishments/", {"q": "sasirangan"}).json()["results"]
    assert [one["number"] for one in found] == [record["number"]]
    inside = here.get(f"/api/v1/establishments/{record['number']}/").json()
    assert inside["inside"]["phone"] == "+628134999888"
    assert "inside" not in record
