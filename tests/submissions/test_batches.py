"""Batches: what came in with one file goes its way together."""

from disperin.registers import directory
from disperin.registers.many import Proposed, judge
from disperin.submissions import actions
from disperin.submissions.models import Submission
from tests.factories import RegencyFactory, an_establishment, establishment_values

ESTABLISHMENTS = "establishments"


def proposed(by, *rows, first=1):
    """Judged rows of establishments, numbered from `first`."""
    given = [Proposed(values, record, row) for row, (values, record) in enumerate(rows, first)]
    return judge(directory.get(ESTABLISHMENTS), given, by=by)


def a_batch(by):
    return actions.begin_batch(directory.get(ESTABLISHMENTS), RegencyFactory(), by=by, name="ikm.xlsx")


def test_rows_become_drafts_of_the_batch_once(officer):
    record, other = an_establishment(name="Lama"), an_establishment(name="Lain", regency="63.07")
    judged = proposed(
        officer, (establishment_values(name="Baru"), None), ({"phone": "08125000123"}, record), ({}, other)
    )
    batch = a_batch(officer)

    made = actions.propose_many(batch, judged, by=officer)
    again = actions.propose_many(batch, judged, by=officer)

    assert [one.outcome for one in judged] == ["new", "changed", "unchanged"]
    assert ([one.title for one in made], again) == (["Baru", "Lama"], [])
    assert list(Submission.objects.filter(batch=batch).order_by("id").values_list("batch_row", "status")) == [
        (1, "draft"),
        (2, "draft"),
    ]


def test_a_batch_is_handed_in_and_taken_back_as_a_whole(officer):
    batch = a_batch(officer)
    actions.propose_many(
        batch, proposed(officer, *[(establishment_values(name=f"Usaha {n}"), None) for n in "ab"]), by=officer
    )

    handed_in = actions.submit_batch(batch, by=officer, acknowledged=True)
    assert (handed_in, batch.counts()["submitted"], batch.state) == (2, 2, "waiting")
    withdrawn = actions.withdraw_batch(batch, by=officer)

    assert (withdrawn, batch.counts()["withdrawn"], batch.state) == (2, 2, "withdrawn")
