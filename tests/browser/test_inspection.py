"""An inspection on a telephone: a planned visit is filled in on the spot, with place, photograph and finding."""

import io

from playwright.sync_api import expect
from pypdf import PdfReader

from disperin.submissions.models import Submission
from disperin.supervision.models import Inspection
from tests.factories import an_inspection

HERE = {"latitude": -2.586, "longitude": 115.385}


def test_a_planned_visit_is_filled_in_on_a_telephone_and_verified(banua, officer, verifier, hands, photo_file):
    planned = an_inspection(name="Kerupuk Barabai")
    on_the_spot = {"has_touch": True, "is_mobile": True, "geolocation": HERE, "permissions": ["geolocation"]}
    clerk = hands(officer, width=360, **on_the_spot)

    clerk.open(f"/pengawasan/{planned.number}/")
    clerk.meets_no_barrier()
    clerk.press("main a[href*='/usulan/baru/?daftar=inspections']")
    clerk.press("main form button[type=submit]")
    expect(clerk.see("#draft")).to_be_visible()
    draft = clerk.page.url.rstrip("/").split("/")[-2]
    clerk.unfold("visit")
    clerk.fill("[name=visited_on]", "16/01/2026")
    clerk.fill("[name=inspectors]", "Tim pengawas agro")
    clerk.unfold("place")
    clerk.press("[data-do=here]")
    expect(clerk.see("[name=latitude]")).to_have_value("-2,586")
    clerk.press("button[name=add][value=documents]")
    clerk.choose("[name=documents-0-kind]", "persetujuan_lingkungan")
    clerk.choose("[name=documents-0-answer]", "tidak")
    clerk.press("button[name=add][value=findings]")
    clerk.fill("[name=findings-0-found]", "Limbah cair belum diolah")
    clerk.press("button[name=add][value=photos]")
    clerk.attach("[name=photos-0-photo-file]", photo_file)
    clerk.fill("[name=photos-0-caption]", "Saluran pembuangan")
    clerk.meets_no_barrier()
    _the_session_ends(clerk, officer)
    clerk.press("button[name=check]")
    clerk.page.wait_for_url(f"**/usulan/{draft}/isian/")
    expect(clerk.see("main")).to_contain_text("Limbah cair belum diolah")
    clerk.press("button[name=submit]")
    clerk.page.wait_for_url(f"**/usulan/{draft}/")

    province = hands(verifier)
    province.open("/usulan/")
    province.press(f"form[action$='/{draft}/ambil/'] button")
    expect(province.see("#review")).to_contain_text("Memasang bak pengolahan")
    province.press("button[name=decision][value=verify]")
    province.arrive("/usulan/")

    assert Submission.objects.get(number=draft).record_number == planned.number
    visited = Inspection.objects.get(pk=planned.pk)
    assert [float(visited.latitude), float(visited.longitude)] == [*HERE.values()]
    assert [(one.kind, one.answer) for one in visited.documents.all()] == [("persetujuan_lingkungan", "tidak")]
    clerk.open(f"/pengawasan/{planned.number}/")
    expect(clerk.see("main")).to_contain_text("30 Juni 2026")
    expect(clerk.see("main")).to_contain_text("Saluran pembuangan")
    clerk.meets_no_barrier()
    minutes = clerk.page.request.get(f"/pengawasan/{planned.number}/berita-acara.pdf").body()
    printed = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(minutes)).pages)
    for said in ("Kerupuk Barabai", "Limbah cair belum diolah", "Memasang bak pengolahan", "Tim pengawas agro"):
        assert said in " ".join(printed.split()), said


def _the_session_ends(clerk, officer):
    """While something is typed; the page says so and keeps it, and goes on after signing in in another window."""
    clerk.page.context.clear_cookies(name="sessionid")
    clerk.fill("[name=findings-0-follow_up]", "Memasang bak pengolahan")
    expect(clerk.page.locator("[data-session-over]")).to_be_visible()
    window = clerk.page.context.new_page()
    window.goto("/masuk/")
    window.locator("[name=login]").fill(officer.username)
    window.locator("[name=password]").fill("banua-demo")
    window.locator("main form button").click()
    window.wait_for_url("**/ringkasan/")
    window.close()
    clerk.fill("[name=findings-0-due_on]", "30/06/2026")
    expect(clerk.page.locator("[data-session-over]")).to_be_hidden()
