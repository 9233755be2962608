"""The expiry radar: permits, SIH, certificates, documents, tokens and stale figures of zones, each with its day."""

import datetime

import pytest

from disperin.accounts.models import ApiKey
from disperin.desk import agenda
from disperin.desk.agenda import Group
from industries.models import Document, GreenCertification, HalalCertification
from ovop.models import Award
from zones.models import Utility, Zone, ZoneArea, ZoneDocument

RADAR = "/tenggat/?group=expiry"
A_DAY = datetime.timedelta(days=1)
SIX = {
    "permits of makers": {"document"},
    "SIH": {"green"},
    "certificates": {"halal", "award"},
    "documents of zones": {"zone-document"},
    "tokens": {"token"},
    "stale figures of zones": {"zone-area", "zone-utility", "zone-plots", "zone-tenants", "zone-outline"},
}


@pytest.fixture
def radar(signed_in):
    """`radar(officer)`: `{kind: its rows}` of what ends, or becomes old."""

    def of(user, query=""):
        rows = signed_in(user).get(f"{RADAR}{query}").context["rows"]
        return {kind: [row for row in rows if row.kind.key == kind] for kind in {row.kind.key for row in rows}}

    return of


def test_each_of_the_six_is_on_the_radar_with_its_day_before_and_after_it_and_leads_to_it(
    officer, one_of_each, radar, signed_in, today
):
    one_of_each(by=officer, late=3)
    one_of_each(by=officer, late=-20)

    found = radar(officer)

    assert (
        set().union(*SIX.values()) == found.keys() == {one.key for one in agenda.dated() if one.group == Group.EXPIRY}
    )
    days = {kind: sorted(row.day for row in rows) for kind, rows in found.items()}
    expected = dict.fromkeys(days, [today - 3 * A_DAY, today + 20 * A_DAY])
    assert {kind: some for kind, some in days.items() if some != expected[kind]} == {}
    client, page = signed_in(officer), signed_in(officer).get(RADAR).text
    for rows in found.values():
        assert client.get(rows[0].url).status_code == 200, rows[0].kind.key
        assert str(rows[0].kind.of_one) in page
    assert (page.count("lewat 3 hari"), page.count("20 hari lagi")) == (11, 11)


def test_what_is_renewed_leaves_its_old_day(officer, one_of_each, radar, today):
    one_of_each(by=officer, late=3)
    years = 1_000 * A_DAY
    renewed = {
        (Document, "valid_until"): today + years, (GreenCertification, "valid_until"): today + years,
        (HalalCertification, "valid_until"): today + years, (Award, "valid_until"): today + years,
        (ZoneDocument, "valid_until"): today + years, (ZoneArea, "source_date"): today, (Utility, "as_of"): today,
        (Zone, "plots_as_of"): today, (Zone, "tenants_as_of"): today, (Zone, "outline_as_of"): today,
    }  # fmt: skip
    assert len(radar(officer, "&state=overdue")) == 11

    for (model, name), day in renewed.items():
        model.objects.update(**{name: day})
    ApiKey.objects.all().delete()

    assert radar(officer, "&state=overdue") == {}
    (utility,) = radar(officer)["zone-utility"]
    assert (utility.day - today).days in (365, 366)
