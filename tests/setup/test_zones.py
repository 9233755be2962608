"""The zones with their sourced figures: loaded once, marked as unchecked, and nothing invented."""

import json
import re

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from disperin.regions.models import District
from disperin.registers.models import Origin
from disperin.submissions.models import Submission
from tests.factories import an_administrator
from zones.models import Zone
from zones.views.figures import open_rows
from zones.views.profile import profile_of

DAY_AND_ADDRESS = r"[^,;]*20\d\d: https://\S+"
SLUGS = [
    "kawasan-ekonomi-khusus-setangga",
    "kawasan-industri-batulicin",
    "kawasan-industri-jorong",
    "kawasan-industri-mantuil",
    "kawasan-peruntukan-industri-seradang",
]


pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture(scope="module")
def loaded(reference, once):
    """The zones of the file."""
    once(lambda: call_command("load_zones", "--by", an_administrator().username))


def test_the_zones_stand_with_every_figure_of_their_sources(loaded):
    areas = {zone.slug: sorted(int(one.hectares) for one in zone.areas.all()) for zone in Zone.objects.order_by("slug")}

    assert list(areas) == SLUGS
    assert areas == dict(
        zip(SLUGS, [[668], [500, 2000, 2650, 3432], [50, 958, 6370], [400, 3900], [1000, 3363]], strict=True)
    )
    assert Submission.objects.filter(register="zones", direct=True).count() == 5


def test_nothing_is_shown_that_no_source_says(loaded):
    for zone in Zone.objects.all():
        assert zone.outline is None
        assert (zone.latitude, zone.longitude) == (None, None)
        assert not zone.plots.exists()
        assert not zone.tenants.exists()
        assert zone.map_point == "district"
        assert all(one.source for part in (zone.areas, zone.utilities, zone.documents) for one in part.all())


def test_a_second_run_changes_nothing_even_after_the_office_did(loaded, capsys):
    zone = Zone.objects.get(slug=SLUGS[2])
    Zone.objects.filter(pk=zone.pk).update(manager="PT Lain")

    call_command("load_zones", "--by", an_administrator().username)

    assert "nothing was changed" in capsys.readouterr().out
    assert Zone.objects.count() == 5
    assert Zone.objects.get(pk=zone.pk).manager == "PT Lain"


def test_mantui_is_found_whichever_way_it_is_spelled(loaded, client):
    for text in ("mantui", "Mantuil", "KITM", "banjarmasin selatan"):
        assert SLUGS[3] in client.get("/kawasan/", {"q": text}).content.decode()


def test_it_says_who_may_load_and_what_must_be_there_first(officer):
    with pytest.raises(CommandError, match="is no administrator"):
        call_command("load_zones", "--by", officer.username)
    with pytest.raises(CommandError, match="is no administrator"):
        call_command("load_zones", "--by", "nobody")


def test_the_file_holds_only_what_the_form_knows():
    rows = json.loads((settings.PROVINCE.folder / "zones.json").read_text())

    assert [len(row["areas"]) for row in rows] == [3, 4, 2, 2, 1]


def test_each_figure_has_one_source_with_its_address_or_says_that_none_is_known(loaded):
    for zone in Zone.objects.all():
        sources = [zone.stage_source, *(one.source for part in (zone.areas, zone.utilities) for one in part.all())]
        for source in sources:
            assert re.fullmatch(rf"[^,;]+, {DAY_AND_ADDRESS}", source) or "sumber tunggal" in source, source
        others = [zone.manager_source, *(one.source for one in zone.documents.all())]
        assert all(re.search(rf", {DAY_AND_ADDRESS}$", one) or "sumber tunggal" in one for one in others), others
    mantuil = Zone.objects.get(slug=SLUGS[3])
    assert "rancangan RPJPD Kota Banjarmasin" in mantuil.project_basis


def test_of_the_special_economic_zone_it_is_told_what_was_read_and_who_runs_it_was_not_found(loaded, client):
    zone = Zone.objects.get(slug=SLUGS[0])
    area = zone.areas.get()

    assert (zone.kind, zone.stage, str(zone.stage_on)) == ("kek", "ditetapkan", "2024-06-13")
    assert list(District.objects.filter(pk__in=zone.districts).values_list("name", flat=True)) == ["Simpang Empat"]
    assert (str(area.hectares), area.note) == ("668.30", "Luas menurut PP 26/2024.")
    assert (zone.manager, "PT Dua Samudera Perkasa" in zone.manager_source) == ("", True)
    assert "tidak ditemukan" in zone.manager_source
    page = client.get(f"/kawasan/{zone.slug}/").content.decode()
    assert "13 Juni 2027" in page
    assert "siapa pembangun dan pengelolanya tidak ditemukan" in page
    assert "dikelola oleh" not in page


def test_what_was_loaded_from_open_sources_says_so_and_nowhere_that_it_was_verified(loaded, client):
    zone = Zone.objects.prefetch_related(*open_rows("areas", "utilities", "tenants", "documents")).get(slug=SLUGS[2])

    page = client.get(f"/kawasan/{zone.slug}/").content.decode()

    assert Origin.OPEN_SOURCES.on(zone.verified_at) in page
    assert Origin.VERIFIED.on(zone.verified_at) not in page
    assert 'rel="nofollow noopener external">bakabar.com</a>' in page
    assert client.get(f"/api/v1/zones/{zone.number}/").json()["origin"] == "open_sources"
    file = b"".join(client.get("/unduh/zones.csv").streaming_content).decode()
    assert file.count("Dimuat dari sumber terbuka, belum diperiksa dinas") == 5
    told = profile_of(zone)
    assert "sumber terbuka" in told.footer
    assert "https://" not in str((told.first, told.second))
