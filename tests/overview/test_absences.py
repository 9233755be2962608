"""Somebody is away: who stands in is offered what waits in their place, with the rights that they have themselves."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from disperin.accounts import actions as accounts
from disperin.accounts.models import Absence, Role, represented_by, stand_ins_for
from disperin.inquiries import actions as inquiries
from disperin.inquiries.models import Kind
from disperin.submissions import actions
from tests.factories import RegencyFactory, UserFactory, an_establishment
from tests.submissions.test_deciding import submitted

pytestmark = pytest.mark.thorough

PAGE = "/ringkasan/cuti/"


def away(user, stand_in, *, first=0, last=4):
    today = timezone.localdate()
    days = {"first_day": today + datetime.timedelta(first), "last_day": today + datetime.timedelta(last)}
    return accounts.be_away(user, stand_in=stand_in, by=user, **days)


def test_who_stands_in_is_offered_what_waits_in_their_place(officer, colleague, verifier, signed_in):
    inquiry = inquiries.receive(kind=Kind.REPORT, record=an_establishment(name="Ulin"), message="Nama keliru.")
    inquiries.take(inquiry, by=officer)
    returned = submitted(officer)
    actions.send_back(returned, by=verifier, round=1, reasons={"name": "Lengkapi."})
    today = timezone.localdate()
    given = {"first_day": today.isoformat(), "last_day": today.isoformat(), "stand_in": colleague.pk}

    assert signed_in(officer).post(PAGE, given).status_code == 302

    desk = signed_in(colleague)
    page = desk.get(PAGE).content.decode()
    assert inquiry.number in page
    assert returned.number in page
    assert PAGE in desk.get("/ringkasan/").content.decode()
    notices = f"/pemberitahuan/?mewakili={officer.pk}"
    assert "Dikembalikan" in desk.get(notices).content.decode()
    assert officer.notices.unread().exists()
    own = signed_in(officer)
    own.post(PAGE, {"end": Absence.objects.get().pk})
    assert inquiry.number not in desk.get(PAGE).content.decode()
    assert desk.get(notices).status_code == 404


def test_a_leave_without_an_end_in_sight_is_asked_about(officer, colleague, settings):
    settings.LONGEST_LEAVE_DAYS = 92
    with pytest.raises(ValidationError) as refused:
        away(officer, colleague, last=92)

    assert refused.value.error_dict["last_day"][0].code == "long"
    assert "92 hari" in refused.value.messages[0]
    assert away(officer, colleague, last=91)


def test_what_is_meant_for_the_absent_one_comes_first_for_who_stands_in(officer, verifier, second_verifier):
    submitted(officer)
    meant = submitted(officer)
    actions.set_aside([meant], to=verifier, by=second_verifier)
    away(verifier, second_verifier)

    assert actions.claim_next(by=second_verifier) == meant


def test_standing_in_gives_no_right_and_opens_no_other_regency(
    officer, colleague, officer_there, verifier, second_verifier, head, administrator
):
    assert stand_ins_for(officer)[0] == colleague
    assert {*stand_ins_for(officer)} == {colleague, administrator, verifier, second_verifier}
    assert stand_ins_for(verifier) == [second_verifier]
    assert stand_ins_for(administrator) == []
    for wrong in (officer_there, head, officer):
        with pytest.raises(ValidationError, match="tidak dapat"):
            away(officer, wrong)
    away(officer, colleague)
    colleague.regency = RegencyFactory(code="63.06")
    colleague.save()

    assert represented_by(colleague, timezone.localdate()) == []


def test_days_are_in_order_said_once_and_by_oneself(officer, colleague):
    other = UserFactory(role=Role.OFFICER)
    for first, last in ((3, 2), (-4, -1)):
        with pytest.raises(ValidationError):
            away(officer, colleague, first=first, last=last)
    away(officer, colleague)
    with pytest.raises(ValidationError):
        away(officer, other, first=4, last=9)
    with pytest.raises(PermissionDenied):
        accounts.call_off(Absence.objects.get(), by=colleague)
    later = away(officer, other, first=5, last=9)
    assert represented_by(other, timezone.localdate()) == []
    assert represented_by(other, later.last_day) == [later]
