// How large an outline is, for the eye: true to a thousandth in this province. The server measures on the ellipsoid.
const METRES_NORTH = 110574;  // of a degree, near the equator
const METRES_EAST = 111320;
const SQUARE_METRES = 10000;  // of a hectare

function ringHectares(ring) {
  let twice = 0;
  ring.forEach(([x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length];
    twice += x * nextY - nextX * y;
  });
  const squareDegrees = Math.abs(twice) / 2;
  return squareDegrees * METRES_NORTH * METRES_EAST * Math.cos(ring[0][1] * Math.PI / 180) / SQUARE_METRES;
}

/** Hectares and number of corners of a Polygon or MultiPolygon of GeoJSON; what its inner rings cut out is no part. */
export function measured(shape) {
  let hectares = 0;
  let corners = 0;
  for (const rings of shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates) {
    rings.forEach((ring, at) => {
      hectares += (at ? -1 : 1) * ringHectares(ring);
      corners += ring.length - 1;
    });
  }
  return { hectares, corners };
}
