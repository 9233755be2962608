"""Makers, clusters, and their certificates."""

from pathlib import Path

from django.conf import settings

from disperin.setup import reference
from industries.models import HalalCertification, KbliClass
from industries.rules import GREEN_STAGES_WITH_NUMBER, STAGES_WITH_NUMBER
from tests.factories.publishing import published
from tests.factories.reference import CommodityFactory, KbliClassFactory, place


def establishment_values(*, regency="63.07", **values):
    """The least values that make a valid establishment."""
    KbliClassFactory()
    plain = {"name": "Sasirangan Barabai", "legal_form": "perorangan", "branch": "sandang_kulit", "kbli": "2020-13134"}
    return {**plain, **place(regency), **values}


def cluster_values(*, regency="63.07", **values):
    """The least values that make a valid cluster."""
    chain = place(regency)
    plain = {"name": "Sentra Sasirangan", "commodity": CommodityFactory().pk, "status": "potensi"}
    return {**plain, "regency": regency, "village": chain["village"], **values}


def an_establishment(*, regency="63.07", **values):
    """A verified establishment."""
    return published("establishments", establishment_values(regency=regency, **values))


def a_class_beyond_industry(code="71202"):
    """A class beyond section C, as an administrator types it."""
    key = f"2025-{code}"
    told = {"version": 2025, "code": code, "level": 5, "title_id": "Jasa contoh", "source": "Contoh, hlm. 1"}
    return KbliClass.objects.get_or_create(key=key, defaults=told)[0]


def a_service(*, regency="63.07", **values):
    """A verified industry service: an establishment whose main class lies beyond section C."""
    told = {"name": "Bengkel Perawatan Mesin", "kbli": a_class_beyond_industry().pk}
    return an_establishment(regency=regency, **told | values)


def a_cluster(*, regency="63.07", **values):
    """A verified cluster."""
    return published("clusters", cluster_values(regency=regency, **values))


def halal_values(*, regency="63.07", establishment=None, covered=None, **values):
    """The least values that make a valid, issued certificate: of one product of one establishment."""
    if establishment is None:
        name = {"name": values.pop("name")} if "name" in values else {}
        establishment = an_establishment(regency=regency, products=[{"name": "Kain sasirangan"}], **name)
    products = [str(one.key) for one in establishment.products.filter(closed_on=None)]
    plain = {
        "establishment": establishment.number,
        "scheme": "self_declare",
        "stage": "terbit_sh",
        "stage_on": "2025-03-10",
    }
    if values.get("stage", "terbit_sh") in STAGES_WITH_NUMBER:
        number = HalalCertification.objects.count() + 63_000_000_000_000_001
        plain |= {"certificate_number": f"ID{number:017}", "issued_on": "2025-03-10"}
    if values.get("stage") == "dicabut":
        plain |= {"revoked_on": "2026-01-05", "revoked_reason": "Bahan tidak sesuai"}
    return {**plain, "covered": [{"product": key, **row} for key, row in _rows(products, covered)], **values}


def _rows(products, covered):
    """The products that are to be covered: all of them, or the first for each row that is given."""
    rows = [{} for _one in products] if covered is None else covered
    return zip(products, rows, strict=False)


def a_halal_certificate(*, regency="63.07", **values):
    """A verified halal certification."""
    return published("halal", halal_values(regency=regency, **values))


def green_values(*, regency="63.07", establishment=None, **values):
    """The least values that make a valid, issued green-industry certificate."""
    if establishment is None:
        name = {"name": values.pop("name")} if "name" in values else {}
        establishment = an_establishment(regency=regency, **name)
    plain = {
        "establishment": establishment.number,
        "standard_number": "SIH 13134.1:2022",
        "stage": "terbit",
        "stage_on": "2025-03-10",
    }
    if values.get("stage", "terbit") in GREEN_STAGES_WITH_NUMBER:
        plain |= {"certificate_number": "LSIH CONTOH/001", "issued_on": "2025-03-10", "valid_until": "2029-03-09"}
    if values.get("stage") == "dicabut":
        plain |= {"revoked_on": "2026-01-05", "revoked_reason": "Tidak lagi memenuhi standar"}
    return {**plain, **values}


def a_green_certificate(*, regency="63.07", **values):
    """A verified green-industry certification."""
    return published("green", green_values(regency=regency, **values))


FOOD = {"name": "Dodol", "halal_category": "makanan"}


def a_food_maker(name="Dapur Ulin", regency="63.07", products=(FOOD,), **values):
    """A verified micro business whose product falls under the halal duty."""
    values = {"annual_sales": 100_000_000, **values}
    return an_establishment(name=name, regency=regency, products=list(products), **values)


def halal_duties():
    """The duties of PP 42/2024, as they are shipped."""
    return reference.load_halal_duties(Path(settings.REFERENCE_DATA))
