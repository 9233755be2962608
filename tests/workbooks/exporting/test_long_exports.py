"""Long files are written by a job: nobody waits for them in a request, and those who want the same share one."""

import datetime
import itertools
import json
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from disperin.history.models import Entry
from disperin.history.models import record as write_history
from disperin.registers.record.revisions import raise_revision
from disperin.workbooks import actions, jobs
from disperin.workbooks.actions import exporting
from disperin.workbooks.exporting.writing import Writer
from disperin.workbooks.files import open_book
from disperin.workbooks.models import Export, Kind, Making
from tests.factories import RegencyFactory, an_establishment
from tests.workbooks.exporting.long_files import API, asked, asked_file, export_of, status_of
from tests.workbooks.exporting.test_exports import MAKERS, content, read_back, table
from tests.workbooks.importing.test_jobs import Killed, killed_after
from tests.workbooks.rows import HEADINGS, a_row
from tests.working import work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("long_list"), pytest.mark.thorough]


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


def test_products_are_rows_of_a_workbook_alone(monkeypatch):
    monkeypatch.setattr(exporting, "MOST_AT_ONCE", 4)
    maker = an_establishment(name="Fitri", products=[{"name": "Kain"}])

    assert [status_of(f"{MAKERS}.{rest}") for rest in ("csv", "xlsx?q=fitri", "xlsx")] == [200, 200, 302]
    maker.products.update(closed_on=timezone.localdate())
    assert status_of(f"{MAKERS}.xlsx") == 200


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
    assert [api(other).get(where).status_code for other in (None, colleague)] == [404, 404]
    never = where.replace(where.rstrip("/").rpartition("/")[2], str(uuid4()))
    assert api().get(where).json()["code"] == api().get(never).json()["code"]
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
    for path in both:
        never = path.replace(str(export.pk), str(uuid4()))
        answers = [Client().get(address) for address in (path, never)]
        pages = [answer.text.replace(str(export.pk), "").replace(never[7:43], "") for answer in answers]
        assert ([answer.status_code for answer in answers], pages[0]) == ([404, 404], pages[1])
        assert f"/masuk/?next={quote(path)}" in answers[0].text
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
        assert len([row for row in book.rows() if row.sheet == 0]) == 3  # beside the choices of its drop-downs
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

    Export.objects.update(state=Making.WRITING, attempts=jobs.TRIES)
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
