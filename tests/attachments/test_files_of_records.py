"""Who opens a private file that a record names: whoever reads the record inside, wherever the file was sent."""

import pytest
from django.test import Client
from django.urls import reverse

from disperin.attachments.actions import upload
from disperin.registers.record import directory
from disperin.setup.sample import pictures
from disperin.submissions import actions
from tests.factories import a_commitment, a_forum, an_administrator, an_establishment, an_inspection, place

pytestmark = pytest.mark.django_db


def sent(by):
    """A private file of this officer's regency."""
    return upload(pictures.paper(), kind="document", regency=by.regency, by=by)


def status_of(client, address):
    """What somebody is answered; a file is read to its end."""
    answer = client.get(address)
    answer.getvalue()
    for close in answer._resource_closers:  # closing the answer itself would end the test's own connection
        close()
    return answer.status_code


@pytest.fixture
def opened(signed_in, officer, officer_there, verifier):
    """Who gets a file, by name; each of the others is answered as for a file that is not there."""

    def by(file):
        address = reverse("attachments:file", args=[file.pk])
        readers = {"here": signed_in(officer), "there": signed_in(officer_there), "province": signed_in(verifier)}
        told = {name: status_of(client, address) for name, client in ({"nobody": Client()} | readers).items()}
        assert {*told.values()} <= {200, 404}
        return {name for name, status in told.items() if status == 200}

    return by


def test_the_minutes_of_a_forum_open_for_each_office_once_they_are_verified(opened, officer):
    minutes = sent(officer)
    assert opened(minutes) == {"here", "province"}

    a_forum(minutes=str(minutes.pk))

    assert opened(minutes) == {"here", "there", "province"}


def test_what_lies_in_one_regency_opens_for_no_other(opened, officer):
    evidence = sent(officer)
    a_commitment(evidence=str(evidence.pk), state="dipenuhi", report="Sudah.", settled_on="2026-02-20")
    assert opened(evidence) == {"here", "province"}


def test_files_of_a_maker_that_moved_open_where_it_lies_now(opened, officer, officer_there):
    scan, minutes = sent(officer), sent(officer)
    maker = an_establishment(documents=[{"kind": "nib", "number": "1", "file": str(scan.pk)}])
    an_inspection(establishment=maker, visited_on="2026-01-16", inspectors="Tim", minutes=str(minutes.pk))
    assert opened(scan) == opened(minutes) == {"here", "province"}

    actions.publish(
        directory.get("establishments"), place(officer_there.regency_id), by=an_administrator(), record=maker
    )

    assert "there" in opened(scan) & opened(minutes)

    actions.publish(directory.get("establishments"), {"documents": []}, by=an_administrator(), record=maker)

    assert "there" not in opened(scan)  # the row that named it is closed
