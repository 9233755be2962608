// What axe finds here: `{violations, legible}`. Contrast, most of axe's work, is asked of the first of all that look
// alike: `known` are the looks in which axe found text legible, on whatever page; `legible` are those that came anew.
async ([context, options, known]) => {
  const check = axe._audit.checks["color-contrast"], rule = axe._audit.rules.find((one) => one.id === check.id);
  const legible = new Set(known), found = new Set(), looks = new Map();
  check.asked ??= check.evaluate;
  rule.asked ??= rule.matches;

  const isWritten = (element) => element.shadowRoot || /^(input|select|textarea|slot)$/i.test(element.tagName)
    || [...element.childNodes].some((one) => one.nodeType === Node.TEXT_NODE && one.data.trim());
  const isOpaque = (style) => /^rgb\(/.test(style.backgroundColor);
  const isPlaced = (style) => // another thing may lie below it than what it stands in
    ["absolute", "fixed", "sticky"].includes(style.position) || style.float !== "none" || style.transform !== "none"
    || [style.marginTop, style.marginRight, style.marginBottom, style.marginLeft].some((one) => parseFloat(one) < 0)
    || (style.position === "relative" && [style.top, style.left].some((one) => ![0, NaN].includes(parseFloat(one))));
  const holds = (outer, inner) => outer.left - 1 <= inner.left && outer.right + 1 >= inner.right
    && outer.top - 1 <= inner.top && outer.bottom + 1 >= inner.bottom;

  // All that contrast follows from: the text's own look and what it lies on, down to what is opaque; null if not sure.
  const lookOf = (element) => {
    const own = getComputedStyle(element), box = element.getBoundingClientRect();
    const look = [element.tagName, own.color, own.textShadow, own.fontSize, own.fontWeight];
    let at = element, style = own;
    for (; !isOpaque(style); style = getComputedStyle(at)) {
      look.push(style.backgroundColor, style.backgroundImage);
      if (isPlaced(style) || !at.parentElement) {
        return null;
      }
      at = at.parentElement;
    }
    if (!holds(at.getBoundingClientRect(), box)) {
      return null;
    }
    look.push(style.backgroundColor, style.backgroundImage);
    for (at = element; at; at = at.parentElement) {
      const { opacity, filter, mixBlendMode } = getComputedStyle(at);
      if (opacity !== "1" || filter !== "none" || mixBlendMode !== "normal") {
        return null;
      }
    }
    return look.join(" ");
  };

  rule.matches = function matches(element, ...told) {
    if (!isWritten(element)) { // as axe would say, too, after a longer look
      return false;
    }
    looks.set(element, lookOf(element));
    return !legible.has(looks.get(element)) && rule.asked.call(this, element, ...told);
  };
  check.evaluate = function evaluate(element, ...told) {
    const look = looks.get(element), answer = legible.has(look) || check.asked.call(this, element, ...told);
    if (answer === true && look) {
      legible.add(look);
      found.add(look);
    }
    return answer;
  };
  const { violations } = await axe.run(context ?? document, options);
  return { violations, legible: [...found] };
}
