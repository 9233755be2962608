"""Lists of other offices: what their lines turn out to be, who sees them, and what can be done about them."""

import csv
import datetime
import io

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from disperin.coverage import actions
from disperin.coverage.actions import comparing
from disperin.coverage.models import OutsideLine, OutsideList, OutsideTask
from disperin.desk.refusals import NotNow, Refused
from disperin.erasure.actions import erase
from disperin.history.models import Entry
from disperin.registers.models import ClosedReason
from disperin.registers.record import directory
from disperin.submissions import actions as submissions
from disperin.submissions.models import Kind, Submission
from disperin.workbooks.jobs import work_on
from disperin.workbooks.models import KnownHeading, State, Workbook, WorkbookRow
from industries.models import Establishment, OutsideCount
from industries.models.league import sums_on
from tests.coverage.conftest import LISTED, NIBS, NIK, ROWS
from tests.factories import a_halal_certificate, a_line_of_a_list, an_establishment

pytestmark = pytest.mark.django_db


def outcomes(outside_list):
    return {
        (one.number, one.outcome, one.matched_by, one.record_number, tuple(one.differs))
        for one in outside_list.lines.all()
    }


def line_of(outside_list, number):
    return outside_list.lines.get(number=number)


def page_of(outside_list, narrowed=""):
    return f"/cakupan/{outside_list.pk}/{narrowed}"


def test_each_line_is_found_new_or_contradicting_and_what_the_list_lacks_is_told(makers, officer, bring):
    before = Establishment.objects.count(), Submission.objects.count()

    brought = bring(officer, ROWS)

    assert brought.workbook.state == State.CHECKED
    assert outcomes(brought) == {
        (6, "found", "nib", makers.ayu.number, ()),
        (7, "contradicting", "nib", makers.budi.number, ("name",)),
        (8, "contradicting", "nib", makers.there.number, ("regency",)),
        (9, "new", "", "", ()),
        (10, "repeated", "", "", ()),
        (11, "found", "name", makers.citra.number, ()),
        (12, "unread", "", "", ()),
        (None, "missing", "", makers.lacking.number, ()),
    }
    assert brought.counts == {
        "63.07": {"found": 2, "contradicting": 2, "new": 1, "repeated": 1, "unread": 1, "missing": 1}
    }
    assert before == (Establishment.objects.count(), Submission.objects.count())


def test_a_column_of_nik_is_left_out_and_nothing_of_it_is_kept(makers, officer, bring, signed_in):
    brought = bring(officer, ROWS)

    assert brought.workbook.rows.count() == len(ROWS)
    assert not WorkbookRow.objects.filter(cells__icontains=NIK).exists()
    assert "NIK" in signed_in(officer).get(page_of(brought)).text  # that it was left out is said


def test_a_job_that_was_cut_off_goes_on_where_it_was(makers, officer, bring, monkeypatch):
    monkeypatch.setattr(comparing, "CHUNK", 2)
    judged = comparing.Judge.judge
    calls = []

    def dies_at_the_second(self, lines):
        calls.append([one.number for one in lines])
        if len(calls) == 2:
            raise MemoryError
        judged(self, lines)

    monkeypatch.setattr(comparing.Judge, "judge", dies_at_the_second)
    brought = bring(officer, ROWS)
    assert (brought.workbook.state, brought.compared_at) == (State.CHECKING, None)

    work_on.func(str(brought.workbook_id))

    assert calls == [[6, 7], [8, 9], [8, 9], [11]]
    assert brought.lines.filter(outcome="").count() == 0
    assert brought.lines.count() == len(ROWS) + 1


def test_an_officer_sees_the_lines_of_their_own_regency_and_nothing_of_records_elsewhere(
    makers, officer, officer_there, verifier, bring, signed_in
):
    rows = [
        [1, "Ayu Sasirangan", NIBS.ayu, "a", "63.07", None, None],
        [2, "Kilang Tepian", NIBS.there, "b", "63.07", None, None],  # its record lies in 63.06
        [3, "Rahasia Tetangga", "1203000100777", "c", "63.06", None, None],
        [4, "Entah Di Mana", "1203000100778", "d", None, None, None],
    ]
    brought = bring(verifier, rows, regency=None)
    nowhere = line_of(brought, 9)

    def shown(user):
        return signed_in(user).get(page_of(brought)).text

    here, there, whole = shown(officer), shown(officer_there), shown(verifier)
    file = signed_in(officer).get(page_of(brought, "baris.csv")).text

    assert nowhere.regency_id is None
    names = ("Ayu Sasirangan", "Kilang Tepian", "Rahasia Tetangga", "Entah Di Mana", "Dewi Kerupuk", "Eka Tenun")
    assert [name in here for name in names] == [True, True, False, False, True, False]
    assert [name in there for name in names] == [False, False, True, False, False, True]
    assert all(name in whole for name in names)
    assert [name in file for name in names] == [True, True, False, False, True, False]
    assert makers.there.number not in here + file
    assert makers.there.number in whole
    assert signed_in(officer).get(f"/cakupan/baris/{nowhere.pk}/").status_code == 404
    assert signed_in(officer).get(page_of(brought, "?regency=63.06")).status_code == 400
    own = bring(officer, ROWS[:1])
    assert signed_in(officer_there).get(page_of(own)).status_code == 404
    assert page_of(own) not in signed_in(officer_there).get("/cakupan/").text
    with pytest.raises(Refused):
        bring(officer, ROWS[:1], regency=None)
    with pytest.raises(Refused):
        bring(officer, ROWS[:1], regency="63.06")


def test_what_a_list_of_the_province_called_its_columns_is_known_the_next_time(
    makers, verifier, bring, done_confirming
):
    head = [["Nama usaha", "NIB", "Kolom aneh"]]
    first = bring(verifier, [["Ayu Sasirangan", NIBS.ayu, "x"]], regency=None, head=head)
    assert first.workbook.state == State.MAPPING

    done_confirming(first, {"2": "#none"}, by=verifier)
    second = bring(verifier, [["Ayu Sasirangan", NIBS.ayu, "x"]], regency=None, head=head)

    first.refresh_from_db()
    assert (first.compared_at is None, second.workbook.state) == (False, State.CHECKED)
    assert KnownHeading.objects.filter(regency=None, heading="kolom aneh").count() == 1


def test_a_legal_entity_is_found_by_its_tax_number_of_which_no_line_keeps_anything(officer, bring):
    firm = an_establishment(name="PT Usaha Bersama", legal_form="pt", npwp="013123456789000")
    head = [["Nama usaha", "NPWP", "Kabupaten"]]

    brought = bring(officer, [["Usaha Bersama", firm.npwp, "63.07"]], kind="oss", head=head)

    (line,) = brought.lines.filter(position__isnull=False)
    assert (line.outcome, line.matched_by, line.record_number) == ("found", "npwp", firm.number)
    kept = [str(value) for value in OutsideLine.objects.values().get(pk=line.pk).values()]
    assert not any(firm.npwp in one for one in kept)


def test_certificates_are_found_by_their_number_and_a_revoked_one_contradicts(verifier, bring, done_confirming):
    valid, revoked = a_halal_certificate(name="Amplang Sari"), a_halal_certificate(name="Kue Bangkit", stage="dicabut")
    lacking = a_halal_certificate(name="Sirup Kalamansi")
    head = [["Nomor sertifikat", "Kabupaten", "Pelaku usaha"]]
    rows = [
        [one, "63.07", "Dapur Kemuning"]
        for one in (valid.certificate_number, revoked.certificate_number, "ID63999999999999999")
    ]

    brought = bring(verifier, rows, kind="halal", head=head)
    done_confirming(brought, {"0": "certificate_number", "1": "regency", "2": "establishment"}, by=verifier)

    assert outcomes(brought) == {
        (2, "contradicting", "certificate", valid.number, ("name",)),
        (3, "contradicting", "certificate", revoked.number, ("name", "ended_here")),
        (4, "new", "", "", ()),
        (None, "missing", "", lacking.number, ()),
    }


def test_a_record_that_was_closed_contradicts_a_list_that_still_has_it(makers, officer, administrator, bring):
    gone = an_establishment(name="Fitri Gula Aren", nib="1203000100055")
    closing = {"closed_on": str(timezone.localdate()), "closed_reason": ClosedReason.MOVED}
    submissions.publish(directory.get("establishments"), closing, by=administrator, record=gone, kind=Kind.CLOSE)

    brought = bring(officer, [[1, "Fitri Gula Aren", "1203000100055", "z", "63.07", None, None]])

    line = line_of(brought, 6)
    assert (line.outcome, line.record_number, line.differs) == ("contradicting", gone.number, ["ended_here"])


def test_a_person_says_which_record_a_doubtful_line_is_about(makers, officer, bring, signed_in):
    rows = [
        [1, "Ayu Sasirangann", None, "p", "63.07", None, None],
        [2, "Citra Anyamann", None, "q", "63.07", None, None],
    ]
    brought = bring(officer, rows)
    first, second = line_of(brought, 6), line_of(brought, 7)
    assert [one.outcome for one in (first, second)] == ["doubtful", "doubtful"]
    assert makers.ayu.number not in brought.lines.filter(outcome="missing").values_list("record_number", flat=True)
    step, client = page_of(brought, "langkah/"), signed_in(officer)

    wrong = client.post(step, {"step": "settle", "line": first.pk, "number": makers.budi.number})
    client.post(step, {"step": "settle", "line": first.pk, "number": makers.ayu.number})
    client.post(step, {"step": "settle", "line": second.pk, "number": ""})

    assert wrong.status_code == 409
    told = [(one.outcome, one.matched_by, one.record_number) for one in (line_of(brought, 6), line_of(brought, 7))]
    assert told == [("found", "person", makers.ayu.number), ("new", "person", "")]
    brought.refresh_from_db()
    assert brought.counts["63.07"]["found"] == 1


def test_lines_are_handed_to_somebody_and_end_once_the_record_is_there(
    makers, officer, verifier, bring, signed_in, again
):
    brought = bring(verifier, ROWS)
    new, due = line_of(brought, 9), timezone.localdate() + datetime.timedelta(days=7)
    client = signed_in(verifier)

    nothing = client.post(page_of(brought), {"to": officer.pk, "due_on": due, "which": "ticked"})
    client.post(page_of(brought), {"to": officer.pk, "due_on": due, "which": "ticked", "lines": [new.pk]})
    client.post(page_of(brought, "?outcome=missing"), {"to": officer.pk, "due_on": due, "which": "all"})

    assert nothing.status_code == 400
    assert {(one.line.outcome, one.assigned_to) for one in OutsideTask.objects.all()} == {
        ("new", officer), ("missing", officer),
    }  # fmt: skip
    assert signed_in(officer).get(page_of(brought, "?assigned=mine")).context["total"] == 2
    assert "Dapur Baru Sekali" in signed_in(officer).get("/tenggat/?kind=outside-line&mine=on").text
    an_establishment(name="Dapur Baru Sekali", nib=NIBS.new)
    again(brought, by=verifier)
    assert line_of(brought, 9).outcome == "found"
    assert {one.line.outcome for one in OutsideTask.objects.unended()} == {"missing"}


def test_compared_again_a_list_says_how_things_stand_now(makers, officer, bring, again):
    brought = bring(officer, ROWS)
    missing = brought.lines.get(outcome="missing").pk
    later = an_establishment(name="Gita Keripik")

    again(brought, by=officer)

    brought.refresh_from_db()
    lacked = set(brought.lines.filter(outcome="missing").values_list("pk", "record_number"))
    assert (missing, makers.lacking.number) in lacked  # it is the same line still, and so are its tasks
    assert later.number in {number for _key, number in lacked}
    assert line_of(brought, 6).outcome == "found"
    assert brought.counts["63.07"] | {"missing": 2} == brought.counts["63.07"]


def test_new_lines_become_an_import_which_proposes_nothing_by_itself(
    makers, officer, bring, signed_in, django_capture_on_commit_callbacks
):
    brought = bring(officer, ROWS)

    with django_capture_on_commit_callbacks(execute=True):
        answer = signed_in(officer).post(page_of(brought, "langkah/"), {"step": "import", "regency": "63.07"})

    made = Workbook.objects.get(purpose="")
    assert answer["Location"] == made.get_absolute_url()
    assert (made.state, made.read, [row.number for row in made.rows.all()]) == (State.CHECKED, 1, [9])
    assert not Submission.objects.filter(batch__isnull=False).exists()
    assert brought.workbook.get_absolute_url() not in signed_in(officer).get("/usulan/impor/").text
    answer = signed_in(officer).get(brought.workbook.get_absolute_url())
    assert answer["Location"] == page_of(brought)
    brought.lines.filter(outcome="new").delete()
    with pytest.raises(ValidationError):
        actions.order_import(brought, officer.regency, by=officer)


def test_what_a_list_counts_measures_the_league_only_by_the_word_of_an_administrator(
    makers, officer, verifier, administrator, bring, signed_in
):
    rows = [*ROWS, [8, "Hana Rotan", "1203000100666", "akun-8", "63.06", None, None]]
    brought = bring(verifier, rows, regency=None)

    with pytest.raises(Refused):
        actions.count_for_league(brought, only_industry=True, by=verifier)
    with pytest.raises(ValidationError, match="alone|saja"):
        actions.count_for_league(brought, only_industry=False, by=administrator)
    actions.count_for_league(brought, only_industry=True, by=administrator)

    counted = {one.regency_id: one for one in OutsideCount.objects.all()}
    assert {code: one.number for code, one in counted.items()} == {
        "63.06": 1,
        "63.07": 5,
    }  # each once, none that it lacks
    one = counted["63.07"]
    assert (one.counted_on, one.source, one.only_industry) == (LISTED, "Surat Pusdatin 12/2026", True)
    assert sums_on(timezone.localdate())["63.07"].outside == 5
    with pytest.raises(ValidationError, match=r"63\.0"):
        actions.count_for_league(brought, only_industry=True, by=administrator)
    branch = bring(verifier, ROWS[:1], branch="pangan")
    with pytest.raises(NotNow):
        actions.count_for_league(branch, only_industry=True, by=administrator)
    assert "Surat Pusdatin 12/2026" in signed_in(officer).get("/statistik/mutu/").text


def test_the_file_holds_what_the_page_is_narrowed_to_and_no_formula(makers, officer, bring, signed_in):
    brought = bring(officer, [[1, "=HYPERLINK(1)", "1203000100888", "x", "63.07", None, None], *ROWS[1:4]])

    answer = signed_in(officer).get(page_of(brought, "baris.csv?outcome=new"))

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[3] for row in rows[1:]] == ["'=HYPERLINK(1)", "Dapur Baru Sekali"]
    assert [one.detail["rows"] for one in Entry.objects.filter(verb="export_lines")] == [2]


def test_a_list_costs_the_same_with_one_line_and_with_many(makers, officer, verifier, bring, signed_in):
    def cost(outside_list):
        client = signed_in(verifier)
        client.get(page_of(outside_list))
        with CaptureQueriesContext(connection) as asked:
            client.get(page_of(outside_list, "?order=-name"))
        return len(asked)

    line = a_line_of_a_list(officer)
    one = cost(line.outside_list)
    for at in (3, 4, 5):
        line.outside_list.lines.create(regency=officer.regency, position=at, number=at, outcome="new", name=f"B{at}")

    assert cost(line.outside_list) == one


def test_what_is_erased_of_a_record_stands_in_no_list_any_more(makers, officer, administrator, bring):
    brought = bring(officer, ROWS)

    erase(
        directory.get("establishments"), makers.ayu, ["name"], current=True, reason="Diminta", request="1/2026",
        by=administrator,
    )  # fmt: skip

    assert not OutsideLine.objects.filter(outside_list=brought, name__icontains="Ayu").exists()
    assert not WorkbookRow.objects.filter(cells__icontains="Ayu").exists()
    assert brought.workbook.rows.count() == len(ROWS) - 1  # nobody else's row is gone


def test_a_list_that_was_brought_in_error_is_taken_away_with_all_that_it_said(makers, officer, head, bring, signed_in):
    brought = bring(officer, ROWS)
    step = page_of(brought, "langkah/")

    refused = signed_in(head).post(step, {"step": "remove"})
    signed_in(officer).post(step, {"step": "remove"})

    assert refused.status_code == 403
    assert not OutsideList.objects.exists()
    assert not OutsideLine.objects.exists()
    assert not WorkbookRow.objects.exists()


def test_the_village_that_a_file_names_stands_in_its_line_and_in_the_file_that_is_taken_away(
    makers, officer, bring, signed_in
):
    brought = bring(officer, ROWS)
    line, without = line_of(brought, 11), line_of(brought, 6)

    sent = signed_in(officer).get(page_of(brought, "baris.csv")).content.decode("utf-8-sig")
    heading, *rows = csv.reader(io.StringIO(sent))
    told = {row[3]: dict(zip(heading, row, strict=True)) for row in rows}
    place = next(name for name in heading if name.startswith(("Desa", "Kelurahan")))

    assert (line.village_id, without.village_id) == ("63.07.01.2001", None)
    assert (told[line.name][place], told[without.name][place]) == (line.village.name, "")
    assert line.village.name in signed_in(officer).get(page_of(brought)).text
