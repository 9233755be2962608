import assert from "node:assert/strict";
import { test } from "node:test";

import { roomy } from "../../static/js/rules/shape-names.js";

test("a shape bears its name where it is in view and large enough for it", () => {
  const boxes = [
    [10, 10, 60, 60],
    [10, 10, 60, 20],  // too low
    [-100, 10, -10, 60],  // beyond the left edge
    [310, 10, 400, 60],  // beyond the right edge
    [-20, -20, 40, 40],  // half in view
  ];

  assert.deepEqual(roomy(boxes, 300, 200), [0, 4]);
});

test("no map bears more names than it can draw at once", () => {
  assert.equal(roomy(Array(2000).fill([0, 0, 50, 50]), 300, 200).length, 150);
});
