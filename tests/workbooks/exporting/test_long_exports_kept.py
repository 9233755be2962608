"""Few long files are written at a time, and none is kept longer than what it tells is public."""

import datetime

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from disperin.history.models import Entry
from disperin.registers.record import directory
from disperin.registers.record.revisions import raise_revision
from disperin.submissions import actions as submissions
from disperin.workbooks.actions import exporting
from disperin.workbooks.answers import AT_ONCE, _writing
from disperin.workbooks.exporting.writing import Writer
from disperin.workbooks.models import Export
from tests.factories import an_establishment
from tests.workbooks.exporting.long_files import API, asked, asked_file, changed, export_of, status_of
from tests.workbooks.exporting.test_exports import MAKERS, content
from tests.workbooks.rows import HEADINGS, a_row
from tests.working import work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("long_list"), pytest.mark.thorough]


def test_a_file_from_before_something_was_taken_off_the_public_is_not_handed_out(api, officer, signed_in, stored):
    place = {"latitude": "-2.587654", "longitude": "115.387654", "show_on_map": True, "map_consented_on": "2026-01-05"}
    record = an_establishment(**place, story_id="Sejak 1990.", products=[{"name": "Kain"}, {"name": "Selendang"}])

    def is_handed_out(answer):
        export = export_of(answer)
        told = [status_of(path) for path in (export.get_absolute_url(), export.file_url)]
        told.append(status_of(f"/api/v1/exports/{export.pk}/", api()))
        assert set(told) in ({200}, {404}), told
        return told[0] == 200

    def ready():
        answer = asked()
        work()
        assert is_handed_out(answer)
        return answer

    answer = ready()
    assert "115.387654" in content(asked_file(answer))
    record = changed(record, name="Lain", story_id="Sejak 1991.")
    another = an_establishment(name="Eka")
    assert is_handed_out(answer)
    assert export_of(asked()) != export_of(answer)
    work()

    for taken_off in (
        {"show_on_map": False, "map_consented_on": None},
        {"story_id": ""},
        {"products": [{"key": str(record.products.first().key), "name": "Kain"}]},
    ):
        answer = ready()
        record = changed(record, **taken_off)
        assert not is_handed_out(answer), taken_off
    answer, begun = ready(), asked(f"{MAKERS}.geojson")
    changed(another, kind="close", closed_on="2026-01-05", closed_reason="error")
    assert not is_handed_out(answer)
    assert status_of(export_of(begun).get_absolute_url()) == 200
    work()
    assert is_handed_out(begun)
    raise_revision("issues")
    assert not is_handed_out(begun)
    assert export_of(asked(f"{MAKERS}.geojson")) != export_of(begun)
    path = export_of(answer).path
    stored(call_command, "housekeeping")
    assert not default_storage.exists(path)


def test_of_people_s_own_files_only_those_of_rows_to_be_mended_stay_when_something_is_hidden(
    administrator, officer, signed_in, api, send
):
    client = signed_in(officer)
    own = export_of(client.post(f"{MAKERS}.csv"))
    workbook = send(officer, [HEADINGS, a_row(""), a_row("")])
    errors = export_of(client.get(reverse("workbooks:errors", args=[workbook.pk])))
    work()
    assert [status_of(one.file_url, client) for one in (own, errors)] == [200, 200]

    register = directory.get("establishments")
    submissions.hide(register, register.model.objects.first(), "name", reason="Diminta.", by=administrator)

    assert [status_of(one.file_url, client) for one in (own, errors)] == [404, 200]
    assert status_of(f"/api/v1/exports/{own.pk}/", api(officer)) == 404
    again = export_of(client.post(f"{MAKERS}.csv"))
    work()
    assert (again != own, status_of(again.file_url, client)) == (True, 200)


def test_a_file_is_not_handed_out_if_something_was_taken_off_while_it_was_written(monkeypatch):
    answer = asked()

    def write(*_args, **_options):
        raise_revision("establishments")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Writer, "write_csv", write)
        work()
    assert asked_file(answer).status_code == 404


def test_a_short_list_is_left_to_the_job_while_the_process_writes_others(monkeypatch, api, officer, signed_in):
    monkeypatch.setattr(exporting, "MOST_AT_ONCE", 100)
    asked(f"{MAKERS}.csv").getvalue()
    for _one in range(AT_ONCE):
        assert _writing.acquire(blocking=False)
    try:
        answers = [Client(REMOTE_ADDR="10.9.9.9").get(f"{MAKERS}.{kind}") for kind in ("csv", "xlsx", "csv")]
        told = api().get(f"{API}.csv")
        own = signed_in(officer).post(f"{MAKERS}.csv")
    finally:
        _writing.release(AT_ONCE)

    made = [export_of(answer) for answer in answers]
    assert (made[0], told.status_code, told["Location"].split("/")[-2]) == (made[2], 202, str(made[0].pk))
    work()
    assert "Ayu" in content(asked_file(answers[0]))
    assert "Rahasia" in content(signed_in(officer).get(export_of(own).file_url))
    for _time in range(AT_ONCE + 1):
        assert status_of(f"{MAKERS}.csv") == 200


def test_what_is_kept_for_visitors_takes_no_more_than_its_room_and_a_person_has_few_written_at_a_time(
    monkeypatch, officer, signed_in
):
    first = asked()
    work()
    assert export_of(first).size == len(asked_file(first).getvalue()) > 100
    monkeypatch.setattr(exporting, "MOST_SPACE", export_of(first).size)
    refused = asked(f"{MAKERS}.xlsx")
    assert (refused.status_code, refused["Retry-After"], "besok" in refused.content.decode()) == (503, "3600", True)
    assert export_of(asked()) == export_of(first)

    monkeypatch.setattr(exporting, "MOST_WAITING", 2)
    client = signed_in(officer)
    for kind in ("csv", "xlsx"):
        export_of(client.post(f"{MAKERS}.{kind}"))
    refused = client.post(f"{MAKERS}.geojson")
    assert (refused.status_code, refused["Retry-After"]) == (429, "30")
    assert Entry.objects.filter(verb="export").count() == 2


def test_a_visitor_has_one_long_file_written_at_a_time_and_some_in_a_day(monkeypatch, api):
    monkeypatch.setattr(exporting, "MOST_A_DAY", 2)
    here = Client(REMOTE_ADDR="10.9.9.9")
    first = here.get(f"{MAKERS}.csv")

    refused, told = here.get(f"{MAKERS}.xlsx"), api().get(f"{API}.xlsx", REMOTE_ADDR="10.9.9.9")
    assert here.get(f"{MAKERS}.csv")["Location"] == first["Location"]
    assert (refused.status_code, refused["Retry-After"], "masih ditulis" in refused.content.decode()) == (
        429, "30", True,
    )  # fmt: skip
    assert (told.status_code, told["Retry-After"], told.json()["code"]) == (429, "30", "busy")
    work()
    export_of(here.get(f"{MAKERS}.xlsx"))
    work()
    refused = here.get(f"{MAKERS}.geojson")
    assert (refused.status_code, "hari ini" in refused.content.decode()) == (429, True)
    assert "10.9.9.9" not in "".join(Export.objects.values_list("asker", flat=True))


def test_few_long_files_of_visitors_wait_at_one_time_and_the_office_s_own_come_first(
    monkeypatch, api, officer, signed_in
):
    monkeypatch.setattr(exporting, "MOST_WAITING", 2)
    visitors = [export_of(asked(f"{MAKERS}.{kind}")) for kind in ("csv", "xlsx")]

    refused, told = asked(f"{MAKERS}.geojson"), api().get(f"{API}.geojson")
    assert (refused.status_code, refused["Retry-After"], "/industri/" in refused.content.decode()) == (503, "60", True)
    assert (told.status_code, told["Retry-After"]) == (503, "60")
    own = export_of(signed_in(officer).post(f"{MAKERS}.xlsx"))
    assert export_of(asked(f"{MAKERS}.csv")) == visitors[0]
    order = [one.args_kwargs["args"] for one in DBTaskResult.objects.ready()]
    assert order == [[str(one.pk)] for one in (own, *visitors)]


def test_after_a_day_the_file_is_gone_and_its_page_leads_to_where_it_can_be_asked_for_again(stored):
    answer = asked(f"{MAKERS}.csv?regency=63.07")
    work()
    export = export_of(answer)
    Export.objects.update(asked_at=timezone.now() - datetime.timedelta(hours=24, seconds=1))

    for _time in range(2):
        for address in (answer["Location"], export.file_url):
            gone = Client().get(address)
            assert (gone.status_code, 'href="/industri/?regency=63.07#unduh"' in gone.content.decode()) == (404, True)
        stored(call_command, "housekeeping")
    assert (Export.objects.count(), default_storage.exists(export.path)) == (0, False)
    assert export_of(asked(f"{MAKERS}.csv?regency=63.07")).pk != export.pk
    assert "/data-terbuka/" in Client().get(f"/unduh/{export.pk}/?daftar=tidak-ada").content.decode()
