"""Versions of a record: what it was, parts and all, what changed between two, and the page that restores one."""

import pytest
from django.urls import reverse

from disperin.registers.record import directory
from disperin.registers.record.versions import NoSuchVersion, values_at, version_of, versions_of
from disperin.submissions import actions
from disperin.submissions.models import Submission
from tests.factories import a_cluster, an_establishment

REGISTER = "establishments"
NPWP = "012345678012000"


def three_versions(administrator):
    """An establishment whose products came, changed and went."""
    register = directory.get(REGISTER)
    record = an_establishment(products=[{"name": "Kain"}, {"name": "Syal"}], workers_male=3)
    kain, syal = record.products.all()
    second = {"workers_male": 4, "products": [{"key": str(kain.key), "name": "Kain alam"}, {"key": str(syal.key)}]}
    actions.publish(register, second, by=administrator, record=record)
    third = {"products": [{"key": str(kain.key)}, {"name": "Kemeja"}]}
    return actions.publish(register, third, by=administrator, record=record), str(kain.key), str(syal.key)


def test_every_version_is_there_newest_first_with_its_submission(administrator):
    record, _kain, _syal = three_versions(administrator)

    versions = versions_of(record)

    numbers = Submission.objects.order_by("-id").values_list("number", flat=True)
    assert [(one.number, one.submission, one.user_id) for one in versions] == [
        (at, number, administrator.pk) for at, number in zip((3, 2, 1), numbers, strict=True)
    ]


def test_parts_are_as_they_were_then(administrator):
    record, kain, syal = three_versions(administrator)
    register, versions = directory.get(REGISTER), versions_of(record)

    told = [
        [(row["key"], row["name"]) for row in values_at(register, record, one, versions)["products"]]
        for one in reversed(versions)
    ]

    kemeja = str(record.products.get(name="Kemeja").key)
    assert told == [
        [(kain, "Kain"), (syal, "Syal")],
        [(kain, "Kain alam"), (syal, "Syal")],
        [(kain, "Kain alam"), (kemeja, "Kemeja")],
    ]


def test_the_newest_version_is_what_the_form_would_show(administrator):
    cluster = a_cluster()
    record = an_establishment(
        cluster=cluster.number, latitude=-2.58, longitude=115.38, as_of="2026-01-31", products=[{"name": "Kain"}]
    )
    register, versions = directory.get(REGISTER), versions_of(record)

    now, _typed = register.form(instance=record).entered()

    assert values_at(register, record, versions[0], versions) == now


def test_a_version_that_never_was_is_none(administrator):
    record, _kain, _syal = three_versions(administrator)

    with pytest.raises(NoSuchVersion):
        version_of(versions_of(record), 4)


def test_the_page_compares_two_versions_and_masks(administrator, officer, officer_there, client, signed_in):
    record = an_establishment(legal_form="pt", npwp=NPWP)
    actions.publish(directory.get(REGISTER), {"name": "Nama Baru"}, by=administrator, record=record)
    url = reverse("submissions:record-versions", args=[REGISTER, record.number])

    page = signed_in(officer).get(url, {"dari": "1", "ke": "2"}).content.decode()
    whole = signed_in(officer).get(url, {"dari": "0", "ke": "1"}).content.decode()

    assert "Sasirangan Barabai" in page
    assert "Nama Baru" in page
    assert "0123•••••••2000" in whole
    assert NPWP not in page + whole
    assert client.get(url).status_code == 302
    assert signed_in(officer_there).get(url).status_code == 404
    for asked in ({"ke": "7"}, {"dari": "x"}, {"ke": "0"}, {"dari": "9" * 50}):
        assert signed_in(officer).get(url, asked).status_code == 404


def test_a_version_is_restored_as_a_new_submission(administrator, officer, verifier, head, signed_in):
    record, kain, syal = three_versions(administrator)
    url = reverse("submissions:record-versions", args=[REGISTER, record.number])

    answer = signed_in(officer).post(url, {"versi": "1"})

    draft = Submission.objects.get(proposed_by=officer)
    rows = draft.values["products"]
    assert answer["Location"] == reverse("submissions:edit", args=[draft.number])
    assert draft.values["workers_male"] == 3
    assert [(row["name"], row["key"] == kain) for row in rows] == [("Kain", True), ("Syal", False)]
    actions.verify(actions.submit(draft, by=officer, acknowledged=True), by=verifier, round=1)
    assert [one.name for one in record.products.filter(closed_on=None)] == ["Kain", "Syal"]
    assert signed_in(head).post(url, {"versi": "1"}).status_code == 403
    for never in ("0", "99"):
        assert signed_in(officer).post(url, {"versi": never}).status_code == 404
