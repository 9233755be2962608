"""Rows are mended in the import itself: cause by cause, by hand or as suggested; skipped; submitted part by part."""

import pytest
from django.core.exceptions import ValidationError

from disperin.desk.refusals import NotNow, Refused
from disperin.history.models import Entry
from disperin.submissions import actions as submissions
from disperin.submissions.models import Submission
from disperin.workbooks import actions
from disperin.workbooks.actions.mending import Mending
from disperin.workbooks.importing import causes as told
from disperin.workbooks.importing.causes import causes
from disperin.workbooks.models import Workbook, WorkbookRow
from industries.models import KbliWord
from tests.factories import KbliClassFactory, an_establishment, two_versions_of_kbli
from tests.workbooks.rows import HEADINGS, a_row, codes_of, counts

pytestmark = pytest.mark.thorough

LONG = [*HEADINGS, "Telepon", "Surel"]
NAMES = ("Ayu", "Budi", "Citra", "Dewi", "Edi", "Fitri")


def row(name, nib=None, phone=None, email=None, **cells):
    found = [*a_row(name, nib=nib), phone, email]
    for heading, text in cells.items():
        found[LONG.index(heading)] = text
    return found


@pytest.fixture
def mend(done):
    def mend_it(workbook, by, **mending):
        return done(actions.mend, workbook, Mending(**mending), by=by)

    return mend_it


def cause_of(workbook, text):
    return next(one for one in causes(workbook) if text in one.text)


def test_errors_stand_together_by_their_cause_the_most_frequent_first(send, officer, monkeypatch):
    monkeypatch.setattr(told, "FIRST", 2)
    rows = [row(f"{name} {at}", nib="120304857261" if at < 4 else "12") for at, name in enumerate(NAMES)]

    workbook = send(officer, [LONG, *rows, row("", phone="5114772345")])

    found = causes(workbook)
    assert [(one.times, one.example["heading"], one.suggested) for one in found] == [
        (4, "NIB", 4), (2, "NIB", 0), (1, "Nama usaha", 0), (1, "Telepon", 1),
    ]  # fmt: skip
    assert found[0].text == "angka 0 di depan hilang"
    assert [(cell.told["row"], cell.text, cell.told["suggestion"]) for cell in found[3].cells] == [
        (8, "5114772345", "05114772345")
    ]


def test_of_a_frequent_cause_a_bounded_number_of_cells_is_shown_page_by_page(send, officer):
    workbook = send(officer, [LONG, *(row(f"Usaha {'abcdefgh'[at % 8] * (at + 5)}", nib="1") for at in range(30))])

    (short,) = causes(workbook)
    (first,) = causes(workbook, asked=short.key)
    (second,) = causes(workbook, asked=short.key, first=told.PAGE)

    assert [(len(one.cells), one.rest) for one in (short, first, second)] == [(10, 20), (25, 5), (5, 0)]
    assert [one.told["row"] for one in second.cells] == list(range(27, 32))


def test_the_one_right_reading_is_accepted_for_a_whole_cause_at_once(send, officer, mend):
    rows = [row(name, nib=f"12030485726{at}") for at, name in enumerate(NAMES)]
    workbook = send(officer, [LONG, *rows])

    workbook = mend(workbook, officer, accepted=causes(workbook)[0].key)

    assert workbook.counts == counts(read=6, new=6)
    kept = workbook.rows.get(number=2)
    assert (kept.cells[6], kept.mended) == ("0120304857260", {"6": "120304857260"})
    assert [one["code"] for one in kept.warnings] == ["mended"]
    assert "120304857260" in kept.warnings[0]["message"]


def test_only_what_has_one_right_reading_is_suggested(send, officer):
    cases = [
        ("NIB", "12O304857261O", "1203048572610"),
        ("NIB", "12", None),
        ("Telepon", "511 4772345", "0511 4772345"),
        ("Telepon", "0812", None),
        ("Surel", "ayu@contoh,id", "ayu@contoh.id"),
        ("Surel", "ayu", None),
        ("Cabang industri", "Sandng dn kult", "Sandang dan Kulit"),
        ("Cabang industri", "entahlah", None),
        ("NIB", "6307015708900001", ""),
    ]
    names = [f"Usaha {'abcdefghi'[at] * (at + 4)}" for at in range(len(cases))]
    rows = [row(name, **{heading: text}) for name, (heading, text, _wanted) in zip(names, cases, strict=True)]

    workbook = send(officer, [LONG, *rows])

    found = {one.number: one.errors[0].get("suggestion") for one in workbook.rows.filter(outcome="bad")}
    assert found == {at: wanted for at, (_heading, _text, wanted) in enumerate(cases, start=2)}


def test_goods_in_a_column_of_kbli_are_taken_for_the_one_class_that_has_their_name(send, officer, mend, done):
    two_versions_of_kbli()
    KbliClassFactory(version=2025, code="10710", title_id="Industri Produk Bakeri")
    for code, phrase in (("10794", "kerupuk ikan"), ("10794", "kue"), ("10710", "kue")):
        KbliWord.objects.create(phrase=phrase, kbli_id=f"2025-{code}")
    goods = ("Kerupuk  Ikan", "kerupuk ikan", "Kue", "Entah apa")
    rows = [a_row(name) for name in NAMES[: len(goods)]]
    for cells, text in zip(rows, goods, strict=True):
        cells[HEADINGS.index("KBLI")] = text

    workbook = send(officer, [HEADINGS, *rows])

    found = {one.number: one.errors[0].get("suggestion") for one in workbook.rows.filter(outcome="bad")}
    assert found == {2: "2025-10794", 3: "2025-10794", 4: None, 5: None}
    workbook = mend(workbook, officer, accepted=causes(workbook)[0].key)
    assert workbook.counts == counts(read=4, new=2, bad=2)
    batch = done(actions.submit, workbook, by=officer, acknowledged=True).batch
    assert {one.values["kbli"] for one in batch.submissions.all()} == {"2025-10794"}


def test_a_cause_or_a_text_that_nobody_can_have_seen_is_none(send, officer, signed_in):
    workbook = send(officer, [LONG, row("Ayu", nib="12")])
    client, page = signed_in(officer), workbook.get_absolute_url()
    place = WorkbookRow.objects.get(workbook=workbook).position

    assert client.get(page, {"sebab": "\0"}).status_code == 200
    sent = ({"accept": "\0"}, {"skip-all": "\0"}, {f"cell-{place}-0": "\0"}, {f"cell-{place}-99": "x"}, {"skip": 9})
    assert [client.post(f"{page}perbaikan/", one).status_code for one in sent] == [400] * len(sent)


def test_a_cell_is_mended_by_hand_and_the_verifier_is_told(send, officer, mend, done):
    workbook = send(officer, [LONG, row("Ayu", nib="12"), row("Budi", phone="0812"), row("", nib="12")])

    workbook = mend(workbook, officer, cells={(2, 6): "", (3, 7): " 0812 3456 7890 ", (4, 0): "Citra"})

    assert workbook.counts == counts(read=3, new=2, bad=1)
    assert codes_of(workbook) == {4: ["nib"]}
    assert workbook.rows.get(number=4).mended == {"0": ""}
    workbook = done(actions.submit, workbook, by=officer, acknowledged=True)
    said = "Diperbaiki langsung saat impor, jadi tidak seperti isi berkas: %s."
    messages = {one.title: one.message_in_words for one in Submission.objects.all()}
    assert messages == {"Ayu": said % "NIB", "Budi": said % "Telepon"}


def test_what_is_typed_back_as_the_file_says_is_no_mending(send, officer, mend):
    workbook = send(officer, [LONG, row("Ayu", nib="12")])

    workbook = mend(mend(workbook, officer, cells={(2, 6): "13"}), officer, cells={(2, 6): "12"})

    assert [(one.cells[6], one.mended) for one in workbook.rows.all()] == [("12", {})]


def test_a_nik_is_not_kept_by_mending_either(send, officer, mend):
    workbook = send(officer, [LONG, row("Ayu", nib="12")])

    for cells in ({(2, 6): "6307015708900001"}, {(2, 0): "Ayu 6307.0157.0890.0001"}):
        with pytest.raises(ValidationError) as refused:
            mend(workbook, officer, cells=cells)
        assert {one.code for errors in refused.value.error_dict.values() for one in errors} == {"personal_number"}

    kept = str([*WorkbookRow.objects.values(), *Workbook.objects.values(), *Entry.objects.values()])
    assert "6307015708900001" not in kept
    assert "6307.0157" not in kept


def test_what_turns_out_to_be_a_persons_number_is_wiped_beside_the_cell_too(send, officer, mend):
    maker = row("Ayu")
    maker[1] = "pt"
    workbook = send(officer, [[*LONG, "NPWP"], [*maker, "091234567801001"]])

    workbook = mend(workbook, officer, cells={(2, 9): "091234567801000"})
    workbook = mend(workbook, officer, cells={(2, 1): "perorangan"})

    kept = workbook.rows.get()
    assert [one["code"] for one in kept.errors] == ["natural_person"]
    assert "0912345678" not in str([*WorkbookRow.objects.values()])


def test_a_row_is_skipped_and_counted_and_taken_up_again(send, officer, mend):
    workbook = send(officer, [LONG, row("Ayu"), row("Ayu"), row("Budi", nib="12"), row("Citra", nib="12")])
    assert workbook.counts == counts(read=4, new=1, bad=3)

    workbook = mend(workbook, officer, skipped=[2], skipped_cause=cause_of(workbook, "NIB").key)
    assert (workbook.counts, workbook.adds_up) == (counts(read=4, new=1, skipped=3), True)
    assert workbook.rows.get(number=3).outcome == "new"  # the other of two is the one that is taken

    workbook = mend(workbook, officer, taken_up=[2])
    assert workbook.counts == counts(read=4, bad=1, new=1, skipped=2)


def test_a_row_that_was_taken_for_no_data_is_read_after_all(send, officer, mend):
    workbook = send(officer, [LONG, row("Ayu"), ["Catatan Rasa"], ["JUMLAH"]])
    assert workbook.sheets[0]["no_data"] == {"remark": [3], "total": [4]}

    workbook = mend(workbook, officer, taken_up=[3], cells={(3, at): text for at, text in enumerate(a_row("Rasa")[:6])})

    assert workbook.counts == counts(read=2, new=2)
    assert workbook.sheets[0]["no_data"] == {"remark": [], "total": [4]}


def test_good_rows_go_first_and_the_others_later_and_none_is_counted_twice(send, officer, mend, done):
    workbook = send(officer, [LONG, row("Ayu"), row("Budi", nib="12"), row("Citra", nib="12"), row("Dewi", nib="12")])

    workbook = done(actions.submit, workbook, by=officer)
    first = workbook.batch
    assert (workbook.state, workbook.handed_in, workbook.to_propose) == ("submitted", 1, 0)
    workbook = mend(workbook, officer, cells={(3, 6): ""})
    assert (workbook.state, workbook.counts) == ("checked", counts(read=4, new=2, bad=2))
    assert (workbook.handed_in, workbook.to_propose) == (1, 1)
    with pytest.raises(ValidationError):  # what was submitted is mended no more
        mend(workbook, officer, cells={(2, 0): "Lain"})
    workbook = done(actions.submit, workbook, by=officer, acknowledged=True)
    workbook = mend(workbook, officer, cells={(4, 6): ""}, skipped=[5])
    workbook = done(actions.submit, workbook, by=officer, acknowledged=True)

    assert (workbook.state, workbook.counts) == ("submitted", counts(read=4, new=3, skipped=1))
    assert [batch.submissions.get().title for batch in workbook.batches] == ["Ayu", "Budi", "Citra"]
    assert workbook.batches[0] == first
    done(actions.withdraw, workbook, by=officer)
    assert set(Submission.objects.values_list("status", flat=True)) == {"withdrawn"}


def test_what_changed_meanwhile_takes_back_only_what_goes_now(send, officer, mend, done, administrator):
    record = an_establishment(name="Lama")
    file = [["Nomor register", *LONG], [None, *row("Ayu")], [record.number, *row("Baru", nib="12")]]
    workbook = done(actions.submit, send(officer, file), by=officer)
    first = workbook.batch
    workbook = mend(workbook, officer, cells={(3, 7): ""})
    submissions.publish(workbook.target, {"name": "Lain"}, by=administrator, record=record)
    workbook.rows.filter(number=3).update(outcome="new")

    workbook = done(actions.submit, workbook, by=officer, acknowledged=True)

    assert (workbook.state, workbook.batch, workbook.handed_in) == ("checked", first, 1)
    assert first.counts()["submitted"] == 1


def test_only_the_proposing_side_mends(send, officer, officer_there, verifier, head, mend):
    workbook = send(officer, [LONG, row("Ayu", nib="12")])

    for other in (officer_there, verifier, head):
        with pytest.raises(Refused):
            mend(workbook, other, cells={(2, 6): ""})
    for mending in ({}, {"cells": {(9, 6): ""}}, {"cells": {(2, 99): ""}}, {"taken_up": [2]}, {"skipped": [99]}):
        with pytest.raises(ValidationError):
            mend(workbook, officer, **mending)


def test_lines_are_mended_with_their_record(send, officer, mend):
    makers = ("Data", [["Kunci baris", *LONG], ["a", *row("Ayu")]])
    lines = (
        "Produk",
        [["Kunci baris", "Nama produk", "Kapasitas produksi setahun"], ["a", "Kain", "l2"], ["b", "Tas", 3]],
    )
    workbook = send(officer, (makers, lines))
    assert [one.told["row"] for cause in causes(workbook) for one in cause.cells] == [2, 3]

    workbook = mend(workbook, officer, accepted=cause_of(workbook, "huruf").key)
    assert workbook.counts == counts(read=2, new=1, bad=1)
    stray = workbook.rows.get(outcome="bad")
    workbook = mend(workbook, officer, cells={(stray.position, 0): "A"})

    assert workbook.counts == counts(read=1, new=1)


def test_nothing_is_mended_while_a_job_works_or_once_all_is_submitted(send, officer, mend, done):
    workbook = send(officer, [LONG, row("Ayu")])
    Workbook.objects.filter(pk=workbook.pk).update(state="checking")
    with pytest.raises(NotNow):
        mend(workbook, officer, skipped=[2])
    Workbook.objects.filter(pk=workbook.pk).update(state="checked")
    done(actions.submit, workbook, by=officer)
    with pytest.raises(NotNow):
        mend(workbook, officer, skipped=[2])
