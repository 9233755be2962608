"""Imports half done wait on the summary of who sent them, until they are ended or a colleague takes them over."""

import datetime
import re

import pytest
from django.conf import settings
from django.utils import timezone

from disperin.submissions import actions as submissions
from disperin.workbooks import actions
from disperin.workbooks.models import Workbook
from tests.workbooks.rows import HEADINGS, a_row

pytestmark = pytest.mark.thorough

SUMMARY = "/ringkasan/"


@pytest.fixture
def waiting(signed_in):
    """`waiting(officer)`: `{number, due, address}` of the imports half done on somebody's summary; {} for none."""

    def of(user):
        lines = [line for line in signed_in(user).get(SUMMARY).context["lines"] if line.key == "workbook"]
        return {"number": lines[0].number, "url": lines[0].url} if lines else {}

    return of


def names_on(client, url):
    return re.findall(r"[a-z]+\.xlsx", client.get(url).text.partition("<tbody>")[2])


def test_a_file_waits_in_each_state_in_which_somebody_has_to_go_on(send, officer, done, waiting, signed_in):
    whole = [HEADINGS, a_row("Sasirangan Ayu")]
    send(officer, [[*HEADINGS[:-1], "Warna"], a_row("Batik Budi")], name="kolom.xlsx")  # a column to be confirmed
    mended = send(officer, [*whole, a_row("")], name="campur.xlsx")  # rows to be mended
    checked = send(officer, [HEADINGS, a_row("Mebel Citra")], name="utuh.xlsx")  # to be submitted

    told = waiting(officer)

    assert told["number"] == 3
    assert sorted(names_on(signed_in(officer), told["url"])) == ["campur.xlsx", "kolom.xlsx", "utuh.xlsx"]
    done(actions.submit, mended, by=officer, acknowledged=True)
    done(actions.submit, checked, by=officer, acknowledged=True)
    assert waiting(officer)["number"] == 2  # what is left of the first is still to be mended
    actions.withdraw(Workbook.objects.get(name="kolom.xlsx"), by=officer)
    assert waiting(officer)["number"] == 1


def test_it_has_the_day_on_which_its_rows_are_removed(send, officer, signed_in):
    workbook = send(officer, [HEADINGS, a_row("")])

    (row,) = signed_in(officer).get("/tenggat/", {"kind": "workbook"}).context["rows"]

    day = timezone.localdate(workbook.sent_at) + datetime.timedelta(settings.WORKBOOK_KEPT_DAYS)
    assert (row.day, row.url, row.who) == (day, workbook.get_absolute_url(), str(officer))


def test_it_waits_for_nobody_else_until_it_is_handed_over_to_them(
    send, officer, colleague, administrator, waiting, signed_in
):
    workbook = send(officer, [HEADINGS, a_row("")])
    assert waiting(colleague) == {}

    page = f"/usulan/serah-terima/{officer.pk}/"
    held = signed_in(administrator).get(page).text
    assert "ikm.xlsx" in held
    submissions.hand_over(officer, to=colleague, why="Mutasi.", by=administrator)

    assert waiting(colleague)["number"] == 1
    assert signed_in(colleague).get(workbook.get_absolute_url()).status_code == 200
