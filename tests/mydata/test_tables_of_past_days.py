"""The table of a register as of a past day: the records of then, and nothing that is known of today alone."""

import datetime
import re

import pytest
from django.utils import timezone

from disperin.mydata.models import LackTask, SavedView
from disperin.registers.lists.addresses import record_address
from disperin.registers.record import directory
from disperin.submissions import actions
from industries.models import Establishment
from tests.factories import an_administrator, an_establishment
from tests.registers.days import put_back, put_on

TABLE = "/data/establishments/"
pytestmark = pytest.mark.django_db


def names_on(page):
    rows = page.text.partition("<tbody>")[2].partition("</tbody>")[0]
    return re.findall(r'<a href="/industri/[^"]+">([^<]+)</a>', rows)


@pytest.fixture
def changed():
    """Two makers ten days ago, one of them without a tax number; since then one has moved, one has got its number."""
    put_on(timezone.now())
    one, other = (
        an_establishment(name="Satu", nib="", story_id="Kisah"),
        an_establishment(name="Dua", nib="8120007654321", regency="63.01"),
    )
    put_back(10)
    register, by = directory.get("establishments"), an_administrator()
    actions.publish(register, {"name": "Satu baru", "nib": "8120001234567"}, by=by, record=one)
    actions.publish(register, {"closed_on": timezone.localdate().isoformat(), "closed_reason": "ended"}, by=by,
                    record=other, kind="close")  # fmt: skip
    return one, other


@pytest.fixture
def then():
    return (timezone.localdate() - datetime.timedelta(days=5)).isoformat()


def test_the_table_and_the_list_of_registers_are_of_that_day(changed, then, head, officer, signed_in):
    assert names_on(signed_in(head).get(TABLE)) == ["Satu baru"]
    assert names_on(signed_in(head).get(TABLE, {"as_of": then})) == ["Dua", "Satu"]
    assert names_on(signed_in(officer).get(TABLE, {"as_of": then})) == ["Satu"]

    index = signed_in(head).get("/data/", {"as_of": then})
    assert re.search(rf'{TABLE}\?as_of={then}">[^<]+</a></th>\s*<td[^>]*>2</td>', index.text)


def test_what_was_missing_then_is_found_and_what_is_hidden_now_was_not_missing(changed, then, head, signed_in):
    client, asked = signed_in(head), {"as_of": then}
    assert names_on(client.get(TABLE, {"lack": "nib"})) == []
    assert names_on(client.get(TABLE, asked | {"lack": "nib"})) == ["Satu"]
    assert names_on(client.get(TABLE, asked | {"lack": "story_id"})) == ["Dua"]

    one = Establishment.objects.get(pk=changed[0].pk)
    actions.hide(directory.get("establishments"), one, "story_id", reason="Diminta.", by=an_administrator())

    assert names_on(client.get(TABLE, asked | {"lack": "story_id"})) == ["Dua"]
    page = client.get(TABLE, asked | {"column": "story_id"})
    assert "Kisah" not in page.text


def test_what_is_known_of_today_alone_is_named_and_not_told(changed, then, head, signed_in):
    asked = {"as_of": then, "column": ["name", "quality"], "quality_most": "50", "lack": "nib"}

    page = signed_in(head).get(TABLE, asked)

    assert {one["url"] for one in page.context["problems"]} == {
        f"{TABLE}?as_of={then}&quality_most=50&lack=nib", f"{TABLE}?as_of={then}&column=name&column=quality&lack=nib",
    }  # fmt: skip
    assert names_on(page) == ["Satu"]
    assert page.status_code == 200


def test_nothing_is_assigned_changed_or_saved_on_a_past_day(changed, then, verifier, signed_in):
    client = signed_in(verifier)
    page = client.get(TABLE, {"as_of": then, "lack": "nib"})
    assert 'name="save"' not in page.text
    assert 'name="assign"' not in page.text

    told = client.post(f"{TABLE}?as_of={then}&lack=nib", {"save": "1", "name": "Dulu"})

    assert told.status_code == 409
    assert (SavedView.objects.count(), LackTask.objects.count()) == (0, 0)


def test_the_file_of_a_table_holds_the_rows_of_that_day(changed, then, head, signed_in):
    client = signed_in(head)
    asked = f"/unduh/establishments.csv?table=on&as_of={then}&column=name"

    written = client.post(asked)
    refused = client.post(f"{asked}&column=quality")

    text = b"".join(written.streaming_content).decode("utf-8-sig")
    assert "Satu" in text
    assert "Dua" in text
    assert "Satu baru" not in text
    assert refused.url.startswith(f"{TABLE}?as_of={then}")


def test_the_notice_of_a_past_day_says_whether_what_is_hidden_is_there(changed, then, head, signed_in):
    one, register = Establishment.objects.get(pk=changed[0].pk), directory.get("establishments")
    actions.hide(register, one, "", reason="Diminta.", by=an_administrator())
    client, asked = signed_in(head), {"as_of": then}

    page = record_address(register, one.number)
    pages = [client.get(path, asked) for path in (TABLE, "/data/", page, "/industri/")]
    table, index, itself, listed = pages

    assert names_on(table) == ["Dua", "Satu"]
    assert re.search(rf'{TABLE}\?as_of={then}">[^<]+</a></th>\s*<td[^>]*>2</td>', index.text)
    assert "Satu" not in listed.text
    assert itself.status_code == 200
    told = ["disembunyikan dari publik tidak ditampilkan" in page.text for page in pages]
    assert told == [False, False, False, True]
    assert ["ikut ditampilkan di sini" in page.text for page in pages] == [True, True, True, False]
