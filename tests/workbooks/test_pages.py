"""The pages of the import: what each state asks for, and nobody's files but those within reach."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from disperin.workbooks.exporting.error_file import write_errors
from disperin.workbooks.files import open_book
from disperin.workbooks.models import State, Workbook
from tests.factories import RegencyFactory, an_establishment
from tests.workbooks.made_files import an_xlsx
from tests.workbooks.rows import HEADINGS, a_row, counts
from tests.workbooks.tables.test_headings import STRANGE


def page(name, workbook):
    return reverse(f"workbooks:{name}", args=[workbook.pk])


def an_upload(tmp_path, rows, name="ikm.xlsx"):
    return SimpleUploadedFile(name, an_xlsx(tmp_path / name, ("Data", rows)).read_bytes())


def test_a_file_is_sent_checked_and_submitted_by_hand(officer, signed_in, tmp_path, django_capture_on_commit_callbacks):
    client = signed_in(officer)
    rows = [HEADINGS, a_row("Ayu"), a_row("")]

    with django_capture_on_commit_callbacks(execute=True):
        sent = client.post(reverse("workbooks:index"), {"daftar": "establishments", "file": an_upload(tmp_path, rows)})
    workbook = Workbook.objects.get()
    assert (sent.status_code, sent.url) == (302, workbook.get_absolute_url())
    shown = client.get(sent.url).content.decode()
    assert 'name="csrfmiddlewaretoken"' in shown
    assert page("submit", workbook) in shown

    with django_capture_on_commit_callbacks(execute=True):
        client.post(page("submit", workbook), {})

    workbook.refresh_from_db()
    assert workbook.state == "submitted"
    assert workbook.batch.number in client.get(sent.url).content.decode()


def test_provincial_users_say_for_which_regency(verifier, signed_in, tmp_path):
    RegencyFactory(code="63.07")
    given = {"daftar": "establishments", "file": an_upload(tmp_path, [HEADINGS])}

    assert signed_in(verifier).post(reverse("workbooks:index"), given).status_code == 400


def test_an_upload_without_a_file_is_refused_in_words(officer, signed_in):
    client = signed_in(officer)

    for given in ({}, {"daftar": "apa"}, {"daftar": "establishments"}, {"daftar": "establishments", "file": "teks"}):
        answer = client.post(reverse("workbooks:index"), given)
        assert (answer.status_code, "error-summary" in answer.content.decode()) == (400, True), given


def test_an_empty_file_is_refused_in_words(officer, signed_in):
    given = {"daftar": "establishments", "file": SimpleUploadedFile("a.xlsx", b"")}

    assert signed_in(officer).post(reverse("workbooks:index"), given).status_code == 400


def test_readers_see_the_list_and_send_nothing(head, signed_in):
    client = signed_in(head)

    assert client.get(reverse("workbooks:index")).status_code == 200
    assert client.post(reverse("workbooks:index"), {}).status_code == 403


def test_a_file_of_another_regency_is_not_there(send, officer, officer_there, signed_in):
    workbook = send(officer, [HEADINGS, a_row("Ayu")])
    client = signed_in(officer_there)

    assert [client.get(page(name, workbook)).status_code for name in ("detail", "errors", "confirm")] == [404] * 3
    assert [client.post(page(name, workbook)).status_code for name in ("submit", "withdraw", "choose")] == [404] * 3


def test_what_was_not_read_is_named_and_nothing_else_is(send, officer, signed_in):
    client = signed_in(officer)
    whole = send(officer, [HEADINGS, a_row("Ayu")])
    more = send(officer, (("Data", [HEADINGS, a_row("Budi")]), ("Hujan", [["Bulan", "Hujan"], ["Januari", 12]])))

    shown = [client.get(one.get_absolute_url()).content.decode() for one in (whole, more)]

    assert ["notice-info" in page for page in shown] == [False, True]
    assert "Hujan" in shown[1]


def test_the_mapping_is_shown_with_samples_and_confirmed(send, officer, signed_in, django_capture_on_commit_callbacks):
    workbook = send(officer, [STRANGE, [*a_row("Ayu")[:6], "merah"]])
    client = signed_in(officer)
    shown = client.get(workbook.get_absolute_url()).content.decode()
    told = {
        "sheet-0": "records",
        **{
            f"column-0-{at}": f":{name}"
            for at, name in enumerate(("name", "legal_form", "branch", "kbli", "district", "village"))
        },
    }

    refused = client.post(page("confirm", workbook), told)
    with django_capture_on_commit_callbacks(execute=True):
        accepted = client.post(page("confirm", workbook), told | {"column-0-6": "#none"})

    workbook.refresh_from_db()
    assert "merah" in shown
    assert (refused.status_code, accepted.status_code) == (400, 302)
    assert workbook.counts == counts(read=1, new=1)
    assert "Warna" in client.get(workbook.get_absolute_url()).content.decode()


def test_a_mapping_that_makes_no_sense_is_refused(send, officer, signed_in):
    workbook, client = send(officer, [STRANGE, [*a_row("Ayu")[:6], "merah"]]), signed_in(officer)

    for told in ({}, {"sheet-0": "-"}, {"sheet-0": "apa"}, {"sheet-0": "records", "column-0-0": "products:name"}):
        assert client.post(page("confirm", workbook), told).status_code == 400, told


def test_a_choice_is_made_on_the_page(send, officer, signed_in, django_capture_on_commit_callbacks):
    record = an_establishment(name="Sasirangan Ayu Barabai")
    workbook = send(officer, [HEADINGS, a_row("Sasirangan Ayu Barabay")])
    client = signed_in(officer)
    shown = client.get(workbook.get_absolute_url()).content.decode()

    refused = client.post(page("choose", workbook), {"choice-2": "new", "reason-2": ""})
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page("choose", workbook), {"choice-2": record.number})

    workbook.refresh_from_db()
    assert f'value="{record.number}"' in shown
    assert refused.status_code == 400
    assert workbook.counts == counts(read=1, changed=1)


def test_a_reason_that_is_too_long_stays_on_the_page_with_its_choice(send, officer, signed_in):
    an_establishment(name="Sasirangan Ayu Barabai")
    workbook, reason = send(officer, [HEADINGS, a_row("Sasirangan Ayu Barabay")]), "lain " * 250

    refused = signed_in(officer).post(page("choose", workbook), {"choice-2": "new", "reason-2": reason})

    text = refused.content.decode()
    told = "Baris 2, “Alasan ini data baru”: Teks ini 1249 karakter; paling banyak 1000 karakter. Persingkat."
    assert (refused.status_code, told in text, f'value="{reason.strip()}"' in text) == (400, True, True)
    assert re.search(r'value="new"\s+checked', text)


def test_choices_of_nothing_are_refused(send, officer, signed_in):
    workbook, client = send(officer, [HEADINGS, a_row("Ayu")]), signed_in(officer)

    for post in ({}, {"choice-99": "new", "reason-99": "x"}, {"choice-abc": "new"}, {"choice-2": "IKM-6307-999999"}):
        assert client.post(page("choose", workbook), post).status_code == 400, post


def test_warnings_are_acknowledged_before_rows_are_submitted(send, officer, signed_in):
    workbook = send(officer, [HEADINGS, a_row("Ayu", nib=120304857261)])
    client = signed_in(officer)

    assert workbook.warned == 1
    assert client.post(page("submit", workbook), {}).status_code == 400
    assert client.post(page("submit", workbook), {"acknowledge_warnings": "on"}).status_code == 302


def test_rows_are_filtered_by_outcome_and_paged(send, officer, signed_in):
    workbook = send(officer, [HEADINGS, *(a_row("") for _at in range(30)), a_row("Ayu")])
    client = signed_in(officer)

    first = client.get(workbook.get_absolute_url(), {"hasil": "bad"}).content.decode()
    second = client.get(workbook.get_absolute_url(), {"hasil": "bad", "page": 2}).content.decode()
    new = client.get(workbook.get_absolute_url(), {"hasil": "new"}).content.decode()

    assert [text.count("<article") for text in (first, second, new)] == [25, 5, 1]
    assert client.get(workbook.get_absolute_url(), {"hasil": "\x00"}).status_code == 400


@pytest.mark.parametrize("number", [1, 3])
def test_the_result_takes_as_many_queries_for_three_rows_as_for_one(
    send, officer, signed_in, number, django_assert_num_queries
):
    workbook = send(officer, [HEADINGS, *(a_row(f"Usaha {'abc'[at] * 9}") for at in range(number))])
    client = signed_in(officer)
    client.get(workbook.get_absolute_url())

    with django_assert_num_queries(9):
        client.get(workbook.get_absolute_url())


def test_while_it_is_worked_on_the_page_asks_again_and_then_changes(send, officer, signed_in):
    workbook = send(officer, [HEADINGS, a_row("Ayu")])
    client = signed_in(officer)
    Workbook.objects.filter(pk=workbook.pk).update(state=State.CHECKING, done=5, total=10)

    working = client.get(workbook.get_absolute_url(), headers={"HX-Request": "true"})
    Workbook.objects.filter(pk=workbook.pk).update(state=State.CHECKED)
    finished = client.get(workbook.get_absolute_url(), headers={"HX-Request": "true"})

    assert 'max="10"' in working.content.decode()
    assert "HX-Refresh" not in working.headers
    assert finished.headers["HX-Refresh"] == "true"


def test_rows_that_do_not_add_up_are_red_and_stop(send, officer, signed_in):
    workbook = send(officer, [HEADINGS, a_row("Ayu")])
    Workbook.objects.filter(pk=workbook.pk).update(read=5)
    client = signed_in(officer)

    assert 'role="alert"' in client.get(workbook.get_absolute_url()).content.decode()
    assert client.post(page("submit", workbook), {}).status_code == 409


def test_the_error_workbook_and_the_template_are_downloads(send, officer, signed_in, tmp_path):
    workbook = send(officer, [HEADINGS, a_row("")])
    client = signed_in(officer)

    errors = client.get(page("errors", workbook))
    template = client.get(reverse("workbooks:template"), {"daftar": "establishments"})

    for answer, name in ((errors, "a.xlsx"), (template, "b.xlsx")):
        path = tmp_path / name
        path.write_bytes(b"".join(answer.streaming_content) if answer.streaming else answer.content)
        assert answer.headers["Content-Disposition"].startswith("attachment")
        with open_book(path) as book:
            assert list(book.rows())


def test_the_template_of_another_regency_is_not_handed_out_to_an_officer(officer, officer_there, signed_in):
    asked = {"daftar": "establishments", "kabupaten": officer_there.regency_id}

    answers = [signed_in(one).get(reverse("workbooks:template"), asked).status_code for one in (officer, officer_there)]

    assert answers == [403, 200]


def test_a_template_of_nothing_is_not_there(verifier, signed_in):
    client = signed_in(verifier)

    for query in (
        {},
        {"daftar": "apa"},
        {"daftar": "establishments", "kabupaten": "99.99"},
        {"daftar": "establishments", "kabupaten": "\x00"},
    ):
        assert client.get(reverse("workbooks:template"), query).status_code == 404, query


def test_a_file_without_bad_rows_has_no_error_workbook(send, officer, signed_in):
    workbook = send(officer, [HEADINGS, a_row("Ayu")])

    assert signed_in(officer).get(page("errors", workbook)).status_code == 404


def test_masked_values_are_masked_in_what_is_shown(send, officer, signed_in):
    record = an_establishment(name="Ayu", legal_form="pt", npwp="013579246801000")
    file = [["Nomor register", "Nama usaha", "NPWP"], [record.number, "Ayu", "013579246802000"]]

    workbook = send(officer, file)
    shown = signed_in(officer).get(workbook.get_absolute_url(), {"hasil": "changed"}).content.decode()

    assert workbook.counts == counts(read=1, changed=1)
    assert "013579246801000" not in shown + str(workbook.rows.get().changes)
    assert "013579246802000" not in shown + str(workbook.rows.get().changes)


def test_what_was_noted_of_many_rows_is_told_by_kind(send, officer, signed_in):
    rows = [[*a_row(f"Usaha {name}"), phone] for name, phone in (("Ayu", "-"), ("Budi", "-"), ("Citra", 81234567890))]

    workbook = send(
        officer, [[*HEADINGS, "Telepon"], *rows, [*a_row("Bad")[:6], "12", "1"], [*a_row("Baz")[:6], "1", "2"]]
    )
    page = signed_in(officer).get(workbook.get_absolute_url()).content.decode()

    assert workbook.counts == counts(read=5, new=3, bad=2)
    assert "2 × Telepon, misalnya: “-” dibaca sebagai tidak diisi." in page
    assert "1 × Telepon" not in page
    assert "2 × NIB: " in page


def test_rows_are_mended_on_the_page_cause_by_cause(send, officer, signed_in, django_capture_on_commit_callbacks):
    rows = [
        [*a_row(f"Usaha {name}")[:6], nib] for name, nib in (("Ayu", "120304857261"), ("Budi", "12"), ("Citra", "1"))
    ]
    workbook, client = send(officer, [HEADINGS, *rows]), signed_in(officer)

    shown = client.get(workbook.get_absolute_url()).text
    key = re.search(r'name="accept" value="([0-9a-f]+)"', shown)[1]
    typed = {"cell-2-6": "120304857261", "cell-3-6": ["0120304857262", "12"], "cell-4-6": "1", "accept": key}
    with django_capture_on_commit_callbacks(execute=True):
        mended = client.post(page("mend", workbook), typed)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page("mend", workbook), {"skip": "4"})
    skipped = client.get(workbook.get_absolute_url(), {"hasil": "skipped"}).text

    workbook.refresh_from_db()
    assert "1 × NIB: angka 0 di depan hilang" in shown
    assert shown.index("2 × NIB") < shown.index("1 × NIB")
    assert mended.status_code == 302
    assert workbook.counts == counts(read=3, new=2, skipped=1)
    assert 'name="take-up" value="4"' in skipped


def without(heading, *rows):
    """HEADINGS and these rows without one column."""
    at = HEADINGS.index(heading)
    return [[one for place, one in enumerate(row) if place != at] for row in (HEADINGS, *rows)]


def test_a_mandatory_column_that_the_file_lacks_is_filled_in_row_by_row(
    send, officer, signed_in, django_capture_on_commit_callbacks, tmp_path
):
    known = an_establishment(name="Citra", legal_form="perorangan")
    rows = without("Bentuk badan usaha", a_row("Ayu"), a_row("Budi"), a_row("Citra Baru"))
    rows = [[*row, number] for row, number in zip(rows, ["Nomor register", None, None, known.number], strict=True)]
    workbook, client = send(officer, rows), signed_in(officer)

    shown = client.get(workbook.get_absolute_url()).text
    write_errors(workbook, tmp_path / "kesalahan.xlsx")
    with open_book(tmp_path / "kesalahan.xlsx") as book:
        headings = next(book.rows()).cells
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(page("mend", workbook), {"cell-2-7": "perorangan", "cell-3-7": "cv"})

    workbook.refresh_from_db()
    assert "Tidak ada kolom yang dibaca sebagai “Bentuk badan usaha”." in shown
    assert headings == [*rows[0], "Bentuk badan usaha", "KESALAHAN"]
    assert answer.status_code == 302
    assert workbook.counts == counts(read=3, new=2, changed=1)  # what is there already keeps what it has


def test_what_a_file_lacks_is_given_to_all_its_rows_at_once(
    send, officer, signed_in, django_capture_on_commit_callbacks
):
    rows = without("Bentuk badan usaha", a_row("Ayu"), a_row("Budi"), a_row(""))
    workbook, client = send(officer, rows), signed_in(officer)

    def confirm(**given):
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(page("confirm", workbook), told | given)
        workbook.refresh_from_db()
        return answer

    asked = client.get(workbook.get_absolute_url(), {"kolom": 1}).text
    told = {"sheet-0": "records", "same-0-0": ":legal_form"}
    told |= {f"column-0-{place}": f":{name}" for place, name in workbook.mapping[0]["columns"].items() if place < "6"}
    assert 'value=":legal_form" selected' in asked
    for wrong in ("entahlah", "6307015708900001", "x" * 1_001):
        refused = confirm(**{"value-0-0": wrong})
        assert refused.status_code == 400, wrong
        assert 'id="id_value-0-0_error"' in refused.text, wrong
    assert confirm(**{"same-0-0": ":name", "value-0-0": "Ayu"}).status_code == 400  # a column says it
    assert confirm(**{"value-0-0": "PO"}).status_code == 302

    shown = client.get(workbook.get_absolute_url()).text
    assert workbook.counts == counts(read=3, new=2, bad=1)
    assert "“PO” diberikan kepada semua baris “Data” sebagai “Bentuk badan usaha”." in shown
    assert {one["code"] for row in workbook.rows.filter(outcome="new") for one in row.warnings} >= {"same_for_all"}
    assert confirm(**{"value-0-0": ""}).status_code == 302  # taken back
    assert workbook.counts == counts(read=3, bad=3)


def test_what_is_refused_in_a_cell_stays_on_the_page_and_only_there(send, officer, signed_in):
    workbook, client = send(officer, [HEADINGS, [*a_row("Ayu")[:6], "12"]]), signed_in(officer)

    refused = client.post(page("mend", workbook), {"cell-2-6": "6307015708900001"})
    nothing = client.post(page("mend", workbook), {"cell-2-6": " 12 "})

    assert (refused.status_code, nothing.status_code) == (400, 400)
    assert 'value="6307015708900001"' in refused.text
    assert 'aria-invalid="true"' in refused.text
    assert workbook.rows.get().cells[6] == "12"
    for query in ({"dari": "x"}, {"sebab": "x", "dari": "-1"}):
        assert client.get(workbook.get_absolute_url(), query).status_code == 400, query


def test_a_masked_cell_is_mended_without_being_shown(send, officer, signed_in, django_capture_on_commit_callbacks):
    row = [*a_row("Ayu"), "0135792468010"]
    row[1] = "pt"
    workbook, client = send(officer, [[*HEADINGS, "NPWP"], row]), signed_in(officer)

    shown = client.get(workbook.get_absolute_url()).text
    untouched = client.post(page("mend", workbook), {"cell-2-7": ""})
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page("mend", workbook), {"cell-2-7": "013579246801000"})

    workbook.refresh_from_db()
    assert 'name="cell-2-7" value=""' in shown
    assert "0135792468010" not in shown
    assert untouched.status_code == 400
    assert workbook.counts == counts(read=1, new=1)
    assert "0135792468010" not in client.get(workbook.get_absolute_url(), {"hasil": "semua"}).text
