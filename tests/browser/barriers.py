"""What would keep somebody from using a page, on each screen that people have."""

from axe_playwright_python.base import AXE_SCRIPT, AxeResults

# what axe could fetch is on the page already; the rest that it can tell is told of pages without a fault, too, and is
# much to carry
BRIEF = {"resultTypes": ["violations"], "preload": False}
VIOLATIONS = """([context, brief, read]) => {
  const selector = read.length ? `*:not(${read.map((part) => `${part} *`).join(", ")})` : "*";
  axe.configure({rules: [{id: "color-contrast", selector}]});
  return axe.run(context ?? document, brief).then(({violations}) => ({violations}));
}"""
# What stands on every page is read for its contrast, which is most of axe's work, once in each form that it takes:
# its markup whatever it says and wherever it leads, what of it is current, the window's width, scheme, style sheets.
FRAME = (".masthead", ".rail", ".footer")
FORMS = """(parts) => {
  const {documentElement: {dataset}, body, styleSheets} = document;
  const around = [innerWidth, matchMedia("(prefers-color-scheme: dark)").matches, dataset.bsTheme, body.className];
  const sheets = [...styleSheets].map((sheet) => sheet.href);
  const form = (element) => element.outerHTML.replace(/ (href|action|value)="[^"]*"/g, "")
    .replace(/>\\s*[^<\\s][^<]*/g, ">…").replace(/>\\s+/g, ">");
  return parts.map((part) => {
    const whole = [...document.querySelectorAll(part)], current = document.querySelectorAll(`${part} [aria-current]`);
    const forms = [...whole.map((one) => form(one).replaceAll(' aria-current="page"', "")), ...[...current].map(form)];
    return forms.map((one) => JSON.stringify([part, one, around, sheets]));
  });
}"""
WIDER = "document.scrollingElement.scrollWidth - window.innerWidth"
DESK, TELEPHONE, SMALLEST = 1280, 360, 320  # px; nothing may be wider than the last (WCAG 1.4.10)
_legible: set[str] = set()  # forms of the parts of the frame in which axe found nothing


def found(page, context=None):
    """What axe finds on the page as it is, for people to read; nothing if there is nothing."""
    if page.evaluate("!window.axe"):
        page.evaluate(AXE_SCRIPT)
    forms = page.evaluate(FORMS, FRAME)
    read = [part for part, some in zip(FRAME, forms, strict=True) if _legible.issuperset(some)]
    result = AxeResults(page.evaluate(VIOLATIONS, [context, BRIEF, read]))
    if result.violations_count:
        return result.generate_report()
    _legible.update(*forms)
    return ""


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
        told += [f"== {name}, {width} px, {scheme}\n{what}" for what in [found(page, context)] if what]
    _resize(page, SMALLEST)
    if (wider := page.evaluate(WIDER)) > 0:
        told.append(f"== {name} is {wider} px wider than a screen of {SMALLEST} px")
    _resize(page, TELEPHONE)  # as the next one is opened
    return told


def _resize(page, width):
    page.set_viewport_size({"width": width, "height": 800})
