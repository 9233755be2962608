// Which shapes of a map can bear a name: those that lie in view and are large enough.
const ROOM = 34;  // pixels that a shape must be wide and high
const MOST = 150;  // names at a time: each is an element of the page

/** The places of these boxes (west, north, east, south in pixels) that can, in a view of this width and height. */
export function roomy(boxes, width, height) {
  const fit = [];
  boxes.forEach(([west, north, east, south], at) => {
    const isSeen = east > 0 && south > 0 && west < width && north < height;
    if (isSeen && east - west >= ROOM && south - north >= ROOM && fit.length < MOST) fit.push(at);
  });
  return fit;
}
