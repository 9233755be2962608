"""What would keep somebody from using a page, on each screen that people have: what axe finds, what Tab stops at."""

from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT, AxeResults

# what axe could fetch is on the page already; the rest that it can tell is told of pages without a fault, too, and is
# much to carry
BRIEF = {"resultTypes": ["violations"], "preload": False}
VIOLATIONS = Path(__file__).with_name("contrast.js").read_text()
STOPS = Path(__file__).with_name("stops.js").read_text()
WIDER = "document.scrollingElement.scrollWidth - window.innerWidth"
DESK, TELEPHONE, SMALLEST = 1280, 360, 320  # px; nothing may be wider than the last (WCAG 1.4.10)
_legible: set[str] = set()  # the looks in which axe found text legible, on any page and screen


def found(page, context=None):
    """What axe finds on the page as it is, for people to read; nothing if there is nothing."""
    if page.evaluate("!window.axe"):
        page.evaluate(AXE_SCRIPT)
    told = page.evaluate(VIOLATIONS, [context, BRIEF, sorted(_legible)])
    _legible.update(told.pop("legible"))
    result = AxeResults(told)
    return result.generate_report() if result.violations_count else ""


def stops(page):
    """What is wrong with the places at which the Tab key stops, which axe cannot see; a line each.

    Each has a name, shows that it has the focus, and lies open to the eye; nothing hidden takes the focus.
    """
    before = page.evaluate_handle("document.activeElement")
    page.keyboard.press("Tab")  # from now on the focus is shown, as to whoever uses the keyboard
    told = [*page.evaluate(STOPS), *_without_name(page)]
    before.evaluate("(one) => { document.activeElement.blur(); one.focus(); }")
    return told


def _without_name(page):
    """What the browser calls focusable for readers of the screen, but does not name; `tabindex=-1` is no stop."""
    session = page.context.new_cdp_session(page)
    for node in session.send("Accessibility.getFullAXTree")["nodes"]:
        told = {one["name"]: one["value"].get("value") for one in node.get("properties", ())}
        if node["ignored"] or not told.get("focusable") or node["name"].get("value", "").strip():
            continue
        asked = {"backendNodeId": node["backendDOMNodeId"]}
        given = session.send("DOM.describeNode", asked)["node"].get("attributes", [])
        attributes = dict(zip(given[::2], given[1::2], strict=True))
        if node["role"]["value"] != "RootWebArea" and attributes.get("tabindex") != "-1":
            yield f"has no name: {node['role']['value']} {attributes}"
    session.detach()


def found_on_every_screen(page, name, *, telephone="dark", context=None):
    """The same of a page that was opened on a telephone, there in one scheme and on a desk in the other, a line each.

    It is opened once: which form it takes is a matter of style sheets alone.
    """
    desk = {"dark": "light", "light": "dark"}[telephone]
    told = []
    for width, scheme in ((TELEPHONE, telephone), (DESK, desk)):
        _resize(page, width)
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        # the page's own script follows it a moment later
        page.locator(f"html[data-bs-theme={scheme}], html:not([data-bs-theme])").wait_for(state="attached")
        # with the schemes, the screen that is walked by Tab changes from page to page: what pages share is met on both
        walked = stops(page) if scheme == "dark" else ()
        told += [f"== {name}, {width} px, {scheme}\n{what}" for what in [found(page, context), *walked] if what]
    _resize(page, SMALLEST)
    if (wider := page.evaluate(WIDER)) > 0:
        told.append(f"== {name} is {wider} px wider than a screen of {SMALLEST} px")
    _resize(page, TELEPHONE)  # as the next one is opened
    return told


def _resize(page, width):
    page.set_viewport_size({"width": width, "height": 800})
