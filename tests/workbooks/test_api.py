"""Files of rows over the API: the same job, the same answers."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from disperin.workbooks.models import Workbook
from tests.factories import RegencyFactory, an_establishment
from tests.workbooks.made_files import an_xlsx
from tests.workbooks.rows import HEADINGS, a_row, counts
from tests.workbooks.tables.test_headings import STRANGE

WORKBOOKS = "/api/v1/workbooks/"


@pytest.fixture
def post(api, tmp_path, django_capture_on_commit_callbacks):
    """Posts to the API as somebody, and has the job done at once."""

    def post_it(by, path, body=None, *, rows=None, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            if rows is None:
                return api(by).post(path, body or {}, format="json")
            file = SimpleUploadedFile("ikm.xlsx", an_xlsx(tmp_path / "ikm.xlsx", ("Data", rows)).read_bytes())
            return api(by).post(path, {"register": "establishments", "file": file, **fields}, format="multipart")

    return post_it


def test_a_file_is_accepted_followed_and_submitted(officer, api, post):
    sent = post(officer, WORKBOOKS, rows=[HEADINGS, a_row("Ayu"), a_row("")])
    assert (sent.status_code, sent.headers["Location"]) == (202, sent.data["url"])

    found = api(officer).get(sent.data["url"]).data
    assert (found["state"], found["counts"], found["adds_up"]) == ("checked", counts(read=2, new=1, bad=1), True)
    assert [(one["row"], one["column"], one["path"], one["code"]) for one in found["errors"]] == [
        (3, "A", "name", "required")
    ]
    assert found["steps"] == ["confirm", "choose", "mend", "submit", "withdraw"]

    submitted = post(officer, f"{sent.data['url']}submit/")
    assert submitted.status_code == 200
    done = api(officer).get(sent.data["url"]).data
    assert (done["state"], done["steps"]) == ("submitted", ["choose", "mend", "withdraw"])
    assert done["batch"].startswith("BKS-6307-")

    withdrawn = post(officer, f"{sent.data['url']}withdraw/")
    assert (withdrawn.status_code, withdrawn.data["state"]) == (200, "withdrawn")
    assert post(officer, f"{sent.data['url']}withdraw/").status_code == 409


def test_rows_are_mended_and_skipped_by_their_cells(officer, api, post):
    rows = [[*a_row("Ayu")[:6], "120304857261"], [*a_row("Budi")[:6], "12"]]
    url = post(officer, WORKBOOKS, rows=[HEADINGS, *rows]).data["url"]
    wrong = api(officer).get(url).data["errors"]
    assert [one.get("suggestion") for one in wrong] == ["0120304857261", None]

    cell = {"sheet": "Data", "row": 2, "column": "G", "value": wrong[0]["suggestion"]}
    refused = post(officer, f"{url}mend/", {"cells": [cell | {"sheet": "Lain"}]})
    nothing = post(officer, f"{url}mend/", {})
    post(officer, f"{url}mend/", {"cells": [cell], "skipped": [wrong[1]["position"]]})

    assert [(one.status_code, list(one.data["errors"])) for one in (refused, nothing)] == [
        (400, ["cells.0"]), (400, ["__all__"]),
    ]  # fmt: skip
    assert api(officer).get(url).data["counts"] == counts(read=2, new=1, skipped=1)


def test_errors_come_fifty_rows_at_a_time(officer, api, post):
    url = post(officer, WORKBOOKS, rows=[HEADINGS, *(a_row("") for _at in range(60))]).data["url"]

    first = api(officer).get(url).data
    second = api(officer).get(first["next"]).data

    assert [len({one["row"] for one in page["errors"]}) for page in (first, second)] == [50, 10]
    assert second["next"] is None


def test_the_error_workbook_is_a_file(officer, api, post):
    answer = post(officer, WORKBOOKS, rows=[HEADINGS, a_row("")]).data
    found = api(officer).get(answer["url"]).data

    file = api(officer).get(found["errors_file"])

    assert found["errors_file"].endswith("/errors.xlsx")
    assert (file.status_code, b"".join(file.streaming_content)[:2]) == (200, b"PK")


def test_a_file_without_errors_has_no_error_workbook(officer, api, post):
    answer = post(officer, WORKBOOKS, rows=[HEADINGS, a_row("Ayu")]).data

    assert api(officer).get(f"{answer['url']}errors.xlsx").status_code == 404


def test_columns_are_confirmed_by_their_letters(officer, api, post):
    url = post(officer, WORKBOOKS, rows=[STRANGE, [*a_row("Ayu")[:6], "merah"]]).data["url"]
    waiting = api(officer).get(url).data
    assert (waiting["state"], waiting["sheets"][0]["columns"]["F"], waiting["sheets"][0]["headings"]["F"]) == (
        "mapping",
        "",
        "Letak desanya",
    )

    refused = post(officer, f"{url}mapping/", {"sheets": [{"part": "", "columns": {"F": "village"}}]})
    post(officer, f"{url}mapping/", {"sheets": [{"part": "", "columns": {"F": "village", "G": "#none"}}]})

    assert (refused.status_code, list(refused.data["errors"])) == (400, ["sheets.0.6"])
    assert api(officer).get(url).data["counts"] == counts(read=1, new=1)


def test_nothing_is_kept_of_what_is_said_of_a_sheet_that_is_not_read(officer, post, send):
    nik = "6307015708900001"
    workbook = send(officer, (("Data", [HEADINGS, a_row("Ayu")]), ("Catatan", [["Isi"], ["Lihat lampiran"]])))
    unread = {"part": None, "columns": {"A": nik}, "same": {"name": nik, nik: "x"}}

    answer = post(officer, f"{WORKBOOKS}{workbook.pk}/mapping/", {"sheets": [{"part": ""}, unread]})

    workbook.refresh_from_db()
    assert answer.status_code < 300, answer.data
    assert nik not in str(workbook.mapping) + str(answer.data)


def test_a_mapping_that_makes_no_sense_is_a_400(officer, post):
    url = post(officer, WORKBOOKS, rows=[STRANGE, [*a_row("Ayu")[:6], "merah"]]).data["url"]

    for body in (
        {},
        {"sheets": []},
        {"sheets": [{"part": "apa"}]},
        {"sheets": [{"part": "", "columns": {"ZZZ": "name"}}]},
        {"sheets": [{"part": "", "columns": {"A": ["name"]}}]},
        {"sheets": "x"},
        {"lembar": []},
    ):
        assert post(officer, f"{url}mapping/", body).status_code == 400, body


def test_an_undecided_row_names_its_candidates_and_is_chosen(officer, api, post):
    record = an_establishment(name="Sasirangan Ayu Barabai")
    url = post(officer, WORKBOOKS, rows=[HEADINGS, a_row("Sasirangan Ayu Barabay")]).data["url"]
    undecided = api(officer).get(url).data["undecided"]
    assert [one["candidates"] for one in undecided] == [[{"number": record.number, "title": str(record)}]]

    choice = {"position": undecided[0]["position"], "what": "update", "number": record.number}
    post(officer, f"{url}choices/", {"choices": [choice]})

    assert api(officer).get(url).data["counts"] == counts(read=1, changed=1)


def test_a_choice_that_makes_no_sense_is_a_400(officer, post):
    an_establishment(name="Sasirangan Ayu Barabai")
    url = post(officer, WORKBOOKS, rows=[HEADINGS, a_row("Sasirangan Ayu Barabay")]).data["url"]

    for body in (
        {},
        {"choices": []},
        {"choices": [{"position": 2, "what": "update"}]},
        {"choices": [{"position": 10**12, "what": "new", "reason": "x"}]},
        {"choices": [{"position": 2, "what": "apa"}]},
        {"choices": [{"position": 2, "what": "new", "reason": "a\x00b"}]},
        {"choices": {"position": 2}},
    ):
        assert post(officer, f"{url}choices/", body).status_code == 400, body


def test_warnings_are_a_400_until_they_are_acknowledged(officer, post):
    url = post(officer, WORKBOOKS, rows=[HEADINGS, a_row("Ayu", nib=120304857261)]).data["url"]

    refused = post(officer, f"{url}submit/")

    assert (refused.status_code, refused.data["errors"]["acknowledge_warnings"][0]["code"]) == (400, "warning")
    assert post(officer, f"{url}submit/", {"acknowledge_warnings": True}).status_code == 200


def test_a_refused_file_says_why(officer, api, post):
    url = post(officer, WORKBOOKS, rows=[]).data["url"]

    found = api(officer).get(url).data

    assert (found["state"], found["refusal"]["code"], found["sheets"]) == ("refused", "no_rows", [])


def test_an_upload_that_makes_no_sense_is_a_400(officer, post):
    for fields in ({"register": "apa"}, {"register": "\x00"}, {"regency": "99.99"}, {"file": "teks"}):
        assert post(officer, WORKBOOKS, rows=[HEADINGS], **fields).status_code == 400, fields


def test_json_is_no_upload(officer, post):
    assert post(officer, WORKBOOKS, {"register": "establishments"}).status_code == 400


def test_what_is_too_large_is_refused_before_it_is_read(officer, post, settings):
    settings.WORKBOOK_LIMIT = -64 * 1024

    assert post(officer, WORKBOOKS, rows=[HEADINGS]).status_code == 413


def test_who_may_what(officer, officer_there, verifier, head, api, post):
    url = post(officer, WORKBOOKS, rows=[HEADINGS, a_row("Ayu")]).data["url"]

    assert [api(one).get(url).status_code for one in (None, officer_there, verifier, head)] == [401, 404, 200, 200]
    assert [api(one).post(f"{url}submit/", {}).status_code for one in (None, officer_there, verifier, head)] == [
        401,
        404,
        403,
        403,
    ]
    assert [post(one, WORKBOOKS, rows=[HEADINGS], regency="63.07").status_code for one in (head, officer_there)] == [
        403,
        403,
    ]


def test_a_token_that_may_only_read_sends_nothing(officer, post):
    assert Workbook.objects.count() == 0
    assert post(None, WORKBOOKS, rows=[HEADINGS]).status_code == 401


def test_the_template_of_a_register(officer, verifier, api):
    RegencyFactory(code="63.06")
    address = reverse("register-template", args=["establishments"])

    assert api(verifier).get(f"{address}?regency=63.06").status_code == 200
    for query, status in (("", 200), ("?regency=63.06", 403), ("?regency=99.99", 400), ("?regency=%00", 400)):
        answer = api(officer).get(address + query)

        assert (answer.status_code, answer.content[:2] == b"PK") == (status, status == 200), query


def test_a_template_of_no_register_is_not_there(officer, api):
    assert api(officer).get(reverse("register-template", args=["apa"])).status_code == 404
    assert api().get(reverse("register-template", args=["establishments"])).status_code == 401


def test_a_member_that_nobody_knows_or_that_was_sent_twice_is_refused_with_all_else(officer, post):
    answer = post(officer, WORKBOOKS, rows=[HEADINGS], colour="red", register=["establishments", "zones"], regency="xx")

    told = {path: [one["code"] for one in some] for path, some in answer.json()["errors"].items()}
    assert told == {"colour": ["unknown"], "register": ["repeated"], "regency": ["unknown"]}
