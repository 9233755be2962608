// What is wrong with the stops of the Tab key on this page but for their names, a line each. A key was pressed before,
// so that the browser shows where the focus is.
() => {
  const WAYS_IN =
    "a[href], area[href], button, input, select, textarea, summary, iframe, [contenteditable], [tabindex]";
  const SPOTS = [[.5, .5], [.02, .02], [.98, .02], [.02, .98], [.98, .98]]; // parts of a box
  const told = [];

  const tell = (what, one) => told.push(`${what}: ${one.outerHTML.replace(/\s+/g, " ").slice(0, 300)}`);
  const look = (one) => {
    const style = getComputedStyle(one);
    const { outlineStyle, outlineWidth, boxShadow, borderColor, backgroundColor, stroke, opacity } = style;
    return [outlineStyle === "none" || outlineWidth, boxShadow, borderColor, backgroundColor, stroke, opacity].join();
  };
  // a stop may show itself by its label, by what stands around or beside it, or in it
  const near = (one) => [one, one.parentElement, one.nextElementSibling, ...one.children, ...(one.labels ?? [])]
    .filter(Boolean);
  const isHit = (one) => [...one.getClientRects()].some((box) => box.width > 1 && box.height > 1
    && SPOTS.some(([right, down]) => {
      const hit = document.elementFromPoint(box.left + box.width * right, box.top + box.height * down);
      return one.contains(hit) || hit?.closest("label")?.control === one;
    }));

  for (const one of document.querySelectorAll(WAYS_IN)) {
    const isSeen = one.checkVisibility({ visibilityProperty: true });
    if (one.tabIndex < 0 || one.disabled || one.closest("[inert]") || !isSeen) {
      continue;
    }
    if (one.tabIndex > 0) {
      tell("stands out of order", one);
    }
    if (one.closest("[aria-hidden=true]")) {
      tell("is hidden from readers", one);
    }
    one.blur();
    const neighbours = near(one), at_rest = neighbours.map(look);
    one.focus();
    if (document.activeElement !== one) {
      tell("takes no focus", one);
    } else {
      if (neighbours.every((other, at) => look(other) === at_rest[at])) {
        tell("does not show its focus", one);
      }
      if (![one, ...(one.labels ?? [])].some(isHit)) {
        tell("cannot be seen", one);
      }
    }
  }
  return told;
}
