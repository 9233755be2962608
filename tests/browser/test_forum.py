"""A forum with thirteen promises: proposed from Excel, verified, one shown to be kept, all read by the head."""

import io

import xlsxwriter
from playwright.sync_api import expect
from pypdf import PdfReader, PdfWriter

from disperin.accounts.models import Role
from disperin.commitments.models import Commitment
from disperin.regions.models import Regency
from disperin.submissions.models import Submission
from disperin.units.actions import keep_unit
from disperin.units.models import Unit
from disperin.workbooks.models import Workbook
from tests.browser.test_excel_journey import hand_in, verify
from tests.factories import UserFactory, a_forum, an_administrator

HEADINGS = [
    "Kabupaten/kota", "Forum", "Butir", "Yang dijanjikan", "Penanggung jawab", "Tenggat", "Status",
    "Unit penanggung jawab",
]  # fmt: skip


def a_list(path, forum):
    """The promises of a forum as the province writes them down: one of each regency, each with its day."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Komitmen")
    sheet.write_row(0, 0, HEADINGS)
    for at, regency in enumerate(Regency.objects.order_by("pk"), start=1):
        promise = f"Mengusulkan sentra nomor {at}"
        due = "28/02/2026" if at % 2 else "31/12/2027"
        told = [regency.name, forum.number, at, promise, "Bidang Perindustrian", due, "Belum mulai"]
        sheet.write_row(at, 0, [*told, OFFICE if regency.pk == "63.07" else ""])
    book.close()
    return path


OFFICE = "Dinas Perdagangan dan Perindustrian Hulu Sungai Tengah"


def a_paper(path):
    """A page to show that something was done."""
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.write(path)
    return path


def test_thirteen_promises_are_verified_one_is_shown_to_be_kept_and_the_head_sees_how_all_stand(
    banua, officer, verifier, hands, visit, tmp_path
):
    forum = a_forum(name="Forum Perangkat Daerah 2026")
    keep_unit(Unit(key="hst", name=OFFICE, regency_id="63.07"), by=an_administrator())
    province = visit(verifier)
    province.goto("/usulan/impor/?daftar=commitments")
    province.locator("#id_kabupaten").select_option("63.07")
    province.locator("input[type=file]").set_input_files(a_list(tmp_path / "komitmen.xlsx", forum))
    province.locator("main form[enctype] button[type=submit]").press("Enter")
    province.wait_for_url("**/usulan/impor/*-*/")
    number = hand_in(province) if province.locator("[name=acknowledge_warnings]").count() else _submitted(province)
    verify(hands(UserFactory(role=Role.VERIFIER)), number)
    assert Commitment.objects.filter(forum=forum).count() == 13

    clerk = hands(officer, width=360)
    clerk.open(f"/forum/{forum.number}/")
    own = Commitment.objects.get(regency="63.07")
    assert (own.unit_id, Commitment.objects.filter(unit=None).count()) == ("hst", 12)
    clerk.meets_no_barrier()
    clerk.press(f"main a[href*='/komitmen/?forum={forum.number}']")
    expect(clerk.see("ul.card-grid")).to_contain_text(own.name)
    expect(clerk.page.locator("ul.card-grid > li")).to_have_count(1)
    clerk.press(f"main a[href$='/komitmen/{own.number}/']")
    clerk.press(f"main a[href*='/usulan/baru/?daftar=commitments&data={own.number}']")
    clerk.press("main form button[type=submit]")
    expect(clerk.see("#draft")).to_be_visible()
    clerk.unfold("state")
    clerk.choose("[name=state]", "dipenuhi")
    clerk.fill("[name=report]", "Sentra diusulkan dengan surat bupati.")
    clerk.attach("[name=evidence-file]", a_paper(tmp_path / "bukti.pdf"))
    clerk.fill("[name=settled_on]", "20/02/2026")
    clerk.press("button[name=check]")
    expect(clerk.see("#hand-in")).to_contain_text("Sentra diusulkan")
    clerk.press("button[name=submit]")
    clerk.page.wait_for_url("**/usulan/AJU-*/")
    change = Submission.objects.get(record_number=own.number, kind="change")

    province.goto("/usulan/")
    province.locator(f"form[action$='/{change.number}/ambil/'] button").click()
    expect(province.locator("#review")).to_contain_text("Sentra diusulkan")
    province.locator("button[name=decision][value=verify]").click()
    province.wait_for_url("**/usulan/")

    head = hands(UserFactory(role=Role.HEAD))
    head.open("/forum/terakhir/")
    rows = head.page.locator("main table tbody tr")
    expect(rows).to_have_count(14)  # each regency, and all
    expect(rows.filter(has_text="Hulu Sungai Tengah")).to_contain_text("–")  # kept, so not late
    expect(rows.last).to_contain_text("6, sejak 1 Maret 2026")
    head.meets_no_barrier()
    answer = head.page.request.get(f"/forum/{forum.number}/berita-acara.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    minutes = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.body())).pages).split())
    assert all(f"sentra nomor {at}" in minutes for at in range(1, 14))
    assert OFFICE.split()[-1] in minutes

    later = a_forum(name="Rakornis 2026", day="2026-12-01")
    province.goto(f"/forum/{forum.number}/bawa/")
    province.locator("[name=next_forum]").select_option(later.number)
    province.locator("main form button[type=submit]").click()
    expect(province.locator(".notice-success").first).to_contain_text("12 komitmen")
    carried = Submission.objects.filter(register="commitments", kind="change", values__next_forum=later.number)
    assert carried.count() == 12  # the one that is kept stays


def _submitted(page):
    """Submit the good rows of a file that has no warnings; gives the number of their batch."""
    page.locator("form[action$='/ajukan/'] button").first.click()
    expect(page.locator(".notice-success")).to_be_visible()
    return Workbook.objects.latest("sent_at").batch.number
