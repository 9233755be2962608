"""Batches: what came in with one file goes its way together."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disperin.desk.refusals import NotNow, Refused
from disperin.history.models import Entry
from disperin.registers.gate.in_bulk import Proposed, Seen, judge
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.batches import actions as batches
from disperin.submissions.models import Submission, SubmissionRound
from tests.factories import RegencyFactory, an_establishment, establishment_values

pytestmark = pytest.mark.thorough

ESTABLISHMENTS = directory.get("establishments")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def judged(by, *rows, first=2, seen=None):
    """Judged rows of establishments, numbered from `first`: values of new ones, or `(values, record)`."""
    pairs = [row if isinstance(row, tuple) else (row, None) for row in rows]
    given = [Proposed(values, record, row) for row, (values, record) in enumerate(pairs, first)]
    return judge(ESTABLISHMENTS, given, by=by, seen=seen)


def makers(number, **values):
    """Values of so many new makers whose names are not alike."""
    return [establishment_values(name=f"Usaha {LETTERS[at % 26] * 9} {at}", **values) for at in range(number)]


def a_batch(by, *rows):
    batch = batches.begin_batch(ESTABLISHMENTS, RegencyFactory(), by=by, name="ikm.xlsx")
    if rows:
        batches.propose_many(batch, judged(by, *rows), by=by)
    return batch


def a_submitted_batch(by, *rows):
    batch = a_batch(by, *rows)
    batches.submit_batch(batch, by=by, acknowledged=True)
    batch.refresh_from_db()
    return batch


def codes(one):
    return {path: [problem.code for problem in some] for path, some in one.errors.items()}


def test_rows_become_drafts_of_the_batch_once(officer):
    record, other = an_establishment(name="Lama"), an_establishment(name="Lain")
    rows = judged(officer, establishment_values(name="Baru"), ({"phone": "08125000123"}, record), ({}, other))
    batch = a_batch(officer)

    made, again = (batches.propose_many(batch, rows, by=officer) for _time in range(2))

    assert [one.outcome for one in rows] == ["new", "changed", "unchanged"]
    assert (made.done, again.done, made.left) == (2, 0, [])
    assert list(Submission.objects.filter(batch=batch).order_by("id").values_list("batch_row", "title", "status")) == [
        (2, "Baru", "draft"),
        (3, "Lama", "draft"),
    ]


def test_a_draft_of_a_row_is_the_draft_that_one_would_begin_by_hand(officer):
    record = an_establishment(name="Lama", products=[{"name": "Kain"}])
    given = {"phone": "08125000123", "products": [{"key": str(record.products.get().key), "unit": "m"}]}
    by_hand = actions.draft(ESTABLISHMENTS, given, by=officer, record=record)
    actions.withdraw(by_hand, by=officer)

    of_row = a_batch(officer, (given, record)).submissions.get()

    same = ("register", "kind", "record_id", "record_number", "base", "base_version", "values", "typed", "title")
    same += ("fields_changed", "regency_id", "proposed_by_id", "round", "revision", "message")
    assert {name: getattr(of_row, name) for name in same} == {name: getattr(by_hand, name) for name in same}


def test_a_batch_is_handed_in_as_each_would_be(officer):
    batch = a_submitted_batch(officer, *makers(3))

    assert (batch.counts()["submitted"], batch.state) == (3, "waiting")
    assert list(SubmissionRound.objects.values_list("round", "values__name")) == [
        (1, one.values["name"]) for one in batch.submissions.order_by("id")
    ]
    verbs = [list(Entry.objects.about(one).values_list("verb", flat=True)) for one in batch.submissions.all()]
    assert verbs == [["submit", "draft"]] * 3


def test_withdrawing_undoes_all_that_is_not_decided(officer, verifier):
    batch = a_submitted_batch(officer, *makers(3))
    first = batch.submissions.order_by("id").first()
    actions.verify(first, by=verifier, round=1)

    outcome = batches.withdraw_batch(batch, by=officer, note="Berkas keliru.")

    batch.refresh_from_db()
    assert (outcome.done, batch.counts()["withdrawn"], batch.counts()["verified"], batch.state) == (2, 2, 1, "decided")
    with pytest.raises(NotNow):
        batches.withdraw_batch(batch, by=officer)


def test_a_row_that_was_edited_meanwhile_is_checked_again_when_the_batch_is_handed_in(officer):
    batch = a_batch(officer, *makers(2))
    edited = batch.submissions.order_by("id").last()
    actions.revise(edited, {"kbli": "99999"}, by=officer)

    outcome = batches.submit_batch(batch, by=officer, acknowledged=True)

    assert (outcome.done, [(one.what, one.code) for one in outcome.left]) == (1, [(edited, "error")])
    assert outcome.left[0].text.startswith("KBLI: KBLI 99999 di luar kategori C")


def test_rows_with_warnings_are_handed_in_only_once_they_were_read(officer):
    an_establishment(name="Anyaman Haruyan")
    batch = a_batch(officer, establishment_values(name="Anyaman Haruyann"))

    with pytest.raises(ValidationError) as refused:
        batches.submit_batch(batch, by=officer)

    assert [error.code for error in refused.value.error_dict["__all__"]] == ["warning"]
    assert batches.submit_batch(batch, by=officer, acknowledged=True).done == 1


def test_a_record_that_somebody_else_is_changing_is_left_and_named(officer, colleague):
    record = an_establishment()
    other = actions.draft(ESTABLISHMENTS, {"phone": "08125000123"}, by=colleague, record=record)
    actions.submit(other, by=colleague, acknowledged=True)

    outcome = batches.propose_many(a_batch(officer), judged(officer, ({"phone": "08125000124"}, record)), by=officer)

    assert (outcome.done, [one.code for one in outcome.left]) == (0, ["bad"])
    assert other.number in outcome.left[0].text


def test_two_rows_that_contradict_each_other_are_told_at_the_later(officer):
    first, second = (establishment_values(name=name, nib="1234567890123") for name in ("Satu Satu", "Dua Dua"))
    seen = Seen()

    told = [*judged(officer, first, seen=seen), *judged(officer, second, first=3, seen=seen)]

    assert [codes(one) for one in told] == [{}, {"nib": ["twice_in_file"]}]
    assert "2" in told[1].errors["nib"][0].message


def test_two_rows_about_the_same_record_are_told_at_the_later(officer):
    record = an_establishment()

    told = judged(officer, ({"phone": "08125000123"}, record), ({"phone": "08125000124"}, record))

    assert [codes(one) for one in told] == [{}, {"__all__": ["same_record"]}]


def test_what_the_verbs_would_refuse_is_an_error_of_the_row(officer, administrator):
    closed, elsewhere = an_establishment(name="Tutup"), an_establishment(name="Sana", regency="63.06")
    given = {"closed_on": "2026-01-31", "closed_reason": "error"}
    closed = actions.publish(ESTABLISHMENTS, given, by=administrator, record=closed, kind="close")

    told = judged(
        officer,
        ({"phone": "08125000123"}, closed),
        ({"phone": "08125000123"}, elsewhere),
        establishment_values(regency="63.06"),
        establishment_values(name="Siti 6307014101900001"),
    )

    assert [codes(one) for one in told] == [
        {"__all__": ["closed"]},
        {"regency": ["out_of_reach"]},
        {"regency": ["out_of_reach"]},
        {"name": ["unfit"]},
    ]
    assert "6307014101900001" not in str([one.values for one in told])


@pytest.mark.parametrize("who", ["head", "officer_there", "verifier"])
def test_only_the_proposing_side_handles_a_batch(who, officer, request):
    batch, by = a_batch(officer, *makers(1)), request.getfixturevalue(who)

    for verb in (batches.submit_batch, batches.withdraw_batch):
        with pytest.raises(Refused):
            verb(batch, by=by)
    with pytest.raises(Refused):
        batches.propose_many(batch, judged(officer, *makers(2)), by=by)


def test_a_colleague_takes_the_batch_back(officer, colleague):
    batch = a_submitted_batch(officer, *makers(2))

    assert batches.withdraw_batch(batch, by=colleague).done == 2


def test_a_hundred_rows_travel_with_as_many_queries_as_ten(officer):
    def asked(number):
        batch, rows = a_batch(officer), judged(officer, *makers(number, village="63.07.01.2001"))
        with CaptureQueriesContext(connection) as queries:
            batches.propose_many(batch, rows, by=officer)
            batches.submit_batch(batch, by=officer, acknowledged=True)
            batches.withdraw_batch(batch, by=officer)
        return len(queries)

    assert asked(10) == asked(100)
