"""`?as_of=<day>`: the registers as they stood at the end of a past day, alike on pages, in files and over the API."""

import datetime

import pgtrigger
import pytest
from django.utils import timezone

from disperin.registers.record import past_rows
from tests.registers.each_register import REGISTERS, address, every_register, make, name_of, reader_of

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def put_back(days):
    """Let everything that has been done so far be so many days older, as far as versions know."""
    for table in past_rows.tables().values():
        events = table.model.pgh_event_models["update"]
        with pgtrigger.ignore(f"{events._meta.label}:append_only"):
            from django.db.models import F

            events.objects.update(pgh_created_at=F("pgh_created_at") - datetime.timedelta(days=days))


@pytest.fixture(scope="module", autouse=True)
def published(once):
    """A verified record of each register of ten days ago, by slug."""

    def all_of_them():
        found = {register.slug: make(register) for register in REGISTERS}
        put_back(10)
        return found

    return once(all_of_them)


@every_register
def test_smoke(register, published):
    record = published[register.slug]
    client = reader_of(register)
    for back in (0, 3, 10):
        day = TODAY - datetime.timedelta(days=back)
        for path in (address(register, "list"), address(register, "detail", name_of(record))):
            answer = client.get(path, {"as_of": day})
            assert answer.status_code == 200, (path, day)
            assert record.name in answer.content.decode()
    answer = client.get(address(register, "list"), {"as_of": TODAY - datetime.timedelta(days=11)})
    assert answer.status_code == 400
