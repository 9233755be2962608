"""Every kind of page: axe finds nothing, light and dark, on a desk and a telephone; none is wider than its screen; the
Tab key stops nowhere without a name, and shows where."""

from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from django.core.files import File
from django.utils import timezone

from disperin.attachments import actions as files
from disperin.duplicates import actions as duplicates
from disperin.registers.models import Origin
from disperin.registers.record import directory
from disperin.registers.record.revisions import losses
from disperin.submissions import actions
from disperin.workbooks.models import Export, Making
from industries.models import ChainStep
from tests.browser.barriers import TELEPHONE, found_on_every_screen
from tests.factories import (
    KbliClassFactory,
    a_cluster,
    a_green_certificate,
    a_pair,
    an_establishment,
    establishment_values,
)

# Swagger draws its operations itself, the administration's boxes to search in theirs: their markup is not ours to mend
OURS = {"exclude": [["#swagger-ui"], [".select2"]]}


class Kind(NamedTuple):
    """A kind of page: who looks, at which address, and what is pressed there first."""

    who: str
    path: str
    press: str = ""
    status: int = 200
    live: bool = False  # scripts fetch more after the page has loaded


@pytest.fixture
def people(officer, verifier, second_verifier, head, administrator):
    """Who looks, by the names that the kinds of pages use."""
    return {
        "visitor": None, "officer": officer, "verifier": verifier, "second_verifier": second_verifier, "head": head,
        "administrator": administrator,
    }  # fmt: skip


@pytest.fixture
def office(officer, verifier, second_verifier, administrator, photo_file):
    """A day at the office: records, drafts and decisions in every state. Gives the kinds of pages that show them."""
    register = directory.get("establishments")

    def draft(**values):
        given = establishment_values(**values)
        return actions.draft(register, given, by=officer)

    def submitted(submission):
        return actions.submit(submission, by=officer, acknowledged=True)

    with photo_file.open("rb") as opened:
        photo = files.upload(File(opened, "kain.jpg"), kind="photo", regency=officer.regency, by=officer)
    cluster = a_cluster(name="Sentra sasirangan Barabai")
    record = an_establishment(
        products=[{"name": "Kain sasirangan"}], photo=str(photo.pk), cluster=cluster.number, latitude=-2.58,
        longitude=115.38, npwp="012345678012000", legal_form="pt", story_id="Sejak 1987.", investment=1_250_000_000,
        workers_male=12, workers_female=8,
    )  # fmt: skip
    green = a_green_certificate(establishment=record)
    hidden = an_establishment(name="Keripik Barabai", story_id="Sejak 2001.", products=[{"name": "Keripik"}])
    for path in ("name", "story_id", f"products.{hidden.products.get().key}"):
        actions.hide(register, hidden, path, reason="Permintaan pemilik usaha.", by=administrator)
    for stage, (name, code) in enumerate((("Kain", "13134"), ("Pakaian jadi", "14111")), start=1):
        KbliClassFactory(code=code)
        ChainStep.objects.create(
            commodity="karet", stage=stage, stage_id=f"Tahap {stage}", product_id=name, kbli=[f"2020-{code}"],
            source="Contoh", source_on=timezone.localdate(),
        )  # fmt: skip
    unfinished = actions.draft(register, {"name": "Belum lengkap", "regency": "63.07"}, by=officer)
    change = actions.draft(register, {"phone": "08125110000", "workers_male": 14}, by=officer, record=record)
    reviewed = submitted(change)
    waiting = submitted(draft(name="Menunggu giliran", products=[{"name": "Amplang"}]))
    returned = actions.claim(submitted(draft(name="Dikembalikan", products=[{"name": "Dodol"}])), by=verifier)
    product = f"products.{returned.values['products'][0]['key']}.name"
    reasons = {"name": "Nama tidak sama dengan NIB.", product: "Tulis nama lengkap."}
    actions.send_back(returned, by=verifier, round=1, reasons=reasons)
    verified = actions.claim(submitted(draft(name="Sudah terverifikasi")), by=verifier)
    actions.verify(verified, by=verifier, round=1)
    given = establishment_values(name="Dari sistem lama", products=[{"name": "Kain"}])
    old = actions.publish(register, given, by=administrator, origin=Origin.OLDER_SYSTEM)
    confirmed = submitted(actions.draft(register, {}, by=officer, record=old, kind="confirm"))
    actions.claim(confirmed, by=second_verifier)
    actions.claim(reviewed, by=verifier)  # the last of the verifier's: one holds one at a time
    desk = "/usulan"
    pair = a_pair(record, an_establishment(name="Sasirangan Barabai Dua", products=[{"name": "Kain sasirangan"}]))
    merge = duplicates.merge(register, an_establishment(name="Tetap"), an_establishment(name="Ditutup"), by=verifier)
    long = {"register": "establishments", "kind": "csv", "total": 20_000, "done": 5_000, "losses": losses()}
    writing, written = (
        Export.objects.create(state=state, written_at=timezone.now(), **long)
        for state in (Making.WRITING, Making.READY)
    )
    return {
        "home": Kind("visitor", "/"),
        "home in English": Kind("visitor", "/en/"),
        "list": Kind("visitor", "/industri/"),
        "list as map": Kind("visitor", "/industri/?tampilan=peta", live=True),
        "empty list": Kind("visitor", "/industri/?regency=63.07&branch=pangan"),
        "filter not understood": Kind("visitor", "/industri/?branch=tidak-ada"),
        "similar spelling": Kind("visitor", "/industri/?q=sasirngan"),
        "establishment": Kind("visitor", f"/industri/{record.number}/", live=True),
        "establishment from inside": Kind("officer", f"/industri/{record.number}/"),
        "products": Kind("visitor", "/produk/"),
        "product": Kind("visitor", f"/produk/{record.products.first().number}/", live=True),
        "clusters": Kind("visitor", "/sentra/"),
        "cluster": Kind("visitor", f"/sentra/{cluster.number}/", live=True),
        "green-industry certificates": Kind("visitor", "/industri-hijau/"),
        "green-industry certificate": Kind("visitor", f"/industri-hijau/{green.number}/"),
        "green industry by regency": Kind("visitor", "/industri-hijau/angka/"),
        "downstream chains": Kind("visitor", "/hilirisasi/"),
        "statistics": Kind("visitor", "/statistik/"),
        "figure": Kind("visitor", "/statistik/establishments/regency/"),
        "regencies": Kind("visitor", "/daerah/"),
        "regency": Kind("visitor", "/daerah/6307/"),
        "sign-in": Kind("visitor", "/masuk/"),
        "sign-in refused": Kind("visitor", "/masuk/", press="main form button[type=submit]"),
        "profile": Kind("officer", "/akun/"),
        "inbox of an officer": Kind("officer", f"{desk}/"),
        "inbox of a verifier": Kind("verifier", f"{desk}/"),
        "inbox of the head": Kind("head", f"{desk}/?status=verified"),
        "start": Kind("officer", f"{desk}/baru/"),
        "start for a record": Kind("officer", f"{desk}/baru/?daftar=establishments&data={record.number}"),
        "draft": Kind("officer", f"{desk}/{unfinished.number}/ubah/?tambah=products"),
        "draft with errors": Kind("officer", f"{desk}/{unfinished.number}/ubah/", press="button[name=check]"),
        "draft read back": Kind("officer", f"{desk}/{returned.number}/isian/"),
        "draft with reasons": Kind("officer", f"{desk}/{returned.number}/ubah/"),
        "withdraw": Kind("officer", f"{desk}/{unfinished.number}/tarik/"),
        "before the claim": Kind("verifier", f"{desk}/{waiting.number}/periksa/"),
        "review": Kind("verifier", f"{desk}/{reviewed.number}/periksa/", press="details.review-reason summary"),
        "returned submission": Kind("officer", f"{desk}/{returned.number}/"),
        "verified submission": Kind("verifier", f"{desk}/{verified.number}/"),
        "versions": Kind("officer", f"{desk}/data/establishments/{record.number}/riwayat/"),
        "likely duplicates": Kind("verifier", f"{desk}/kembar/"),
        "pair": Kind("verifier", f"{desk}/kembar/{pair.pk}/", press="details.fold summary"),
        "naming a pair": Kind("verifier", f"{desk}/kembar/baru/?data={pair.first_number}"),
        "pair of an officer": Kind("officer", f"{desk}/kembar/{pair.pk}/"),
        "merge": Kind("verifier", f"{desk}/kembar/gabungan/{merge.pk}/"),
        "hidden from the public": Kind("officer", f"{desk}/tersembunyi/"),
        "hidden, seen from inside": Kind("officer", f"/industri/{hidden.number}/"),
        "hide": Kind("administrator", f"{desk}/data/establishments/{hidden.number}/sembunyikan/"),
        "hide refused": Kind(
            "administrator", f"{desk}/data/establishments/{hidden.number}/sembunyikan/", press="button.btn-danger"
        ),
        "erase": Kind("administrator", f"{desk}/data/establishments/{record.number}/data-pribadi/"),
        "erase refused": Kind(
            "administrator", f"{desk}/data/establishments/{record.number}/data-pribadi/", press="button.btn-danger"
        ),
        "hand over": Kind("administrator", f"{desk}/serah-terima/{officer.pk}/", press="main form button[type=submit]"),
        "my data": Kind("verifier", "/data/"),
        "table of makers": Kind("officer", "/data/establishments/?lack=phone", press="details.fold summary"),
        "table of the province": Kind("head", "/data/establishments/?column=nib&column=missing"),
        "who lacks what": Kind("verifier", "/data/establishments/belum-ada/"),
        "the same change": Kind("officer", "/data/establishments/ubah/?field=commodities&which=all"),
        "the same change, read back": Kind(
            "officer", "/data/establishments/ubah/?field=activity&which=all", press="main form button[type=submit]"
        ),
        "old stock": Kind("officer", f"{desk}/lama/"),
        "confirmation": Kind("second_verifier", f"{desk}/{confirmed.number}/periksa/"),
        "import of an administrator": Kind("administrator", f"{desk}/impor/"),
        "administration": Kind("administrator", "/admin/"),
        "users in the administration": Kind("administrator", "/admin/accounts/user/"),
        "new rule in the administration": Kind("administrator", "/admin/industries/halalduty/add/"),
        "new name in the administration": Kind("administrator", "/admin/industries/kbliword/add/", live=True),
        "new record in the administration": Kind("administrator", "/admin/industries/cluster/add/"),
        "inquiries in the administration": Kind("administrator", "/admin/inquiries/inquiry/"),
        "search of the office": Kind("verifier", "/cari/?q=sasirangan"),
        "notices": Kind("officer", "/pemberitahuan/"),
        "summary of an officer": Kind("officer", "/ringkasan/"),
        "summary of a verifier": Kind("verifier", "/ringkasan/"),
        "summary of the head": Kind("head", "/ringkasan/"),
        "how things stand": Kind("head", "/pimpinan/", press="details.fold summary"),
        "alerts": Kind("verifier", "/pimpinan/peringatan/"),
        "mail of Mondays": Kind("head", "/en/pimpinan/surel/"),
        "summary of an administrator": Kind("administrator", "/ringkasan/"),
        "days of an officer": Kind("officer", "/tenggat/"),
        "handbook": Kind("officer", "/panduan/"),
        "chapter": Kind("verifier", "/panduan/memeriksa/"),
        "leave": Kind("verifier", "/akun/"),
        "calendar": Kind("officer", "/tenggat/kalender/"),
        "calendar address": Kind("officer", "/tenggat/kalender/", press="main form button[type=submit]"),
        "days of the head": Kind("head", "/tenggat/?state=overdue"),
        "days, a filter not understood": Kind("head", "/tenggat/?kind=x", status=400),
        "list from inside": Kind("verifier", "/industri/"),
        "components": Kind("visitor", "/komponen/"),
        "403": Kind("head", f"{desk}/baru/", status=403),
        "404": Kind("visitor", "/industri/IKM-9999-999999/", status=404),
        "409": Kind("second_verifier", f"{desk}/{reviewed.number}/periksa/", status=409),
        "long file on its way": Kind("visitor", writing.get_absolute_url()),
        "long file": Kind("visitor", written.get_absolute_url()),
        "long file that is gone": Kind("visitor", "/unduh/00000000-0000-4000-8000-000000000000/", status=404),
        "open data": Kind("visitor", "/data-terbuka/"),
        "star checked offline": Kind("visitor", "/v/luring/"),
        "card for other sites": Kind("visitor", f"/sematkan/establishments/{record.number}/"),
        "figure for other sites": Kind("visitor", "/en/sematkan/establishments/"),
        "about": Kind("visitor", "/tentang/"),
        "privacy": Kind("visitor", "/privasi/", press="details.fold summary"),
        "accessibility": Kind("visitor", "/en/aksesibilitas/"),
        "help": Kind("visitor", "/bantuan/"),
        "request about personal data, refused": Kind(
            "visitor", "/privasi/permintaan/", press="main form button[type=submit]"
        ),
        "API docs": Kind("visitor", "/api/v1/docs/", live=True),
    }


@pytest.mark.long
def test_no_kind_of_page_has_a_barrier_on_any_screen(office, people, visit):
    windows = {name: visit(user, width=TELEPHONE) for name, user in people.items()}

    barriers = []
    for at, (name, kind) in enumerate(office.items()):
        _go(windows[kind.who], kind)
        told = {"telephone": ("dark", "light")[at % 2], "context": OURS if kind.live else None}
        barriers += found_on_every_screen(windows[kind.who], name, **told)

    assert not barriers, "\n".join(barriers)


def _go(page, kind):
    """Open the page and what is to be pressed there; wait until all of it has come."""
    answer = page.goto(kind.path, wait_until="networkidle" if kind.live else "load")
    assert (answer.status, urlsplit(answer.url).path) == (kind.status, urlsplit(kind.path).path)
    if kind.live:
        page.wait_for_selector("main")
    if kind.press:
        pressed = page.locator(kind.press).filter(visible=True).first
        if kind.press.endswith("summary"):
            return pressed.click()
        with page.expect_navigation():
            pressed.click()
