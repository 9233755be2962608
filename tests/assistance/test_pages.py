"""The pages of assistance: who reads them, what they add up, who was never helped, and what has changed since."""

import datetime
import io
import re

import pgtrigger
import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from disperin.assistance.models import Assistance, Beneficiary, RepeatSpan, report
from disperin.assistance.models.helped import never_helped
from disperin.assistance.models.since import standings
from disperin.assistance.views import report as views
from disperin.desk import agenda
from disperin.registers.record import directory
from disperin.registers.record.versions import events_of
from disperin.submissions import actions
from industries.models import QualityRule
from tests.assistance.given import GIVEN, to
from tests.factories import an_administrator, an_award, some_assistance
from tests.registers.days import put_back, put_on

pytestmark = pytest.mark.django_db
LIST, REPORT, UNHELPED = "/pembinaan/", "/pembinaan/laporan/", "/pembinaan/belum-dibantu/"


def test_each_regency_reads_its_own_and_the_province_all(world, reader, officer, officer_there, head):
    own, there, whole = (reader(user, LIST) for user in (officer, officer_there, head))

    assert ["Bantuan mesin" in page for page in (own, there, whole)] == [True, False, True]
    assert ["Tanpa kode" in page for page in (own, there, whole)] == [False, True, True]
    reader(officer_there, f"/pembinaan/{Assistance.objects.get(name='Bantuan mesin').number}/", status=404)


def test_the_page_of_a_maker_and_of_a_cluster_tell_inside_what_they_had(world, reader, officer, officer_there, client):
    for record, view in ((world["helped"], "establishment"), (world["cluster"], "cluster")):
        path = reverse(f"industries:{view}-detail", args=[record.number])
        inside = reader(officer, path)
        assert "Bantuan mesin" in inside, view
        assert "Bantuan mesin" not in reader(officer_there, path), view
        assert "Bantuan mesin" not in client.get(path).content.decode(), view
        (listed,) = re.findall(rf'href="(/pembinaan/\?{view}=[^"]+)"', inside)
        assert "Bantuan mesin" in reader(officer, listed)
        assert "Pelatihan nanti" not in reader(officer, listed)


def test_the_table_of_makers_is_narrowed_to_who_was_never_helped(world, signed_in, officer, head):
    for user in (officer, head):
        page = signed_in(user).get("/data/establishments/?kind=never_helped")
        assert [(chip["label"], chip["value"]) for chip in page.context["chips"]] == [
            ("Pembinaan", "Belum pernah menerima apa pun")
        ]
        found = set(page.context["table"].matches.values_list("name", flat=True))
        assert found == {one.name for one in never_helped(user)}
        assert not page.context["problems"]
        assert "kind=never_helped" in signed_in(user).get("/pembinaan/belum-dibantu/").content.decode()
    both = signed_in(head).get("/data/establishments/?kind=never_helped&kind=business_scale:mikro")
    assert 'value="business_scale:mikro" checked' in both.content.decode()
    assert signed_in(head).get("/data/clusters/?kind=never_helped").context["problems"]


def test_who_was_never_helped_is_counted_and_each_count_opens_its_list(world, reader, officer, head):
    page = reader(head, UNHELPED)
    rows = re.findall(r'href="(/pembinaan/belum-dibantu/\?[^"]+)#daftar">(\d+)</a>', page)

    assert {number for _url, number in rows} >= {"0", "1"}
    for url, number in rows:
        listed = reader(head, url.replace("&amp;", "&")).split('id="daftar"')[1]
        assert listed.count('<th scope="row">') == int(number), url
    assert [one.name for one in never_helped(officer)] == ["Anyaman Melati"]  # what is planned was not given
    assert "Regency" not in reader(officer, "/en" + UNHELPED).split('class="results"')[0].split("<caption")[1]


def test_a_filter_of_the_unhelped_that_makes_no_sense_is_named(reader, officer):
    assert "zzz" in reader(officer, UNHELPED + "?branch=zzz", status=400)


def test_the_report_adds_up_within_reach_and_its_numbers_open_their_lists(world, reader, officer, head):
    own, whole = (reader(user, REPORT + "?year=2026") for user in (officer, head))
    told = re.sub(r"<[^>]+>|\s+", " ", own.split("<tbody>")[1])

    assert world["code"] in own
    assert "Tanpa kode" not in own
    assert re.search(
        r"Pemberdayaan +3\.31\.02\.1\.01\.0003 +2 +1 +5 +2 +Rp 9\.000\.000 +Rp 7\.500\.000 +Rp 6\.000\.000", told
    )
    assert 'href="/pembinaan/?year=2026&amp;sub_activity=-"' in whole
    assert reader(head, "/pembinaan/?year=2026&sub_activity=-").count("stretched-link") == 1
    assert reader(head, f"/pembinaan/?year=2026&sub_activity={world['code']}").count("stretched-link") == 2
    assert "2031" in reader(officer, REPORT + "?year=2031")


def test_the_report_as_a_file_holds_the_same_rows_and_their_sum(world, signed_in, head):
    answer = signed_in(head).get(REPORT + "?year=2026&berkas=xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()

    assert [row[0] for row in rows[1:-1]] == ["", world["code"]]
    assert rows[2][2:13] == [2, 1, 5, 2, 1, 4, 6, "", 9_000_000, 7_500_000, 6_000_000]
    assert rows[-1][5] == 3


def test_a_report_that_is_cut_says_so_on_the_page_and_in_its_file(world, signed_in, head, monkeypatch):
    told, path = "Hanya 1 yang pertama", REPORT + "?year=2026"
    for most, is_cut in ((1, True), (2, False)):
        monkeypatch.setattr(report, "MOST_ROWS", most)
        monkeypatch.setattr(views, "MOST_ROWS", most)
        file = signed_in(head).get(path + "&berkas=xlsx").content
        rows = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()
        assert (told in signed_in(head).get(path).content.decode(), told in str(rows[-1][1])) == (is_cut, is_cut), most
        assert len(rows) == most + (3 if is_cut else 2)


def test_what_has_changed_since_is_told_of_the_day_and_of_today_without_a_cause(world, reader, officer):
    maker, register, today = world["never"], directory.get("establishments"), timezone.localdate()
    on, yesterday = today - datetime.timedelta(days=400), today - datetime.timedelta(days=1)
    entered_on(on, maker)
    event = some_assistance(
        name="Kemasan", kind="kemasan", beneficiaries=to(maker), **GIVEN | {"handover_on": on.isoformat()}
    )
    QualityRule.objects.create(key="tenaga_kerja", fact="complete.workers_male", weight=30)
    QualityRule.objects.create(key="telepon", fact="complete.phone", weight=70)
    figures = {"workers_male": 4, "workers_female": 5, "annual_sales": 3_000_000_000}
    actions.publish(register, figures, record=maker, by=an_administrator())
    an_award(establishment=maker, name="Tikar", decree_on=yesterday.isoformat())

    unknown, before, after = (standings([maker.pk], day)[maker.pk] for day in (on - WEEK, on, today))
    page = reader(officer, f"/pembinaan/{event.number}/")

    assert (unknown.is_registered, before.is_registered) == (False, True)
    assert (before.starred, before.workers, before.scale) == (0, None, "belum")
    assert (after.starred, after.workers, after.scale) == (1, 9, "kecil")
    assert (unknown.quality, before.quality, after.quality) == (None, 0, 30)
    assert read_of(page, "Mutu data") == ["0 → hari ini 30"]
    assert standings([maker.pk], on + WEEK)[maker.pk] == before
    assert "Apa yang berubah sejak itu" in page
    assert "tidak mengatakan" in page


WEEK = datetime.timedelta(days=7)


def read_of(page, label):
    """What stands in the cells of a column of what has changed since, in words."""
    since = page.split('id="sejak"')[1].split("</table>")[0]
    cells = re.findall(rf'<td data-label="{label}">(.*?)</td>', since, re.S)
    return [" ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in cells]


def test_who_was_never_helped_is_told_of_a_past_day_by_what_was_handed_over_until_then(world, signed_in, head):
    put_on(timezone.now())
    put_back(10)
    register, by = directory.get("assistance"), an_administrator()
    later = Assistance.objects.get(name="Pelatihan nanti")
    actions.publish(register, GIVEN, by=by, record=later)
    asked = {"kind": "never_helped"}

    now, then = (
        signed_in(head).get("/data/establishments/", asked | more).context["counts"].total
        for more in ({}, {"as_of": str(timezone.localdate() - WEEK)})
    )

    assert (now, then) == (0, 1)


def test_a_past_day_tells_of_no_since_and_of_the_span_of_that_day(world, reader, officer):
    put_on(timezone.now())
    put_back(10)
    RepeatSpan.objects.create(key="lama", years=7, valid_to=timezone.localdate() - WEEK)
    path = f"/pembinaan/{Assistance.objects.get(name='Bantuan mesin').number}/"

    now, then = (reader(officer, path + asked) for asked in ("", f"?as_of={timezone.localdate() - WEEK}"))

    assert ["Apa yang berubah sejak itu" in page for page in (now, then)] == [True, False]
    assert ["7 tahun" in page for page in (now, then)] == [False, True]


def test_how_a_maker_stands_in_another_regency_is_told_to_none_of_the_old_one(world, reader, officer, head):
    maker, there = world["helped"], world["there"]
    register, by = directory.get("establishments"), an_administrator()
    actions.publish(register, {"workers_male": 11, "workers_female": 22}, record=there, by=by)
    path = f"/pembinaan/{Assistance.objects.get(name='Bantuan mesin').number}/"
    Beneficiary.objects.filter(establishment=maker).update(establishment=there)  # as a merge leaves it

    for user in (officer, head):
        since = reader(user, path).split('id="sejak"')[1].split("</table>")[0]
        assert "kabupaten/kota lain" in since
        assert re.search(r"\b33\b", since) is None
        assert "Belum ada di daftar" not in since


def entered_on(day, record):
    """The versions of a record as if they had been kept on that day: the database alone says when one was."""
    events = events_of(type(record))
    with pgtrigger.ignore(f"{events._meta.label}:append_only"):
        at = timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))
        events.objects.filter(pgh_obj_id=record.pk).update(pgh_created_at=at)


def test_a_page_says_whether_the_office_has_set_a_span(world, reader, officer):
    path = f"/pembinaan/{Assistance.objects.get(name='Bantuan mesin').number}/"
    without = reader(officer, path)
    RepeatSpan.objects.create(key="semua", years=3)

    assert "belum menetapkan" in without
    assert "3 tahun" in reader(officer, path)


def test_results_come_due_after_six_and_twelve_months_until_they_are_entered(world, officer, officer_there, head):
    kinds = {one.key: one for one in agenda.dated()}

    def due(months, user):
        kind = kinds[f"assistance-{months}"]
        return sorted(kind.of(user).annotate(due=kind.day).values_list("name", "due"))

    assert due(6, officer) == [("Bantuan mesin", datetime.date(2026, 9, 2))]
    assert due(12, officer) == [("Bantuan mesin", datetime.date(2027, 3, 2))]
    assert [name for name, _day in due(6, head)] == ["Bantuan mesin", "Tanpa kode"]
    some_assistance(
        name="Sudah dilihat", regency="63.06", beneficiaries=to(world["there"], seen_6_on="2026-09-09", used_6="yes"),
        **GIVEN,
    )  # fmt: skip
    assert [name for name, _day in due(6, officer_there)] == ["Tanpa kode"]
    assert [name for name, _day in due(12, officer_there)] == ["Sudah dilihat", "Tanpa kode"]
    (waiting,) = (one for one in agenda.waiting() if one.key == "assistance-report")
    assert [one.name for one in waiting.of(head)] == ["Bantuan mesin"]
    assert list(waiting.of(officer_there)) == []


def test_lists_and_reports_cost_the_same_with_more_rows(world, signed_in, head, django_assert_max_num_queries):
    asked = signed_in(head)
    for path, most in ((LIST, 16), (REPORT + "?year=2026", 14), (UNHELPED, 16)):
        asked.get(path)
        with django_assert_max_num_queries(most):
            asked.get(path)
    for number in range(3):
        some_assistance(name=f"Lain {number}", sub_activity_code=f"9.{number}", beneficiaries=to(world["helped"]))
    for path, most in ((LIST, 16), (REPORT + "?year=2026", 14), (UNHELPED, 16)):
        with django_assert_max_num_queries(most):
            asked.get(path)
