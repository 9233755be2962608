"""Stars and nominations."""

from pathlib import Path

from django.conf import settings

from disperin.setup import reference
from tests.factories.industries import an_establishment
from tests.factories.publishing import published


def ovop_reference():
    """The schemes, groups and rounds of the stars, as they are shipped."""
    return reference.load_stars(Path(settings.REFERENCE_DATA))


def award_values(*, regency="63.07", establishment=None, name="Kain sasirangan", **values):
    """The least values that make a valid award: two of three stars of 2024, for the first product of one maker."""
    ovop_reference()
    if establishment is None:
        establishment = an_establishment(regency=regency, products=[{"name": name}])
    plain = {
        "establishment": establishment.number,
        "product": str(establishment.products.filter(closed_on=None).first().key),
        "group": "batik",
        "round": "2024",
        "stars": 2,
        "decree_number": "SK CONTOH/1/2024",
        "decree_on": "2024-11-20",
    }
    if "state_reason" in values:
        plain |= {"state": "dinilai_ulang", "state_on": "2026-02-01"}
    return {**plain, **values}


def an_award(*, regency="63.07", **values):
    """A verified award."""
    return published("awards", award_values(regency=regency, **values))


def nomination_values(*, regency="63.07", establishment=None, name="Kain sasirangan", **values):
    """The least values that make a valid nomination: for the first product of one maker, in the round of 2024."""
    ovop_reference()
    if establishment is None:
        establishment = an_establishment(regency=regency, products=[{"name": name}])
    plain = {
        "establishment": establishment.number,
        "product": str(establishment.products.filter(closed_on=None).first().key),
        "group": "batik",
        "round": "2024",
    }
    return {**plain, **values}


def a_nomination(*, regency="63.07", **values):
    """A verified nomination."""
    return published("nominations", nomination_values(regency=regency, **values))
