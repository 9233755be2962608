// Places on a map: which shape holds a point, and which names have room beside each other.

/** The rings of a GeoJSON polygon, or of several. */
export function ringsOf({ type, coordinates }) { return type === "Polygon" ? coordinates : coordinates.flat(); }

/** The smallest box around rings of [x, y]: [left, top, right, bottom]. */
export function boxOf(rings) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of rings.flat()) {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return box;
}

/** Do two boxes share ground? */
export function meet(one, other) {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}

/** Does the ground within these rings, which their holes are no part of, hold a point? */
export function holds(rings, [x, y]) {
  let inside = false;
  for (const ring of rings) {
    for (let at = 0, before = ring.length - 1; at < ring.length; before = at, at += 1) {
      const [ax, ay] = ring[at];
      const [bx, by] = ring[before];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}

/** For each name, the important ones first, which of its boxes covers no other and nothing taken; -1: none. */
export function placed(names, taken = []) {
  const filled = [...taken];
  return names.map((boxes) => {
    const at = boxes.findIndex((box) => !filled.some((other) => meet(box, other)));
    if (at >= 0) filled.push(boxes[at]);
    return at;
  });
}
