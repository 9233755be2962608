"""How many statements the verbs of one submission send: more would be felt by everybody who waits for them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disperin.registers.record import directory
from disperin.submissions import actions
from tests import factories

NEW = {"draft": 6, "submit": 11, "claim": 6, "verify": 23}
CHANGE = {"draft": 9, "submit": 16, "claim": 6, "verify": 27}
WITHOUT_PRODUCTS = {"draft": 6, "submit": 11, "claim": 6, "verify": 21}


@pytest.fixture
def path(officer, verifier):
    """Takes values the whole way; gives the record, and how many statements each verb took."""

    def take(values, record=None):
        counts = {}

        def counted(name, verb):
            with CaptureQueriesContext(connection) as asked:
                done = verb()
            counts[name] = len(asked)
            return done

        register = directory.get("establishments")
        draft = counted("draft", lambda: actions.draft(register, values, by=officer, record=record))
        handed_in = counted("submit", lambda: actions.submit(draft, by=officer, acknowledged=True))
        held = counted("claim", lambda: actions.claim(handed_in, by=verifier))
        verified = counted("verify", lambda: actions.verify(held, by=verifier, round=1))
        return verified.record(), counts

    return take


def test_the_verbs_take_as_many_statements_for_one_row_as_for_three(path):
    factories.an_establishment(name="Yang pertama")  # what a worker reads once is read
    names = {1: "Tenun Barabai", 3: "Ukiran Rantau"}
    made = {
        number: path(
            factories.establishment_values(
                name=name, products=[{"name": f"Dodol {at}", "halal_category": "makanan"} for at in range(number)]
            )
        )
        for number, name in names.items()
    }
    assert {number: counts for number, (_record, counts) in made.items()} == dict.fromkeys(names, NEW)
    changed = {number: path({"address": "Jalan Baru"}, record)[1] for number, (record, _counts) in made.items()}
    assert changed == dict.fromkeys(names, CHANGE)


def test_who_makes_nothing_yet_takes_fewer(path):
    factories.an_establishment(name="Yang pertama")
    assert path(factories.establishment_values(name="Tenun Barabai"))[1] == WITHOUT_PRODUCTS
