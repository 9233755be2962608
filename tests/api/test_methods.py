"""Whatever method a program tries, it is answered as every refusal is, and told which methods there are."""

import json

from tests.factories import an_establishment

METHODS = ("OPTIONS", "TRACE", "PUT", "DELETE", "PROPFIND")
PLACES = (
    "", "schema/", "docs/", "verify/x/", "establishments/", "registers/", "registers/establishments/",
    "registers/establishments/template/", "registers/establishments/export.csv", "submissions/", "batches/",
    "inquiries/", "inquiries/TNY-6307-K7QM2XW4HB/", "workbooks/", "attachments/", "hidden/", "pairs/", "kbli/",
    "tasks/lacks/", "tasks/halal/", "tasks/lines/", "colleagues/", "figures/",
    "exports/00000000-0000-0000-0000-000000000000/", "nowhere/", "nowhere", "establishments",
)  # fmt: skip


def test_every_method_that_there_is_not_is_a_problem(api, officer, client):
    number = an_establishment().number
    addresses = [f"/api/v1/{place}" for place in (*PLACES, f"establishments/{number}/")]

    for answering in (client, api(officer)):
        found = {}
        for method in METHODS:
            for address in addresses:
                answer = answering.generic(method, address)
                body = answer.content.decode()
                said = json.loads(body)["status"] if body.startswith("{") else body[:30]
                found[method, address] = (answer["Content-Type"], said == answer.status_code, answer.status_code >= 400)

        assert {one: told for one, told in found.items() if told != ("application/problem+json", True, True)} == {}
