"""A batch of 200: its sample is read row after row, first by keyboard, then on a telephone; then all is verified."""

from playwright.sync_api import expect

from disperin.submissions.batches.actions.sampling import sample_size
from disperin.submissions.models import Submission
from industries.models import Establishment
from tests.submissions.batches.test_proposing import a_submitted_batch, makers

ROWS = 200
NEXT = "main .row-actions a[href*='/usulan/AJU-']:has(svg)"  # in the sample


def test_two_hundred_rows_are_sampled_at_the_desk_read_on_the_way_and_verified(banua, officer, verifier, hands):
    batch = a_submitted_batch(officer, *makers(ROWS))
    page, to_read = f"/usulan/berkas/{batch.number}/", sample_size(ROWS)
    desk, telephone = hands(verifier, keyboard=True), hands(verifier, width=360, script=False)

    desk.open("/usulan/")
    desk.press(f".queue tbody a[href$='{page}']")
    desk.press("form[action$='/contoh/'] button")
    expect(desk.page.locator("[data-review]")).to_have_count(to_read)
    desk.meets_no_barrier()
    _read_until(desk, left=to_read // 2)
    telephone.open(page)
    expect(telephone.page.locator("form[action$='/verifikasi/']")).to_have_count(0)
    telephone.meets_no_barrier()
    _read_until(telephone, left=0)
    telephone.press(f"main a[href$='{page}']")
    telephone.press("form[action$='/verifikasi/'] button")
    expect(telephone.see(".notice-success")).to_be_visible()
    telephone.meets_no_barrier()

    assert Establishment.objects.count() == ROWS
    assert not Submission.objects.filter(batch=batch).exclude(status="verified").exists()


def _read_until(province, left):
    """Open the first row of the sample that was not read yet, and from each the next, until so many are left."""
    rows = province.page.locator("[data-review]").filter(has_not=province.page.locator("time"))
    unread = rows.count() - left
    province.press(f"[data-review='{rows.first.get_attribute('data-review')}'] th a")
    for _row in range(unread - 1):
        province.press(NEXT)
    expect(province.see("h1")).to_be_visible()
    province.meets_no_barrier()
