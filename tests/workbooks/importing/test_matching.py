"""Which record a row is about: by its number, by what names it, or by the choice of a person; never by a guess."""

import pytest
from django.core.exceptions import ValidationError

from disperin.duplicates import actions as duplicates
from disperin.registers.pairing import search
from disperin.registers.record import directory
from disperin.submissions import actions as submissions
from disperin.workbooks import actions
from disperin.workbooks.models import Workbook
from industries.models import Establishment
from tests.factories import (
    RegencyFactory,
    VillageFactory,
    a_halal_certificate,
    an_administrator,
    an_award,
    an_establishment,
    place,
)
from tests.workbooks.rows import HEADINGS, a_row, codes_of, counts, verified

pytestmark = pytest.mark.thorough


@pytest.mark.parametrize("nib", ["9120304857261", None], ids=["by its NIB", "by what it says"])
def test_the_same_file_again_changes_nothing(send, officer, verifier, done, nib):
    file = [HEADINGS, a_row("Sasirangan Ayu", nib=nib), a_row("Batik Budi")]
    verified(done(actions.submit, send(officer, file), by=officer).batch, verifier)

    again = send(officer, file)

    assert (again.state, again.counts) == ("checked", counts(read=2, unchanged=2))


def test_the_same_file_again_changes_nothing_however_its_values_are_written(send, officer, verifier, done):
    head = [*HEADINGS, "Telepon", "Situs web", "Kode pos", "Lintang", "Bujur"]
    typed = [81234567890, "Toko.example/", " 71311", -2.58765512, "115.38712349"]
    file = [head, [*a_row("Ayu  Lestari", nib="91203 0485-7261"), *typed]]
    verified(done(actions.submit, send(officer, file), by=officer, acknowledged=True).batch, verifier)

    again = send(officer, file)

    assert [row.changes for row in again.rows.all()] == [[]]
    assert (again.state, again.counts) == ("checked", counts(read=1, unchanged=1))


def test_a_certificate_is_known_again_by_its_number_however_it_is_written(send, officer):
    record = a_halal_certificate(certificate_number="ID63110000123450223")
    head = ["Unit usaha", "Nomor sertifikat"]

    workbook = send(officer, [head, [record.establishment.number, "ID 6311 0000 1234 50223"]], register="halal")

    assert (workbook.rows.get().record_number, workbook.counts) == (record.number, counts(read=1, unchanged=1))


def test_an_award_is_known_again_by_a_number_that_is_hidden_and_the_file_makes_it_public_nowhere(send, officer):
    award = an_award(certificate_number="OVOP/2024/017")
    submissions.hide(directory.get("awards"), award, "certificate_number", reason="Keliru.", by=an_administrator())
    head = ["Nomor IKM", "Produk", "Nomor sertifikat"]
    row = [award.establishment.number, str(award.product.key), "OVOP/2024/017"]

    workbook = send(officer, [head, row], register="awards")

    assert codes_of(workbook) == {}
    assert workbook.rows.get().record_number == award.number
    award.refresh_from_db()
    assert (award.certificate_number, workbook.counts["new"]) == ("", 0)


def test_the_same_file_before_the_decision_is_told_what_it_waits_for(send, officer, done):
    file = [HEADINGS, a_row("Sasirangan Ayu")]
    workbook = done(actions.submit, send(officer, file), by=officer)

    again = send(officer, file)

    assert (again.counts, codes_of(again)) == (counts(read=1, bad=1), {2: ["waiting"]})
    assert workbook.batch.submissions.get().number in again.rows.get().errors[0]["message"]


def test_a_row_with_a_register_number_changes_that_record_and_leaves_what_it_does_not_name(send, officer, done):
    record = an_establishment(name="Lama", phone="081234567890")

    workbook = send(officer, [["Nomor register", "Nama usaha"], [record.number, "Baru"]])

    row = workbook.rows.get()
    assert (workbook.counts, row.record_number) == (counts(read=1, changed=1), record.number)
    assert [(one["path"], one["old"], one["new"]) for one in row.changes] == [("name", "Lama", "Baru")]
    submission = done(actions.submit, workbook, by=officer).batch.submissions.get()
    assert (submission.values["name"], submission.values["phone"]) == ("Baru", "+6281234567890")


def test_an_unknown_register_number_is_no_new_record(send, officer):
    RegencyFactory()
    rows = [[number, *a_row(f"Usaha {number}")] for number in ("IKM-6307-999999", "bukan nomor")]

    workbook = send(officer, [["Nomor register", *HEADINGS], *rows])

    assert codes_of(workbook) == {2: ["unknown_number"], 3: ["unknown_number"]}


def test_the_number_of_a_merged_record_is_answered_with_the_one_that_stands(send, officer, verifier):
    keep, drop = an_establishment(name="Dodol Mawar"), an_establishment(name="Batik Melati")
    duplicates.merge(directory.get("establishments"), keep, drop, by=verifier)

    workbook = send(officer, [["Nomor register", "Nama usaha"], [drop.number, "Baru"]])

    merged = next(one for one in workbook.rows.get().errors if one["code"] == "merged")
    assert keep.number in merged["message"]


def test_records_of_another_regency_are_not_there(send, officer):
    record = an_establishment(regency="63.06", name="Di tempat lain")

    workbook = send(officer, [["Nomor register", "Nama usaha"], [record.number, "Baru"]])

    assert codes_of(workbook)[2][0] == "unknown_number"


def test_a_nib_that_one_record_has_names_it(send, officer):
    record = an_establishment(name="Nama lain sekali", nib="9120304857261")

    for nib in ("9120304857261", 9120304857261, "91203 0485-7261"):
        workbook = send(officer, [HEADINGS, a_row("Sasirangan Ayu", nib=nib)])

        assert workbook.counts == counts(read=1, changed=1), nib
        assert workbook.rows.get().record_number == record.number, nib


def test_a_nib_that_two_records_have_is_for_a_person_to_decide(send, officer):
    elsewhere = place()["village"].replace("2001", "2002")
    one = an_establishment(name="Satu", nib="9120304857261")
    made = an_establishment(name="Dua", nib="9120304857261", **_village(elsewhere))

    workbook = send(officer, [HEADINGS, a_row("Sasirangan Ayu", nib="9120304857261")])

    assert codes_of(workbook)[2][0] == "undecided"
    assert [each["number"] for each in workbook.rows.get().candidates] == [one.number, made.number]


def _village(code):
    return {"village": VillageFactory(code=code, district_id=code[:8], regency_id=code[:5]).pk}


def test_a_similar_name_is_for_a_person_to_decide_and_bad_until_then(send, officer, done):
    record = an_establishment(name="Sasirangan Ayu Barabai")
    workbook = send(officer, [HEADINGS, a_row("Sasirangan Ayu Barabay")])
    row = workbook.rows.get()

    assert (workbook.counts, codes_of(workbook)) == (counts(read=1, bad=1), {2: ["undecided"]})

    updated = done(actions.choose, workbook, {row.position: {"what": "update", "number": record.number}}, by=officer)
    assert updated.counts == counts(read=1, changed=1)
    new = done(actions.choose, updated, {row.position: {"what": "new", "reason": "Pemilik lain"}}, by=officer)
    assert new.counts == counts(read=1, new=1)
    assert new.rows.get().choice == {"what": "new", "reason": "Pemilik lain"}


def test_in_a_long_file_the_names_of_the_regency_are_looked_through_as_in_a_short_one(send, officer, monkeypatch):
    an_establishment(name="Sasirangan Ayu Lestari")
    an_establishment(regency="63.06", name="Batik Budi Utama")
    closed = an_establishment(name="Kue Cincin Mawar")
    Establishment.objects.filter(pk=closed.pk).update(closed_on="2026-01-31", closed_reason="error")
    file = [HEADINGS, a_row("Sasirangan Ayu Lestary"), a_row("Batik Budi Utama"), a_row("Kue Cincin Mawar")]
    short = send(officer, file)
    monkeypatch.setattr(search, "MANY", 3)

    long = send(officer, file)

    assert codes_of(short) == codes_of(long) == {2: ["undecided"]}
    assert [row.candidates for row in long.rows.all()] == [row.candidates for row in short.rows.all()]


def test_a_choice_that_says_nothing_is_refused(send, officer):
    an_establishment(name="Sasirangan Ayu Barabai")
    workbook = send(officer, [HEADINGS, a_row("Sasirangan Ayu Barabay")])

    for choice, code in (
        ({"what": "new", "reason": "  "}, "required"),
        ({"what": "update", "number": "IKM-6307-000999"}, "invalid_choice"),
        ({"what": "new", "reason": "NIK 6307015708900001"}, "personal_number"),
    ):
        with pytest.raises(ValidationError) as refused:
            actions.choose(workbook, {2: choice}, by=officer)

        assert refused.value.error_dict["2"][0].code == code, choice


def test_a_row_whose_record_waits_for_a_decision_is_bad(send, officer):
    record = an_establishment(name="Lama")
    draft = submissions.draft(Workbook(register="establishments").target, {"name": "Baru"}, by=officer, record=record)
    submissions.submit(draft, by=officer, acknowledged=True)

    workbook = send(officer, [["Nomor register", "Nama usaha"], [record.number, "Lain"]])

    assert codes_of(workbook) == {2: ["waiting"]}


def test_two_rows_for_one_record_are_not_both_taken(send, officer):
    record = an_establishment(name="Lama")
    file = [["Nomor register", "Nama usaha"], [record.number, "Satu"], [record.number, "Dua"]]

    workbook = send(officer, file)

    assert (workbook.counts, codes_of(workbook)) == (counts(read=2, changed=1, bad=1), {3: ["same_record"]})


def test_two_rows_for_one_new_record_are_not_both_taken(send, officer):
    workbook = send(officer, [HEADINGS, a_row("Sasirangan Ayu"), a_row("Lain sama sekali"), a_row("SASIRANGAN  Ayu")])

    assert (workbook.counts, codes_of(workbook)) == (counts(read=3, new=2, bad=1), {4: ["same_record"]})
