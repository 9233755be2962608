"""Lists of other offices: what is kept of their rows, and what is told of records that lie elsewhere."""


import pytest

from disperin.coverage import actions
from disperin.workbooks.models import Workbook
from tests.coverage.conftest import NIBS

pytestmark = pytest.mark.django_db


def page_of(outside_list, narrowed=""):
    return f"/cakupan/{outside_list.pk}/{narrowed}"


def test_an_import_of_new_lines_shows_nothing_of_rows_that_lie_elsewhere(
    makers, officer, verifier, bring, django_capture_on_commit_callbacks
):
    rows = [
        [1, "Rahasia Tetangga", "1203000100777", "a", "63.06", None, None],
        [2, "Dapur Sini", NIBS.new, "b", "63.07", None, None],
    ]
    brought = bring(verifier, rows, regency=None)

    with django_capture_on_commit_callbacks(execute=True):
        actions.order_import(brought, officer.regency, by=officer)

    made = Workbook.objects.get(purpose="")
    assert [[cells[1] for cells in sheet["samples"]] for sheet in made.sheets] == [["Dapur Sini"]]
