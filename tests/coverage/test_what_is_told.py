"""Lists of other offices: what is kept of their rows, and what is told of records that lie elsewhere."""

import csv
import datetime
import io
from unittest.mock import patch

import pytest
from django.utils import timezone

from disperin.coverage import actions
from disperin.coverage.actions.comparing import Judge
from disperin.coverage.models import OutsideLine, OutsideTask
from disperin.coverage.models.outside_list import rivals_for
from disperin.erasure.actions import erase
from disperin.history.models import Entry
from disperin.registers.record import directory
from disperin.workbooks.importing.progress import NoLongerWanted
from disperin.workbooks.models import State, Workbook, WorkbookRow
from industries.models import Establishment
from tests.coverage.conftest import NIBS, ROWS
from tests.factories import VillageFactory, a_halal_certificate, an_establishment

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


def test_numbers_of_persons_are_emptied_in_the_rows_of_a_list(officer, bring):
    head = [["Nama usaha", "Badan usaha", "NIB", "NPWP", "Kabupaten"]]
    rows = [
        ["Dapur Satu", "perorangan", "7171'0101'0190'0001", "01.312.345.6-789.001", "63.07"],
        ["Dapur Dua", None, None, "013123456789002", "63.07"],
        ["Dapur Tiga", "pt", None, "7171'0101'0190'0001", "63.07"],
        ["Dapur Empat", "pt", None, "013123456789004", "63.07"],
    ]

    brought = bring(officer, rows, kind="oss", head=head)

    assert brought.workbook.state == State.CHECKED
    nik = {"flaw": "nik"}
    kept = [cells[2:4] for cells in brought.workbook.rows.order_by("position").values_list("cells", flat=True)]
    assert kept == [[nik, None], [None, None], [None, nik], [None, "013123456789004"]]
    assert not any("7171" in str(one) for one in OutsideLine.objects.values())


def test_what_is_erased_goes_from_repeated_lines_and_samples_and_is_not_judged_again(
    makers, officer, administrator, bring, again
):
    brought = bring(officer, [ROWS[0], ROWS[0], *ROWS[1:3]])
    assert "Ayu" in str(brought.workbook.sheets)

    erase(
        directory.get("establishments"), makers.ayu, ["name"], current=True, reason="Diminta", request="1/2026",
        by=administrator,
    )  # fmt: skip
    again(brought, by=officer)

    told = {one.number: one for one in brought.lines.filter(number__in=[6, 7])}
    assert {(one.outcome, one.name, one.nib, one.identity) for one in told.values()} == {
        ("found", makers.ayu.number, "", ""), ("repeated", makers.ayu.number, "", ""),
    }  # fmt: skip
    assert not brought.lines.filter(outcome="missing", record_number=makers.ayu.number).exists()
    assert not WorkbookRow.objects.filter(cells__icontains="Ayu").exists()
    assert "Ayu" not in str(Workbook.objects.get(pk=brought.workbook_id).sheets)


def test_of_a_record_elsewhere_it_is_told_alone_that_it_lies_elsewhere(makers, officer, verifier, bring, signed_in):
    brought = bring(officer, [[3, "Nama Lain Sekali", NIBS.there, "akun-3", "63.07", None, None]])
    line = brought.lines.get(number=6)
    assert (line.matched_by, line.differs) == ("nib", ["name", "regency"])

    def total(user, narrowed):
        return signed_in(user).get(page_of(brought, narrowed)).context["total"]

    (row,) = signed_in(officer).get(page_of(brought, f"?line={line.pk}")).context["rows"]
    told = ("matched_label", "differs_labels", "record_number", "url", "is_elsewhere")
    assert [row[name] for name in told] == ["", [], "", "", True]
    file = signed_in(officer).get(page_of(brought, f"baris.csv?line={line.pk}")).content.decode("utf-8-sig")
    (_heads, cells) = csv.reader(io.StringIO(file))
    assert (cells[2], cells[9]) == ("", "")
    assert "lain" in cells[8] or "another" in cells[8]
    for narrowed in (f"?q={makers.there.number}", f"?matched_by=nib&line={line.pk}"):
        assert (total(officer, narrowed), total(verifier, narrowed)) == (0, 1)


def test_while_a_list_is_compared_no_tax_number_of_a_record_elsewhere_is_told(officer, verifier, bring, signed_in, api):
    """The file is read, and what its lines are about is not judged yet: a worker died, or it is a long list."""
    VillageFactory(code="63.06.01.2001", district__regency__code="63.06")
    firm = an_establishment(name="PT Rahasia", legal_form="pt", npwp="013123456789000", regency="63.06")
    head = [["Nama usaha", "Badan usaha", "NPWP", "Kabupaten"]]
    with patch.object(Judge, "judge", side_effect=NoLongerWanted):
        brought = bring(officer, [["Nama Lain", "pt", firm.npwp, "63.07"]], kind="oss", head=head)
    (line,) = brought.lines.all()
    assert (line.outcome, line.matched_by) == ("", "npwp")

    for narrowed, (by_officer, by_verifier) in {"": (1, 1), "?matched_by=npwp": (0, 1)}.items():
        pages = [signed_in(user).get(page_of(brought, narrowed)) for user in (officer, verifier)]
        assert [page.context["total"] for page in pages] == [by_officer, by_verifier]
        answers = [api(user).get(f"/api/v1/lines/{narrowed}").json() for user in (officer, verifier)]
        assert [len(answer["results"]) for answer in answers] == [by_officer, by_verifier]
    (row,) = signed_in(officer).get(page_of(brought)).context["rows"]
    assert (row["matched_label"], row["record_number"], row["is_elsewhere"]) == ("", "", True)
    told = api(officer).get(f"/api/v1/lines/{line.pk}/").json()
    assert (told["matched_by"], told["record_number"]) == ("", "")


def test_a_certificate_is_compared_by_the_name_that_its_list_says(verifier, bring, done_confirming):
    valid = a_halal_certificate(name="Amplang Sari")
    row = [valid.certificate_number, "63.07", valid.establishment.name]
    brought = bring(verifier, [row], kind="halal", head=[["Nomor sertifikat", "Kabupaten", "Pelaku usaha"]])
    done_confirming(brought, {"0": "certificate_number", "1": "regency", "2": "establishment"}, by=verifier)

    line = brought.lines.get(number=2)
    assert (line.name, line.outcome, line.differs) == (valid.establishment.name, "found", [])


def test_an_officer_is_led_to_what_they_may_open_and_sees_no_people_of_other_offices(
    makers, officer, officer_there, verifier, bring, signed_in
):
    own = bring(verifier, ROWS[:1])
    there = bring(verifier, ROWS[:1], regency="63.06")  # a line of it lies in 63.07
    client = signed_in(officer)

    led = client.post(page_of(own, "langkah/"), {"step": "again"})
    refused = client.post(page_of(there), {"to": "", "due_on": timezone.localdate(), "which": "ticked"})

    assert led["Location"] == page_of(own)
    assert refused.status_code == 400
    assert officer.full_name in refused.text
    assert officer_there.full_name not in refused.text


def two_places_of_one_nib(bring, verifier):
    """A list with one NIB in two villages, of which the record lies in 63.06; the line of 63.07 waits for a person."""
    here = VillageFactory(code="63.07.01.2001")
    there = VillageFactory(code="63.06.01.2001", district__regency__code="63.06")
    record = an_establishment(name="Rahasia Tetangga", nib=NIBS.new, regency="63.06", village=there.code)
    brought = bring(
        verifier,
        [
            [1, "Dapur Kembar", NIBS.new, "a", "63.07", here.code, None],
            [2, "Dapur Kembar", NIBS.new, "b", "63.06", there.code, None],
        ],
        regency=None,
    )
    return record, brought, brought.lines.get(number=6)


def test_a_rival_that_lies_elsewhere_is_neither_named_nor_offered(makers, officer, verifier, bring, signed_in):
    record, brought, line = two_places_of_one_nib(bring, verifier)
    assert (line.outcome, [one["number"] for one in line.rivals]) == ("doubtful", [record.number])

    def shown(user):
        return signed_in(user).get(page_of(brought, f"?line={line.pk}"))

    assert not any(told in shown(officer).text for told in (record.number, record.name))
    assert record.number in shown(verifier).text
    (row,) = shown(officer).context["rows"]
    assert (row["rivals_named"], row["rivals"], row["has_rivals_elsewhere"]) == ([], [], True)
    file = signed_in(officer).get(page_of(brought, f"baris.csv?line={line.pk}")).text
    assert record.number not in file

    step = {"step": "settle", "line": line.pk, "number": record.number}
    refused = signed_in(officer).post(page_of(brought, "langkah/"), step)
    line.refresh_from_db()
    assert (refused.status_code, line.outcome, line.record_number) == (409, "doubtful", "")
    signed_in(verifier).post(page_of(brought, "langkah/"), step)
    line.refresh_from_db()
    assert (line.matched_by, line.record_number) == ("person", record.number)


def test_a_rival_of_which_no_regency_is_kept_is_told_to_the_province_alone(officer, verifier):
    kept = [{"number": "IU-1", "name": "Dulu"}, {"number": "IU-2", "name": "Kini", "regency": officer.regency_id}]

    assert [one["number"] for one in rivals_for(officer, kept)] == ["IU-2"]
    assert rivals_for(verifier, kept) == kept


def test_the_history_says_that_a_task_ended_whose_line_is_lacking_no_more(makers, officer, verifier, bring, again):
    brought = bring(officer, [[1, "Citra Anyamann", None, "q", "63.07", None, None]])
    due = timezone.localdate() + datetime.timedelta(days=7)
    lacking = brought.lines.filter(outcome="missing", record_number__in=[makers.ayu.number, makers.lacking.number])
    held = actions.assign_lines(lacking, to=officer, due_on=due, by=verifier)
    doubtful = brought.lines.get(outcome="doubtful")

    Establishment.objects.filter(pk=makers.lacking.pk).update(closed_on=timezone.localdate(), closed_reason="moved")
    again(brought, by=officer)
    assert ended() == {(str(held[1].pk), None)}
    brought.lines.create(
        outcome="missing", regency=officer.regency, record_id=makers.citra.pk, record_number=makers.citra.number
    )
    of_it = brought.lines.filter(outcome="missing", record_id=makers.citra.pk)
    late = actions.assign_lines(of_it, to=officer, due_on=due, by=verifier)
    actions.settle(doubtful, makers.citra.number, by=verifier)

    assert ended() == {(str(held[1].pk), None), (str(late[0].pk), verifier.pk)}
    assert set(OutsideTask.objects.unended()) == {held[0]}


def ended():
    """Which tasks ended, by whose word; the portal's own is nobody's."""
    return set(Entry.objects.filter(verb="end_task").values_list("target_id", "actor"))
