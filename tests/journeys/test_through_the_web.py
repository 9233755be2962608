"""The whole path with plain forms: typed in Indonesian, verified in English, found by everybody."""

import re

from disperin.submissions.models import Submission
from industries.models import Establishment
from tests.factories import establishment_values

NAME = "Sasirangan Murakata"
PRODUCTS = ["Kain sasirangan", "Selendang", "Syal"]


def _form(submission, **changes):
    """What the page of a draft sends back: everything that it shows, with some of it changed."""
    values = {name: one for name, one in submission.values.items() if one and not isinstance(one, list)}
    rows = submission.values["products"]
    parts = {f"products-{at}-{name}": row[name] for at, row in enumerate(rows) for name in ("key", "name")}
    active = {f"products-{at}-active": "on" for at in range(len(rows))}
    fresh = Submission.objects.get(pk=submission.pk)
    return {**values, **parts, **active, "products-TOTAL": len(rows), "revision": fresh.revision, **changes}


def _hand_in(clerk, submission):
    """Submit what the page reads back."""
    page, fresh = f"/usulan/{submission.number}/", Submission.objects.get(pk=submission.pk)
    assert "1.250" in clerk.get(f"{page}isian/").content.decode()
    assert clerk.post(f"{page}isian/", {"revision": fresh.revision})["Location"] == page


def test_a_proposal_typed_in_indonesian_and_verified_in_english_reaches_the_public(
    officer, verifier, signed_in, client, photo
):
    clerk, province = signed_in(officer), signed_in(verifier)

    clerk.post("/usulan/baru/", {"daftar": "establishments"})
    submission = Submission.objects.get()
    page, english = f"/usulan/{submission.number}/", f"/en/usulan/{submission.number}/"
    typed = {**establishment_values(name=NAME), "investment": "1.250.000", "workers_male": "4", "workers_female": "15"}
    rows = {f"products-{at}-name": name for at, name in enumerate(PRODUCTS)}
    filled = {**typed, **rows, "products-TOTAL": 3, "photo-file": photo, "revision": submission.revision, "check": "1"}
    assert clerk.post(f"{page}ubah/", filled)["Location"] == f"{page}isian/"
    _hand_in(clerk, submission)

    assert province.post(f"{english}ambil/")["Location"] == f"{english}periksa/"
    returned = {"decision": "return", "round": 1, "reason:investment": "Kurang tiga angka nol."}
    assert province.post(f"{english}periksa/", returned).status_code == 302
    assert "Kurang tiga angka nol." in clerk.get(f"{page}ubah/").content.decode()

    submission.refresh_from_db()
    mended = _form(submission, investment="1.250.000.000", workers_male="4", workers_female="15", check="1")
    assert clerk.post(f"{page}ubah/", mended)["Location"] == f"{page}isian/"
    _hand_in(clerk, submission)
    province.post(f"{english}ambil/")
    shown = province.get(f"{english}periksa/").content.decode()
    assert "1,250,000,000" in shown
    assert province.post(f"{english}periksa/", {"decision": "verify", "round": 2}).status_code == 302

    record = Establishment.objects.get()
    assert (record.name, record.investment, record.workers_female) == (NAME, 1_250_000_000, 15)
    assert record.industry_scale == "menengah"  # few workers, but not less than 1,000,000,000 rupiah
    found = client.get("/industri/", {"q": "murakata"}).content.decode()
    assert f"/industri/{record.number}/" in found
    public = client.get(f"/industri/{record.number}/").content.decode()
    assert all(name in public for name in PRODUCTS)
    picture = re.search(r'src="(/foto/[^"]+\.webp)"', public)[1]
    answer = client.get(picture)
    assert answer["Content-Type"] == "image/webp"
    assert answer.getvalue().startswith(b"RIFF")
