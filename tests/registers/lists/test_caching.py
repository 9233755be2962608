"""What is kept for one visitor is never what another one asked for."""

import pytest
from django.test import Client
from django.urls import get_script_prefix, set_script_prefix

from disperin.registers.lists.caching import kept, reading
from tests.factories import a_cluster, an_establishment


@pytest.mark.django_db
def test_a_page_asked_for_under_a_foreign_prefix_is_not_kept_as_the_page_of_that_address():
    an_establishment(name="Tenun Haruyan")
    a_cluster(name="Sentra Haruyan")

    for place, own in (("/industri", "Tenun Haruyan"), ("/sentra", "Sentra Haruyan")):
        for query in ("", "?q=Haruyan"):
            Client().get(f"/{query}", SCRIPT_NAME=place)
            assert own in Client().get(f"{place}/{query}").content.decode()


@pytest.mark.django_db
def test_links_of_a_kept_page_lead_where_the_portal_stands():
    below = Client().get("/industri/", SCRIPT_NAME="/portal").content.decode()
    above = Client().get("/industri/").content.decode()

    assert 'href="http://testserver/portal/industri/"' in below
    assert "/portal/" not in above


def test_parts_of_answers_are_kept_for_one_place_too():
    told = []
    for place in ("/portal/", "/"):
        set_script_prefix(place)
        with reading({"establishments": 1}):
            told.append(kept(["where"], get_script_prefix))

    assert told == ["/portal/", "/"]
