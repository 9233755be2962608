"""A file becomes rows, outcomes, and submissions of one batch."""

import datetime
import html

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from disperin.desk.refusals import NotNow, Refused
from disperin.history.models import Entry
from disperin.regions.models import RetiredCode
from disperin.submissions import actions as submissions
from disperin.submissions.batches.actions.sampling import draw_sample, note_opened
from disperin.submissions.models import Submission, SubmissionRound
from disperin.submissions.workflow import Status
from disperin.workbooks import actions
from disperin.workbooks.exporting.error_file import write_errors
from disperin.workbooks.files import open_book
from disperin.workbooks.importing import taking_in
from disperin.workbooks.models import KnownHeading, Workbook, WorkbookRow
from industries.models import Establishment
from tests.factories import RegencyFactory, an_establishment
from tests.workbooks.rows import HEADINGS, a_row, codes_of, counts, verified


def test_rows_are_judged_without_proposing_anything(send, officer):
    workbook = send(officer, [HEADINGS, a_row("Sasirangan Ayu"), a_row("Batik Budi")])

    assert (workbook.state, workbook.counts) == ("checked", counts(read=2, new=2))
    assert not Submission.objects.exists()
    assert not Establishment.objects.exists()


def test_the_file_itself_is_removed_once_it_is_read(send, officer):
    workbook = send(officer, [HEADINGS, a_row("Sasirangan Ayu")])

    assert workbook.path == ""
    assert not default_storage.exists("workbooks") or default_storage.listdir("workbooks") == ([], [])


def test_every_error_of_every_row_is_told_with_its_place_and_value(send, officer):
    good, bad = a_row("Baik"), a_row("")
    bad[1], bad[3], bad[6] = "persero", "99999", "123"

    workbook = send(officer, [HEADINGS, good, bad])

    row = workbook.rows.get(outcome="bad")
    told = {(one["column"], one["heading"], one["value"], one["path"]) for one in row.errors}
    assert workbook.counts == counts(read=2, new=1, bad=1)
    assert told == {
        ("A", "Nama usaha", "", "name"),
        ("B", "Bentuk badan usaha", "persero", "legal_form"),
        ("D", "KBLI", "99999", "kbli"),
        ("G", "NIB", "123", "nib"),
    }
    assert {(one["sheet"], one["row"]) for one in row.errors} == {("Data", 3)}
    assert all(one["message"] for one in row.errors)


def test_rows_are_submitted_as_one_batch_and_nothing_is_public_before_it_is_verified(send, officer, verifier, done):
    workbook = send(officer, [HEADINGS, a_row("Sasirangan Ayu"), a_row("Batik Budi"), a_row("")])

    workbook = done(actions.submit, workbook, by=officer)

    assert workbook.state == "submitted"
    assert workbook.batch.counts()["submitted"] == 2
    assert not Establishment.objects.exists()
    verified(workbook.batch, verifier)
    assert sorted(Establishment.objects.values_list("name", flat=True)) == ["Batik Budi", "Sasirangan Ayu"]


def kept_of(workbook):
    """Whatever the portal keeps of files, as a text."""
    return str([*WorkbookRow.objects.values(), *Workbook.objects.values(), *Entry.objects.values()])


def test_a_column_of_niks_is_left_out_by_its_name_and_the_rest_is_read(send, officer, signed_in, tmp_path):
    niks = ("6307015708900001", "630701-570890-00", "tak ingat 63070157")  # the last two are none, and not kept either
    rows = [[nik, *a_row(f"Usaha {'abc'[at] * 7}")] for at, nik in enumerate(niks)]

    workbook = send(officer, [["DATA IKM"], [], ["No. KTP", *HEADINGS], *rows, [*rows[0][:1], *a_row("")]])

    assert (workbook.state, workbook.counts) == ("checked", counts(read=4, new=3, bad=1))
    assert workbook.sheets[0]["left_out"] == [0]
    page = signed_in(officer).get(workbook.get_absolute_url()).text
    assert "“No. KTP” pada “Data” adalah kolom NIK" in page
    write_errors(workbook, tmp_path / "kesalahan.xlsx")
    with open_book(tmp_path / "kesalahan.xlsx") as book:
        told = kept_of(workbook) + page + str([row.cells for row in book.rows()])
    for nik in ("6307015708900001", "630701-570890-00", "63070157"):
        assert nik not in told


def test_a_column_that_holds_niks_under_another_name_is_left_out_too_and_its_name_is_not_remembered(
    send, officer, done
):
    rows = [[*a_row(f"Usaha {'abcde'[at] * 7}"), f"630701570890000{at}" if at else "lupa 63070"] for at in range(5)]

    workbook = send(officer, [[*HEADINGS, "Catatan"], *rows])

    assert (workbook.state, workbook.counts) == ("checked", counts(read=5, new=5))
    assert (workbook.sheets[0]["left_out"], "lupa 63070" in kept_of(workbook)) == ([7], False)
    strange = workbook.mapping[0]["columns"] | {"7": "address"}
    with pytest.raises(ValidationError):
        actions.confirm(workbook, [workbook.mapping[0] | {"columns": strange}], by=officer)
    done(actions.confirm, workbook, workbook.mapping, by=officer)
    assert not KnownHeading.objects.filter(heading="catatan").exists()


def test_headings_of_niks_are_known_before_a_row_is_kept_in_every_sheet(send, officer, monkeypatch):
    kept = []
    monkeypatch.setattr(taking_in, "CHUNK", 4)
    real = taking_in.add_rows
    monkeypatch.setattr(taking_in, "add_rows", lambda workbook, rows: (kept.extend(rows), real(workbook, rows)))
    sheet = [[*HEADINGS, "NIK"], *([*a_row(f"Usaha {'abcdef'[at] * 7}"), f"kurang 63070{at}"] for at in range(6))]

    send(officer, (("Data", sheet), ("Lain", [["Siapa", "NIK"], *(["Ayu", f"kurang 63070{at}"] for at in range(3))])))

    assert len(kept) == 11
    assert "kurang" not in str(kept)


def test_a_nik_in_the_column_of_tax_numbers_is_blanked_and_told(send, officer):
    rows = [
        [*a_row("Ayu"), "6307015708900001"],
        [*a_row("Budi"), 6307015708900001],
        [*a_row("Citra"), "6307.0157.0890.0002"],
        [*a_row("Dewi"), "1000 0000 1234 5678"],  # of a company, since Coretax
    ]
    for row in rows:
        row[1] = "pt"

    workbook = send(officer, [[*HEADINGS, "NPWP"], *rows])

    assert codes_of(workbook) == {2: ["personal_number"], 3: ["personal_number"], 4: ["personal_number"]}
    assert [row.cells[7] for row in workbook.rows.all()] == [{"flaw": "nik"}] * 3 + ["1000 0000 1234 5678"]
    kept = kept_of(workbook)
    assert "6307015708900001" not in kept
    assert "6307.0157.0890.0002" not in kept


def test_a_retired_region_code_is_read_as_its_successor_with_a_warning(send, officer):
    row = a_row("Ayu")
    RetiredCode.objects.create(code="63.07.09.1001", successor=row[5], name="Dulu")
    row[5] = "6307091001"

    workbook = send(officer, [HEADINGS, row])

    assert workbook.counts == counts(read=1, new=1)
    assert [one["code"] for one in workbook.rows.get().warnings] == ["retired_code"]


def test_the_verifier_is_told_of_rows_that_were_not_read_as_they_stand(send, done, officer, verifier, signed_in):
    odd, plain = a_row("Ayu  Tenun"), a_row("Budi")

    workbook = done(actions.submit, send(officer, [HEADINGS, odd, plain]), by=officer, acknowledged=True)

    batch = workbook.batch
    messages = {one.title: one.message_in_words for one in batch.submissions.all()}
    assert messages["Budi"] == ""
    assert "Nama usaha" in messages["Ayu Tenun"]
    assert {one.message for one in SubmissionRound.objects.all()} == {one.message for one in batch.submissions.all()}
    for one in draw_sample(batch, by=verifier).drawn.all():
        note_opened(one.submission, by=verifier)
    page = signed_in(verifier).get(f"/usulan/berkas/{batch.number}/").text
    assert "2 baris tanpa masalah" in page
    assert "1 di antaranya dibaca berbeda dari isi berkas" in page


def test_the_example_of_a_template_is_no_row(send, officer):
    file = [["Kunci baris", *HEADINGS], ["contoh", *a_row("Contoh")], ["1", *a_row("Ayu")]]

    assert send(officer, file).counts == counts(read=1, new=1)


def test_titles_above_the_headings_are_no_rows(send, officer):
    file = [["DATA IKM KABUPATEN 2026"], [], HEADINGS, a_row("Ayu")]

    workbook = send(officer, file)

    assert (workbook.counts, workbook.sheets[0]["heading_row"]) == (counts(read=1, new=1), 3)


def test_a_file_of_a_provincial_user_is_for_the_regency_that_was_named(send, verifier):
    RegencyFactory(code="63.06")
    row, other = a_row("Ayu", regency="63.06"), a_row("Budi", regency="63.07")

    workbook = send(verifier, [HEADINGS, row, other], regency="63.06")

    assert workbook.counts == counts(read=2, new=1, bad=1)
    assert workbook.rows.get(outcome="bad").number == 3


def test_nobody_sends_for_another_regency_and_readers_send_nothing(send, officer, head):
    RegencyFactory(code="63.06")

    with pytest.raises(Refused):
        send(officer, [HEADINGS], regency="63.06")
    with pytest.raises(Refused):
        send(head, [HEADINGS])


def test_only_the_proposing_side_goes_on(send, officer, colleague, verifier, head, done):
    workbook = send(officer, [HEADINGS, a_row("Ayu")])

    for other in (verifier, head):
        with pytest.raises(Refused):
            actions.submit(workbook, by=other)
    assert done(actions.submit, workbook, by=colleague).batch.made_by == colleague


def test_withdrawing_takes_back_the_whole_batch_and_removes_the_rows(send, officer, done):
    workbook = done(actions.submit, send(officer, [HEADINGS, a_row("Ayu"), a_row("Budi")]), by=officer)

    workbook = done(actions.withdraw, workbook, by=officer)

    assert (workbook.state, workbook.rows.count()) == ("withdrawn", 0)
    assert set(Submission.objects.values_list("status", flat=True)) == {Status.WITHDRAWN}
    with pytest.raises(NotNow):
        actions.withdraw(workbook, by=officer)


def test_what_changed_in_the_register_since_the_check_stops_the_submission(send, officer, administrator, done):
    record = an_establishment(name="Lama")
    workbook = send(officer, [["Nomor register", "Nama usaha"], [record.number, "Baru"]])
    submissions.publish(workbook.target, {"name": "Baru"}, by=administrator, record=record)

    workbook = done(actions.submit, workbook, by=officer)

    assert (workbook.state, workbook.counts, workbook.batch) == ("checked", counts(read=1, unchanged=1), None)
    assert not Submission.objects.open().exists()


def test_nothing_goes_on_when_the_rows_do_not_add_up(send, officer):
    workbook = send(officer, [HEADINGS, a_row("Ayu")])
    Workbook.objects.filter(pk=workbook.pk).update(read=2)

    with pytest.raises(NotNow):
        actions.submit(workbook, by=officer)


def test_two_files_at_once_do_not_mix(send, officer, colleague):
    one = send(officer, [HEADINGS, a_row("Ayu")], name="a.xlsx")
    other = send(colleague, [HEADINGS, a_row("Budi"), a_row("Citra")], name="a.xlsx")

    assert [one.rows.count(), other.rows.count()] == [1, 2]
    assert Workbook.objects.get(pk=one.pk).counts == counts(read=1, new=1)


def test_html_in_names_stays_text(send, officer, signed_in):
    workbook = send(officer, [HEADINGS, a_row("<script>alert(1)</script>")], name="<b>a.xlsx")

    page = signed_in(officer).get(workbook.get_absolute_url()).content.decode()

    assert workbook.counts == counts(read=1, new=1)
    assert "<script>alert" not in page
    assert "<b>a.xlsx" not in page


def test_rows_are_removed_after_their_time_and_counts_stay(send, officer, settings):
    workbook = send(officer, [HEADINGS, a_row("Ayu")])
    last = workbook.sent_at + datetime.timedelta(days=settings.WORKBOOK_KEPT_DAYS)

    kept = actions.forget_old(now=last)
    forgotten = actions.forget_old(now=last + datetime.timedelta(seconds=1))

    workbook.refresh_from_db()
    assert (kept, forgotten, actions.forget_old(now=last + datetime.timedelta(seconds=2))) == (0, 1, 0)
    assert (workbook.rows.count(), workbook.counts, workbook.sheets) == (0, counts(read=1, new=1), [])
    with pytest.raises(NotNow):
        actions.submit(workbook, by=officer)


def test_a_file_that_is_too_large_or_empty_is_not_kept(officer, tmp_path, settings, done):
    settings.WORKBOOK_LIMIT = 10
    for content, code in ((b"", "empty"), (b"x" * 11, "too_large")):
        with pytest.raises(ValidationError) as refused:
            actions.send(
                Workbook(register="establishments").target, officer.regency, ContentFile(content, "a.csv"), by=officer
            )
        assert refused.value.error_dict["file"][0].code == code


def test_csv_is_imported_like_excel(send, officer, tmp_path):
    path = tmp_path / "ikm.csv"
    path.write_text(
        ";".join(HEADINGS) + "\n" + ";".join(str(one or "") for one in a_row("Ayu", nib="0120304857261")), "cp1252"
    )

    workbook = send(officer, path)

    assert workbook.counts == counts(read=1, new=1)


def test_a_name_of_a_file_never_keeps_a_nik(send, officer):
    workbook = send(officer, [HEADINGS, a_row("Ayu")], name="KTP 6307015708900001.xlsx")

    assert "6307015708900001" not in workbook.name


def test_what_is_said_of_rows_is_in_the_language_of_whoever_reads_it(send, officer, verifier, signed_in, api):
    bad, noted = a_row(""), a_row("Ayu  Tenun")
    bad[1], bad[6] = "persero", "123"
    workbook = send(officer, [HEADINGS, bad, noted, a_row("Budi  Kain")])
    address, page = f"/api/v1/workbooks/{workbook.pk}/", f"{workbook.get_absolute_url()}?hasil=semua"

    told = {}
    for language in ("id", "en"):
        found = api(verifier).get(address, headers={"Accept-Language": language}).json()["errors"]
        told[language] = {one["path"]: one["message"] for one in found}
        assert all("in" not in one for one in found)
    pages = [signed_in(verifier).get(prefix + page).text for prefix in ("", "/en")]

    for path, text in told["id"].items():
        assert text != told["en"][path], path
        assert [text in html.unescape(one) for one in pages] == [True, False], text
    for shown, words in zip(pages, ("tanpa spasi ganda", "without double spaces"), strict=True):
        assert words in shown
