"""Industrial zones, and what belongs to one; partnerships."""

from tests.factories.industries import an_establishment
from tests.factories.publishing import published
from tests.factories.reference import CommodityFactory, place
from zones.models import Zone


def zone_values(*, regency="63.07", **values):
    """The least values that make a valid zone."""
    chain = place(regency)
    plain = {"name": "Kawasan Sasirangan", "kind": "ki", "stage": "usulan", "districts": [chain["district"]]}
    return {**plain, "regency": regency, **values}


def a_zone(*, regency="63.07", **values):
    """A verified industrial zone."""
    return published("zones", zone_values(regency=regency, **values))


def a_project(*, regency="63.07", **values):
    """A verified national strategic project that is no zone."""
    plain = {"name": "Bendungan Melati", "kind": "proyek", "stage": "konstruksi", "project_basis": "Perpres 1/2016"}
    return a_zone(regency=regency, **plain | values)


def _zone_of(regency):
    return Zone.objects.current().filter(regency=regency).first() or a_zone(regency=regency)


def milestone_values(*, regency="63.07", zone=None, **values):
    """The least values that make a valid milestone: planned for 2027, nothing done yet."""
    plain = {"name": "Jalan sasirangan", "weight": 25, "planned_start": "2027-01-01", "planned_finish": "2027-06-30"}
    return {**plain, "zone": (zone or _zone_of(regency)).number, **values}


def a_milestone(*, regency="63.07", **values):
    """A verified milestone."""
    return published("milestones", milestone_values(regency=regency, **values))


def issue_values(*, regency="63.07", zone=None, name="", **values):
    """The least values that make a valid issue; it is called by its zone."""
    zone = a_zone(regency=regency, name=name) if name else zone
    plain = {
        "kind": "tanah_tata_ruang",
        "description": "Batas lahan belum jelas",
        "agency": "Kantor Pertanahan",
        "opened_on": "2026-03-02",
        "light": "kuning",
        "state": "terbuka",
    }
    return {**plain, "zone": (zone or _zone_of(regency)).number, **values}


def an_issue(*, regency="63.07", **values):
    """A verified issue."""
    return published("issues", issue_values(regency=regency, **values))


def partnership_values(*, regency="63.07", supplier=None, buyer=None, name="Sasirangan Barabai", **values):
    """The least values that make a valid partnership: one maker supplies another; it is called by its supplier."""
    supplier = supplier or an_establishment(regency=regency, name=name)
    if "buyer_tenant" not in values:
        buyer = buyer or an_establishment(name="Butik Kain", regency="63.72")
        values["buyer"] = buyer.number
    return {"supplier": supplier.number, "commodity": CommodityFactory().pk, "since": "2025-03-10", **values}


def a_partnership(*, regency="63.07", **values):
    """A verified partnership."""
    return published("partnerships", partnership_values(regency=regency, **values))
