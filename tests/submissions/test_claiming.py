"""Taking a submission to be reviewed, and giving it back."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from disperin.desk.refusals import NotNow
from disperin.history.models import Entry
from disperin.notices.models import Notice
from disperin.submissions import actions
from tests.submissions.test_deciding import MORNING, NOON, submitted


def test_a_claim_keeps_the_second_verifier_out_for_fifteen_minutes(officer, verifier, second_verifier, time_machine):
    time_machine.move_to(MORNING, tick=False)
    submission = actions.claim(submitted(officer), by=verifier)
    time_machine.move_to(MORNING + datetime.timedelta(minutes=15, seconds=-1), tick=False)
    with pytest.raises(NotNow, match=r"Verifikator Satu.*08\.00"):
        actions.claim(submission, by=second_verifier)

    time_machine.move_to(MORNING + datetime.timedelta(minutes=15), tick=False)

    taken = actions.claim(submission, by=second_verifier)
    assert (taken.claimed_by, taken.claimed_at, taken.status) == (second_verifier, timezone.now(), "submitted")


def test_claiming_again_lasts_longer_and_remembers_since_when(officer, verifier, time_machine):
    time_machine.move_to(MORNING, tick=False)
    submission = actions.claim(submitted(officer), by=verifier)
    time_machine.move_to(MORNING + datetime.timedelta(minutes=10), tick=False)

    again = actions.claim(submission, by=verifier)
    assert (again.claimed_at, again.claimed_until) == (MORNING, MORNING + datetime.timedelta(minutes=25))

    time_machine.move_to(NOON, tick=False)  # over meanwhile: it begins anew
    assert actions.claim(submission, by=verifier).claimed_at == NOON


def test_what_is_given_back_is_free_for_the_second_verifier(officer, verifier, second_verifier):
    submission = actions.claim(submitted(officer), by=verifier)
    with pytest.raises(NotNow):
        actions.release(submission, by=second_verifier)

    free = actions.release(submission, by=verifier)

    assert (free.claimed_by, free.claimed_at, free.claimed_until) == (None, None, None)
    assert (free.status, free.revision) == ("submitted", submission.revision + 1)
    with pytest.raises(NotNow):
        actions.release(submission, by=verifier)
    assert actions.claim(submission, by=second_verifier).claimed_by == second_verifier
    verbs = list(Entry.objects.about(submission).values_list("actor", "verb")[:3])
    assert verbs == [(second_verifier.pk, "claim"), (verifier.pk, "release"), (verifier.pk, "claim")]


def test_opening_another_gives_back_the_one_before(officer, verifier, second_verifier):
    first, second = submitted(officer), submitted(officer)
    actions.claim(first, by=verifier)

    actions.claim(second, by=verifier)

    assert actions.claim(first, by=second_verifier).claimed_by == second_verifier
    assert "release" in Entry.objects.about(first).values_list("verb", flat=True)


def test_what_is_set_aside_comes_first_for_its_verifier_last_for_others_and_keeps_nobody_out(
    officer, verifier, second_verifier
):
    first, second, third = (submitted(officer) for _one in range(3))
    own = submitted(second_verifier)

    done, left = actions.set_aside([second, own], to=second_verifier, by=verifier, note="Tolong.")

    assert ([one.pk for one in done], [(one.pk, reason.forbidden) for one, reason in left]) == (
        [second.pk], [(own.pk, True)],
    )  # fmt: skip
    notice = Notice.objects.get(recipient=second_verifier)
    assert "Tolong." in notice.body
    assert actions.claim_next(by=second_verifier) == second
    assert actions.claim_next(by=second_verifier, after=second) == third
    assert actions.claim(second, by=verifier).claimed_by == verifier
    actions.send_back(second, by=verifier, round=1, reasons={"name": "Lengkapi."})
    second.refresh_from_db()
    notice.refresh_from_db()
    assert (second.meant_for, notice.read_at is not None) == (None, True)
    assert actions.claim_next(by=verifier) == first


def test_the_ticked_rows_are_reviewed_one_after_another_or_handed_on(officer, verifier, second_verifier, signed_in):
    first, second, third = (submitted(officer) for _one in range(3))
    desk, inbox = signed_in(verifier), reverse("submissions:inbox")
    page = desk.get(inbox).content.decode()
    assert f'name="chosen" value="{third.number}"' in page

    taken = desk.post("/usulan/terpilih/", {"chosen": [second.number, third.number], "deed": "take"})
    skipped = desk.post(taken["Location"], {"decision": "skip", "round": "1"})
    handed = desk.post(
        "/usulan/terpilih/", {"chosen": [first.number], "deed": "hand", "to": second_verifier.pk, "hand_note": "Ya."}
    )

    assert taken["Location"] == reverse("submissions:review", args=[second.number])
    assert skipped["Location"] == reverse("submissions:review", args=[third.number])
    assert handed["Location"] == inbox
    for one, whose in ((first, second_verifier), (second, verifier), (third, verifier)):
        one.refresh_from_db()
        assert one.meant_for == whose
    assert third.number in desk.get(f"{inbox}?mine=meant").content.decode()
    for wrong in ({"deed": "take"}, {"deed": "hand", "chosen": [second.number], "to": "0"}):
        assert desk.post("/usulan/terpilih/", wrong).status_code == 409
        wrong["hand_note"] = "Tolong dibaca."
        page = desk.post(f"{inbox}?order=-submitted_at", wrong)
        assert page.status_code == 409
        assert 'class="error-summary"' in page.text
        assert 'value="Tolong dibaca."' in page.text
        assert 'action="/usulan/?order=-submitted_at"' in page.text
        assert page.text.count("checked>") == len(wrong.get("chosen", ()))
    assert signed_in(officer).post("/usulan/terpilih/", {"deed": "next"}).status_code == 403
    handing = {"deed": "hand", "chosen": [second.number], "to": second_verifier.pk}
    for unfit, told in {"Ya. " * 2_000: "karakter", "ya\x01": "ya", "NIK 6307015505800001": "NIK"}.items():
        refused = desk.post("/usulan/terpilih/", {**handing, "hand_note": unfit})
        assert (refused.status_code, told in refused.content.decode()) == (409, True), told
