"""What the portal itself writes is kept without a language, and said in that of whoever reads it."""

import datetime

from django.utils.translation import override

from disperin.registers.record import directory
from disperin.registers.record.names import kept_name
from disperin.submissions import actions, own_words
from disperin.submissions.batches import actions as batches
from disperin.submissions.models import Stock, Submission
from industries.rules.certificates import HalalStage
from tests.factories import an_establishment
from tests.submissions.batches.test_old_stock import an_old_one

ESTABLISHMENTS = directory.get("establishments")


def test_every_sentence_is_said_in_the_language_of_the_reader():
    stock = Stock("SIINas lama", datetime.date(2024, 5, 3))
    told = {
        "number": 3,
        "dropped": "A",
        "kept": "B",
        "who": "C",
        "headings": "Telepon",
        "mended": "Surel",
        "field": "phone",
        "forum": "FRM-6307-000001",
        "stock": stock,
        "register": ESTABLISHMENTS,
    }
    for key in own_words.SENTENCES:
        text, said = own_words.kept(key, **told), []
        for language in ("id", "en"):
            with override(language):
                said.append(own_words.said(text))
        assert text not in said
        assert said[0] != said[1]
        assert "%(" not in "".join(said)


def test_what_a_person_wrote_is_said_as_it_is():
    for text in ("", "Mohon diperiksa.", "portal:", "portal:lain", "portal:restored", "portal:old_stock?register=x"):
        assert own_words.said(text) == text


def test_a_batch_of_the_old_stock_is_called_so_in_each_language(officer, api, signed_in):
    an_old_one()
    with override("en"):
        batch, _left = batches.confirm_many(
            ESTABLISHMENTS, officer.regency, batches.to_confirm(ESTABLISHMENTS, officer), by=officer
        )

    said = {
        language: api(officer).get(f"/api/v1/batches/{batch.number}/", headers={"Accept-Language": language}).json()
        for language in ("id", "en")
    }

    assert said["en"]["name"] == "Establishments of the old stock"
    assert said["id"]["name"] != said["en"]["name"]
    assert said["id"]["name"] in signed_in(officer).get(f"/usulan/berkas/{batch.number}/").text
    assert str(batch) == batch.number


def test_a_draft_that_was_begun_for_a_reason_keeps_it_in_no_language(officer, verifier, administrator, client):
    record = an_establishment()
    actions.publish(ESTABLISHMENTS, {"name": "Nama Baru"}, by=administrator, record=record)
    client.force_login(officer)
    client.post(f"/en/usulan/data/establishments/{record.number}/riwayat/", {"versi": "1"})
    submission = Submission.objects.get(direct=False)

    page = client.get(f"/usulan/{submission.number}/ubah/")
    client.post(f"/usulan/{submission.number}/ubah/", {"revision": 1, "message": page.context["message"]})

    submission.refresh_from_db()
    assert (page.context["message"], submission.message) == ("Memulihkan versi 1.", "portal:restored?number=1")


def test_names_that_hold_words_are_kept_in_the_language_of_the_portal():
    said = set()
    for language in ("id", "en"):
        with override(language):
            said.add(kept_name(HalalStage.PAYMENT.label))

    assert len(said) == 1
