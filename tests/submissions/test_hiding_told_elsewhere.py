"""A hidden name is told to no officer elsewhere: not on pages, in titles of submissions, nor in notices of before."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from disperin.duplicates import actions as duplicates
from disperin.jobs.tasks import order_given_up
from disperin.notices.models import Notice
from disperin.registers.models import Hidden
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.actions import calling
from disperin.submissions.models import Submission
from tests.factories import a_partnership, a_zone, an_establishment, partnership_values
from tests.submissions.hiding import SLUG, fresh, hide
from tests.submissions.test_consequences import drafted, verified

pytestmark = pytest.mark.thorough


def test_an_officer_elsewhere_sees_as_little_of_it_as_a_visitor(administrator, officer_there, verifier, signed_in):
    record = an_establishment(name="Usaha Tersembunyi")
    hide(record, by=administrator)
    addresses = [
        reverse("industries:establishment-detail", args=[record.number]),
        reverse("establishment-detail", args=[record.number]),
    ]

    assert [signed_in(officer_there).get(page).status_code for page in addresses] == [404, 404]
    assert [signed_in(verifier).get(page).status_code for page in addresses] == [200, 200]


def test_an_officer_elsewhere_names_no_hidden_record_and_reads_no_name_of_it(
    administrator, officer, verifier, signed_in
):
    supplier, register = an_establishment(name="Pemasok"), directory.get("partnerships")
    buyer = an_establishment(name="Usaha Tersembunyi", regency="63.06")
    given = partnership_values(supplier=supplier, buyer=buyer)
    earlier = actions.draft(register, given, by=officer)
    hide(buyer, by=administrator)

    for page in ("submissions:detail", "submissions:edit"):
        text = signed_in(officer).get(reverse(page, args=[earlier.number])).content.decode()
        assert (buyer.number in text, "Usaha Tersembunyi" in text) == (True, False)
    for draft in (earlier, actions.draft(register, given, by=officer)):
        with pytest.raises(ValidationError) as refused:
            actions.submit(draft, by=officer, acknowledged=True)
        assert f"“{buyer.number}” tidak dikenal. Pilih salah satu dari daftar." in refused.value.message_dict["buyer"]
    for reader in (administrator, verifier):
        page = signed_in(reader).get(reverse("submissions:detail", args=[earlier.number])).content.decode()
        assert "Usaha Tersembunyi" in page
    assert register.form(given, by=verifier).is_valid()


def test_an_officer_whose_maker_supplies_a_hidden_one_elsewhere_reads_its_number_only(
    administrator, officer, verifier, signed_in, api
):
    supplier = an_establishment(name="Pemasok")
    buyer = an_establishment(name="Usaha Tersembunyi", regency="63.06")
    number = a_partnership(supplier=supplier, buyer=buyer).number
    hide(buyer, by=administrator)
    pages = [
        reverse("zones:partnership-detail", args=[number]),
        reverse("submissions:record-versions", args=["partnerships", number]),
        f"{reverse('submissions:start')}?daftar=partnerships&data={number}",
    ]

    for page in pages:
        texts = [signed_in(one).get(page).content.decode() for one in (officer, verifier)]
        assert [("Usaha Tersembunyi" in text) for text in texts] == [False, True]
        assert supplier.name in texts[0]
    told = [api(one).get(f"/api/v1/partnerships/{number}/").json() for one in (officer, verifier)]
    assert [(one["buyer"], one["buyer_name"]) for one in told] == [
        (buyer.number, None),
        (buyer.number, "Usaha Tersembunyi"),
    ]


def test_titles_of_submissions_tell_no_hidden_name_to_an_officer_elsewhere(
    administrator, officer, verifier, signed_in, api
):
    register = directory.get("partnerships")
    supplier = an_establishment(name="Pemasok")
    buyer = an_establishment(name="Usaha Tersembunyi", regency="63.06")
    tenant = a_zone(regency="63.06", tenants=[{"establishment": buyer.number}]).tenants.get()
    given = partnership_values(supplier=supplier, buyer=buyer)
    by_number, by_key = f"Pemasok → {buyer.number}", f"Pemasok → {tenant.key}"

    def of(submission):
        return Submission.objects.get(pk=submission.pk).title

    proposed = actions.submit(actions.draft(register, given, by=officer), by=officer, acknowledged=True)
    record = a_partnership(supplier=supplier, buyer=buyer, since="2020-01-01", until="2021-01-01")
    by_tenant = a_partnership(supplier=supplier, buyer=None, buyer_tenant=str(tenant.key))
    kept = [
        proposed,
        Submission.objects.get(record_number=by_tenant.number),
        actions.draft(register, {"volume": "5", "volume_unit": "kg"}, by=officer, record=record),
        actions.draft(register, {}, by=officer, record=by_tenant, kind="close"),
    ]
    assert {of(one) for one in kept} == {"Pemasok → Usaha Tersembunyi"}

    for path, of_tenant in (("", by_key), ("name", by_number)):
        made = hide(buyer, path, by=administrator)
        begun = actions.draft(register, {"volume": "7"}, by=verifier, record=fresh(record))
        assert [of(one) for one in (*kept, begun)] == [by_number, of_tenant, by_number, of_tenant, by_number]
        found = api(officer).get("/api/v1/submissions/?q=tersembunyi").json()["results"]
        assert found == []
        answers = ["", "?q=pemasok", *(f"{one.number}/" for one in kept)]
        said = [str(api(officer).get(f"/api/v1/submissions/{one}").json()) for one in answers]
        pages = [reverse("submissions:inbox"), reverse("submissions:edit", args=[kept[2].number])]
        pages += [reverse("submissions:detail", args=[one.number]) for one in kept]
        said += [signed_in(officer).get(page).content.decode() for page in pages]
        for text in said:
            assert ("Pemasok →" in text, "Usaha Tersembunyi" in text) == (True, False)

        actions.lift(made, reason="Sudah.", by=administrator)
        actions.withdraw(begun, by=verifier)
        assert {of(one) for one in (*kept, begun)} == {"Pemasok → Usaha Tersembunyi"}


def test_notices_of_before_tell_no_hidden_name_either(administrator, officer, verifier):
    buyer = an_establishment(name="Usaha Tersembunyi", regency="63.06")
    given = partnership_values(supplier=an_establishment(name="Pemasok"), buyer=buyer)
    draft = actions.draft(directory.get("partnerships"), given, by=officer)
    actions.reject(actions.submit(draft, by=officer, acknowledged=True), by=verifier, round=1, note="Ganda.")
    notice = Notice.objects.get(recipient=officer)
    assert "Usaha Tersembunyi" in notice.title

    hide(buyer, "", by=administrator)

    notice.refresh_from_db()
    assert notice.title.endswith(f"Pemasok → {buyer.number}")
    assert "Usaha Tersembunyi" not in notice.body


def test_notices_tell_no_hidden_name_in_an_earlier_spelling_or_of_an_earlier_round(
    administrator, officer, officer_there, verifier
):
    register, supplier = directory.get("partnerships"), an_establishment(name="Pemasok")
    buyer, other = (an_establishment(name=name, regency="63.06") for name in ("Usaha Lama", "Usaha Lain"))
    tenant = a_zone(regency="63.06", tenants=[{"establishment": buyer.number}]).tenants.get()
    by_tenant = {"buyer": None, "buyer_tenant": str(tenant.key)}
    drafts = [
        actions.draft(register, {**partnership_values(supplier=supplier, buyer=buyer), **one}, by=officer)
        for one in ({}, by_tenant, {})
    ]
    for draft in drafts:
        submission = actions.submit(draft, by=officer, acknowledged=True)
        actions.send_back(submission, by=verifier, round=1, reasons={"commodity": "Periksa."})
    verified(drafted(officer_there, record=buyer, name="Usaha Baru"), by=verifier)
    actions.revise(fresh(drafts[0]), {"volume": "5", "volume_unit": "kg"}, by=officer)
    actions.revise(fresh(drafts[2]), {"buyer": other.number}, by=officer)

    made = hide(fresh(buyer), by=administrator)

    told = "\n".join(one.as_text for one in Notice.objects.of(officer))
    for name in ("Usaha Lama", "Usaha Baru"):
        assert name not in told
    assert told.count(f"Pemasok → {buyer.number}") == 4
    assert told.count(f"Pemasok → {tenant.key}") == 2

    actions.lift(made, reason="Sudah.", by=administrator)
    told = "\n".join(one.as_text for one in Notice.objects.of(officer))
    assert (told.count("Pemasok → Usaha Baru"), buyer.number in told) == (6, False)


def test_titles_follow_the_zone_of_a_tenant_and_the_record_that_a_partner_became(administrator, officer, verifier):
    register, supplier = directory.get("partnerships"), an_establishment(name="Pemasok")
    zone = a_zone(regency="63.06", tenants=[{"name": "PT Penyewa"}])
    keep, twin = an_establishment(regency="63.06"), an_establishment(name="Kembar", regency="63.06")
    tenant = str(zone.tenants.get().key)
    sides = ({"buyer_tenant": tenant, "buyer": None}, {"buyer": twin.number})
    drafts = [
        actions.draft(register, {**partnership_values(supplier=supplier, buyer=keep), **one}, by=officer)
        for one in sides
    ]
    titles = [actions.submit(one, by=officer, acknowledged=True).title for one in drafts]
    assert titles == ["Pemasok → PT Penyewa", "Pemasok → Kembar"]
    duplicates.merge(directory.get(SLUG), keep, twin, by=verifier)

    hide(zone, by=administrator, slug="zones")
    hide(keep, by=administrator)

    found = [Submission.objects.get(pk=one.pk).title for one in drafts]
    assert found == [f"Pemasok → {tenant}", f"Pemasok → {twin.number}"]


def test_of_many_submissions_no_title_tells_a_hidden_name_at_once_and_a_job_calls_each_what_it_is_called_now(
    administrator, officer, verifier, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(calling, "MOST", 2)
    register, supplier = directory.get("partnerships"), an_establishment(name="Pemasok")
    buyer = an_establishment(name="Usaha Tersembunyi", regency="63.06")
    given = partnership_values(supplier=supplier, buyer=buyer)
    proposed = [
        actions.submit(actions.draft(register, given, by=officer), by=officer, acknowledged=True) for _at in range(3)
    ]
    unnamed = actions.draft(register, {}, by=officer)
    actions.reject(proposed[0], by=verifier, round=1, note="Ganda.")
    record = a_partnership(supplier=supplier, buyer=buyer, since="2020-01-01", until="2021-01-01")
    of_record = Submission.objects.get(record_number=record.number)

    def titles():
        return [Submission.objects.get(pk=one.pk).title for one in (*proposed, of_record, unnamed)]

    def told():
        return Notice.objects.get(recipient=officer).title

    for deed, called in (
        (lambda: hide(buyer, by=administrator), buyer.number),
        (lambda: actions.lift(Hidden.objects.get(), reason="Sudah.", by=administrator), "Usaha Tersembunyi"),
    ):
        with django_capture_on_commit_callbacks() as jobs:
            deed()
        assert titles() == [*(one.number for one in proposed), record.number, ""]
        for job in jobs:
            job()
        assert titles() == [*[f"Pemasok → {called}"] * 4, ""]
        assert told().endswith(f"Pemasok → {called}")


def test_what_calls_submissions_anew_asks_as_much_for_three_as_for_one(administrator, officer, monkeypatch):
    register, supplier = directory.get("partnerships"), an_establishment(name="Pemasok")
    asked = []
    for number in (1, 3):
        buyer = an_establishment(name=f"Usaha {number}", regency="63.06")
        given = partnership_values(supplier=supplier, buyer=buyer)
        for _at in range(number):
            actions.submit(actions.draft(register, given, by=officer), by=officer, acknowledged=True)
        with CaptureQueriesContext(connection) as queries:
            hide(buyer, by=administrator)
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_a_job_that_calls_submissions_anew_and_was_given_up_is_ordered_again(verifier):
    calling.call_submissions.enqueue("industries.establishment", 1)
    DBTaskResult.objects.get(task_path__endswith="call_submissions").set_failed(RuntimeError("Sudah lima kali."))

    assert [order_given_up(calling.call_submissions) for _twice in range(2)] == [1, 0]
