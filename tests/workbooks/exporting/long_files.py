"""What the tests of long files share: asking for one, and what becomes of it."""

import itertools

from django.test import Client

from disperin.registers.record import directory
from disperin.submissions import actions as submissions
from disperin.workbooks.models import Export
from tests.factories import an_administrator
from tests.workbooks.exporting.test_exports import MAKERS

API = "/api/v1/registers/establishments/export"
_numbers = itertools.count(1)


def asked(path=f"{MAKERS}.csv", **headers):
    """What somebody gets from an address that nobody else asks from."""
    return Client(REMOTE_ADDR=f"10.0.{next(_numbers)}.1").get(path, **headers)


def export_of(answer):
    """The Export to whose page an answer leads."""
    assert answer.status_code == 302, answer.status_code
    return Export.objects.get(pk=answer["Location"].split("/unduh/")[1].split("/")[0])


def asked_file(answer, **headers):
    return Client().get(export_of(answer).file_url, headers=headers)


def status_of(path, client=None):
    answer = (client or Client(REMOTE_ADDR=f"10.1.{next(_numbers)}.1")).get(path)
    b"".join(answer)
    return answer.status_code


def changed(record, kind=None, **values):
    """The same record with these values, through the door."""
    register = directory.get("establishments")
    return submissions.publish(register, values, by=an_administrator(), record=record, kind=kind)
