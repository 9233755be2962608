"""The list and the question of rights by region give the same answer, for every kind of user."""

import pytest
from django.contrib.auth.models import AnonymousUser

from disperin.regions.reach import reaches
from industries.models import Establishment
from tests.factories import an_establishment

CAST = ["visitor", "officer", "officer_there", "verifier", "head", "administrator"]
SEES = {
    "visitor": set(),
    "officer": {"63.07"},
    "officer_there": {"63.06"},
    "verifier": {"63.06", "63.07"},
    "head": {"63.06", "63.07"},
    "administrator": {"63.06", "63.07"},
}


@pytest.mark.parametrize("who", CAST)
def test_the_list_and_the_question_agree(who, request, db):
    records = [an_establishment(regency="63.07"), an_establishment(regency="63.06", name="Anyaman")]
    user = AnonymousUser() if who == "visitor" else request.getfixturevalue(who)

    listed = set(Establishment.objects.within_reach(user).values_list("regency", flat=True))
    asked = {record.regency_id for record in records if reaches(user, record)}

    assert listed == asked == SEES[who]
