"""Long files are written by a job: nobody waits for them in a request, and those who want the same share one."""

import datetime
import itertools
import json

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from disperin.history.models import Entry
from disperin.history.models import record as write_history
from disperin.registers import directory
from disperin.registers.revisions import raise_revision
from disperin.submissions import actions as submissions
from disperin.workbooks import actions, jobs
from disperin.workbooks.actions import exporting
from disperin.workbooks.models import Export, Kind, Making
from disperin.workbooks.reading import open_book
from disperin.workbooks.views import exporting as files
from disperin.workbooks.writing import Writer
from tests.factories import RegencyFactory, an_administrator, an_establishment
from tests.workbooks.rows import HEADINGS, a_row
from tests.workbooks.test_exports import MAKERS, content, read_back, table
from tests.workbooks.test_jobs import Killed, killed_after
from tests.working import work

pytestmark = pytest.mark.django_db
API = "/api/v1/registers/establishments/export"
_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def published(once):
    return once(
        lambda: [an_establishment(name=name, owner_name="Pemilik Rahasia") for name in ("Ayu", "Budi", "Citra")]
    )


@pytest.fixture(autouse=True)
def long_list(published, monkeypatch):
    """Three makers, which are more than are written while somebody waits."""
    monkeypatch.setattr(exporting, "MOST_AT_ONCE", 1)


@pytest.fixture
def stored(django_capture_on_commit_callbacks):
    """Does something and what follows from it once it is stored."""

    def do(verb, *args, **options):
        with django_capture_on_commit_callbacks(execute=True):
            return verb(*args, **options)

    return do


def asked(path=f"{MAKERS}.csv", **headers):
    """What somebody gets from an address that nobody else asks from."""
    return Client(REMOTE_ADDR=f"10.0.{next(_numbers)}.1").get(path, **headers)


def export_of(answer):
    """The Export to whose page an answer leads."""
    assert answer.status_code == 302, answer.status_code
    return Export.objects.get(pk=answer["Location"].split("/unduh/")[1].split("/")[0])


def test_a_visitor_who_wants_a_long_file_is_led_to_its_page_and_no_row_is_read_for_it():
    asked(f"{MAKERS}.csv?q=tidakada").getvalue()  # what a worker looks up once

    for kind, place in itertools.product(Kind.values, ("", "/en")):
        with CaptureQueriesContext(connection) as captured:
            answer = asked(f"{place}{MAKERS}.{kind}")
        of_makers = [one["sql"] for one in captured if 'FROM "industries_establishment"' in one["sql"]]
        assert [("COUNT(*)" in sql, "LIMIT 2" in sql) for sql in of_makers] == [(True, True)], (kind, place)
        assert (answer.status_code, f"{place}/unduh/" in answer["Location"]) == (302, True)
        page = Client().get(answer["Location"])
        text = page.content.decode()
        assert (page.status_code, page["Cache-Control"], 'content="noindex"' in text) == (
            200, "max-age=0, no-cache, no-store, must-revalidate, private", True,
        )  # fmt: skip
        assert ("Sedang ditulis" in text, "hx-get=" in text, "htmx.min.js" in text) == (not place, True, True)
        assert "<noscript><p><a href=" in text
        assert Client().get(export_of(answer).file_url)["Location"] == answer["Location"]
        work()
    assert {(one.kind, one.language) for one in Export.objects.all()} == {
        (kind, language) for kind in Kind.values for language in ("id", "en")
    }


def test_its_file_holds_what_is_public_as_of_the_moment_at_which_it_was_written(signed_in, officer):
    answers = {kind: asked(f"{MAKERS}.{kind}?order=name") for kind in Kind.values}
    an_establishment(name="Dewi")
    work()

    for kind, answer in answers.items():
        export = export_of(answer)
        page = Client().get(answer["Location"], headers={"HX-Request": "true"})
        assert page["HX-Refresh"] == "true"
        assert export.file_url in page.content.decode().replace("&amp;", "&")
        for client in (Client(), signed_in(officer)):
            file = client.get(export.file_url)
            body = b"".join(file.streaming_content)
            assert (file.status_code, file["X-Robots-Tag"]) == (200, "noindex")
            assert file["Cache-Control"].startswith("private, no-store")
            assert f"-{timezone.localtime(export.written_at):%Y%m%d-%H%M}.{kind}" in file["Content-Disposition"]
            assert b"Rahasia" not in body
        assert (export.total, export.done, export.asked_by, export.state) == (4, 4, None, Making.READY)
        assert answer["Location"] not in signed_in(officer).get("/unduh/").content.decode()
    csv_file = asked_file(answers["csv"])
    assert [row["name"] for row in table(csv_file)] == ["Ayu", "Budi", "Citra", "Dewi"]
    assert "/unduh/establishments.csv-metadata.json?order=name" in csv_file["Link"]
    assert len(json.loads(content(asked_file(answers["geojson"])))["features"]) == 4
    assert not Entry.objects.filter(verb="export").exists()


def asked_file(answer, **headers):
    return Client().get(export_of(answer).file_url, headers=headers)


def test_who_wants_the_same_gets_the_same_and_who_wants_other_rows_gets_another(officer, signed_in):
    first = asked(f"{MAKERS}.csv?regency=63.07")
    same = [f"{MAKERS}.csv?{query}" for query in ("regency=63.07&cursor=x", "tampilan=peta&x=1&regency=63.07&branch=")]

    assert {export_of(asked(path)).pk for path in same} == {export_of(first).pk}
    assert export_of(signed_in(officer).get(same[0])) == export_of(first)
    work()
    assert export_of(asked(same[0])) == export_of(first)
    assert (Export.objects.count(), DBTaskResult.objects.count()) == (1, 1)

    others = [f"{MAKERS}.csv", f"{MAKERS}.csv?regency=63.07&order=name", f"{MAKERS}.geojson?regency=63.07"]
    for path in [*others, f"/en{MAKERS}.csv?regency=63.07"]:
        assert export_of(asked(path)) != export_of(first), path
        work()
    own = export_of(signed_in(officer).post(same[0]))
    assert (own.asked_by, own != export_of(first)) == (officer, True)
    assert export_of(signed_in(officer).post(same[0])) == own
    work()
    raise_revision("establishments")
    assert export_of(asked(same[0])) != export_of(first)


def status_of(path, client=None):
    answer = (client or Client(REMOTE_ADDR=f"10.1.{next(_numbers)}.1")).get(path)
    b"".join(answer)
    return answer.status_code


def changed(record, kind=None, **values):
    """The same record with these values, through the door."""
    register = directory.get("establishments")
    return submissions.publish(register, values, by=an_administrator(), record=record, kind=kind)


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


def test_products_are_rows_of_a_workbook_alone(monkeypatch):
    monkeypatch.setattr(exporting, "MOST_AT_ONCE", 4)
    maker = an_establishment(name="Fitri", products=[{"name": "Kain"}])

    assert [status_of(f"{MAKERS}.{rest}") for rest in ("csv", "xlsx?q=fitri", "xlsx")] == [200, 200, 302]
    maker.products.update(closed_on=timezone.localdate())
    assert status_of(f"{MAKERS}.xlsx") == 200


def test_a_short_list_is_left_to_the_job_while_the_process_writes_others(monkeypatch, api, officer, signed_in):
    monkeypatch.setattr(exporting, "MOST_AT_ONCE", 100)
    asked(f"{MAKERS}.csv").getvalue()
    for _one in range(files.AT_ONCE):
        assert files._writing.acquire(blocking=False)
    try:
        answers = [Client(REMOTE_ADDR="10.9.9.9").get(f"{MAKERS}.{kind}") for kind in ("csv", "xlsx", "csv")]
        told = api().get(f"{API}.csv")
        own = signed_in(officer).post(f"{MAKERS}.csv")
    finally:
        files._writing.release(files.AT_ONCE)

    made = [export_of(answer) for answer in answers]
    assert (made[0], told.status_code, told["Location"].split("/")[-2]) == (made[2], 202, str(made[0].pk))
    work()
    assert "Ayu" in content(asked_file(answers[0]))
    assert "Rahasia" in content(signed_in(officer).get(export_of(own).file_url))
    for _time in range(files.AT_ONCE + 1):
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


def test_the_file_is_fetched_in_parts_and_its_head_alone():
    answer = asked()
    work()
    whole = asked_file(answer)
    body = b"".join(whole.streaming_content)
    size, etag = len(body), whole["ETag"]

    for asked_for, first, last in (("bytes=0-9", 0, 9), ("bytes=10-", 10, size - 1), ("bytes=-9999", 0, size - 1),
                                   ("bytes=-7", size - 7, size - 1), ("bytes=5-9999", 5, size - 1)):  # fmt: skip
        part = asked_file(answer, Range=asked_for)
        assert (part.status_code, part["Content-Range"], int(part["Content-Length"])) == (
            206, f"bytes {first}-{last}/{size}", last - first + 1,
        ), asked_for  # fmt: skip
        assert b"".join(part.streaming_content) == body[first : last + 1]
    for nonsense in ("bytes=9-3", "bytes=-0", f"bytes={size}-"):
        beyond = asked_file(answer, Range=nonsense)
        assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{size}"), nonsense
    for all_of_it in ("bytes=0-1,4-5", "rows=0-1", "bytes=-", "bytes=x-1", f"bytes={'9' * 40}-"):
        assert asked_file(answer, Range=all_of_it).getvalue() == body, all_of_it
    start = {"Range": "bytes=0-1"}
    assert asked_file(answer, **start, **{"If-Range": '"other"'}).getvalue() == body
    assert asked_file(answer, **start, **{"If-Range": etag, "Accept-Encoding": "gzip"}).getvalue() == body[:2]
    head = Client().head(export_of(answer).file_url)
    assert head.getvalue() == b""
    assert (head.status_code, int(head["Content-Length"]), head["Accept-Ranges"]) == (200, size, "bytes")


def test_the_api_answers_that_a_long_file_is_being_written_until_it_is_there(api, officer, colleague):
    for user, owner in ((None, ""), (officer, "Pemilik Rahasia")):
        told = api(user).get(f"{API}.csv?order=name")
        where = told["Location"]
        assert (told.status_code, told.json()) == (202, {"url": where, "done": 0, "rows": 3 if user else 0})
        assert (api(user).get(where).status_code, int(told["Retry-After"])) == (202, 5)
        work()
        file = api(user).get(where)
        assert [(row["name"], row.get("owner_name", "")) for row in table(file)] == [
            (one, owner) for one in ("Ayu", "Budi", "Citra")
        ]
    assert [api(other).get(where).status_code for other in (None, colleague)] == [401, 404]
    assert Entry.objects.get(verb="export").actor == officer
    Export.objects.update(state=Making.FAILED)
    assert api(officer).get(where).status_code == 404


def test_a_long_file_of_the_inside_is_its_owner_s_alone(
    officer, colleague, signed_in, send, tmp_path, settings, stored
):
    client = signed_in(officer)
    answer = client.post(f"{MAKERS}.xlsx?regency=63.07")
    export = export_of(answer)
    assert (export.total, export.state, client.get(export.file_url).status_code) == (3, Making.WRITING, 302)

    work()

    both = (answer["Location"], export.file_url)
    assert [signed_in(colleague).get(path).status_code for path in both] == [404, 404]
    assert [Client().get(path).status_code for path in both] == [302, 302]
    assert export.file_url in client.get(answer["Location"]).content.decode().replace("&amp;", "&")
    workbook = send(officer, read_back(client.get(export.file_url), tmp_path / "ekspor.xlsx"))
    assert (workbook.unchanged, workbook.bad) == (3, 0)
    assert str(export.pk) in client.get("/unduh/").content.decode()

    officer.regency = RegencyFactory(code="63.06")
    officer.save()
    assert client.get(export.file_url).status_code == 404

    path = Export.objects.get().path
    last = export.asked_at + datetime.timedelta(days=settings.EXPORT_KEPT_DAYS)
    assert stored(actions.forget_exports, now=last) == 0
    assert stored(actions.forget_exports, now=last + datetime.timedelta(seconds=1)) == 1
    assert (Export.objects.count(), default_storage.exists(path)) == (0, False)
    assert Entry.objects.get(verb="export").detail["rows"] == 3


def test_many_rows_to_be_mended_are_written_aside_and_go_with_their_workbook(
    send, officer, colleague, signed_in, api, tmp_path, stored
):
    workbook = send(officer, [HEADINGS, a_row(""), a_row("")])
    errors, client = reverse("workbooks:errors", args=[workbook.pk]), signed_in(officer)
    answer = client.get(errors)
    export = export_of(answer)
    assert (export.total, export_of(client.get(errors))) == (2, export)
    assert export_of(signed_in(colleague).get(errors)) != export
    assert "Baris yang perlu diperbaiki dari “ikm.xlsx”" in client.get(answer["Location"]).content.decode()
    assert status_of(export.file_url, signed_in(colleague)) == 404

    work()

    file = client.get(export.file_url)
    assert f'filename="kesalahan-{workbook.pk.hex[:8]}-' in file["Content-Disposition"]
    (tmp_path / "kesalahan.xlsx").write_bytes(file.getvalue())
    with open_book(tmp_path / "kesalahan.xlsx") as book:
        assert len(list(book.rows())) == 3
    told = api(officer).get(f"/api/v1/workbooks/{workbook.pk}/errors.xlsx")
    assert (told.status_code, status_of(told["Location"], api(officer))) == (202, 200)
    write_history("confirm", workbook, by=officer)
    assert export_of(client.get(errors)) != export

    paths = list(Export.objects.exclude(path="").values_list("path", flat=True))
    stored(actions.withdraw, workbook, by=officer)
    assert (Export.objects.count(), len(paths), any(map(default_storage.exists, paths))) == (0, 2, False)


def test_a_job_that_is_killed_begins_its_file_anew_and_one_that_keeps_failing_is_given_up(monkeypatch):
    answer = asked(f"{MAKERS}.xlsx")
    export = export_of(answer)
    with killed_after(monkeypatch, Writer, "write_xlsx", 0), pytest.raises(Killed):
        jobs.write_export.func(str(export.pk))
    jobs.write_export.func(str(export.pk))
    export.refresh_from_db()
    assert (export.state, export.attempts, len(default_storage.listdir("exports")[1])) == (Making.READY, 2, 1)

    Export.objects.update(state=Making.WRITING, attempts=jobs.MOST_ATTEMPTS)
    jobs.write_export.func(str(export.pk))
    assert Export.objects.get().state == Making.FAILED
    text = Client().get(answer["Location"]).content.decode()
    assert ('href="/industri/?#unduh"' in text, "karena ada gangguan" in text) == (True, True)
    assert export_of(asked(f"{MAKERS}.xlsx")) != export


def test_short_lists_are_handed_over_at_once_and_leave_no_export():
    for kind in Kind.values:
        answer = asked(f"{MAKERS}.{kind}?q=ayu")
        assert (answer.status_code, len(b"".join(answer.streaming_content)) > 50) == (200, True)
    assert not Export.objects.exists()
