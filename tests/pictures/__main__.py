"""`make pictures`: draw the pictures of the handbook anew, in both languages, from a demo with data of its own.

Each picture shows one page as somebody of the sample sees it; what is to be pressed there has a frame.
`python -m tests.pictures NAME …` draws only those.
"""

import io
import sys
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import expect, sync_playwright

from tests import demo
from tests.browser.chromium import arguments, installed

DATA = demo.PROJECT / "var" / "pictures"
DRAWN = demo.PROJECT / "static" / "handbook"
LANGUAGES = {"id": "", "en": "/en"}
WINDOW, WIDTH, HEIGHT = 1256, 1000, 560
QUALITY = 60
FRAME = ".in-picture { outline: 3px solid #c2410c; outline-offset: 3px; border-radius: 4px; }"
# all of the page that moves with the day on which it is drawn, or is in the way
QUIET = ".sample-banner, .sticky-bar { display: none } * { animation: none !important; transition: none !important }"


class Picture(NamedTuple):
    """What a picture shows: who looks, where, what is pressed before, from where on down, and what has the frame."""

    who: str
    path: str
    presses: tuple[str, ...] = ()
    top: str = "main"
    frame: str = ""


OFFICER, VERIFIER, HEAD, ADMINISTRATOR = "petugas.6307", "verifikator1", "kadis", "admin"
FIRST_ROW = "main tbody tr:first-child th a"
FIRST_CARD = "main .maker-card a"
PICTURES = {
    "akun": Picture(OFFICER, "/akun/"),
    "ringkasan": Picture(OFFICER, "/ringkasan/"),
    "tenggat": Picture(OFFICER, "/tenggat/"),
    "mencari": Picture(OFFICER, "/cari/?q=tempe"),
    "kepala": Picture(HEAD, "/pimpinan/"),
    "mulai": Picture(OFFICER, "/usulan/baru/"),
    "formulir": Picture(OFFICER, "/usulan/baru/?daftar=establishments", ("main form .btn-primary",)),
    "perubahan": Picture(OFFICER, "/industri/?regency=63.07", (FIRST_CARD,), frame=".page-actions .btn"),
    "antrean": Picture(VERIFIER, "/usulan/"),
    "periksa": Picture(VERIFIER, "/usulan/", ("main [data-take] button",)),
    "kembar": Picture(VERIFIER, "/usulan/kembar/"),
    "pasangan": Picture(VERIFIER, "/usulan/kembar/", (FIRST_ROW,)),
    "pesan": Picture(OFFICER, "/pertanyaan/"),
    "impor": Picture(OFFICER, "/usulan/impor/"),
    "halal": Picture(OFFICER, "/halal/"),
    "kbli": Picture(OFFICER, "/industri/kbli/"),
    "kesiapan": Picture(OFFICER, "/ovop/kesiapan/"),
    "portofolio": Picture(HEAD, "/kawasan/portofolio/"),
    "administrasi": Picture(ADMINISTRATOR, "/admin/"),
}


def draw(page, prefix, picture):
    """The picture, as WebP."""
    page.goto(picture.path if picture.path.startswith("/admin/") else f"{prefix}{picture.path}")  # it has one language
    for press in picture.presses:
        with page.expect_navigation():
            page.locator(press).filter(visible=True).first.click()
    page.add_style_tag(content=FRAME + QUIET)
    if picture.frame:
        page.locator(picture.frame).filter(visible=True).first.evaluate("(one) => one.classList.add('in-picture')")
    page.evaluate("document.activeElement.blur()")
    top = page.locator(picture.top).filter(visible=True).first.bounding_box()
    clip = {"x": page.locator("main, #content").first.bounding_box()["x"], "y": max(top["y"] - 8, 0)}
    shot = page.screenshot(full_page=True, clip={**clip, "width": WIDTH, "height": HEIGHT})
    written = io.BytesIO()
    Image.open(io.BytesIO(shot)).convert("RGB").save(written, "WEBP", quality=QUALITY, method=6)
    return written.getvalue()


def signed_in(browser, address, who):
    """A window in which this account of the sample is signed in."""
    looks = {"viewport": {"width": WINDOW, "height": 900}, "locale": "id-ID", "timezone_id": "Asia/Makassar"}
    page = browser.new_context(base_url=address, bypass_csp=True, reduced_motion="reduce", **looks).new_page()
    page.goto("/masuk/")
    page.fill("[name=login]", who)
    page.fill("[name=password]", "banua-demo")
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(f"{address}/{'pimpinan' if who == HEAD else 'ringkasan'}/")
    return page


def main(wanted):
    """Draw them all, or those that are wanted; the exit code is 0."""
    names = wanted or [*PICTURES]
    with demo.running(DATA) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=arguments())
        windows = {who: signed_in(browser, address, who) for who in {PICTURES[name].who for name in names}}
        for name in names:
            for language, prefix in LANGUAGES.items():
                target = DRAWN / language / f"{name}.webp"
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(draw(windows[PICTURES[name].who], prefix, PICTURES[name]))
            print(name, flush=True)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
