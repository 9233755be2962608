"""What a person does on a page, with a mouse or by keyboard alone; every way of doing it has the same words."""

from playwright.sync_api import TimeoutError as NothingHappened
from playwright.sync_api import expect

from tests.browser import barriers

MOST_STEPS = 600  # presses of Tab; the longest page has fewer stops
# how many stops lie between the focus and what is wanted, as far as a script can tell: below 0 it lies before
DISTANCE = """(wanted) => {
  const here = document.activeElement;
  if (here === wanted) return 0;
  const {DOCUMENT_POSITION_FOLLOWING: AFTER, DOCUMENT_POSITION_PRECEDING: BEFORE} = Node;
  const nowhere = !here || here === document.body;
  const ahead = nowhere || here.compareDocumentPosition(wanted) & AFTER;
  const between = (one) => one.compareDocumentPosition(wanted) & (ahead ? AFTER : BEFORE)
    && (nowhere || one.compareDocumentPosition(here) & (ahead ? BEFORE : AFTER));
  const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
    .filter((one) => one.tabIndex >= 0 && !one.disabled && one.type !== "radio")
    .filter((one) => between(one) && one.checkVisibility());
  return (stops.length + 1) * (ahead ? 1 : -1);
}"""


class Mouse:
    """Clicks and types."""

    def __init__(self, page, language="id", script=True):
        self.page = page
        self.script = script
        self.prefix = "" if language == "id" else f"/{language}"

    def open(self, path):
        """Type an address, without its language."""
        return self.page.goto(f"{self.prefix}{path}")

    def arrive(self, path):
        """Wait until this address, without its language, has opened."""
        expect(self.page).to_have_url(f"{self.prefix}{path}")
        self.page.wait_for_load_state()

    def see(self, selector):
        """What the page shows there."""
        return self.page.locator(selector).filter(visible=True).first

    def press(self, selector):
        """Push a button, follow a link, open a fold, tick a box."""
        self.see(selector).click()

    def fill(self, selector, text):
        """Write over what stands in an input."""
        self.see(selector).fill(text)

    def choose(self, selector, value):
        """Choose one entry of a list."""
        self.see(selector).select_option(value)

    def unfold(self, section):
        """Open a section of a long form; one that stands open stays so."""
        fold = f".form-fold:has(#bagian-{section})"
        self.see(f"{fold} > summary").wait_for()
        if not self.page.locator(f"{fold}[open]").count():
            self.press(f"{fold} > summary")

    def tick(self, selector, value):
        """Choose one of several round buttons."""
        self.press(f"{selector}[value={value}]")

    def attach(self, selector, path):
        """Take a file from this machine."""
        self.see(selector).set_input_files(path)

    def meets_no_barrier(self):
        """Nothing is wider than the window, and axe, which needs scripts, finds nothing."""
        self.see("main").wait_for()  # right after a press the next document may still be empty
        self.page.wait_for_load_state()
        assert self.page.evaluate(barriers.WIDER) <= 0
        if self.script:
            assert (told := barriers.found(self.page)) == "", told

    def sign_in(self, user):
        """Give name and password, as the factory of users sets it."""
        self.open("/masuk/")
        self.fill("[name=login]", user.username)
        self.fill("[name=password]", "banua-demo")
        self.press("main form button[type=submit]")
        self.arrive("/ringkasan/")


class Keyboard(Mouse):
    """Never touches the mouse: Tab to the place, then Enter, space, arrows and letters."""

    def reach(self, selector):
        """Tab until the element has the focus."""
        wanted = self.see(selector)
        wanted.wait_for()
        steps = 0
        while steps < MOST_STEPS:
            distance = wanted.evaluate(DISTANCE)
            if distance == 0:
                return wanted
            for _step in range(abs(distance)):
                self.page.keyboard.press("Tab" if distance > 0 else "Shift+Tab")
            steps += abs(distance)
        raise AssertionError(f"{selector} cannot be reached with Tab.")

    def press(self, selector):
        is_box = self.reach(selector).get_attribute("type") == "checkbox"
        self.page.keyboard.press("Space" if is_box else "Enter")

    def fill(self, selector, text):
        self.reach(selector)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, selector, value):
        chosen = self.reach(selector)
        label = chosen.locator(f"option[value='{value}']").first.text_content()
        self.page.keyboard.type(label.strip())
        expect(chosen).to_have_value(value)

    def tick(self, selector, value):
        self.reach(f"{selector}:checked, {selector}")
        self.page.keyboard.press("Space")
        for _step in range(MOST_STEPS):
            if self.page.evaluate("document.activeElement.value") == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{value} cannot be chosen with the arrow keys.")

    def attach(self, selector, path):
        for key in ("Enter", "Space", "Enter"):  # on a busy machine the browser may still be drawing the page
            self.reach(selector)
            try:
                with self.page.expect_file_chooser(timeout=8_000) as chooser:
                    self.page.keyboard.press(key)
            except NothingHappened:
                continue
            chooser.value.set_files(path)
            return
        raise AssertionError(f"{selector} opens no choice of files by keyboard.")
