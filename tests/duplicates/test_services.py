"""A maker and an industry service that are one: what only makers have comes to no service."""

import pytest

from disperin.desk.refusals import NotNow
from disperin.duplicates import actions as duplicates
from disperin.registers.record import directory
from industries.models import GreenCertification
from tests.factories import a_green_certificate, a_partnership, a_service, an_establishment, an_inspection
from zones.models import Partnership

pytestmark = pytest.mark.django_db


def merged(keep, drop, by, **choices):
    return duplicates.merge(directory.get("establishments"), keep, drop, by=by, **choices)


@pytest.mark.parametrize("made", [a_green_certificate, lambda establishment: a_partnership(supplier=establishment)])
def test_a_maker_is_not_merged_into_a_service_with_what_only_makers_have(made, verifier):
    service, maker = a_service(), an_establishment(name="Bengkel Perawatan")
    carried = made(establishment=maker)

    with pytest.raises(NotNow) as refused:
        merged(service, maker, verifier)

    assert all(number in str(refused.value) for number in (service.number, maker.number, carried.number))
    maker.refresh_from_db()
    assert maker.closed_on is None


def test_the_class_of_the_maker_may_be_taken_over_and_then_its_certificates_come_along(verifier):
    service, maker = a_service(), an_establishment(name="Bengkel Perawatan")
    certificate = a_green_certificate(establishment=maker)

    made = merged(service, maker, verifier, choices=["kbli"])
    held = GreenCertification.objects.get(pk=certificate.pk).establishment

    assert (held, held.stands_apart) == (service, False)
    duplicates.unmerge(made, by=verifier)
    held = GreenCertification.objects.get(pk=certificate.pk).establishment
    assert (held, held.stands_apart) == (maker, False)


def test_a_service_is_merged_into_a_maker_with_all_that_it_has(verifier):
    maker, service = an_establishment(name="Pembuat Mesin"), a_service()
    inspection = an_inspection(establishment=service)

    merged(maker, service, verifier)

    inspection.refresh_from_db()
    assert inspection.establishment == maker


def test_a_maker_of_whom_nothing_is_kept_that_only_makers_have_may_become_one_with_a_service(verifier):
    service, maker = a_service(), an_establishment(name="Bengkel Perawatan")
    inspection = an_inspection(establishment=maker)

    merged(service, maker, verifier)

    inspection.refresh_from_db()
    assert inspection.establishment == service
    assert not Partnership.objects.exists()
