"""How smoothly the map of a zone moves on a telephone: `python -m tests.browser.map_on_a_phone`.

It starts a demo of its own with a zone of 2,000 plots (in `var/phone`), or looks at the page whose address is named.

The page is drawn 360 pixels wide by a browser whose processor is slowed down four times; a finger drags the map and
zooms in and out, `RUNS` times (5). Printed: how long until the shapes are drawn, the time between frames, and tasks
above 50 ms; at the end the median of the longest.
"""

import os
import statistics
import subprocess
import sys
import time
from collections import defaultdict

from playwright.sync_api import CDPSession, Page, sync_playwright

from tests import demo
from tests.browser.chromium import arguments, installed

SLOWER = 4
WIDTH, HEIGHT = 360, 740
PLACE = "[data-shapes]"
WATCH = """() => {
  window.frames_ = []; window.tasks_ = [];
  let last = performance.now();
  const next = now => { window.frames_.push(now - last); last = now; requestAnimationFrame(next); };
  requestAnimationFrame(next);
  new PerformanceObserver(list => list.getEntries().forEach(one => window.tasks_.push(one.duration)))
    .observe({ type: "longtask" });
}"""
SEEN = """() => {
  const seen = { frames: window.frames_.slice(1), tasks: window.tasks_ };
  window.frames_ = []; window.tasks_ = [];
  return seen;
}"""
DRAWN = f"() => document.querySelector('{PLACE} canvas') !== null"


def measure(address: str) -> dict[str, float]:
    """Print the figures of one page; gives the longest task of each movement, in milliseconds."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=arguments())
        size = {"width": WIDTH, "height": HEIGHT}
        page = browser.new_context(viewport=size, has_touch=True, is_mobile=True, device_scale_factor=2).new_page()
        hand = page.context.new_cdp_session(page)
        hand.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.add_init_script(f"({WATCH})()")
        begun = time.monotonic()
        page.goto(address, wait_until="domcontentloaded")
        page.locator(PLACE).scroll_into_view_if_needed()  # it is made once it comes near
        page.wait_for_function(DRAWN, timeout=60_000)
        print(f"drawn {time.monotonic() - begun:.1f} s after the address was asked for")
        page.wait_for_load_state("networkidle")
        page.locator(PLACE).scroll_into_view_if_needed()
        tell("until then", page)
        time.sleep(2)
        tell("at rest", page)
        drag(page, hand)
        longest = {"dragging": tell("dragging", page)}
        for name in ("in", "in", "in", "out", "out", "out"):
            page.locator(f"{PLACE} .leaflet-control-zoom-{name}").tap()
            time.sleep(0.8)
        longest["zooming"] = tell("zooming", page)
        browser.close()
    return longest


def drag(page: Page, hand: CDPSession) -> None:
    """Move one finger to and fro over the map for some seconds."""
    box = page.locator(PLACE).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for _time in range(4):
        hand.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        for step in range(60):
            point = {"x": x - min(step, 60 - step) * 4, "y": y + min(step, 60 - step) * 2}
            hand.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
            time.sleep(0.012)
        hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def tell(what: str, page: Page) -> float:
    """Print what was seen since the last time; gives the longest task."""
    seen = page.evaluate(SEEN)
    frames, tasks = sorted(seen["frames"]), seen["tasks"]
    middle, late = frames[len(frames) // 2], frames[int(len(frames) * 0.95)]
    longest = max(tasks, default=0)
    print(
        f"{what}: {len(frames)} frames, between them {middle:.0f} ms (median), {late:.0f} ms (95 of 100), "
        f"{frames[-1]:.0f} ms (longest); {len(tasks)} tasks above 50 ms, the longest {longest:.0f} ms",
        flush=True,
    )
    return longest


def measure_often(address: str) -> None:
    """As often as wanted, and the median at the end."""
    longest = defaultdict(list)
    for _run in range(int(os.environ.get("RUNS", "5"))):
        for what, took in measure(address).items():
            longest[what].append(took)
    for what, tasks in longest.items():
        print(f"{what}: the longest task {statistics.median(tasks):.0f} ms, the median of {len(tasks)}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:]:
        measure_often(sys.argv[1])
    else:
        folder = demo.PROJECT / "var" / "phone"
        with demo.running(folder) as portal:
            filled = [sys.executable, "-m", "tests.browser.many_plots"]
            page = subprocess.check_output(filled, env={**os.environ, "VAR_DIR": str(folder)}, cwd=demo.PROJECT)
            measure_often(portal + page.decode().split()[-1])
