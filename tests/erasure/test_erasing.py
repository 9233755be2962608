"""A person's right to erasure: what was asked for is nowhere kept any more, and the history says that it was erased."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.utils import InternalError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from disperin.attachments import actions as attachments
from disperin.attachments.models import Attachment
from disperin.desk.refusals import NotNow, Refused, Stale
from disperin.erasure.actions import erase
from disperin.history.models import Entry
from disperin.inquiries.actions import receive
from disperin.notices.models import Notice
from disperin.registers.hiding.erasing import personal_of
from disperin.registers.models import Hidden
from disperin.registers.record import directory
from disperin.registers.record.versions import values_at, versions_of
from disperin.submissions import actions
from disperin.workbooks.models import Export, Workbook
from tests.attachments.test_rules import PDF
from tests.factories import RECORDS, a_green_certificate, a_pair, a_partnership, an_establishment, green_values
from tests.registers.each_register import REGISTERS
from tests.submissions.hiding import counts, fresh, recounted
from tests.submissions.test_consequences import a_photo, drafted, verified
from tests.workbooks.rows import HEADINGS, a_row

pytestmark = pytest.mark.thorough

SLUG = "establishments"
WHY, REQUEST = "Diminta pemilik lama.", "Surat 12/2026"
OLD = {
    "name": "Keripik Aminah", "owner_name": "Aminah Rahasia", "phone": "08125000123", "email": "aminah@example.com",
    "address": "Jalan Rahasia 7", "contact_public": True, "contact_consented_on": "2026-01-31", "latitude": "-2.583456",
    "longitude": "115.381234", "story_id": "Ibu Aminah sejak 1987.",
}  # fmt: skip
TRACES = ("Aminah", "aminah", "8125000123", "Jalan Rahasia", "2.583456")


def erased(record, *paths, by, current=True, slug=SLUG):
    register = directory.get(slug)
    paths = paths or [one.path for one in personal_of(register)]
    return erase(register, record, paths, current=current, reason=WHY, request=REQUEST, by=by)


def whole_database():
    """Every row of every table of ours as text, by table; what PostgreSQL would put into a backup."""
    told = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608 -- our own names
            told[table] = " ".join(text for (text,) in cursor.fetchall())
    return told


def tables_with(*texts):
    return {table for table, told in whole_database().items() if any(text in told for text in texts)}


def test_nothing_of_it_is_left_in_any_table(administrator, officer, verifier, send):
    older = an_establishment(name="Keripik Lama")
    record = verified(drafted(officer, **OLD), by=verifier).record()
    actions.send_back(
        actions.submit(drafted(officer, record=record, phone="08125000124"), by=officer, acknowledged=True),
        by=verifier, round=1, reasons={"phone": "Salah."},
    )  # fmt: skip
    send(officer, [["Nomor register", "Nama usaha", "Nama pemilik"], [record.number, OLD["name"], "Aminah Baru"]])
    alike = send(officer, [HEADINGS, a_row("Keripik Aminahh")])
    assert alike.rows.get().candidates[0]["number"] == record.number
    a_pair(older, fresh(record))
    a_pair(fresh(record), an_establishment(name="Keripik Muda"))
    certificate, partnership = a_green_certificate(establishment=record), a_partnership(supplier=record)
    drafted_certificate = green_values(establishment=record, certificate_number="LSIH CONTOH/002")
    actions.draft(directory.get("green"), drafted_certificate, by=officer)
    for slug, one in (("establishments", record), ("green", certificate), ("partnerships", partnership)):
        receive(kind="report", record=type(one).objects.get(pk=one.pk), message="Salah.")
        Export.objects.create(register=slug, kind="csv", state="ready", total=1, filters=f"Cari: {OLD['name']}")
    for path in ("story_id", "public_contact"):
        actions.hide(directory.get(SLUG), fresh(record), path, reason="Diminta.", by=administrator)
    assert len(tables_with(*TRACES)) > 6

    erased(record, by=administrator)

    assert tables_with(*TRACES) == set()
    stands = fresh(record)
    assert (stands.name, stands.public_contact, stands.contact_public) == (record.number, None, False)
    assert not Hidden.objects.live().exists()
    assert counts() == recounted()
    assert Client().get(reverse("industries:establishment-detail", args=[record.number])).status_code == 200


def test_nothing_of_it_is_left_of_a_record_that_is_hidden(administrator):
    record = an_establishment(**OLD, products=[{"name": "Keripik"}])
    actions.hide(directory.get(SLUG), record, "name", reason="Diminta.", by=administrator)
    made = actions.hide(directory.get(SLUG), fresh(record), "", reason="Diminta.", by=administrator)

    erased(record, by=administrator)

    assert tables_with(*TRACES) == set()
    assert (fresh(record).hidden, fresh(record).withheld) == (True, {})
    actions.lift(made, reason="Sudah.", by=administrator)
    assert (fresh(record).hidden, fresh(record).name) == (False, record.number)
    assert "keripik" in fresh(record).search_text


def test_what_a_job_that_failed_has_left_of_it_is_erased_and_what_was_ordered_is_known_yet(administrator):
    """PostgreSQL names the whole row that it refuses, and the table of tasks keeps that for a month."""
    record = an_establishment(**OLD)
    task = DBTaskResult.objects.create(
        task_path="disperin.workbooks.jobs.propose_rows", args_kwargs={"args": ["7"], "kwargs": {}}, status="FAILED",
        backend_name="default", run_after=timezone.now(), exception_class_path="django.db.utils.IntegrityError",
        traceback="DETAIL:  Failing row contains (7, Keripik Aminah, Aminah Rahasia, +628125000123).",
    )  # fmt: skip

    erased(record, by=administrator)

    assert tables_with(*TRACES) == set()
    task.refresh_from_db()
    assert (task.status, task.args_kwargs["args"]) == ("FAILED", ["7"])


def test_the_trace_says_who_when_why_and_which_fields(administrator, officer):
    record = an_establishment(**OLD)

    erased(record, "phone", "owner_name", by=administrator)

    entry = Entry.objects.about(record).get(verb="erase")
    assert entry.actor == administrator
    assert entry.detail == {"fields": ["phone", "owner_name"], "why": WHY, "request": REQUEST, "current": True}
    assert fresh(record).name == OLD["name"]
    assert WHY in Notice.objects.get(recipient=officer).body


def test_what_a_new_owner_says_stays_and_the_old_ones_data_are_gone(administrator, officer, verifier):
    record = verified(drafted(officer, **OLD), by=verifier).record()
    new = {"name": "Keripik Baru", "owner_name": "Budi", "phone": "08125000999", "story_id": "Baru."}
    verified(drafted(officer, record=fresh(record), **new), by=verifier)

    erased(record, "name", "owner_name", "phone", "story_id", current=False, by=administrator)

    versions, register = versions_of(record), directory.get(SLUG)
    told = [values_at(register, record, one, versions) for one in versions]
    assert [(one["name"], one["owner_name"], one["phone"]) for one in told] == [
        ("Keripik Baru", "Budi", "+628125000999"), (record.number, "", ""),
    ]  # fmt: skip
    assert [one["address"] for one in told] == ["Jalan Rahasia 7"] * 2
    assert tables_with("Aminah", "8125000123") == set()
    assert fresh(record).owner_name == "Budi"


def test_files_and_rows_that_are_gone_are_erased_with_what_was_stored(
    administrator, officer, verifier, django_capture_on_commit_callbacks
):
    first, second = a_photo(officer), a_photo(officer)
    paper = SimpleUploadedFile("KTP Aminah.pdf", PDF)
    scan = attachments.upload(paper, kind="document", regency=officer.regency, by=officer)
    documents = [{"kind": "nib", "number": "DOK-AMINAH", "file": str(scan.pk)}]
    record = verified(drafted(officer, photo=str(first.pk), documents=documents), by=verifier).record()
    verified(drafted(officer, record=fresh(record), photo=str(second.pk), documents=[]), by=verifier)
    paths = [path for one in (first, scan) for path in one.paths]
    assert all(default_storage.exists(path) for path in paths)

    with django_capture_on_commit_callbacks(execute=True):
        erased(record, "photo", "documents.number", "documents.file", current=False, by=administrator)

    assert {*Attachment.objects.values_list("pk", flat=True)} == {second.pk}
    assert not any(default_storage.exists(path) for path in paths)
    assert Attachment.objects.get().published_at
    assert tables_with("AMINAH", "Aminah") == set()


def test_a_draft_that_is_open_on_a_page_does_not_bring_it_back(administrator, officer):
    record = an_establishment(**OLD)
    draft = drafted(officer, record=record, workers_male=3)
    was = draft.revision

    erased(record, "phone", by=administrator)

    with pytest.raises(Stale):
        actions.revise(draft, {"phone": OLD["phone"]}, by=officer, revision=was)
    draft.refresh_from_db()
    assert (draft.values["phone"], draft.fields_changed) == ("", ["workers_male"])


def test_versions_and_history_are_append_only_for_everybody_else(administrator):
    record = an_establishment(**OLD)
    erased(record, "phone", by=administrator)

    events = type(record).pgh_event_models["update"].objects.filter(pgh_obj_id=record.pk)
    for found in (events, Entry.objects.about(record)):
        with pytest.raises(InternalError), transaction.atomic():
            found.update(**{found.model._meta.pk.name: 0})


def test_only_an_administrator_erases_says_why_and_names_the_request(administrator, officer, verifier, head):
    record, register = an_establishment(**OLD), directory.get(SLUG)
    for user in (officer, verifier, head):
        with pytest.raises(Refused):
            erased(record, "phone", by=user)
    for paths, reason, request, field in (
        (["phone"], " ", REQUEST, "reason"), (["phone"], WHY, "", "request"), ([], WHY, REQUEST, "fields"),
        (["kbli"], WHY, REQUEST, "fields"), (["phone"], "NIK 6307014508900001", REQUEST, "reason"),
    ):  # fmt: skip
        with pytest.raises(ValidationError) as refused:
            erase(register, record, paths, current=True, reason=reason, request=request, by=administrator)
        assert set(refused.value.message_dict) == {field}
    assert fresh(record).phone


def test_a_file_on_which_a_job_works_is_waited_for(administrator, officer, send):
    record = an_establishment(**OLD)
    workbook = send(officer, [["Nomor register", "Nama usaha"], [record.number, "Lain"]])
    Workbook.objects.filter(pk=workbook.pk).update(state="checking")

    with CaptureQueriesContext(connection) as asked, pytest.raises(NotNow):
        erased(record, by=administrator)
    assert any('FOR UPDATE OF "workbooks_workbook"' in one["sql"] for one in asked)  # no job begins meanwhile


def test_whoever_sent_a_file_that_names_the_record_is_told_that_its_rows_are_gone(administrator, officer, send):
    record = an_establishment(**OLD)
    workbook = send(officer, [HEADINGS, a_row("Lain"), a_row(OLD["name"])], name="aminah.xlsx")
    other = send(officer, [HEADINGS, a_row("Lain")])

    erased(record, "phone", by=administrator)

    told = Notice.objects.get(path=workbook.get_absolute_url())
    assert (told.recipient, record.number in told.title, "Kirim ulang" in told.body) == (officer, True, True)
    assert "aminah" not in told.as_text.lower()
    assert (workbook.rows.count(), other.rows.count()) == (0, 1)
    assert not Notice.objects.filter(path=other.get_absolute_url()).exists()


def test_every_register_that_says_something_of_persons_can_be_erased(administrator, trying):
    for register in REGISTERS:
        if paths := [one.path for one in personal_of(register)]:
            with trying(register.slug):
                record = RECORDS[register.slug]()
                erased(record, *paths, by=administrator, slug=register.slug)
                assert counts() == recounted()
                assert json.dumps(register.form.recorded(fresh(record)))


def test_the_page_asks_before_it_erases_and_works_without_a_script(administrator, officer, signed_in):
    record = an_establishment(**OLD)
    page = reverse("erasure:erase", args=[SLUG, record.number])
    detail = reverse("industries:establishment-detail", args=[record.number])
    client = signed_in(administrator)
    assert page in client.get(detail).content.decode()
    assert page not in signed_in(officer).get(detail).content.decode()
    assert client.get(reverse("erasure:erase", args=["clusters", record.number])).status_code == 404
    asked = {"fields_chosen": ["phone"], "current": "on", "reason": WHY, "request": REQUEST}

    assert client.post(page, asked).status_code == 400
    assert client.post(page, {**asked, "understood": "on", "fields_chosen": ["kbli"]}).status_code == 400
    assert client.post(page, {**asked, "understood": "on"}).status_code == 302

    told = client.get(detail).content.decode()
    assert OLD["phone"][1:] not in told
    assert fresh(record).phone == ""
    assert client.get(reverse("submissions:record-versions", args=[SLUG, record.number])).status_code == 200
