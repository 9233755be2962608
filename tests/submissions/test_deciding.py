"""The verifier's verbs: what a decision needs, what it leaves in the submission, its round, the history, the notice."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from disperin.accounts.models import Role
from disperin.desk.refusals import NotNow, Refused
from disperin.history.models import Entry
from disperin.notices.models import Notice
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.actions import deciding
from disperin.submissions.errors import Conflicts
from disperin.submissions.models import Submission
from industries.models import Establishment
from tests.factories import UserFactory, an_establishment, establishment_values

ESTABLISHMENTS = "establishments"
NIK = "6307014101900001"
MORNING = datetime.datetime.fromisoformat("2026-11-22T08:00:00+08:00")
NOON = datetime.datetime.fromisoformat("2026-11-22T12:00:00+08:00")
REASONS = {"name": "Tulis sesuai NIB."}
DECISIONS = {
    "verify": lambda one, **given: actions.verify(one, **given),
    "return": lambda one, **given: actions.send_back(one, reasons=REASONS, **given),
    "reject": lambda one, **given: actions.reject(one, **{"note": "Sudah ada.", **given}),
}


def submitted(by, **values):
    draft = actions.draft(directory.get(ESTABLISHMENTS), establishment_values(**values), by=by)
    return actions.submit(draft, by=by, acknowledged=True)


def handed_in_again(submission, given, *, by):
    return actions.submit(actions.revise(submission, given, by=by), by=by, acknowledged=True)


def codes(refused):
    return {path: [error.code for error in errors] for path, errors in refused.value.error_dict.items()}


def state(submission):
    """Everything that a decision writes, as it stands in the database."""
    rows = [Submission.objects.filter(pk=submission.pk), submission.rounds.all(), Entry.objects, Notice.objects]
    return [list(some.values()) for some in rows] + [Establishment.objects.count()]


# --- What every decision does and refuses -----------------------------------------------------------------------------


def test_a_decision_says_who_when_and_what_in_the_submission_and_in_its_round(
    officer, verifier, second_verifier, time_machine
):
    told = {
        "verify": ("verified", "Lengkap.", {}),
        "return": ("returned", "Lengkap.", REASONS),
        "reject": ("rejected", "Lengkap.", {}),
    }
    for verb, decide in DECISIONS.items():
        time_machine.move_to(MORNING, tick=False)
        submission = actions.claim(submitted(officer, name=f"Kain {verb * 3}"), by=verifier)
        time_machine.move_to(NOON, tick=False)

        decided = decide(submission, by=second_verifier, round=1, note="Lengkap.")

        for answer in (decided, Submission.objects.get(pk=submission.pk)):
            assert (answer.status, answer.note, answer.reasons) == told[verb]
            assert (answer.decided_by, answer.decided_at, answer.revision) == (
                second_verifier, NOON, submission.revision + 1,
            )  # fmt: skip
            assert (answer.claimed_by, answer.claimed_at, answer.claimed_until) == (None, None, None)
        (kept,) = submission.rounds.all()
        assert (kept.outcome, kept.note, kept.reasons) == told[verb]
        assert (kept.decided_by, kept.decided_at, kept.submitted_at) == (second_verifier, NOON, MORNING)


def test_a_decision_names_its_round_in_the_history_and_the_fields_but_not_what_was_said_of_them(officer, verifier):
    for verb, decide in DECISIONS.items():
        submission = submitted(officer, name=f"Kain {verb * 3}")

        decide(submission, by=verifier, round=1, note="Rahasia 123.")

        entry = Entry.objects.about(submission).first()
        paths = ["name"] if verb == "return" else []
        assert (entry.actor, entry.verb, entry.detail) == (verifier, verb, {"round": 1, "paths": paths})


def test_a_decision_is_told_to_the_proposer_alone_in_their_own_language(officer, verifier):
    officer.language = "en"
    officer.save()
    heads = {
        "verify": ("Verified: ", "has been verified. Register number: IKM-6307-000001."),
        "return": (
            "Returned: ",
            "was returned by Verifikator Satu. Please mend:\n- Name of the business: Tulis sesuai NIB.\nCatatan.",
        ),
        "reject": ("Rejected: ", "was rejected by Verifikator Satu. Reason: Catatan."),
    }
    for verb, decide in DECISIONS.items():
        submission = submitted(officer, name=f"Kain {verb * 3}")

        decide(submission, by=verifier, round=1, note="Catatan.")

        notice = Notice.objects.latest("pk")
        title, body = heads[verb]
        assert (notice.recipient, notice.title) == (officer, f"{title}{submission.title}")
        assert notice.body == f"{submission.number}, “{submission.title}”, {body}"
        assert notice.path == f"/en/usulan/{submission.number}/"
    assert Notice.objects.count() == 3


def test_what_a_decision_leaves_stands_or_falls_together(officer, verifier, monkeypatch):
    submission = submitted(officer)
    before = state(submission)

    def out_of_order(submission):
        raise LookupError

    monkeypatch.setattr(deciding, "tell_decision", out_of_order)
    for decide in DECISIONS.values():
        with pytest.raises(LookupError):
            decide(submission, by=verifier, round=1)
        assert state(submission) == before


def test_another_round_than_the_one_that_was_read_is_not_decided(officer, verifier):
    submission = submitted(officer)
    actions.send_back(submission, by=verifier, round=1, reasons=REASONS)
    again = handed_in_again(submission, {"name": "Lengkap"}, by=officer)
    before = state(submission)

    for decide in DECISIONS.values():
        for read in (0, 1, 3):
            with pytest.raises(NotNow, match=rf"ronde {read}\b.*ronde 2"):
                decide(again, by=verifier, round=read)
    assert state(submission) == before


def test_whoever_may_not_decide_is_refused_and_nothing_is_left(
    officer, colleague, officer_there, head, administrator, verifier, second_verifier
):
    submission, own = submitted(officer), submitted(verifier, name="Anyaman Rotan")
    held = actions.claim(submitted(officer, name="Dodol Kandangan"), by=second_verifier)
    before = state(submission)

    for decide in DECISIONS.values():
        for user in (officer, colleague, officer_there, head, administrator):
            with pytest.raises(Refused):
                decide(submission, by=user, round=1)
        with pytest.raises(Refused):
            decide(own, by=verifier, round=1)
        with pytest.raises(NotNow, match="Verifikator Dua"):
            decide(held, by=verifier, round=1)
    assert state(submission) == before


def test_what_is_decided_is_not_decided_again_by_a_window_that_still_shows_it_open(officer, verifier):
    for first in DECISIONS:
        submission = submitted(officer, name=f"Kain {first * 3}")
        DECISIONS[first](Submission.objects.get(pk=submission.pk), by=verifier, round=1)
        before = state(submission)

        for verb, decide in DECISIONS.items():
            if (first, verb) != ("return", "reject"):
                with pytest.raises(NotNow):
                    decide(submission, by=verifier, round=1)
        assert state(submission) == before


def test_a_note_that_cannot_be_kept_is_refused_at_the_note(officer, verifier):
    submission = submitted(officer)
    before = state(submission)
    unfit = {f"Milik {NIK}": "personal_number", "x" * 1001: "too_long", "a\0b": "invalid"}

    for decide in DECISIONS.values():
        for note, code in unfit.items():
            with pytest.raises(ValidationError) as refused:
                decide(submission, by=verifier, round=1, note=note)
            assert codes(refused) == {"note": [code]}
            assert NIK not in str(refused.value)
    assert state(submission) == before


def test_a_note_may_be_a_thousand_letters_long(officer, verifier):
    for verb, decide in DECISIONS.items():
        submission = submitted(officer, name=f"Kain {verb * 3}")

        assert decide(submission, by=verifier, round=1, note="x" * 1000).rounds.get().note == "x" * 1000


# --- Verify -----------------------------------------------------------------------------------------------------------


def test_verifying_names_the_record_in_the_submission(officer, verifier):
    record = an_establishment()
    draft = actions.draft(directory.get(ESTABLISHMENTS), {"name": "Nama Petugas"}, by=officer, record=record)
    submission = actions.submit(draft, by=officer, acknowledged=True)
    actions.publish(
        directory.get(ESTABLISHMENTS), {"phone": "08125000123"}, by=UserFactory(role=Role.ADMINISTRATOR), record=record
    )

    changed = actions.verify(submission, by=verifier, round=1)
    fresh = actions.verify(submitted(officer, name="Anyaman Rotan"), by=verifier, round=1)

    assert (changed.record_id, changed.record_number, changed.title) == (record.pk, record.number, "Nama Petugas")
    assert (fresh.record_number, fresh.title) == ("IKM-6307-000002", "Anyaman Rotan")
    assert Establishment.objects.get(pk=fresh.record_id).name == "Anyaman Rotan"


def test_what_became_invalid_meanwhile_or_is_in_conflict_is_not_verified(officer, verifier, administrator):
    rival = submitted(officer, name="Lain", nib="1234567890123")
    record = an_establishment(nib="1234567890123")
    draft = actions.draft(directory.get(ESTABLISHMENTS), {"name": "Nama Petugas"}, by=officer, record=record)
    change = actions.submit(draft, by=officer, acknowledged=True)
    actions.publish(directory.get(ESTABLISHMENTS), {"name": "Nama Admin"}, by=administrator, record=record)
    before = [state(rival), state(change)]

    with pytest.raises(ValidationError) as refused:
        actions.verify(rival, by=verifier, round=1)
    with pytest.raises(Conflicts) as conflicts:
        actions.verify(change, by=verifier, round=1)

    assert set(refused.value.message_dict) == {"nib"}
    assert [one.path for one in conflicts.value.conflicts] == ["name"]
    assert [state(rival), state(change)] == before
    kept = actions.verify(change, by=verifier, round=1, choices={"name": "current"})
    assert (kept.title, kept.status) == ("Nama Admin", "verified")


# --- Return -----------------------------------------------------------------------------------------------------------


def test_a_return_may_name_fields_rows_and_fields_of_rows(officer, verifier):
    submission = submitted(officer, products=[{"name": "Kain"}, {"name": "Syal"}])
    key = submission.values["products"][1]["key"]
    reasons = {"nib": " Belum ada. ", f"products.{key}": "Ganda.", f"products.{key}.unit": "Kosong.", "name": " "}

    returned = actions.send_back(submission, by=verifier, round=1, reasons=reasons)

    kept = {"nib": "Belum ada.", f"products.{key}": "Ganda.", f"products.{key}.unit": "Kosong."}
    assert returned.reasons == returned.rounds.get().reasons == kept
    assert Entry.objects.about(submission).first().detail["paths"] == sorted(kept)
    body = Notice.objects.get().body.split("\n")
    assert body[1:] == ["- NIB: Belum ada.", "- Produk 2: Ganda.", "- Produk 2, Satuan: Kosong."]


def test_a_return_needs_a_reason_at_a_field_whatever_its_note(officer, verifier):
    submission = submitted(officer)
    before = state(submission)

    for reasons in ({}, {"name": " "}, {"colour": "\n"}):
        with pytest.raises(ValidationError) as refused:
            actions.send_back(submission, by=verifier, round=1, reasons=reasons, note="Lengkapi.")
        assert codes(refused) == {"reasons": ["required"]}
    assert state(submission) == before


def test_reasons_at_what_the_form_does_not_have_are_named_one_by_one(officer, verifier):
    other = submitted(officer, name="Lain", products=[{"name": "Syal"}]).values["products"][0]["key"]
    submission = submitted(officer, products=[{"name": "Kain"}])
    key = submission.values["products"][0]["key"]
    before = state(submission)
    unknown = [
        "colour", "", ".", "products", "products.", "products.0", f"products.{key}.", f"products.{key}.colour",
        f"products.{key}.unit.x", f"products.{other}", f"products.{other}.unit", f"name.{key}",
        f"colour.{key}", "x" * 99,
    ]  # fmt: skip
    reasons = {"name": "Ada.", f"products.{key}.unit": "Ada.", **dict.fromkeys(unknown, "Salah.")}

    with pytest.raises(ValidationError) as refused:
        actions.send_back(submission, by=verifier, round=1, reasons=reasons)

    assert codes(refused) == {f"reasons.{path[:80]}": ["unknown_path"] for path in unknown}
    assert state(submission) == before


def test_a_reason_that_cannot_be_kept_is_refused_at_its_field(officer, verifier):
    submission = submitted(officer)
    before = state(submission)
    unfit = {"name": f"Milik {NIK}", "nib": "x" * 1001, "phone": "a\0b", "email": "x" * 1000}

    with pytest.raises(ValidationError) as refused:
        actions.send_back(submission, by=verifier, round=1, reasons=unfit)

    assert codes(refused) == {
        "reasons.name": ["personal_number"], "reasons.nib": ["too_long"], "reasons.phone": ["invalid"],
    }  # fmt: skip
    assert state(submission) == before


def test_a_second_round_begins_unanswered_and_leaves_the_first_as_it_was(
    officer, colleague, verifier, second_verifier, time_machine
):
    time_machine.move_to(MORNING, tick=False)
    submission = submitted(officer, nib="1234567890123")
    actions.send_back(submission, by=verifier, round=1, reasons={"nib": "Tidak terbaca."}, note="Segera.")
    (first,) = submission.rounds.values()
    time_machine.move_to(NOON, tick=False)

    again = handed_in_again(submission, {"nib": "1234567890124"}, by=colleague)

    assert (again.number, again.round, again.status) == (submission.number, 2, "submitted")
    assert (again.decided_by, again.decided_at, again.note, again.reasons) == (None, None, "", {})
    kept, second = again.rounds.values()
    assert kept == first
    assert (first["values"]["nib"], second["values"]["nib"]) == ("1234567890123", "1234567890124")
    assert (second["submitted_by_id"], second["submitted_at"]) == (colleague.pk, NOON)
    assert [second[name] for name in ("outcome", "note", "reasons", "decided_by_id", "decided_at")] == [
        "", "", {}, None, None,
    ]  # fmt: skip

    actions.send_back(again, by=second_verifier, round=2, reasons={"name": "Lengkapi."})

    answers = again.rounds.values_list("round", "outcome", "note", "reasons", "decided_by__username")
    assert list(answers) == [
        (1, "returned", "Segera.", {"nib": "Tidak terbaca."}, "verifikator1"),
        (2, "returned", "", {"name": "Lengkapi."}, "verifikator2"),
    ]


# --- Reject -----------------------------------------------------------------------------------------------------------


def test_a_rejection_says_why_and_nothing_more_can_be_done(officer, verifier):
    submission = submitted(officer)
    before = state(submission)
    for note in ("", " \n"):
        with pytest.raises(ValidationError) as refused:
            actions.reject(submission, by=verifier, round=1, note=note)
        assert codes(refused) == {"note": ["required"]}
    assert state(submission) == before

    rejected = actions.reject(submission, by=verifier, round=1, note=" Sudah ada. ")

    assert (rejected.note, rejected.rounds.get().note, rejected.record_id) == ("Sudah ada.", "Sudah ada.", None)
    for verb in (actions.submit, actions.withdraw, actions.claim):
        with pytest.raises(NotNow):
            verb(rejected, by=verifier if verb is actions.claim else officer)
    with pytest.raises(NotNow):
        actions.revise(rejected, {}, by=officer)
    assert not Establishment.objects.exists()


def test_what_was_returned_can_be_rejected_and_its_round_keeps_the_answer_it_got(officer, verifier, second_verifier):
    submission = submitted(officer)
    actions.send_back(submission, by=verifier, round=1, reasons=REASONS, note="Segera.")
    (answered,) = submission.rounds.values()

    rejected = actions.reject(submission, by=second_verifier, round=1, note="Sudah tutup.")

    assert (rejected.status, rejected.note, rejected.reasons) == ("rejected", "Sudah tutup.", {})
    assert rejected.decided_by == second_verifier
    assert list(rejected.rounds.values()) == [answered]
