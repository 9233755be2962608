import assert from "node:assert/strict";
import test from "node:test";

import { boxOf, holds, meet, placed, ringsOf } from "../../static/js/rules/places.js";

const SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]];
const HOLE = [[1, 1], [3, 1], [3, 3], [1, 3], [1, 1]];

test("a polygon and several give their rings alike", () => {
  assert.deepEqual(ringsOf({ type: "Polygon", coordinates: [SQUARE, HOLE] }), [SQUARE, HOLE]);
  assert.deepEqual(ringsOf({ type: "MultiPolygon", coordinates: [[SQUARE], [HOLE]] }), [SQUARE, HOLE]);
});

test("a point lies in a shape, and in its hole it does not", () => {
  assert.equal(holds([SQUARE], [2, 2]), true);
  assert.equal(holds([SQUARE, HOLE], [2, 2]), false);
  assert.equal(holds([SQUARE, HOLE], [0.5, 0.5]), true);
  assert.equal(holds([SQUARE], [5, 2]), false);
});

test("a box goes around all rings, and boxes that only touch do not meet", () => {
  assert.deepEqual(boxOf([HOLE, [[7, 2]]]), [1, 1, 7, 3]);
  assert.equal(meet([0, 0, 4, 4], [3, 3, 5, 5]), true);
  assert.equal(meet([0, 0, 4, 4], [4, 0, 5, 4]), false);
});

test("a name that would cover another stands aside, and where it cannot it is left out", () => {
  const names = [[[0, 0, 4, 4]], [[2, 2, 6, 6], [2, 5, 6, 9]], [[1, 1, 3, 3]], [[5, 0, 8, 4]]];

  assert.deepEqual(placed(names), [0, 1, -1, 0]);
  assert.deepEqual(placed(names, [[7, 0, 9, 9]]), [0, 1, -1, -1]);
});
