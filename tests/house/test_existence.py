"""Existence is not told: what somebody may not see is answered, in every method, as what is not there at all."""

import re
import uuid
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files import File
from django.urls import reverse

from disperin.attachments import actions as attachments
from disperin.registers.record import directory
from disperin.submissions import actions
from tests.attachments.conftest import PDF
from tests.factories import establishment_values, place
from tests.house.each_route import address, arguments
from tests.house.table_of_rights import TABLE
from tests.house.test_rights import client_of, ours

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
METHODS = ("get", "head", "post", "patch", "delete")
NAMED = ("pk", "number", "key", "content_hash")  # in addresses: which of many
OWN = r'(csrfmiddlewaretoken" value|csrf-token" content|nonce)="[^"]*"|X-CSRFToken[^}]*|nonce-[^\']*'
SEEN = (  # what these are about is read by the whole office, or by everybody: seen, and not allowed
    "closes:figures", "closes:paper", "commitments:carry-over", "ovop:round-export",
)  # fmt: skip


def absent(value):
    """One of the same shape that nothing has."""
    if isinstance(value, int):
        return 987_654_321
    if isinstance(value, uuid.UUID):
        return uuid.UUID("00000000-0000-4000-8000-000000000000")
    if re.fullmatch(r"[0-9a-f-]{36}", value):
        return "00000000-0000-4000-8000-000000000000"
    if re.fullmatch(r".*-\d{6}", value):
        return f"{value[:-6]}999999"
    return re.sub(r"[a-z0-9]", lambda letter: "9" if letter[0].isdecimal() else "q", value)


def told(client, method, path):
    """All that an answer tells: status, headers, body; without the moment, and what each form has of its own."""
    sent = {"data": b"{}", "content_type": "application/json"} if method in ("post", "patch") else {}
    response = getattr(client, method)(path, **sent)
    body = re.sub(OWN, "", b"".join(response).decode("utf-8", "replace"))
    headers = {name: value for name, value in response.headers.items() if name not in ("Content-Length", "Expires")}
    return response.status_code, f"{re.sub(OWN, '', str(headers))} {sorted(response.cookies)} {body}"


def asked_of_both(name, world):
    """`(address of what is there, of what is not)`, one for each part of it that names one of many."""
    kwargs, path = arguments(name, world), address(name, world)
    for key in [key for key in kwargs if key in NAMED]:
        gone = {**kwargs, key: absent(kwargs[key])}
        yield (
            path,
            path.replace(reverse(name, kwargs=kwargs), reverse(name, kwargs=gone)),
            str(kwargs[key]),
            str(gone[key]),
        )


def test_what_is_out_of_reach_is_answered_as_what_is_not_there(world):
    found = {}
    for name in sorted({*TABLE} - {*SEEN}):
        for path, other, is_there, is_not in asked_of_both(name, world):
            for who in ("visitor", "officer_there"):
                if 200 in TABLE[name.replace("-reveal", "-detail")][who]:
                    continue
                client = client_of(who, world)
                for method in METHODS:
                    if method not in ("get", "head") and not ours(path.partition("?")[0], method):
                        continue
                    status, text = told(client, method, other)
                    here, there = told(client, method, path), (status, text.replace(is_not, is_there))
                    if here != there:
                        found[name, who, method] = (here[0], there[0], here[1], there[1])
    assert found == {}


def test_a_file_of_another_regency_is_named_in_vain_as_one_that_is_not_there(world):
    """Of which kind it is, is not told either."""
    officer_there, register = world.people["officer_there"], directory.get("establishments")
    document = attachments.upload(
        File(BytesIO(PDF), "NIB.pdf"), kind="document", regency=world.photo.regency, by=world.people["officer"]
    )
    told = []
    for named in (world.photo.pk, document.pk, uuid.uuid4()):
        given = {**establishment_values(), **place("63.06"), "photo": str(named)}
        form = register.form(given, by=officer_there)
        form.is_valid()
        draft = actions.draft(register, given, by=officer_there)
        with pytest.raises(ValidationError) as refused:
            actions.submit(draft, by=officer_there)
        told.append((str(form.problems["photo"]), draft.values["photo"], refused.value.message_dict))

    assert told[0] == told[1] == told[2]
