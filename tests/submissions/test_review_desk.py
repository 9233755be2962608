"""The desk of a verifier: one after the other, a new record as a record, a second round by what is new in it."""

import re
from html import unescape

import pytest
from django.urls import reverse

from disperin.notices.models import Notice
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.models import Submission
from industries.models import Establishment
from tests.factories import an_establishment, establishment_values

REGISTER = "establishments"


def submitted(by, **values):
    draft = actions.draft(directory.get(REGISTER), establishment_values(**values), by=by)
    return actions.submit(draft, by=by, acknowledged=True)


def url(name, submission):
    return reverse(f"submissions:{name}", args=[submission.number])


def text_of(answer):
    """What a page says, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


@pytest.fixture
def desk(verifier, signed_in):
    return signed_in(verifier)


def take(client, submission):
    answer = client.post(url("claim", submission))
    assert answer["Location"] == url("review", submission)
    return client.get(answer["Location"])


def decide(client, submission, decision="verify", **data):
    return client.post(url("review", submission), {"decision": decision, "round": submission.round, **data})


def test_after_a_decision_comes_the_one_that_waits_longest_and_may_be_decided(
    officer, verifier, second_verifier, desk, time_machine
):
    first, held, own, second = (
        submitted(by, name=name)
        for by, name in ((officer, "Pertama"), (officer, "Dipegang"), (verifier, "Milik sendiri"), (officer, "Kedua"))
    )
    actions.claim(held, by=second_verifier)

    take(desk, first)
    answer = decide(desk, first)
    assert answer["Location"] == url("review", second)
    page = desk.get(answer["Location"])
    assert 'name="round" value="1"' in page.content.decode()
    assert "Pertama terverifikasi" in text_of(page)

    answer = decide(desk, second, "return", **{"reason:name": "Nama lengkap?"})
    assert answer["Location"] == reverse("submissions:inbox")
    assert "Tidak ada lagi yang menunggu" in text_of(desk.get(answer["Location"]))
    assert {one.status for one in (held, own) if one.refresh_from_db() is None} == {"submitted"}


def test_what_a_verifier_set_aside_comes_before_the_rest_of_the_queue(officer, verifier, desk):
    first, _second, meant = (submitted(officer, name=name) for name in ("Pertama", "Kedua", "Disisihkan"))
    actions.set_aside([meant], to=verifier, by=verifier)

    take(desk, first)

    assert decide(desk, first)["Location"] == url("review", meant)
    assert Submission.objects.filter(claimed_until__isnull=False, status="submitted").count() == 1


def test_a_verified_closing_says_that_the_record_leaves_the_lists(officer, verifier, desk):
    record = an_establishment(name="Dapur Ulin")
    given = {"closed_on": "2026-11-02", "closed_reason": "ended"}
    draft = actions.draft(directory.get(REGISTER), given, by=officer, record=record, kind="close")
    submission = actions.submit(draft, by=officer, acknowledged=True)

    take(desk, submission)

    assert "Dapur Ulin ditutup dan keluar dari daftar" in text_of(desk.get(decide(desk, submission)["Location"]))
    notice = Notice.objects.get(recipient=officer)
    assert notice.title == "Ditutup: Dapur Ulin"
    assert "telah keluar dari daftar" in notice.body


def test_the_queue_leads_into_the_review_with_one_press(officer, verifier, desk, signed_in):
    submission, own = submitted(officer), submitted(verifier, name="Milik sendiri")

    page = desk.get(reverse("submissions:inbox")).content.decode()

    assert f'action="{url("claim", submission)}"' in page
    assert url("claim", own) not in page
    assert url("claim", submission) not in signed_in(officer).get(reverse("submissions:inbox")).content.decode()


def test_a_new_record_is_read_as_a_record_with_its_place_and_what_follows(officer, desk):
    submission = submitted(
        officer, name="Sasirangan Baru", latitude=-2.58, longitude=115.38, workers_male=2, workers_female=3,
        investment=25_000_000, products=[{"name": "Selendang"}],
    )  # fmt: skip

    page = take(desk, submission)
    html, text = page.content.decode(), text_of(page)

    read = html.partition('id="perubahan"')[2].partition('<details class="fold"')[0]
    assert "diff-old" not in read
    assert "Sasirangan Baru" in read
    assert "Produk 1: Selendang" in read
    assert 'name="reason:name"' in read
    assert 'name="reason:nib"' in html.partition('<details class="fold"')[2]  # empty, and can be asked for
    assert "<svg" in html.partition('<aside aria-label="Bukti')[2]
    assert "Skala industri Industri Kecil Tenaga kerja paling banyak 19 orang" in text


def test_a_change_without_a_new_place_draws_none(officer, desk):
    record = an_establishment(latitude=-2.58, longitude=115.38)
    draft = actions.draft(directory.get(REGISTER), {"owner_name": "Hj. Aminah"}, by=officer, record=record)

    page = take(desk, actions.submit(draft, by=officer, acknowledged=True))

    assert "Letaknya" not in text_of(page)
    assert "Hj. Aminah" in text_of(page)


def test_a_row_of_which_one_field_changes_has_one_place_for_what_is_said_of_the_whole(officer, desk):
    record = an_establishment(products=[{"name": "Amplang"}])
    rows = [{"key": str(one.key), "name": one.name, "unit": "bungkus"} for one in record.products.all()]
    draft = actions.draft(directory.get(REGISTER), {"products": rows}, by=officer, record=record)
    submission = actions.submit(draft, by=officer, acknowledged=True)

    names = re.findall(r'name="(reason:[^"]+)"', take(desk, submission).content.decode())

    assert f"reason:products.{rows[0]['key']}" in names
    assert len(names) == len(set(names))


@pytest.fixture
def second_round(officer, verifier):
    """Returned with three reasons; two places were mended, one was not, and one was changed unasked."""
    values = {"name": "Dapur Lama", "phone": "081250001111", "owner_name": "Aminah", "founded_year": 2011}
    submission = submitted(officer, **values, products=[{"name": "Amplang"}, {"name": "Dodol"}])
    row = submission.values["products"][0]["key"]
    actions.send_back(
        actions.claim(submission, by=verifier), by=verifier, round=1, note="Mohon cepat.",
        reasons={"name": "Nama lengkap?", "phone": "Nomor orang lain.", f"products.{row}.unit": "Satuannya?"},
    )  # fmt: skip
    products = [dict(one) for one in submission.values["products"]]
    products[0]["unit"] = "bungkus"
    given = {"name": "Dapur Murakata", "founded_year": 2012, "products": products}
    changed = actions.revise(Submission.objects.get(), given, by=officer)
    return actions.submit(changed, by=officer, acknowledged=True)


def test_a_second_round_begins_with_what_was_asked_and_what_differs_since(second_round, verifier, desk):
    page = take(desk, second_round)
    html, text = page.content.decode(), text_of(page)
    first, rest = html.partition('<details class="fold"')[::2]

    assert f"Dikembalikan pada ronde 1 oleh {verifier}" in text
    assert "Di 1 tempat ada yang diminta dan tidak ada yang berbeda" in text
    assert "Mohon cepat." in text
    for told in ("Nama lengkap?", "Nomor orang lain.", "Satuannya?", "Dapur Lama", "Dapur Murakata", "bungkus", "2012"):
        assert told in first, told
    assert "<del>Dapur Lama</del>" in first
    assert "Ronde 1" in first
    assert "Aminah" not in first.partition('id="perubahan"')[2]
    assert "Aminah" in rest
    assert "Dodol" in rest
    names = re.findall(r'name="(reason:[^"]+)"', html)
    assert len(names) == len(set(names))
    assert {"reason:name", "reason:phone", "reason:owner_name"} <= set(names)


def test_a_second_round_is_decided_as_the_first_one_was(second_round, desk):
    take(desk, second_round)
    answer = decide(desk, second_round, "return", **{"reason:phone": "Masih nomor orang lain."})
    assert answer.status_code == 302
    assert Submission.objects.get().reasons == {"phone": "Masih nomor orang lain."}


def test_what_was_asked_of_rows_of_a_long_part_is_told_though_they_do_not_differ(officer, verifier, desk):
    submission = submitted(officer, products=[{"name": f"Kue {at}"} for at in range(60)])
    rows = [row["key"] for row in submission.values["products"]]
    reasons = {f"products.{rows[7]}.unit": "Satuannya?", f"products.{rows[30]}": "Produk siapa?"}
    actions.send_back(actions.claim(submission, by=verifier), by=verifier, round=1, reasons=reasons)

    page = take(desk, actions.submit(Submission.objects.get(), by=officer, acknowledged=True))

    first = page.content.decode().partition('<details class="fold"')[0]
    assert "Satuannya?" in first
    assert "Produk siapa?" in first
    assert "Di 2 tempat ada yang diminta" in text_of(page)


def test_a_row_that_was_taken_out_since_is_told(officer, verifier, desk):
    submission = submitted(officer, products=[{"name": "Amplang"}, {"name": "Dodol"}])
    actions.send_back(actions.claim(submission, by=verifier), by=verifier, round=1, reasons={"name": "Nama lengkap?"})
    left = submission.values["products"][:1]
    changed = actions.revise(Submission.objects.get(), {"products": left, "name": "Lain"}, by=officer)

    page = take(desk, actions.submit(changed, by=officer, acknowledged=True)).content.decode()

    first = page.partition('<details class="fold"')[0]
    assert "Dodol" in first
    assert "akan ditutup" in first
    assert not Establishment.objects.exists()
