"""What the ministry decided about a nomination, the award that comes of it, and the pages of the steps."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disperin.desk.refusals import NotNow, Refused
from disperin.submissions import actions as submissions
from disperin.submissions.models import Submission
from ovop import actions
from ovop.models import Award, Nomination
from tests.factories import a_nomination, an_establishment

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
AWARDED = {"result": "ditetapkan", "stars": 2, "decree_number": "SK 7/2026", "decree_on": datetime.date(2026, 1, 20)}


def test_the_result_leads_to_the_award_through_its_own_door(determined, verifier, officer):
    actions.enter_result(determined, by=verifier, **AWARDED)

    draft = actions.propose_award(determined, by=officer)

    assert (draft.register, draft.status, Award.objects.count()) == ("awards", "draft", 0)
    assert (draft.values["stars"], draft.values["decree_number"]) == (2, "SK 7/2026")
    submissions.submit(draft, by=officer, acknowledged=True)
    submissions.verify(draft, by=verifier, round=1)
    assert Award.objects.get() == determined.award()
    with pytest.raises(NotNow):
        actions.propose_award(determined, by=officer)


def test_without_a_result_no_award_is_proposed(determined, officer):
    with pytest.raises(NotNow):
        actions.propose_award(determined, by=officer)

    assert not Submission.objects.filter(register="awards").exists()


def test_an_officer_of_another_regency_proposes_no_award(determined, verifier, officer_there):
    actions.enter_result(determined, by=verifier, **AWARDED)

    with pytest.raises(Refused):
        actions.propose_award(determined, by=officer_there)


def test_a_result_is_entered_once(determined, verifier):
    actions.enter_result(determined, by=verifier, result="tidak_lulus")

    with pytest.raises(NotNow):
        actions.enter_result(determined, by=verifier, **AWARDED)


def test_the_database_keeps_results_to_the_determination():
    nomination = a_nomination()

    with pytest.raises(IntegrityError), transaction.atomic():
        Nomination.objects.filter(pk=nomination.pk).update(result="tidak_lulus")
    with pytest.raises(IntegrityError), transaction.atomic():
        Nomination.objects.filter(pk=nomination.pk).update(stage="penetapan", result="ditetapkan")


def test_a_result_that_makes_no_sense_is_told_at_its_field(determined, verifier, signed_in, trying):
    client = signed_in(verifier)

    for posted, field in [
        ({"result": "ditetapkan"}, "stars"),
        ({"result": "x"}, "result"),
        ({**AWARDED, "stars": "4"}, "stars"),
        ({**AWARDED, "stars": "dua"}, "stars"),
        ({**AWARDED, "decree_on": "2026-02-30"}, "decree_on"),
        ({**AWARDED, "decree_on": "2019-02-03"}, "decree_on"),
        ({**AWARDED, "decree_number": "A\x00"}, "decree_number"),
        ({**AWARDED, "decree_number": "a" * 121}, "decree_number"),
    ]:
        with trying(posted, field):
            answer = client.post(reverse("ovop:nomination-result", args=[determined.number]), posted)

            assert answer.status_code == 400
            assert field in answer.context["form"].errors


def test_the_page_offers_only_the_steps_that_are_open(selected, verifier, officer, signed_in):
    path = reverse("ovop:nomination-detail", args=[selected.number])

    assert "/nilai/" in signed_in(verifier).get(path).content.decode()
    assert "/nilai/" not in signed_in(officer).get(path).content.decode()


def test_a_step_that_is_none_is_not_found(selected, verifier, signed_in, trying):
    client = signed_in(verifier)

    for step in ["", "x", "assess", "result", "\x00"]:
        with trying(step):
            answer = client.post(reverse("ovop:nomination-step", args=[selected.number]), {"step": step})

            assert answer.status_code == 404


def test_a_step_at_the_wrong_time_is_a_conflict(selected, verifier, signed_in):
    path = reverse("ovop:nomination-step", args=[selected.number])

    assert signed_in(verifier).post(path, {"step": "select"}).status_code == 409
    assert signed_in(verifier).post(path, {"step": "explain", "note": "x"}).status_code == 409


def test_points_typed_wrongly_are_shown_again(selected, verifier, signed_in):
    path = reverse("ovop:nomination-assess", args=[selected.number])

    answer = signed_in(verifier).post(path, {"points-mutu": "11", "points-pasar": "4", "comment": "Baik"})

    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {"points-mutu"}
    assert 'value="4"' in answer.content.decode()


def test_the_page_costs_as_many_queries_with_three_papers_as_with_one(officer, signed_in):
    def asked(papers):
        maker = an_establishment(products=[{"name": "Kain"}])
        items = ["nib", "sk_sentra", "halal"][:papers]
        nomination = a_nomination(establishment=maker, papers=[{"item": item, "number": "1"} for item in items])
        with CaptureQueriesContext(connection) as queries:
            signed_in(officer).get(reverse("ovop:nomination-detail", args=[nomination.number]))
        return len(queries)

    asked(1)
    assert asked(1) == asked(3)
