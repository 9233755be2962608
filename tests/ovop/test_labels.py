"""Labels: printed inside, checked by everybody, and worth exactly what the register says today."""

import base64
import io
import re

import pytest
import zxingcpp
from django.core import checks
from django.test import Client
from django.utils import timezone
from PIL import Image

from disperin.desk.refusals import NotNow, Refused
from disperin.history.models import Entry
from disperin.registers.record import directory
from disperin.submissions import actions as submissions
from disperin.ui import formats
from ovop import actions, rules
from ovop.apps import signing_keys_can_be_read
from ovop.models import Award, Label
from ovop.papers import LabelForm, label_file
from tests.factories import an_administrator, an_award, an_establishment
from tests.ovop.conftest import KEYS
from tests.submissions.test_consequences import a_photo

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def printed(award, by=None):
    return actions.print_label(award, form="a7", by=by or an_administrator())


def changed(award, **values):
    return submissions.publish(directory.get("awards"), values, by=an_administrator(), record=award)


def page_of(label, language=""):
    answer = Client().get(f"{language}/v/{label.token}/")
    return answer.status_code, answer.content.decode()


def test_the_page_shows_the_product_and_what_to_compare(officer):
    photo = a_photo(officer)
    maker = an_establishment(products=[{"name": "Kain sasirangan", "photo": str(photo.pk)}])
    award = an_award(establishment=maker)
    label = printed(award)

    status, text = page_of(label)
    _status, english = page_of(label, "/en")

    photo.refresh_from_db()
    assert status == 200
    assert photo.photo_url(960) in text
    for part in (maker.name, maker.village.name, award.number, f"/lapor/?register=awards&amp;record={award.number}"):
        assert part in text
    assert "is this the product?" in english

    submissions.hide(directory.get("awards"), award, "", reason="Diminta.", by=an_administrator())
    assert photo.photo_url(960) not in page_of(label)[1]


def test_a_genuine_star_of_the_earlier_scheme_is_as_green_as_a_new_one():
    old, new = an_award(round="2018", stars=4, decree_on="2018-09-05"), an_award(name="Kain", decree_number="SK/2")

    for award in (old, new):
        status, text = page_of(printed(award))
        assert (status, "verdict-good" in text, "verdict-careful" in text) == (200, True, False)


def a_forged_token(**more):
    """A token with the right form, signed by somebody else."""
    claim = {"number": "OVP-6307-000001", "stars": 3, "scheme": "permenperin_14_2021", **more}
    day = more.pop("issued_on", None) or Label.objects.first().issued_on
    return rules.sign_claim(rules.keyring(f"satu={KEYS[2]}"), issued_on=day, **claim)[1]


def test_a_label_printed_to_png_leads_to_the_page_of_its_star():
    award = an_award()
    label = printed(award)

    with Image.open(io.BytesIO(label_file(label, award, LabelForm.PNG))) as picture:
        (code,) = zxingcpp.read_barcodes(picture.convert("L"))

    assert code.text == f"https://portal.example/v/{label.token}/"
    answer = Client().get(code.text.removeprefix("https://portal.example"))
    assert answer.status_code == 200
    assert "Bintang ini berlaku" in answer.content.decode()


def test_a_valid_star_is_told_with_product_maker_decree_and_date():
    status, text = page_of(printed(an_award()))

    assert status == 200
    for told in (
        "Bintang ini berlaku", "Kain sasirangan", "Sasirangan Barabai", "Kabupaten 63.07", "SK CONTOH/1/2024",
        "20 November 2024", "Bintang 2 dari 3", "skema 2021", "https://portal.example/",
    ):  # fmt: skip
        assert told in text


def test_the_check_speaks_english_too():
    status, text = page_of(printed(an_award()), "/en")

    assert status == 200
    assert "This star is valid" in text


def test_the_state_is_looked_up_at_every_check(trying):
    award = an_award()
    label = printed(award)

    for values, title in [
        ({"state": "dicabut", "state_on": "2025-06-16", "state_reason": "Rahasia kantor"}, "Bintang ini telah dicabut"),
        (
            {"state": "berakhir", "state_on": "2025-06-16", "state_reason": "Rahasia kantor"},
            "Bintang ini telah berakhir",
        ),
        ({"valid_until": "2025-06-16"}, "Bintang ini telah berakhir"),
        ({"state": "dinilai_ulang", "state_on": "2025-06-16", "state_reason": "Rahasia kantor"}, "dinilai ulang"),
        ({"stars": 1}, "tidak mutakhir"),
    ]:
        with trying(values, title):
            changed(Award.objects.get(pk=award.pk), **values)

            status, text = page_of(label)

            assert status == 200
            assert title in re.search(r"<h1>(.*?)</h1>", text)[1]
            assert "Rahasia kantor" not in text
            assert ("16 Juni 2025" in text) == ("stars" not in values)


def test_a_star_of_the_earlier_scheme_is_genuine_and_says_its_scheme():
    _status, text = page_of(printed(an_award(round="2018", stars=4, decree_on="2018-09-05")))

    assert "skema lama" in text
    assert "Bintang 4 dari 5" in text
    assert "mengenal sampai 5 bintang" in text


def test_a_closed_award_proves_nothing_any_more():
    award = an_award()
    label = printed(award)
    values = {"closed_on": "2026-01-02", "closed_reason": "error"}
    submissions.publish(directory.get("awards"), values, by=an_administrator(), record=award, kind="close")

    status, text = page_of(label)

    assert status == 200
    assert f"keluar dari daftar pada {formats.day(timezone.localdate())}" in text


def test_an_altered_label_is_told_so_and_nothing_of_the_award():
    printed(an_award())

    answer = Client().get(f"/v/{a_forged_token()}/")

    assert answer.status_code == 400
    assert "Label ini telah diubah" in answer.content.decode()
    assert "Kain sasirangan" not in answer.content.decode()


@pytest.mark.parametrize(
    "token", ["x", "abc123", "A" * 599, "A" * 5000, "%00", "%F0%9F%99%82", "é", "a" * 30 + "=", "..%2f"]
)
def test_what_was_never_a_label_is_unknown(token):
    answer = Client().get(f"/v/{token}/")

    assert answer.status_code == 404
    assert "<h1>" in answer.content.decode()


def test_a_genuine_signature_of_an_award_that_is_not_there_is_unknown():
    label = printed(an_award())
    token = rules.sign_claim(
        actions.keys(), number="OVP-6307-000077", stars=1, scheme="permenperin_14_2021", issued_on=label.issued_on
    )[1]

    assert Client().get(f"/v/{token}/").status_code == 404


def test_checks_are_counted_and_nobody_is_kept():
    label = printed(an_award())

    page_of(label), page_of(label)
    Client().head(f"/v/{label.token}/")

    label.refresh_from_db()
    assert label.scans == 2
    assert {field.name for field in Label._meta.fields} == {
        "id", "award", "token", "key_id", "stars", "scheme", "issued_on", "origin", "made_by", "made_at", "prints",
        "scans", "last_scanned_on",
    }  # fmt: skip


def test_a_check_is_never_kept_by_browsers_and_sets_no_cookie():
    answer = Client().get(f"/v/{printed(an_award()).token}/")

    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_whoever_tries_out_tokens_is_stopped_and_real_labels_still_open():
    label = printed(an_award())

    answers = [Client().get(f"/v/{at:08}/").status_code for at in range(actions.MOST_GUESSES + 1)]

    assert answers == [404] * actions.MOST_GUESSES + [429]
    assert 0 < int(Client().get("/v/x/")["Retry-After"]) <= actions.GUESSES_WITHIN
    assert Client().get(f"/v/{a_forged_token()}/").status_code == 429
    assert page_of(label)[0] == 200
    assert Client().get("/v/x/", REMOTE_ADDR="10.0.0.9").status_code == 404


def test_every_copy_of_a_label_says_the_same():
    award = an_award()

    first, second = printed(award), printed(award)

    second.refresh_from_db()
    assert first.pk == second.pk
    assert second.prints == 2


def test_each_printing_is_noted_with_who_and_how(officer):
    award = an_award()

    actions.print_label(award, form="a4", by=officer)

    entry = Entry.objects.about(award).filter(verb="print_label").get()
    assert (entry.actor, entry.detail["form"]) == (officer, "a4")


def test_the_address_stays_that_of_the_first_printing(settings):
    award = an_award()
    printed(award)
    settings.PUBLIC_ORIGIN = "https://baru.example"

    assert printed(award).address.startswith("https://portal.example/v/")


def test_a_new_key_signs_what_is_new_and_old_labels_stay_good(settings):
    first, second = an_award(), an_award(name="Kedua")
    old = printed(first)
    settings.OVOP_SIGNING_KEYS += f",dua={KEYS[2]}"

    new = printed(second)

    assert (old.key_id, new.key_id, printed(first).key_id) == ("satu", "dua", "satu")
    assert [page_of(label)[0] for label in (old, new)] == [200, 200]


def test_labels_of_a_retired_key_stay_good_and_those_of_a_withdrawn_one_do_not(settings):
    award = an_award()
    label = printed(award)
    public = base64.b64encode(actions.keys().public_bytes("satu")).decode()
    settings.OVOP_SIGNING_KEYS, settings.OVOP_RETIRED_KEYS = f"dua={KEYS[2]}", f"satu={public}"
    retired = page_of(label)[0]
    settings.OVOP_RETIRED_KEYS = ""

    withdrawn = page_of(label)[0]

    assert (retired, withdrawn) == (200, 404)
    assert printed(award).key_id == "dua"


def test_a_label_of_changed_stars_is_made_anew():
    award = an_award()
    old = printed(award)

    new = printed(changed(award, stars=3))

    assert old.pk != new.pk
    assert "Bintang ini berlaku" in page_of(new)[1]


@pytest.mark.parametrize("state", ["dicabut", "berakhir"])
def test_no_label_is_printed_of_a_star_that_does_not_stand(state):
    award = an_award(state=state, state_on="2025-06-16", state_reason="x")

    with pytest.raises(NotNow):
        printed(award)


def test_without_a_key_nothing_is_printed_and_the_page_says_what_is_missing(settings, signed_in, officer):
    settings.OVOP_SIGNING_KEYS = ""
    award = an_award()

    answer = signed_in(officer).post(f"/ovop/{award.number}/label/", {"form": "a7"})

    assert answer.status_code == 409
    assert "OVOP_SIGNING_KEYS" in answer.content.decode()


def test_only_the_office_prints_and_only_within_reach(officer_there, head):
    award = an_award()

    for outsider in (officer_there, head):
        with pytest.raises(Refused):
            printed(award, by=outsider)


def test_an_officer_prints_a_label_as_a_file(signed_in, officer, trying):
    client = signed_in(officer)
    award = an_award()

    for form, content_type, start in [
        ("a7", "application/pdf", b"%PDF"),
        ("a4", "application/pdf", b"%PDF"),
        ("svg", "image/svg+xml", b"<svg"),
        ("png", "image/png", b"\x89PNG"),
    ]:
        with trying(form, content_type, start):
            answer = client.post(f"/ovop/{award.number}/label/", {"form": form})

            assert (answer.status_code, answer["Content-Type"]) == (200, content_type)
            assert answer.content.startswith(start)
            assert award.number in answer["Content-Disposition"]


def test_the_page_that_prints_is_only_for_those_within_reach(signed_in, officer, officer_there, head):
    award = an_award()
    address = f"/ovop/{award.number}/label/"

    assert Client().get(address).status_code == 302
    assert Client().post(address, {"form": "a7"}).status_code == 401  # a page on which what was chosen is kept
    assert signed_in(officer_there).get(address).status_code == 404
    assert signed_in(officer_there).post(address, {"form": "a7"}).status_code == 404
    assert signed_in(officer).get(address).status_code == 200
    assert signed_in(officer).post(address, {"form": "docx"}).status_code == 404
    assert signed_in(head).get(address).status_code == 200
    assert signed_in(head).post(address, {"form": "a7"}).status_code == 403
    assert Label.objects.count() == 0


def test_the_api_gives_the_verdict_with_the_award_of_today(api):
    award = an_award()
    label = printed(award)
    address = f"/api/v1/verify/{label.token}/"

    answer = api().get(address).json()
    changed(award, state="dicabut", state_on="2025-06-16", state_reason="Rahasia kantor")
    later = api().get(address).json()

    assert (answer["verdict"], answer["award"]["stars"], answer["claim"]["key_id"]) == ("valid", 2, "satu")
    assert (later["verdict"], later["award"]["state"], later["award"]["state_on"]) == (
        "revoked",
        "dicabut",
        "2025-06-16",
    )
    assert "Rahasia" not in str(later)


def test_the_api_tells_altered_from_unknown_and_stops_guessing(api):
    printed(an_award())

    altered, unknown = api().get(f"/api/v1/verify/{a_forged_token()}/"), api().get("/api/v1/verify/abc/")
    guesses = [api().get("/api/v1/verify/abc/") for _at in range(actions.MOST_GUESSES)]

    assert (altered.status_code, altered.json()["code"]) == (400, "altered")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown")
    assert guesses[-1].status_code == 429
    assert "Retry-After" in guesses[-1]


def test_a_label_that_was_not_copied_whole_is_told_so_and_not_mistrusted(client, api):
    token = printed(an_award()).token

    for torn in (token[:-3], token[:-1], token[:40], f"{token}="):
        page, answer = client.get(f"/v/{torn}/"), api().get(f"/api/v1/verify/{torn}/")
        assert (page.status_code, answer.status_code, answer.json()["code"]) == (400, 400, "incomplete")
        assert "Alamat ini tidak lengkap" in page.content.decode()


def test_the_public_keys_are_published_and_no_seed(client):
    answer = client.get("/.well-known/ovop-keys.json")

    (key,) = answer.json()["keys"]
    assert (key["kty"], key["crv"], key["kid"]) == ("OKP", "Ed25519", "satu")
    assert base64.urlsafe_b64decode(key["x"] + "=") == actions.keys().public_bytes("satu")
    assert KEYS[1][:20] not in answer.content.decode()


def test_keys_that_cannot_be_read_are_said_when_the_portal_starts(settings):
    settings.OVOP_SIGNING_KEYS = "satu=bukan-kunci"

    (problem,) = signing_keys_can_be_read(None)

    assert isinstance(problem, checks.Error)
    assert "bukan-kunci" not in str(problem)
