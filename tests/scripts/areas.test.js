// How large an outline is, for the eye.
import assert from "node:assert/strict";
import { test } from "node:test";

import { measured } from "../../static/js/rules/areas.js";

function square(x, y, side) {
  return [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]];
}

function isNear(hectares, wanted) {
  assert.ok(Math.abs(hectares / wanted - 1) < 0.001, `${hectares} is not ${wanted}`);
}

test("a square of a hundredth of a degree has 122.9 hectares and four corners", () => {
  const { hectares, corners } = measured({ type: "Polygon", coordinates: [square(115, -3, 0.01)] });

  isNear(hectares, 122.92);
  assert.equal(corners, 4);
});

test("what an inner ring cuts out is taken off, and several parts are added", () => {
  const holed = [square(115, -3, 0.01), square(115.0025, -2.9975, 0.005)];

  isNear(measured({ type: "Polygon", coordinates: holed }).hectares, 122.92 * 0.75);
  isNear(measured({ type: "MultiPolygon", coordinates: [holed, [square(115.1, -3, 0.01)]] }).hectares, 122.92 * 1.75);
});
