"""The zones with their sourced figures: published once, by an administrator, and nothing invented."""

import json

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from disperin.submissions.models import Submission
from tests.factories import an_administrator
from zones.models import Zone

SLUGS = [
    "kawasan-industri-batulicin",
    "kawasan-industri-jorong",
    "kawasan-industri-mantuil",
    "kawasan-peruntukan-industri-seradang",
]


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(reference, once):
    """The four zones."""
    once(lambda: call_command("load_zones", "--by", an_administrator().username))


def test_the_four_zones_stand_with_every_figure_of_their_sources(loaded):
    areas = {zone.slug: sorted(int(one.hectares) for one in zone.areas.all()) for zone in Zone.objects.order_by("slug")}

    assert list(areas) == SLUGS
    assert areas == dict(zip(SLUGS, [[500, 2000, 2650, 3432], [50, 958, 6370], [400, 3900], [1000, 3363]], strict=True))
    assert Submission.objects.filter(register="zones", direct=True).count() == 4


def test_nothing_is_shown_that_no_source_says(loaded):
    for zone in Zone.objects.all():
        assert zone.outline is None
        assert (zone.latitude, zone.longitude) == (None, None)
        assert not zone.plots.exists()
        assert not zone.tenants.exists()
        assert zone.map_point == "district"
        assert all(one.source for part in (zone.areas, zone.utilities, zone.documents) for one in part.all())


def test_a_second_run_changes_nothing_even_after_the_office_did(loaded, capsys):
    zone = Zone.objects.get(slug=SLUGS[1])
    Zone.objects.filter(pk=zone.pk).update(manager="PT Lain")

    call_command("load_zones", "--by", an_administrator().username)

    assert "nothing was changed" in capsys.readouterr().out
    assert Zone.objects.count() == 4
    assert Zone.objects.get(pk=zone.pk).manager == "PT Lain"


def test_mantui_is_found_whichever_way_it_is_spelled(loaded, client):
    for text in ("mantui", "Mantuil", "KITM", "banjarmasin selatan"):
        assert SLUGS[2] in client.get("/kawasan/", {"q": text}).content.decode()


def test_it_says_who_may_load_and_what_must_be_there_first(officer):
    with pytest.raises(CommandError, match="is no administrator"):
        call_command("load_zones", "--by", officer.username)
    with pytest.raises(CommandError, match="is no administrator"):
        call_command("load_zones", "--by", "nobody")


def test_the_file_holds_only_what_the_form_knows():
    rows = json.loads((settings.REFERENCE_DATA / "zones.json").read_text())

    assert [len(row["areas"]) for row in rows] == [3, 4, 2, 2]
