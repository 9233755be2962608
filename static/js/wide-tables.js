// A table that is wider than its place moves in its frame: then the frame is a stop of the keyboard, and named by its
// table. It is none while all is seen. Frames that are always wide are made so by the server.

function mark(frame) {
  const name = frame.querySelector("caption")?.textContent.trim();
  if (frame.scrollWidth > frame.clientWidth) {
    frame.tabIndex = 0;
    if (name) {
      frame.setAttribute("role", "region");
      frame.setAttribute("aria-label", name);
    }
  } else {
    for (const told of ["tabindex", "role", "aria-label"]) frame.removeAttribute(told);
  }
}

const seen = new ResizeObserver((entries) => {
  for (const frame of new Set(entries.map(({ target }) => target.closest(".table-frame")))) mark(frame);
});

function watch() {
  for (const frame of document.querySelectorAll(".table-frame:not([tabindex])")) {
    seen.observe(frame);
    seen.observe(frame.firstElementChild);
  }
}

watch();
document.addEventListener("htmx:afterSettle", watch);
